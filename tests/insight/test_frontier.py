"""The price of a rule: exact between breaks, never rising as the rule tightens, and the toy worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import InputError, NoPlanError, UnprovenError
from planning.inputs.levels import find_level
from planning.inputs.whatif import with_rules
from planning.insight.along import Along, seeking_reach
from planning.insight.frontier import _checked, frontier, knee_of
from planning.insight.sweep import Piece, Spot
from planning.model.build import build
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from planning.solver.plan import solve
from tests import random_cases
from tests.languages import vietnamese
from tests.project_cases import with_two_pools

QUIET = settings(max_examples=12)


def seeking(case, *goals):
    objective = case.scenario.objective.model_copy(update={"goals": goals})
    return replace(case, scenario=case.scenario.model_copy(update={"objective": objective}))


def best(case):
    """Weighted child-years of the best plan, built anew; None where no plan keeps every rule."""
    model = build(seeking_reach(case))
    try:
        return Hot(model, gap=1e-9).best().values[-1] * model.reach.size
    except Infeasible:
        return None


def read_off(table, level):
    """The value that the breaks of the exact curve say for a level between them."""
    exact = table[table["kind"] == "exact"]
    return float(np.interp(level, exact["level"], exact["reached"]))


@QUIET
@given(data=st.data())
def test_between_breaks_the_curve_is_what_solving_gives(toy, data):
    case = with_rules(data.draw(random_cases.cases(toy)), targets="off", remote_share={"share": 0.05})
    case = seeking(case, "reach")
    if best(case) is None:
        return
    finding = frontier(solve(case), find_level(case, "remote_share"), 0.02, 0.7)
    exact = finding.table
    reached = exact["reached"].to_numpy()
    assert (np.diff(reached) <= 1e-6 * max(reached.max(), 1)).all()
    level = find_level(case, "remote_share")
    for value in np.linspace(exact["level"].min(), exact["level"].max(), 7)[1:-1]:
        solved = best(level.at(case, float(value)))
        row = exact[exact["level"] <= value].iloc[-1]
        allowed = 2e-7 if row["straight"] == "yes" else 2e-3
        assert read_off(exact, value) == pytest.approx(solved, rel=allowed, abs=1e-6)
    if exact["level"].max() < 0.7:
        beyond = min(exact["level"].max() + 1e-3, 0.7)
        assert best(level.at(case, beyond)) is None


def test_the_envelope_is_concave_and_equal_to_a_fine_grid(toy):
    case = seeking(with_rules(toy, targets="off", remote_share="off"), "reach")
    level = find_level(case, "envelope")
    table = frontier(solve(case), level, 0.3, 2.0).table
    assert (np.diff(table["slope_right"].dropna()) <= 1e-3).all()
    for value in np.linspace(0.3, 2.0, 35):
        assert read_off(table, value) == pytest.approx(best(level.at(case, float(value))), rel=1e-6)


@pytest.mark.parametrize("value", [1.1, 1.5, 1.9])
def test_the_slope_of_the_envelope_counts_what_must_be_used_at_least(toy, value):
    funds = toy.tables["funds"].assign(carry_over=0.0)
    case = replace(toy, tables={**toy.tables, "funds": funds})
    rules = {"parity": {"share": 0.3}, "minimum_use": [{"fund": "donor", "share": 0.9}]}
    case = seeking_reach(seeking(with_rules(case, targets="off", remote_share="off", **rules), "reach"))
    along = Along(case, find_level(case, "envelope"), Hot(build(case)).best().answer.x, 0.1, 2.0)
    below, above = (along.spot(value + step).value for step in (-1e-4, 1e-4))
    assert along.spot(value).slope == pytest.approx((above - below) / 2e-4, rel=1e-5)


def test_how_large_an_envelope_can_be_used(toy):
    """Four fifths of the city's ceilings must be spent: all needs together take less than three times today's."""
    least = [{"fund": "city", "share": 0.8}]
    case = seeking(with_rules(toy, targets="off", remote_share="off", minimum_use=least), "reach")
    level = find_level(case, "envelope")
    table = frontier(solve(case), level, 0.2, 6.0).table
    last = table.loc[table["mark"] == "end", "level"].item()
    assert best(level.at(case, last - 1e-5)) is not None
    assert best(level.at(case, last + 1e-5)) is None


def test_an_envelope_that_cannot_move_is_said_to_be_so(toy):
    """All money is to be spent, and lessons reach half of the need in each area, no more: 300 in either year."""
    funds = toy.tables["funds"]
    funds = funds.assign(ceiling=np.where(funds["fund"] == "city", 300.0, 0.0), carry_over=0.0)
    half = {"each": True, "programmes": "lessons", "share": 0.5}
    caps = [half, {"programmes": "pools", "share": 0.0}]
    rules = {"minimum_use": [{"fund": "city", "share": 1.0}], "coverage_floors": [half], "coverage_caps": caps}
    case = with_rules(replace(toy, tables={**toy.tables, "funds": funds}), targets="off", remote_share="off", **rules)
    with pytest.raises(NoPlanError, match="no level of envelope") as refused:
        frontier(solve(case), find_level(case, "envelope"), 0.5, 2.0)
    assert vietnamese(refused.value) == (
        "Không có phương án nào giữ được mọi quy định:\n"
        "- không giữ được mức nào của envelope từ 0,5 đến 2 ngoài mức của chính phương án"
    )


def test_a_plan_that_is_not_found_again_at_its_own_level(toy, monkeypatch):
    """It was a plan, so nothing is said of rules that cannot be kept."""
    along = Along(toy, find_level(toy, "remote_share"), solve(toy).x, 0.1, 0.5)

    def nowhere(self, value):
        raise Infeasible

    monkeypatch.setattr(Along, "spot", nowhere)
    with pytest.raises(UnprovenError) as refused:
        _checked(along, 0.5, along.own)
    assert str(refused.value) == (
        "There is no proven plan:\n- the plan does not keep remote_share share at its own level"
    )
    assert vietnamese(refused.value) == (
        "Chưa có phương án nào được chứng minh:\n- phương án không giữ được remote_share share ở chính mức của mình"
    )


def test_the_toy_by_hand(toy):
    """One fund of 300 a year for lessons: near costs 1 a child, hill 2, the second half of a need counts half.

    Near has 400, hill 100 children. Money first goes to near's first half (200, worth 1 each), then to near's second
    and hill's first half alike (worth ½ a million either way): up to a third of the 300 for hill nothing is lost. From
    there on every million for hill's second half (worth ¼) is taken from near's first half (worth 1).
    """
    funds = toy.tables["funds"]
    lessons = toy.tables["needs"].assign(need=[400.0, 100.0, 0.0, 0.0])
    funds = funds.assign(ceiling=np.where(funds["fund"] == "city", 300.0, 0.0), carry_over=0.0)
    case = replace(toy, tables={**toy.tables, "funds": funds, "needs": lessons})
    case = seeking(with_rules(case, targets="off", remote_share={"share": 0.1}), "reach")
    finding = frontier(solve(case), find_level(case, "remote_share"), 0.0, 0.6)
    table = finding.table
    assert [read_off(table, 0.0), read_off(table, 1 / 3)] == pytest.approx([2 * (200 + 50)] * 2)
    # At 40 %: hill 120 = 50 children first half (100) + 10 second half; near 180 of its first half.
    assert read_off(table, 0.4) == pytest.approx(2 * (180 + 50 + 10 / 2))
    # At 60 %: hill 180 = 50 + 40 second half; near 120.
    assert read_off(table, 0.6) == pytest.approx(2 * (120 + 50 + 40 / 2))
    assert any(abs(table["level"] - 1 / 3) < 1e-6)
    assert table.loc[table["mark"] == "knee", "level"].item() == pytest.approx(1 / 3)


def test_areas_add_up_and_own_level_is_the_plan(toy):
    plan = solve(toy)
    areas = frontier(plan, find_level(toy, "remote_share"), 0.1, 0.5).tables["areas"]
    own = areas[areas["at"] == "own"]
    assert own["amount"].sum() == pytest.approx(plan.lines["amount"].sum())
    assert (own[["amount_change", "children_change"]] == 0).all(axis=None)
    for _, rows in areas.groupby("at"):
        assert rows["amount_change"].sum() == pytest.approx(rows["amount"].sum() - own["amount"].sum(), abs=1e-6)


def test_the_last_level_that_can_be_kept_is_found(toy):
    case = with_rules(toy, per_child_floor={"amount": 0.01})
    plan, level = solve(case), find_level(case, "per_child_floor")
    finding = frontier(plan, level, 0.005, 5.0)
    last = finding.table.loc[finding.table["mark"] == "end", "level"].item()
    assert best(level.at(case, last - 1e-6)) is not None
    assert best(level.at(case, last + 1e-6)) is None
    assert any("can be kept" in sentence for sentence in finding.sentences["en"])


def test_projects_are_searched_again_at_points_only(toy):
    case = with_rules(with_two_pools(toy), remote_share={"share": 0.1})
    level = find_level(case, "remote_share")
    finding = frontier(solve(case), level, 0.05, 0.5, points=4)
    searched = finding.table[finding.table["kind"] == "searched"]
    assert list(searched["level"]) == pytest.approx([0.05, 0.2, 0.35, 0.5])
    for _, row in searched.iterrows():
        anew = best(level.at(case, row["level"]))
        assert (row["state"] == "none") == (anew is None)
        if anew is not None:
            assert row["reached"] == pytest.approx(anew, rel=1e-4)
            if row["level"] <= finding.table.loc[finding.table["kind"] == "exact", "level"].max():
                assert row["reached"] >= read_off(finding.table, row["level"]) * (1 - 1e-4)


def test_no_project_choice_passes_the_limit_of_parts(toy):
    case = seeking_reach(with_rules(with_two_pools(toy), remote_share={"share": 0.1}))
    x = Hot(build(case)).best().answer.x
    along = Along(case, find_level(case, "remote_share"), x, 0.1, 1.0)
    assert along.furthest(1.0) <= along.furthest(1.0, parts=True) + 1e-7


def test_no_knee_where_nothing_bends():
    line = [Piece(Spot(0, 1, -1), Spot(1, 0, -1), True)]
    flat = [Piece(Spot(0, 1, 0), Spot(1, 1, 0), True), Piece(Spot(1, 1, 0), Spot(2, 1, 0), True)]
    assert knee_of(line) is None
    assert knee_of(flat) is None


@pytest.mark.parametrize(
    ("low", "high", "points", "words"),
    [(0.5, 0.1, 9, "not below"), (0.1, 0.5, 1, "from 2 to 200"), (-0.1, 0.5, 9, "above zero"), (0.1, 1.5, 9, "1.5")],
)
def test_bad_ranges(toy, low, high, points, words):
    with pytest.raises(InputError, match=words):
        frontier(solve(toy), find_level(toy, "remote_share"), low, high, points=points)


@pytest.mark.parametrize(
    ("low", "high", "points", "words"),
    [
        (0.5, 0.1, 9, "--from 0.5 không nhỏ hơn --to 0.1; hãy ghi khoảng tăng dần"),
        (0.1, 0.5, 1, "--points 1 không hợp lệ; hãy ghi một số từ 2 đến 200"),
        (-0.1, 0.5, 9, "--from -0.1 không hợp lệ cho remote_share share; hãy ghi mức lớn hơn 0"),
    ],
)
def test_bad_ranges_in_vietnamese(toy, low, high, points, words):
    with pytest.raises(InputError) as refused:
        frontier(solve(toy), find_level(toy, "remote_share"), low, high, points=points)
    assert vietnamese(refused.value) == f"1 lỗi trong base:\n- {words}"


@pytest.mark.parametrize("goals", [("least_cost",), ("leximin", "reach")])
def test_other_goals_are_refused(toy, goals):
    with pytest.raises(InputError, match="must name reach") as refused:
        seeking_reach(seeking(toy, *goals))
    assert vietnamese(refused.value).endswith(
        "\n- câu hỏi này đếm số trẻ em mà mỗi phương án phục vụ, nên objective.goals phải có reach, method phải là "
        "lexicographic và không có leximin đứng trước; hãy viết một phương án như vậy"
    )
