"""Variants of a case for tests: other rules, other figures."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from planning.inputs import arithmetic
from planning.inputs.case import Case
from planning.inputs.rules import Rules
from planning.inputs.scenario import Objective
from planning.solver.second_look import Outcome
from planning.vocabulary import Language


def with_rules(case: Case, objective: Mapping | None = None, **rules: object) -> Case:
    """The case under these rules and no others, and with this objective if one is given."""
    changed = {"rules": Rules(**rules)}
    if objective is not None:
        changed["objective"] = Objective(**objective)
    return replace(case, scenario=case.scenario.model_copy(update=changed))


def with_table(case: Case, name: str, table: pd.DataFrame) -> Case:
    """The case with one table replaced."""
    return replace(case, tables={**case.tables, name: table})


def with_cell(case: Case, name: str, column: str, value: object, **where: object) -> Case:
    """The case with one column of the matching rows of a table set to a value."""
    table = case.tables[name].copy()
    rows = pd.Series(True, index=table.index)
    for key, wanted in where.items():
        rows &= table[key.rstrip("_")] == wanted
    assert rows.any(), f"no row of {name} matches {where}"
    table.loc[rows, column] = value
    return with_table(case, name, table)


def conflicts(case: Case, language: Language = "en") -> list[str]:
    """The conflicts that addition shows, in one language."""
    return [text[language] for text in arithmetic.conflicts(case)]


def outcome(lines: pd.DataFrame) -> Outcome:
    """What a plan without projects says, from its lines alone."""
    nothing = pd.DataFrame(columns=["area", "programme", "year", "reached"]).astype({"reached": float})
    return Outcome(lines, nothing, pd.DataFrame(columns=["project", "start", "share"]))
