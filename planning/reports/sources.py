"""How far the figures can be trusted: which of them are assumed, and how much of the money rests on those."""

import numpy as np
import pandas as pd

from planning.inputs.case import Case
from planning.numbers import MoneyUnit, money_range, money_unit, number_range
from planning.reports import measures
from planning.reports.layout import dressed, rounded, with_totals
from planning.reports.measures import Plans, cases
from planning.reports.sheet import Kind, Sheet
from planning.vocabulary import TABLES, Language, Table, Text

_ASSUMED = "assumed"
_LISTED = ("unit_costs", "needs", "funds", "capacities", "projects", "resources")


def money_by_status(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """The plan's money by the status of the unit cost or project that prices it, in the unit asked for if any."""
    table = measures.money_by_status(plans)
    unit = unit or money_unit(table.groupby("scenario")["amount"].sum())
    table["amount"] = rounded(table, "amount", ["status"], unit)
    table = with_totals(table, "status", ["amount", "money_share"])
    kinds: dict[str, Kind] = {"status": "text", "amount": "money", "money_share": "share"}
    title = Text("Số tiền theo tình trạng của đơn giá, dự án", "Money by the status of its unit cost or project")
    return dressed(title, cases(plans), table, kinds, language, unit)


def listed(case: Case) -> list[str]:
    """The tables whose assumed figures are listed; resources only where the scenario keeps to them."""
    idle = {"resources"} if case.scenario.rules.resources == "off" else set()
    return [name for name in _LISTED if name in case.tables.keys() - idle]


def assumed_figures(case: Case, language: Language) -> Sheet:
    """Assumed figures of these tables, alike ones together: what they are of, least and most, where they are from."""
    parts = [_assumed(case, TABLES[name], language) for name in listed(case)]
    kinds: dict[str, Kind] = dict.fromkeys(("table", "item", "rows", "range", "source"), "text")
    table = pd.concat(parts, ignore_index=True)
    return dressed(Text("Số liệu giả định", "Assumed figures"), [case], table, kinds | {"rows": "whole"}, language)


def _assumed(case: Case, table: Table, language: Language) -> pd.DataFrame:
    """Columns table, item, rows, range, source: one row for each programme or fund."""
    frame = case.tables[table.name]
    frame = frame[frame["status"] == _ASSUMED]
    by = "programme" if "programme" in frame else table.key[0]
    labels, is_money = case.labels(language)[by], table.column(table.value).kind == "money"
    written = money_range if is_money else number_range
    value, (source, sources) = frame[table.value].to_numpy(float), pd.factorize(frame["source"])
    group, codes = pd.factorize(frame[by])
    rows = []
    for number, code in enumerate(codes):
        some = np.flatnonzero(group == number)
        others = np.unique(source[some]).size - 1
        named = sources[source[some[0]]] + (f" (+{others})" if others else "")
        span = written(np.fmin.reduce(value[some]), np.fmax.reduce(value[some]), language)
        rows.append((table.name, labels[code], some.size, span, named))
    return pd.DataFrame(rows, columns=["table", "item", "rows", "range", "source"])
