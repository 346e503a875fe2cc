"""Why a notebook did not come to its end, in one sentence each, and the language of what is refused inside it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planning.disk import OutputError, cannot_write
from planning.errors import PlanningError
from planning.inputs.words import number, refuse_other_languages
from planning.vocabulary import Language, Text


class NotebookError(PlanningError):
    """A notebook did not come to its end; `exit_code` is that of the refusal inside it, where there was one."""

    def __init__(self, sentence: Text, exit_code: int = 1) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


def refuse_in(language: Language) -> None:
    """Let what is refused in this process from now on answer `str` in a language; for notebooks.

    Raises InputError for a language other than vi and en.
    """
    refuse_other_languages(language)
    PlanningError.language = language


def refusal(name: str, partial: Path, error: Exception, time_limit: float, start_limit: int) -> PlanningError:
    """What to tell of a run that failed; to Python a cell out of time is an OSError, a dead kernel a RuntimeError."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    match error:
        case CellTimeoutError():
            return NotebookError(_stopped(name, time_limit))
        case OSError():
            return OutputError(cannot_write(partial, error))
        case DeadKernelError():
            return NotebookError(_died(name))
        case RuntimeError():
            return NotebookError(_not_started(name, start_limit, error))
        case _:
            return _of_cell(name, error)


def _stopped(name: str, limit: float) -> Text:
    return Text(
        f"{name} bị dừng sau {number(limit, 'vi')} giây; hãy cho thêm thời gian, hoặc thu nhỏ phương án",
        f"{name} was stopped after {limit:g} seconds; allow more time, or make the scenario smaller",
    )


def _died(name: str) -> Text:
    return Text(
        f"{name}: tiến trình Python của sổ tay tự kết thúc mà không báo gì, như khi hết bộ nhớ; hãy đóng các chương "
        "trình khác rồi chạy lại",
        f"{name}: its Python process ended without a word, as it does when memory runs out; close other programs and "
        "run again",
    )


def _not_started(name: str, limit: float, error: Exception) -> Text:
    return Text(
        f"{name}: không khởi động được tiến trình Python trong {number(limit, 'vi')} giây ({error}); hãy chạy lại",
        f"{name}: no Python process for it started within {limit} seconds ({error}); run again",
    )


def _of_cell(name: str, error: Any) -> NotebookError:
    """A failed cell: a refusal of this package in its own words and with its own exit code, else where and what.

    Its own words are in the one language that it answered in.
    """
    refusals = {kind.__name__: kind for kind in _kinds(PlanningError)}
    if error.ename in refusals:
        return NotebookError(Text(error.evalue, error.evalue), refusals[error.ename].exit_code)
    what = f"[{error.exec_count}]: {error.ename}: {error.evalue}"
    return NotebookError(Text(f"{name} gặp lỗi ở ô {what}", f"{name} failed in cell {what}"))


def _kinds(kind: type[PlanningError]) -> Iterator[type[PlanningError]]:
    """An error class and all that derive from it."""
    yield kind
    for child in kind.__subclasses__():
        yield from _kinds(child)
