"""What scenarios change in the tables: every cell, and the cells that change alike as one line to read."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.case import Case
from planning.vocabulary import ALL, AREA_GROUPS, TABLES, Column, Language, Table, Text

CELLS = ["table", "kind", "row", "column", "before", "after", "factor"]
GROUPS = ["table", "kind", "column", "rows", "of", "least", "most", "words_vi", "words_en", "note"]
_SILENT = ("source", "status", "note")
_WORDS = {
    "few": Text("{column}: {listed}", "{column}: {listed}"),
    "many": Text("{column}, {rows} trong {of} dòng{which}{by}", "{column}, {rows} of {of} rows{which}{by}"),
    "added": Text("thêm {rows} dòng: {listed}", "{rows} rows added: {listed}"),
    "removed": Text("bỏ {rows} dòng: {listed}", "{rows} rows taken out: {listed}"),
}
_NOTHING = Text("(trống)", "(empty)")
_LISTED = 3


def changed_cells(base: Case, other: Case) -> pd.DataFrame:
    """Every cell in which the tables differ: table, kind, row, column, before, after (text), factor.

    `kind` is changed, added or removed (whole rows, without column); `row` joins the codes that tell rows apart with
    spaces; `factor` is after over before where both are numbers. Sources, statuses and notes do not count.
    """
    parts = [part for table in TABLES.values() for part in _changed(base, other, table)]
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CELLS)
    return table.astype({"factor": float})[CELLS]


def changed_groups(base: Case, other: Case, cells: pd.DataFrame) -> pd.DataFrame:
    """The changed cells, those of one column of one table as one line with words for both languages.

    `rows` of `of` rows of the table change; `least` and `most` are the factors between which they do; `note` holds what
    the scenario says about its changes of the table.
    """
    lines = []
    for (name, kind, column), group in cells.groupby(["table", "kind", "column"], sort=False):
        table, of = TABLES[name], len((base if kind == "removed" else other).tables[name])
        words = {
            f"words_{language}": _in_words(base, other, table, kind, group, of, language) for language in ("vi", "en")
        }
        line = {"table": name, "kind": kind, "column": column, "rows": len(group), "of": of}
        ends = {"least": group["factor"].min(), "most": group["factor"].max()}
        lines.append(line | words | ends | {"note": _notes(base, other, name)})
    return pd.DataFrame(lines, columns=GROUPS)


def _changed(base: Case, other: Case, table: Table) -> list[pd.DataFrame]:
    old, new = (_by_row(case, table) for case in (base, other))
    both = old.index.intersection(new.index)
    parts = []
    for kind, rows in (("removed", old.index.difference(new.index)), ("added", new.index.difference(old.index))):
        if len(rows):
            parts.append(pd.DataFrame({"row": rows, "kind": kind, "column": "", "before": "", "after": ""}))
    for column in dict.fromkeys([*old.columns, *new.columns]):
        one, two = (
            frame[column].reindex(both) if column in frame else pd.Series(np.nan, both, object) for frame in (old, new)
        )
        differs = ~((one == two) | (one.isna() & two.isna())).to_numpy(bool)
        if differs.any():
            parts.append(_cells(both[differs], column, one[differs], two[differs]))
    return [part.assign(table=table.name, factor=part.get("factor", np.nan)) for part in parts]


def _by_row(case: Case, table: Table) -> pd.DataFrame:
    """The figures of a table by the codes that tell its rows apart; no rows where the case has no such table."""
    frame = case.tables.get(table.name)
    if frame is None:
        return pd.DataFrame(index=pd.Index([], dtype=object))
    first, *more = (frame[name].astype(str) for name in table.key)
    rows = first.str.cat(more, sep=" ") if more else first
    kept = frame.drop(columns=[name for name in (*table.key, *_SILENT) if name in frame])
    return kept.set_index(pd.Index(rows, dtype=object))


def _cells(rows: pd.Index, column: str, one: pd.Series, two: pd.Series) -> pd.DataFrame:
    before, after = (pd.to_numeric(side, errors="coerce").to_numpy(float) for side in (one, two))
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(before > 0, after / before, np.nan)
    old, new = (["" if pd.isna(value) else str(value) for value in side] for side in (one, two))
    return pd.DataFrame(
        {"row": rows, "kind": "changed", "column": column, "before": old, "after": new, "factor": factor}
    )


def _in_words(
    base: Case, other: Case, table: Table, kind: str, group: pd.DataFrame, of: int, language: Language
) -> str:
    labels = _labels((base, other), language)
    if kind != "changed":
        named = [_row(table, row, labels) for row in group["row"].head(_LISTED)]
        listed = "; ".join(named) + ("; …" if len(group) > _LISTED else "")
        return _WORDS[kind][language].format(rows=numbers.number(len(group), language), listed=listed)
    column = table.column(group["column"].iloc[0])
    if len(group) <= _LISTED:
        listed = [
            f"{_row(table, cell.row, labels)}: {_value(column, cell.before, language)} → "
            f"{_value(column, cell.after, language)}"
            for cell in group.itertuples()
        ]
        return _WORDS["few"][language].format(column=column.label[language], listed="; ".join(listed))
    return _WORDS["many"][language].format(
        column=column.label[language], rows=numbers.number(len(group), language), of=numbers.number(of, language),
        which=_shared(table, group, labels, language), by=_factors(group["factor"], language),
    )  # fmt: skip


def _shared(table: Table, group: pd.DataFrame, labels: Mapping, language: Language) -> str:
    """The codes that all rows have in common, as words in brackets."""
    codes = group["row"].str.split(" ", expand=True).set_axis(list(table.key), axis=1)
    same = [name for name in table.key if codes[name].nunique() == 1 and codes[name].iloc[0] != ALL]
    named = [labels.get(name, {}).get(codes[name].iloc[0], codes[name].iloc[0]) for name in same]
    return f" ({', '.join(named)})" if named else ""


def _factors(factor: pd.Series, language: Language) -> str:
    """By how much the figures change, where they are numbers."""
    if factor.isna().any():
        return ""
    written = dict.fromkeys(_signed(value - 1, language) for value in (factor.min(), factor.max()))
    return ": " + " … ".join(written)


def _signed(share: float, language: Language) -> str:
    return ("+" if share > 0 else "") + numbers.percent(share, language)


def _row(table: Table, row: str, labels: Mapping[str, Mapping[str, str]]) -> str:
    codes = zip(table.key, row.split(" "), strict=True)
    return ", ".join(labels.get(name, {}).get(code, code) for name, code in codes)


def _value(column: Column, text: str, language: Language) -> str:
    """A cell as the language writes it."""
    if not text:
        return _NOTHING[language]
    if column.kind == "money":
        return numbers.money(float(text), language)
    if column.kind == "share":
        return numbers.percent(float(text), language)
    if column.kind in ("number", "whole"):
        value = float(text)
        return numbers.number(value, language, 0 if value % 1 == 0 else 2)
    return text


def _labels(cases: Sequence[Case], language: Language) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for case in cases:
        for column, known in case.labels(language).items():
            labels[column] = labels.get(column, {ALL: AREA_GROUPS[ALL][language]}) | known
    return labels


def _notes(base: Case, other: Case, table: str) -> str:
    """What the other scenario says of its own changes of the table."""
    stated = base.scenario.changes
    notes = [change.note for change in other.scenario.changes if change.table == table and change not in stated]
    return "; ".join(dict.fromkeys(notes))
