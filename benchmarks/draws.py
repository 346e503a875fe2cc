"""What one draw allocated anew costs, for docs/scale.md: `draws.py [--draws 200] [--scenario FILE] [--print]`.

The same draws by one process, by as many processes of this machine as it has processors, and by a Dask cluster of as
many workers on the loopback address; all three must reach the same in every draw. Wall seconds, starting the workers,
sending them the plan and building their models included. From the first line follows what more draws would take.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import numpy as np
from spine import machine

from planning.batch.cluster import shared
from planning.inputs import load_case
from planning.inputs.ranges import Range, ranges
from planning.insight.reallocated import reallocated
from planning.solver.plan import Plan, solve

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "scale.md"
BEGIN, END = "<!-- draws, made by benchmarks/draws.py -->", "<!-- until here, draws -->"
COMMUNES = ROOT / "scenarios" / "hanoi-communes-2026" / "base.yaml"
JOBS = os.process_cpu_count() or 1
ASSUMED = {"needs": 0.1, "unit_costs": 0.1, "funds": 0.1}
SAME = 1e-6
MORE = ((1_000, 1), (1_000, 16), (100_000, 100), (1_000_000, 100), (1_000_000, 1_000))


@contextmanager
def on_cluster() -> Iterator[dict]:
    """Workers of a Dask cluster on the loopback address, one thread each."""
    from distributed import LocalCluster

    options = {"n_workers": JOBS, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(**options, silence_logs=50) as cluster, shared(cluster.scheduler_address, 1) as (executor, jobs):
        yield {"executor": executor, "jobs": jobs}


WAYS: dict[str, Callable[[], AbstractContextManager[dict]]] = {
    "one process": lambda: nullcontext({}),
    f"{JOBS} processes of this machine": lambda: nullcontext({"jobs": JOBS}),
    f"Dask, {JOBS} workers on loopback": on_cluster,
}


def measured(plan: Plan, found: dict[str, Range], draws: int) -> Iterator[str]:
    """The three ways, then what more draws would take at the processor seconds that a draw costs one process."""
    yield f"| {draws} draws allocated anew, {len(plan.case.areas):,} areas | wall s | wall s for each draw |"
    yield "|---|---|---|"
    reached = []
    used = time.process_time()
    for name, opened in WAYS.items():
        begin = time.perf_counter()
        with opened() as options:
            finding = reallocated(plan, found, draws, 0, **options)
        wall = time.perf_counter() - begin
        used = time.process_time() - used if not reached else used
        reached.append(finding.tables["draws"]["reach"].to_numpy())
        yield f"| {name} | {wall:.1f} | {wall / draws:.3f} |"
    worst = max(np.nanmax(np.abs(other - reached[0])) for other in reached)
    if worst > SAME:
        raise SystemExit(f"the ways differ by {worst:.1e}")
    yield f"\nAll ways reach the same in every draw, within {worst:.0e} (asserted: {SAME:g}). One process spent"
    yield f"{used / draws:.3f} processor seconds on a draw; at that cost:\n"
    yield "| draws | processor hours | processors | wall |\n|---|---|---|---|"
    for count, processors in MORE:
        seconds = count * used / draws
        yield f"| {count:,} | {seconds / 3600:.1f} | {processors:,} | {spoken(seconds / processors)} |"


def spoken(seconds: float) -> str:
    """A span of time as people say it."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--scenario", type=Path, default=COMMUNES)
    parser.add_argument("--print", action="store_true", help="leave the page as it is")
    asked = parser.parse_args()
    where = machine()
    plan = solve(load_case(asked.scenario))
    text = "\n".join([where, "", *measured(plan, ranges(plan.case, ASSUMED), asked.draws)])
    print(text)
    if not asked.print:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(f"{page.split(BEGIN)[0]}{BEGIN}\n{text}\n{END}{page.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
