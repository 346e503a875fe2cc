"""From an edited book back into a data folder: compared, checked as `planning check` would, written whole or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planning.disk import write_files
from planning.errors import InputError, PlanningError, Problem
from planning.inputs.changes import apply_changes
from planning.inputs.checks import check_scenario, check_tables
from planning.inputs.csvfile import Sheet, read_sheet
from planning.inputs.scenario import Scenario
from planning.inputs.tables import alone, frame_of, read_table, scan_tables, where
from planning.vocabulary import TABLES, Table, Text
from planning.workbench.excel.book import ABSENT, Place, hash_of, place_of
from planning.workbench.excel.changes import TableChange, changed_table
from planning.workbench.excel.reading import Read, missing_column, read_book, sheet_of

Tables = Mapping[str, pd.DataFrame]
_TAKEN = Text(
    "bảng ở đây đã được sửa sau khi xuất sổ, mà sổ cũng sửa bảng này; hãy xuất lại rồi sửa lại",
    "the table was changed here after the book was made, and the book changes it too; export again and edit anew",
)
_MOVED = Text("bảng vừa được sửa trong lúc này; hãy thử lại", "the table was changed meanwhile; try again")
_NO_SCENARIO = Text(
    "không có phương án nào bên cạnh dùng thư mục này nên không kiểm tra được các bảng; hãy ghi tên một tệp phương án",
    "no scenario beside this folder uses it, so the tables cannot be checked; name a scenario file instead",
)
_NO_ROWS = Text(
    "bảng chưa có dòng nào dưới hai dòng tên cột; hãy điền vào", "the table has no rows below the headings; fill it in"
)


@dataclass(frozen=True, slots=True)
class Import:
    """What a book changes in a data folder, found sound; `hashes` are those of the files that it was compared with."""

    folder: Path
    changes: Sequence[TableChange]
    hashes: Mapping[str, str]
    formulas: int


def compare_book(book: Path | str, target: Path | str) -> Import:
    """What the book changes in the tables of a scenario or a data folder; nothing is written.

    Raises InputError with everything that is wrong: with the book, with its tables among themselves and with the
    scenarios that use them, or with tables that somebody else changed since the export.
    """
    book, place = Path(book), place_of(target)
    if not place.scenarios:
        raise InputError([Problem(str(place.folder), _NO_SCENARIO)])
    read = read_book(book)
    hashes = {name: hash_of(place.folder / table.file) for name, table in TABLES.items()}
    _same_folder(book, place, read, hashes)
    tables = _tables(book, place, read)
    changes, taken = [], []
    for name in read.sheets:
        change = _change(TABLES[name], place.folder, read.sheets[name])
        if change is None or (change and hashes[name] != read.hashes.get(name)):
            taken.append(Problem(where(place.folder, TABLES[name]), _TAKEN))
        elif change:
            _same_values(change, tables.get(name))
            changes.append(change)
    if taken:
        raise InputError(taken)
    if changes:
        _keep(book, place, tables)
    return Import(place.folder, changes, hashes, read.formulas)


def bring_in(found: Import) -> tuple[Path, ...]:
    """Write the changed tables, all of them or none; returns their paths.

    Raises InputError where a table was changed meanwhile, OutputError where the disk refuses.
    """
    files = {change.table.file: change.content for change in found.changes}
    moved = [TABLES[name] for name, known in found.hashes.items() if hash_of(found.folder / TABLES[name].file) != known]
    if moved:
        raise InputError([Problem(where(found.folder, table), _MOVED) for table in moved])
    return write_files(found.folder, files) if files else ()


def _same_folder(book: Path, place: Place, read: Read, hashes: Mapping[str, str]) -> None:
    """A book goes back into the folder it is of, or into one with the same tables."""
    if place.name != read.folder and any(hashes[name] != known for name, known in read.hashes.items()):
        text = Text(
            f"sổ chứa các bảng của {read.folder}, khác với các bảng của {place.name}; hãy ghi đúng thư mục",
            f"the book holds the tables of {read.folder}, and those of {place.name} are others; name the right folder",
        )
        raise InputError([Problem(book.name, text)])


def _tables(book: Path, place: Place, read: Read) -> dict[str, pd.DataFrame]:
    """The tables of the book, indexed by the rows that it shows, each sound in itself. Raises InputError."""
    tables, problems, faulty = {}, [], set()
    for name, table in TABLES.items():
        if name not in read.sheets:
            tables |= _on_disk(table, place.folder)
            continue
        at, sheet = sheet_of(book, name), read.sheets[name]
        problems += _lost_columns(table, place.folder, sheet, at)
        if not sheet.rows:
            problems += [] if table.optional else [Problem(at, _NO_ROWS)]
            continue
        tables[name], found = frame_of(sheet, table, at)
        problems += found
        faulty |= {name} if found else set()
    sound = {name: table for name, table in tables.items() if name not in faulty}
    problems += [_in_book(book, place, problem) for problem in alone(place.folder, sound, faulty)]
    if problems:
        # What can be said already of how the sound tables fit each other is said at once.
        _keep(book, place, sound, problems)
    return tables


def _on_disk(table: Table, folder: Path) -> dict[str, pd.DataFrame]:
    """A table that the book does not hold, as it stands in the folder, if it is there and sound."""
    path = folder / table.file
    frame, problems = read_table(path.read_bytes(), table, "") if path.is_file() else (None, [])
    return {} if frame is None or problems else {table.name: frame}


def _lost_columns(table: Table, folder: Path, sheet: Sheet, at: str) -> list[Problem]:
    """Columns of the file that the book lacks: nobody is to lose them by deleting a column in Excel."""
    path = folder / table.file
    file, _ = read_sheet(path.read_bytes(), table, "") if path.is_file() else (None, [])
    lost = [name for name in (file.cells if file else ()) if name not in sheet.cells]
    return [Problem(at, missing_column(name), 1) for name in lost]


def _keep(book: Path, place: Place, tables: Tables, before: Sequence[Problem] = ()) -> None:
    """Raises InputError with the problems `before` and those of every scenario that these tables would break.

    A scenario that is broken with the tables on the disk is no reason, unless all of them are.
    """
    found = _problems(place.scenarios, tables)
    broken = [name for name, problems in found.items() if problems]
    if broken:
        now, unread = scan_tables(place.folder)
        was = {name for name, problems in _problems(place.scenarios, now).items() if problems or unread}
        broken = [name for name in broken if name not in was or len(was) == len(found)]
    told = [*before, *(_in_book(book, place, problem) for name in broken for problem in found[name])]
    if told:
        raise InputError(dict.fromkeys(told))


def _problems(scenarios: Sequence[Scenario], tables: Tables) -> dict[str, list[Problem]]:
    """Scenario → what `planning check` would say of these tables under it; alike changes are looked at once."""
    told: dict[str, list[Problem]] = {}
    known: dict[str, list[Problem]] = {}
    for scenario in scenarios:
        changed, refused = apply_changes(scenario, tables)
        alike = repr((scenario.changes, scenario.years))
        if alike not in known:
            known[alike] = check_tables(changed, scenario)
        told[scenario.name] = refused + check_scenario(scenario, changed) + known[alike]
    return told


def _in_book(book: Path, place: Place, problem: Problem) -> Problem:
    """A problem of a table at the sheet of the book where it is mended."""
    for name, table in TABLES.items():
        if problem.where == where(place.folder, table):
            return Problem(sheet_of(book, name), problem.text, problem.row)
    return problem


def _change(table: Table, folder: Path, sheet: Sheet) -> TableChange | None:
    """What the book changes in a table; None where the file cannot be read any more."""
    path = folder / table.file
    if hash_of(path) == ABSENT:
        return changed_table(table, None, sheet)
    content = path.read_bytes()
    _, problems = read_sheet(content, table, "")
    return None if problems else changed_table(table, content, sheet)


def _same_values(change: TableChange, wanted: pd.DataFrame | None) -> None:
    """The new file reads back as what the book says. Raises PlanningError: anything else is a fault of this program."""
    frame, problems = read_table(change.content, change.table, change.table.file)
    same = wanted is None and frame is None
    if frame is not None and wanted is not None:
        same = frame.reset_index(drop=True).equals(wanted.reset_index(drop=True))
    if problems or not same:
        file = change.table.file
        text = Text(
            f"{file} ghi ra rồi đọc lại không giống trong sổ nên không ghi gì; xin báo lại và gửi kèm sổ này",
            f"{file} would not read back as the book says; nothing was written, please report this book",
        )
        raise PlanningError(text)
