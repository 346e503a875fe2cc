"""Rules on funds, one row each by hand, and what plans do under them.

Toy case: city 400 a year for everything (class_0 near pools, class_1 hill pools, class_2 near lessons, class_3 hill
lessons where a rule tells pools and lessons apart), local 80 + 20 for lessons, donor 50 for pools in hill. A full paid
column is twice what can be paid at most: 2 · 400, 2 · 300, 2 · 400 and 2 · 200 for the city.
"""

import pandas as pd
import pytest

from planning.solver.plan import solve
from tests.cases import with_cell, with_rules
from tests.model.matrix import INF, row, rows_of, under

BY_CITY = {
    "paid__city__2026__class_0": 800.0,
    "paid__city__2026__class_1": 600.0,
    "paid__city__2026__class_2": 800.0,
    "paid__city__2026__class_3": 400.0,
}
CITY_FOR_POOLS = {"paid__city__2026__class_0": 800.0, "paid__city__2026__class_1": 600.0}
POOLS = {"served__near__pools__2026__1": 400.0, "served__hill__pools__2026__1": 300.0}
MATCHED = {"fund": "donor", "partner": "city", "programmes": "pools", "ratio": 2.0}


def spent(plan, fund: str, year: int, programmes: tuple[str, ...] = ("lessons", "pools")) -> float:
    lines = plan.lines
    chosen = (lines["fund"] == fund) & (lines["year"] == year) & lines["programme"].isin(programmes)
    return lines.loc[chosen, "amount"].sum()


def test_minimum_use(toy):
    assert row(under(toy, minimum_use=[{"fund": "city", "share": 0.5}]), "minimum_use__city__2026") == (
        BY_CITY,
        200.0,
        INF,
    )


def test_minimum_use_of_a_fund_held_by_areas_counts_all_its_purses(toy):
    assert row(under(toy, minimum_use=[{"fund": "local", "share": 0.4}]), "minimum_use__local__2027") == (
        {"paid__local__near__2027__class_2": 160.0, "paid__local__hill__2027__class_3": 40.0},
        40.0,
        INF,
    )


def test_expiry(toy):
    """One row for all later years; the donor could pay 50 of 2027 and 50 carried over, twice that is a full column."""
    model = under(toy, expiry=[{"fund": "donor", "year": 2026}])
    assert rows_of(model, "expiry") == ["expiry__donor__2026"]
    assert row(model, "expiry__donor__2026") == ({"paid__donor__2027__class_1": 200.0}, -INF, 0.0)


def test_after_expiry_nothing_is_spent(toy):
    plan = solve(with_rules(toy, expiry=[{"fund": "donor", "year": 2026}]))
    assert spent(plan, "donor", 2026) == pytest.approx(50)
    assert spent(plan, "donor", 2027) == 0


def test_a_fund_that_expires_with_the_plan_is_as_free_as_ever(toy):
    free, late = solve(with_rules(toy)), solve(with_rules(toy, expiry=[{"fund": "donor", "year": 2027}]))
    pd.testing.assert_frame_equal(late.lines, free.lines)


@pytest.mark.parametrize(("sense", "lower", "upper"), [("at_least", 0.0, INF), ("at_most", -INF, 0.0)])
def test_matching(toy, sense, lower, upper):
    """The city's money for pools less 2 for each one of the donor's."""
    name = "matching__donor__city__pools__2026"
    assert row(under(toy, matching=[MATCHED | {"sense": sense}]), name) == (
        CITY_FOR_POOLS | {"paid__donor__2026__class_1": -200.0},
        lower,
        upper,
    )


def test_matching_at_most_limits_the_partner(toy):
    """Without the rule the city pays 280 for pools in 2026; one for each of the donor's 50 is 50."""
    plan = solve(with_rules(toy, matching=[MATCHED | {"sense": "at_most", "ratio": 1.0}]))
    for year in (2026, 2027):
        assert spent(plan, "city", year, ("pools",)) <= spent(plan, "donor", year, ("pools",)) + 1e-6
    assert spent(plan, "city", 2026, ("pools",)) == pytest.approx(50)


@pytest.mark.parametrize(("sense", "lower", "upper"), [("at_least", 0.0, INF), ("at_most", -INF, 0.0)])
def test_co_funding(toy, sense, lower, upper):
    """The city's money for lessons less 60 % of all money for lessons."""
    wanted = {"fund": "city", "programmes": "recurrent", "share": 0.6, "sense": sense}
    assert row(under(toy, co_funding=[wanted]), "co_funding__city__recurrent__2026") == (
        {
            "paid__city__2026__class_2": 800.0,
            "paid__city__2026__class_3": 400.0,
            "served__near__lessons__2026__1": -120.0,
            "served__near__lessons__2026__2": -120.0,
            "served__hill__lessons__2026__1": -60.0,
            "served__hill__lessons__2026__2": -60.0,
        },
        lower,
        upper,
    )


def test_co_funding_in_a_plan(toy):
    """Local pays 100 for lessons a year; at most half of the city makes 200 in all."""
    plan = solve(with_rules(toy, co_funding=[{"fund": "city", "programmes": "lessons", "share": 0.5}]))
    for year in (2026, 2027):
        both = spent(plan, "city", year, ("lessons",)) + spent(plan, "local", year, ("lessons",))
        assert spent(plan, "city", year, ("lessons",)) == pytest.approx(both / 2)


def test_additionality(toy):
    """City and local are the state's; 90 % of the baseline's 350."""
    model = under(toy, additionality={"share": 0.9}, matching=[MATCHED])
    local = {"paid__local__near__2026__class_2": 160.0, "paid__local__hill__2026__class_3": 40.0}
    assert row(model, "additionality__all__2026") == (BY_CITY | local, 315.0, INF)


