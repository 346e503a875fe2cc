"""The columns of the model, each in its natural unit: a share between 0 and 1 of a need, a ceiling or a level.

Coefficients near 1 are what makes the solver's answer right: with money in million VND beside goals of 1e-6, a plan
2.6 % below the best was once reported as optimal.

Columns, in this order:
  served[a,p,t,s]  share reached of band s of the need N[a,p,t]; capital programmes: share of the band built in year t
  paid[k,h,t]      share of what purse h can at most pay for funding class k
  carried[h,t]     share of what purse h may carry from year t into t+1
  short[i]         share of its level that soft row i misses
A *funding class* k is a set of cells (area × programme) that exactly the same purses may pay; they are paid together
and the money is split afterwards pro rata.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planning.inputs.case import Array, Case
from planning.model.rows import Sum


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Nonzeros of many rows in coordinate form: row, column, coefficient."""

    row: Array
    column: Array
    value: Array


@dataclass(frozen=True, eq=False)
class Layout:
    """Positions and natural sizes of the served, paid and carried columns of a case."""

    case: Case

    # ---- served -----------------------------------------------------------------------------------------------------
    @cached_property
    def _served(self) -> tuple[Array, ...]:
        case = self.case
        width = case.need[..., None] * case.band_share[None, :, None, :]
        a, p, t, s = np.nonzero(width > 0)
        return a, p, t, s, width[a, p, t, s]

    @property
    def served(self) -> int:
        """Number of served columns."""
        return self._served[0].size

    @cached_property
    def cell(self) -> Array:
        """(served,) flat cell a·P·T + p·T + t of each served column; ascending, so a cell's bands stand together."""
        a, p, t, _, _ = self._served
        _, programmes, years = self.case.shape
        return (a * programmes + p) * years + t

    @cached_property
    def width(self) -> Array:
        """(served,) units that a full served column stands for."""
        return self._served[4]

    @cached_property
    def cost(self) -> Array:
        """(served,) million VND of a full served column."""
        a, p, t, _, width = self._served
        return width * self.case.unit_cost[a, p, t]

    @cached_property
    def gain(self) -> Array:
        """(served,) weighted child-years of a full column: worth · effect · units · years that they serve."""
        a, p, t, s, width = self._served
        case = self.case
        lasting = np.where(case.capital[p], len(case.years) - t, 1)
        return case.worth[a, p] * case.band_effect[p, s] * width * lasting

    @cached_property
    def once(self) -> Entries:
        """Rows Σ_t served[a,p,t,s] ≤ 1: each band of a capital need is built at most once."""
        a, p, _, s, _ = self._served
        built = np.flatnonzero(self.case.capital[p])
        key = (a[built] * self.case.shape[1] + p[built]) * self.case.band_share.shape[1] + s[built]
        _, row = np.unique(key, return_inverse=True)
        return Entries(row, built, np.ones(built.size))

    # ---- paid -------------------------------------------------------------------------------------------------------
    @cached_property
    def _classes(self) -> tuple[Array, list[Array]]:
        """(A·P,) funding class of each cell pair, and the purses that may pay each class."""
        case = self.case
        areas, programmes, _ = case.shape
        held_by = {}
        for h, (f, a) in enumerate(case.purses.to_numpy()):
            held_by[f, a] = h
        own = np.array([(f, -1) not in held_by for f in range(len(case.funds))])
        allowed = case.eligible.reshape(len(case.funds), -1).T
        area = np.where(allowed[:, own].any(axis=1), np.repeat(np.arange(areas), programmes), -1)
        kinds, of_cell = np.unique(np.column_stack([area, allowed]), axis=0, return_inverse=True)
        purses = [
            np.array([held_by[f, kind[0] if own[f] else -1] for f in np.flatnonzero(kind[1:])], dtype=int)
            for kind in kinds
        ]
        return of_cell.ravel(), purses

    @cached_property
    def class_of_cell(self) -> Array:
        """(A·P,) funding class of each area × programme."""
        return self._classes[0]

    @cached_property
    def reachable(self) -> Array:
        """(H, T) million VND that a purse can have in a year: its ceiling and the most that can be carried in."""
        carried = self.case.ceiling * self.case.carry_over
        return self.case.ceiling + np.pad(carried, ((0, 0), (1, 0)))[:, :-1]

    @cached_property
    def _paid(self) -> tuple[Array, ...]:
        of_cell, purses = self._classes
        years = len(self.case.years)
        served_class = of_cell[self.cell // years] * years + self.cell % years
        full = np.bincount(served_class, self.cost, minlength=len(purses) * years).reshape(-1, years)
        k = np.repeat(np.arange(len(purses)), [len(some) for some in purses])
        h = np.concatenate(purses)
        size = np.minimum(full[k], self.reachable[h])
        pair, t = np.nonzero(size > 0)
        order = np.lexsort((k[pair], t, h[pair]))
        pair, t = pair[order], t[order]
        return k[pair], h[pair], t, size[pair, t]

    @property
    def paid(self) -> int:
        """Number of paid columns."""
        return self._paid[0].size

    @cached_property
    def payment(self) -> tuple[Array, Array, Array]:
        """(paid,) funding class, purse and year of each paid column, ordered by purse and year."""
        return self._paid[:3]

    @cached_property
    def payment_size(self) -> Array:
        """(paid,) million VND of a full paid column."""
        return self._paid[3]

    # ---- carried ----------------------------------------------------------------------------------------------------
    @cached_property
    def carrying(self) -> Array:
        """(carried,) flat purse-year h·T + t of each carried column; the last year carries nothing."""
        most = self.case.ceiling * self.case.carry_over
        most[:, -1] = 0
        return np.flatnonzero(most)

    @cached_property
    def carrying_size(self) -> Array:
        """(carried,) million VND of a full carried column."""
        return (self.case.ceiling * self.case.carry_over).ravel()[self.carrying]

    @property
    def columns(self) -> int:
        """Number of served, paid and carried columns together."""
        return self.served + self.paid + self.carrying.size

    # ---- from quantities to columns ---------------------------------------------------------------------------------
    def expand(self, sums: tuple[Sum, ...]) -> Entries:
        """The sums written over the columns, in million VND or units; entries of one row and column may repeat."""
        parts = [getattr(self, f"_expand_{item.quantity}")(item.row, item.at, item.weight) for item in sums]
        return Entries(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def _expand_money(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        column, entry = self._runs(self._cell_start, at)
        return row[entry], column, weight[entry] * self.cost[column]

    def _expand_units(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        years = len(self.case.years)
        lasting = self.case.capital[at // years % self.case.shape[1]]
        back, entry = _countdown(np.where(lasting, at % years + 1, 1))
        column, inner = self._runs(self._cell_start, at[entry] - back)
        entry = entry[inner]
        return row[entry], column, weight[entry] * self.width[column]

    def _expand_paid(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        column, entry = self._runs(self._purse_start, at)
        return row[entry], self.served + column, weight[entry] * self.payment_size[column]

    def _expand_carried(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        position = np.searchsorted(self.carrying, at)
        exists = position < self.carrying.size
        exists[exists] = self.carrying[position[exists]] == at[exists]
        column = position[exists]
        return row[exists], self.served + self.paid + column, weight[exists] * self.carrying_size[column]

    @cached_property
    def _cell_start(self) -> Array:
        return np.searchsorted(self.cell, np.arange(int(np.prod(self.case.shape)) + 1))

    @cached_property
    def _purse_start(self) -> Array:
        _, h, t = self.payment
        years = len(self.case.years)
        return np.searchsorted(h * years + t, np.arange(self.case.ceiling.size + 1))

    @staticmethod
    def _runs(start: Array, at: Array) -> tuple[Array, Array]:
        """The columns start[i] … start[i+1]−1 of every i in `at`, and the entry of `at` that each belongs to."""
        back, entry = _countdown(start[at + 1] - start[at])
        return start[at + 1][entry] - 1 - back, entry


def _countdown(count: Array) -> tuple[Array, Array]:
    """For counts (2, 3): the numbers 1 0 · 2 1 0 and the entry 0 0 · 1 1 1 each belongs to."""
    entry = np.repeat(np.arange(count.size), count)
    return np.cumsum(count)[entry] - 1 - np.arange(entry.size), entry
