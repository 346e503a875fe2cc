"""Rules on fairness, one row each by hand, and what plans do under them.

Toy case: near has 1,000 children, hill, which is remote, 200. Lessons for 400 and 100, pools for 4 · 50 and 2 · 50
children, so near needs 600 and hill 200 reached; 0.5 and 0.25 million VND a child of that need at least.
"""

import numpy as np
import pytest

from planning.solver.plan import solve
from tests.cases import with_cell, with_rules
from tests.model.matrix import INF, row, rows_of, under


def money(area: str, year: int, factor: float = 1.0) -> dict[str, float]:
    lessons, pools = {"near": (200.0, 400.0), "hill": (100.0, 300.0)}[area]
    bands = {f"served__{area}__lessons__{year}__{band}": round(factor * lessons, 9) for band in (1, 2)}
    return bands | {f"served__{area}__pools__{year}__1": round(factor * pools, 9)}


def by_area(plan) -> dict[tuple[str, int], float]:
    return plan.coverage.groupby(["area", "year"])["amount"].sum().to_dict()


def test_remote_share_by_year_and_by_cost_type(toy):
    """40 % of the money for pools each year; of all money 20 % in 2026 and 30 % in 2027."""
    model = under(toy, remote_share={"share": {"capital": 0.4, 2026: 0.2, 2027: 0.3}})
    assert rows_of(model, "remote_share") == [
        f"remote_share__{programmes}__{year}" for programmes in ("capital", "all") for year in (2026, 2027)
    ]
    assert row(model, "remote_share__capital__2027") == (
        {"served__near__pools__2027__1": -0.4 * 400, "served__hill__pools__2027__1": 0.6 * 300},
        0.0,
        INF,
    )
    for year, share in ((2026, 0.2), (2027, 0.3)):
        assert row(model, f"remote_share__all__{year}")[0] == money("near", year, -share) | money(
            "hill", year, 1 - share
        )


def test_remote_share_by_field_in_a_plan(toy):
    plan = solve(with_rules(toy, remote_share={"share": {"recurrent": 0.5}}))
    lessons = plan.coverage[plan.coverage["programme"] == "lessons"]
    for _, cells in lessons.groupby("year"):
        amount = cells.set_index("area")["amount"]
        assert amount["hill"] == pytest.approx(amount.sum() / 2)


def test_gaps(toy):
    """Coverage of lessons in hill, 50 of 100 children a band, less 80 % of near's, 200 of 400."""
    model = under(toy, gaps=[{"ratio": 0.8, "programmes": "lessons"}])
    assert row(model, "gaps__lessons__2026") == (
        {
            "served__hill__lessons__2026__1": 0.5,
            "served__hill__lessons__2026__2": 0.5,
            "served__near__lessons__2026__1": -0.4,
            "served__near__lessons__2026__2": -0.4,
        },
        0.0,
        INF,
    )


def test_gaps_in_a_plan(toy):
    plan = solve(with_rules(toy, gaps=[{"ratio": 1.0, "programmes": "lessons"}]))
    share = plan.coverage.set_index(["programme", "area", "year"])["coverage"]["lessons"]
    assert (share["hill"] >= share["near"] - 1e-6).all()
    assert share["hill", 2026] == pytest.approx(share["near", 2026])


def test_gaps_only_where_both_sides_have_a_need(toy):
    case = with_cell(toy, "needs", "need", 0.0, area="hill", programme="lessons")
    assert rows_of(under(case, gaps=[{"ratio": 1.0, "programmes": "lessons"}]), "gaps") == []


def test_parity(toy):
    """hill has a sixth of the children: all money of a year divided by 6, half of it and half more."""
    model = under(toy, parity={"share": 0.5})
    least, most = row(model, "parity__hill__2026"), row(model, "parity__hill__2026__2")
    assert least == (money("near", 2026, -0.5 / 6) | money("hill", 2026, 1 - 0.5 / 6), 0.0, INF)
    assert most == (money("near", 2026, -1.5 / 6) | money("hill", 2026, 1 - 1.5 / 6), -INF, 0.0)


def test_parity_in_a_plan(toy):
    amount = by_area(solve(with_rules(toy, parity={"share": 0.1})))
    for year in (2026, 2027):
        mean = (amount["near", year] + amount["hill", year]) / 1200
        for area, children in (("near", 1000), ("hill", 200)):
            assert 0.9 * mean - 1e-9 <= amount[area, year] / children <= 1.1 * mean + 1e-9


def test_losers(toy):
    """Baselines of 260 and 90; what is lost adds up to a tenth of 350 at most."""
    model = under(toy, losers={"share": 0.1})
    assert row(model, "losers__2026") == ({"losers__0": 260.0, "losers__2": 90.0}, -INF, 35.0)
    assert row(model, "link_losers__hill__2026") == (money("hill", 2026) | {"losers__2": 90.0}, 90.0, INF)


