"""The way in: one scenario file becomes a case, or a list of everything that is wrong with its files."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from planning.errors import InputError, Problem
from planning.inputs.case import Case
from planning.inputs.changes import apply_changes
from planning.inputs.checks import check_scenario, check_tables
from planning.inputs.resolve import load_scenario, relative
from planning.inputs.scenario import Scenario
from planning.inputs.tables import Tables, no_folder, scan_tables
from planning.vocabulary import TABLES, Text


def load_case(path: str | Path) -> Case:
    """The case of the scenario file at `path`.

    Raises InputError: with the problems of the scenario files alone if their keys or values are wrong, else with those
    of the tables, of the scenario's changes, and of both together.
    """
    path = Path(path)
    scenario = load_scenario(path)
    read, problems = tables_of(scenario)
    changed, refused = apply_changes(scenario, read)
    problems = refused + check_scenario(scenario, changed) + problems + check_tables(changed, scenario)
    if problems:
        raise InputError(problems)
    return _case(path, scenario, changed)


def load_again(path: str | Path) -> Case:
    """The case of files that this code has found right before and that are as they were then: nothing is checked.

    Raises InputError where they cannot be read.
    """
    path = Path(path)
    scenario = load_scenario(path)
    read, _ = tables_of(scenario)
    tables, problems = apply_changes(scenario, read)
    if problems:
        raise InputError(problems)
    return _case(path, scenario, tables)


def tables_of(scenario: Scenario) -> tuple[Tables, list[Problem]]:
    """`scan_tables` of the folder of a scenario. Raises InputError at the line that names it where there is none."""
    folder = Path(scenario.data)
    if not folder.is_dir():
        file, line = scenario.origin["data"]
        raise InputError([Problem(file, Text("data: ", "data: ") + no_folder(folder), line)])
    return scan_tables(folder)


def _case(path: Path, scenario: Scenario, changed: Mapping[str, pd.DataFrame]) -> Case:
    tables = {name: table.reset_index(drop=True) for name, table in changed.items()}
    return Case(scenario, tables, hashes(path.parent, scenario, tables))


def fingerprint(path: str | Path) -> dict[str, str]:
    """`Case.hashes` of a scenario file, without reading its tables. Raises InputError where it cannot be read."""
    path = Path(path)
    scenario = load_scenario(path)
    there = [name for name, table in TABLES.items() if (Path(scenario.data) / table.file).is_file()]
    return hashes(path.parent, scenario, there)


def hashes(folder: Path, scenario: Scenario, tables: Iterable[str]) -> dict[str, str]:
    """SHA-256 of every scenario file of the chain and of every table, by name relative to `folder`."""
    files = [folder / file for file in scenario.files] + [Path(scenario.data) / TABLES[name].file for name in tables]
    return {relative(file, folder): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
