"""Edits of a copy of the toy scenario, each a function of the folder; rows are counted as a spreadsheet shows them."""

import csv
from collections.abc import Callable
from pathlib import Path

Edit = Callable[[Path], None]


def cell(table: str, row: int, column: str, value: object) -> Edit:
    """Write one cell."""

    def edit(folder: Path) -> None:
        rows = _read(folder, table)
        rows[row - 1][rows[0].index(column)] = str(value)
        _write(folder, table, rows)

    return edit


def without_row(table: str, *rows: int) -> Edit:
    """Delete rows."""

    def edit(folder: Path) -> None:
        _write(folder, table, [cells for row, cells in enumerate(_read(folder, table), 1) if row not in rows])

    return edit


def with_row(table: str, like: int, **values: object) -> Edit:
    """Add a copy of a row at the end, with other values."""

    def edit(folder: Path) -> None:
        rows = _read(folder, table)
        new = dict(zip(rows[0], rows[like - 1], strict=True)) | {
            name.rstrip("_"): str(value) for name, value in values.items()
        }
        _write(folder, table, [*rows, [new[name] for name in rows[0]]])

    return edit


def text(file: str, old: str, new: str) -> Edit:
    """Replace a piece of text in a file."""

    def edit(folder: Path) -> None:
        path = folder / file
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{file} does not hold {old!r}"
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return edit


def encoded(file: str, encoding: str) -> Edit:
    """Save a file in another encoding."""

    def edit(folder: Path) -> None:
        path = folder / file
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))

    return edit


def content(file: str, value: str | bytes) -> Edit:
    """Replace a whole file."""

    def edit(folder: Path) -> None:
        (folder / file).write_bytes(value.encode() if isinstance(value, str) else value)

    return edit


def without(*files: str) -> Edit:
    """Delete files."""

    def edit(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return edit


def child(body: str) -> Edit:
    """Write child.yaml, which extends base.yaml and says the body (from line 4 on)."""
    return content("child.yaml", f"title: {{vi: Con, en: Child}}\nnote: A test.\nextends: base.yaml\n{body}\n")


def semicolons(table: str) -> Edit:
    """Save a table as Excel does in Vietnam, except for its numbers."""

    def edit(folder: Path) -> None:
        _write(folder, table, _read(folder, table), ";")

    return edit


def _read(folder: Path, table: str) -> list[list[str]]:
    return list(csv.reader((folder / "data" / f"{table}.csv").read_text(encoding="utf-8").splitlines()))


def _write(folder: Path, table: str, rows: list[list[str]], delimiter: str = ",") -> None:
    with (folder / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
