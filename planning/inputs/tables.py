"""The tables of a data folder, read and checked column by column as the vocabulary says."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

import pandas as pd

from planning.errors import InputError, Problem
from planning.inputs.cells import read_distinct
from planning.inputs.csvfile import Sheet, read_sheet
from planning.inputs.letters import without_letters
from planning.inputs.personal import marks_of_a_person
from planning.inputs.words import did_you_mean
from planning.vocabulary import TABLES, Column, Table, Text

Tables = dict[str, pd.DataFrame]
SMALL = 1_000_000  # bytes of a table that is kept once it was read
CLOSE = 0.75  # from how alike on a file name is taken for that of a table
COMPANIONS = {
    "projects": ("capacities", "project_effects"),
    "project_effects": ("projects", "capacities"),
    "resources": ("resource_use",),
    "resource_use": ("resources",),
}


def read_tables(folder: str | Path) -> Tables:
    """Every table of the folder, indexed by the row number that a spreadsheet shows.

    Codes, texts, choices and flags are text ('' where an optional cell is empty), numbers, shares and money float64,
    whole numbers and years int64; a year that may be `all` is text. A spare column without any entry is left out.

    Raises InputError with every problem of every file.
    """
    tables, problems = scan_tables(Path(folder))
    if problems:
        raise InputError(problems)
    return tables


def scan_tables(folder: Path, without: str = "") -> tuple[Tables, list[Problem]]:
    """The tables that have no problem, and the problems of all others; the table `without` is not looked at."""
    missing = _missing(folder)
    if missing:
        return {}, missing + list(_misnamed(folder))
    tables: Tables = {}
    problems: list[Problem] = []
    faulty: set[str] = set()
    for name, table in TABLES.items():
        path = folder / table.file
        if path.is_file() and name != without:
            frame, found = _read(path.read_bytes(), name, where(folder, table))
            problems += found
            if frame is not None and not found:
                tables[name] = frame
            faulty |= {name} if found else set()
    return tables, problems + list(_misnamed(folder)) + list(alone(folder, tables, faulty))


def alone(folder: Path, tables: Tables, faulty: set[str]) -> Iterator[Problem]:
    """Optional tables that say nothing without another one, which is absent or empty."""
    for name in tables:
        left = [f"{other}.csv" for other in COMPANIONS.get(name, ()) if other not in tables.keys() | faulty]
        if left:
            text = Text(
                f"bảng này không có tác dụng nếu thiếu {' và '.join(left)}; hãy điền cả "
                f"{'các bảng' if left[1:] else 'bảng'} đó, hoặc xóa các dòng ở đây",
                f"the table says nothing without {' and '.join(left)}; fill {'them' if left[1:] else 'it'} in as well, "
                "or delete the rows here",
            )
            yield Problem(where(folder, TABLES[name]), text)


def where(folder: Path, table: Table) -> str:
    """The file of a table as the planner knows it, for instance data/needs.csv."""
    return f"{folder.name}/{table.file}"


def dtype(column: Column) -> str:
    """The dtype that holds the values of a column."""
    if column.kind == "year":
        return "str" if column.wildcard else "int64"
    return {"whole": "int64", "number": "float64", "share": "float64", "money": "float64"}.get(column.kind, "str")


def _missing(folder: Path) -> list[Problem]:
    """The files that are not there, all in one sentence."""
    if not folder.is_dir():
        return [Problem(folder.name, no_folder(folder))]
    files = [table.file for table in TABLES.values() if not table.optional and not (folder / table.file).is_file()]
    if not files:
        return []
    text = Text(
        f"thiếu các bảng: {', '.join(files)}; hãy thêm đủ, mỗi bảng là một tệp trong thư mục này, dù ngắn đến đâu",
        f"these tables are missing: {', '.join(files)}; each is a file of this folder, however short",
    )
    return [Problem(folder.name, text)]


def no_folder(folder: Path) -> Text:
    """What is said of a data folder that is not there."""
    text = Text(
        f"không có thư mục '{folder.name}' chứa các bảng", f"there is no folder '{folder.name}' with the tables"
    )
    beside = sorted(other.name for other in folder.parent.iterdir() if other.is_dir()) if folder.parent.is_dir() else []
    if not beside:
        return text
    return text + Text(f"; {did_you_mean(folder.name, beside, 'vi')}", f"; {did_you_mean(folder.name, beside)}")


def _misnamed(folder: Path) -> Iterator[Problem]:
    """CSV files that are no table although their names are close to that of a table which is not there."""
    if not folder.is_dir():
        return
    stems = {table.file.removesuffix(".csv"): table for table in TABLES.values()}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() != ".csv" or path.name in {table.file for table in TABLES.values()}:
            continue
        near = get_close_matches(path.stem.lower().replace(" ", "_").replace("-", "_"), stems, 1, CLOSE)
        if near and not (folder / stems[near[0]].file).is_file():
            file = stems[near[0]].file
            text = Text(
                f"{path.name} không phải là tên của bảng nào nên không được đọc; có phải ý là {file}? Hãy đổi tên tệp",
                f"{path.name} is none of the tables and is not read; did you mean {file}? Rename the file",
            )
            yield Problem(f"{folder.name}/{path.name}", text)


def read_table(content: bytes, table: Table, where: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The table in the bytes of its file, or what is wrong with it; None when nothing can be made of them."""
    sheet, problems = read_sheet(content, table, where)
    return (None, problems) if sheet is None else frame_of(sheet, table, where)


