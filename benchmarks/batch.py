"""Many scenarios: `planning batch` beside the papermill command called for each, and a batch killed again and again.

    python benchmarks/batch.py [--plain N] [--members N] [--kills N]

A grid of 40 scenarios of the 126 communes. The papermill command is called for N of them (4 if not said; --plain 40 for
all), half of them before the batch and half behind it, and its time for 40 is worked out from them; the figures in the
manifests of the scenarios that both made must be the same. Prints rows of a Markdown table: wall and processor seconds,
all processes counted.
"""

import argparse
import contextlib
import ctypes
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from planning.batch.catalogue import runs_of
from planning.batch.grid import axes_of, family
from planning.batch.tasks import Task

ROOT = Path(__file__).parents[1]
BASE = ROOT / "scenarios" / "hanoi-communes-2026" / "base.yaml"
NOTEBOOK = ROOT / "notebooks" / "02_plan.ipynb"
SHARES = [f"{0.15 + 0.02 * i:.2f}" for i in range(10)]
ENVELOPES = ["0.9", "0.95", "1", "1.05"]
ENOUGH = 6
ADOPT = 36  # of Linux: processes whose parent has ended become ours, so that their seconds are counted


def measured(*command: str | Path) -> tuple[float, float]:
    """Wall and processor seconds of a command and of all that it started."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*map(str, command)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall = time.perf_counter() - begin
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def batch_of(out: Path, *arguments: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", "planning", "batch", *arguments, "--out", out, "--lang", "vi"]


def grid(members: int) -> list[str]:
    shares = SHARES[: max(members // len(ENVELOPES), 1)]
    return [f"remote_share={','.join(shares)}", f"envelope={','.join(ENVELOPES)}"]


def called(task: Task, place: Path) -> tuple[float, float]:
    """`measured` of the papermill command for one scenario."""
    out = place / "plain" / task.name
    out.mkdir(parents=True)
    command = Path(sys.executable).with_name("papermill")
    given = ("-p", "scenario", task.path, "-p", "out_dir", out, "-k", "python3", "--no-progress-bar")
    return measured(command, NOTEBOOK, out / "out.ipynb", *given)


def compare(plain: int, members: int, place: Path) -> None:
    """Both ways, and whether their manifests say the same."""
    axes = grid(members)
    tasks = family(BASE, axes_of(axes), place / "family")
    chosen = random.Random(1).sample(tasks, min(plain, len(tasks)))
    load = os.getloadavg()[0]
    walls = [called(task, place) for task in chosen[::2]]
    options = [word for axis in axes for word in ("--grid", axis)]
    ours = measured(*batch_of(place / "out", BASE, *options))
    walls += [called(task, place) for task in chosen[1::2]]
    for task in chosen:
        report = place / "out" / task.folder / "report-vi" / "manifest.json"
        stated = (
            json.loads((place / "plain" / task.name / "manifest.json").read_text()),
            json.loads(report.read_text()),
        )
        assert stated[0]["figures"] == stated[1]["figures"], f"{task.name} differs"
    again = measured(*batch_of(place / "out", BASE, *options))
    wall, cpu = (sum(one[i] for one in walls) / len(walls) * len(tasks) for i in (0, 1))
    print(f"| {len(tasks)} scenarios of the communes | wall s | processor s |\n|---|---|---|")
    print(f"| `papermill`, one after the other ({len(walls)} called) | {wall:.0f} | {cpu:.0f} |")
    print(f"| `planning batch` | {ours[0]:.1f} | {ours[1]:.1f} |")
    print(f"| `planning batch` a second time | {again[0]:.1f} | {again[1]:.1f} |")
    ratio = wall / ours[0]
    verdict = "yes" if ratio >= ENOUGH else "no"
    print(f"\n{ratio:.1f} times as fast; target {ENOUGH}: {verdict}. Load before: {load:.1f}. Manifests equal: yes.")


def kill(times: int, place: Path) -> None:
    """Kill a batch of toys so many times at random moments, then compare the catalogue with one left in peace."""
    toys = [ROOT / "tests" / name for name in ("toy", "toy_projects")]
    took, _ = measured(*batch_of(place / "peace", *toys))
    chance = random.Random(2)
    for _ in range(times):
        driver = subprocess.Popen([*map(str, batch_of(place / "killed", *toys))], cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, took))
        driver.send_signal(signal.SIGKILL)
        driver.wait()
    measured(*batch_of(place / "killed", *toys))
    lasting = [runs_of(place / name).drop(columns=["seconds", "time"]).to_json() for name in ("peace", "killed")]
    assert lasting[0] == lasting[1], "the catalogues differ"
    print(
        f"\nA batch killed {times} times at random moments, then resumed: the catalogue is that of one left in peace."
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--plain", type=int, default=4)
    options.add_argument("--members", type=int, default=40)
    options.add_argument("--kills", type=int, default=10)
    given = options.parse_args()
    ctypes.CDLL(None).prctl(ADOPT, 1)
    with tempfile.TemporaryDirectory() as place:
        if given.plain:
            compare(given.plain, given.members, Path(place))
        if given.kills:
            kill(given.kills, Path(place))


if __name__ == "__main__":
    main()
