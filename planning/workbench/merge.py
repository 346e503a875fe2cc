"""A table that two people changed: what differs, and the edits of one on top of the other's."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from planning.workbench.rows import Row

Key = tuple[str, ...]
Cells = tuple[str, ...] | None


class Difference(NamedTuple):
    """A cell in the file as opened, as it stands on the disk, and as edited here; None where there is no such row."""

    key: Key
    column: int
    opened: str | None
    disk: str | None
    mine: str | None


def by_key(rows: Sequence[Row], key: Sequence[int]) -> dict[Key, Row]:
    """The rows by the cells that tell them apart."""
    return {tuple(row.cells[at] for at in key): row for row in rows if any(row.cells)}


def differences(
    base: Sequence[Row], disk: Sequence[Row], mine: Sequence[Row], key: Sequence[int]
) -> Iterator[Difference]:
    """Every cell that is not the same on all three sides."""
    sides = [{at: row.cells for at, row in by_key(rows, key).items()} for rows in (base, disk, mine)]
    for at in dict.fromkeys([*sides[1], *sides[2], *sides[0]]):
        cells = [side.get(at) for side in sides]
        width = max(len(each) for each in cells if each is not None)
        for column in range(width):
            texts = [None if each is None else each[column] for each in cells]
            if len(set(texts)) > 1 and (None not in texts or column == key[-1]):
                yield Difference(at, column, *texts)


def carried(
    base: Sequence[Row], disk: Sequence[Row], mine: Sequence[Row], key: Sequence[int]
) -> tuple[tuple[Row, ...], int]:
    """The rows on the disk with the edits of `mine` where the disk is as it was opened, and how many cells are not.

    New rows of `mine` go to the end with their numbers, which those of `disk` must not share.
    """
    opened = by_key(base, key)
    before = {row.id: row.cells for row in base}
    edited = {tuple(before[row.id][at] for at in key): row.cells for row in mine if row.id in before}
    rows, refused = [], 0
    for at, row in by_key(disk, key).items():
        cells, lost = _carried_row(opened.get(at), row, edited.get(at))
        refused += lost
        if cells is not None:
            rows.append(row._replace(cells=cells))
    there = by_key(rows, key)
    new = [row for row in mine if row.id not in before and any(row.cells)]
    fresh = [row for row in new if tuple(row.cells[at] for at in key) not in there]
    return (*rows, *fresh), refused + len(new) - len(fresh)


def _carried_row(opened: Row | None, disk: Row, mine: Cells) -> tuple[Cells, int]:
    """One row: a cell takes the edit where the disk holds what was opened; the number of those that do not."""
    if opened is None:
        return disk.cells, 0
    if mine is None:
        return (None, 0) if disk.cells == opened.cells else (disk.cells, 1)
    cells, lost = [], 0
    for was, now, own in zip(opened.cells, disk.cells, mine, strict=True):
        cells.append(own if now == was else now)
        lost += own not in (was, now) and now != was
    return tuple(cells), lost
