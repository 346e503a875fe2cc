"""The changes of one scenario file as rows that a grid edits; all else in the file stays as it stands, byte for byte.

A row is one entry of `changes`: the table, which of its rows (`fund: city, year: 2026`), the column, what is done to
it, by how much, and why.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planning.errors import InputError, Problem
from planning.inputs.document import Document, read_document
from planning.inputs.scenario import Change
from planning.inputs.unsaved import scenario_problems
from planning.vocabulary import TABLES, Language, Text
from planning.workbench.changewords import EDITS, FIELDS, FIGURE, TITLE, unwritable, written_entry
from planning.workbench.entry import entered
from planning.workbench.rows import Heading, Mark, Row

_NEXT_KEY = re.compile(r"[^\s#-]")
_OTHER_FORM = Text(
    "các thay đổi chưa được ghi lần lượt, mục này dưới mục kia; hãy sửa trong trình soạn thảo văn bản: "
    "mỗi thay đổi bắt đầu bằng `- table:`",
    "changes are not written one below the other; mend them in the text editor: each begins with `- table:`",
)


@dataclass(frozen=True, eq=False)
class ChangesFile:
    """A scenario file as opened: its text before the first entry, with and without the key, and after the last one."""

    path: Path
    content: bytes
    before: str
    key_line: str
    tail: str
    rows: tuple[Row, ...]

    title = TITLE
    first_row = 1
    width = len(FIELDS)
    key = tuple(range(len(FIELDS)))

    @property
    def newline(self) -> str:
        return "\r\n" if b"\r\n" in self.content else "\n"

    def headings(self, language: Language) -> list[Heading]:
        """The columns, with the tables and edits that may be chosen."""
        tables = [(name, table.title[language]) for name, table in TABLES.items()]
        options = {"table": tables, "edit": [(name, text[language]) for name, text in EDITS.items()]}
        return [
            Heading(name, label[language], "", meaning[language], options.get(name, []), False, name == "value")
            for name, (label, meaning) in FIELDS.items()
        ]

    def entered(self, at: int, text: str) -> str:
        """The text of a cell of column `at` after a planner typed it."""
        return entered(FIGURE, text, ".") if list(FIELDS)[at] == "value" else text.strip()

    def faults(self, rows: Sequence[Row]) -> list[Mark]:
        """What cannot even be written as an entry."""
        new = [row for row in rows if any(row.cells) and (row.record is None or row.record[1] != row.cells)]
        return [Mark(row.id, list(FIELDS).index(name), said) for row in new for name, said in unwritable(row.cells)]

    def disagreements(self, rows: Sequence[Row]) -> list[Mark]:
        """What the package says of the file as it would be written, be it of its changes or of the rest."""
        content = self.written(rows)
        filled = [row for row in rows if any(row.cells)]
        starts = _starts(read_document(self.path, self.path.name, content)) if filled else []
        last = content.count(b"\n") - self.tail.count("\n")
        marks = []
        for problem in scenario_problems(self.path, content):
            line = problem.row or 0
            number = sum(start <= line for start in starts) if line <= last else 0
            if number:
                text = _without_number(problem.text, number)
                marks.append(Mark(filled[number - 1].id, _column(text.en), text))
            else:
                marks.append(Mark(None, None, Text(problem.told("vi"), problem.told("en"))))
        return marks

    def written(self, rows: Sequence[Row]) -> bytes:
        """The file with these rows as its changes; without any, without the key."""
        entries = [self._entry(row) for row in rows if any(row.cells)]
        if not entries:
            return (self.before + self.tail).encode()
        gap = "" if self.before.endswith("\n") or not self.before else self.newline
        return (self.before + gap + self.key_line + "".join(entries) + self.tail).encode()

    def _entry(self, row: Row) -> str:
        """An entry as it stood where nothing of it changed, else anew."""
        if row.record is not None and row.record[1] == row.cells:
            return row.record[0] if row.record[0].endswith("\n") else row.record[0] + self.newline
        lines = [f"{name}: {value}" for name, value in written_entry(row.cells)]
        return "  - " + f"{self.newline}    ".join(lines) + self.newline

    def reopened(self) -> "ChangesFile":
        """The file as it stands on the disk now. Raises InputError."""
        return open_changes(self.path)

    def after(self, content: bytes) -> "ChangesFile":
        """The same file once `content` was written."""
        return replace(self, content=content)


def open_changes(path: str | Path) -> ChangesFile:
    """The changes of the scenario file at `path`.

    Raises InputError: the file cannot be read, or its changes are not written one below the other.
    """
    path = Path(path)
    document = read_document(path, path.name)
    content = path.read_bytes()
    lines = content.decode().splitlines(keepends=True)
    entries = document.values.get("changes")
    newline = "\r\n" if b"\r\n" in content else "\n"
    if not entries and "changes" not in document.values:
        return ChangesFile(path, content, "".join(lines), f"changes:{newline}", "", ())
    at = document.lines[("changes",)] - 1
    _refuse_other_forms(document, at + 1)
    starts = [start - 1 for start in _starts(document)]
    after = (place for place in range((starts or [at])[-1] + 1, len(lines)) if _NEXT_KEY.match(lines[place]))
    end = next(after, len(lines))
    key_line = "".join(lines[at : starts[0]]) if starts else f"changes:{newline}"
    spans = zip(starts, [*starts[1:], end], strict=True)
    rows = []
    for number, ((start, stop), entry) in enumerate(zip(spans, entries or [], strict=True)):
        cells = _cells(entry)
        rows.append(Row(number, ("".join(lines[start:stop]), cells), cells))
    return ChangesFile(path, content, "".join(lines[:at]), key_line, "".join(lines[end:]), tuple(rows))


def _starts(document: Document) -> list[int]:
    """The line at which each entry of the changes begins."""
    entries = document.values.get("changes") or []
    return [document.lines["changes", at] for at in range(len(entries))]


def _refuse_other_forms(document: Document, line: int) -> None:
    """Changes that are no list of plain entries, each on lines of its own."""
    entries = document.values["changes"] or []
    known = set(Change.model_fields)
    plain = isinstance(entries, list) and all(
        isinstance(entry, dict) and set(entry) <= known and isinstance(entry.get("where", {}), dict)
        for entry in entries
    )
    if not plain or len({line, *_starts(document)}) <= len(entries):
        raise InputError([Problem(document.name, _OTHER_FORM, line)])


def _cells(entry: Mapping[str, Any]) -> tuple[str, ...]:
    where = ", ".join(f"{name}: {value}" for name, value in entry.get("where", {}).items())
    edit = next((name for name in EDITS if entry.get(name) is not None), "")
    value = "" if not edit else _shown(entry[edit])
    return tuple(
        _shown(each) for each in (entry.get("table"), where, entry.get("column"), edit, value, entry.get("note"))
    )


def _shown(value: object) -> str:
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def _without_number(text: Text, number: int) -> Text:
    """A sentence about the change of that number, which the row of the grid says already."""
    return Text(text.vi.removeprefix(f"thay đổi {number}: "), text.en.removeprefix(f"change {number}: "))


def _column(sentence: str) -> int | None:
    """The column that a sentence about an entry names, if any."""
    return next(_named(sentence), None)


def _named(sentence: str) -> Iterator[int]:
    signs = {"unknown table": "table", "where": "where", "no row of": "where", "has no column": "column"}
    signs |= {"note is": "note", "`set:`": "value", "would": "value"}
    yield from (list(FIELDS).index(name) for sign, name in signs.items() if sign in sentence)
