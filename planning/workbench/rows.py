"""The rows that a grid edits: values that no edit changes, so that undo is going back to the rows before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from planning.vocabulary import Text


class Row(NamedTuple):
    """A row of a grid: a number of its own, what it was read from (None for a new row), and its cells as text."""

    id: int
    record: Any
    cells: tuple[str, ...]


class Mark(NamedTuple):
    """A sentence about a row and column (None: all of them); one that is `blocking` must be mended before saving."""

    row: int | None
    column: int | None
    text: Text
    blocking: bool = True


class Heading(NamedTuple):
    """A column as a planner sees it: its label, unit, meaning, and what may be chosen: pairs of code and name."""

    name: str
    label: str
    unit: str
    meaning: str
    options: list[tuple[str, str]]
    key: bool
    number: bool


def with_cells(rows: Sequence[Row], changes: Mapping[int, Mapping[int, str]]) -> tuple[Row, ...]:
    """The rows with new texts, by row and column number."""
    return tuple(_with(row, changes[row.id]) if row.id in changes else row for row in rows)


def _with(row: Row, texts: Mapping[int, str]) -> Row:
    return row._replace(cells=tuple(texts.get(at, cell) for at, cell in enumerate(row.cells)))


def with_new(rows: Sequence[Row], at: int, ids: Iterable[int], width: int) -> tuple[Row, ...]:
    """The rows with empty ones before the place `at`."""
    new = [Row(each, None, ("",) * width) for each in ids]
    return (*rows[:at], *new, *rows[at:])


def without(rows: Sequence[Row], ids: Iterable[int]) -> tuple[Row, ...]:
    """The rows without some of them."""
    gone = set(ids)
    return tuple(row for row in rows if row.id not in gone)


def changed_cells(before: Sequence[Row], now: Sequence[Row]) -> int:
    """How many cells differ, those of added and deleted rows among them."""
    old, new = {row.id: row.cells for row in before}, {row.id: row.cells for row in now}
    count = 0
    for row in old.keys() | new.keys():
        first, second = old.get(row, ()), new.get(row, ())
        width = max(len(first), len(second))
        pairs = zip(first or ("",) * width, second or ("",) * width, strict=True)
        count += sum(one != other for one, other in pairs)
    return count
