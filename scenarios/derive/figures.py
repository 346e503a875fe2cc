"""The two maps of Hanoi, named figures, formulas over them, and sharing in whole numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parents[1]
FACTS = HERE / "facts"
NAME = re.compile(r"[a-z_]\w*")


@dataclass(frozen=True)
class World:
    """One of the two maps of Hanoi: its data folder, its years, the file of its areas and their year of population."""

    folder: str
    years: tuple[int, ...]
    places: str
    population: str


DISTRICTS = World("hanoi-districts-2024", (2025, 2026, 2027, 2028, 2029), "districts_2024", "2018")
COMMUNES = World("hanoi-communes-2026", (2026, 2027, 2028, 2029, 2030), "communes_2025", "2025")
WORLDS = (DISTRICTS, COMMUNES)


def facts(name: str, world: World) -> pd.DataFrame:
    """A file of facts, with the rows that hold in this world."""
    table = pd.read_csv(FACTS / f"{name}.csv", dtype=str, keep_default_na=False)
    if "data" in table:
        table = table[table["data"].isin(["both", world.folder])].drop(columns="data")
    return table.reset_index(drop=True)


def figures(world: World) -> pd.DataFrame:
    """All named figures: value, id, and whether it is assumed."""
    sourced = facts("city_totals", world).assign(assumed=False)
    table = pd.concat([sourced, facts("assumptions", world).assign(assumed=True)])
    table = table[["name", "value", "id", "assumed"]].set_index("name")
    table["value"] = pd.to_numeric(table["value"])
    table.loc["first_year"] = [world.years[0], "", False]
    table.loc["city_part"] = [np.nan, "", False]
    return table


def evaluate(formula: str, known: pd.DataFrame) -> float:
    """The number that a formula over named figures comes to."""
    values = {name: float(known.at[name, "value"]) for name in NAME.findall(formula)}
    return float(pd.eval(formula, local_dict=values, engine="python"))


def basis(formulas: Iterable[str], known: pd.DataFrame) -> tuple[str, str]:
    """The ids that formulas rest on, and the status of what they come to."""
    names = dict.fromkeys(name for formula in formulas for name in NAME.findall(formula))
    used = known.loc[list(names)]
    ids = ", ".join(dict.fromkeys(used.loc[used["id"] != "", "id"]))
    return ids, "assumed" if used["assumed"].any() else "derived"


def whole(total: int, weights: pd.Series, least: int = 0) -> pd.Series:
    """Whole numbers that add up to the total, at least `least` each, the rest by weight and largest remainder."""
    exact = (total - least * len(weights)) * weights / weights.sum()
    share = np.floor(exact)
    rank = (exact - share).rank(ascending=False, method="first")
    share += rank <= round(exact.sum() - share.sum())
    return share.astype(int) + least


def at_least_one(total: int, weights: pd.Series) -> pd.Series:
    """Whole numbers by weight; where some area would get none, every area first gets one."""
    shared = whole(total, weights)
    return shared if shared.min() > 0 else whole(total, weights, least=1)
