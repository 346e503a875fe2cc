"""The committee's papers of both shipped base scenarios, timed: the first time, and again with the answers kept.

`python benchmarks/pack.py` prints rows of a Markdown table. Each row is a process of its own, started cold, from a
saved run to the three files on the disk; processor seconds are those of one process that does it all (--jobs 1).
"""

import sys
import tempfile
from pathlib import Path

from spine import COMMUNES, DISTRICTS, process

from planning.inputs import load_case
from planning.reports.saved import save_run
from planning.solver.plan import solve


def rows() -> list[str]:
    """One row for each scenario and edition."""
    found = []
    for scenario in (DISTRICTS, COMMUNES):
        with tempfile.TemporaryDirectory() as name:
            run = Path(name) / scenario.parent.name
            save_run(solve(load_case(scenario)), run)
            for edition, options in (("first", ()), ("again, English", ("--lang", "en")), ("public", ("--public",))):
                command = (sys.executable, "-m", "planning", "pack", run, "--out", Path(name) / "out", "--jobs", "1")
                took = process(*command, *options)
                size = sum(path.stat().st_size for path in (Path(name) / "out").iterdir()) / 1e6
                figures = f"{took.wall:.1f} | {took.cpu:.1f} | {took.memory:.0f} | {size:.1f}"
                found.append(f"| {run.name} | {edition} | {figures} |")
    return found


if __name__ == "__main__":
    print("| scenario | edition | wall, s | processor, s | most memory, MB | files so far, MB |")
    print("|---|---|---|---|---|---|")
    print("\n".join(rows()))
