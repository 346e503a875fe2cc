"""One CSV file as text cells under their column names, with the row number that a spreadsheet shows."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from planning.errors import Problem
from planning.inputs.csvblock import Cells, read_block
from planning.inputs.words import did_you_mean
from planning.vocabulary import Table, Text

TOP = 20  # lines among which the column names are looked for where the first has none
LARGE = 100_000  # characters from which on a file is read by whole columns, if it can be
SAVE_AS = Text(
    "lưu lại từ bảng tính bằng «Lưu thành → CSV UTF-8»", "save it in the spreadsheet as «CSV UTF-8 (comma delimited)»"
)
_UTF_16 = Text("tệp dùng bảng mã UTF-16; hãy ", "the file is UTF-16 text; ") + SAVE_AS
_WORKBOOK = (
    Text("đây là sổ Excel mang tên .csv; hãy mở ra và ", "this is an Excel workbook with a .csv name; open it and ")
    + SAVE_AS
)
_TABS = Text("các ô cách nhau bằng dấu tab; hãy ", "the cells are separated by tabs; ") + SAVE_AS
_NO_ROWS = Text(
    "bảng chưa có dòng nào dưới dòng tên cột; hãy điền vào", "the table has no rows below the header; fill it in"
)
_STARTS = {b"\xff\xfe": _UTF_16, b"\xfe\xff": _UTF_16, b"PK\x03\x04": _WORKBOOK, b"\xd0\xcf\x11\xe0": _WORKBOOK}


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
        return None, [Problem(where, _TABS)]
    semicolon = first.count(";") > first.count(",")
    if len(text) > LARGE and (sheet := _by_columns(text, table, semicolon)):
        return sheet, []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolon else ",", strict=True)
    try:
        records = [(row, record) for row, record in enumerate(reader, 1) if any(map(str.strip, record))]
    except csv.Error:
        return None, [Problem(where, _open_quote(reader.line_num))]
    if not records:
        return None, [Problem(where, _empty(table))]
    header = [name.strip() for name in records[0][1]]
    while not header[-1]:
        header.pop()
    if not set(header) & set(_names(table)):
        return None, [Problem(where, no_names(table, _headed(text, table)), records[0][0])]
    problems = _header(header, table, where, records[0][0])
    problems += _width(records[1:], len(header), where)
    if not problems and len(records) == 1:
        # The empty template of a table that may be absent says no more than its absence.
        problems = [] if table.optional else [Problem(where, _NO_ROWS)]
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


def _open_quote(line: int) -> Text:
    return Text(
        f"gần dòng {line} có ô mở bằng dấu nháy kép mà không đóng lại; hãy kiểm tra các dấu nháy kép",
        f"a cell that begins with a double quote near line {line} does not end; check the quotes",
    )


def _empty(table: Table) -> Text:
    names = ", ".join(_names(table))
    return Text(f"tệp trống; cần có các cột {names}", f"the file is empty; it needs the columns {names}")


def _text(content: bytes) -> tuple[str, Text | None]:
    """The text of a file in Unicode's composed form (NFC), and what is wrong with the file instead."""
    for start, fault in _STARTS.items():
        if content.startswith(start):
            return "", fault
    try:
        return unicodedata.normalize("NFC", content.decode("utf-8-sig")), None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        text = Text(
            f"dòng {line} không theo bảng mã UTF-8 nên chữ tiếng Việt sẽ bị mất; hãy ",
            f"line {line} is not UTF-8 text, so Vietnamese letters would be lost; ",
        )
        return "", text + SAVE_AS


def _header(header: list[str], table: Table, where: str, row: int) -> list[Problem]:
    """Unknown, doubled and missing columns."""
    names = _names(table)
    found = Counter(name for name in header if name)
    missing = [column.name for column in table.columns if column.name not in found and not column.spare]
    texts = [_nameless(at) for at, name in enumerate(header, 1) if not name]
    for name, times in found.items():
        if name not in names:
            texts.append(_unknown(name, missing or names))
        elif times > 1:
            texts.append(_doubled(name, times))
    texts += [_missing(name, table.column(name).meaning) for name in missing]
    return [Problem(where, text, row) for text in texts]


def _headed(text: str, table: Table) -> bool:
    """Whether a line below the first, among those at the top of a file, holds names of columns of the table."""
    names = set(_names(table))
    lines = text.splitlines()[1:TOP]
    return any(len(names & {cell.strip(' "') for cell in re.split(r"[,;\t]", line)}) > 1 for line in lines)


def no_names(table: Table, below: bool) -> Text:
    """What is said of a table whose first row holds no name of a column, where they stand `below` or nowhere."""
    names = ", ".join(column.name for column in table.columns if not column.spare)
    text = Text(
        f"dòng đầu tiên phải ghi tên các cột ({names}); ", f"the first row must hold the column names ({names}); "
    )
    if below:
        return text + Text("hãy xóa những gì ở phía trên dòng tên cột", "delete what stands above them")
    return text + Text("hãy thêm dòng tên cột vào đầu bảng", "put a row with them on top")


def _nameless(at: int) -> Text:
    return Text(f"cột {at} không có tên; hãy đặt tên hoặc xóa cột", f"column {at} has no name; name it or delete it")


def _unknown(name: str, known: list[str]) -> Text:
    return Text(
        f"bảng này không có cột '{name}'; {did_you_mean(name, known, 'vi')}",
        f"unknown column '{name}'; {did_you_mean(name, known)}",
    )


def _doubled(name: str, times: int) -> Text:
    return Text(
        f"cột '{name}' xuất hiện {times} lần; hãy giữ lại một cột",
        f"column '{name}' stands {times} times; keep one of them",
    )


def _missing(name: str, meaning: Text) -> Text:
    return Text(
        f"thiếu cột '{name}'; hãy thêm cột này ({meaning.vi})", f"column '{name}' is missing; add it ({meaning.en})"
    )


def _width(records: list[tuple[int, list[str]]], width: int, where: str) -> list[Problem]:
    """Rows with cells beyond the header, which a text with an unquoted separator makes."""
    return [
        Problem(where, _too_wide(len(record), width), row)
        for row, record in records
        if len(record) > width and any(map(str.strip, record[width:]))
    ]


def _too_wide(cells: int, width: int) -> Text:
    return Text(
        f"có {cells} ô dưới {width} cột; hãy đặt đoạn chữ có dấu phân cách vào giữa hai dấu nháy kép",
        f"{cells} cells under {width} columns; put a text that holds a separator between double quotes",
    )


def _sheet(header: list[str], records: list[tuple[int, list[str]]], semicolon: bool) -> Sheet:
    """The cells without surrounding spaces; short rows are filled up with empty cells."""
    rows, cells = zip(*records, strict=True)
    columns = zip_longest(header, *cells, fillvalue="")
    return Sheet({name: Cells.of(map(str.strip, column)) for name, *column in columns if name}, rows, semicolon)
