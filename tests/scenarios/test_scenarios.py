"""Every shipped scenario can be read; all but the impossible one have a plan."""

from pathlib import Path

import pytest

from planning.errors import NoPlanError
from planning.inputs import load_case
from planning.solve.plan import solve

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = sorted(SCENARIOS.glob("hanoi-*/*.yaml"))
POSSIBLE = [file for file in FILES if file.stem != "impossible"]
ASKED_FOR = {
    "base", "remote-25", "remote-35", "remote-45", "envelope-minus-10", "donors-doubled", "targets-first", "impossible"
}  # fmt: skip


def name(file: Path) -> str:
    return f"{file.parent.name}-{file.stem}"


@pytest.mark.parametrize("folder", sorted(SCENARIOS.glob("hanoi-*")), ids=lambda folder: folder.name)
def test_the_scenarios_asked_for_are_there(folder):
    assert {file.stem for file in folder.glob("*.yaml")} >= ASKED_FOR


@pytest.mark.parametrize("file", FILES, ids=name)
def test_a_scenario_reads_without_problems(file):
    case = load_case(file)
    assert len(case.years) == 5
    assert case.scenario.title.vi != case.scenario.title.en


@pytest.mark.parametrize("file", POSSIBLE, ids=name)
def test_a_scenario_has_a_plan(file):
    assert solve(load_case(file)).certificate["status"] == "optimal"


@pytest.mark.parametrize("file", [file for file in FILES if file.stem == "impossible"], ids=name)
def test_the_impossible_scenario_has_none(file):
    with pytest.raises(NoPlanError):
        solve(load_case(file))
