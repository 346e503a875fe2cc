"""How the way from files to tables grows with the number of areas, as Markdown tables.

    python benchmarks/scale.py                  126 to 3,321 areas, two scenarios
    python benchmarks/scale.py --areas 126 700  other sizes
    python benchmarks/scale.py --settings       the solver's settings on the largest programme of groups instead

Every figure is a process of its own, `planning solve` from its start to its last file, on a data set of
`benchmarks/country.py`. `whole` is the same with groups of columns switched off.
"""

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
SIZES = (126, 350, 700, 1500, 3321)
SCENARIOS = ("base", "floors")
WHOLE = 700  # the whole model is measured up to so many areas
VARIANTS = {
    "dual simplex, no presolve (ours)": {"presolve": "off"},
    "dual simplex, presolve": {"presolve": "on"},
    "primal simplex, no presolve": {"presolve": "off", "simplex_strategy": 4},
    "interior point (IPX), no presolve": {"presolve": "off", "solver": "ipx"},
}
LIMIT = 60.0


def measured(*command: str | Path) -> tuple[float, float, float]:
    """Wall seconds, processor seconds and most memory in MB of a command."""
    begin = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    child = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL, cwd=ROOT, env=environment)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def data_set(areas: int, folder: Path) -> Path:
    """A folder with a made-up data set of so many areas."""
    place = folder / str(areas)
    if not place.exists():
        measured(sys.executable, ROOT / "benchmarks" / "country.py", "--areas", str(areas), "--out", place)
    return place


def growth(sizes: tuple[int, ...], folder: Path) -> None:
    """Rows of a table: what `planning solve` takes at each size; and the power of the size that it grows with."""
    print("| areas | scenario | wall s | processor s | MB | whole model, processor s |\n|---|---|---|---|---|---|")
    for scenario in SCENARIOS:
        took = {}
        for areas in sizes:
            file = data_set(areas, folder) / f"{scenario}.yaml"
            out = folder / "plan"
            wall, took[areas], memory = measured(sys.executable, "-m", "planning", "solve", file, "--out", out)
            whole = f"{measured(sys.executable, __file__, '--whole', file)[1]:.1f}" if areas <= WHOLE else "–"
            print(f"| {areas:,} | {scenario} | {wall:.1f} | {took[areas]:.1f} | {memory:,.0f} | {whole} |", flush=True)
        least, most = min(took), max(took)
        if most > least:
            power = math.log(took[most] / took[least]) / math.log(most / least)
            print(f"| | {scenario}: processor seconds grow with areas^{power:.2f} | | | | |")


def whole(file: Path) -> None:
    """The same way without groups."""
    from planning.inputs import load_case
    from planning.reports.files import write_plan
    from planning.solver import plan

    plan.LARGE = sys.maxsize
    with tempfile.TemporaryDirectory() as place:
        write_plan(plan.solve(load_case(file)), Path(place) / "plan")


def settings(areas: int, folder: Path) -> None:
    """Rows of a table: what the solver takes for the largest programme of groups, from nothing, by its settings."""
    import pulp  # noqa: F401  (before highspy: PuLP loads the solver's library the way both can share)

    import highspy  # isort: skip

    print("| areas | scenario | columns | rows | settings | processor s | found |\n|---|---|---|---|---|---|---|")
    for scenario in SCENARIOS:
        file, columns, rows = largest(data_set(areas, folder) / f"{scenario}.yaml", folder)
        for name, options in VARIANTS.items():
            solver = highspy.Highs()
            common = {"output_flag": False, "threads": 1, "time_limit": LIMIT}
            for option, value in (common | options).items():
                solver.setOptionValue(option, value)
            solver.readModel(str(file))
            begin = time.process_time()
            solver.run()
            seconds, found = time.process_time() - begin, solver.modelStatusToString(solver.getModelStatus())
            print(f"| {areas:,} | {scenario} | {columns:,} | {rows:,} | {name} | {seconds:.2f} | {found} |", flush=True)


def largest(scenario: Path, folder: Path) -> tuple[Path, int, int]:
    """The largest programme that reaches the solver for a scenario's goals, as a file, with its columns and rows."""
    from planning.inputs import load_case
    from planning.model.build import build
    from planning.solver.grouped import Grouped
    from planning.solver.linear import linear

    model = build(load_case(scenario))
    solver = Grouped(linear(model), model.case)
    solver.best([goal.gain for goal in model.goals], [goal.tolerance for goal in model.goals])
    file = folder / f"{scenario.stem}.mps"
    solver.live.highs.writeModel(str(file))
    return file, solver.live.columns, solver.live.row_lower.size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--areas", nargs="+", type=int, default=SIZES)
    parser.add_argument("--settings", action="store_true")
    parser.add_argument("--whole", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    if asked.whole:
        whole(asked.whole)
        return
    with tempfile.TemporaryDirectory() as place:
        if asked.settings:
            settings(max(asked.areas), Path(place))
        else:
            growth(tuple(asked.areas), Path(place))


if __name__ == "__main__":
    main()
