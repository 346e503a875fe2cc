"""What one more of something is worth: every figure is what solving again gives, on both sides."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import NoPlanError
from planning.inputs import load_case
from planning.inputs.scenario import Change
from planning.inputs.whatif import with_changes, with_rules, with_values
from planning.insight.directions import BILLION
from planning.insight.prices import marginal_values
from planning.model.build import build
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from planning.solver.plan import solve
from tests import random_cases
from tests.cases import with_table
from tests.project_cases import with_two_pools


def value(case, x=None) -> float:
    """The last goal of a case in its unit, built anew; with the projects of x, where given."""
    hot = Hot(build(case), gap=0.0)
    if x is not None:
        hot.keep_projects(x)
    try:
        return hot.best().values[-1] * hot.model.goals[-1].size
    except Infeasible:
        return np.nan


def with_more(case, fund: str, year: str, amount: float):
    where = np.broadcast_to((case.purses["fund"] == case.funds.get_loc(fund)).to_numpy()[:, None], case.ceiling.shape)
    where = where & (np.array([str(y) for y in case.years]) == year) if year else where
    part = np.where(where, case.ceiling, 0.0)
    return with_values(case, ceiling=np.maximum(case.ceiling + part / part.sum() * amount, 0.0))


def poorer(case, factor: float):
    """The case with every ceiling of table funds times a factor."""
    change = Change(table="funds", multiply=factor, note="test")
    return with_changes(case, [change])


def test_prices_of_a_published_case(toy_folder):
    """Lorie and Savage's two budgets with divisible investments: 3/22 and 41/22 for one more of each."""
    folder = toy_folder.parent / "cases" / "lorie_savage"
    plan = solve(load_case(folder / "divisible.yaml"))
    table = marginal_values(plan, search=False).tables["prices"]
    rate = table[(table["kind"] == "fund") & (table["year"] != "")].set_index("year")["rate"] / BILLION
    assert rate["2026"] == pytest.approx(3 / 22)
    assert rate["2027"] == pytest.approx(41 / 22)


@settings(max_examples=15)
@given(data=st.data())
def test_every_step_is_what_solving_anew_gives(toy, data):
    case = with_rules(data.draw(random_cases.cases(toy)), **data.draw(random_cases.rules()))
    try:
        plan = solve(case)
    except NoPlanError:
        return
    here = value(case)
    for row in marginal_values(plan, search=False).tables["prices"].to_dict("records"):
        if row["kind"] != "fund":
            continue
        assert row["more"] == pytest.approx(value(with_more(case, row["fund"], row["year"], BILLION)) - here, abs=1e-4)
        least = min(BILLION, row["level"])
        less = value(with_more(case, row["fund"], row["year"], -least)) - here
        assert row["less"] == pytest.approx(less, abs=1e-4, nan_ok=True)


@pytest.mark.parametrize("goals", [("targets", "least_cost"), ("reach", "least_cost"), ("least_cost", "reach")])
@pytest.mark.parametrize("factor", [0.3, 1.0, 4.0])
def test_money_that_is_saved_is_what_solving_anew_saves(toy, goals, factor):
    objective = toy.scenario.objective.model_copy(update={"goals": goals})
    case = replace(toy, scenario=toy.scenario.model_copy(update={"objective": objective}))
    case = poorer(case, factor)
    here = value(case)
    table = marginal_values(solve(case), search=False).tables["prices"]
    for row in table[table["kind"] == "fund"].to_dict("records"):
        for side, step in (("more", BILLION), ("less", -min(BILLION, row["level"]))):
            anew = value(with_more(case, row["fund"], row["year"], step)) - here
            assert row[side] == pytest.approx(anew, abs=1e-3, nan_ok=True), (row["fund"], row["year"], side)


@settings(max_examples=15)
@given(data=st.data())
def test_the_rate_lies_between_both_sides(toy, data):
    """One goal, no whole projects: value is concave in money, so a step down costs at least what the rate says."""
    case = with_rules(data.draw(random_cases.cases(toy)), targets="off", remote_share={"share": 0.1})
    plan = solve(case)
    table = marginal_values(plan, search=False).tables["prices"]
    funds = table[table["kind"].isin(["fund", "envelope"])]
    whole = funds["level"] >= BILLION
    small = 1e-3 + 1e-4 * value(case)
    assert (funds["more"] <= funds["rate"] + small).all()
    down = funds["less"][whole & funds["less"].notna()]
    assert (-down >= funds.loc[down.index, "rate"] - small).all()


