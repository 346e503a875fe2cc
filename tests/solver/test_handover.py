"""A model handed over by its numbers is in the solver what PuLP would have made of it."""

import numpy as np
import pytest

from planning.model.build import Model, build
from planning.solver import handover
from planning.solver.handover import handed
from planning.solver.plan import solve
from tests.cases import with_rules


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(handover, "_known", [])


@pytest.fixture
def by_pulp(monkeypatch):
    """How many problems PuLP has made."""
    made = []
    problem = Model.problem
    monkeypatch.setattr(Model, "problem", lambda self, goal: made.append(goal) or problem(self, goal))
    return made


def held(highs) -> list[list[float]]:
    """All that the solver holds of a model."""
    highs.ensureColwise()
    lp = highs.getLp()
    ends = (lp.col_cost_, lp.col_lower_, lp.col_upper_, lp.row_lower_, lp.row_upper_)
    matrix = (lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_)
    return [list(part) for part in (*ends, *matrix, lp.integrality_)] + [[lp.sense_, lp.offset_]]


def test_the_solver_holds_the_same_to_the_last_digit(toy_projects, by_pulp):
    wide, narrow = (build(with_rules(toy_projects, remote_share={"share": level})) for level in (0.3, 0.4))
    through_pulp = held(handed(narrow, narrow.goals[0]))
    handover._known.clear()
    handed(wide, wide.goals[0])
    assert len(by_pulp) == 2
    assert held(handed(narrow, narrow.goals[0])) == through_pulp
    assert len(by_pulp) == 2


def test_other_rows_go_through_pulp(toy, by_pulp):
    for case in (with_rules(toy), with_rules(toy, remote_share={"share": 0.3})):
        model = build(case)
        handed(model, model.goals[0])
    assert len(by_pulp) == 2


def test_the_plan_does_not_depend_on_what_was_solved_before(toy_projects):
    case = with_rules(toy_projects, remote_share={"share": 0.4})
    alone = solve(case)
    solve(with_rules(toy_projects, remote_share={"share": 0.3}))
    after = solve(case)
    assert np.array_equal(alone.x, after.x)
    assert alone.rules.equals(after.rules)
