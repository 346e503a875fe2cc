"""Money of each scenario rounded as the tables of each plan print it: rows × scenarios, the base first."""

from collections.abc import Sequence

import pandas as pd

from planning.numbers import MoneyUnit, money_unit
from planning.reports import measures
from planning.reports.layout import rounded
from planning.reports.tables import rounded_funds
from planning.solver.plan import Plan
from planning.vocabulary import COST_TYPES, FIELDS

KEYS = {
    "areas": "area",
    "programmes": "programme",
    "fields": "field",
    "cost_types": "cost_type",
    "remote": "group",
    "funds": "fund",
}
_LEVELS = {
    "areas": ["class", "area"],
    "programmes": ["year", "field", "programme"],
    "fields": ["year", "field"],
    "cost_types": ["cost_type"],
    "remote": ["group"],
}


def printed_money(plans: Sequence[Plan], name: str) -> tuple[pd.DataFrame, MoneyUnit]:
    """Money of all years by areas, programmes, fields, cost_types, remote or funds, and the unit it is rounded to."""
    key, case = KEYS[name], plans[0].case
    if name == "funds":
        table, unit = rounded_funds(plans)
        table = table.rename(columns={"spent": "amount"})
    else:
        exact = {"areas": measures.areas, "remote": measures.remote_against_rest}
        table = exact[name](plans) if name in exact else measures.money(plans, _LEVELS[name])
        unit = money_unit(table.groupby("scenario")["amount"].sum())
        table["amount"] = table["amount"].clip(lower=0.0)
        table["amount"] = rounded(table, "amount", _LEVELS[name], unit)
    order = {
        "area": case.areas, "programme": case.programmes, "field": list(FIELDS), "cost_type": list(COST_TYPES),
        "group": measures.GROUPS, "fund": case.funds,
    }[key]  # fmt: skip
    wide = table.pivot_table(index=key, columns="scenario", values="amount", aggfunc="sum", fill_value=0.0)
    scenarios = [plan.case.scenario.name for plan in plans]
    kept = [code for code in order if code in wide.index or key in ("area", "programme", "fund")]
    return wide.reindex(index=pd.Index(kept, name=key), columns=scenarios, fill_value=0.0), unit


def shown_change(plans: Sequence[Plan], name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The table of a comparison with amount_change as the printed tables have it, for pictures beside them.

    Exact where a scenario's changes are so small that its pictures are written in a finer unit.
    """
    wide, unit = printed_money(plans, name)
    change = wide.sub(wide.iloc[:, 0], axis=0).stack().rename("printed").reset_index()
    table = table.merge(change, on=[KEYS[name], "scenario"], how="left")
    largest = table.groupby("scenario")["amount_change"].transform(lambda rows: rows.abs().max())
    alike = [money_unit([most]) == unit for most in largest]
    table["amount_change"] = table["printed"].where(alike, table["amount_change"])
    return table.drop(columns="printed")
