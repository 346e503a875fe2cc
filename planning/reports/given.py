"""The inputs of a case, ready to print: what a planner looks over before asking for a plan."""

import numpy as np
import pandas as pd

from planning.inputs.arithmetic import conflicts
from planning.inputs.case import Array, Case
from planning.numbers import money_range, money_unit
from planning.reports.layout import by_year, dressed, rounded, with_totals
from planning.reports.measures import ratio
from planning.reports.sheet import Kind, Sheet
from planning.reports.words import heading
from planning.rounding import round_to_total
from planning.vocabulary import STATUSES, Language, Text

_NO_CONFLICT = Text("không có", "none")


def input_summary(case: Case, language: Language) -> Sheet:
    """Each table of the inputs: its rows, and how many of them are sourced, derived and assumed."""
    rows = []
    for name, frame in case.tables.items():
        counts = frame["status"].value_counts()
        rows.append({"table": name, "rows": len(frame), **{status: int(counts.get(status, 0)) for status in STATUSES}})
    kinds: dict[str, Kind] = {"table": "text", **dict.fromkeys(["rows", *STATUSES], "whole")}
    return dressed(Text("Số liệu đầu vào", "The inputs"), [case], pd.DataFrame(rows), kinds, language)


def classes(case: Case, language: Language) -> Sheet:
    """Each area class: areas, residents, children and their share."""
    table = case.tables["areas"].groupby("class", sort=False)
    table = table.agg(areas=("area", "size"), population=("population", "sum"), children=("children", "sum"))
    table = table.reset_index().assign(scenario=case.scenario.name)
    table["children_share"] = _parts_of_all(table["children"].to_numpy(float))
    table = with_totals(table, "class", ["areas", "population", "children", "children_share"])
    kinds: dict[str, Kind] = {
        "class": "text", "areas": "whole", "population": "whole", "children": "whole", "children_share": "share",
    }  # fmt: skip
    return dressed(Text("Địa bàn và trẻ em", "Areas and children"), [case], table, kinds, language)


def ceilings(case: Case, language: Language) -> Sheet:
    """The ceiling of each fund in each year of the plan."""
    table = case.tables["funds"]
    table = table[table["year"].isin(case.years)].rename(columns={"ceiling": "amount"})
    table = table[["fund", "year", "amount"]].assign(scenario=case.scenario.name)
    unit = money_unit([table["amount"].sum()])
    table["amount"] = rounded(table, "amount", ["year", "fund"], unit)
    wide = by_year([case.scenario.name], case.years, table, ["fund"], [(fund,) for fund in case.funds])
    kinds: dict[str, Kind] = {column: "text" if column == "fund" else "money" for column in wide.columns[1:]}
    return dressed(Text("Trần các nguồn vốn", "Ceilings of the funds"), [case], wide, kinds, language, unit)


def needs(case: Case, language: Language) -> Sheet:
    """Each programme in the last year: need, unit cost from cheapest to dearest class, cost of the whole need.

    What projects deliver has no unit cost, and its cost is that of the projects.
    """
    need, price = case.need[:, :, -1], case.unit_cost[:, :, -1]
    programmes, built = case.tables["programmes"], case.capital & case.limited
    prices = [money_range(*ends, language) for ends in zip(price.min(axis=0), price.max(axis=0), strict=True)]
    table = pd.DataFrame(
        {
            "scenario": case.scenario.name,
            "programme": case.programmes,
            "unit": programmes[f"unit_{language}"],
            "need": need.sum(axis=0),
            "prices": np.where(built, heading("by_projects", language), prices),
            "cost": (need * price).sum(axis=0),
        }
    )
    unit = money_unit([table["cost"].sum()])
    table["cost"] = rounded(table, "cost", ["programme"], unit)
    table = with_totals(table, "programme", ["cost"]).fillna({"unit": "", "prices": ""})
    table.loc[np.append(built, False), "cost"] = np.nan
    kinds: dict[str, Kind] = {
        "programme": "text", "unit": "text", "need": "count", "prices": "text", "cost": "money",
    }  # fmt: skip
    title = Text(f"Nhu cầu và đơn giá năm {case.years[-1]}", f"Needs and unit costs in {case.years[-1]}")
    return dressed(title, [case], table, kinds, language, unit)


def conflict_sheet(case: Case, language: Language) -> Sheet:
    """What addition shows that no plan can keep, one sentence a row; where nothing was found, a row that says so."""
    found = [text[language] for text in conflicts(case)] or [_NO_CONFLICT[language]]
    table = pd.DataFrame({"conflict": found}, dtype=object)
    title = Text("Mâu thuẫn giữa các quy định", "Conflicts between rules")
    return dressed(title, [case], table, {"conflict": "text"}, language)


def need_against_ceilings(case: Case, language: Language) -> Sheet:
    """Each year: what meeting every need would cost, against the ceilings; what is to be built is spread evenly.

    Projects cost what building all of them costs, those that exclude each other both counted, without running them.
    """
    cost = case.need * case.unit_cost
    building = case.need[:, :, -1:] / len(case.years) * case.unit_cost
    table = pd.DataFrame(
        {
            "scenario": case.scenario.name,
            "year": np.array(case.years, dtype=str),
            "need_recurrent": cost[:, ~case.capital].sum(axis=(0, 1)),
            "need_capital": building[:, case.capital].sum(axis=(0, 1)),
            "need_projects": _projects_spread(case),
            "ceilings": case.ceiling.sum(axis=0),
        }
    )
    unit = money_unit(table["need_recurrent"])
    needed = ["need_recurrent", "need_capital", *(["need_projects"] if len(case.projects) else [])]
    money = [*needed, "ceilings"]
    for column in money:
        table[column] = rounded(table, column, ["year"], unit)
    table = with_totals(table, "year", money)
    table["affordable"] = ratio(table["ceilings"], table[needed].sum(axis=1))
    kinds: dict[str, Kind] = {"year": "text", **dict.fromkeys(money, "money"), "affordable": "share"}
    title = Text("Chi phí đáp ứng mọi nhu cầu so với trần", "The cost of every need against the ceilings")
    return dressed(title, [case], table, kinds, language, unit)


def _parts_of_all(values: Array) -> Array:
    """Each value as a part of their sum, in tenths of a per cent that add up to 100; NaN where the sum is 0."""
    whole = values.sum()
    return round_to_total(values / whole, 0.001) if whole > 0 else np.full(values.size, np.nan)


def _projects_spread(case: Case) -> Array:
    """(T,) the cost of every project that may be built, an equal part in each year at the prices of the year."""
    table = case.projects[case.projects["stage"] != "never"]
    growth = 1 + table["growth"].to_numpy(float)[:, None]
    ahead = np.array(case.years) - table["price_year"].to_numpy(int)[:, None]
    return (table["cost"].to_numpy(float)[:, None] * growth**ahead).sum(axis=0) / len(case.years)
