"""One CSV file as text cells under their column names, with the row number that a spreadsheet shows."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from planning.errors import Problem
from planning.inputs.csvblock import Cells, read_block
from planning.inputs.words import did_you_mean
from planning.vocabulary import Table

LARGE = 100_000  # characters from which on a file is read by whole columns, if it can be
SAVE_AS = "save it in the spreadsheet as «CSV UTF-8 (comma delimited)»"
_STARTS = {
    b"\xff\xfe": f"the file is UTF-16 text; {SAVE_AS}",
    b"\xfe\xff": f"the file is UTF-16 text; {SAVE_AS}",
    b"PK\x03\x04": f"this is an Excel workbook with a .csv name; open it and {SAVE_AS}",
    b"\xd0\xcf\x11\xe0": f"this is an Excel workbook with a .csv name; open it and {SAVE_AS}",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one file as text by column; `rows` are their row numbers; `semicolon`: separated by `;`."""

    cells: dict[str, Cells]
    rows: Sequence[int]
    semicolon: bool


def read_sheet(content: bytes, table: Table, where: str) -> tuple[Sheet | None, list[Problem]]:
    """The cells of `table` in the bytes of its file; None when they cannot be read, lack a column,
    or are those of an optional table that holds its header only."""
    text, fault = _text(content)
    if fault:
        return None, [Problem(where, fault)]
    first = next((line for line in io.StringIO(text) if line.strip(",; \t\r\n")), "")
    if "\t" in first:
        return None, [Problem(where, f"the cells are separated by tabs; {SAVE_AS}")]
    semicolon = first.count(";") > first.count(",")
    if len(text) > LARGE and (sheet := _by_columns(text, table, semicolon)):
        return sheet, []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolon else ",", strict=True)
    try:
        records = [(row, record) for row, record in enumerate(reader, 1) if any(map(str.strip, record))]
    except csv.Error:
        text = f"a cell that begins with a double quote near line {reader.line_num} does not end; check the quotes"
        return None, [Problem(where, text)]
    if not records:
        return None, [Problem(where, f"the file is empty; it needs the columns {', '.join(_names(table))}")]
    header = [name.strip() for name in records[0][1]]
    while not header[-1]:
        header.pop()
    problems = _header(header, table, where, records[0][0])
    problems += _width(records[1:], len(header), where)
    if not problems and len(records) == 1:
        # The empty template of a table that may be absent says no more than its absence.
        problems = [] if table.optional else [Problem(where, "the table has no rows below the header; fill it in")]
        return None, problems
    return (None, problems) if problems else (_sheet(header, records[1:], semicolon), [])


def _by_columns(text: str, table: Table, semicolon: bool) -> Sheet | None:
    """The cells of a large file with nothing unusual about it; None for any other."""
    separator = ";" if semicolon else ","
    first, *_ = text.partition("\n")
    header = [name.strip() for name in first.split(separator)]
    if _header(header, table, "", 1) or (block := read_block(text, separator, len(header))) is None:
        return None
    cells = [Cells([text.strip() for text in column.distinct], column.which) for column in block]
    filled = np.logical_or.reduce([np.array([*map(bool, column.distinct)])[column.which] for column in cells])
    if not filled.any():
        return None
    rows = range(2, filled.size + 2) if filled.all() else (np.flatnonzero(filled) + 2).tolist()
    cells = [Cells(column.distinct, column.which[filled]) for column in cells]
    return Sheet(dict(zip(header, cells, strict=True)), rows, semicolon)


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _text(content: bytes) -> tuple[str, str]:
    """The text of a file in Unicode's composed form (NFC), and what is wrong with the file instead."""
    for start, fault in _STARTS.items():
        if content.startswith(start):
            return "", fault
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8-sig")), ""
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return "", f"line {line} is not UTF-8 text, so Vietnamese letters would be lost; {SAVE_AS}"


def _header(header: list[str], table: Table, where: str, row: int) -> list[Problem]:
    """Unknown, doubled and missing columns."""
    names = _names(table)
    found = Counter(name for name in header if name)
    missing = [column.name for column in table.columns if column.name not in found and not column.spare]
    problems = [
        Problem(where, f"column {at} has no name; name it or delete it", row)
        for at, name in enumerate(header, 1)
        if not name
    ]
    for name, times in found.items():
        if name not in names:
            problems.append(Problem(where, f"unknown column '{name}'; {did_you_mean(name, missing or names)}", row))
        elif times > 1:
            problems.append(Problem(where, f"column '{name}' stands {times} times; keep one of them", row))
    problems += [
        Problem(where, f"column '{name}' is missing; add it ({table.column(name).meaning.en})", row) for name in missing
    ]
    return problems


def _width(records: list[tuple[int, list[str]]], width: int, where: str) -> list[Problem]:
    """Rows with cells beyond the header, which a text with an unquoted separator makes."""
    return [
        Problem(
            where,
            f"{len(record)} cells under {width} columns; put a text that holds a separator between double quotes",
            row,
        )
        for row, record in records
        if len(record) > width and any(map(str.strip, record[width:]))
    ]


def _sheet(header: list[str], records: list[tuple[int, list[str]]], semicolon: bool) -> Sheet:
    """The cells without surrounding spaces; short rows are filled up with empty cells."""
    rows, cells = zip(*records, strict=True)
    columns = zip_longest(header, *cells, fillvalue="")
    return Sheet({name: Cells.of(map(str.strip, column)) for name, *column in columns if name}, rows, semicolon)
