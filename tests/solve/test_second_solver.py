"""Another solver, CBC, on the same PuLP problem, finds the same optimum."""

from pathlib import Path

import numpy as np
import pulp
import pytest

from planning.inputs import load_case
from planning.model.build import build
from planning.solve.live import Live

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.parametrize("goal", [0, 1])
@pytest.mark.parametrize("file", ["hanoi-districts-2024/base.yaml", "hanoi-districts-2024/remote-45.yaml"])
def test_cbc_finds_the_same_best_value(file, goal):
    model = build(load_case(SCENARIOS / file))
    wanted = model.goals[goal]
    ours = Live(model, wanted).maximise(wanted.gain)
    assert cbc_value(model, wanted) == pytest.approx(ours.value, abs=1e-7)
    assert ours.bound == pytest.approx(ours.value, abs=1e-7)


def test_cbc_agrees_on_the_toy(toy):
    model = build(toy)
    for goal in model.goals:
        assert cbc_value(model, goal) == pytest.approx(Live(model, goal).maximise(goal.gain).value, abs=1e-9)


def cbc_value(model, goal) -> float:
    problem = model.problem(goal)
    unit = 1 / np.abs(goal.gain[goal.gain != 0]).mean()
    problem.setObjective(problem.objective * unit)
    stats = problem.solve(pulp.CYLP(msg=False))
    assert stats.status_str == "Optimal"
    return pulp.value(problem.objective) / unit
