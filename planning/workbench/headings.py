"""The columns of a table as a planner sees them: labels, units, meanings, and what may be chosen."""

from collections.abc import Mapping, Sequence

import pandas as pd

from planning.inputs.limits import choices, wanted
from planning.vocabulary import (
    ALL,
    COST_TYPES,
    FIELDS,
    FUND_KINDS,
    NO,
    SHAPES,
    STAGES,
    STATUSES,
    STRENGTHS,
    TABLES,
    UNITS,
    YES,
    Column,
    Language,
    Text,
)
from planning.workbench.entry import is_number
from planning.workbench.rows import Heading
from planning.workbench.words import SHARE

_NAMES = {
    **FIELDS, **COST_TYPES, **FUND_KINDS, **STATUSES, **SHAPES, **STRENGTHS, **STAGES,
    ALL: Text("tất cả", "all"), YES: Text("có", "yes"), NO: Text("không", "no"),
}  # fmt: skip


def heading(column: Column, tables: Mapping[str, pd.DataFrame], key: Sequence[str], language: Language) -> Heading:
    """The column as a planner sees it; `tables` are those whose codes it may hold, `key` the columns of the key."""
    options = [(word, _NAMES[word][language] if word in _NAMES else "") for word in choices(column)]
    if column.refers_to in tables:
        rows = tables[column.refers_to].drop_duplicates(TABLES[column.refers_to].key[0])
        named = rows.get(f"name_{language}", rows.iloc[:, 0])
        options += list(zip(rows[TABLES[column.refers_to].key[0]].astype(str), named.astype(str), strict=True))
        options += [(ALL, _NAMES[ALL][language])] if column.wildcard and not column.choices else []
    unit = UNITS[column.unit] if column.unit else SHARE if column.kind == "share" else Text("", "")
    meaning = f"{column.meaning[language]} ({column.name}: {wanted(column, language)})"
    return Heading(
        column.name, column.label[language], unit[language], meaning, options, column.name in key, is_number(column)
    )
