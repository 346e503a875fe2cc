"""Every shipped scenario can be read, and every one of the districts but the impossible one has a plan.

Those of the communes stand in a file of their own, so that two workers share the time.
"""

import pytest

from planning.errors import NoPlanError
from planning.solver.plan import solve
from tests.scenarios.shipped import IMPOSSIBLE, SCENARIOS, case_of, files, plan_of, possible

FOLDERS = sorted(folder.name for folder in SCENARIOS.glob("hanoi-*"))
DISTRICTS = "hanoi-districts-2024"
ASKED_FOR = {
    "base", "remote-25", "remote-35", "remote-45", "envelope-minus-10", "donors-doubled", "targets-first", "impossible"
}  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_scenarios_asked_for_are_there(folder):
    assert {file.stem for file in files(folder)} >= ASKED_FOR


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_scenario_stands_in_the_readme(folder):
    told = (SCENARIOS / folder / "data" / "README.md").read_text(encoding="utf-8")
    missing = [file.stem for file in files(folder) if f"`{file.stem}`" not in told]
    assert not missing


@pytest.mark.parametrize("folder", FOLDERS)
def test_base_uses_projects_matching_soft_targets_and_remote_share(folder):
    case = case_of(SCENARIOS / folder / "base.yaml")
    rules = case.scenario.rules
    assert len(case.projects) >= 30
    assert "off" not in (rules.targets, rules.remote_share)
    assert rules.matching
    assert (case.tables["targets"]["strength"] == "soft").sum() > 10


@pytest.mark.parametrize("file", [file for folder in FOLDERS for file in files(folder)], ids=lambda file: file.stem)
def test_a_scenario_reads_without_problems(file):
    case = case_of(file)
    assert len(case.years) == 5
    assert case.scenario.title.vi != case.scenario.title.en
    assert file.name.isascii()


@pytest.mark.parametrize("file", possible(DISTRICTS), ids=lambda file: file.stem)
def test_a_scenario_of_the_districts_has_a_plan(file):
    certificate = plan_of(file).certificate
    assert certificate["status"] == "optimal"
    assert certificate["gap"] <= 1e-4


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_impossible_scenario_has_none(folder):
    with pytest.raises(NoPlanError):
        solve(case_of(SCENARIOS / folder / f"{IMPOSSIBLE}.yaml"))


def test_the_least_money_meets_every_target_that_is_sought():
    base, least = (plan_of(SCENARIOS / DISTRICTS / f"{name}.yaml") for name in ("base", "least-cost"))
    sought = least.targets["strength"] == "hard"
    assert sought.sum() == base.targets["strength"].isin(["hard", "soft"]).sum()
    assert (least.targets.loc[sought, "met"] == "yes").all()
    assert least.lines["amount"].sum() < 0.8 * base.lines["amount"].sum()


def test_steady_changes_less_than_base():
    def moved(plan):
        money = plan.lines.groupby(["area", "programme", "year"])["amount"].sum().unstack(fill_value=0.0)
        before = plan.case.tables["baseline"].set_index(["area", "programme"])["amount"]
        money, before = money.align(before, axis=0, fill_value=0.0)
        return money.sub(before, axis=0).abs().sum().sum()

    base, steady = (plan_of(SCENARIOS / DISTRICTS / f"{name}.yaml") for name in ("base", "steady"))
    assert moved(steady) < 0.8 * moved(base)
