"""The certificate of a plan: what was proven, with what, and a second look in plain pandas.

The second look takes the lines of the plan and the tables as a reader would, and shares no code with the model: it
works out need, cost, coverage, money and every rule again from the CSV columns.
"""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd

from planning.errors import NoPlanError
from planning.inputs.case import Case

TOLERANCE = 1e-6
Check = tuple[str, float]


def certify(
    case: Case, lines: pd.DataFrame, steps: Sequence[Any], unique: bool, seconds: dict[str, float]
) -> dict[str, Any]:
    """The certificate as plain values for JSON. Raises NoPlanError when the second look disagrees with the model."""
    reach, checks = recheck(case, lines)
    wrong = [f"{name}: off by {excess:.3g} of its level" for name, excess in checks if excess > TOLERANCE]
    stated = [step for step in steps if step.name == "reach"]
    if stated and abs(reach - stated[0].value) > TOLERANCE:
        wrong.append(f"goal reach: {reach:.9f} worked out again, {stated[0].value:.9f} stated by the model")
    if wrong:
        raise NoPlanError(["the allocation failed its second check; please report this case", *wrong])
    names = ("pulp", "highspy", "pandas", "numpy")
    return {
        "status": "optimal",
        "gap": max(step.gap for step in steps if step.name in ("targets", "reach", "weighted")),
        "unique": unique,
        "goals": [
            {"name": s.name, "value": s.value, "bound": s.bound, "gap": s.gap, "seconds": round(s.seconds, 3)}
            for s in steps
        ],
        "reach_checked": reach,
        "checks": [{"rule": name, "largest_excess": max(excess, 0.0)} for name, excess in checks],
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "versions": {"python": platform.python_version(), "planning": version("planning")}
        | {name: version(name) for name in names},
        "solver": "HiGHS",
        "inputs": dict(case.hashes),
        "input_hash": input_hash(case),
    }


def input_hash(case: Case) -> str:
    """Twelve hexadecimal digits that change when any input file of the case changes."""
    return hashlib.sha256(json.dumps(dict(case.hashes), sort_keys=True).encode()).hexdigest()[:12]


def recheck(case: Case, lines: pd.DataFrame) -> tuple[float, list[Check]]:
    """The goal *reach* and, for each rule, the largest excess over its level as a share of that level."""
    cells = _cells(case, lines)
    checks: list[Check] = [
        ("eligibility", _forbidden(case, lines)),
        ("need", _beyond_need(cells)),
        ("fund_ceiling", _overspent(case, lines)),
    ]
    rules = case.scenario.rules
    second_looks: dict[str, Callable[[Case, pd.DataFrame], float]] = {
        "targets": _targets_missed,
        "remote_share": _remote_missed,
        "per_child_floor": _floor_missed,
        "stability": _moved_too_far,
    }
    for name, look in second_looks.items():
        rule = getattr(rules, name)
        if rule != "off" and rule.strength in ("hard", "as_stated"):
            checks.append((name, look(case, cells)))
    return _reach(case, cells), checks


def _cells(case: Case, lines: pd.DataFrame) -> pd.DataFrame:
    """Every area × programme × year with its need, unit cost, money, units bought and units standing."""
    areas = case.tables["areas"][["area", "class", "children"]]
    programmes = case.tables["programmes"][["programme", "cost_type", "children_per_unit", "weight"]]
    cells = areas.merge(programmes, how="cross").merge(pd.DataFrame({"year": case.years}), how="cross")
    needs = case.tables["needs"][["area", "programme", "year", "need"]]
    lasting = needs[needs["year"] == "all"].drop(columns="year")
    dated = needs[needs["year"] != "all"].astype({"year": int})
    cells = cells.merge(lasting, how="left", on=["area", "programme"])
    cells = cells.merge(dated, how="left", on=["area", "programme", "year"], suffixes=("", "_dated"))
    cells["need"] = cells["need_dated"].fillna(cells["need"])
    cost = case.tables["unit_costs"][["programme", "class", "unit_cost", "price_year", "growth"]]
    cells = cells.merge(cost, how="left", on=["programme", "class"])
    cells["price"] = cells["unit_cost"] * (1 + cells["growth"]) ** (cells["year"] - cells["price_year"])
    money = lines.groupby(["area", "programme", "year"], as_index=False)["amount"].sum()
    cells = cells.merge(money, how="left", on=["area", "programme", "year"]).fillna({"amount": 0.0})
    cells["bought"] = cells["amount"] / cells["price"]
    built = cells.sort_values("year").groupby(["area", "programme"])["bought"].cumsum()
    cells["standing"] = cells["bought"].where(cells["cost_type"] != "capital", built)
    return cells


