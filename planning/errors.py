"""What the package says when it cannot go on: each sentence names the place, the value, what is allowed, what to do."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from planning.vocabulary import Language, Text

# A file with more problems than this shows a few of each kind and counts the rest.
SHOWN, SHOWN_ALIKE = 20, 5
# Where something is wrong that is no file, as far as it is not a word to type.
_PLACES = {
    "options": Text("các tùy chọn", "options"),
    "language": Text("ngôn ngữ", "language"),
    "lines": Text("các dòng", "lines"),
    "table": Text("bảng", "table"),
}
_PARTICULARS = re.compile(r"'[^']*'|[\d.,]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the inputs, and where.

    `where` is the file as the planner knows it (relative to the scenario folder), `row` the line number that a
    spreadsheet shows (the header is row 1), or the line of a scenario file.
    """

    where: str
    text: Text
    row: int | None = None

    def told(self, language: Language) -> str:
        """The problem with its row or line, without its file."""
        if self.row is None:
            return self.text[language]
        noun = Text("dòng", "line" if self.where.endswith((".yaml", ".yml")) else "row")
        return f"{noun[language]} {self.row}: {self.text[language]}"


class PlanningError(Exception):
    """The base of every refusal of this package; `exit_code` is what the command line ends with.

    `str` answers in `language`, English where nobody who knows better has set it (`speaking`).
    """

    exit_code = 1
    language: Language = "en"

    def __init__(self, sentence: Text) -> None:
        super().__init__(sentence)

    def told(self, language: Language) -> str:
        """The refusal in a language."""
        return self.args[0][language]

    def __str__(self) -> str:
        return self.told(self.language)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """What is refused inside answers `str` in this language."""
    try:
        yield
    except PlanningError as refusal:
        refusal.language = language
        raise


class InputError(PlanningError):
    """The files of a scenario cannot be used; `problems` lists every one of them."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        Exception.__init__(self, self.problems)

    def told(self, language: Language) -> str:
        """All problems, grouped by file in the order in which the files were read."""
        by_file: dict[str, list[Problem]] = {}
        for problem in self.problems:
            by_file.setdefault(problem.where, []).append(problem)
        blocks = []
        for where, problems in by_file.items():
            count, noun = len(problems), "problem" if len(problems) == 1 else "problems"
            place = _PLACES.get(where, Text(where, where))
            head = Text(f"{count} lỗi trong {place.vi}:", f"{count} {noun} in {place.en}:")
            lines = "\n".join(f"- {line}" for line in _shown(problems, language))
            blocks.append(f"{head[language]}\n{lines}")
        return "\n\n".join(blocks)


def _shown(problems: Sequence[Problem], language: Language) -> list[str]:
    """Every problem of a file, or a few of each kind where there are very many."""
    if len(problems) <= SHOWN:
        return [problem.told(language) for problem in problems]
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(_PARTICULARS.sub("", problem.text.en), []).append(problem)
    lines = []
    for alike in kinds.values():
        lines += [problem.told(language) for problem in alike[:SHOWN_ALIKE]]
        more = len(alike) - SHOWN_ALIKE
        if more > 0:
            lines.append(Text(f"và {more} lỗi tương tự", f"and {more:,} more like it")[language])
    return lines


class NoPlanError(PlanningError):
    """No allocation keeps every rule; `reasons` says why in budget words, under a `heading`."""

    exit_code = 3
    heading = Text("Không có phương án nào giữ được mọi quy định:", "There is no plan that keeps every rule:")

    def __init__(self, reasons: Iterable[Text]) -> None:
        self.reasons: Sequence[Text] = tuple(reasons)
        Exception.__init__(self, self.reasons)

    def told(self, language: Language) -> str:
        """The refusal in a language, with the reasons."""
        return "\n".join([self.heading[language], *(f"- {reason[language]}" for reason in self.reasons)])


class UnprovenError(NoPlanError):
    """There may be a plan that keeps every rule, but none was proven best or passed its second check."""

    heading = Text("Chưa có phương án nào được chứng minh:", "There is no proven plan:")
