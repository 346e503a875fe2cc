"""What every test may use: the toy case, and a copy of its files to edit."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

TOY = Path(__file__).parent / "toy"


@pytest.fixture(scope="session")
def toy_folder() -> Path:
    """The folder of the toy scenario as it stands in the repository; not to be written to."""
    return TOY


@pytest.fixture(scope="session")
def toy(toy_folder: Path):
    """The case of tests/toy/base.yaml."""
    from planning.inputs import load_case

    return load_case(toy_folder / "base.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy scenario that a test may edit."""
    return Path(shutil.copytree(TOY, tmp_path / "toy"))


@pytest.fixture
def edit(folder: Path) -> Callable[..., Path]:
    """`edit("needs", 4, "need", "x")` writes one cell of the copy, by the row that a spreadsheet shows."""

    def write(table: str, row: int, column: str, value: object) -> Path:
        path = folder / "data" / f"{table}.csv"
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        rows[row - 1][rows[0].index(column)] = str(value)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return write
