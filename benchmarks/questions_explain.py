"""Seconds to explain why a scenario has no plan: one Markdown table row for each figure."""

import sys
import time
from pathlib import Path

from planning.inputs import load_case
from planning.insight.explain import explained
from planning.solve.diagnosis import what_must_give

SCENARIOS = Path(__file__).parents[1] / "scenarios"
LIMITS = {"hanoi-communes-2026": 10.0, "hanoi-districts-2024": 10.0}


def main() -> None:
    """Print what, limit and measured seconds, once for each folder."""
    for folder, limit in LIMITS.items():
        case = load_case(SCENARIOS / folder / "impossible.yaml")
        for what, do in (("short form", what_must_give), ("explain, with the plan one would get", explained)):
            begin = time.perf_counter()
            do(case)
            seconds = time.perf_counter() - begin
            sys.stdout.write(f"| {what}, {folder} impossible | {limit:g} s | {seconds:.1f} s |\n")


if __name__ == "__main__":
    main()
