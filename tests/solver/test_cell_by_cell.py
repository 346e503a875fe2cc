"""Funding classes and tight capacity rows change nothing: a model written cell by cell, fund by fund and with the plain
rows of a textbook has the same best values.
"""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.plain_pulp import solve_plain
from planning.errors import NoPlanError
from planning.inputs import load_case
from planning.inputs.rules import Rules
from planning.solver.plan import solve
from tests.cases import with_cell, with_rules, with_table
from tests.project_cases import with_two_pools
from tests.random_cases import cases, cases_with_projects

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PLAIN = ("targets", "remote_share", "per_child_floor", "stability", "projects")
RULES = [
    {},
    {"remote_share": {"share": {2026: 0.4, 2027: 0.6}}},
    {"per_child_floor": {"amount": 0.3}, "stability": {"decrease": 0.2, "increase": 1.5}},
    {"targets": {}, "remote_share": {"share": 0.5}},
]


def assert_same_values(case, gap: float) -> None:
    """The same values of all goals that count; where one model has no plan the other has none."""
    try:
        goals = {goal["name"]: goal["value"] for goal in solve(case).certificate["goals"]}
    except NoPlanError:
        with pytest.raises(RuntimeError, match="Infeasible"):
            solve_plain(case)
        return
    plain = solve_plain(case)
    assert all(value == 0 for name, value in plain.items() if name not in goals)
    assert {name: plain[name] for name in goals if name in plain} == pytest.approx(
        {name: value for name, value in goals.items() if name in plain}, rel=gap, abs=1e-7
    )


@pytest.mark.parametrize("file", ["base.yaml", "envelope-minus-10.yaml"])
def test_the_shipped_districts(file):
    """With their projects, under the rules that the plain model knows."""
    case = load_case(SCENARIOS / "hanoi-districts-2024" / file)
    known = Rules(**{name: getattr(case.scenario.rules, name) for name in PLAIN})
    assert len(case.tables["projects"]) > 10
    assert_same_values(replace(case, scenario=case.scenario.model_copy(update={"rules": known})), 1e-4)


@pytest.mark.parametrize("rules", RULES)
def test_the_toy(toy, rules):
    assert_same_values(with_rules(toy, **rules), 0)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize(
    ("near", "hill"),
    [
        ({}, {}),
        ({"cost": 300.0, "growth": 0.1}, {"delay": 0, "life": 1}),
        ({"stage": "must", "latest": 2026}, {"requires": "pool_near"}),
        ({"stage": "ongoing", "earliest": 2025, "latest": 2025}, {"excludes": "pool_near"}),
        ({"stage": "never"}, {"first_year": 0.2, "second_year": 0.3, "third_year": 0.5}),
    ],
)
def test_the_toy_with_projects(toy, near, hill, rules):
    assert_same_values(with_rules(with_two_pools(toy, near, hill), **rules), 1e-4)


@pytest.mark.parametrize("limits", [{"per_area": 0}, {"per_year": 1}, {"divisible": True}, {"per_year": 0}])
def test_the_toy_with_limits_on_projects(toy, limits):
    ongoing = {"stage": "ongoing", "earliest": 2025, "latest": 2025}
    assert_same_values(with_rules(with_two_pools(toy, ongoing), projects=limits), 1e-4)


def test_targets_of_two_priorities(toy):
    """Lessons in hill before pools in near, which together ask for more than there is."""
    targets = toy.tables["targets"]
    second = targets.assign(
        target="pools", programme="pools", area="near", coverage=1.0, priority=2, **{"class": "all"}
    )
    case = with_table(toy, "targets", pd.concat([targets, second], ignore_index=True))
    for ceiling in (400.0, 150.0, 40.0):
        poor = with_cell(case, "funds", "ceiling", ceiling, fund="city")
        assert_same_values(with_rules(poor, targets={}), 0)


@settings(max_examples=20)
@given(data=st.data())
def test_random_cases(toy, data):
    drawn = data.draw(st.one_of(cases(toy), cases_with_projects(toy, ("candidate", "ongoing", "must", "never"))))
    rules = data.draw(st.sampled_from(RULES)) | {"projects": data.draw(st.sampled_from([{}, {"per_year": 1}]))}
    discount = data.draw(st.sampled_from([0.0, 0.1]))
    assert_same_values(with_rules(drawn, {"discount": discount}, **rules), 1e-4)
