"""Funding classes change nothing: a model written cell by cell and fund by fund has the same best values."""

from pathlib import Path

import pytest

from benchmarks.plain_pulp import solve_plain
from planning.inputs import load_case
from planning.solve.plan import solve
from tests.cases import with_rules

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.parametrize("file", ["hanoi-districts-2024/base.yaml", "hanoi-districts-2024/envelope-minus-10.yaml"])
def test_the_shipped_districts(file):
    case = load_case(SCENARIOS / file)
    plain = solve_plain(case)
    for goal in solve(case).certificate["goals"]:
        if goal["name"] in plain:
            assert goal["value"] == pytest.approx(plain[goal["name"]], abs=1e-6)


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"remote_share": {"share": {2026: 0.4, 2027: 0.6}}},
        {"per_child_floor": {"amount": 0.3}, "stability": {"decrease": 0.2, "increase": 1.5}},
        {"targets": {}, "remote_share": {"share": 0.5}},
    ],
)
def test_the_toy(toy, rules):
    case = with_rules(toy, **rules)
    plain = solve_plain(case)
    for goal in solve(case).certificate["goals"]:
        if goal["name"] in plain:
            assert goal["value"] == pytest.approx(plain[goal["name"]], abs=1e-7)
