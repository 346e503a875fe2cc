"""Why a notebook did not come to its end, in one sentence each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planning.errors import PlanningError
from planning.reports.disk import OutputError, cannot_write


class NotebookError(PlanningError):
    """A notebook did not come to its end; `exit_code` is that of the refusal inside it, where there was one."""

    def __init__(self, sentence: str, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def refusal(name: str, partial: Path, error: Exception, time_limit: float, start_limit: int) -> PlanningError:
    """What to tell of a run that failed; to Python a cell out of time is an OSError, a dead kernel a RuntimeError."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    match error:
        case CellTimeoutError():
            advice = "allow more time, or make the scenario smaller"
            return NotebookError(f"{name} was stopped after {time_limit:g} seconds; {advice}")
        case OSError():
            return OutputError(cannot_write(partial, error))
        case DeadKernelError():
            advice = "as it does when memory runs out; close other programs and run again"
            return NotebookError(f"{name}: its Python process ended without a word, {advice}")
        case RuntimeError():
            advice = f"within {start_limit} seconds ({error}); run again"
            return NotebookError(f"{name}: no Python process for it started {advice}")
        case _:
            return _of_cell(name, error)


def _of_cell(name: str, error: Any) -> NotebookError:
    """A failed cell: a refusal of this package in its own words and with its own exit code, else where and what."""
    refusals = {kind.__name__: kind for kind in _kinds(PlanningError)}
    if error.ename in refusals:
        return NotebookError(error.evalue, refusals[error.ename].exit_code)
    return NotebookError(f"{name} failed in cell [{error.exec_count}]: {error.ename}: {error.evalue}")


def _kinds(kind: type[PlanningError]) -> Iterator[type[PlanningError]]:
    """An error class and all that derive from it."""
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)
