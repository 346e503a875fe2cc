"""The pictures of a comparison: for two scenarios and many, tiles and outlines, nothing cut off."""

import numpy as np
import pytest
from matplotlib.path import Path as Outline

from planning.reports import style
from planning.reports.areamap import MEASURES, area_map, change_map
from planning.reports.comparison.compare import compare
from planning.reports.comparison.pictures import comparison_pictures, gains_and_losses
from planning.reports.comparison.sheets import comparison_sheets
from planning.reports.pictures.matrices import allocation_matrix, change_matrix, coverage_gap
from planning.solver.plan import solve
from tests.cases import with_rules
from tests.reports.comparison.conftest import renamed


def is_cut(picture):
    """Whether anything sticks out of the picture, in inches."""
    picture.draw_without_rendering()
    box, (width, height) = picture.get_tightbbox(), picture.get_size_inches()
    return min(box.x0, box.y0, width - box.x1, height - box.y1) < -0.02


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_two(comparison, language):
    pictures = comparison_pictures(comparison, language)
    assert {"scenarios", "gains-remote_first", "cells-remote_first", "difference-remote_first", "map"} <= set(pictures)
    assert not [name for name, picture in pictures.items() if is_cut(picture)]
    assert comparison.sentences[language][0] in pictures["scenarios"].alt


@pytest.fixture(scope="module")
def remote_first(communes):
    """The communes with half of the money for remote areas."""
    case = with_rules(communes.case, targets={}, remote_share={"share": 0.5})
    object.__setattr__(case, "scenario", case.scenario.model_copy(update={"name": "remote"}))
    return solve(case)


def test_pictures_write_what_the_tables_print(communes, remote_first):
    told = compare([communes, remote_first], explain=False)
    change = comparison_sheets(told, "en")["areas"].frame["Change"].iloc[:-1] / 1000
    figure = gains_and_losses(told, remote_first, "en").axes[0]
    texts = [text.get_text() for text in figure.texts]
    assert f"+{change.max():,.1f}" in texts
    assert f"−{-change.min():,.1f}" in texts
    cells = [text.get_text() for text in change_matrix(communes, remote_first, "en").axes[0].texts]
    assert {f"+{change.max():,.1f}", f"−{-change.min():,.1f}"} <= set(cells)


def test_of_many(many):
    pictures = comparison_pictures(many, "en")
    assert set(pictures) == {"scenarios", "areas", "programmes", "projects", "map-of-changes"}
    assert not [name for name, picture in pictures.items() if is_cut(picture)]
    assert max(max(picture.get_size_inches()) for picture in pictures.values()) < 40


def test_matrices_of_many_areas(communes, remote_first):
    for picture in (
        allocation_matrix(communes, "vi"), coverage_gap([communes, remote_first], "en"),
        change_matrix(communes, remote_first, "vi"),
    ):  # fmt: skip
        assert not is_cut(picture)
    rows = [text.get_text() for text in picture.axes[0].get_yticklabels()]
    others = [int("".join(filter(str.isdigit, row))) for row in rows if "địa bàn khác" in row]
    assert len(rows) - len(others) + sum(others) == 126


def test_a_cell_of_a_matrix_is_money_per_child(plan):
    texts = [text.get_text() for text in allocation_matrix(plan, "en").axes[0].texts]
    case = plan.case
    money = plan.coverage["amount"].to_numpy().reshape(case.shape).sum(axis=(1, 2)) / len(case.years) / case.children
    assert {f"{1000 * value:,.0f}" for value in money} <= set(texts)


@pytest.mark.parametrize("measure", MEASURES)
def test_maps_of_any_measure(plan, other, measure):
    for picture in (area_map([plan, other], "en", measure), change_map(plan, [other], "vi", measure)):
        assert not is_cut(picture)


def test_losses_are_hatched_and_gains_are_not(plan, other):
    picture = change_map(plan, [other], "en", "amount")
    change = compare([plan, other], explain=False).tables["areas"]["amount_change"]
    hatched = [patch for patch in picture.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == (change < -0.05).sum() == 1


def test_outlines_instead_of_tiles(plan, other):
    square = np.array([[105, 21], [106, 21], [106, 22], [105, 22], [105, 21]], float)
    outlines = {code: Outline(square + np.array([2 * place, 0])) for place, code in enumerate(plan.case.areas)}
    picture = area_map([plan, other], "en", outlines=outlines)
    assert not is_cut(picture)
    assert picture.axes[0].get_xlim() == pytest.approx((105, 108))
    assert not is_cut(change_map(plan, [other], "vi", outlines=outlines))


def test_scenarios_that_are_the_same(plan):
    pictures = comparison_pictures(compare([plan, renamed(plan, "twin")], explain=False), "en")
    assert not [name for name, picture in pictures.items() if is_cut(picture)]
    assert isinstance(pictures["map-of-changes"], style.Picture)