@pytest.mark.parametrize(("programmes", "paid", "least"), [("pools", CITY_FOR_POOLS, 117.0), ("lessons", None, 198.0)])
def test_additionality_of_some_programmes(toy, programmes, paid, least):
    """90 % of the 130 for pools, which local may not pay, or of the 220 for lessons."""
    by_local = {"paid__local__near__2026__class_2": 160.0, "paid__local__hill__2026__class_3": 40.0}
    for_lessons = {name: size for name, size in BY_CITY.items() if name not in CITY_FOR_POOLS} | by_local
    model = under(toy, additionality={"programmes": programmes, "share": 0.9})
    assert row(model, f"additionality__{programmes}__2026") == (paid or for_lessons, least, INF)


def test_additionality_in_a_plan(toy):
    """The city pays 120 for lessons in 2026 and local 100; half as much again as their baseline of 220 is 330."""

    def by_state(plan) -> float:
        return sum(spent(plan, fund, 2026, ("lessons",)) for fund in ("city", "local"))

    asked = {"programmes": "lessons", "share": 1.5}
    free, held = solve(with_rules(toy)), solve(with_rules(toy, additionality=asked))
    assert by_state(free) == pytest.approx(220)
    assert by_state(held) == pytest.approx(330)
    words = held.rules.loc[held.rules["rule"] == "additionality", ["words_vi", "words_en", "value"]].iloc[0]
    assert words["words_en"] == "2026: the state's own money is at least 150.0% of the baseline (Swimming lessons)"
    assert words["words_vi"] == "Năm 2026: ngân sách nhà nước chi ít nhất 150,0% phương án cơ sở (Dạy bơi)"
    assert words["value"] == pytest.approx(1.5)


@pytest.mark.parametrize("programmes", ["pools", "lessons"])
def test_reported_rules_read_the_payments_of_the_plan(toy, programmes):
    """What the lines of the plan of no rule add up to, fund by fund, though the model tells no programmes apart."""
    together = with_cell(toy, "eligibility", "cost_type", "all", fund="local")
    uneven = with_cell(together, "funds", "ceiling", 220.0, fund="city", year=2027)
    report = {"programmes": programmes, "strength": "report"}
    plan = solve(
        with_rules(
            uneven,
            matching=[{"fund": "city", "partner": "local", "ratio": 1.0, **report}],
            co_funding=[{"fund": "city", "share": 0.5, **report}],
            additionality={"share": 1.0, **report},
        )
    )
    pd.testing.assert_frame_equal(plan.lines, solve(with_rules(uneven)).lines)
    assert not plan.case.programme_groups.any()
    for year in plan.case.years:
        city, local, donor = (spent(plan, fund, year, (programmes,)) for fund in ("city", "local", "donor"))
        before = {"pools": 130.0, "lessons": 220.0}[programmes]
        said = plan.rules[plan.rules["words_en"].str.contains(str(year))].set_index("rule")["value"]
        assert said["matching"] == pytest.approx(local / city)
        assert said["co_funding"] == pytest.approx(city / (city + local + donor))
        assert said["additionality"] == pytest.approx((city + local) / before)


def test_virement(toy):
    """A quarter on either side of the pools' baseline of 130."""
    model = under(toy, virement=[{"programmes": "capital", "share": 0.25}])
    assert row(model, "virement__pools__2026") == (POOLS, 97.5, INF)
    assert row(model, "virement__pools__2026__2") == (POOLS, -INF, 162.5)


def test_virement_in_a_plan(toy):
    plan = solve(with_rules(toy, virement=[{"share": 0.25}]))
    totals = plan.coverage.groupby(["programme", "year"])["amount"].sum()
    assert totals["pools"].between(97.5 - 1e-6, 162.5 + 1e-6).all()
    assert totals["lessons"].between(165 - 1e-6, 275 + 1e-6).all()


def test_a_ceiling_lends_only_what_may_be_carried(toy):
    """carried_out is at most half of the city's ceiling, and what the year before carried in adds to the next."""
    plan = solve(with_rules(toy, expiry=[{"fund": "local", "year": 2026}], minimum_use=[{"fund": "city", "share": 1}]))
    funds = plan.funds.set_index(["fund", "year"])
    assert funds.loc[("city", 2026), "carried_out"] == funds.loc[("city", 2027), "carried_in"]
    assert funds["lapsed"].min() >= 0
    assert (funds["ceiling"] + funds["carried_in"] - funds["spent"] - funds["carried_out"]).round(6).ge(0).all()


def test_paid_for_with_projects(toy_projects):
    """City alone pays near and clubs (class_0): pool_near costs 100, 110, 121 by year of start and 11 and 12.1 to run;
    the ongoing pool has half of its 60 left in 2026 and costs 5 a year."""
    assert row(under(toy_projects), "paid_for__class_0__2028") == (
        {
            "served__near__lessons__2028__1": 200.0,
            "served__near__lessons__2028__2": 200.0,
            "served__near__clubs__2028__1": 50.0,
            "served__hill__clubs__2028__1": 60.0,
            "start__pool_near__2026": 12.1,
            "start__pool_near__2027": 12.1,
            "start__pool_near__2028": 121.0,
            "start__old_near__2025": 5.0,
            "paid__city__2028__class_0": -900.0,
        },
        0.0,
        0.0,
    )
    in_2026 = row(under(toy_projects), "paid_for__class_0__2026")[0]
    assert (in_2026["start__pool_near__2026"], in_2026["start__old_near__2025"]) == (100.0, 35.0)
