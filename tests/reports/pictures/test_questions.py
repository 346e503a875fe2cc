"""The pictures of answers: nothing is cut off, and what they show is what the tables say."""

import pandas as pd
import pytest

from planning.insight.alternatives import alternatives
from planning.insight.breakeven import break_even
from planning.insight.finding import Finding
from planning.insight.ranges import HEADINGS, KINDS, ranges
from planning.insight.whynot import why_not_project
from planning.reports.pictures.alternatives import fields_beside
from planning.reports.pictures.breakeven import decision_ladder
from planning.reports.pictures.ranges import range_matrix
from planning.reports.pictures.whynot import who_pays
from planning.solver.plan import solve
from planning.vocabulary import FIELDS
from tests.reports.test_charts import is_cut


@pytest.fixture(scope="module")
def plan(toy_projects):
    return solve(toy_projects)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("draw", "find"),
    [
        (range_matrix, lambda plan: ranges(plan, [0.01])),
        (fields_beside, lambda plan: alternatives(plan, 2).finding),
        (who_pays, lambda plan: why_not_project(plan, "annex_hill")),
        (who_pays, lambda plan: why_not_project(plan, "old_near")),
        (decision_ladder, lambda plan: break_even(plan, "price", project="annex_hill")),
    ],
)
def test_nothing_is_cut(plan, draw, find, language):
    picture = draw(find(plan), language)
    assert picture.png().startswith(b"\x89PNG")
    assert not is_cut(picture)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_full_matrix_fits_its_cells(plan, language):
    """All areas and 24 of them × 7 fields with large amounts: every text stays inside its cell."""
    rows = [
        (f"area_{a}" if a else "all", field, 0.01, 90_000.0 - a, 1_234.5, 123_456.7, kind)
        for a in range(31)
        for field, kind in zip(FIELDS, ["certain", "open", "never", "open", "open", "certain", "never"], strict=True)
    ]
    table = pd.DataFrame(rows, columns=["area", "field", "within", "present", "least", "most", "kind"])
    case = plan.case
    finding = Finding("ranges", case, {"ranges": table}, {"vi": (), "en": ()}, HEADINGS, KINDS)
    labels = {language: case.labels(language) for language in ("vi", "en")}
    known = {f"area_{a}": f"Xã Tên Rất Dài {a}" for a in range(31)}
    object.__setattr__(case, "labels", lambda which: {**labels[which], "area": known})
    picture = range_matrix(finding, language)
    object.__delattr__(case, "labels")
    picture.draw_without_rendering()
    axes = picture.axes[0]
    assert len(axes.texts) == 25 * 7
    cell = axes.patches[0].get_window_extent().width
    assert all(text.get_window_extent().width < cell for text in axes.texts)
    assert not is_cut(picture)
