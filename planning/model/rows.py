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
from planning.inputs.rules import Strength
from planning.vocabulary import Text

Sense = Literal[">=", "<=", "=="]
Unit = Literal["share", "money", "money_per_child", "number"]
Evaluation = Callable[[Array, Array], Array]


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """Σ weight · quantity, for many rows at once: three arrays of one length beside the quantity's name.

    `row` is the position of the row the entry belongs to; `at` the flat position of the quantity:

    money, units    cell a·P·T + p·T + t; million VND, units of the programme
    granted         purse, year and programme group (h·T + t)·G + g: what the purse pays to these programmes
    told            purse, year and programme (h·T + t)·P + p: the same pro rata, only for rows that are reported
    carried         purse and year h·T + t: what the purse carries into the next year
    start           start of a project
    served, payment one column each
    any other name  columns that the rule itself declares as `Extra`
    """

    quantity: str
    row: Array
    at: Array
    weight: Array


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of one rule. `index` has one line per row and a column per index set (area, fund, target, year).

    `price` and `priority` say what missing a soft row counts for and in which goal. `value` works the measure out from
    money and units (A, P, T) where the measure leans on extra columns. `link` marks rows that only define columns: they
    hold always and are no policy.
    """

    rule: str
    index: pd.DataFrame
    measure: tuple[Sum, ...]
    sense: Sense
    level: Array
    base: Array | tuple[Sum, ...]
    strength: Strength = "hard"
    price: float | Array = 1.0
    value: Evaluation | None = None
    link: bool = False
    priority: int | Array = 1

    def __len__(self) -> int:
        return len(self.index)


@dataclass(frozen=True, slots=True, eq=False)
class Extra:
    """Columns that a rule needs beside the plan's own, each between 0 and `size`; whole ones are 0 or `size`."""

    name: str
    size: Array
    whole: bool = False


@dataclass(frozen=True, slots=True)
class RuleKind:
    """A rule of the formulation: the function that states its rows, its words, and the unit of its level."""

    name: str
    rows: Callable[[Case], Iterable[Rows | Extra]]
    words: Text
    unit: Unit


def rule(unit: Unit, *, vi: str, en: str) -> Callable[[Callable[[Case], Iterable[Rows | Extra]]], RuleKind]:
    """Make a function Case → rows a rule; its words name the level and the index sets in braces."""
    return lambda function: RuleKind(function.__name__, function, Text(vi, en), unit)


def by_year(case: Case, quantity: str, weight: Array) -> Sum:
    """Money or units of a year, one row per year: weight (A, P), or (A, P, T) where it differs between years."""
    weight = _in_every_year(case, weight)
    cells = np.flatnonzero(weight)
    return Sum(quantity, cells % len(case.years), cells, weight.ravel()[cells])


def money_by_year(case: Case, weight: Array) -> Sum:
    """Money of a year, one row per year: weight (A, P) or (A, P, T)."""
    return by_year(case, "money", weight)


def by_area(case: Case, quantity: str, weight: Array, areas: Array | None = None) -> Sum:
    """Money or units of an area in a year, one row per chosen area and year (i·T + t): weight (A, P) or (A, P, T)."""
    chosen = np.arange(len(case.areas)) if areas is None else areas
    weight = _in_every_year(case, weight)[chosen]
    i, p, t = np.nonzero(weight)
    _, programmes, years = case.shape
    return Sum(quantity, i * years + t, (chosen[i] * programmes + p) * years + t, weight[i, p, t])


def _in_every_year(case: Case, weight: Array) -> Array:
    return np.broadcast_to(weight if weight.ndim == 3 else weight[..., None], case.shape)


def only(some: Sum, rows: Array) -> Sum:
    """The sum in the rows where the mask is True, which are numbered anew."""
    kept = rows[some.row]
    position = np.cumsum(rows) - 1
    return Sum(some.quantity, position[some.row[kept]], some.at[kept], some.weight[kept])


def areas_and_years(case: Case, areas: Array | None = None, **labels: str) -> pd.DataFrame:
    """The index of one row per area and year, with further labels that all rows share."""
    chosen = case.areas if areas is None else case.areas[areas]
    pairs = {"area": chosen.repeat(len(case.years)), "year": np.tile(case.years, len(chosen))}
    return pd.DataFrame(pairs | labels)


def over_years(case: Case, **labels: str) -> pd.DataFrame:
    """The index of one row per year, with further labels that all rows share."""
    return pd.DataFrame({**labels, "year": case.years})


def every_year(values: Array, years: int) -> Array:
    """(n·T,) each value once for each year."""
    return np.repeat(values, years)
