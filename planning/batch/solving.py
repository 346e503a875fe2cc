"""One scenario solved in a process of its own and saved as a run folder, whatever it comes to."""

import faulthandler
import os
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planning.batch import words
from planning.batch.tasks import Task
from planning.disk import OutputError, on_disk, whole_folder, write_down
from planning.errors import InputError, NoPlanError
from planning.inputs import fingerprint, load_case, load_scenario
from planning.reports.code import code_version
from planning.reports.run_folder import INPUTS, LOG, REFUSAL, check_free, copy_inputs, seal
from planning.reports.saved import save_run
from planning.solver.certificate import hash_of
from planning.solver.plan import solve
from planning.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Order:
    """A task with where its run goes, the longest time for it in seconds, and the language of its explanations.

    `watch` is a file that is not empty once the time was up.
    """

    task: Task
    folder: Path
    watch: Path
    limit: float
    language: Language


class Log:
    """Lines with the time, for the log of a run."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._begin = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Since the log was begun."""
        return round(time.perf_counter() - self._begin, 3)

    def add(self, line: str) -> None:
        self.lines.append(f"{datetime.now(UTC).isoformat(timespec='milliseconds')} {line}\n")

    @property
    def text(self) -> str:
        return "".join(self.lines)


def carry_out(order: Order) -> str:
    """Solve and save; returns the status of the run. Raises OutputError alone: every other end is saved as such."""
    task, log = order.task, Log()
    log.add(f"{task.name}: {task.source.get('path', task.path)} in process {os.getpid()}, {code_version()}")
    if _was_stopped(order):
        return stopped(order, log)
    try:
        if task.refusal:
            raise task.refusal
        with _watched(order):
            case = load_case(task.path)
            log.add("inputs read")
            plan = solve(case, order.language)
            log.add("plan found")
            save_run(plan, order.folder, _facts(task, log), log.text, as_read=True)
    except InputError as refusal:
        return _refused(order, log, words.REFUSED, refusal.told(order.language))
    except NoPlanError as refusal:
        return _refused(order, log, words.NO_PLAN, refusal.told(order.language))
    except OutputError:
        raise
    except Exception as fault:
        log.add(traceback.format_exc())
        return _refused(order, log, words.CRASHED, _said(order, words.FAULT, error=f"{type(fault).__name__}: {fault}"))
    return words.PLAN


def broken_off(order: Order, error: Exception) -> str:
    """Save that the process of a run was ended; returns the status. Raises OutputError."""
    if _was_stopped(order):
        return stopped(order, Log())
    if isinstance(error, OutputError):
        raise error
    log = Log()
    log.add(f"{order.task.name}: {type(error).__name__}: {error}")
    return _refused(order, log, words.CRASHED, _said(order, words.BROKEN_OFF))


def stopped(order: Order, log: Log) -> str:
    """Save that a run was out of time; returns the status."""
    log.add(order.watch.read_text(encoding="utf-8", errors="replace"))
    return _refused(order, log, words.STOPPED, _said(order, words.OUT_OF_TIME, limit=order.limit))


def _said(order: Order, text: Any, **values: object) -> str:
    return text[order.language].format(name=order.task.name, **values)


def _was_stopped(order: Order) -> bool:
    return order.watch.is_file() and order.watch.stat().st_size > 0


@contextmanager
def _watched(order: Order) -> Iterator[None]:
    """This process ends when the time is up, even inside the solver; the watch file then says where it was."""
    with on_disk(order.watch):
        file = order.watch.open("w")
    with file:
        faulthandler.dump_traceback_later(order.limit, exit=True, file=file)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _facts(task: Task, log: Log) -> dict[str, Any]:
    return {"id": task.id, "source": task.source, "code": code_version(), "seconds": log.seconds}


def _refused(order: Order, log: Log, status: str, text: str) -> str:
    """Save a run that came to no plan, with its inputs as far as they can be read, and why; returns the status."""
    task = order.task
    log.add(status)
    check_free(order.folder)
    facts = {"status": status, "scenario": task.name, "dataset": task.dataset, "refusal": text}
    with whole_folder(order.folder) as fresh:
        try:
            facts |= {"title": load_scenario(task.path).title.model_dump()}
            inputs = fingerprint(task.path)
            home = copy_inputs(task.path.parent, inputs, fresh / INPUTS)
            facts |= {"inputs": (home / task.path.name).relative_to(fresh).as_posix(), "input_hash": hash_of(inputs)}
        except InputError:
            facts |= {"inputs": "", "input_hash": ""}
        with on_disk(order.folder):
            write_down(fresh / REFUSAL, (text.strip() + "\n").encode())
            write_down(fresh / LOG, log.text.encode())
        seal(fresh, facts | _facts(task, log))
    return status
