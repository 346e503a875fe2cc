"""A batch from beginning to end: what is to be done, the plans, the reports, the catalogue."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from planning.batch import words
from planning.batch.cluster import cluster
from planning.batch.grid import axes_of, family
from planning.batch.lock import only_batch
from planning.batch.notebooks import prepare
from planning.batch.parameters import declared
from planning.batch.pool import processes, results, warm_up
from planning.batch.rendering import Style, is_reported, reports
from planning.batch.solving import Order, broken_off, carry_out
from planning.batch.tasks import Task, check_there, is_done, tasks_of
from planning.disk import staged
from planning.errors import InputError, PlanningError, Problem
from planning.inputs.words import listing, number
from planning.insight.work import Watch, unwatched
from planning.reports.run_folder import RunError, mark_of, read_run
from planning.vocabulary import Language, Text

AGAIN = (words.REFUSED, words.STOPPED, words.CRASHED)


@dataclass(frozen=True, slots=True)
class Job:
    """What a batch is told: scenarios, the values of a grid, where to, how.

    `afresh` solves again what is there; `address` is that of a Dask cluster; `limit` is in seconds, for each plan and
    for each report.
    """

    scenarios: tuple[Path, ...]
    out: Path
    style: Style
    grid: tuple[str, ...] = ()
    jobs: int = 1
    afresh: bool = False
    limit: float = 600.0
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a scenario came to: its run folder, the outcome, whether it was there already, and if its report is."""

    task: Task
    folder: Path
    status: str
    kept: bool
    reported: bool


def run_batch(job: Job, solving: Watch = unwatched, rendering: Watch = unwatched) -> list[Done]:
    """Carry out a batch; what is there already is left. Scenarios that come to no plan do not stop the others.

    Raises InputError where a scenario or a level is not one that can be named, BusyError, ClusterError, OutputError.
    """
    check_there(job.scenarios)
    out = job.out.absolute()
    with only_batch(out), staged(out) as place:
        tasks = _tasks(job, place)
        missing = [task for task in tasks if not _is_kept(task, job, out)]
        if missing:
            _get_ready(missing, job.style.language)
        status = dict(_solved(missing, job, out, place, solving))
        for task in tasks:
            status.setdefault(task.folder, read_run(out / task.folder)["status"])
        runs = [out / name for name, found in status.items() if found == words.PLAN]
        wanted = [run for run in runs if _wants_report(run, job.style)]
        _report(wanted, job, rendering)
        new = {task.folder for task in missing}
        return [
            Done(task, out / task.folder, status[task.folder], task.folder not in new, _has_report(task, job, out))
            for task in tasks
        ]


def _get_ready(tasks: Sequence[Task], language: Language) -> None:
    """Begin to load what all will need: in the warm process, and meanwhile here.

    Tables are read of the first of the tasks in each folder, because most scenarios of a folder share theirs.
    """
    warm_up({task.path.parent: task.path for task in reversed(tasks)}.values())
    threading.Thread(target=prepare, args=(language,), daemon=True).start()


def foreseen(job: Job) -> list[tuple[Task, str]]:
    """Each scenario with what a batch would do for it: solve, render or leave; nothing is written."""
    out = job.out.absolute()
    with TemporaryDirectory() as place:
        return [(task, _foreseen(task, job, out)) for task in _tasks(job, Path(place))]


def _foreseen(task: Task, job: Job, out: Path) -> str:
    if not _is_kept(task, job, out):
        return "solve"
    run = out / task.folder
    return "render" if read_run(run)["status"] == words.PLAN and _wants_report(run, job.style) else "leave"


def _tasks(job: Job, place: Path) -> list[Task]:
    """The scenarios of a batch, or the members of their families; each once."""
    declared(job.style.notebook)
    axes = axes_of(job.grid)
    tasks = tasks_of(job.scenarios)
    if axes:
        for task in tasks:
            if task.refusal:
                raise task.refusal
        bases = enumerate(task.path for task in tasks)
        tasks = [member for at, base in bases for member in family(base, axes, place / str(at))]
    names = [task.folder for task in tasks]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        text = Text(
            f"hai phương án sẽ dùng chung thư mục {twice[0]}; hãy đổi tên một trong hai",
            f"two scenarios would share the folder {twice[0]}; rename one of them",
        )
        raise InputError([Problem("batch", text)])
    return tasks


def _is_kept(task: Task, job: Job, out: Path) -> bool:
    """Whether the run of a task stays as it is: done before, or approved."""
    run = out / task.folder
    try:
        return mark_of(run).get("mark") == "approved" or (not job.afresh and is_done(task, out, AGAIN))
    except RunError:
        return False


def _solved(tasks: Sequence[Task], job: Job, out: Path, place: Path, watch: Watch) -> Iterator[tuple[str, str]]:
    """Run folder and status of each task, each as soon as it is there."""
    watch(0, len(tasks))
    if not tasks:
        return
    orders = [
        Order(task, out / task.folder, place / f"{task.id}.watch", job.limit, job.style.language) for task in tasks
    ]
    with _executor(job, len(orders)) as (executor, jobs):
        for done, (order, value) in enumerate(results(orders, carry_out, executor, jobs), 1):
            yield order.task.folder, broken_off(order, value) if isinstance(value, Exception) else value
            watch(done, len(orders))


@contextmanager
def _executor(job: Job, pieces: int) -> Iterator[tuple[Callable[[int], Executor], int]]:
    if job.address:
        with cluster(job.address) as (executor, jobs):
            yield executor, jobs
    else:
        yield processes, min(job.jobs, pieces)


def _report(runs: Sequence[Path], job: Job, watch: Watch) -> None:
    watch(0, len(runs))
    for done, _ in enumerate(reports(runs, job.style, job.jobs), 1):
        watch(done, len(runs))


def _wants_report(run: Path, style: Style) -> bool:
    return mark_of(run).get("mark") != "approved" and not is_reported(run, style)


def _has_report(task: Task, job: Job, out: Path) -> bool:
    return (out / task.folder / job.style.folder).is_dir()


class BatchError(PlanningError):
    """Some scenarios of a batch came to no plan or no report; the others did."""

    def __init__(self, sentence: Text, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def outcome(done: Sequence[Done], out: Path) -> None:
    """Nothing where every scenario has its plan and report. Raises BatchError: 2 bad inputs, 3 no plan, 1 otherwise."""
    codes = {words.REFUSED: 2, words.NO_PLAN: 3}
    failed = [(one.task.name, codes.get(one.status, 1)) for one in done if one.status != words.PLAN or not one.reported]
    if not failed:
        return
    kinds = {code for _, code in failed}
    text = _failed([name for name, _ in failed], len(done), out)
    raise BatchError(text, kinds.pop() if len(kinds) == 1 else 1)


def _failed(names: Sequence[str], every: int, out: Path) -> Text:
    return Text(
        f"{number(len(names), 'vi')} trong {number(every, 'vi')} phương án chưa lập được hoặc thiếu báo cáo: "
        f"{listing(names, 8, 'vi')}.\nXin xem lý do trong refusal.txt ở thư mục của từng phương án đó trong {out}.",
        f"{len(names)} of {every} scenarios did not come to a plan with a report: {listing(names, 8)}.\n"
        f"refusal.txt in its folder in {out} says why.",
    )
