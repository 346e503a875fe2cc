"""What a rule states: rows, each a weighted sum compared with a level times a base.

    measure  ≥ | ≤ | =  level · base

The measure is a sum over *quantities*: money or units of cells (area × programme × year), or what purses pay and
carry. The base is a number (children of the area, need, one) or another such sum (all the money of a year). Because a
row keeps level and base apart, it can be evaluated on any allocation, softened, or given another level without being
written again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.inputs.scenario import Strength
from planning.vocabulary import Text

Quantity = Literal["money", "units", "paid", "carried"]
Sense = Literal[">=", "<="]
Unit = Literal["share", "money", "money_per_child"]


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """Σ weight · quantity, for many rows at once: three arrays of one length beside the quantity's name.

    `row` is the position of the row the entry belongs to; `at` the flat position of the quantity (cell a·P·T + p·T + t
    for money and units; purse-year h·T + t for paid and carried). Money in million VND, units in the programme's unit.
    """

    quantity: Quantity
    row: Array
    at: Array
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one rule. `index` has one line per row and a column per index set (area, fund, target, year)."""

    rule: str
    index: pd.DataFrame
    measure: tuple[Sum, ...]
    sense: Sense
    level: Array
    base: Array | tuple[Sum, ...]
    strength: Strength = "hard"
    price: float | Array = 1.0

    def __len__(self) -> int:
        return len(self.index)


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A rule of the formulation: the function that states its rows, its words, and the unit of its level."""

    name: str
    rows: Callable[[Case], Iterable[Rows]]
    words: Text
    unit: Unit


def rule(unit: Unit, *, vi: str, en: str) -> Callable[[Callable[[Case], Iterable[Rows]]], RuleKind]:
    """Make a function Case → rows a rule; its words name the level and the index sets in braces."""
    return lambda function: RuleKind(function.__name__, function, Text(vi, en), unit)


def cells_by_year(case: Case, weight: Array) -> Sum:
    """Money of a year, one row per year: weight (A, P) for every cell; zero weights are left out."""
    a, p = np.nonzero(weight)
    _, programmes, years = case.shape
    at = (a * programmes + p)[None, :] * years + np.arange(years)[:, None]
    row = np.broadcast_to(np.arange(years)[:, None], at.shape)
    return Sum("money", row.ravel(), at.ravel(), np.tile(weight[a, p], years))


def cells_by_area_and_year(case: Case) -> Sum:
    """Money of an area in a year, one row per area and year (row a·T + t)."""
    areas, programmes, years = case.shape
    a, p, t = np.indices((areas, programmes, years)).reshape(3, -1)
    return Sum("money", a * years + t, (a * programmes + p) * years + t, np.ones(a.size))


def by_area_and_year(case: Case) -> pd.DataFrame:
    """The index of one row per area and year."""
    pairs = pd.MultiIndex.from_product([case.areas, case.years], names=["area", "year"])
    return pairs.to_frame(index=False)


def over_years(case: Case) -> pd.DataFrame:
    """The index of one row per year."""
    return pd.DataFrame({"year": case.years})
