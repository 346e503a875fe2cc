"""What a book for editing looks like: its sheets, its two rows of headings, and the hidden sheet with its origin.

Row 1 holds the names of the columns as the tables have them, row 2 what people call them, and the rows from 3 on data.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planning.errors import InputError, Problem
from planning.inputs.resolve import load_scenario
from planning.inputs.scenario import Scenario
from planning.vocabulary import MONEY_UNIT, TABLES, UNITS, Column, Language, Table, Text

GUIDE = Text("Hướng dẫn", "Guide")
ORIGIN, LISTS = "_planning", "_lists"
FORMAT = "planning tables 1"
FIRST_ROW = 3  # of data, as a spreadsheet counts
ABSENT = "absent"
WORDS = ("code", "text", "choice", "flag")
_NO_TABLES = Text(
    "thư mục không có bảng nào; hãy ghi tên tệp phương án, hoặc thư mục mà `data:` trong tệp đó chỉ đến",
    "the folder holds no tables; name a scenario file, or the folder that its `data:` names",
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder and the scenarios that use it, the one that was named first."""

    folder: Path
    scenarios: Sequence[Scenario]

    @property
    def name(self) -> str:
        """What a book says it is of, for instance `hanoi-communes-2026/data`."""
        folder = self.folder.resolve()
        return f"{folder.parent.name}/{folder.name}"


def place_of(target: Path | str) -> Place:
    """The data folder that a scenario file or a folder stands for.

    Raises InputError where it is neither, where the scenario cannot be read, or where no scenario uses the folder.
    """
    target = Path(target)
    if not target.is_dir():
        scenario = load_scenario(target)
        folder = Path(scenario.data)
        return Place(folder, (scenario, *(other for other in _users(folder) if other.name != scenario.name)))
    if not any((target / table.file).is_file() for table in TABLES.values()):
        raise InputError([Problem(str(target), _NO_TABLES)])
    return Place(target, tuple(_users(target)))


def _users(folder: Path) -> list[Scenario]:
    """The scenarios beside a data folder that can be read and use it."""
    found = []
    for path in sorted(folder.parent.glob("*.yaml")):
        try:
            scenario = load_scenario(path)
        except InputError:
            continue
        if Path(scenario.data).resolve() == folder.resolve():
            found.append(scenario)
    return found


def hash_of(path: Path) -> str:
    """SHA-256 of a file, or that there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ABSENT


def label(column: Column, language: Language) -> str:
    """What stands in row 2: what people call the column, and its unit."""
    unit = MONEY_UNIT if column.kind == "money" else UNITS.get(column.unit)
    return f"{column.label[language]} ({unit[language]})" if unit else column.label[language]


def columns_of(table: Table, names: Sequence[str]) -> list[Column]:
    """The columns of a sheet: those of the file in their order, then those that it could also have."""
    rest = [column for column in table.columns if column.name not in names]
    return [*(table.column(name) for name in names), *rest]


def as_excel_reads(text: str) -> str:
    """A text as it comes back from a book: signs that cannot be printed are spelled out, line ends are one sign."""
    text = re.sub("\r\n?", "\n", text.replace("_x000D_\n", "\n"))
    return _CONTROL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
