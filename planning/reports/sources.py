"""How far the figures can be trusted: which of them are assumed, and how much of the money rests on those."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planning import numbers
from planning.inputs.case import Case
from planning.numbers import money_unit
from planning.reports import measures
from planning.reports.layout import dressed, rounded, with_totals
from planning.reports.measures import Plans, cases
from planning.reports.sheet import Kind, Sheet
from planning.vocabulary import STATUSES, TABLES, Language, Table, Text

_ASSUMED = "assumed"


def money_by_status(plans: Plans, language: Language) -> Sheet:
    """The plan's money by the status of the unit cost that it is priced with."""
    table = measures.money_by_status(plans)
    unit = money_unit(table.groupby("scenario")["amount"].sum())
    table["amount"] = rounded(table, "amount", ["status"], unit)
    table = with_totals(table, "status", ["amount", "money_share"])
    kinds: dict[str, Kind] = {"status": "text", "amount": "money", "money_share": "share"}
    title = Text("Số tiền theo tình trạng của đơn giá", "Money by the status of its unit cost")
    return dressed(title, cases(plans), table, kinds, language, unit)


def figures_by_status(case: Case, language: Language) -> Sheet:
    """Each table of the inputs: its rows, and how many of them are sourced, derived and assumed."""
    rows = []
    for name, frame in case.tables.items():
        counts = frame["status"].value_counts()
        rows.append({"table": name, "rows": len(frame), **{status: int(counts.get(status, 0)) for status in STATUSES}})
    kinds: dict[str, Kind] = {"table": "text", **dict.fromkeys(["rows", *STATUSES], "whole")}
    return dressed(Text("Số liệu đầu vào", "The inputs"), [case], pd.DataFrame(rows), kinds, language)


def assumed_figures(case: Case, language: Language, tables: Sequence[str] = ("unit_costs", "needs", "funds")) -> Sheet:
    """Assumed figures of these tables, alike ones together: what they are of, least and most, where they are from."""
    parts = [_assumed(case, TABLES[name], language) for name in tables if name in case.tables]
    kinds: dict[str, Kind] = dict.fromkeys(("table", "item", "rows", "range", "source"), "text")
    table = pd.concat(parts, ignore_index=True)
    return dressed(Text("Số liệu giả định", "Assumed figures"), [case], table, kinds | {"rows": "whole"}, language)


def _assumed(case: Case, table: Table, language: Language) -> pd.DataFrame:
    """Columns table, item, rows, range, source: one row for each programme or fund."""
    frame = case.tables[table.name]
    frame = frame[frame["status"] == _ASSUMED]
    by = "programme" if "programme" in frame else table.key[0]
    labels, is_money = case.labels(language)[by], table.column(table.value).kind == "money"
    rows = []
    for code, group in frame.groupby(by, sort=False):
        low, high = group[table.value].min(), group[table.value].max()
        others = group["source"].nunique() - 1
        source = group["source"].iloc[0] + (f" (+{others})" if others else "")
        rows.append((table.name, labels[code], len(group), _range(low, high, is_money, language), source))
    return pd.DataFrame(rows, columns=["table", "item", "rows", "range", "source"])


def _range(low: float, high: float, is_money: bool, language: Language) -> str:
    """Least and most, as money or as a plain number; small prices keep three decimals."""
    ends = (low,) if low == high else (low, high)
    if not is_money:
        return " – ".join(numbers.number(value, language) for value in ends)
    unit = money_unit([high]) if high >= 10 else replace(numbers.MILLION, decimals=3)
    return f"{' – '.join(numbers.amount(value, language, unit) for value in ends)} {unit.words[language]}"
