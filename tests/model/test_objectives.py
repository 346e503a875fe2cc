"""Goals on the toy case by hand: priorities, tolerances, the worst-covered area, least cost, least change, discount.

`bare` has 300 of the city a year for lessons in both areas and nothing else: near needs 400 at 1 million each, hill 100
at 2, so equal coverage of both costs 600.
"""

import numpy as np
import pandas as pd
import pytest

from planning.solver.plan import Plan, solve
from tests.cases import with_cell, with_rules, with_table
from tests.model.matrix import under


@pytest.fixture(scope="module")
def bare(toy):
    case = with_cell(toy, "funds", "ceiling", 0.0)
    case = with_cell(case, "funds", "ceiling", 300.0, fund="city")
    return with_cell(with_cell(case, "funds", "carry_over", 0.0), "needs", "need", 0.0, programme="pools")


@pytest.fixture(scope="module")
def promised(toy):
    """Two soft targets of 2027, 100 million for both: all 400 children of near, and 80 of 100 in hill."""
    case = with_cell(with_cell(toy, "funds", "ceiling", 0.0), "funds", "ceiling", 100.0, fund="city", year=2027)
    swim = case.tables["targets"]
    near = swim.assign(target="near", **{"class": "city"}, coverage=1.0, priority=2)
    return with_table(case, "targets", pd.concat([swim, near], ignore_index=True))


def reached(plan: Plan, year: int, programme: str = "lessons") -> dict[str, float]:
    coverage = plan.coverage
    cells = coverage[(coverage["year"] == year) & (coverage["programme"] == programme)]
    return dict(zip(cells["area"], cells["reached"], strict=True))


def goals(plan: Plan) -> dict[str, float]:
    return {goal["name"]: goal["value"] for goal in plan.certificate["goals"]}


def test_the_first_priority_is_served_first(promised):
    plan = solve(with_rules(promised, targets={}))
    assert reached(plan, 2027) == pytest.approx({"near": 0, "hill": 50}, abs=1e-4)
    assert goals(plan)["targets_1"] == pytest.approx(-30 / 80)
    assert goals(plan)["targets_2"] == pytest.approx(-1)


def test_the_other_way_round(promised):
    case = with_cell(with_cell(promised, "targets", "priority", 2), "targets", "priority", 1, target="near")
    plan = solve(with_rules(case, targets={}))
    assert reached(plan, 2027) == pytest.approx({"near": 100, "hill": 0}, abs=1e-4)


def test_equal_priorities_share_one_goal(promised):
    """A million buys 1/400 of near's level and 1/160 of hill's: hill first. Missed 3/8 and 1, of two weights."""
    plan = solve(with_rules(with_cell(promised, "targets", "priority", 1), targets={}))
    assert goals(plan)["targets"] == pytest.approx(-(3 / 8 + 1) / 2)


def test_a_tolerance_gives_later_goals_room(promised):
    """A fifth of the shortfall of 3/8 may be given up: 44 children in hill for 88, and 12 more in near."""
    case = with_table(promised, "targets", promised.tables["targets"].iloc[:1])
    plan = solve(with_rules(case, {"tolerances": {"targets": 0.2}}, targets={}))
    assert reached(plan, 2027) == pytest.approx({"near": 12, "hill": 44})


def test_weighted_is_one_sum(promised):
    model = under(promised, {"method": "weighted", "shortfall_weight": 3.0}, targets={})
    [goal] = model.goals
    expected = model.reach.gain.copy()
    expected[model.layout.columns :] -= 3.0 * np.array([1, 1]) / 2
    assert goal.name == "weighted"
    np.testing.assert_allclose(goal.gain, expected)


def test_max_min(bare):
    plan = solve(with_rules(bare, {"goals": ["max_min"]}))
    assert goals(plan)["max_min"] == pytest.approx(0.5)
    share = plan.coverage[plan.coverage["programme"] == "lessons"].groupby("area")["coverage"].mean()
    assert share.to_dict() == pytest.approx({"near": 0.5, "hill": 0.5})


def test_leximin_raises_the_next_worst(bare):
    """hill may reach 30 of 100 children, 60 million a year; near then gets 240 for 240 of 400."""
    capped = {"coverage_caps": [{"areas": "hill", "share": 0.3}]}
    plan = solve(with_rules(bare, {"goals": ["leximin"]}, **capped))
    assert goals(plan)["leximin"] == pytest.approx(0.3)
    for year in (2026, 2027):
        assert reached(plan, year) == pytest.approx({"near": 240, "hill": 30})


