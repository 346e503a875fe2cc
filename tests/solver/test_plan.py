"""The best plan: worked out by hand on the toy case, unique, and never below any other allocation."""

import pickle
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from planning.errors import InputError, NoPlanError, UnprovenError
from planning.inputs import load_case
from planning.inputs.scenario import Objective
from planning.model.build import build
from planning.solver.hot import unproven
from planning.solver.plan import solve
from tests.cases import with_cell, with_rules, with_table


@pytest.fixture(scope="module")
def free(toy):
    """The toy case without rules: only needs, ceilings and eligibility hold."""
    return with_rules(toy)


@pytest.fixture(scope="module")
def plan(free):
    return solve(free)


def reached(plan, area: str, programme: str, year: int) -> float:
    cell = plan.coverage.set_index(["area", "programme", "year"]).loc[(area, programme, year)]
    return cell["reached"]


def test_the_toy_by_hand(plan):
    """Per million: lessons in near reach 1 then 0.5; in hill 0.5 then 0.25; pools in near built in 2026 reach 1 (50
    children · 2 years / 100), in hill 2/3; built in 2027 half of that. City has 400 a year; local 80 + 20 only for
    lessons; donor 50 a year only for pools in hill.

    2026: local pays 80 lessons in near and 20 in hill (10 children); donor buys 1/3 pool in hill; city buys 120 lessons
    in near (band 1 is full at 200) and 2.8 pools in near, both worth 1 a million.
    2027: local as before; donor 1/3 pool; city: 120 lessons in near (1), then lessons in hill to band 1 (80 for 0.5),
    lessons in near band 2 (0.5), pools in near (0.5): tied at 0.5, 200 more to spend.
    """
    best = 200 + 10 + 50 / 150 * 100 + 280 + 200 + 10 + 50 / 150 * 50 + 280 * 0.5
    everything = 2 * 250 * 1.5 + 6 * 50 * 2
    goal = next(goal for goal in plan.certificate["goals"] if goal["name"] == "reach")
    assert goal["value"] * everything == pytest.approx(best, rel=1e-9)


def test_least_change_decides_between_equally_good_plans(plan):
    """Each million that is tied at 0.5 in 2027 goes where it brings the lines nearest to the baseline."""
    money = plan.coverage.set_index(["area", "programme", "year"])["amount"]
    assert money["hill", "lessons", 2027] == pytest.approx(60)
    assert money["near", "pools", 2027] == pytest.approx(100)


def test_lines_add_up(plan):
    by_cell = plan.lines.groupby(["area", "programme", "year"])["amount"].sum()
    stated = plan.coverage.set_index(["area", "programme", "year"])["amount"]
    pd.testing.assert_series_equal(by_cell, stated[stated > 0].sort_index(), check_names=False, rtol=1e-9)
    spent = plan.lines.groupby(["fund", "year"])["amount"].sum()
    by_fund = plan.funds.set_index(["fund", "year"])["spent"]
    pd.testing.assert_series_equal(spent, by_fund[by_fund > 0].sort_index(), check_names=False, rtol=1e-9)


def test_every_fund_balances(plan):
    funds = plan.funds
    left = funds["ceiling"] + funds["carried_in"] - funds["spent"] - funds["carried_out"] - funds["lapsed"]
    assert left.abs().max() < 1e-6


def test_what_is_built_stays(plan):
    assert reached(plan, "near", "pools", 2027) >= reached(plan, "near", "pools", 2026)


def test_money_that_can_wait_is_carried_over(free):
    """Lessons are needed in 2027 only, so the city carries the half of 2026 that it may and lets the rest lapse."""
    needs = free.tables["needs"]
    lessons = needs[needs["programme"] == "lessons"]
    dated = [lessons.assign(year="2026", need=0.0), lessons.assign(year="2027", need=400.0)]
    pools = needs[needs["programme"] == "pools"].assign(need=0.0)
    later = solve(with_table(free, "needs", pd.concat([*dated, pools])))
    city = later.funds.set_index(["fund", "year"]).loc["city"]
    assert city.loc[2026, ["spent", "carried_out", "lapsed"]].tolist() == pytest.approx([0, 200, 200])
    assert city.loc[2027, ["carried_in", "spent"]].tolist() == pytest.approx([200, 600])


@pytest.mark.parametrize("seed", [1, 7])
def test_the_same_plan_every_time(toy, plan, seed, monkeypatch):
    from planning.solver import live

    monkeypatch.setattr(live, "OPTIONS", {**live.OPTIONS, "random_seed": seed, "simplex_strategy": 1 + 3 * (seed == 7)})
    again = solve(with_rules(toy))
    assert again.certificate["unique"]
    pd.testing.assert_frame_equal(again.lines, plan.lines, rtol=1e-9)


def test_a_soft_target_that_money_cannot_meet_is_missed_by_the_least(toy):
    """Hill's lessons cost 160 for 80 children; with 100 from the city and 20 local 60 children are reached."""
    poor = with_cell(with_rules(toy, targets={}), "funds", "ceiling", 100.0, fund="city", year=2027)
    poor = with_cell(poor, "funds", "carry_over", 0.0, fund="city")
    target = solve(poor).targets.iloc[0]
    assert target["value"] == pytest.approx(0.6)
    assert target["shortfall"] == pytest.approx(0.2)
    assert target["met"] == "no"


