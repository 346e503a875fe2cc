"""What the package says when it cannot go on: each sentence names the place, the value, what is allowed, what to do."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

# A file with more problems than this shows a few of each kind and counts the rest.
SHOWN, SHOWN_ALIKE = 20, 5
_NO_PLAN = {
    "vi": "Không có phương án nào giữ được mọi quy định:",
    "en": "There is no plan that keeps every rule:",
}
_PARTICULARS = re.compile(r"'[^']*'|[\d.,]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the inputs, and where.

    `where` is the file as the planner knows it (relative to the scenario folder), `row` the line number that a
    spreadsheet shows (the header is row 1), or the line of a scenario file.
    """

    where: str
    text: str
    row: int | None = None

    def __str__(self) -> str:
        noun = "line" if self.where.endswith((".yaml", ".yml")) else "row"
        return self.text if self.row is None else f"{noun} {self.row}: {self.text}"


class PlanningError(Exception):
    """The base of every refusal of this package; `exit_code` is what the command line ends with."""

    exit_code = 1


class InputError(PlanningError):
    """The files of a scenario cannot be used; `problems` lists every one of them."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        super().__init__(self.report())

    def report(self) -> str:
        """All problems, grouped by file in the order in which the files were read."""
        by_file: dict[str, list[Problem]] = {}
        for problem in self.problems:
            by_file.setdefault(problem.where, []).append(problem)
        blocks = []
        for where, problems in by_file.items():
            noun = "problem" if len(problems) == 1 else "problems"
            lines = "\n".join(f"- {line}" for line in _shown(problems))
            blocks.append(f"{len(problems)} {noun} in {where}:\n{lines}")
        return "\n\n".join(blocks)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.problems,)


def _shown(problems: Sequence[Problem]) -> list[str]:
    """Every problem of a file, or a few of each kind where there are very many."""
    if len(problems) <= SHOWN:
        return [str(problem) for problem in problems]
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(_PARTICULARS.sub("", problem.text), []).append(problem)
    lines = []
    for alike in kinds.values():
        lines += [str(problem) for problem in alike[:SHOWN_ALIKE]]
        if len(alike) > SHOWN_ALIKE:
            lines.append(f"and {len(alike) - SHOWN_ALIKE:,} more like it")
    return lines


class NoPlanError(PlanningError):
    """No allocation keeps every rule, or none was proven best; `reasons` says why in budget words."""

    exit_code = 3

    def __init__(self, reasons: Iterable[str], language: str = "en") -> None:
        self.reasons: Sequence[str] = tuple(reasons)
        self.language = language
        lines = [f"- {reason}" for reason in self.reasons]
        super().__init__("\n".join([_NO_PLAN[language], *lines]))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.reasons, self.language)
