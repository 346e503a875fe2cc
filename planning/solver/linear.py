"""A linear programme as arrays, and what its numbers prove without a solver."""

from dataclasses import dataclass, replace

import numpy as np

from planning.inputs.case import Array
from planning.model.build import Block, Model
from planning.model.entries import Entries

MANY = 100  # from so many rows on a rule has a row for every area, or for every cell
_EXACT, _NOISE = 1e-9, 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Maximise a gain subject to lower ≤ A·x ≤ upper, 0 ≤ x ≤ 1. Entries in row order.

    `many` marks rows of which a rule has one for every area or cell; `late` those of them that may be left out until an
    allocation misses them.
    """

    matrix: Entries
    lower: Array
    upper: Array
    many: Array
    late: Array
    columns: int

    @property
    def rows(self) -> int:
        return self.lower.size

    def activity(self, x: Array) -> Array:
        """(rows,) A·x."""
        return np.bincount(self.matrix.row, self.matrix.value * x[self.matrix.column], self.rows)

    def weighed(self, price: Array) -> Array:
        """(columns,) Aᵀ·price."""
        return np.bincount(self.matrix.column, self.matrix.value * price[self.matrix.row], self.columns)

    def missed(self, x: Array) -> Array:
        """(rows,) by how much x misses each row; 0 where it keeps it."""
        activity = self.activity(x)
        return np.maximum(np.maximum(self.lower - activity, activity - self.upper), 0.0)

    def near(self, x: Array, part: float) -> Array:
        """(rows,) True where x misses the row, or nearly: within a part of its level."""
        activity = self.activity(x)
        low, high = activity - self.lower, self.upper - activity
        return (low < part * np.abs(self.lower)) | (high < part * np.abs(self.upper))

    def judged(self, gain: Array, price: Array) -> tuple[Array, Array]:
        """(columns,) reduced costs gain − Aᵀ·price, with the sign 1, 0 or −1 that is certain despite rounding."""
        left = gain - self.weighed(price)
        terms = np.abs(self.matrix.value * price[self.matrix.row])
        size = np.abs(gain) + np.bincount(self.matrix.column, terms, self.columns)
        least = np.maximum(_EXACT * size, _NOISE * np.abs(gain).max(initial=0.0))
        return left, np.where(np.abs(left) > least, np.sign(left), 0.0)

    def felt(self, left: Array, price: Array) -> Array:
        """(rows,) True where a price is certain despite rounding: some column, its reduced cost in `left`, feels it."""
        terms = np.abs(self.matrix.value * price[self.matrix.row])
        size = np.abs(left + self.weighed(price)) + np.bincount(self.matrix.column, terms, self.columns)
        part = np.zeros(self.rows)
        np.maximum.at(part, self.matrix.row, terms / np.maximum(size[self.matrix.column], 1e-300))
        return part > _EXACT

    def bound(self, left: Array, price: Array) -> float:
        """The most that any x can gain, by weak duality: Σ_i max(π_i·lower_i, π_i·upper_i) + Σ_j max(d_j, 0).

        Prices of the wrong sign for a one-sided row must be 0.
        """
        wanted = np.where(price > 0, self.upper, self.lower)
        rows = np.where(price != 0, wanted, 0.0) * price
        return float(rows.sum() + np.maximum(left, 0.0).sum())

    def with_row(self, weight: Array, at_least: float) -> "Linear":
        """The same with one more row: Σ weight·x ≥ at_least."""
        columns = np.flatnonzero(weight)
        entries = zip(
            (self.matrix.row, self.matrix.column, self.matrix.value),
            (np.full(columns.size, self.rows), columns, weight[columns]),
            strict=True,
        )
        return replace(
            self,
            matrix=Entries(*(np.concatenate(pair) for pair in entries)),
            lower=np.append(self.lower, at_least),
            upper=np.append(self.upper, np.inf),
            many=np.append(self.many, False),
            late=np.append(self.late, False),
        )


def linear(model: Model) -> Linear:
    """The linear programme of a model without whole columns."""
    blocks = [block for block in model.blocks if block.start is not None]
    many, late = np.zeros(model.lower.size, bool), np.zeros(model.lower.size, bool)
    for block in blocks:
        here = slice(block.start, block.start + len(block.rows))
        many[here] = len(block.rows) > MANY
        late[here] = len(block.rows) > MANY and _may_wait(block)
    return Linear(model.matrix, model.lower, model.upper, many, late, model.columns)


def _may_wait(block: Block) -> bool:
    """Rules that an allocation may happen to keep; links and ceilings hold from the start."""
    rows = block.rows
    return not rows.link and rows.sense != "==" and rows.rule != "fund_ceiling"
