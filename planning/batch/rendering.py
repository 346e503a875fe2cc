"""Reports of saved runs: the plan notebook executed without solving again, by several kernels that are warm."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import planning
from planning.batch.notebooks import run_notebook
from planning.batch.refusals import NotebookError
from planning.disk import on_disk, staged, take_place, write_down, write_files
from planning.errors import PlanningError
from planning.reports.files import as_json
from planning.reports.run_folder import LOG, REFUSAL, sums_of
from planning.vocabulary import Language

if TYPE_CHECKING:
    from planning.batch.kernel_fork import Kernels

REPORT, FAILED = "report.json", ".failed"


@dataclass(frozen=True, slots=True)
class Style:
    """How runs are reported: the notebook, the language, and the longest time for one report in seconds."""

    notebook: Path
    language: Language
    limit: float

    @property
    def folder(self) -> str:
        """The name of the report's folder in a run folder."""
        return f"report-{self.language}"

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.notebook.read_bytes()).hexdigest()


def is_reported(run: Path, style: Style) -> bool:
    """Whether a run has a whole report of this notebook in this language."""
    folder = run / style.folder
    try:
        stated = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        found = sums_of(folder)
        found.pop(REPORT)
        return (stated["sha256"], stated["files"]) == (style.hash, found)
    except (OSError, ValueError, KeyError):
        return False


def reports(runs: Sequence[Path], style: Style, jobs: int) -> Iterator[tuple[Path, PlanningError | None]]:
    """Each run with the refusal of its report, if there was one, as soon as it is there.

    Stopped from outside, the kernels are ended and the reports under way are given up. Raises what is no refusal.
    """
    before = set(active_children())
    pool, kernels = ThreadPoolExecutor(jobs + 1), _kernels(style.notebook, jobs)  # while one is written, others run
    try:
        futures = {pool.submit(_report, run, style, kernels): run for run in runs}
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(active_children()) - before:
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        if kernels:
            kernels.end()


def _report(run: Path, style: Style, kernels: "Kernels | None") -> PlanningError | None:
    """Write the report of a run, or why there is none; the log of the run goes on with either."""
    begin = datetime.now(UTC)
    final, failed = run / style.folder, run / f"{style.folder}{FAILED}"
    with staged(run) as place:
        fresh, refusal = place / "fresh", _write(run, place / "fresh", final, style, kernels)
        with on_disk(final):
            fresh.mkdir(exist_ok=True)
            if refusal:
                said = refusal.told(style.language).replace(str(final), str(failed))
                write_down(fresh / REFUSAL, f"{said}\n".encode())
            take_place(fresh, failed if refusal else final, place / "before")
            if not refusal and failed.exists():
                failed.replace(place / "failed")
    seconds = (datetime.now(UTC) - begin).total_seconds()
    came_to = refusal.told(style.language) if refusal else "written"
    line = f"{begin.isoformat(timespec='milliseconds')} {style.folder}: {came_to} in {seconds:.1f} s\n"
    log = run / LOG
    write_files(run, {LOG: (log.read_bytes() if log.is_file() else b"") + line.encode()})
    return refusal


def _write(run: Path, fresh: Path, final: Path, style: Style, kernels: "Kernels | None") -> NotebookError | None:
    """Write the report into `fresh`, with what is needed to know it again; its refusal where it comes to no end."""
    values = {"scenario": run, "language": style.language}
    try:
        result = run_notebook(style.notebook, fresh, values, time_limit=style.limit, kernels=kernels, shown=final)
    except NotebookError as refusal:
        return refusal
    facts = {"notebook": style.notebook.name, "sha256": style.hash, "seconds": round(result.seconds, 3)}
    with on_disk(final / REPORT):
        write_down(fresh / REPORT, as_json(facts | {"files": sums_of(fresh)}))
    return None


def _kernels(notebook: Path, jobs: int) -> "Kernels | None":
    """Kernels that are forked from a warm process, or none where there is no fork.

    They are kept for several reports where the notebook is the project's own, which changes nothing but its variables;
    what others change, the next report shall not see. Of these one more runs at a time, because a kernel that starts
    leaves its processor idle.
    """
    if not hasattr(os, "fork"):
        return None
    from planning.batch.kernel_fork import Kernels

    keep = notebook.absolute().parent == Path(planning.__file__).parents[1] / "notebooks"
    return Kernels(jobs if keep or jobs == 1 else jobs + 1, keep)
