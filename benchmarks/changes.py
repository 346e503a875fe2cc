"""Seconds of so many changes of numbers on the base plan of the 126 communes, each re-solved: `changes.py 1000`.

In each change every fund and year has another ceiling, within a twentieth of its own; projects stay as planned. The
live model is given the new numbers (`Hot.change`) and seeks the goals again; as many processes as there are
processors share the changes, each with a live model of its own. Prints JSON: changes, seconds, jobs, and the seconds
that one process alone takes for a tenth of them.
"""

import json
import os
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

from planning.inputs import load_case
from planning.insight.work import carry_out
from planning.model.build import at_levels, build
from planning.solver.hot import Hot
from planning.solver.plan import Plan, solve

COMMUNES = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026" / "base.yaml"
SPREAD = 0.05
_live: dict[str, Hot] = {}


def resolved(plan: Plan, piece: str) -> list[float]:
    """The values of the goals under the ceilings of one change."""
    model = build(plan.case) if not _live else _live["hot"].model
    block = next(block for block in model.blocks if block.rows.rule == "fund_ceiling")
    if not _live:
        _live["hot"], _live["level"] = Hot(model), block.rows.level
        _live["hot"].keep_projects(plan.x)
    factor = np.random.default_rng(int(piece)).uniform(1 - SPREAD, 1 + SPREAD, len(block.rows))
    _live["hot"].change(at_levels(model, block, _live["level"] * factor))
    return list(_live["hot"].best().values)


def seconds(plan: Plan, changes: int, jobs: int) -> float:
    begin = time.perf_counter()
    carry_out([str(i) for i in range(changes)], partial(resolved, plan), key="changes", jobs=jobs)
    return time.perf_counter() - begin


def main() -> None:
    changes, jobs = int(sys.argv[1]), os.process_cpu_count() or 1
    plan = solve(load_case(COMMUNES))
    shared = seconds(plan, changes, jobs)
    alone = seconds(plan, max(changes // 10, 1), 1)
    print(
        json.dumps({"changes": changes, "seconds": shared, "jobs": jobs, "alone": alone, "of": max(changes // 10, 1)})
    )


if __name__ == "__main__":
    main()
