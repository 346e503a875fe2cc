"""The pictures of the frontier and the order: nothing cut, no names on one another, figures those of the tables."""

import itertools
from dataclasses import replace

import pandas as pd
import pytest

from planning.inputs.levels import find_level
from planning.insight.finding import Finding
from planning.insight.frontier import frontier as answer
from planning.insight.order import order as answer_order
from planning.reports.pictures.frontier import frontier, frontier_areas
from planning.reports.pictures.gains import SHOWN
from planning.reports.pictures.order import order


def is_cut(picture):
    """Whether anything sticks out of the picture."""
    picture.draw_without_rendering()
    box, (width, height) = picture.get_tightbbox(), picture.get_size_inches()
    return min(box.x0, box.y0, width - box.x1, height - box.y1) < -0.02


@pytest.fixture(scope="module")
def finding(plan):
    return answer(plan, find_level(plan.case, "remote_share"), 0.1, 0.5)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("picture", [frontier, frontier_areas])
def test_two_areas(picture, language, finding):
    assert not is_cut(picture(finding, language))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_order(language, plan):
    assert not is_cut(order(answer_order(plan, (0.9, 1.0, 1.1)), language))


def test_no_loss_is_drawn_where_child_years_do_not_compare(plan):
    found = answer_order(plan, (0.9, 1.0))
    table = found.table.assign(loss=10.0, missed_free=0.0)
    for missed, drawn in (([0.0, 0.0], 2), ([0.1, 0.0], 1)):
        tables = {**found.tables, "order": table.assign(missed=missed)}
        assert len(order(replace(found, tables=tables), "en").axes[0].texts) == drawn


@pytest.mark.parametrize("language", ["vi", "en"])
def test_many_areas_can_be_read(language, communes):
    names = list(communes.case.areas)
    change = [1000.0 * (60 - place) for place in range(len(names))]
    rows = pd.DataFrame({"area": names, "amount_change": change, "children_change": change, "at": "knee", "level": 0.3})
    areas = pd.concat([rows.assign(at="own", level=0.2, amount_change=0.0, children_change=0.0), rows])
    picture = frontier_areas(Finding("frontier", communes.case, {"frontier": rows, "areas": areas}, {}), language)
    picture.draw_without_rendering()
    labels = [text.get_window_extent() for text in picture.axes[0].get_yticklabels()]
    assert len(labels) == 2 * SHOWN + 3  # those that gain, that stay and that lose
    assert not any(here.overlaps(below) for here, below in itertools.pairwise(labels))
    assert not is_cut(picture)
