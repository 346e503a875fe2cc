"""What is not known exactly: ranges around needs, unit costs and ceilings, and draws from them.

A range belongs to a row of its table and is held as a factor of the stated value, so that one draw moves a need in all
its years, or a price in all years and all areas of its class, together.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planning.errors import InputError, Problem
from planning.inputs.case import Array, Case
from planning.inputs.whatif import with_values
from planning.vocabulary import ALL, TABLES, TRIANGULAR, Text

VALUES = {"needs": "need", "unit_costs": "unit_cost", "funds": "ceiling"}
OPTIONS = {"needs": "--needs", "unit_costs": "--costs", "funds": "--revenues"}
Factors = Mapping[str, Array]


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """The ranges of one table: low and high (n,) as factors of the stated values, 1 and 1 where a row is certain.

    `triangular` (n,) is True where values near the stated one are likelier; `assumed` is the spread that was assumed
    where the table states no range, 0 where the ranges are the table's own.
    """

    low: Array
    high: Array
    triangular: Array
    assumed: float

    @property
    def certain(self) -> bool:
        """Whether no row can differ from what is stated."""
        return bool((self.low == self.high).all())


def ranges(case: Case, spread: Mapping[str, float]) -> dict[str, Range]:
    """The range of each of the tables needs, unit_costs and funds; `spread` is what is assumed where one states none.

    An assumed spread s means 1 − s to 1 + s for needs and unit costs, every value alike, and 1 − s to 1 for ceilings: a
    revenue may fall short, and what exceeds the ceiling may not be spent. Raises InputError where a spread is no share,
    or is given for a table that states its own, or nothing at all is uncertain.
    """
    problems = [fault for name in VALUES if (fault := _fault(case.tables[name], name, spread.get(name)))]
    if problems:
        raise InputError(problems)
    found = {name: _range(case.tables[name], name, spread.get(name) or 0.0) for name in VALUES}
    if all(one.certain for one in found.values()):
        files = ", ".join(TABLES[name].file for name in VALUES)
        text = Text(
            f"các bảng {files} không ghi khoảng giá trị nào nên không có gì chưa chắc chắn; hãy điền các cột low, high "
            "và shape, hoặc giả định một mức dao động, ví dụ --costs 0.1",
            f"none of {files} states a range, so nothing is uncertain; fill in their columns low, high and shape, or "
            "assume a spread, for instance --costs 0.1",
        )
        raise InputError([Problem("options", text)])
    return found


def _fault(table: pd.DataFrame, name: str, spread: float | None) -> Problem | None:
    if spread is None:
        return None
    option = OPTIONS[name]
    if not 0 <= spread < 1:
        near = f": {spread / 100:g}" if 1 < spread < 100 else ""
        text = Text(
            f"{option} {spread:g} không hợp lệ; hãy ghi một phần của giá trị đã nêu, từ 0 đến dưới 1{near}",
            f"{option} {spread:g} is not allowed; write a share of the stated value from 0 to below 1{near}",
        )
        return Problem("options", text)
    if "low" in table:
        text = Text(
            f"không giả định được {option} {spread:g} vì {TABLES[name].file} đã ghi khoảng giá trị; hãy bỏ {option}",
            f"{option} {spread:g} cannot be assumed, because {TABLES[name].file} states ranges of its own; leave "
            f"{option} out",
        )
        return Problem("options", text)
    return None


def _range(table: pd.DataFrame, name: str, spread: float) -> Range:
    value = table[VALUES[name]].to_numpy(float)
    if "low" not in table:
        none = np.zeros(value.size, bool)
        high = 0.0 if name == "funds" else spread
        return Range(np.full(value.size, 1 - spread), np.full(value.size, 1 + high), none, spread)
    sure = table["low"].isna().to_numpy()
    low, high = (
        np.divide(table[end].to_numpy(float), value, out=np.ones(value.size), where=~sure) for end in ("low", "high")
    )
    return Range(low, high, (table["shape"] == TRIANGULAR).to_numpy(), 0.0)


# ---- draws ----------------------------------------------------------------------------------------------------------
def draw(found: Mapping[str, Range], seed: int, number: int, *, together: bool = False) -> dict[str, Array]:
    """Factors (n,) of each table in one draw, made from the seed and the draw's own number alone.

    Rows are independent of each other; `together` lets all rows of a table stand at the same point of their ranges.
    """
    rng = np.random.default_rng([seed, number])
    drawn = {}
    for name, one in found.items():
        u = np.full(one.low.size, rng.random()) if together else rng.random(one.low.size)
        drawn[name] = _at(one, u)
    return drawn


def _at(one: Range, u: Array) -> Array:
    """The value of each range below which a share u of its values lies."""
    below, above = 1 - one.low, one.high - 1
    width = below + above
    first = np.divide(below, width, out=np.zeros(u.size), where=width > 0)
    rising = one.low + np.sqrt(u * width * below)
    falling = one.high - np.sqrt((1 - u) * width * above)
    triangle = np.where(u < first, rising, falling)
    return np.where(one.triangular, triangle, one.low + u * width)


# ---- from rows to arrays --------------------------------------------------------------------------------------------
def rows_of_needs(case: Case) -> Array:
    """(A, P, T) the row of table needs that states the need of each cell."""
    table = case.tables["needs"]
    row = np.zeros(case.shape, int)
    a, p = case.areas.get_indexer(table["area"]), case.programmes.get_indexer(table["programme"])
    every = (table["year"] == ALL).to_numpy()
    at = np.arange(len(table))
    row[a[every], p[every]] = at[every, None]
    t = pd.Index(case.years).get_indexer(pd.to_numeric(table["year"].where(~every, -1)))
    dated = ~every & (t >= 0)
    row[a[dated], p[dated], t[dated]] = at[dated]
    return row


def rows_of_unit_costs(case: Case) -> Array:
    """(A, P) the row of table unit_costs that prices each programme in each area; −1 where only projects deliver it."""
    table = case.tables["unit_costs"]
    row = np.full((len(case.classes), len(case.programmes)), -1)
    row[case.classes.get_indexer(table["class"]), case.programmes.get_indexer(table["programme"])] = range(len(table))
    return row[case.area_class]


def rows_of_funds(case: Case) -> Array:
    """(F, T) the row of table funds that states the ceiling of each fund in each year."""
    table = case.tables["funds"]
    row = np.zeros((len(case.funds), len(case.years)), int)
    f, t = case.funds.get_indexer(table["fund"]), pd.Index(case.years).get_indexer(table["year"])
    row[f[t >= 0], t[t >= 0]] = np.flatnonzero(t >= 0)
    return row


def with_factors(case: Case, factors: Factors) -> Case:
    """The case with every need, unit cost and ceiling times the factor of its row."""
    price = np.append(factors["unit_costs"], 1.0)[rows_of_unit_costs(case)]
    fund = factors["funds"][rows_of_funds(case)][case.purses["fund"]]
    return with_values(
        case,
        need=case.need * factors["needs"][rows_of_needs(case)],
        unit_cost=case.unit_cost * price[..., None],
        ceiling=case.ceiling * fund,
    )
