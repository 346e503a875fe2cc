"""The tables of a data folder as one Excel book: codes stay text, figures are numbers, every column says what it is."""

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planning.disk import write_files
from planning.errors import InputError, Problem
from planning.inputs.cells import read_column
from planning.inputs.csvfile import read_sheet
from planning.inputs.tables import where
from planning.inputs.words import number
from planning.reports.workbook import as_xlsx
from planning.vocabulary import TABLES, Column, Language, Table, Text
from planning.workbench.excel.book import (
    ABSENT,
    FIRST_ROW,
    FORMAT,
    LISTS,
    ORIGIN,
    WORDS,
    Place,
    columns_of,
    hash_of,
    label,
    place_of,
)  # fmt: skip
from planning.workbench.excel.guide import column_words, write_guide
from planning.workbench.excel.validation import codes_of, validate
from planning.workbench.rawcsv import read_raw

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEAD, SOFT = "#DCE6F1", "#F3F3F3"
LONGEST = 32_767  # characters, of a cell
_THERE = Text(
    "đã có sổ mang tên này và sổ đó được giữ nguyên; hãy chọn tên khác, hoặc xóa sổ đó trước",
    "there is a book of that name, left as it is; choose another name, or delete it first",
)
_UNUSABLE = re.compile("[\ufffe\uffff]")
_DAY = dt.datetime(2026, 1, 1)  # every book bears it, so that the same tables give the same bytes


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is written into a book: its columns, and their values from row 3 on (None: an empty cell)."""

    table: Table
    columns: Sequence[Column]
    values: Sequence[Sequence[str | float | None]]

    @property
    def rows(self) -> int:
        return len(self.values[0])


def export_book(target: Path | str, path: Path | str, language: Language = "vi") -> Path:
    """Write the tables of a scenario, or of a data folder, into the book at `path`; returns it.

    Raises InputError where a table cannot be read or holds what Excel cannot, and where the book is there already, so
    that nobody's edits are lost; OutputError where the disk refuses.
    """
    place, path = place_of(target), as_xlsx(path)
    if path.exists():
        raise InputError([Problem(str(path), _THERE)])
    write_files(path.parent, {path.name: book_of(place, language)})
    return path


def book_of(place: Place, language: Language) -> bytes:
    """The bytes of the book. Raises InputError."""
    import xlsxwriter

    grids = _grids(place.folder)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": place.name, "author": "planning", "created": _DAY})
    write_guide(book, [(grid.table, grid.rows) for grid in grids], place.name, language)
    known = codes_of({grid.table.name: (grid.columns, grid.values) for grid in grids})
    text = book.add_format({"num_format": "@", "valign": "top"})
    for grid in grids:
        _sheet(book, grid, known, text, language)
    _hidden(book, LISTS, [[name, *codes] for name, codes in known.items()])
    sums = [[name, hash_of(place.folder / TABLES[name].file)] for name in TABLES]
    _hidden(book, ORIGIN, [["format", FORMAT], ["folder", place.name], *sums])
    book.close()
    return content.getvalue()


def _grids(folder: Path) -> list[Grid]:
    """Every table of the vocabulary; one that is absent has no rows."""
    grids, problems = [], []
    for table in TABLES.values():
        path = folder / table.file
        if hash_of(path) == ABSENT:
            grids.append(Grid(table, table.columns, [[] for _ in table.columns]))
            continue
        content = path.read_bytes()
        sheet, found = read_sheet(content, table, where(folder, table))
        problems += found
        if not found:
            cells = sheet.cells if sheet else dict.fromkeys(read_raw(content).names, ())
            rows = len(sheet.rows) if sheet else 0
            columns = columns_of(table, list(cells))
            values = [
                _values(column, cells.get(column.name, ("",) * rows), bool(sheet and sheet.semicolon))
                for column in columns
            ]
            grids.append(Grid(table, columns, values))
            problems += _too_much(grids[-1], sheet.rows if sheet else (), where(folder, table))
    if problems:
        raise InputError(problems)
    return grids


def _values(column: Column, cells: Sequence[str], semicolon: bool) -> list[str | float | None]:
    """Figures as numbers; whatever is not one stays the text that it is, to be mended in the book."""
    if column.kind in WORDS:
        return [cell or None for cell in cells]
    read, faults = read_column(column, cells, semicolon)
    values: list[str | float | None] = []
    for cell, value in zip(cells, read, strict=True):
        if not cell:
            values.append(None)
        elif cell in faults:
            values.append(cell)
        else:
            values.append(int(value) if isinstance(value, str) and value.isdigit() else value)
    return values


def _too_much(grid: Grid, rows: Sequence[int], file: str) -> list[Problem]:
    """Texts that no cell of Excel can hold."""
    return [
        Problem(file, _too_long(column.name, len(value)), row)
        for column, values in zip(grid.columns, grid.values, strict=True)
        for row, value in zip(rows, values, strict=True)
        if isinstance(value, str) and (len(value) > LONGEST or _UNUSABLE.search(value))
    ]


def _too_long(name: str, signs: int) -> Text:
    return Text(
        f"{name} có {number(signs, 'vi')} ký tự, hoặc có ký tự mà Excel không chứa được; nhiều nhất là "
        f"{number(LONGEST, 'vi')}",
        f"{name} has {signs:,} signs or one that Excel cannot hold; at most {LONGEST:,}",
    )


def _sheet(
    book: "Workbook", grid: Grid, known: Mapping[str, Sequence[str]], text: "Format", language: Language
) -> None:
    """One table as a worksheet with two frozen rows of headings, a filter and checks on what is typed."""
    place = book.add_worksheet(grid.table.name)
    style = {"bold": True, "border": 1, "valign": "top"}
    names = book.add_format(style | {"bg_color": SOFT, "font_color": "#777777", "num_format": "@"})
    heads = book.add_format(style | {"bg_color": HEAD, "text_wrap": True})
    for at, (column, values) in enumerate(zip(grid.columns, grid.values, strict=True)):
        words = column.kind in WORDS
        place.set_column(at, at, _width(column, values), text if words else None)
        place.write_string(0, at, column.name, names)
        place.write_string(1, at, label(column, language), heads)
        place.write_comment(1, at, column_words(column, language), {"x_scale": 2.2, "y_scale": 1.1})
        validate(place, at, grid.rows, column, known, language)
        _cells(place, at, values, text if words else None)
    place.set_row(1, 45)
    place.freeze_panes(FIRST_ROW - 1, min(len(grid.table.key), 2))
    place.autofilter(1, 0, max(grid.rows + 1, 2), len(grid.columns) - 1)
    place.set_landscape()
    place.set_paper(9)
    place.fit_to_pages(1, 0)
    place.repeat_rows(0, 1)
    place.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _cells(place: "Worksheet", at: int, values: Sequence[str | float | None], text: "Format | None") -> None:
    for row, value in enumerate(values, FIRST_ROW - 1):
        if isinstance(value, str):
            place.write_string(row, at, value, text)
        elif value is not None:
            place.write_number(row, at, value)


def _width(column: Column, values: Sequence[str | float | None]) -> float:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(max(len(column.name) + 3, longest + 2, 11), 45)


def _hidden(book: "Workbook", name: str, columns: Sequence[Sequence[str]]) -> None:
    """A sheet that Excel does not offer to show; each list is a column of it."""
    place = book.add_worksheet(name)
    place.very_hidden()
    for at, values in enumerate(columns):
        for row, value in enumerate(values):
            place.write_string(row, at, value)
