"""One file as it would be after saving, checked beside the others as they are on the disk.

Only what is wrong with this very file is a reason not to save it; that other files do not fit it yet is not, because
several files are often edited one after the other.
"""

from pathlib import Path

from planning.errors import InputError, Problem
from planning.inputs.changes import apply_changes
from planning.inputs.checks import check_scenario, references
from planning.inputs.load import tables_of
from planning.inputs.resolve import load_scenario
from planning.inputs.tables import read_table, scan_tables, where
from planning.vocabulary import TABLES, Table

_FILES = {table.file: table for table in TABLES.values()}
_ROOT = "areas.csv"  # every folder of tables holds it


def table_of(path: Path) -> Table | None:
    """The table that the file holds: one of the vocabulary, in a folder of tables."""
    return _FILES.get(path.name) if (path.parent / _ROOT).is_file() else None


def is_scenario(path: Path, content: bytes) -> bool:
    """Whether the file is a scenario: a YAML file beside a folder of tables, or one that extends another."""
    if path.suffix.lower() not in {".yaml", ".yml"}:
        return False
    return any(path.parent.glob(f"*/{_ROOT}")) or any(line.startswith(b"extends:") for line in content.splitlines())


def file_problems(path: Path, content: bytes) -> list[Problem]:
    """What is wrong with `content` as the file at `path`; nothing where it is neither a scenario nor a table."""
    if table := table_of(path):
        return table_problems(path, content, table)
    return scenario_problems(path, content) if is_scenario(path, content) else []


def table_problems(path: Path, content: bytes, table: Table) -> list[Problem]:
    """Cells and keys of the table itself, and its codes that stand in no sound table of its folder."""
    frame, problems = read_table(content, table, where(path.parent, table))
    if frame is None or problems:
        return problems
    others, _ = scan_tables(path.parent, without=table.name)
    found = references({**others, table.name: frame})
    return [Problem(where(path.parent, table), text, row) for name, row, text in found if name == table.name]


def scenario_problems(path: Path, content: bytes) -> list[Problem]:
    """What the scenario says of itself that cannot stand, and of its tables as far as they are sound."""
    try:
        scenario = load_scenario(path, content)
        tables, _ = tables_of(scenario)
    except InputError as refusal:
        return [each for each in refusal.problems if each.where == path.name]
    changed, refused = apply_changes(scenario, tables)
    return [each for each in refused + check_scenario(scenario, changed) if each.where == path.name]
