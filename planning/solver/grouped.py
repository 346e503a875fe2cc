"""A large linear programme solved as a small one that is proven best for the large.

The columns of a group share one value, rows that then say the same stand once, and rows that may wait are left out.
What the solver finds for the small programme is a value for every column and, shared out, a price for every row of the
large one. Then

- a row that was left out and is missed enters;
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
from planning.model.entries import alike
from planning.solver.entering import Evens, alone, asked, counted, evens, sharing, tied
from planning.solver.fold import Small, fold
from planning.solver.grouping import colours, groups, out_of_line, said_alike, sizes, split, straddling, within
from planning.solver.linear import Linear
from planning.solver.live import HELD, Infeasible, Live
from planning.solver.start import Start

_MISSED, _NOISE = 1e-9, 1e-11
_COMMON = 8  # from so many rows that say the same on they are one more way of treating columns alike


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
        self.held = lp
        self.active = ~lp.late
        self.group = np.zeros(lp.columns, int)
        self._single, self._links = np.zeros(lp.rows, bool), np.zeros(lp.rows, bool)
        self._like: tuple[Array, Array] | None = None
        self._folded: tuple[Array, Small] | None = None
        self._start: Start | None = None
        self._entering: Evens | None = None

    def best(self, gains: Sequence[Array], tolerances: Sequence[float]) -> list[Best]:
        """The best of each gain in turn, each held while the next is sought, but for the share it may give up.

        A row that waits is not asked about before the last goal: a value reached without it that can be held with it is
        the best. Where it cannot be held, all goals are sought again with the rows that have entered; where nothing is
        found then, first what those rows speak of and then every column stands alone, so that it is the rules and not
        the groups that allow nothing. Raises Infeasible, or UnprovenError where optimality was not reached.
        """
        while True:
            before = self.active
            try:
                return self._in_turn(gains, tolerances)
            except Infeasible:
                if np.array_equal(self.active, before) and not self._widened():
                    raise

    def _widened(self) -> bool:
        """Let what the rows of single areas speak of stand alone, or then every column. False where all do already."""
        before = int(self.group.max(initial=0))
        self.group = alone(self.group, counted(self.lp, self._single))
        if self.group.max(initial=0) == before:
            self._let_in(np.ones(self.lp.rows, bool))
            self.group = np.arange(self.lp.columns)
        return int(self.group.max(initial=0)) > before

    def _in_turn(self, gains: Sequence[Array], tolerances: Sequence[float]) -> list[Best]:
        lp, found = self.lp, []
        for place, (gain, tolerance) in enumerate(zip(gains, tolerances, strict=True), start=1):
            found.append(self._maximise(lp, gain, all_rows=tolerance > 0 or place == len(gains)))
            if place < len(gains):
                value = found[-1].value
                lp = lp.with_row(gain, value - tolerance * abs(value) - HELD)
        self.held = lp
        return found

    def _maximise(self, lp: Linear, gain: Array, *, all_rows: bool) -> Best:
        """The best of a gain; rows that wait enter where they are missed, if `all_rows` are asked about."""
        begin = time.perf_counter()
        self._fit(gain)
        while True:
            x, price, reduced, sign = self._solve(lp, gain)
            missed = (self.lp.missed(x) > _MISSED) & ~self.active & all_rows
            if not (missed.any() or straddling(self.group, sign).any()):
                break
            certain = np.where(sign == 0, 0.0, reduced)
            if missed.any() and not self._single.any() and self._asked(x, price, reduced, sign):
                continue
            self._part(sign, reduced, self._entered(missed, x, certain, gain))
        value, bound = float((gain * x).sum()), lp.bound(reduced, price)
        return Best(x, price, reduced, sign, value, bound, time.perf_counter() - begin)

    def _fit(self, gain: Array) -> None:
        """Groups within those there are, of columns that the rows treat alike and that gain alike."""
        if self._like is None:
            common = self.active & ~self._single
            size = sizes(self.lp, common)
            self._like = size, colours(self.lp, common, size)
        size, colour = self._like
        self.group = within(groups(colour, gain / size), self.group)

    def _asked(self, x: Array, price: Array, reduced: Array, sign: Array) -> bool:
        """Ask the rows that wait and speak of single areas, for the first time, what they want. False without any.

        Where many areas have the same row, it is no such row, but one more that treats columns alike.
        """
        waiting = ~self.active
        same = said_alike(self.lp, waiting, *self._like)
        self._single = waiting & (np.bincount(same)[same] < _COMMON)
        self._links = sharing(self.lp, self._single)
        paid = self.lp.weighed(np.where(self._links, price[: self.lp.rows], 0.0))
        free = np.where((sign == 0) & (paid == 0), 0.0, reduced + paid)
        self._entering, wanted = asked(self.lp, self._single, self._links, x, free)
        self._let_in(self._entering.rows)
        self.group = alone(alike(self.group, wanted), self._tied(self._entering.column))
        return self._entering.rows.size > 0

    def _entered(self, missed: Array, x: Array, reduced: Array, gain: Array) -> Array:
        """Let the missed rows (rows,) enter. Returns (columns,) those at the break-evens of rows of single areas.

        A row that treats columns alike enters with all that say the same.
        """
        columns = np.zeros(self.lp.columns, bool)
        if not missed.any():
            return columns
        if (missed & ~self._single).any():
            same = said_alike(self.lp, ~self.active & ~self._single, *self._like)
            missed |= ~self.active & ~self._single & np.isin(same, same[missed & ~self._single])
            self._like = None
        columns[evens(self.lp, missed & self._single, x, reduced).column] = True
        self._let_in(missed)
        if self._like is None:
            self._fit(gain)
        return columns

    def _let_in(self, rows: Array) -> None:
        """From now on these rows take part, given as numbers (n,) or as a mask (rows,)."""
        self.active, self._folded = self.active.copy(), None
        self.active[rows] = True

    def _part(self, sign: Array, reduced: Array, columns: Array) -> None:
        """Split the groups of which the prices want some columns up and others down; some columns (columns,) stand
        alone."""
        ratio = reduced / self._like[0]
        if not self._single.any():
            self.group = split(self.group, sign, ratio)
            return
        out = np.flatnonzero(columns | out_of_line(self.group, sign, ratio))
        self.group = split(alone(self.group, self._tied(out)), sign, ratio, parts=1)

    def _tied(self, columns: Array) -> Array:
        """(columns,) True for these columns (n,) and all that a link ties to one of them."""
        mask = np.zeros(self.lp.columns, bool)
        mask[columns] = True
        return tied(self.lp, self._links, mask)

    def _solve(self, lp: Linear, gain: Array) -> tuple[Array, Array, Array, Array]:
        """Values of all columns, prices of all rows, reduced costs and their certain signs, by the folded programme."""
        if self._folded is None or self._folded[0] is not self.group:
            self._folded = self.group, fold(self.lp, self.active, self.group, self._like[0], self.case)
        small = self._folded[1].with_rows(lp, self.group)
        shared = np.bincount(self.group, gain, small.columns)
        if self.live is None:
            self.live = Live(small, shared)
        else:
            begin = self._start and self._start.at(small, self.group, self.lp, self._entering)
            self.live.exchange(small, begin)
        answer = self.live.maximise(shared)
        real = np.abs(answer.price) > _NOISE * np.abs(shared).max(initial=0.0)
        price = np.append(np.where(real, answer.price, 0.0) / small.scale, 0.0)[small.of] * small.share
        low, high = np.isfinite(lp.lower), np.isfinite(lp.upper)
        price = np.where((price > 0) & ~high, 0.0, np.where((price < 0) & ~low, 0.0, price))
        reduced, sign = lp.judged(gain, price)
        self._start = Start(small, self.group, answer.x, *self.live.basis(), reduced)
        self._entering = None
        return answer.x[self.group], price, reduced, sign
