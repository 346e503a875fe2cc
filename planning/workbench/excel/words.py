"""The changes of a book as sentences, before anything is written."""

from collections.abc import Iterator

from planning.inputs.words import number
from planning.vocabulary import Language, Text
from planning.workbench.excel.bringing import Import
from planning.workbench.excel.changes import CellChange, Key, TableChange

SHOWN = 12  # of each kind of change in a table; the rest is counted
_NOTHING = Text("Sổ không thay đổi bảng nào.", "The book changes no table.")
_SUMMARY = Text(
    "{file} ({title}): {added} dòng thêm, {removed} dòng bỏ, {cells} ô đổi",
    "{file} ({title}): {added} rows added, {removed} removed, {cells} cells changed",
)
_MOVED = Text("các dòng đứng theo thứ tự khác", "the rows stand in another order")
_ADDED, _REMOVED = Text("thêm dòng {row}: {key}", "added, row {row}: {key}"), Text("bỏ: {key}", "removed: {key}")
_CELL = Text("dòng {row}, {key}: {column} {old} → {new}", "row {row}, {key}: {column} {old} → {new}")
_MORE = Text("và {count} nữa", "and {count} more")
_EMPTY = Text("(trống)", "(empty)")
_UNSOURCED = Text(
    "lưu ý: {count} dòng đổi số nhưng vẫn ghi nguồn cũ; nếu số mới không từ nguồn đó, ghi status là assumed",
    "note: {count} rows change a figure and still name the old source; if it is not from there, set status to assumed",
)
_FORMULAS = Text(
    "Lưu ý: {count} công thức được ghi thành giá trị mà Excel đã lưu.",
    "Note: {count} formulas are written as the values that Excel stored.",
)


def told(found: Import, language: Language, shown: int = SHOWN) -> list[str]:
    """Everything that a book changes, a line each; of very many alike the first `shown` and the number of the rest."""
    lines = [line for change in found.changes for line in _table(change, language, shown)]
    lines += [_FORMULAS[language].format(count=number(found.formulas, language))] if found.formulas and lines else []
    return lines or [_NOTHING[language]]


def _table(change: TableChange, language: Language, shown: int) -> Iterator[str]:
    counts = {"added": len(change.added), "removed": len(change.removed), "cells": len(change.cells)}
    yield _SUMMARY[language].format(file=change.table.file, title=change.table.title[language], **counts)
    added = [_ADDED[language].format(row=row, key=_key(key)) for row, key in change.added]
    removed = [_REMOVED[language].format(key=_key(key)) for key in change.removed]
    cells = [_cell(cell, language) for cell in change.cells]
    for lines in (added, removed, cells):
        yield from (f"  {line}" for line in lines[:shown])
        if len(lines) > shown:
            yield f"  {_MORE[language].format(count=number(len(lines) - shown, language))}"
    if change.moved:
        yield f"  {_MOVED[language]}"
    if change.unsourced:
        yield f"  {_UNSOURCED[language].format(count=number(change.unsourced, language))}"


def _cell(cell: CellChange, language: Language) -> str:
    old, new = cell.old or _EMPTY[language], cell.new or _EMPTY[language]
    return _CELL[language].format(
        row=cell.row, key=_key(cell.key), column=cell.column, old=_short(old), new=_short(new)
    )


def _key(key: Key) -> str:
    return ", ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in key)


def _short(text: str) -> str:
    """A long text without its middle."""
    return text if len(text) <= 60 else f"{text[:40]}…{text[-15:]}"