def test_what_leximin_reached_is_held_by_later_goals(bare):
    """Money for everything: full coverage in both areas, whatever it costs, then at the least cost: 600 a year."""
    rich = with_cell(bare, "funds", "ceiling", 900.0, fund="city")
    plan = solve(with_rules(rich, {"goals": ["leximin", "least_cost"]}))
    for year in (2026, 2027):
        assert reached(plan, year) == pytest.approx({"near": 400, "hill": 100})
    assert plan.lines["amount"].sum() == pytest.approx(1200)


def test_leximin_then_reach(bare):
    """Both areas at one half; each year's 300 then goes where children count more, at the same mean."""
    plan = solve(with_rules(bare, {"goals": ["leximin", "reach"]}))
    share = plan.coverage[plan.coverage["programme"] == "lessons"].groupby("area")["coverage"].mean()
    assert share.to_dict() == pytest.approx({"near": 0.5, "hill": 0.5})


def test_least_cost_of_hard_targets(toy):
    """80 children in hill for 160 million in 2027, of 2 · 550 million of ceilings; and nothing else."""
    plan = solve(with_rules(toy, {"goals": ["least_cost"]}, targets={"strength": "hard"}))
    assert plan.lines["amount"].sum() == pytest.approx(160)
    assert reached(plan, 2027) == pytest.approx({"near": 0, "hill": 80})
    assert goals(plan)["least_cost"] == pytest.approx(-160 / 1100)


def test_least_change_is_the_baseline_where_it_can_be_paid(toy):
    plan = solve(with_rules(toy, {"goals": ["least_change"]}))
    assert goals(plan)["least_change"] == pytest.approx(0, abs=1e-9)
    wanted = toy.tables["baseline"].set_index(["area", "programme"])["amount"].to_dict()
    for year, cells in plan.coverage.groupby("year"):
        assert cells.set_index(["area", "programme"])["amount"].to_dict() == pytest.approx(wanted), year


def test_least_change_under_a_rule(toy):
    """60 % of the 350 to hill means 210 for it: 120 more, and 120 less for near; over two years of 350."""
    case = with_cell(toy, "funds", "carry_over", 0.0)
    plan = solve(with_rules(case, {"goals": ["least_change"]}, remote_share={"share": 0.6}))
    total = plan.coverage.groupby(["area", "year"])["amount"].sum()
    for year in (2026, 2027):
        assert total["hill", year] >= 0.6 * (total["hill", year] + total["near", year]) - 1e-6
    assert goals(plan)["least_change"] >= -2 * 240 / 700 - 1e-9


def test_discounting_makes_later_children_count_less(toy):
    """A tenth a year: lessons of 2027 count 1/1.1; near's 200 children of pools built in 2026 count in both years."""
    model = under(toy, {"discount": 0.1})
    gain = dict(zip(model.column_names, model.reach.gain * model.reach.size, strict=True))
    assert gain["served__near__lessons__2026__1"] == pytest.approx(200)
    assert gain["served__near__lessons__2027__1"] == pytest.approx(200 / 1.1)
    assert gain["served__near__pools__2026__1"] == pytest.approx(200 + 200 / 1.1)
    assert gain["served__near__pools__2027__1"] == pytest.approx(200 / 1.1)
    assert model.reach.size == pytest.approx((1 + 1 / 1.1) * (250 * 1.5 + 300))


def test_discounting_touches_no_money(toy):
    plain, discounted = under(toy), under(toy, {"discount": 0.1})
    np.testing.assert_array_equal(plain.matrix.value, discounted.matrix.value)
    np.testing.assert_array_equal(plain.upper, discounted.upper)


def test_pools_that_projects_hold_open_count_year_by_year(toy_projects):
    """A full column is the three pools that near can have in 2027, 50 children each, in that year alone."""
    model = under(toy_projects)
    gain = dict(zip(model.column_names, model.reach.gain * model.reach.size, strict=True))
    assert gain["served__near__pools__2027__1"] == pytest.approx(3 * 50)
    assert gain["served__hill__pools__2028__1"] == pytest.approx(1 * 50)
