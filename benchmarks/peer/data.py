"""The files of a made-up data set as arrays, as an analyst would read them; it shares no code with `planning`.

Index sets: areas A, programmes P, years T, bands S, funds F. Money in million VND.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Promise:
    """A row of coverage: Σ units of programme p in year t over `areas` (n,) ≥ coverage · needs, or short of it."""

    programme: int
    year: int
    areas: Array
    coverage: float
    weight: float = 0.0


@dataclass(frozen=True, eq=False)
class Data:
    """need (A, P), price (A, P, T), share and effect (P, S), worth and lasting (P,), ceiling and carry_over (F, T),
    eligible (F, A, P), remote (A,); promises with a weight may be missed at that price."""

    areas: Array
    programmes: Array
    years: Array
    funds: Array
    need: Array
    price: Array
    share: Array
    effect: Array
    worth: Array
    lasting: Array
    ceiling: Array
    carry_over: Array
    eligible: Array
    remote: Array
    remote_share: float
    promises: tuple[Promise, ...]
    penalty: float = 10.0

    @property
    def shape(self) -> tuple[int, int, int, int]:
        return *self.price.shape, self.share.shape[1]

    @property
    def full(self) -> Array:
        """(A, P, T) what all of a need costs."""
        return self.need[:, :, None] * self.price

    @property
    def gain(self) -> Array:
        """(A, P, T, S) what a full band counts for, as a share of all needs of all years."""
        years = len(self.years)
        still = np.where(self.lasting[:, None], years - np.arange(years), 1)
        value = self.worth[:, None] * self.share * self.effect
        gain = self.need[:, :, None, None] * still[None, :, :, None] * value[None, :, None, :]
        return gain / (years * (self.need * value.sum(axis=1)).sum())

    @property
    def classes(self) -> tuple[Array, Array]:
        """(A, P) funding class of each cell, and (K, F) which funds may pay the class."""
        kinds, of_cell = np.unique(self.eligible.reshape(len(self.funds), -1).T, axis=0, return_inverse=True)
        return of_cell.reshape(self.need.shape), kinds


def read(folder: Path) -> Data:
    """The data set of `benchmarks/country.py` in a folder, with the rules of its base scenario."""
    tables = {path.stem: pd.read_csv(path, usecols=lambda c: c not in _WORDS) for path in folder.glob("data/*.csv")}
    scenario = yaml.safe_load((folder / "base.yaml").read_text(encoding="utf-8"))
    areas, programmes = tables["areas"], tables["programmes"]
    kind = tables["classes"].set_index("class")["remote"] == "yes"
    years = np.array(scenario["years"])
    need = tables["needs"].pivot(index="area", columns="programme", values="need")
    cost = tables["unit_costs"].set_index(["programme", "class"])
    pairs = pd.MultiIndex.from_product([programmes["programme"], areas["class"].unique()])
    cost = cost.reindex(pairs)
    grown = (1 + cost["growth"].to_numpy())[:, None] ** (years - cost["price_year"].to_numpy()[:, None])
    by_class = (cost["unit_cost"].to_numpy()[:, None] * grown).reshape(len(programmes), -1, len(years))
    bands = tables["bands"].pivot(index="programme", columns="band").loc[programmes["programme"]]
    funds = tables["funds"].pivot(index="fund", columns="year", values=["ceiling", "carry_over"])
    carry_over = funds["carry_over"].to_numpy(float).copy()
    carry_over[:, -1] = 0
    place = pd.Index(areas["class"].unique()).get_indexer(areas["class"])
    return Data(
        areas["area"].to_numpy(),
        programmes["programme"].to_numpy(),
        years,
        funds.index.to_numpy(),
        need.loc[areas["area"], programmes["programme"]].to_numpy(float),
        by_class.transpose(1, 0, 2)[place],
        bands["share"].to_numpy(float),
        bands["effect"].to_numpy(float),
        (programmes["weight"] * programmes["children_per_unit"]).to_numpy(float),
        (programmes["cost_type"] == "capital").to_numpy(),
        funds["ceiling"].to_numpy(float),
        carry_over,
        _eligible(tables, funds.index),
        kind.reindex(areas["class"]).to_numpy(),
        scenario["rules"]["remote_share"]["share"],
        tuple(_promises(tables, scenario, years)),
    )


_WORDS = ("source", "status", "note")


def _eligible(tables: dict[str, pd.DataFrame], funds: pd.Index) -> Array:
    areas, programmes = tables["areas"], tables["programmes"]
    allowed = np.zeros((len(funds), len(areas), len(programmes)), bool)
    for row in tables["eligibility"].to_dict("records"):
        inside = np.full(len(programmes), True)
        for column in ("programme", "field", "cost_type"):
            inside &= (programmes[column] == row[column]) | (row[column] == "all")
        where = (areas["class"] == row["class"]) | (row["class"] == "all")
        allowed[funds.get_loc(row["fund"])] |= np.outer(where, inside)
    return allowed


def _promises(tables: dict[str, pd.DataFrame], scenario: dict, years: Array) -> list[Promise]:
    areas, programmes = tables["areas"], tables["programmes"]
    remote = areas["class"].isin(tables["classes"].loc[tables["classes"]["remote"] == "yes", "class"])
    targets = tables["targets"]
    soft = targets["strength"] == "soft"
    weight = targets["weight"].where(soft, 0.0) / targets.loc[soft, "weight"].sum()
    found = []
    for row in targets.assign(weight=weight)[targets["strength"] != "report"].to_dict("records"):
        where = (areas["class"] == row["class"]) | (row["class"] == "all")
        p = int(np.flatnonzero(programmes["programme"] == row["programme"])[0])
        t = int(np.flatnonzero(years == row["year"])[0])
        found.append(Promise(p, t, np.flatnonzero(where), row["coverage"], row["weight"]))
    for floor in scenario["rules"]["coverage_floors"]:
        name = floor["programmes"]
        where = np.flatnonzero(remote) if floor.get("areas") == "remote" else np.arange(len(areas))
        for p in np.flatnonzero((programmes["programme"] == name) | (programmes["field"] == name)):
            found += [Promise(int(p), t, where, floor["share"]) for t in range(len(years))]
    return found


def split(data: Data, served: Array, paid: Array) -> Array:
    """(F, A, P, T) million VND by fund: what each cell is served (A, P, T, S) at, paid as its class is (K, F, T)."""
    money = (served * data.share[:, None, :]).sum(axis=3) * data.full
    part = paid / np.maximum(paid.sum(axis=1, keepdims=True), 1e-12)
    return part[data.classes[0]].transpose(2, 0, 1, 3) * money


def write(data: Data, money: Array, path: Path) -> None:
    """The allocations above one đồng as a table."""
    f, a, p, t = np.nonzero(money > 1e-6)
    amount = money[f, a, p, t]
    names = {"area": data.areas[a], "programme": data.programmes[p], "fund": data.funds[f], "year": data.years[t]}
    pd.DataFrame({**names, "amount": amount}).to_csv(path, index=False)
