"""What one draw allocated anew costs on the base plan of the 126 communes, for docs/scale.md: `draws.py [DRAWS]`.

The same draws by one process, by as many processes of this machine as it has processors, and by a Dask cluster of as
many workers on the loopback address. Prints rows of a Markdown table: wall and processor seconds, starting the workers
and building their models included; the processor seconds are those of all processes.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import numpy as np

from planning.batch.cluster import shared
from planning.inputs import load_case
from planning.inputs.ranges import ranges
from planning.insight.reallocated import reallocated
from planning.solve.plan import solve

COMMUNES = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026" / "base.yaml"
JOBS = os.process_cpu_count() or 1
ASSUMED = {"needs": 0.1, "unit_costs": 0.1, "funds": 0.1}


@contextmanager
def on_cluster() -> Iterator[dict]:
    """Workers of a Dask cluster on the loopback address, one thread each."""
    from distributed import LocalCluster

    options = {"n_workers": JOBS, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(**options, silence_logs=50) as cluster, shared(cluster.scheduler_address, 1) as (executor, jobs):
        yield {"executor": executor, "jobs": jobs}


def processor_seconds() -> float:
    """Of this process and of its children that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    draws = int(sys.argv[1]) if sys.argv[1:] else 200
    plan = solve(load_case(COMMUNES))
    found = ranges(plan.case, ASSUMED)
    ways: dict[str, Callable[[], AbstractContextManager[dict]]] = {
        "one process": lambda: nullcontext({}),
        f"{JOBS} processes of this machine": lambda: nullcontext({"jobs": JOBS}),
        f"Dask, {JOBS} workers on loopback": on_cluster,
    }
    print(
        f"| {draws} draws allocated anew, 126 communes | wall s | processor s | per draw, processor s |\n|---|---|---|---|"
    )
    reached = []
    for name, opened in ways.items():
        begin, used = time.perf_counter(), processor_seconds()
        with opened() as options:
            finding = reallocated(plan, found, draws, 0, **options)
        wall, cpu = time.perf_counter() - begin, processor_seconds() - used
        reached.append(finding.tables["draws"]["reach"].to_numpy())
        print(f"| {name} | {wall:.1f} | {cpu:.1f} | {cpu / draws:.3f} |", flush=True)
    worst = max(np.nanmax(np.abs(other - reached[0])) for other in reached)
    if worst > 1e-6:
        raise SystemExit(f"the ways differ by {worst:.1e}")
    print(f"\nAll ways reach the same in every draw, within {worst:.0e}.")


if __name__ == "__main__":
    main()
