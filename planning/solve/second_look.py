"""A second look at a plan in plain pandas, as a reader would take it.

It takes the tables of the inputs and of the plan and shares no code with the model: need, cost, coverage, money and every
rule are worked out again from the CSV columns.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planning.inputs.case import Case
from planning.inputs.rules import PerChildFloor, RemoteShare, Stability, Targets

Check = tuple[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a plan says it pays (lines), reaches (coverage) and starts (projects)."""

    lines: pd.DataFrame
    coverage: pd.DataFrame
    projects: pd.DataFrame


def recheck(case: Case, outcome: Outcome) -> tuple[float, list[Check]]:
    """The goal *reach* and, for each rule, the largest excess over its level as a share of that level."""
    cells = described_cells(case, outcome)
    checks: list[Check] = [
        ("eligibility", _forbidden(case, outcome.lines)),
        ("need", _beyond_need(cells)),
        ("capacity", _beyond_capacity(cells)),
        ("projects", _wrongly_started(case, outcome.projects)),
        ("fund_ceiling", _overspent(case, outcome.lines)),
    ]
    for name, look in LOOKS.items():
        rule = getattr(case.scenario.rules, name)
        for entry in rule if isinstance(rule, list) else [rule]:
            if entry != "off" and entry.strength in ("hard", "as_stated"):
                checks.append((name, look(case, cells, outcome, entry)))
    return _reach(case, cells), checks


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


def _reach(case: Case, cells: pd.DataFrame) -> float:
    """Weighted child-years reached over the same with every need met, bands filled from the most effective down."""
    bands = case.tables["bands"].sort_values(["programme", "band"])
    objective = case.scenario.objective
    weights = pd.Series(objective.class_weights, dtype=float)
    worth = cells["weight"] * cells["children_per_unit"] * cells["class"].map(weights).fillna(1.0)
    worth = worth / (1 + objective.discount) ** (cells["year"] - case.years[0])
    done = everything = 0.0
    for programme, rows in cells.assign(worth=worth).groupby("programme"):
        steps = bands[bands["programme"] == programme]
        start = steps["share"].cumsum() - steps["share"]
        for low, share, effect in zip(start, steps["share"], steps["effect"], strict=True):
            within = (rows["standing"] - low * rows["need"]).clip(0, share * rows["need"])
            done += float((rows["worth"] * effect * within).sum())
            everything += float((rows["worth"] * effect * share * rows["need"]).sum())
    return done / everything if everything else 0.0


def _beyond_capacity(cells: pd.DataFrame) -> float:
    limited = cells[cells["limited"]]
    built = limited[limited["cost_type"] == "capital"]
    over = (limited["standing"] - limited["capacity"]) / limited["capacity"].clip(lower=1.0)
    unpaid = (built["amount"] - built["project_money"]).abs() / built["amount"].clip(lower=1.0)
    return worst([*over, *unpaid])


def _wrongly_started(case: Case, chosen: pd.DataFrame) -> float:
    """Number of projects that are started twice, in part, outside their years, out of order, or against their stage."""
    table = case.tables.get("projects")
    if table is None:
        return float(len(chosen))
    share = chosen.groupby("project")["share"].sum().reindex(table["project"], fill_value=0.0)
    described = table.set_index("project")
    bound, never = described["stage"].isin(["ongoing", "must"]), described["stage"] == "never"
    wrong = [*(share - 1), *(1 - share[bound]), *share[never]]
    if not case.scenario.rules.projects.divisible:
        wrong += [*(1 - chosen["share"]), *(share % 1).where(share % 1 < 0.5, 1 - share % 1)]
    for start in chosen.to_dict("records"):
        project = described.loc[start["project"]]
        wrong.append(float(not project["earliest"] <= start["start"] <= project["latest"]))
        if project["excludes"]:
            wrong.append(share[start["project"]] + share[project["excludes"]] - 1)
        if project["requires"]:
            first = chosen[(chosen["project"] == project["requires"]) & (chosen["start"] <= start["start"])]
            wrong.append(start["share"] - first["share"].sum())
    return worst(wrong)


