"""Seconds of the questions on what is not known, for the base plan of the 126 communes; one Markdown row per figure.

python benchmarks/questions_uncertainty.py
"""

import time
from collections.abc import Callable
from pathlib import Path

from planning.inputs import load_case
from planning.inputs.ranges import ranges
from planning.insight.reallocated import reallocated
from planning.insight.regret import regret
from planning.insight.robust import robust
from planning.insight.uncertainty import uncertainty
from planning.solve.plan import solve

COMMUNES = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026"
OTHERS = ("projects-limited", "donors-doubled", "envelope-minus-10", "prices-plus-10")


def row(what: str, limit: str, work: Callable[[], object]) -> None:
    """Do the work once and print what it was, its limit and its wall seconds."""
    begin = time.perf_counter()
    work()
    print(f"| {what} | {limit} | {time.perf_counter() - begin:.1f} |", flush=True)


def main() -> None:
    """Print the table."""
    case = load_case(COMMUNES / "base.yaml")
    cases = [case, *(load_case(COMMUNES / f"{name}.yaml") for name in OTHERS)]
    plan = solve(case)
    found = ranges(case, {"needs": 0.1, "unit_costs": 0.1, "funds": 0.1})
    row("1,000 draws, plan kept", "5 s", lambda: uncertainty(plan, found, 1000))
    row("200 draws allocated anew, projects kept", "30 s", lambda: reallocated(plan, found, 200, 0))
    row("20 draws allocated anew, projects searched too", "", lambda: reallocated(plan, found, 1, 20))
    row("robust budgets for 5 values of Γ", "", lambda: robust(case, found, [0, 1, 2, 5, 19]))
    row("regret of 5 scenarios", "", lambda: regret(cases))


if __name__ == "__main__":
    main()