def test_the_rate_holds_where_it_is_said_to_and_no_further(toy):
    case = with_rules(poorer(toy, 0.3), targets="off")
    plan = solve(case)
    here = value(case)
    table = marginal_values(plan, search=False).tables["prices"]
    narrow = 0
    for row in table[(table["kind"] == "fund") & (table["year"] != "")].to_dict("records"):
        rate = row["rate"] / BILLION
        for end, sign in ((row["to"], 1), (row["from"], -1)):
            inside = end - row["level"]
            got = value(with_more(case, row["fund"], row["year"], inside)) - here
            assert got == pytest.approx(rate * inside, abs=1e-5 + 1e-5 * abs(got))
            if abs(inside) < 0.9 * min(BILLION, row["level"]):
                beyond = sign * min(BILLION, row["level"] if sign < 0 else BILLION)
                assert value(with_more(case, row["fund"], row["year"], beyond)) - here < rate * beyond - 1e-6
                narrow += 1
    assert narrow


def test_a_rule_is_priced_with_its_sign(toy):
    """More for remote areas never reaches more in all; the step of each row is what solving anew gives."""
    case = with_rules(poorer(toy, 0.3), remote_share={"share": 0.5}, targets="off")
    plan = solve(case)
    table = marginal_values(plan, search=False).tables["prices"]
    rule = table[(table["rule"] == "remote_share") & (table["kind"] == "rule")].iloc[0]
    here = value(case)
    for side, share in (("more", 0.51), ("less", 0.49)):
        again = value(with_rules(case, remote_share={"share": share}))
        assert rule[side] == pytest.approx(again - here, abs=1e-5)
    assert rule["more"] < 0 < rule["less"]


def test_money_that_is_worth_nothing_says_what_is_left(toy):
    plan = solve(poorer(toy, 1000))
    finding = marginal_values(plan, search=False)
    table = finding.tables["prices"]
    idle = table[(table["kind"] == "fund") & (table["more"].abs() < 1e-9)]
    assert len(idle)
    assert (idle["unspent"] > 0).all()
    assert any("unspent" in sentence for sentence in finding.sentences["en"])
    assert any("chưa dùng hết" in sentence for sentence in finding.sentences["vi"])


def test_missed_targets_move_before_reach_does(toy):
    """Where a soft target is not met, more money lowers what is missed; the table says by how much."""
    targets = toy.tables["targets"].assign(strength="soft", coverage=1.0)
    case = poorer(with_table(toy, "targets", targets), 0.1)
    table = marginal_values(solve(case), search=False).tables["prices"]
    envelope = table[table["kind"] == "envelope"].iloc[0]
    assert envelope["targets_more"] < 0
    assert envelope["targets_less"] > 0


def test_jumps_enclose_what_a_search_to_the_end_finds(toy):
    case = with_two_pools(poorer(toy, 0.5))
    case = with_rules(replace(case), targets="off")
    plan = solve(case)
    jumps = marginal_values(plan).tables["jumps"]
    assert len(jumps)
    here = value(case)
    for row in jumps.to_dict("records"):
        more = with_more(case, row["fund"], "", row["amount"]) if row["fund"] else None
        if more is not None and not np.isnan(row["change"]):
            assert row["least"] - 1e-4 <= value(more) - here <= row["most"] + 1e-4


def test_the_rate_counts_what_may_be_carried_over(toy):
    """All services in the second year: a higher first ceiling is worth what may be carried into it."""
    needs = toy.tables["needs"].query("programme == 'lessons'")
    late = [needs.assign(year=str(year), need=need) for year, need in ((2026, 0.0), (2027, 400.0))]
    rest = toy.tables["needs"].query("programme != 'lessons'")
    case = with_table(toy, "needs", pd.concat([*late, rest], ignore_index=True))
    case = with_table(case, "funds", case.tables["funds"].assign(carry_over=0.5))
    case = with_rules(poorer(case, 0.3), targets="off", remote_share="off")
    table = marginal_values(solve(case), search=False).tables["prices"]
    here, seen = value(case), 0
    for row in table[(table["kind"] == "fund") & (table["year"] == "2026")].to_dict("records"):
        ends = [(value(with_more(case, row["fund"], "2026", step)) - here) / step for step in (1e-2, -1e-2)]
        assert min(ends) - 1e-4 <= row["rate"] / BILLION <= max(ends) + 1e-4
        seen += ends[0] > 1e-3
    assert seen
