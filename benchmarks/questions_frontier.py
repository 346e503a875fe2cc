"""How long the price of a rule and a stable order of funding take on 126 wards and communes: one table row each."""

import time
from pathlib import Path

from planning.inputs import load_case
from planning.inputs.levels import find_level
from planning.insight.along import Along, carried_over, seeking_reach
from planning.insight.frontier import NARROW
from planning.insight.order import nested_path, order
from planning.insight.sweep import pieces
from planning.model.build import build
from planning.solve.plan import solve

BASE = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026" / "base.yaml"


def main() -> None:
    """Print what was measured, its limit and the seconds."""
    plan = solve(load_case(BASE))
    case = seeking_reach(plan.case)
    along = Along(case, find_level(case, "remote_share"), carried_over(build(case), plan.x), 0.10, 0.60)
    begin = time.perf_counter()
    last = along.furthest(0.60)
    row("Greatest share of remote areas that can be kept", 5, begin)
    begin = time.perf_counter()
    found = pieces(along.spot, 0.10, last - 1e-7, NARROW * 0.5)
    row(f"Share of remote areas from 10 % to {last:.1%}: {len(found)} pieces, projects kept", 30, begin)
    begin = time.perf_counter()
    nested_path(plan, (0.8, 0.9, 1.0, 1.1, 1.2))
    row("Nested plans for 80 % to 120 % of the envelope, with certificates", 30, begin)
    begin = time.perf_counter()
    order(plan, (0.8, 0.9, 1.0, 1.1, 1.2))
    row("The same against plans chosen anew, with its list", 60, begin)


def row(what: str, limit: float, begin: float) -> None:
    """One row of a Markdown table."""
    print(f"| {what} | {limit:g} s | {time.perf_counter() - begin:.1f} s |")


if __name__ == "__main__":
    main()
