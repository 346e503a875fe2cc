"""What groups of columns give is what the whole model gives."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.model.build import build
from planning.solve import linear as linear_module
from planning.solve import plan as plan_module
from planning.solve.grouped import Grouped
from planning.solve.linear import linear
from planning.solve.live import Infeasible
from planning.solve.plan import _grouped, _whole, solve
from tests.cases import with_rules
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


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
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
    lower, upper = model.lower - 1e-7, model.upper + 1e-7
    activity = np.bincount(model.matrix.row, model.matrix.value * grouped[0][model.matrix.column], model.lower.size)
    assert np.all((activity >= lower) & (activity <= upper))
    assert grouped[3] and whole[3]
    own = model.layout.own
    room = 1e-2 if "reach" in [goal.name for goal in model.goals[:-1]] else 1e-4  # held to 1e-9 of its value
    assert grouped[0][:own] == pytest.approx(whole[0][:own], abs=room)
