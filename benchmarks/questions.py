"""Seconds that a committee's questions take on the base plan of the 126 communes, for docs/benchmarks.md.

The last rows set the live model beside what asking without it would take: build the model and solve it, each time.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from spine import PAGE, machine

from planning.inputs import load_case
from planning.inputs.levels import find_level
from planning.inputs.ranges import ranges as spread
from planning.inputs.whatif import with_money
from planning.insight.along import Along, carried_over, seeking_reach
from planning.insight.alternatives import alternatives
from planning.insight.difference import difference
from planning.insight.explain import explained
from planning.insight.frontier import NARROW
from planning.insight.order import order
from planning.insight.prices import marginal_values
from planning.insight.ranges import money_ranges
from planning.insight.reallocated import reallocated
from planning.insight.robust import robust
from planning.insight.sweep import pieces
from planning.insight.uncertainty import uncertainty
from planning.insight.whynot import why_not_area
from planning.model.build import build
from planning.solver.hot import Hot
from planning.solver.plan import Plan, solve

COMMUNES = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026"
BEGIN, END = "<!-- questions, made by make bench -->", "<!-- until here, questions -->"
JOBS = os.process_cpu_count() or 1
ASSUMED = {"needs": 0.1, "unit_costs": 0.1, "funds": 0.1}
TIMES = 20


def frontier(plan: Plan) -> None:
    """Every break of reach along the share of remote areas, from 10 % to the greatest share that can be kept."""
    case = seeking_reach(plan.case)
    along = Along(case, find_level(case, "remote_share"), carried_over(build(case), plan.x), 0.10, 0.60)
    pieces(along.spot, 0.10, along.furthest(0.60) - 1e-7, NARROW * 0.5)


def questions(plan: Plan) -> Iterator[tuple[str, float | None, Callable[[], object]]]:
    """What is asked, the seconds allowed where there is a limit, and the work."""
    case = plan.case
    found = spread(case, ASSUMED)
    impossible, poorer = (load_case(COMMUNES / f"{name}.yaml") for name in ("impossible", "envelope-minus-10"))
    yield "why there is no plan (`impossible`)", 10, partial(explained, impossible)
    yield "all marginal values, projects kept", 10, partial(marginal_values, plan, search=False)
    yield (
        "least and most of 126 areas × 7 fields, within 1 %",
        60,
        partial(money_ranges, plan, (0.01,), "field", jobs=JOBS),
    )
    yield "exact frontier of the share of remote areas", 30, partial(frontier, plan)
    yield "1,000 draws, plan kept", 5, partial(uncertainty, plan, found, 1000)
    yield "200 draws allocated anew, projects kept", 30, partial(reallocated, plan, found, 200, 0, jobs=JOBS)
    yield "marginal values and jumps, projects searched", None, partial(marginal_values, plan)
    yield "three alternatives within 1 %", None, partial(alternatives, plan, 3)
    yield "a billion VND more for one area", None, partial(why_not_area, plan, case.areas[0])
    yield "why the result of `envelope-minus-10` differs", None, partial(difference, case, poorer, jobs=JOBS)
    yield "a stable order of funding, 80 % to 120 %", None, partial(order, plan, (0.8, 0.9, 1.0, 1.1, 1.2))
    yield "robust budgets for three values of Γ", None, partial(robust, case, found, [0, 1, 2])


def asked(plan: Plan) -> Iterator[str]:
    """One row for each question."""
    yield "| question, 126 communes | wall s | limit |"
    yield "|---|---|---|"
    for what, limit, work in questions(plan):
        begin = time.perf_counter()
        work()
        seconds = time.perf_counter() - begin
        kept = "" if limit is None else f"under {limit} s: {'yes' if seconds < limit else 'no'}"
        yield f"| {what} | {seconds:.1f} | {kept} |"


def live_beside_anew(plan: Plan) -> Iterator[str]:
    """The same re-solves, projects kept, by the live model and by building and solving each time."""
    factors = [0.9 + 0.01 * i for i in range(TIMES)]
    models = [build(with_money(plan.case, factor)) for factor in factors]
    hot = Hot(models[0])
    hot.keep_projects(plan.x)
    hot.best()
    begin = time.perf_counter()
    live = []
    for model in models:
        hot.change(model)
        live.append(hot.best().values[-1])
    middle = time.perf_counter()
    anew = []
    for model in models:
        fresh = Hot(model)
        fresh.keep_projects(plan.x)
        anew.append(fresh.best().values[-1])
    end = time.perf_counter()
    if max(abs(one - other) for one, other in zip(live, anew, strict=True)) > 1e-7:
        raise SystemExit("the live model and the one built anew disagree")
    hot_seconds, cold_seconds = (middle - begin) / TIMES, (end - middle) / TIMES
    yield "| one re-solve with other money, 126 communes | live model | built anew | ratio |"
    yield "|---|---|---|---|"
    yield f"| wall s | {hot_seconds:.3f} | {cold_seconds:.3f} | {cold_seconds / hot_seconds:.0f} |"


def main() -> None:
    """Print the tables and put them into the page."""
    plan = solve(load_case(COMMUNES / "base.yaml"))
    lines = [machine(), ""]
    for line in chain(asked(plan), [""], live_beside_anew(plan)):
        lines.append(line)
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
