"""What a plan does, in plain pandas: every cell with what the tables say of it and what the plan gives it.

It shares no code with the model, so that the second look can disagree with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planning.inputs.case import Case


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a plan says it pays (lines), reaches (coverage) and starts (projects)."""

    lines: pd.DataFrame
    coverage: pd.DataFrame
    projects: pd.DataFrame


def described_cells(case: Case, outcome: Outcome) -> pd.DataFrame:
    """Every area × programme × year with what the tables say of it and what the plan gives it.

    Columns area, class, remote, children, programme, field, cost_type, children_per_unit, weight, year, need, price,
    amount (all money), project_money (building and running), limited, capacity, standing (units reached: bought in the
    year, bought so far where money builds what lasts, or what projects hold open).
    """
    areas = case.tables["areas"][["area", "class", "children", "distance_km"]]
    areas = areas.merge(case.tables["classes"][["class", "remote"]], on="class")
    areas["remote"] = areas["remote"] == "yes"
    kept = ["programme", "field", "cost_type", "children_per_unit", "weight"]
    cells = areas.merge(case.tables["programmes"][kept], how="cross")
    cells = cells.merge(pd.DataFrame({"year": case.years}), how="cross")
    needs = case.tables["needs"][["area", "programme", "year", "need"]]
    lasting = needs[needs["year"] == "all"].drop(columns="year")
    dated = needs[needs["year"] != "all"].astype({"year": int})
    key = ["area", "programme", "year"]
    cells = cells.merge(lasting, how="left", on=["area", "programme"])
    cells = cells.merge(dated, how="left", on=key, suffixes=("", "_dated"))
    cells["need"] = cells["need_dated"].fillna(cells["need"])
    cost = case.tables["unit_costs"][["programme", "class", "unit_cost", "price_year", "growth"]]
    cells = cells.merge(cost, how="left", on=["programme", "class"])
    cells["price"] = cells["unit_cost"] * (1 + cells["growth"]) ** (cells["year"] - cells["price_year"])
    project_money, added = _project_years(case, outcome.projects)
    for name, table, column in (
        ("amount", outcome.lines, "amount"),
        ("project_money", project_money, "amount"),
        ("added", added, "capacity"),
        ("reached", outcome.coverage, "reached"),
    ):
        sums = table.groupby(key)[column].sum().rename(name)
        cells = cells.join(sums, on=key).fillna({name: 0.0})
    cells = _with_capacity(case, cells)
    bought = ((cells["amount"] - cells["project_money"]) / cells["price"]).fillna(0.0)
    by_projects = cells["limited"] & (cells["cost_type"] == "capital")
    lasts = (cells["cost_type"] == "capital") & ~cells["limited"]
    so_far = bought.groupby([cells["area"], cells["programme"]]).cumsum()
    cells["standing"] = bought.mask(lasts, so_far).mask(by_projects, cells["reached"])
    return cells


def _with_capacity(case: Case, cells: pd.DataFrame) -> pd.DataFrame:
    """Columns limited and capacity (units that exist or that open projects add)."""
    table = case.tables.get("capacities")
    if table is None:
        return cells.assign(limited=False, capacity=np.inf)
    cells = cells.merge(table[["area", "programme", "existing"]], how="left", on=["area", "programme"])
    limited = cells["existing"].notna()
    return cells.assign(limited=limited, capacity=(cells["existing"] + cells["added"]).where(limited, np.inf))


def _project_years(case: Case, chosen: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the started projects cost and add in each plan year: area, programme, year with amount or capacity."""
    money, added = [], []
    table = case.tables.get("projects")
    effects = case.tables.get("project_effects")
    described = None if table is None else table.set_index("project")
    for start in chosen.to_dict("records"):
        project = described.loc[start["project"]]
        own = effects[effects["project"] == start["project"]]
        for year in case.years:
            since = year - start["start"]
            price = start["share"] * (1 + project["growth"]) ** (year - project["price_year"])
            parts = (project["first_year"], project["second_year"], project["third_year"])
            if 0 <= since < len(parts):
                money.append((project["area"], project["programme"], year, project["cost"] * price * parts[since]))
            if project["delay"] <= since < project["delay"] + project["life"]:
                cost = project["running_cost"] * price
                money.append((project["area"], project["running_programme"], year, cost))
                for effect in own.to_dict("records"):
                    capacity = effect["capacity"] * start["share"]
                    added.append((project["area"], effect["programme"], year, capacity))
    names = ["area", "programme", "year"]
    spent = pd.DataFrame(money, columns=[*names, "amount"]).astype({"amount": float})
    return spent, pd.DataFrame(added, columns=[*names, "capacity"]).astype({"capacity": float})


def of_programmes(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """The cells of the programmes that a rule calls all, or by field, cost type or code."""
    if name == "all":
        return cells
    return cells[(cells["programme"] == name) | (cells["field"] == name) | (cells["cost_type"] == name)]


def of_areas(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    """The cells of the areas that a rule calls all, remote, rest, or by the code of a class or of an area."""
    if name in ("all", "remote", "rest"):
        return cells if name == "all" else cells[cells["remote"] == (name == "remote")]
    return cells[(cells["class"] == name) | (cells["area"] == name)]


def worst(excess: Iterable[float]) -> float:
    """The largest excess, 0 where nothing exceeds."""
    return float(max([0.0, *excess]))
