"""What a plan does, in plain pandas: every cell with what the tables say of it and what the plan gives it.

It shares no code with the model, so that the second look can disagree with it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import ArrayLike
from pyarrow import compute

from planning.inputs.case import Case
from planning.inputs.codes import records


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What a plan says it pays (lines), reaches (coverage) and starts (projects)."""

    lines: pd.DataFrame
    coverage: pd.DataFrame
    projects: pd.DataFrame


def described_cells(case: Case, outcome: Outcome) -> pd.DataFrame:
    """Every area × programme × year with what the tables say of it and what the plan gives it.

    Columns area, class, remote, children, distance_km, programme, field, cost_type, children_per_unit, weight, year,
    need, price, amount (all money), project_money (building and running), limited, capacity, reached (as stated),
    standing (units reached: bought in the year, bought so far where money builds what lasts, or what projects hold
    open). Codes are categories; rows stand in the order of the tables, year after year.
    """
    cells = _crossed(case)
    cells["need"] = _needs(case)
    cells["price"] = _prices(case, cells)
    project_money, added = _project_years(case, outcome.projects)
    cells["amount"] = _summed(case, outcome.lines, "amount")
    cells["project_money"] = _summed(case, project_money, "amount")
    cells["reached"] = _summed(case, outcome.coverage, "reached")
    cells = _with_capacity(case, cells, _summed(case, added, "capacity"))
    bought = ((cells["amount"] - cells["project_money"]) / cells["price"]).fillna(0.0)
    so_far = bought.to_numpy().reshape(_shape(case)).cumsum(axis=2).ravel()
    capital, limited = cells["cost_type"] == "capital", cells["limited"]
    cells["standing"] = bought.mask(capital & ~limited, so_far).mask(capital & limited, cells["reached"])
    return cells


def _crossed(case: Case) -> pd.DataFrame:
    """What the tables say of the area and of the programme of each cell, areas outermost and years innermost."""
    areas, programmes = case.tables["areas"], case.tables["programmes"]
    remote = case.tables["classes"].set_index("class")["remote"] == "yes"
    a, p, years = (part.ravel() for part in np.indices(_shape(case)))
    cells = {name: _codes(areas[name], a) for name in ("area", "class")}
    cells["remote"] = remote.reindex(areas["class"]).to_numpy()[a]
    cells |= {name: areas[name].to_numpy()[a] for name in ("children", "distance_km")}
    cells |= {name: _codes(programmes[name], p) for name in ("programme", "field", "cost_type")}
    cells |= {name: programmes[name].to_numpy()[p] for name in ("children_per_unit", "weight")}
    return pd.DataFrame(cells | {"year": np.array(case.years)[years]})


def described_lines(case: Case, lines: pd.DataFrame) -> pd.DataFrame:
    """Columns fund, programme, class (categories) and amount of the lines in known areas and for known programmes."""
    a, p = _pairs(case, lines)
    there = (a >= 0) & (p >= 0)
    columns = {
        "fund": lines["fund"].astype("category")[there].array,
        "programme": _codes(case.tables["programmes"]["programme"], p[there]),
        "class": _codes(case.tables["areas"]["class"], a[there]),
    }
    return pd.DataFrame(columns | {"amount": lines["amount"].to_numpy(float)[there]})


def _codes(column: pd.Series, rows: np.ndarray) -> pd.Categorical:
    """The codes of a table's column at some of its rows."""
    codes, known = column.factorize()
    return pd.Categorical.from_codes(codes[rows], known)


def _places(known: pd.Series, codes: pd.Series) -> np.ndarray:
    """The place of each code among the known ones, −1 where it is none of them."""
    among, of = (pa.array(some, pa.large_string()) for some in (known, codes))
    return compute.index_in(of, among).fill_null(-1).to_numpy().astype(int)


