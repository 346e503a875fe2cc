"""The way in: one scenario file becomes a case, or a list of everything that is wrong with its files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from planning.inputs.case import Case
from planning.inputs.resolve import load_scenario, relative
from planning.inputs.scenario import Scenario
from planning.inputs.tables import read_tables
from planning.vocabulary import TABLES


def load_case(path: str | Path) -> Case:
    """The case of the scenario file at `path`.

    Raises InputError: with the problems of the scenario files alone if there are any, else with those of all tables.
    """
    path = Path(path)
    scenario = load_scenario(path)
    tables = {name: table.reset_index(drop=True) for name, table in read_tables(Path(scenario.data)).items()}
    return Case(scenario, tables, hashes(path.parent, scenario, tables))


def hashes(folder: Path, scenario: Scenario, tables: Iterable[str]) -> dict[str, str]:
    """SHA-256 of every scenario file of the chain and of every table, by name relative to `folder`."""
    files = [folder / file for file in scenario.files] + [Path(scenario.data) / TABLES[name].file for name in tables]
    return {relative(file, folder): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
