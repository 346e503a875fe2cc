"""A book of a copy of the toy's tables that a test may edit."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from planning.workbench.excel.export import export_book

Edit = Callable[[openpyxl.Workbook], None]


@pytest.fixture
def edited(folder, tmp_path):
    """`edited(change)`: the path of a book of the toy's tables after `change` was done to it."""

    def make(change: Edit) -> Path:
        path = tmp_path / "tables.xlsx"
        path.unlink(missing_ok=True)
        export_book(folder / "data", path)
        book = openpyxl.load_workbook(path)
        change(book)
        book.save(path)
        return path

    return make


@pytest.fixture
def files(folder):
    """`files()`: the bytes of every table of the toy as they stand now."""
    return lambda: {path.name: path.read_bytes() for path in sorted((folder / "data").iterdir())}