def _reach(case: Case, cells: pd.DataFrame) -> float:
    """Weighted child-years reached over the same with every need met, bands filled from the most effective down."""
    bands = case.tables["bands"].sort_values(["programme", "band"])
    weights = pd.Series(case.scenario.objective.class_weights, dtype=float)
    worth = cells["weight"] * cells["children_per_unit"] * cells["class"].map(weights).fillna(1.0)
    done = everything = 0.0
    for programme, rows in cells.assign(worth=worth).groupby("programme"):
        steps = bands[bands["programme"] == programme]
        start = steps["share"].cumsum() - steps["share"]
        for low, share, effect in zip(start, steps["share"], steps["effect"], strict=True):
            within = (rows["standing"] - low * rows["need"]).clip(0, share * rows["need"])
            done += float((rows["worth"] * effect * within).sum())
            everything += float((rows["worth"] * effect * share * rows["need"]).sum())
    return done / everything if everything else 0.0


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
    worst = 0.0
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
                worst = max(worst, -balance / max(ceiling, 1.0))
                left = min(max(balance, 0.0), carry * ceiling)
    return worst


def _targets_missed(case: Case, cells: pd.DataFrame) -> float:
    targets = case.tables["targets"]
    hard = case.scenario.rules.targets.strength == "hard"
    return _worst(
        target["coverage"] - rows["standing"].sum() / rows["need"].sum()
        for target in targets.to_dict("records")
        if hard or target["strength"] == "hard"
        for rows in [_of_target(cells, target)]
    )


def _of_target(cells: pd.DataFrame, target: dict) -> pd.DataFrame:
    rows = cells[(cells["programme"] == target["programme"]) & (cells["year"] == target["year"])]
    for column in ("class", "area"):
        if target[column] != "all":
            rows = rows[rows[column] == target[column]]
    return rows


def _remote_missed(case: Case, cells: pd.DataFrame) -> float:
    share = case.scenario.rules.remote_share.share
    classes = case.tables["classes"]
    remote = cells["class"].isin(classes.loc[classes["remote"] == "yes", "class"])
    total = cells.groupby("year")["amount"].sum()
    given = cells[remote].groupby("year")["amount"].sum().reindex(total.index, fill_value=0.0)
    wanted = pd.Series(share) if isinstance(share, dict) else pd.Series(share, index=total.index)
    return _worst((wanted * total - given) / total.clip(lower=1.0))


def _floor_missed(case: Case, cells: pd.DataFrame) -> float:
    wanted = case.scenario.rules.per_child_floor.amount
    by_area = cells.groupby(["area", "year"]).agg(amount=("amount", "sum"), children=("children", "first"))
    return _worst((wanted * by_area["children"] - by_area["amount"]) / (wanted * by_area["children"]).clip(lower=1.0))


def _moved_too_far(case: Case, cells: pd.DataFrame) -> float:
    rule = case.scenario.rules.stability
    before = case.tables["baseline"].groupby("area")["amount"].sum()
    now = cells.groupby(["area", "year"])["amount"].sum()
    start = before.reindex(now.index.get_level_values("area")).to_numpy()
    excess = (1 - rule.decrease) * start - now
    if rule.increase is not None:
        excess = np.maximum(excess, now - (1 + rule.increase) * start)
    return _worst(excess / np.maximum(start, 1.0))


def _worst(excess: Iterable[float]) -> float:
    return float(max([0.0, *excess]))
