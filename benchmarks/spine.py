"""The way of one number, timed from the start of the command to the page; and the same plan beside a plain model.

`make bench` prints the table and writes it into docs/benchmarks.md. Every measurement is a process of its own, started
cold, wall seconds beside the processor seconds that do not grow when other work runs on the machine.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- made by make bench -->", "<!-- until here -->"
COMMUNES, DISTRICTS = (
    ROOT / "scenarios" / name / "base.yaml" for name in ("hanoi-communes-2026", "hanoi-districts-2024")
)
TIMES = 5
HELP_LIMIT, SOLVE_LIMIT, SAME = 0.5, 3.0, 1e-4
STAGES = {"build": "rows and columns", "Hot": "PuLP problem into HiGHS"} | {
    "best": "goals",
    "make_unique": "one plan among the equally good",
    "certify": "certificate and second check",
}


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall and processor seconds, most memory in MB, what it printed."""

    wall: float
    cpu: float
    memory: float
    printed: str


# ---- processes ------------------------------------------------------------------------------------------------------
def process(*command: str | Path) -> Run:
    """Run a command to its end."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen([*map(str, command)], stdout=out, cwd=ROOT)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{' '.join(map(str, command))} ended with {child.returncode}")
        out.seek(0)
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read())


def median(*command: str | Path, times: int = TIMES) -> Run:
    """The middle one of several runs by wall seconds."""
    return sorted((process(*command) for _ in range(times)), key=lambda run: run.wall)[times // 2]


def planning(*arguments: str | Path) -> tuple[str | Path, ...]:
    return sys.executable, "-m", "planning", *arguments


def inside(part: str, scenario: Path) -> dict[str, float]:
    """What a part of this file finds in a process of its own, seconds and values; solvers may print before it."""
    return json.loads(median(sys.executable, __file__, part, scenario, times=3).printed.splitlines()[-1])


# ---- what runs inside a process -------------------------------------------------------------------------------------
def split(scenario: Path) -> dict[str, float]:
    """Seconds of each step of `planning solve`, and the values of the goals."""
    begin = time.perf_counter()
    from planning.inputs import load_case
    from planning.reports import headline
    from planning.reports.files import write_plan
    from planning.solver import plan

    seconds = {"imports": time.perf_counter() - begin}

    def timed(name: str, function: Callable) -> Callable:
        def run(*arguments, **options):
            start = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                seconds[name] = seconds.get(name, 0.0) + time.perf_counter() - start

        return run

    hot = plan.Hot
    for name, words in STAGES.items():
        owner = hot if name == "best" else plan
        setattr(owner, name, timed(words, getattr(owner, name)))
    case = timed("scenario and tables read and checked", load_case)(scenario)
    best = timed("solve", plan.solve)(case)
    with tempfile.TemporaryDirectory() as folder:
        timed("CSV and Parquet written", write_plan)(best, folder)
    timed("headline", headline.headline_sheet)(best, "vi")
    seconds["arithmetic and result tables"] = seconds["solve"] - sum(seconds[words] for words in STAGES.values())
    return seconds | {goal["name"]: goal["value"] for goal in best.certificate["goals"]}


def plain(scenario: Path) -> dict[str, float]:
    """Seconds of the plain model's build and solve, and the values of its goals."""
    from plain_pulp import solve_plain

    from planning.inputs import load_case

    case = load_case(scenario)
    begin = time.perf_counter()
    values = solve_plain(case)
    return {"solve": time.perf_counter() - begin} | values


# ---- the table ------------------------------------------------------------------------------------------------------
def machine() -> str:
    """What the figures were measured on, without its name."""
    cpu = platform.processor() or platform.machine()
    known = Path("/proc/cpuinfo")
    if known.exists():
        cpu = next((line.split(": ")[1] for line in known.read_text().splitlines() if "model name" in line), cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("pulp", "highspy", "pandas", "numpy"))
    load, raised = os.getloadavg()[0], os.sched_getscheduler(0) != os.SCHED_OTHER
    busy = (
        f"Other work was running{', but waited for what is measured here' * raised}."
        if load > 0.5
        else "Nothing else was running."
    )
    return (
        f"{os.cpu_count()} cores of {cpu}, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}, "
        f"{packages}. Load before the first measurement {load:.1f}. {busy}"
    )


def row(what: str, run: Run, target: float | None = None) -> str:
    met = "" if target is None else f"under {target:g} s: {'yes' if run.wall < target else 'NO'}"
    return f"| {what} | {run.wall:.2f} | {run.cpu:.2f} | {run.memory:.0f} | {met} |"


def commands() -> list[str]:
    """The commands a planner runs."""
    with tempfile.TemporaryDirectory() as out:
        rows = [
            row("`planning --help`", median(*planning("--help")), HELP_LIMIT),
            row("`planning check`, 126 communes", median(*planning("check", COMMUNES))),
            row("`planning solve`, 126 communes", median(*planning("solve", COMMUNES, "--out", out)), SOLVE_LIMIT),
            row("`planning solve`, 30 districts", median(*planning("solve", DISTRICTS, "--out", out)), SOLVE_LIMIT),
            row("`planning run`, 126 communes", median(*planning("run", COMMUNES, "--out", out), times=3)),
            row("`planning run`, 30 districts", median(*planning("run", DISTRICTS, "--out", out), times=3)),
        ]
    head = ["| command | wall s | processor s | MB | target |", "|---|---|---|---|---|"]
    return [*head, *rows]


def steps(seconds: dict[str, float]) -> list[str]:
    """How `planning solve` of the communes splits."""
    order = ["imports", "scenario and tables read and checked", *STAGES.values(), "arithmetic and result tables"]
    order += ["CSV and Parquet written", "headline"]
    return ["| step of `planning solve`, 126 communes | wall s |", "|---|---|"] + [
        f"| {name} | {seconds[name]:.2f} |" for name in order
    ]


def beside(ours: dict[Path, dict[str, float]]) -> list[str]:
    """Build and solve, ours with unique plan and certificate, beside the plain model, which has neither."""
    head = [
        "| build and solve, wall s | plain | ours, the same goals | ratio | ours, with unique plan, tables and proof |",
        "|---|---|---|---|---|",
    ]
    rows = []
    for scenario, mine in ours.items():
        peer = inside("plain", scenario)
        for goal in (name for name in peer if name in mine and (name == "reach" or name.startswith("targets"))):
            if abs(peer[goal] - mine[goal]) > SAME:
                raise SystemExit(f"{scenario}: {goal} is {mine[goal]} here and {peer[goal]} in the plain model")
        same = sum(mine[STAGES[name]] for name in ("build", "Hot", "best"))
        name = scenario.parent.name
        rows.append(f"| {name} | {peer['solve']:.2f} | {same:.2f} | {peer['solve'] / same:.1f} | {mine['solve']:.2f} |")
    return [*head, *rows, "", f"The goals *targets* and *reach* of both models differ by less than {SAME:g}."]


def report() -> str:
    where = machine()
    first = commands()
    ours = {scenario: inside("split", scenario) for scenario in (COMMUNES, DISTRICTS)}
    return "\n".join([where, "", *first, "", *steps(ours[COMMUNES]), "", *beside(ours)])


def main() -> None:
    if len(sys.argv) == 3:
        print(json.dumps({"split": split, "plain": plain}[sys.argv[1]](Path(sys.argv[2]))))
        return
    text = report()
    print(text)
    before, after = PAGE.read_text(encoding="utf-8").split(BEGIN)[0], PAGE.read_text(encoding="utf-8").split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