def _pairs(case: Case, table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The places of each row's area and programme in their tables."""
    areas, programmes = case.tables["areas"]["area"], case.tables["programmes"]["programme"]
    return _places(areas, table["area"]), _places(programmes, table["programme"])


def cells_of(case: Case, table: pd.DataFrame) -> np.ndarray:
    """The row in the described cells of each area, programme and year of a table, −1 where there is none."""
    (a, p), t = _pairs(case, table), table["year"].to_numpy(int) - case.years[0]
    there = (a >= 0) & (p >= 0) & (t >= 0) & (t < len(case.years))
    return np.where(there, (a * len(case.tables["programmes"]) + p) * len(case.years) + t, -1)


def _summed(case: Case, table: pd.DataFrame, column: str) -> np.ndarray:
    """The sum of a table's column in each cell."""
    row = cells_of(case, table)
    values = table[column].to_numpy(float)[row >= 0]
    return np.bincount(row[row >= 0], values, minlength=np.prod(_shape(case)))


def _shape(case: Case) -> tuple[int, int, int]:
    return len(case.tables["areas"]), len(case.tables["programmes"]), len(case.years)


def _needs(case: Case) -> np.ndarray:
    """The need of each cell: that of its year, else that of all years."""
    table = case.tables["needs"][["area", "programme", "year", "need"]]
    every = table["year"] == "all"
    need = np.zeros(_shape(case))
    need[_pairs(case, table[every])] = table.loc[every, "need"].to_numpy(float)[:, None]
    need, dated = need.ravel(), table[~every]
    cell = cells_of(case, dated)
    need[cell[cell >= 0]] = dated["need"].to_numpy(float)[cell >= 0]
    return need


def _prices(case: Case, cells: pd.DataFrame) -> np.ndarray:
    """The unit cost of each cell at the prices of its year, NaN where projects alone deliver the programme."""
    table = case.tables["unit_costs"]
    programme, kind = cells["programme"].cat, cells["class"].cat
    p, k = programme.categories.get_indexer(table["programme"]), kind.categories.get_indexer(table["class"])
    stated = np.full((len(programme.categories), len(kind.categories), 3), np.nan)
    stated[p[k >= 0], k[k >= 0]] = table[["unit_cost", "price_year", "growth"]].to_numpy(float)[k >= 0]
    price, year, growth = stated[programme.codes, kind.codes].T
    return price * (1 + growth) ** (cells["year"].to_numpy() - year)


def _with_capacity(case: Case, cells: pd.DataFrame, added: np.ndarray) -> pd.DataFrame:
    """Columns limited and capacity (units that exist or that open projects add)."""
    table = case.tables.get("capacities")
    if table is None:
        return cells.assign(limited=False, capacity=np.inf)
    existing = np.full(_shape(case), np.nan)
    existing[_pairs(case, table)] = table["existing"].to_numpy(float)[:, None]
    limited = ~np.isnan(existing.ravel())
    return cells.assign(limited=limited, capacity=np.where(limited, existing.ravel() + added, np.inf))


def _project_years(case: Case, chosen: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the started projects cost and add in each plan year: area, programme, year with amount or capacity."""
    money, added = [], []
    described = _rows_of(case.tables.get("projects"))
    effects = _rows_of(case.tables.get("project_effects"))
    for start in records(chosen):
        [project] = described[start["project"]]
        for year in case.years:
            since = year - start["start"]
            price = start["share"] * (1 + project["growth"]) ** (year - project["price_year"])
            parts = (project["first_year"], project["second_year"], project["third_year"])
            if 0 <= since < len(parts):
                money.append((project["area"], project["programme"], year, project["cost"] * price * parts[since]))
            if project["delay"] <= since < project["delay"] + project["life"]:
                cost = project["running_cost"] * price
                money.append((project["area"], project["running_programme"], year, cost))
                for effect in effects.get(start["project"], ()):
                    capacity = effect["capacity"] * start["share"]
                    added.append((project["area"], effect["programme"], year, capacity))
    names = ["area", "programme", "year"]
    return pd.DataFrame(money, columns=[*names, "amount"]), pd.DataFrame(added, columns=[*names, "capacity"])


def _rows_of(table: pd.DataFrame | None) -> dict[str, list[dict[str, Any]]]:
    """The rows that a table, where there is one, has for each project."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in () if table is None else records(table):
        rows.setdefault(row["project"], []).append(row)
    return rows


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


def worst(excess: ArrayLike) -> float:
    """The largest excess, 0 where nothing exceeds."""
    return float(np.nanmax(np.append(0.0, excess)))
