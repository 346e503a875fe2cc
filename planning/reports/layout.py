"""From a tidy table of codes to a sheet: figures rounded so that they add up, names for codes, headings for columns."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planning.inputs.case import Case
from planning.model.rule_names import RULE_NAMES
from planning.numbers import MILLION, MoneyUnit
from planning.reports.measures import GROUPS
from planning.reports.sheet import Kind, Sheet
from planning.reports.words import HEADINGS, heading
from planning.rounding import round_nested
from planning.solver.certificate import input_hash
from planning.vocabulary import ALL, FIELDS, NO, STATUSES, STRENGTHS, TABLES, YES, Language, Text

TOTAL = "total"


def rounded(table: pd.DataFrame, column: str, levels: Sequence[str], unit: MoneyUnit) -> pd.Series:
    """A column rounded to what `unit` prints, for each scenario apart, nested by `levels` (see `round_nested`)."""
    scenarios = table["scenario"].unique()
    apart = [table] if len(scenarios) == 1 else [table[table["scenario"] == name] for name in scenarios]
    parts = [round_nested(rows[column], [rows[level] for level in levels], unit.step) for rows in apart]
    return parts[0] if len(parts) == 1 else pd.concat(parts).reindex(table.index)


def by_year(
    scenarios: Sequence[str], years: Sequence[int], table: pd.DataFrame, rows: list[str], order: Sequence[tuple]
) -> pd.DataFrame:
    """Rows × years of amounts with totals both ways, the total row last; every row of `order` is there, also with 0."""
    every_row = [(scenario, *row) for scenario in scenarios for row in order]
    wide = spread(table, ["scenario", *rows], every_row, "year", years)
    wide[TOTAL] = wide[list(years)].sum(axis=1)
    return with_totals(wide, rows[0], [*years, TOTAL])


def spread(
    table: pd.DataFrame, rows: Sequence[str], keys: Sequence[tuple], across: str, columns: Sequence[str | int]
) -> pd.DataFrame:
    """Columns `rows`, with one row for each of the keys, and `columns`: sums of the amounts at that key and column."""
    place = {key: at for at, key in enumerate(dict.fromkeys(keys))}
    at = np.array([place.get(key, -1) for key in zip(*(table[name].tolist() for name in rows), strict=True)], int)
    column = pd.Index(columns).get_indexer(table[across])
    known = (at >= 0) & (column >= 0)
    amounts = np.zeros((len(place), len(columns)))
    np.add.at(amounts, (at[known], column[known]), table["amount"].to_numpy(float)[known])
    found = zip(columns, amounts[[place[key] for key in keys]].T, strict=True)
    named = zip(rows, zip(*keys, strict=True) if keys else [()] * len(rows), strict=True)
    return pd.DataFrame({name: list(values) for name, values in named} | dict(found))


def with_totals(table: pd.DataFrame, label: str, columns: Sequence[str | int]) -> pd.DataFrame:
    """The table with one row more for each scenario, its `label` being total, that sums `columns`."""
    of, scenarios = pd.factorize(table["scenario"])
    sums = {name: np.bincount(of, np.nan_to_num(table[name].to_numpy(float)), len(scenarios)) for name in columns}
    totals = pd.DataFrame({"scenario": scenarios, label: TOTAL} | sums)
    return pd.concat([table, totals.astype({name: table[name].dtype for name in columns})], ignore_index=True)


def dressed(
    title: Text,
    cases: Sequence[Case],
    table: pd.DataFrame,
    kinds: Mapping[str, Kind],
    language: Language,
    unit: MoneyUnit = MILLION,
) -> Sheet:
    """The columns of `kinds` in that order, led by the scenario where there are several cases, as a sheet."""
    kinds = {"scenario": "text", **kinds} if len(cases) > 1 else dict(kinds)
    labels = labels_of(cases, language)
    shown, total = {}, np.zeros(len(table), bool)
    headings = {column: heading(column, language) if column in HEADINGS else str(column) for column in kinds}
    for column, kind in kinds.items():
        shown[headings[column]] = table[column]
        if kind == "text":
            known, codes = labels.get(column, {}) | {TOTAL: heading(TOTAL, language)}, table[column].tolist()
            total |= np.fromiter((code == TOTAL for code in codes), bool, len(codes))
            shown[headings[column]] = pd.Series([known.get(code, code) for code in codes], table.index, dtype=object)
    return Sheet(
        title[language],
        pd.DataFrame(shown, index=table.index),
        {headings[column]: kind for column, kind in kinds.items()},
        language,
        unit,
        footer(cases, language),
        totals=int(total.sum()),
    )


def footer(cases: Sequence[Case], language: Language) -> str:
    """Which scenario the figures are of, and the hash of all that went in."""
    stamps = (f"{case.scenario.name} {input_hash(case)}" for case in cases)
    return f"{heading('scenario', language)}: {' · '.join(stamps)}"


def titles(cases: Sequence[Case], language: Language) -> dict[str, str]:
    """Scenario name → title as people read it, with the name beside it where two scenarios bear the same title."""
    read = {case.scenario.name: case.scenario.title.text[language] for case in cases}
    count = Counter(read.values())
    return {name: title if count[title] == 1 else f"{title} ({name})" for name, title in read.items()}


def labels_of(cases: Sequence[Case], language: Language) -> dict[str, dict[str, str]]:
    """Column → code → name."""
    flags = {code: heading(code, language) for code in (YES, NO)}
    labels = {
        "scenario": titles(cases, language),
        "field": {code: text[language] for code, text in FIELDS.items()},
        "group": {code: heading(code, language) for code in GROUPS},
        "strength": {code: text[language] for code, text in STRENGTHS.items()},
        "status": {code: text[language] for code, text in STATUSES.items()},
        "table": {code: table.title[language] for code, table in TABLES.items()},
        "met": flags,
        "with_plan": flags,
        "rule": {code: text[language] for code, text in RULE_NAMES.items()},
    }
    for case in cases:
        for column, known in case.labels(language).items():
            labels[column] = labels.get(column, {ALL: heading(ALL, language)}) | known
    return labels
