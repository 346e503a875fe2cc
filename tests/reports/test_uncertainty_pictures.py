"""Pictures of uncertainty, robust budgets and regret: nothing cut off, names apart, in both languages."""

import itertools

import pytest

from planning.inputs.ranges import ranges
from planning.insight.reallocated import reallocated
from planning.insight.regret import regret
from planning.insight.robust import robust
from planning.insight.uncertainty import uncertainty
from planning.reports.pictures.regret import regret_matrix
from planning.reports.pictures.robust import price_of_safety
from planning.reports.pictures.uncertainty import funds_at_risk, projects_that_hold, reach_of_draws, targets_at_risk
from tests.cases import with_table

SPREAD = {"needs": 0.1, "unit_costs": 0.2, "funds": 0.1}


def is_sound(picture):
    """Nothing sticks out of the picture, and no two names of an axis lie on one another."""
    picture.draw_without_rendering()
    box, (width, height) = picture.get_tightbbox(), picture.get_size_inches()
    inside = min(box.x0, box.y0, width - box.x1, height - box.y1) > -0.02
    axes = picture.axes
    names = [[t.get_window_extent() for t in one.get_yticklabels() if t.get_text()] for one in axes]
    return inside and not any(a.overlaps(b) for some in names for a, b in itertools.pairwise(some))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("spread", [SPREAD, {"unit_costs": 1e-9}])
def test_of_draws(plan, built, language, spread):
    finding = uncertainty(plan, ranges(plan.case, spread), 40)
    for draw in (reach_of_draws, funds_at_risk, targets_at_risk):
        assert is_sound(draw(finding, language))
    anew = reallocated(built, ranges(built.case, spread), 2, 2)
    assert is_sound(projects_that_hold(anew, language))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_the_communes(communes, language):
    finding = uncertainty(communes, ranges(communes.case, SPREAD), 30)
    for draw in (reach_of_draws, funds_at_risk, targets_at_risk):
        assert is_sound(draw(finding, language))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_safety_and_regret(toy, other, language):
    assert is_sound(price_of_safety(robust(toy, ranges(toy, SPREAD), [1, 2], 50), language))
    assert is_sound(regret_matrix(regret([toy, other.case]), language))


def test_a_cell_shows_the_figure_of_the_table(plan):
    finding = uncertainty(plan, ranges(plan.case, SPREAD), 40)
    shown = {text.get_text() for text in funds_at_risk(finding, "en").axes[0].texts}
    assert shown == {f"{100 * chance:.1f}%" for chance in finding.tables["funds"]["chance"]}


def test_targets_that_the_plan_misses_anyway_are_left_out(plan):
    table = plan.case.tables["targets"].assign(coverage=1.0, strength="report")
    missed = with_table(plan.case, "targets", table)
    from planning.solver.plan import solve

    again = solve(missed)
    picture = targets_at_risk(uncertainty(again, ranges(missed, SPREAD), 10), "en")
    assert [text.get_text() for text in picture.axes[0].texts] == ["No target that the plan meets was missed."]
