"""What an edited book changes in a table, row by row, and the table's file with those changes and no others."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from planning.inputs.cells import read_column
from planning.inputs.csvfile import Sheet, read_sheet
from planning.inputs.numerals import signs
from planning.vocabulary import Column, Table
from planning.workbench.excel.book import WORDS, as_excel_reads
from planning.workbench.rawcsv import RawFile, Record, read_raw

Key = tuple[Any, ...]
_THREE_DECIMALS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


class CellChange(NamedTuple):
    """One cell that differs; `row` is the one that the book shows."""

    key: Key
    row: int
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TableChange:
    """What a book changes in one table. `moved`: the rows that stay stand in another order.

    `unsourced` counts rows whose figures change while source, status and note stay, though they are not assumed.
    """

    table: Table
    added: Sequence[tuple[int, Key]]
    removed: Sequence[Key]
    cells: Sequence[CellChange]
    moved: bool
    unsourced: int
    content: bytes

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.cells or self.moved)


class _Side(NamedTuple):
    """One side of a comparison: texts and values by column, and the key of each row."""

    texts: Mapping[str, Sequence[str]]
    values: Mapping[str, Sequence[Any]]
    keys: Sequence[Key]


def changed_table(table: Table, content: bytes | None, sheet: Sheet) -> TableChange:
    """What `sheet`, as a book holds it, changes in the bytes of the table's file (None: there is no such file).

    Both must have been found sound, so that keys are not doubled.
    """
    raw = read_raw(_header(table, sheet) if content is None else content)
    old_sheet = None if content is None else read_sheet(content, table, "")[0]
    semicolon = raw.separator == ";"
    old = _side(table, old_sheet or Sheet({}, (), semicolon))
    new = _side(table, sheet)
    raw = _with_columns(raw, [name for name, cells in sheet.cells.items() if any(cells)])
    at = {key: place for place, key in enumerate(old.keys)}
    rows, cells, unsourced = [], [], 0
    for place, key in enumerate(new.keys):
        before = at.get(key)
        texts, found = _row(table, raw, old, new, before, place, sheet.rows[place])
        rows.append((None if before is None else raw.records[before], texts))
        cells += found
        unsourced += _unsourced(found, new, place)
    added = [(sheet.rows[place], key) for place, key in enumerate(new.keys) if key not in at]
    there = set(new.keys)
    kept = [at[key] for key in new.keys if key in at]
    removed = [key for key in old.keys if key not in there]
    return TableChange(table, added, removed, cells, kept != sorted(kept), unsourced, raw.written(rows))


def _header(table: Table, sheet: Sheet) -> bytes:
    """The header of a file that is not there yet, with a mark for Excel where letters are not plain."""
    names = [column.name for column in table.columns if not column.spare or any(sheet.cells.get(column.name, ()))]
    plain = all(cell.isascii() for column in sheet.cells.values() for cell in column)
    return (",".join(names) + "\n").encode("utf-8" if plain else "utf-8-sig")


def _side(table: Table, sheet: Sheet) -> _Side:
    """Values of numbers as numbers and of words as Excel reads them, so that both sides can be compared."""
    texts, values = {}, {}
    for column in table.columns:
        cells = tuple(sheet.cells.get(column.name, ("",) * len(sheet.rows)))
        texts[column.name] = cells
        if column.kind in WORDS:
            values[column.name] = tuple(map(as_excel_reads, cells))
        else:
            read, faults = read_column(column, cells, sheet.semicolon)
            pairs = zip(cells, read, strict=True)
            values[column.name] = tuple(cell if cell in faults or not cell else _same(value) for cell, value in pairs)
    keys = list(zip(*(values[name] for name in table.key), strict=True))
    return _Side(texts, values, keys)


def _same(value: Any) -> Any:
    """A number to the fifteen digits that Excel keeps."""
    return value if isinstance(value, str) else float(f"{value:.15g}")


def _row(
    table: Table, raw: RawFile, old: _Side, new: _Side, before: int | None, place: int, number: int
) -> tuple[list[str], list[CellChange]]:
    """The cells of a row as its file is to hold them, and what differs from the row it was."""
    texts, found = [], []
    for name in raw.names:
        column, text = table.column(name), new.texts[name][place]
        was = "" if before is None else old.texts[name][before]
        if before is not None and old.values[name][before] == new.values[name][place]:
            texts.append(raw.records[before].cells(len(raw.names))[raw.names.index(name)])
            continue
        texts.append(_as_file(column, text.replace("_x000D_", ""), raw, old.texts[name]))
        if before is not None:
            found.append(CellChange(new.keys[place], number, name, was, text))
    return texts, found


def _as_file(column: Column, text: str, raw: RawFile, others: Sequence[str]) -> str:
    """A new cell as its file writes figures; three decimals become four where they could be read as thousands."""
    if column.kind in WORDS or column.kind == "year":
        return text
    if raw.separator == ";" and "e" not in text:
        text = text.replace(".", ",")
    mark = "," if "," in text else "."
    clear = signs([*others, text], raw.separator == ";").get(mark) == "."
    return text if clear or not _THREE_DECIMALS.fullmatch(text) else text + "0"


def _unsourced(found: Sequence[CellChange], new: _Side, place: int) -> bool:
    """Whether a figure changes in a row that says as before that it has a source."""
    changed = {cell.column for cell in found}
    told = {"source", "status", "note"}
    return bool(changed - told) and not changed & told and new.texts["status"][place] != "assumed"


def _with_columns(raw: RawFile, filled: Sequence[str]) -> RawFile:
    """The file with columns at its end that it did not have and that the book fills."""
    more = [name for name in filled if name not in raw.names]
    if not more:
        return raw
    width = len(raw.names)
    line = raw.head.rstrip("\r\n")
    end = raw.head[len(line) :]
    head = raw.separator.join([line.rstrip(f"{raw.separator} \t"), *more]) + end
    records = [_widened(record, width, len(more)) for record in raw.records]
    return RawFile(head, (*raw.names, *more), raw.separator, raw.newline, tuple(records))


def _widened(record: Record, width: int, more: int) -> Record:
    """A row with so many empty cells more."""
    fields = (*record.fields[:width], *[""] * (width - len(record.fields)))
    return Record((*fields, *[""] * more), record.end)
