"""A table of a data folder as rows that a grid edits: opened, checked cell by cell, and written back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from planning.errors import InputError, Problem
from planning.inputs.cells import read_column
from planning.inputs.changes import apply_changes
from planning.inputs.checks import check_tables, references
from planning.inputs.csvfile import read_sheet
from planning.inputs.resolve import load_scenario
from planning.inputs.tables import doubled, read_table, scan_tables, where
from planning.inputs.words import did_you_mean
from planning.vocabulary import TABLES, Column, Language, Table, Text
from planning.workbench.entry import decimal_sign, entered, fault
from planning.workbench.headings import heading
from planning.workbench.rawcsv import RawFile, read_raw
from planning.workbench.rows import Heading, Mark, Row

_NO_ROWS = Text("bảng chưa có dòng nào; hãy thêm ít nhất một dòng", "the table has no rows; add at least one")
_NO_FILE = Text(
    "không có tệp này; xin xem lệnh `planning templates`", "there is no such file; see `planning templates`"
)


@dataclass(frozen=True, eq=False)
class TableFile:
    """A table as it was opened: `content` are the bytes on the disk, None where there is no such file yet."""

    path: Path
    scenario: Path
    table: Table
    content: bytes | None
    raw: RawFile

    @property
    def title(self) -> Text:
        return self.table.title

    @property
    def where(self) -> str:
        return where(self.path.parent, self.table)

    @property
    def first_row(self) -> int:
        """The number that a spreadsheet shows beside the first row."""
        return 2

    @property
    def width(self) -> int:
        return len(self.raw.names)

    @property
    def key(self) -> tuple[int, ...]:
        return tuple(map(self.raw.names.index, self.table.key))

    def reopened(self) -> "TableFile":
        """The file as it stands on the disk now. Raises InputError."""
        return open_table(self.scenario, self.table.name)

    def after(self, content: bytes) -> "TableFile":
        """The same file once `content` was written."""
        return replace(self, content=content)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return tuple(self.table.column(name) for name in self.raw.names)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        width = len(self.raw.names)
        return tuple(Row(at, record, record.cells(width)) for at, record in enumerate(self.raw.records))

    @cached_property
    def known(self) -> tuple[frozenset[str], ...]:
        """The texts that the file holds in each column."""
        return tuple(frozenset(row.cells[at] for row in self.rows) for at in range(len(self.columns)))

    @cached_property
    def decimal(self) -> str:
        cells = [(column, tuple(texts)) for column, texts in zip(self.columns, self.known, strict=True)]
        return decimal_sign(cells, self.raw.separator == ";")

    def entered(self, at: int, text: str) -> str:
        """The text of a cell of column `at` after a planner typed it."""
        return entered(self.columns[at], text, self.decimal, self.known[at])

    def written(self, rows: Sequence[Row]) -> bytes:
        return self.raw.written((row.record, row.cells) for row in rows)

    def headings(self, language: Language) -> list[Heading]:
        """The columns as a planner sees them, with what may be chosen in each."""
        others, _ = scan_tables(self.path.parent)
        return [heading(column, others, self.table.key, language) for column in self.columns]

    def faults(self, rows: Sequence[Row]) -> list[Mark]:
        """What is wrong with the cells and keys of the table itself, each judged as the package reads files."""
        rows = [row for row in rows if any(row.cells)]
        if not rows:
            return [] if self.table.optional else [Mark(None, None, _NO_ROWS)]
        marks, values = [], {}
        for at, column in enumerate(self.columns):
            found, read = self._column(at, column, rows)
            marks += found
            values[column.name] = read
        faulty = {mark.row for mark in marks}
        frame = pd.DataFrame(values, index=range(self.first_row, self.first_row + len(rows)))
        sound = frame[[row.id not in faulty for row in rows]]
        key = self.raw.names.index(self.table.key[-1])
        marks += [Mark(rows[row - self.first_row].id, key, text) for row, text in doubled(self.table, sound)]
        unknown = references({**self._referred(), self.table.name: sound})
        return marks + [
            Mark(rows[row - self.first_row].id, self._named(text), text)
            for name, row, text in unknown
            if name == self.table.name and row is not None
        ]

    def _referred(self) -> dict[str, pd.DataFrame]:
        """The tables whose codes stand here, as far as they are sound on the disk now."""
        names = {column.refers_to for column in self.columns} - {"", self.table.name}
        paths = {name: self.path.with_name(TABLES[name].file) for name in names}
        read = {name: _read(path, path.stat().st_mtime_ns) for name, path in paths.items() if path.is_file()}
        return {name: table for name, table in read.items() if table is not None}

    def _column(self, at: int, column: Column, rows: Sequence[Row]) -> tuple[list[Mark], list[object]]:
        """The faults of one column, and its values with None in the place of a faulty one."""
        cells = [row.cells[at] for row in rows]
        if column.spare and not any(cells):
            return [], [None] * len(cells)
        typed = {cell: said for cell in set(cells) if (said := fault(column, cell, self.known[at]))}
        sound = list(dict.fromkeys(cell for cell in cells if cell not in typed))
        values, faults = read_column(column, sound, self.raw.separator == ";")
        read, said = dict(zip(sound, values, strict=True)), faults | typed
        marks = [Mark(row.id, at, said[cell]) for row, cell in zip(rows, cells, strict=True) if cell in said]
        return marks, [read.get(cell) for cell in cells]

    def disagreements(self, rows: Sequence[Row]) -> list[Mark]:
        """What does not fit the other tables and the scenario, as `planning check` would say it.

        What is wrong with another file is no reason not to save this one: files are edited one after the other.
        """
        frame, problems = read_table(self.written(rows), self.table, self.where)
        others, _ = scan_tables(self.path.parent, without=self.table.name)
        tables = others if frame is None or problems else {**others, self.table.name: frame}
        try:
            scenario = load_scenario(self.scenario)
        except InputError as refusal:
            return [_elsewhere(each) for each in refusal.problems]
        changed, refused = apply_changes(scenario, tables)
        found = refused + check_tables(changed, scenario, self.table.name)
        return [*self._own(problems, rows), *self._own(found, rows)]

    def _own(self, problems: Sequence[Problem], rows: Sequence[Row]) -> Iterator[Mark]:
        """Problems as marks: those of this file at their rows, those of others for information."""
        filled = [row.id for row in rows if any(row.cells)]
        for each in problems:
            if each.where != self.where:
                yield _elsewhere(each)
            elif each.row is None:
                yield Mark(None, None, each.text)
            else:
                yield Mark(filled[each.row - self.first_row], self._named(each.text), each.text)

    def _named(self, text: Text) -> int | None:
        """The column that a sentence about a row names, if any."""
        words = text.en.replace("'", " ").replace(",", " ").split()
        return next((at for at, name in enumerate(self.raw.names) if name in words), None)


def open_table(scenario: str | Path, name: str) -> TableFile:
    """The table `name` of the data folder of a scenario; an optional table that is absent begins empty.

    Raises InputError: there is no such table, the scenario cannot be read, or the file has no sound header.
    """
    if name not in TABLES:
        raise InputError([Problem("table", _unknown(name))])
    table, scenario = TABLES[name], Path(scenario)
    path = Path(load_scenario(scenario).data) / table.file
    if not path.is_file() and not (table.optional and path.parent.is_dir()):
        raise InputError([Problem(where(path.parent, table), _NO_FILE)])
    content = path.read_bytes() if path.is_file() else None
    head = "\ufeff" + ",".join(column.name for column in table.columns) + "\r\n"
    text = head.encode() if content is None else content
    sheet, problems = read_sheet(text, table, where(path.parent, table))
    if sheet is None and problems and not problems[0].text.en.startswith("the table has no rows"):
        raise InputError(problems)
    return TableFile(path, scenario, table, content, read_raw(text))


def _elsewhere(problem: Problem) -> Mark:
    """What is wrong with another file."""
    text = Text(f"{problem.where}, {problem.told('vi')}", f"{problem.where}, {problem.told('en')}")
    return Mark(None, None, text, blocking=False)


def _unknown(name: str) -> Text:
    return Text(
        f"không có bảng '{name}'; {did_you_mean(name, TABLES, 'vi')}",
        f"unknown table '{name}'; {did_you_mean(name, TABLES)}",
    )


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> pd.DataFrame | None:
    """The sound table at a path, read again once it has changed."""
    table = TABLES[path.stem]
    frame, problems = read_table(path.read_bytes(), table, table.file)
    return None if problems else frame
