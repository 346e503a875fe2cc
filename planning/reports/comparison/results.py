"""What comes out otherwise: every other plan beside the base, the same rows for each.

Each table is long: the scenario that is compared, the codes of the row, and for each measure what it is in the base
(`<measure>_base`), in the scenario, and the change. Money in million VND over all years of the plan.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planning.reports import measures
from planning.reports.comparison.printed import printed_money
from planning.reports.headline import headline
from planning.reports.measures import Plans, every
from planning.vocabulary import YES

LEAST = 1e-6  # million VND: a difference below one đồng is none
BETWEEN = {
    "areas": ["area"],
    "programmes": ["programme"],
    "funds": ["fund"],
    "cells": ["area", "programme", "year"],
}
TURNS = {(True, True): "met", (True, False): "lost", (False, True): "won", (False, False): "missed"}


def beside(table: pd.DataFrame, plans: Plans, keys: Sequence[str], values: Sequence[str]) -> pd.DataFrame:
    """The same rows for every other plan: <value>_base, <value>, <value>_change; NaN where a side has no such row."""
    keys, values = list(keys), list(values)
    base, *scenarios = _names(plans)
    order = table[keys].drop_duplicates()
    first = order.merge(table.loc[table["scenario"] == base, [*keys, *values]], on=keys, how="left")
    parts = []
    for name in scenarios:
        second = order.merge(table.loc[table["scenario"] == name, [*keys, *values]], on=keys, how="left")
        part = order.reset_index(drop=True).assign(scenario=name)
        for value in values:
            part[f"{value}_base"], part[value] = first[value].to_numpy(), second[value].to_numpy()
            part[f"{value}_change"] = part[value] - part[f"{value}_base"]
        parts.append(part)
    return pd.concat(parts, ignore_index=True)[["scenario", *parts[0].columns.drop("scenario")]]


def summary(plans: Plans) -> pd.DataFrame:
    """One row per scenario, the base first: its headline, money moved against the base, areas that gain and lose.

    An area gains or loses where the printed table of areas shows it.
    """
    plans = every(plans)
    rows = pd.DataFrame([{"scenario": plan.case.scenario.name} | dict(headline(plan)) for plan in plans])
    money, unit = printed_money(plans, "areas")
    change = money.sub(money.iloc[:, 0], axis=0) / unit.step
    cells = _moved(plans, BETWEEN["cells"]).set_index("scenario")["moved"]
    rows["services_change"] = rows["services"] - rows["services"].iloc[0]
    rows["moved"] = rows["scenario"].map(cells).fillna(0.0)
    rows["gaining"], rows["losing"] = (change > 0.5).sum().to_numpy(), (change < -0.5).sum().to_numpy()
    return rows


def areas(plans: Plans) -> pd.DataFrame:
    """Each area: class, group, children, amount, per_child (a year), coverage (last year), reached (child-years)."""
    table = measures.areas(plans)
    cells = pd.concat([plan.coverage for plan in every(plans)])
    reached = cells.groupby(["scenario", "area"])["children_reached"].sum().rename("reached").reset_index()
    keys = ["area", "class", "group", "children"]
    table = table.merge(reached, on=["scenario", "area"], how="left")
    given = table.loc[table["scenario"] == table["scenario"].iloc[0], keys]
    table = table.drop(columns=keys[1:]).merge(given, on="area")
    return beside(table, plans, keys, ["amount", "per_child", "coverage", "reached"])


def programmes(plans: Plans) -> pd.DataFrame:
    """Each programme: field, then amount, coverage of the last year, reached (child-years)."""
    cells = pd.concat([plan.coverage for plan in every(plans)], ignore_index=True)
    table = cells.groupby(["scenario", "programme"], sort=False, as_index=False)[["amount", "children_reached"]].sum()
    table = table.rename(columns={"children_reached": "reached"})
    last = measures.programme_coverage(plans)[["scenario", "programme", "coverage"]]
    table = table.merge(last, on=["scenario", "programme"], how="left")
    fields = every(plans)[0].case.tables["programmes"][["programme", "field"]]
    table = table.merge(fields, on="programme")
    return beside(table, plans, ["field", "programme"], ["amount", "coverage", "reached"])


def fields(plans: Plans) -> pd.DataFrame:
    """Each field: amount."""
    return beside(measures.money(plans, ["field"]), plans, ["field"], ["amount"]).pipe(_filled)


def cost_types(plans: Plans) -> pd.DataFrame:
    """Recurrent and capital: amount."""
    return beside(measures.money(plans, ["cost_type"]), plans, ["cost_type"], ["amount"]).pipe(_filled)


def remote(plans: Plans) -> pd.DataFrame:
    """Remote areas and the rest: amount, money_share, per_child, coverage."""
    table = measures.remote_against_rest(plans)
    return beside(table, plans, ["group"], ["amount", "money_share", "per_child", "coverage"])


def funds(plans: Plans) -> pd.DataFrame:
    """Each fund: ceiling, spent and lapsed."""
    flows = ["ceiling", "spent", "lapsed"]
    table = measures.funds(plans).groupby(["scenario", "fund"], sort=False, as_index=False)[flows].sum()
    return beside(table, plans, ["fund"], flows).pipe(_filled)


def targets(plans: Plans) -> pd.DataFrame:
    """Each target: level and value (shares of the need), met in both, and `turn`: met, missed, won or lost.

    won: missed in the base, met here; lost: the other way round; empty where only one of the two has the target.
    """
    table = measures.targets(plans)
    words = [name for name in table if name.startswith(("document", "agency"))]
    told = table.drop_duplicates("target")[["target", *words, "programme", "class", "area", "year"]]
    table = table.assign(met=(table["met"] == YES).astype(float))
    sides = beside(table, plans, ["target"], ["level", "value", "met"])
    sides = sides.drop(columns=["met_change", "level_change"])
    pairs = zip(sides["met_base"], sides["met"], strict=True)
    sides["turn"] = [TURNS[(one == 1, two == 1)] if pd.notna(one + two) else "" for one, two in pairs]
    return sides.merge(told, on="target", how="left")


def projects(plans: Plans) -> pd.DataFrame:
    """Projects that one plan builds and the other does not, or begins in another year, or in another part.

    Columns scenario, project, area, programme, turn (won: only here; lost: only in the base; moved), then start, share
    and building (million VND within the plan).
    """
    table = measures.projects(plans)
    given = table.drop_duplicates("project")[["project", "area", "programme"]]
    parts = table.groupby(["scenario", "project"], sort=False, as_index=False).agg(
        start=("start", "min"), share=("share", "sum"), building=("building", "sum")
    )
    whole = pd.MultiIndex.from_product([_names(plans), given["project"]], names=["scenario", "project"])
    parts = parts.set_index(["scenario", "project"]).reindex(whole).astype(float)
    parts = parts.fillna({"share": 0.0, "building": 0.0}).reset_index()
    sides = beside(parts, plans, ["project"], ["start", "share", "building"]).merge(given, on="project")
    one, two = sides["share_base"] > 0, sides["share"] > 0
    moved_or_part = (sides["start_change"].fillna(0) != 0) | (sides["share_change"].abs() > LEAST)
    sides["turn"] = np.select([two & ~one, one & ~two, moved_or_part], ["won", "lost", "moved"], "")
    sides = sides[sides["turn"] != ""].drop(columns=["start_change", "share_change"])
    return sides.reset_index(drop=True)


def moved(plans: Plans) -> pd.DataFrame:
    """How much money lies elsewhere: half the sum of all differences, between areas, programmes, funds and cells.

    Columns scenario, between, moved, share (of the base's money), net (the change of all money). A cell is one area,
    programme and year.
    """
    parts = [_moved(plans, keys).assign(between=between) for between, keys in BETWEEN.items()]
    table = pd.concat(parts, ignore_index=True)
    table["share"] = table["moved"] / every(plans)[0].lines["amount"].sum()
    return table[["scenario", "between", "moved", "share", "net"]]


def _moved(plans: Plans, keys: list[str]) -> pd.DataFrame:
    """Columns scenario, moved, net between the cells that `keys` tell apart."""
    change = _filled(beside(measures.money(plans, keys), plans, keys, ["amount"]))[["scenario", "amount_change"]]
    sums = change.assign(half=change["amount_change"].abs() / 2).groupby("scenario", sort=False, as_index=False).sum()
    return sums.rename(columns={"half": "moved", "amount_change": "net"})


def _names(plans: Plans) -> list[str]:
    return [plan.case.scenario.name for plan in every(plans)]


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """A table in which a row that one side does not have counts as 0 there."""
    for name in [column.removesuffix("_change") for column in table if column.endswith("_change")]:
        table = table.fillna({f"{name}_base": 0.0, name: 0.0})
        table[f"{name}_change"] = table[name] - table[f"{name}_base"]
    return table
