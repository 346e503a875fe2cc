"""Rules on services, one row each by hand, and what plans do under them.

Toy case: lessons for 400 children in near (1 million each) and 100 in hill (2 million), two bands of half the need; 4
and 2 pools (100 and 150 million) for 50 children each. A full served column is a band: 200 and 50 children, 4 and 2
pools.
"""

import math

import pytest

from planning.errors import NoPlanError
from planning.inputs.case import Case
from planning.model.build import build
from planning.solver.plan import Plan, solve
from tests.cases import with_cell, with_rules
from tests.model.matrix import INF, row, rows_of, under


def lessons(area: str, year: int, each: float) -> dict[str, float]:
    return {f"served__{area}__lessons__{year}__{band}": each for band in (1, 2)}


def amounts(plan, programme: str, area: str) -> list[float]:
    coverage = plan.coverage
    return coverage.loc[(coverage["programme"] == programme) & (coverage["area"] == area), "amount"].tolist()


def test_coverage_floor_of_all_together(toy):
    """30 % of 500 children."""
    model = under(toy, coverage_floors=[{"programmes": "lessons", "share": 0.3}])
    assert row(model, "coverage_floors__lessons__all__2026") == (
        lessons("near", 2026, 200.0) | lessons("hill", 2026, 50.0),
        150.0,
        INF,
    )


def test_coverage_floor_of_each_remote_area_in_one_year(toy):
    """A fifth of 100 children and of 2 pools; pools count all that stands."""
    model = under(toy, coverage_floors=[{"share": 0.2, "each": True, "areas": "remote", "year": 2027}])
    assert rows_of(model, "coverage_floors") == [
        "coverage_floors__lessons__hill__2027",
        "coverage_floors__pools__hill__2027",
    ]
    assert row(model, "coverage_floors__lessons__hill__2027") == (lessons("hill", 2027, 50.0), 20.0, INF)
    assert row(model, "coverage_floors__pools__hill__2027") == (
        {"served__hill__pools__2026__1": 2.0, "served__hill__pools__2027__1": 2.0},
        0.4,
        INF,
    )


def test_coverage_cap_of_each_area(toy):
    model = under(toy, coverage_caps=[{"programmes": "capital", "share": 0.7, "each": True, "year": 2026}])
    assert rows_of(model, "coverage_caps") == ["coverage_caps__pools__near__2026", "coverage_caps__pools__hill__2026"]
    assert row(model, "coverage_caps__pools__near__2026") == ({"served__near__pools__2026__1": 4.0}, -INF, 2.8)


def test_coverage_rules_in_a_plan(toy):
    floors = [{"programmes": "lessons", "areas": "hill", "share": 0.3, "each": True}]
    plan = solve(with_rules(toy, coverage_floors=floors, coverage_caps=[{"programmes": "pools", "share": 0.25}]))
    cells = plan.coverage.set_index(["area", "programme", "year"])
    assert cells["coverage"]["hill", "lessons", 2026] == pytest.approx(0.3)
    pools = cells.xs("pools", level="programme")["reached"].groupby("year").sum()
    assert (pools <= 0.25 * 6 + 1e-6).all()


def test_areas_without_need_have_no_row(toy):
    case = with_cell(toy, "needs", "need", 0.0, area="hill", programme="lessons")
    model = under(case, coverage_floors=[{"programmes": "lessons", "share": 0.3, "each": True}])
    assert rows_of(model, "coverage_floors") == [f"coverage_floors__lessons__near__{year}" for year in (2026, 2027)]


def test_minimum_grants(toy):
    """At most all that lessons in hill can cost, 200, where the grant is given; at least 40."""
    model = under(toy, minimum_grants=[{"amount": 40.0, "programmes": "lessons", "areas": "hill"}])
    spent = lessons("hill", 2026, 100.0)
    assert row(model, "link_minimum_grants__lessons__hill__2026") == (spent | {"granted_0__0": -200.0}, -INF, 0.0)
    assert row(model, "minimum_grants__lessons__hill__2026") == (spent | {"granted_0__0": -40.0}, 0.0, INF)
    assert model.column_names[model.whole.nonzero()[0][0]] == "granted_0__0"


