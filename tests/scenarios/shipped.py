"""The shipped scenarios, each read and solved once for all tests of a file."""

from functools import cache
from pathlib import Path

from planning.inputs import load_case
from planning.inputs.case import Case
from planning.solver.plan import Plan, solve

SCENARIOS = Path(__file__).parents[2] / "scenarios"
IMPOSSIBLE = "impossible"


def files(folder: str) -> list[Path]:
    """The scenario files of a folder, by name."""
    return sorted((SCENARIOS / folder).glob("*.yaml"))


def possible(folder: str) -> list[Path]:
    """Those that have a plan."""
    return [file for file in files(folder) if file.stem != IMPOSSIBLE]


@cache
def case_of(file: Path) -> Case:
    """The case of a scenario file."""
    return load_case(file)


@cache
def plan_of(file: Path) -> Plan:
    """The plan of a scenario file."""
    return solve(case_of(file))
