"""How far the figures can be trusted: which of them are assumed, and how much of the money rests on those."""

from collections.abc import Sequence

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
    kinds: dict[str, Kind] = dict.fromkeys(("table", "what", "rows", "range", "source"), "text")
    table = pd.concat(parts, ignore_index=True)
    return dressed(Text("Số liệu giả định", "Assumed figures"), [case], table, kinds | {"rows": "whole"}, language)


def _assumed(case: Case, table: Table, language: Language) -> pd.DataFrame:
    """Columns table, what, rows, range, source: one row for each first key (programme or fund) and source."""
    frame = case.tables[table.name]
    frame = frame[frame["status"] == _ASSUMED]
    by = "programme" if "programme" in frame else table.key[0]
    groups = frame.groupby([by, "source"], sort=False)[table.value]
    found = groups.agg(["size", "min", "max"]).reset_index()
    labels = case.labels(language)[by]
    unit = table.column(table.value)
    return pd.DataFrame(
        {
            "table": table.name,
            "what": [labels[code] for code in found[by]],
            "rows": found["size"],
            "range": [
                _range(low, high, unit.kind == "money", language)
                for low, high in zip(found["min"], found["max"], strict=True)
            ],
            "source": found["source"],
        }
    )


def _range(low: float, high: float, is_money: bool, language: Language) -> str:
    """Least and most, as money or as a plain number."""
    unit = money_unit([high])
    written = [
        numbers.amount(value, language, unit) if is_money else numbers.number(value, language) for value in (low, high)
    ]
    span = written[0] if low == high else f"{written[0]} – {written[1]}"
    return f"{span} {unit.words[language]}" if is_money else span