def _read(content: bytes, name: str, where: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    """`read_table`; tables that many scenarios share are read once, each caller with a frame of its own."""
    frame, problems = (_kept if len(content) <= SMALL else _afresh)(content, name, where)
    return (None if frame is None else frame.copy(deep=False)), problems


def _afresh(content: bytes, name: str, where: str) -> tuple[pd.DataFrame | None, list[Problem]]:
    return read_table(content, TABLES[name], where)


_kept = lru_cache(maxsize=2 * len(TABLES))(_afresh)


def frame_of(sheet: Sheet, table: Table, where: str) -> tuple[pd.DataFrame, list[Problem]]:
    """The values of cells by the kinds of their columns, indexed by row number, and what is wrong with them."""
    index = pd.Index(sheet.rows, name="row")
    values, faults = {}, []
    for column in table.columns:
        cells = sheet.cells.get(column.name)
        if column.spare and not (cells and any(cells.distinct)):
            continue
        read, found = read_distinct(column, cells.distinct, sheet.semicolon)
        if column.kind in ("text", "code"):
            found = marks_of_a_person(cells.distinct) | found
        if column.name.endswith("_vi"):
            found = without_letters(column.name, cells.distinct) | found
        values[column.name] = pd.array(read, dtype="object" if found else dtype(column)).take(cells.which)
        if found:
            faults += [(row, found[cell]) for row, cell in zip(sheet.rows, cells, strict=True) if cell in found]
    frame = pd.DataFrame(values, index)
    sound = frame.drop(index=[row for row, _ in faults]) if faults else frame
    faults += doubled(table, sound)
    faults.sort(key=lambda fault: (fault[0], fault[1].en))
    return frame, [Problem(where, text, row) for row, text in faults]


def doubled(table: Table, frame: pd.DataFrame) -> list[tuple[int, Text]]:
    """Rows (by the number in the index) whose key stands already in an earlier row, with a sentence for each."""
    key = list(table.key)
    again = frame.duplicated(key)
    if not again.any():
        return []
    first = frame.index.to_series().groupby([frame[name] for name in key]).transform("first")
    return [(int(row), _again(frame.loc[row, key], first[row])) for row in frame.index[again]]


def _again(key: pd.Series, row: int) -> Text:
    return Text(
        f"{_named(key)} đã có ở dòng {row}; hãy giữ lại một dòng",
        f"{_named(key)} stands already in row {row}; keep one of them",
    )


def _named(key: pd.Series) -> str:
    return ", ".join(
        f"{name} '{value}'" if isinstance(value, str) else f"{name} {value}" for name, value in key.items()
    )
