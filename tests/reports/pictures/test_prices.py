"""The pictures of marginal values and of differences: nothing is cut off, and they show what the tables say."""

import pandas as pd
import pytest

from planning.insight.difference import difference
from planning.insight.finding import Finding
from planning.insight.prices import marginal_values
from planning.reports.pictures.difference import steps_between
from planning.reports.pictures.prices import worth_of_funds, worth_of_rules
from planning.solver.plan import solve
from tests.cases import with_rules
from tests.reports.test_charts import is_cut


@pytest.fixture(scope="module")
def worth(toy):
    return marginal_values(solve(with_rules(toy, targets={}, remote_share={"share": 0.5})))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("draw", [worth_of_funds, worth_of_rules])
def test_prices_fit(worth, draw, language):
    picture = draw(worth, language)
    assert picture.png().startswith(b"\x89PNG")
    assert not is_cut(picture)


def test_bars_of_funds_are_the_table(worth):
    table = worth.tables["prices"]
    yearly = table[(table["kind"] == "fund") & (table["year"] != "")]
    heights = [bar.get_height() for axes in worth_of_funds(worth, "en").axes for bar in axes.patches]
    assert sorted(heights) == pytest.approx(sorted([*yearly["more"], *yearly["less"]]))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_steps_end_at_the_second_plan(toy, other, language):
    finding = difference(with_rules(toy, targets={}), with_rules(other.case, targets={}, stability={"decrease": 0.5}))
    picture = steps_between(finding, language)
    assert not is_cut(picture)
    table = finding.table
    bars = picture.axes[0].patches
    assert bars[-1].get_x() + bars[-1].get_width() == pytest.approx(table["children"].iloc[-1] / 1e6)
    assert bars[0].get_x() == pytest.approx(table["children"].iloc[0] / 1e6)


def test_figures_beside_the_steps_add_up(toy):
    values = [44.8722, 0.2594, -0.0001, 45.1315]
    table = pd.DataFrame({"kind": ["plan", "table", "rules", "plan"], "children": [1e6 * value for value in values]})
    finding = Finding("difference", toy, {"difference": table.assign(words_en="x")}, {})
    texts = [text.get_text() for text in steps_between(finding, "en").axes[0].texts]
    assert texts == ["44.872", "+0.260", "0.000", "45.132"]