def _forbidden(case: Case, lines: pd.DataFrame) -> float:
    """Share of the money in lines that no row of table eligibility allows, or that a purse pays outside its area."""
    described = lines.merge(case.tables["programmes"][["programme", "field", "cost_type"]], on="programme")
    described = described.merge(case.tables["areas"][["area", "class"]], on="area")
    described["allowed"] = False
    for row in case.tables["eligibility"].to_dict("records"):
        fits = described["fund"] == row["fund"]
        for column in ("programme", "field", "class", "cost_type"):
            fits &= (described[column] == row[column]) | (row[column] == "all")
        described["allowed"] |= fits
    total = described["amount"].sum()
    return float(described.loc[~described["allowed"], "amount"].sum() / total) if total else 0.0


def _beyond_need(cells: pd.DataFrame) -> float:
    return float(((cells["standing"] - cells["need"]) / cells["need"].clip(lower=1.0)).max())


def _overspent(case: Case, lines: pd.DataFrame) -> float:
    """Largest overspending of any purse, spending as late as carry-over allows: what is left over moves on, capped."""
    funds = case.tables["funds"]
    shares = case.tables.get("fund_shares")
    held = set() if shares is None else set(shares["fund"])
    most = 0.0
    spent = lines.assign(area=lines["area"].where(lines["fund"].isin(held), ""))
    spent = spent.groupby(["fund", "area", "year"])["amount"].sum()
    for fund, rows in funds[funds["year"].isin(case.years)].sort_values("year").groupby("fund"):
        parts = {"": 1.0}
        if shares is not None and fund in held:
            own = shares[shares["fund"] == fund]
            parts = dict(zip(own["area"], own["share"], strict=True))
        for area, part in parts.items():
            left = 0.0
            for year, ceiling, carry in zip(rows["year"], rows["ceiling"] * part, rows["carry_over"], strict=True):
                balance = ceiling + left - spent.get((fund, area, year), 0.0)
                most = max(most, -balance / max(ceiling, 1.0))
                left = min(max(balance, 0.0), carry * ceiling)
    return most


def _targets_missed(case: Case, cells: pd.DataFrame, _: Outcome, rule: Targets) -> float:
    return worst(
        target["coverage"] - rows["standing"].sum() / rows["need"].sum()
        for target in case.tables["targets"].to_dict("records")
        if rule.strength == "hard" or target["strength"] == "hard"
        for rows in [_of_target(cells, target)]
    )


def _of_target(cells: pd.DataFrame, target: dict) -> pd.DataFrame:
    rows = cells[(cells["programme"] == target["programme"]) & (cells["year"] == target["year"])]
    for column in ("class", "area"):
        if target[column] != "all":
            rows = rows[rows[column] == target[column]]
    return rows


def _remote_missed(case: Case, cells: pd.DataFrame, _: Outcome, rule: RemoteShare) -> float:
    shares = rule.share if isinstance(rule.share, dict) else {"all": rule.share}
    missed = []
    for name, share in shares.items():
        rows = cells[cells["year"] == name] if isinstance(name, int) else of_programmes(cells, name)
        total = rows.groupby("year")["amount"].sum()
        given = rows[rows["remote"]].groupby("year")["amount"].sum().reindex(total.index, fill_value=0.0)
        missed += [*((share * total - given) / total.clip(lower=1.0))]
    return worst(missed)


def _floor_missed(case: Case, cells: pd.DataFrame, _: Outcome, rule: PerChildFloor) -> float:
    by_area = cells.groupby(["area", "year"]).agg(amount=("amount", "sum"), children=("children", "first"))
    wanted = rule.amount * by_area["children"]
    return worst((wanted - by_area["amount"]) / wanted.clip(lower=1.0))


def _moved_too_far(case: Case, cells: pd.DataFrame, _: Outcome, rule: Stability) -> float:
    before = case.tables["baseline"].groupby("area")["amount"].sum()
    now = cells.groupby(["area", "year"])["amount"].sum()
    start = before.reindex(now.index.get_level_values("area")).to_numpy()
    excess = (1 - rule.decrease) * start - now
    if rule.increase is not None:
        excess = np.maximum(excess, now - (1 + rule.increase) * start)
    return worst(excess / np.maximum(start, 1.0))


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


LOOKS: dict[str, Callable[[Case, pd.DataFrame, Outcome, Any], float]] = {
    "targets": _targets_missed,
    "remote_share": _remote_missed,
    "per_child_floor": _floor_missed,
    "stability": _moved_too_far,
}
