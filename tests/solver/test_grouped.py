"""What groups of columns give is what the whole model gives."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from planning.model.build import build
from planning.solver import linear as linear_module
from planning.solver import plan as plan_module
from planning.solver.grouped import Grouped
from planning.solver.linear import linear
from planning.solver.live import Infeasible
from planning.solver.plan import _grouped, _whole, solve
from tests.cases import with_rules, with_table
from tests.random_cases import cases, objectives, rules

SLOW = list(HealthCheck)
LINEAR = {"minimum_grants", "projects"}


@pytest.fixture
def every_row_may_wait(monkeypatch):
    """Rules with two rows or more count as rules with a row for every area."""
    monkeypatch.setattr(linear_module, "MANY", 1)


@st.composite
def linear_cases(draw, toy):
    """A random case without anything whole, under random rules and goals."""
    wanted = {name: rule for name, rule in draw(rules(most=4)).items() if name not in LINEAR}
    objective = draw(objectives())
    if "goals" in objective:
        kept = tuple(goal for goal in objective["goals"] if goal != "leximin") or ("reach",)
        tolerances = {goal: share for goal, share in objective["tolerances"].items() if goal in kept}
        objective |= {"goals": kept, "tolerances": tolerances}
    return with_rules(draw(cases(toy)), objective, **wanted)


def attempt(way, model):
    try:
        return way(model)
    except Infeasible:
        return None


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW, phases=[Phase.generate])
@given(data=st.data())
def test_groups_find_what_the_whole_model_finds(toy, every_row_may_wait, data):
    """The same goals, the same allocation, and prices that prove each of them on the whole model."""
    compare(data.draw(linear_cases(toy)))


def compare(case) -> None:
    model = build(case)
    whole, grouped = attempt(_whole, model), attempt(_grouped, model)
    assert (whole is None) == (grouped is None)
    if whole is None:
        return
    count = len(model.goals)
    for mine, theirs in zip(grouped[2][:count], whole[2][:count], strict=True):
        assert mine.value == pytest.approx(theirs.value, abs=2e-8, rel=1e-8)
        assert mine.gap < 1e-7
    assert linear(model).missed(grouped[0]).max() < 2e-7
    if {goal.name.split("_")[0] for goal in model.goals[:-1]} <= {"targets"}:
        # Other goals are held to 1e-9 of their value, which leaves columns of little gain room to differ.
        own = model.layout.own
        assert grouped[0][:own] == pytest.approx(whole[0][:own], abs=1e-3)


def repeated(case, times: int, twins: int = 1):
    """The case with every area `times` times, each copy of another size, its children and needs moved a little.

    With `twins` so many copies, one after the other, are the same.
    """
    size = np.random.default_rng(3).uniform(0.5, 2.0, times)[np.arange(times) // twins]

    def copies(name: str, *amounts: str) -> pd.DataFrame:
        table = case.tables[name]
        rng = np.random.default_rng(4)
        moved = {amount: rng.uniform(0.8, 1.2, (times, len(table)))[np.arange(times) // twins] for amount in amounts}
        parts = [
            table.assign(
                area=table["area"] + f"_{i}",
                **{amount: table[amount] * size[i] * moved[amount][i] for amount in amounts},
            )
            for i in range(times)
        ]
        return pd.concat(parts, ignore_index=True)

    for name, amounts in (("areas", ("children",)), ("needs", ("need",)), ("baseline", ("amount",))):
        case = with_table(case, name, copies(name, *amounts))
    funds = case.tables["funds"]
    case = with_table(case, "funds", funds.assign(ceiling=funds["ceiling"] * times))
    tables = {name: table for name, table in case.tables.items() if name != "fund_shares"}
    return replace(case, tables=tables)


def plans(case, monkeypatch):
    """The plan by the whole model and by groups."""
    for large in (10**9, 0):
        monkeypatch.setattr(plan_module, "LARGE", large)
        yield solve(case)


@pytest.mark.parametrize("twins", [1, 2, 20])
@pytest.mark.parametrize("amount", [0.01, 0.2, 0.3])
def test_many_areas_give_the_same_tables(toy, monkeypatch, amount, twins):
    """120 areas, with floors for each of them that are slack, seldom or often felt: the same plan and prices.

    So also where two areas, or twenty, have the same floor.
    """
    areas = repeated(toy, 60, twins)
    case = with_rules(areas, targets={}, remote_share={"share": 0.3}, per_child_floor={"amount": amount})
    whole, grouped = plans(case, monkeypatch)
    pd.testing.assert_frame_equal(whole.lines, grouped.lines, atol=1e-5)
    pd.testing.assert_frame_equal(whole.coverage, grouped.coverage, atol=1e-5)
    pd.testing.assert_frame_equal(whole.rules, grouped.rules, atol=1e-5)
    assert whole.certificate["unique"]
    assert grouped.certificate["unique"]


def test_few_groups_and_few_rows_reach_the_solver(toy):
    """240 floors that nothing comes near to stay away, and areas of a class share their columns."""
    case = with_rules(repeated(toy, 60), remote_share={"share": 0.3}, per_child_floor={"amount": 0.01})
    model = build(case)
    solver = Grouped(linear(model), case)
    best = solver.best([model.goals[0].gain], [0.0])[-1]
    assert solver.lp.late.sum() == 240
    assert not (solver.active & solver.lp.late).any()
    assert solver.live.columns < model.columns / 10
    assert best.gap < 1e-9
