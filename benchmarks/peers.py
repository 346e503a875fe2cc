"""The same model in this product and in the tools that others use, side by side, for docs/benchmarks-peers.md.

`make peers` makes a virtual environment with the peers and runs this in the product's own. Every measurement is a
process of its own that reads files and writes a table. A peer is written twice: as its own manual recommends, and as
well as we can (`benchmarks/peer`). Every pair must find the same objective to a millionth, or nothing is written.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from peers_page import LINES, OURS, Run, agreed, put_into_page
from spine import machine

ROOT = Path(__file__).parents[1]
SIZES = (30, 126, 700, 3321)
GROWTH = ("base", "floors", "strict")
UNIQUE = ("least_change", "stated_order")
CHANGES = 1000
SHORT = 4.0  # seconds of a run that is done three times
VERSIONS = "import importlib.metadata as m, json; print(json.dumps({n: m.version(n) for n in %r}))"
TOOLS = ("pulp", "highspy", "cylp", "linopy", "pyomo", "cvxpy-base", "numpy", "pandas")


# ---- processes ------------------------------------------------------------------------------------------------------
class Ended(NamedTuple):
    """A process that ended in time: wall and processor seconds, most MB, what it printed."""

    wall: float
    cpu: float
    memory: float
    printed: str


def ended(command: Sequence[str | Path], limit: float) -> Ended | None:
    """What a process took; None where it did not end in time.

    This process stays small: what it holds would count towards the memory of its children.
    """
    with tempfile.TemporaryFile("w+") as out:
        begin = time.perf_counter()
        child = subprocess.Popen([*map(str, command)], stdout=out, cwd=ROOT, env=_environment())
        pid = 0
        while not pid and time.perf_counter() - begin < limit:
            pid, status, used = os.wait4(child.pid, os.WNOHANG)
            time.sleep(0 if pid else 0.002)
        wall = time.perf_counter() - begin
        if not pid:
            child.kill()
            child.wait()
            return None
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {child.returncode}")
        out.seek(0)
        return Ended(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read())


def _environment() -> dict[str, str]:
    """The environment without what would hide bytecode or mix the packages of the two environments."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")}


def ours(scenario: Path, areas: int, limit: float) -> Run:
    """`planning solve`: it also checks every file, makes the plan unique, proves it and writes all its tables."""
    with tempfile.TemporaryDirectory() as out:
        done = ended((sys.executable, "-m", "planning", "solve", scenario, "--out", out), limit)
        if done is None:
            return Run(areas, limit=limit)
        proof = json.loads(Path(out, "certificate.json").read_text(encoding="utf-8"))
    inside = proof["seconds"]["build"] + proof["seconds"]["solve"]
    goal = inside - sum(step["seconds"] for step in proof["goals"] if step["name"] in UNIQUE)
    return Run(areas, inside, done.wall, done.memory, proof["goals"][0]["value"], done.cpu, goal)


def peer(python: Path, line: tuple[str, str], folder: Path, areas: int, limit: float) -> Run:
    """The same model by a peer, from the same files to a table of allocations."""
    with tempfile.TemporaryDirectory() as out:
        command = (python, ROOT / "benchmarks" / "peer" / "run.py", *line, folder, Path(out) / "allocations.csv")
        done = ended(command, limit)
    if done is None:
        return Run(areas, limit=limit)
    found = json.loads(done.printed.splitlines()[-1])
    return Run(areas, found["build"] + found["solve"], done.wall, done.memory, found["objective"], done.cpu)


def middle(once: Callable[[], Run]) -> Run:
    """One run, or where it is short the middle one of three."""
    run = once()
    if run.whole is None or run.whole > SHORT:
        return run
    return sorted((run, once(), once()), key=lambda run: run.whole)[1]


# ---- what is measured -----------------------------------------------------------------------------------------------
def side_by_side(python: Path, folders: dict[int, Path], limit: float) -> dict[str, list[Run]]:
    """Every line at every size. What would pass the limit if it only grew with the number of areas is not begun."""
    found: dict[str, list[Run]] = {name: [] for name in (OURS, *LINES)}
    for areas, folder in folders.items():
        for name, runs in found.items():
            if name == OURS:
                runs.append(middle(partial(ours, folder / "one-goal.yaml", areas, limit)))
            elif runs and (runs[-1].whole is None or runs[-1].whole * areas / runs[-1].areas > limit):
                runs.append(Run(areas, limit=limit, begun=False))
            else:
                runs.append(middle(partial(peer, python, LINES[name], folder, areas, limit)))
            show(name, runs[-1])
        agreed({name: runs[-1] for name, runs in found.items()})
    return found


def growth(folders: dict[int, Path], limit: float) -> dict[str, list[Run]]:
    """`planning solve` as a planner runs it, goals one after the other, under more and more rules."""
    found: dict[str, list[Run]] = {name: [] for name in GROWTH}
    for areas, folder in folders.items():
        for name, runs in found.items():
            runs.append(middle(partial(ours, folder / f"{name}.yaml", areas, limit)))
            show(f"{OURS}, {name}", runs[-1])
    return found


def show(name: str, run: Run) -> None:
    late = f"more than {run.limit:.0f} s"
    said = late if run.whole is None else f"{run.inside:.2f} of {run.whole:.2f} s, processor {run.cpu:.2f} s"
    print(f"{run.areas:>6,} areas  {name:<28} {said}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", type=Path, default=ROOT / ".venv-peers" / "bin" / "python", help="of the peers")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="numbers of areas")
    parser.add_argument("--limit", type=float, default=40.0, help="seconds after which a process is ended")
    parser.add_argument("--print", action="store_true", help="print the tables and leave the page as it is")
    asked = parser.parse_args()
    where = machine()
    with tempfile.TemporaryDirectory() as place:
        folders = {areas: Path(place) / f"areas-{areas}" for areas in sorted(asked.sizes)}
        for areas, folder in folders.items():
            make = (sys.executable, ROOT / "benchmarks" / "country.py", "--areas", str(areas), "--out", folder)
            ended(make, 600.0)
        lines = side_by_side(asked.python, folders, asked.limit)
        more = growth(folders, asked.limit)
    again = json.loads(ended((sys.executable, ROOT / "benchmarks" / "changes.py", str(CHANGES)), 600.0).printed)
    versions = json.loads(ended((asked.python, "-c", VERSIONS % (TOOLS,)), 60.0).printed)
    put_into_page(lines, more, again, (where, versions), write=not asked.print)


if __name__ == "__main__":
    main()
