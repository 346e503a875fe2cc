"""Plans to report on: the toy, the toy under another rule, and the shipped scenario with most areas."""

from pathlib import Path

import pytest

from planning.inputs import load_case
from planning.solver.plan import solve
from tests.cases import with_rules

COMMUNES = Path(__file__).parents[2] / "scenarios" / "hanoi-communes-2026" / "base.yaml"


@pytest.fixture(scope="session")
def plan(toy):
    """The toy's plan: two areas, two programmes, three funds, two years."""
    return solve(toy)


@pytest.fixture(scope="session")
def other(toy):
    """The toy with half of the money for remote areas, under another name."""
    case = with_rules(toy, targets={}, remote_share={"share": 0.4})
    object.__setattr__(case, "scenario", case.scenario.model_copy(update={"name": "remote_first"}))
    return solve(case)


@pytest.fixture(scope="session")
def built(toy_projects):
    """The plan of the toy with projects: four of its seven are built."""
    return solve(toy_projects)


@pytest.fixture(scope="session")
def communes():
    """The plan of 126 wards and communes."""
    return solve(load_case(COMMUNES))