@pytest.mark.parametrize("least", [30.0, 90.0])
def test_a_grant_is_nothing_or_at_least_the_least(toy, least):
    """Without the rule lessons in hill get 20 in 2026, the area's own money."""
    free = amounts(solve(with_rules(toy)), "lessons", "hill")
    assert free[0] == pytest.approx(20)
    plan = solve(with_rules(toy, minimum_grants=[{"amount": least, "programmes": "lessons"}]))
    given = amounts(plan, "lessons", "hill") + amounts(plan, "lessons", "near")
    assert all(amount < 1e-6 or amount >= least - 1e-6 for amount in given)
    shown = plan.rules[plan.rules["rule"] == "minimum_grants"]
    assert (shown["value"].dropna() >= least - 1e-6).all()
    assert set(shown.loc[shown["value"].isna(), "binding"]) <= {"no"}


def grants_in_hill(toy: Case, amount: float, **more: object) -> Case:
    return with_rules(
        toy, **more, minimum_grants=[{"amount": amount, "programmes": "lessons", "areas": "hill", "strength": "soft"}]
    )


def test_a_soft_least_grant(toy):
    """What is missed is a share of the 40; the grant is still opened before any money is given."""
    model = build(grants_in_hill(toy, 40.0))
    spent = lessons("hill", 2027, 100.0)
    assert row(model, "link_minimum_grants__lessons__hill__2027") == (spent | {"granted_0__1": -200.0}, -INF, 0.0)
    assert row(model, "minimum_grants__lessons__hill__2027") == (
        spent | {"granted_0__1": -40.0, "short__minimum_grants__lessons__hill__2027": 40.0},
        0.0,
        INF,
    )


def test_a_soft_least_grant_is_missed_by_what_is_lacking(toy):
    """A floor and a cap of a fifth of hill's 100 children make 40 million, 4 fifths of a grant of 50."""
    fifth = [{"programmes": "lessons", "areas": "hill", "share": 0.2}]
    plan = solve(grants_in_hill(toy, 50.0, coverage_floors=fifth, coverage_caps=fifth))
    goal = next(goal for goal in plan.certificate["goals"] if goal["name"] == "targets")
    assert goal["value"] == pytest.approx(-0.2)
    shown = plan.rules[plan.rules["rule"] == "minimum_grants"]
    assert shown["value"].tolist() == pytest.approx([40, 40])
    assert shown["binding"].tolist() == ["no", "no"]


@pytest.mark.parametrize(("price", "given"), [(0.4, 20.0), (0.6, 0.0)])
def test_a_soft_least_grant_is_missed_where_that_costs_less_than_giving_nothing(toy, price, given):
    """Hill has 20 of its own for lessons, half a grant of 40: half its price against 10 of the 40 children asked for.

    Missing half the grant costs price / 2, and the 10 children of the floor count for a quarter.
    """
    case = with_cell(toy, "funds", "ceiling", 0.0, fund="city")
    floor = [{"programmes": "lessons", "areas": "hill", "share": 0.4, "strength": "soft"}]
    least = {"amount": 40.0, "programmes": "lessons", "areas": "hill", "strength": "soft", "price": price}
    plan = solve(with_rules(case, coverage_floors=floor, minimum_grants=[least]))
    assert amounts(plan, "lessons", "hill") == pytest.approx([given, given], abs=1e-6)
    shown = plan.rules[plan.rules["rule"] == "minimum_grants"]
    assert shown["value"].tolist() == pytest.approx([given or math.nan] * 2, nan_ok=True)
    assert set(shown["binding"]) == {"no"}


def test_a_least_grant_that_is_only_reported(toy):
    """No column and no row: lessons in hill keep the 20 of the free plan in 2026, which is shown."""
    rule = [{"amount": 40.0, "programmes": "lessons", "areas": "hill", "strength": "report"}]
    model = under(toy, minimum_grants=rule)
    assert not any("grant" in name for name in model.row_names)
    assert not model.whole.any()
    plan = solve(with_rules(toy, minimum_grants=rule))
    shown = plan.rules[plan.rules["rule"] == "minimum_grants"]
    assert shown["value"].tolist() == pytest.approx(amounts(plan, "lessons", "hill"))
    assert shown["value"].iloc[0] == pytest.approx(20)


def test_what_a_larger_least_grant_would_cost(toy):
    """Some lessons must be given in hill, so the least of 90 is felt there: one million more, solved again."""
    floor = [{"programmes": "lessons", "areas": "hill", "share": 0.05}]

    def plan(amount: float) -> Plan:
        least = {"amount": amount, "programmes": "lessons", "areas": "hill"}
        return solve(with_rules(toy, coverage_floors=floor, minimum_grants=[least]))

    least, more = plan(90.0), plan(91.0)
    shown = least.rules[least.rules["rule"] == "minimum_grants"].set_index("index")
    assert shown["binding"].to_dict() == {"lessons hill 2026": "yes", "lessons hill 2027": "yes"}
    lost = (more.certificate["reach_checked"] - least.certificate["reach_checked"]) * build(toy).reach.size
    assert lost < -0.1
    assert shown["marginal_value"].sum() == pytest.approx(lost)


