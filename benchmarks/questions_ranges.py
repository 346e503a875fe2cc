"""What could be otherwise, alternatives, why not and break-even, timed on the shipped scenario of 126 communes.

`python benchmarks/questions_ranges.py` prints a Markdown row per figure: what, limit, wall and processor seconds.
"""

import time
from collections.abc import Callable
from pathlib import Path

from planning.inputs import load_case
from planning.insight.alternatives import alternatives
from planning.insight.breakeven import break_even
from planning.insight.ranges import WITHIN, money_ranges
from planning.insight.swings import swings
from planning.insight.whynot import why_not_area, why_not_project
from planning.solve.plan import Plan, solve

COMMUNES = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026" / "base.yaml"


def timed(what: str, limit: str, do: Callable[[], object]) -> str:
    """One row of the table."""
    wall, own = time.perf_counter(), time.process_time()
    do()
    return f"| {what} | {limit} | {time.perf_counter() - wall:.1f} | {time.process_time() - own:.1f} |"


def rows(plan: Plan) -> list[tuple[str, str, Callable[[], object]]]:
    """What is measured: what, limit, and the work."""
    case = plan.case
    chosen = set(plan.projects["project"])
    candidates = case.projects.query("stage == 'candidate'")["project"]
    other = next(code for code in candidates if code not in chosen)
    area, programme = case.areas[0], case.programmes[0]
    return [
        ("why not: one project forced in", "", lambda: why_not_project(plan, other)),
        ("why not: a billion VND more for an area", "", lambda: why_not_area(plan, area)),
        ("alternatives: three", "", lambda: alternatives(plan, 3)),
        ("break-even: price in one area", "", lambda: break_even(plan, "price", area=area, programme=programme)),
        ("ranges: 126 areas × 7 fields, one share", "60 s", lambda: money_ranges(plan, (0.01,), "field")),
        ("ranges: 126 areas × 7 fields, three shares", "", lambda: money_ranges(plan, WITHIN, "field")),
        ("every project turned round", "", lambda: swings(plan)),
    ]


if __name__ == "__main__":
    for row in rows(solve(load_case(COMMUNES))):
        print(timed(*row), flush=True)