def test_a_hard_target_is_kept(toy):
    plan = solve(with_rules(toy, targets={"strength": "hard"}))
    assert plan.targets.iloc[0]["value"] >= 0.8 - 1e-9


def test_the_weighted_method_can_prefer_children_to_a_target(toy):
    cheap = solve(with_rules(toy, {"method": "weighted", "shortfall_weight": 1e-6}, targets={}))
    dear = solve(with_rules(toy, {"method": "weighted", "shortfall_weight": 100.0}, targets={}))
    assert cheap.targets["value"].iloc[0] < 0.8
    assert dear.targets["value"].iloc[0] == pytest.approx(0.8)


def test_class_weights_move_money(toy):
    even = solve(with_rules(toy))
    tilted = solve(with_rules(toy, {"class_weights": {"remote": 10.0}}))
    assert reached(tilted, "hill", "lessons", 2026) > reached(even, "hill", "lessons", 2026)


def test_a_report_only_rule_changes_nothing(toy, plan):
    reported = solve(with_rules(toy, remote_share={"share": 0.9, "strength": "report"}))
    pd.testing.assert_frame_equal(reported.lines, plan.lines)
    rows = reported.rules[reported.rules["rule"] == "remote_share"]
    assert (rows["value"] < 0.9).all()
    assert (rows["strength"] == "report").all()


@pytest.mark.parametrize(
    ("rules", "rule", "index", "column"),
    [
        ({}, "fund_ceiling", "city 2026", ("funds", "ceiling", {"fund": "city", "year": 2026})),
        ({}, "fund_ceiling", "donor 2027", ("funds", "ceiling", {"fund": "donor", "year": 2027})),
        ({"remote_share": {"share": {2026: 0.5, 2027: 0.2}}}, "remote_share", "2026", "remote_share"),
        ({"per_child_floor": {"amount": 0.45}}, "per_child_floor", None, "per_child_floor"),
    ],
)
def test_a_marginal_value_is_what_solving_again_shows(toy, rules, rule, index, column):
    """One row's level up by a little: the goal *reach* changes by the stated marginal value."""
    step = 1e-4
    case = with_rules(toy, **rules)
    plan = solve(case)
    rows = plan.rules[(plan.rules["rule"] == rule) & ((plan.rules["index"] == index) if index else True)]
    if isinstance(column, tuple):
        table, name, where = column
        old = case.tables[table].query(" and ".join(f"{k} == {v!r}" for k, v in where.items()))[name].iloc[0]
        moved = with_cell(case, table, name, old + step, **where)
    elif column == "remote_share":
        moved = with_rules(toy, remote_share={"share": {2026: 0.5 + step, 2027: 0.2}})
    else:
        moved = with_rules(toy, per_child_floor={"amount": 0.45 + step})
    size = next(goal for goal in build(case).goals if goal.name == "reach").size
    before, after = (
        next(goal["value"] for goal in some.certificate["goals"] if goal["name"] == "reach") * size
        for some in (plan, solve(moved))
    )
    assert rows["marginal_value"].sum() == pytest.approx((after - before) / step, rel=1e-5, abs=1e-7)
    assert abs(rows["marginal_value"].sum()) > 1e-3


def test_nothing_is_called_a_plan_without_proof(toy, monkeypatch):
    from planning.solver import live

    monkeypatch.setattr(live, "OPTIONS", {**live.OPTIONS, "simplex_iteration_limit": 1})
    with pytest.raises(NoPlanError, match="before the best allocation was proven"):
        solve(toy)
    with pytest.raises(UnprovenError) as refused:
        solve(toy, "vi")
    assert str(refused.value) == (
        "Chưa có phương án nào được chứng minh:\n"
        "- bộ giải dừng trước khi chứng minh được phân bổ tốt nhất (Iteration limit reached)"
    )
    assert refused.value.told("en").startswith("There is no proven plan:\n- the solver stopped before")
    assert refused.value.exit_code == 3


def test_a_refusal_of_another_process_is_the_same(toy):
    """Plans are sought in processes of their own."""
    here = unproven("reach", 1.5e-3, 1e-6)
    here.language = "vi"
    there = pickle.loads(pickle.dumps(here))
    assert type(there) is UnprovenError
    assert str(there) == str(here)
    assert there.told("en") == here.told("en")


@pytest.mark.parametrize("language", ["fr", None])
def test_a_language_other_than_the_two_is_refused_at_once(toy, language):
    with pytest.raises(InputError, match=f"there is no language {language!r} here; write 'vi' or 'en'"):
        solve(toy, language)


def test_an_unknown_solver_option_is_refused(toy, monkeypatch):
    from planning.solver import live

    monkeypatch.setattr(live, "OPTIONS", {**live.OPTIONS, "no_such_option": 3})
    with pytest.raises(ValueError, match="no_such_option"):
        solve(toy)


@pytest.mark.parametrize("goals", [["least_cost"], ["targets", "least_change"]])
def test_a_plan_need_not_seek_reach(goals):
    """Where reach is no goal a later band may be filled before an earlier one; the second look is content with more."""
    case = load_case(Path(__file__).parents[2] / "scenarios" / "hanoi-districts-2024" / "base.yaml")
    objective = {"goals": goals, "gap": 0.001}
    plan = solve(replace(case, scenario=case.scenario.model_copy(update={"objective": Objective(**objective)})))
    assert plan.certificate["status"] == "optimal"