def test_absorption(toy):
    """260 · 1.1 and 260 · 1.1²: the first plan year is one year on."""
    model = under(toy, absorption={"growth": 0.1})
    for year, most in ((2026, 286.0), (2027, 314.6)):
        assert row(model, f"absorption__near__{year}") == (
            lessons("near", year, 200.0) | {f"served__near__pools__{year}__1": 400.0},
            -INF,
            most,
        )


def test_substitutes_count_children(toy):
    """200 children in each band of lessons, 4 · 50 in pools; no more than the larger need, 400 against 200."""
    model = under(toy, substitutes=[{"programmes": ["lessons", "pools"]}])
    assert row(model, "substitutes__near__2027__lessons_pools") == (
        lessons("near", 2027, 200.0) | {"served__near__pools__2026__1": 200.0, "served__near__pools__2027__1": 200.0},
        -INF,
        400.0,
    )


def test_substitutes_in_a_plan(toy):
    case = with_cell(with_rules(toy, substitutes=[{"programmes": ["lessons", "pools"]}]), "funds", "ceiling", 900.0)
    cells = solve(case).coverage.groupby(["area", "year"])["children_reached"].sum()
    assert cells["hill"].max() == pytest.approx(100)
    assert cells["near"].max() == pytest.approx(400)


def test_complements(toy):
    """Coverage of lessons less that of pools."""
    model = under(toy, complements=[{"programme": "lessons", "needs": "pools"}])
    assert row(model, "complements__near__2027__lessons__pools") == (
        lessons("near", 2027, 0.5) | {"served__near__pools__2026__1": -1.0, "served__near__pools__2027__1": -1.0},
        -INF,
        0.0,
    )


def test_complements_count_the_need_of_the_year(toy_projects):
    """Clubs in hill are for 40, 50 and 60 children: a full column is full coverage in each year."""
    model = under(toy_projects, complements=[{"programme": "clubs", "needs": "lessons"}])
    for year in (2027, 2028):
        assert row(model, f"complements__hill__{year}__clubs__lessons")[0][f"served__hill__clubs__{year}__1"] == 1.0


def test_complements_in_a_plan(toy):
    plan = solve(with_rules(toy, complements=[{"programme": "lessons", "needs": "pools"}]))
    share = plan.coverage.set_index(["programme", "area", "year"])["coverage"]
    assert (share["lessons"] <= share["pools"] + 1e-6).all()


def test_resources(toy_projects):
    """One trainer for 10 children in lessons, for 20 in clubs: bands of 200 and 50 children, clubs of 100 and 60."""
    model = under(toy_projects, resources={})
    assert row(model, "resources__trainers__2028") == (
        lessons("near", 2028, 20.0)
        | lessons("hill", 2028, 5.0)
        | {"served__near__clubs__2028__1": 5.0, "served__hill__clubs__2028__1": 3.0},
        -INF,
        30.0,
    )


def test_resources_in_a_plan(toy_projects):
    """20 trainers in 2026 and 25 in 2027 hold back; without the rule more would be in use in 2027."""

    def used(case: Case) -> dict[int, float]:
        reached = solve(case).coverage.set_index(["programme", "year"])["reached"].groupby(level=[0, 1]).sum()
        return {year: 0.1 * reached["lessons", year] + 0.05 * reached["clubs", year] for year in case.years}

    free, held = used(with_rules(toy_projects)), used(with_rules(toy_projects, resources={}))
    assert free[2027] > 25
    assert held[2026] <= 20 + 1e-6
    assert held[2027] == pytest.approx(25)


def test_a_target_alone_is_missed_by_what_money_cannot_reach(toy):
    """swim asks for 80 of 100 children, 160 million; with 100 it reaches 50 and misses 3 eighths of its level."""
    case = with_rules(with_cell(toy, "funds", "ceiling", 0.0), targets={})
    case = with_cell(case, "funds", "ceiling", 100.0, fund="city", year=2027)
    goal = next(goal for goal in solve(case).certificate["goals"] if goal["name"] == "targets")
    assert goal["value"] == pytest.approx(-3 / 8)


def test_a_hard_floor_beyond_the_money_has_no_plan(toy):
    with pytest.raises(NoPlanError):
        solve(with_rules(toy, coverage_floors=[{"share": 1.0, "each": True}]))