@pytest.mark.parametrize("share", [0.0, 0.02])
def test_losers_in_a_plan(toy, share):
    """Half the city's money: without the rule hill loses more than that."""
    case = with_cell(toy, "funds", "ceiling", 200.0, fund="city")
    plan = solve(with_rules(case, losers={"share": share}))
    amount = by_area(plan)
    shown = plan.rules[plan.rules["rule"] == "losers"].set_index("index")
    for year in (2026, 2027):
        lost = max(260 - amount["near", year], 0) + max(90 - amount["hill", year], 0)
        assert lost <= 350 * share + 1e-6
        assert shown["value"][str(year)] == pytest.approx(lost / 350, abs=1e-9)
    assert (shown["binding"] == "yes").any()


def test_worst_covered(toy):
    """Mean coverage of two years: half of 200 of 600 children a band; pools built in 2026 count in both years."""
    model = under(toy, {"goals": ["max_min"]})
    assert row(model, "worst_covered__near") == (
        {f"served__near__lessons__{year}__{band}": round(1 / 6, 9) for year in (2026, 2027) for band in (1, 2)}
        | {
            "served__near__pools__2026__1": round(1 / 3, 9),
            "served__near__pools__2027__1": round(1 / 6, 9),
            "worst__0": -2.0,
        },
        0.0,
        INF,
    )


def test_moved(toy):
    """Money less what is above and plus what is below the baseline of 100."""
    assert row(under(toy, {"goals": ["least_change"]}), "moved__near__pools__2027") == (
        {"served__near__pools__2027__1": 400.0, "more__3": -400.0, "less__3": 100.0},
        100.0,
        100.0,
    )


def test_a_soft_floor_is_missed_by_the_least(toy):
    """0.3 million a child is 300 and 60. Of 200 a year hill takes 60 and near 140 of its 300: a share of 160 / 300
    for each year among four rows."""
    case = with_cell(with_cell(toy, "funds", "ceiling", 0.0), "funds", "ceiling", 200.0, fund="city")
    case = with_cell(case, "funds", "carry_over", 0.0)
    plan = solve(with_rules(case, per_child_floor={"amount": 0.3, "strength": "soft"}))
    goal = next(goal for goal in plan.certificate["goals"] if goal["name"] == "targets")
    assert goal["value"] == pytest.approx(-2 * (160 / 300) / 4)
    assert by_area(plan)["hill", 2026] == pytest.approx(60)


def test_the_dearer_of_two_soft_rules_is_kept(toy):
    """All the money to hill or none of it: the price of missing decides."""
    case = with_cell(toy, "funds", "carry_over", 0.0)
    floors = [{"areas": "near", "share": 1.0, "programmes": "lessons", "strength": "soft"}]
    for price, share in ((3.0, 1.0), (0.1, 0.0)):
        rules = {"coverage_caps": [{"areas": "near", "share": 0.0, "price": price, "strength": "soft"}]}
        plan = solve(with_rules(case, coverage_floors=floors, **rules))
        cells = plan.coverage.set_index(["area", "programme", "year"])["coverage"]
        assert cells["near", "lessons", 2026] == pytest.approx(1 - share, abs=1e-6)


def test_rules_that_only_report_change_nothing(toy):
    """Every rule at once with strength report: the plan of no rule, and a line for each row."""
    shown = {"strength": "report"}
    index = [shown | {"at_most": 0.01, "floor": 0.5}]
    rules = {
        "targets": shown,
        "remote_share": shown | {"share": 0.9},
        "per_child_floor": shown | {"amount": 5.0},
        "stability": shown | {"decrease": 0.0, "increase": 0.0},
        "coverage_floors": [shown | {"share": 1.0}],
        "coverage_caps": [shown | {"share": 0.0}],
        "minimum_grants": [shown | {"amount": 1000.0}],
        "absorption": shown | {"growth": 0.0},
        "substitutes": [shown | {"programmes": ["lessons", "pools"]}],
        "complements": [shown | {"programme": "lessons", "needs": "pools"}],
        "minimum_use": [shown | {"fund": "donor", "share": 1.0}],
        "expiry": [shown | {"fund": "city", "year": 2026}],
        "matching": [shown | {"fund": "donor", "partner": "city", "ratio": 9.0}],
        "co_funding": [shown | {"fund": "city", "share": 0.0}],
        "additionality": shown | {"share": 9.0},
        "virement": [shown | {"share": 0.0}],
        "gaps": [shown | {"ratio": 2.0}],
        "parity": shown | {"share": 0.01},
        "losers": shown | {"share": 0.0},
        "concentration": index,
        "hoover": index,
        "gini": index,
        "theil": index,
        "bottom_share": [shown | {"bottom": 0.2, "share": 0.2, "floor": 0.5}],
    }
    free, told = solve(with_rules(toy)), solve(with_rules(toy, **rules))
    assert set(told.rules["rule"]) == {*rules, "index_floors", "fund_ceiling"}
    key = ["area", "programme", "fund", "year"]
    before, after = (plan.lines.set_index(key)["amount"] for plan in (free, told))
    assert np.allclose(*before.align(after, fill_value=0.0), atol=1e-6)
    assert told.certificate["reach_checked"] == pytest.approx(free.certificate["reach_checked"], abs=1e-12)
