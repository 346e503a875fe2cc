"""Another solver, CBC, on the same PuLP problems, projects whole, finds the same optimum."""

from pathlib import Path

import numpy as np
import pulp
import pytest

from planning.inputs import load_case
from planning.model.build import build
from planning.solver.live import Live
from planning.solver.plan import solve
from tests.cases import with_rules
from tests.project_cases import with_two_pools

SCENARIOS = Path(__file__).parents[2] / "scenarios"
GAP = 1e-4


@pytest.mark.parametrize("folder", ["hanoi-districts-2024", "hanoi-communes-2026"])
def test_cbc_finds_the_same_reach_with_whole_projects(folder):
    """The last goal, reach, with the targets held at what the plan reaches of them."""
    case = load_case(SCENARIOS / folder / "base.yaml")
    model, goals = build(case), solve(case).certificate["goals"]
    values = [stated["value"] for stated, _ in zip(goals, model.goals, strict=False)]
    assert [goal.name for goal in model.goals][-1] == "reach"
    assert np.count_nonzero(model.whole) > 50
    assert cbc_value(model, values[:-1]) == pytest.approx(values[-1], rel=GAP)


@pytest.mark.parametrize("file", ["remote-45.yaml", "envelope-minus-10.yaml"])
def test_cbc_finds_the_same_least_shortfall_of_the_first_targets(file):
    model = build(load_case(SCENARIOS / "hanoi-districts-2024" / file))
    ours = Live(model, model.goals[0]).maximise(model.goals[0].gain)
    assert cbc_value(model, [], 0) == pytest.approx(ours.value, abs=1e-7)


@pytest.mark.parametrize(
    ("near", "hill"),
    [
        ({}, {}),
        ({"stage": "must"}, {"requires": "pool_near", "delay": 0}),
        ({"cost": 300.0}, {"excludes": "pool_near"}),
    ],
)
def test_cbc_agrees_on_the_toy_with_projects(toy, near, hill):
    model = build(with_rules(with_two_pools(toy, near, hill), targets={}, remote_share={"share": 0.3}))
    ours = Live(model, model.goals[-1]).maximise(model.goals[-1].gain)
    assert cbc_value(model, []) == pytest.approx(ours.value, rel=GAP)


def test_cbc_agrees_on_the_toy(toy):
    model = build(toy)
    for place, goal in enumerate(model.goals):
        ours = Live(model, goal).maximise(goal.gain)
        assert cbc_value(model, [], place) == pytest.approx(ours.value, abs=1e-9)


def cbc_value(model, held: list[float], place: int = -1) -> float:
    """What CBC finds for a goal while those before it are held at these values, each goal in its mean coefficient.

    With whole columns it is CBC's own figure: the column values that come back through CyLP can be those of an earlier
    solution of the search.
    """
    goal = model.goals[place]
    problem = model.problem(goal)
    problem.setObjective(problem.objective * _unit(goal))
    columns = problem.variables()
    for before, value in zip(model.goals, held, strict=False):
        kept = pulp.lpSum(columns[j] * (before.gain[j] * _unit(before)) for j in np.flatnonzero(before.gain).tolist())
        problem.addConstraint(kept >= (value - 1e-9) * _unit(before), f"hold_{before.name}")
    stats = problem.solve(pulp.CYLP(msg=False, gapRel=GAP / 10))
    assert stats.status_str == "Optimal"
    found = -problem.solverModel.objectiveValue if np.any(model.whole) else pulp.value(problem.objective)
    return found / _unit(goal)


def _unit(goal) -> float:
    return float(1 / np.abs(goal.gain[goal.gain != 0]).mean())
