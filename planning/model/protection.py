"""Money that lasts when prices rise: at most Γ programmes of a year at their highest unit cost, whichever they are.

Bertsimas and Sim (The price of robustness, Operations Research 52, 2004): the worst choice of Γ programmes is itself a
linear programme, so its price z and p can stand in the rows instead of all choices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.model.layout import Layout
from planning.model.rows import Extra, Rows, Sum

MOST, OVER = "worst_price", "worse_price"


@dataclass(frozen=True, slots=True, eq=False)
class Protection:
    """At most `gamma` programmes (a part of one where it is no whole number) rise at once, each by `rise` (A, P).

    `rise` is a share of the unit cost of a programme in an area; what projects cost does not rise.
    """

    gamma: float
    rise: Array

    def extras(self, case: Case) -> Iterable[Extra]:
        """Columns z[S,t] and p[S,j,t], each up to the dearest that programme j can become in the year t."""
        dearest = np.einsum("apt,ap->pt", case.need * case.unit_cost, self.rise)
        groups = len(groups_of_funds(case))
        if groups:
            most = np.broadcast_to(dearest.max(axis=0), (groups, dearest.shape[1]))
            yield Extra(MOST, most.ravel() + 1.0)
            yield Extra(OVER, np.broadcast_to(dearest, (groups, *dearest.shape)).ravel() + 1.0)

    def rows(self, layout: Layout) -> Iterable[Rows]:
        """What only the funds S may pay, at its worst, stays within what these funds have in the year.

        Σ_{(a,p) only S} m[a,p,t] + Γ·z[S,t] + Σ_j p[S,j,t]  ≤  Σ_{h∈S} (B[h,t] + carried[h,t−1] − carried[h,t])
        z[S,t] + p[S,j,t]  ≥  Σ_{(a,j) only S} rise[a,j] · cost of the units of (a,j) in t        ∀ S, j, t

        for every group of funds S (`groups_of_funds`). Which of the funds pays for a rise is decided when it is known.
        """
        for place, (funds, inside) in enumerate(groups_of_funds(layout.case)):
            yield self._within_money(layout, place, funds, inside)
            yield self._worst(layout, place, inside)

    def _within_money(self, layout: Layout, place: int, funds: Array, inside: Array) -> Rows:
        case = layout.case
        _, programmes, years = case.shape
        t = np.arange(years)
        cells = np.flatnonzero(np.broadcast_to(inside[..., None], case.shape))
        purses = np.flatnonzero(funds[case.purses["fund"]])
        h, at = np.repeat(purses, years) * years, np.tile(t, purses.size)
        later = at > 0
        over = np.arange(programmes * years)
        measure = (
            Sum("money", cells % years, cells, np.ones(cells.size)),
            Sum(MOST, t, place * years + t, np.full(years, self.gamma)),
            Sum(OVER, over % years, place * over.size + over, np.ones(over.size)),
            Sum("carried", at, h + at, np.ones(at.size)),
            Sum("carried", at[later], (h + at)[later] - 1, -np.ones(int(later.sum()))),
        )
        level = case.ceiling[purses].sum(axis=0)
        return Rows("within_money", _index(case, place), measure, "<=", level, np.ones(years), link=True)

    def _worst(self, layout: Layout, place: int, inside: Array) -> Rows:
        case = layout.case
        _, programmes, years = case.shape
        a, p, t, _ = layout.served_index
        some = np.flatnonzero(inside[a, p])
        each = np.arange(programmes * years)
        measure = (
            Sum(MOST, each, place * years + each % years, np.ones(each.size)),
            Sum(OVER, each, place * each.size + each, np.ones(each.size)),
            Sum("served", p[some] * years + t[some], some, -layout.cost[some] * self.rise[a[some], p[some]]),
        )
        index = _index(case, place).loc[each % years].reset_index(drop=True)
        index.insert(1, "programme", case.programmes[each // years])
        return Rows("worst_prices", index, measure, ">=", np.zeros(each.size), np.ones(each.size), link=True)


def groups_of_funds(case: Case) -> list[tuple[Array, Array]]:
    """Groups S of funds that some cells depend on: (F,) True for the funds, (A, P) True for what they alone may pay.

    The groups are all unions of the sets of funds that cells may be paid from; within them money can be moved to where
    it is missing exactly if no group is short (Gale, 1957). The areas that hold a fund count as one.
    """
    allowed = case.eligible & (case.need.sum(axis=2) > 0)
    kinds = {tuple(kind) for kind in allowed.reshape(len(case.funds), -1).T.tolist() if any(kind)}
    unions = reduce(
        lambda known, kind: known | {kind} | {_either(kind, other) for other in known}, sorted(kinds), set()
    )
    funds = [np.array(union) for union in sorted(unions)]
    return [(some, ~(case.eligible & ~some[:, None, None]).any(axis=0) & case.eligible.any(axis=0)) for some in funds]


def _either(one: tuple[bool, ...], other: tuple[bool, ...]) -> tuple[bool, ...]:
    return tuple(a or b for a, b in zip(one, other, strict=True))


def _index(case: Case, place: int) -> pd.DataFrame:
    return pd.DataFrame({"group": f"funds_{place + 1}", "year": case.years})
