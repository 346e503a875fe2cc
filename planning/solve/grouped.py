"""A large linear programme solved as a small one that is proven best for the large.

The columns of a group share one value, rows that then say the same stand once, and rows that may wait are left out.
What the solver finds for the small programme is a value for every column and, shared out, a price for every row of the
large one. Then

- a row that was left out and is missed enters, and the groups are made anew around it;
- a group whose columns the prices do not all want up, or not all down, is split between them;
- where neither is the case the allocation keeps every row and every column stands where its reduced cost wants it:
  allocation and prices are optimal for the large programme (strong duality), and rows that never entered have price 0.

Each round enters a row or splits a group, so it ends; where every group is one column it has ended at the large
programme itself.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planning.inputs.case import Array, Case
from planning.solve.fold import Small, fold
from planning.solve.grouping import colours, groups, sizes, split, within
from planning.solve.linear import Linear
from planning.solve.live import HELD, Infeasible, Live

_MISSED, _NEAR, _NOISE = 1e-9, 0.05, 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """An optimum of a linear programme: values, prices, reduced costs with their certain sign, value and bound."""

    x: Array
    price: Array
    reduced: Array
    sign: Array
    value: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """Relative distance between the value and the bound that the row prices prove."""
        return abs(self.bound - self.value) / max(1.0, abs(self.value))


class Grouped:
    """A linear programme whose goals are sought one after another on few groups of its columns."""

    def __init__(self, lp: Linear, case: Case, live: Live | None = None) -> None:
        self.lp, self.case, self.live = lp, case, live
        self.active = ~lp.late
        self.start: Start | None = None
        self.rounds = 0
        self.alone = False
        self.held = lp
        self._like: tuple[Array, Array] | None = None
        self._folded: tuple[Array, Small] | None = None

    def best(self, gains: Sequence[Array], tolerances: Sequence[float]) -> list[Best]:
        """The best of each gain in turn, each held while the next is sought, but for the share it may give up.

        A row that waits is not asked about before the last goal: a value reached without it that can be held with it is
        the best. Raises Infeasible, or NoPlanError where optimality was not reached.
        """
        found: list[Best] = []
        while True:
            try:
                found = self._in_turn(gains, tolerances, found[:-1])
            except Infeasible:
                if self.alone:
                    raise
                self.alone, found = True, []
                self._enter(np.ones(self.lp.rows, bool))
                continue
            if self._kept(found[-1].x):
                return found

    def _in_turn(self, gains: Sequence[Array], tolerances: Sequence[float], known: list[Best]) -> list[Best]:
        """The best of each gain in turn under the active rows; of the first ones it is known."""
        lp, found = self.lp, list(known)
        group = np.arange(lp.columns) if self.alone else np.zeros(lp.columns, int)
        for place, (gain, tolerance) in enumerate(zip(gains, tolerances, strict=True)):
            if place == len(found):
                best, group = self._maximise(lp, group, gain)
                found.append(best)
                if tolerance and not self._kept(best.x):
                    return self._in_turn(gains, tolerances, known)
            value = found[place].value
            if place + 1 < len(gains):
                lp = lp.with_row(gain, value - tolerance * abs(value) - HELD)
        self.held = lp
        return found

    def _kept(self, x: Array) -> bool:
        """Whether x keeps the rows that wait; where not, they and those that are nearly missed enter."""
        if not ((self.lp.missed(x) > _MISSED) & ~self.active).any():
            return True
        self._enter(self.active | self.lp.near(x, _NEAR))
        return False

    def _enter(self, active: Array) -> None:
        """From now on these rows (rows,) take part; how they treat the columns is looked at anew."""
        self.active, self._like, self._folded = active, None, None

    def _maximise(self, lp: Linear, group: Array, gain: Array) -> tuple[Best, Array]:
        """The best of a gain under the active rows, and the groups that it took, each within one of those given."""
        begin = time.perf_counter()
        if self._like is None:
            size = sizes(self.lp, self.active)
            self._like = size, colours(self.lp, self.active, size)
        size, colour = self._like
        if not self.alone:
            group = within(groups(colour, gain / size), group)
        while True:
            self.rounds += 1
            x, price = self._solve(lp, group, size, gain)
            reduced, sign = lp.judged(gain, price)
            straddling = _straddling(group, sign)
            if not straddling.any():
                break
            group = split(group, straddling, sign, reduced / size)
        value, bound = float((gain * x).sum()), lp.bound(reduced, price)
        return Best(x, price, reduced, sign, value, bound, time.perf_counter() - begin), group

    def _solve(self, lp: Linear, group: Array, size: Array, gain: Array) -> tuple[Array, Array]:
        """Values of all columns and prices of all rows, from the folded programme."""
        if self._folded is None or self._folded[0] is not group:
            self._folded = group, fold(self.lp, self.active, group, size, self.case)
        small = self._folded[1].with_rows(lp, group)
        shared = np.bincount(group, gain, small.columns)
        if self.live is None:
            self.live = Live(small, shared)
        else:
            self.live.exchange(small, self.start and self.start.at(small, group))
        answer = self.live.maximise(shared)
        self.start = Start(small, group, answer.x, *self.live.basis())
        real = np.abs(answer.price) > _NOISE * np.abs(shared).max(initial=0.0)
        price = np.append(np.where(real, answer.price, 0.0) / small.scale, 0.0)[small.of] * small.share
        low, high = np.isfinite(lp.lower), np.isfinite(lp.upper)
        price = np.where((price > 0) & ~high, 0.0, np.where((price < 0) & ~low, 0.0, price))
        return answer.x[group], price


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where a folded programme ended, so that the next begins there: True for columns and rows in the basis."""

    small: Small
    group: Array
    x: Array
    columns: Array
    rows: Array

    def at(self, small: Small, group: Array) -> tuple[Array, Array, Array] | None:
        """(columns,) basic, (columns,) at the upper bound, (rows,) basic of another folding of the same columns.

        None where more than a fifth of the rows are new: from nothing the way is then shorter (measured).
        """
        if small.rows.size > 1.2 * self.small.rows.size:
            return None
        first = np.zeros(small.columns, np.int64)
        first[group[::-1]] = np.arange(group.size)[::-1]
        before = self.group[first]
        basic = np.zeros(small.columns, bool)
        basic[np.unique(before, return_index=True)[1]] = True
        rows = np.ones(small.rows.size, bool)
        _, new, old = np.intersect1d(small.rows, self.small.rows, return_indices=True)
        rows[new] = self.rows[old]
        return basic & self.columns[before], self.x[before] > 0.5, rows


def _straddling(group: Array, sign: Array) -> Array:
    """(groups,) True where the prices want some columns up and others down."""
    count = int(group.max()) + 1
    up, down = (np.bincount(group[sign == side], minlength=count) for side in (1, -1))
    return (up > 0) & (down > 0)
