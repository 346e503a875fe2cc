"""One plan among equally good ones, on the optimal face of a large linear programme.

By complementary slackness the columns whose reduced cost has a sign, and the rows that have a price, stand in every
optimum where they stand in one. What is left is a linear programme over the *free* columns alone. Its goals are those
of ties.py: least change from the baseline, then the stated order.

The distance of a cell, |cost·x + rest − baseline|, is convex in its one free column: the column is cut in two where the
cell meets its baseline; the first piece lowers the distance, the second raises it, and the first is therefore taken
first. Pieces of a group stay parallel, so that the face folds as well as the whole. A cell with several free columns is
measured by a row of its own.
"""

from dataclasses import dataclass, replace

import numpy as np

from planning.inputs.case import Array
from planning.model.build import Model
from planning.model.entries import Entries
from planning.solver.grouped import Best, Grouped
from planning.solver.hot import Step
from planning.solver.linear import Linear
from planning.solver.live import Live
from planning.solver.ties import order_of, yearly_baseline

_NARROW = 1e-12
_STILL = 2e-5  # goals are held to 1e-9 of their value, which leaves columns of little gain that much room


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """What can still move: `lp` over pieces of columns of the whole; x = base + Σ part·piece.

    `column` (pieces,) is the column of the whole that a piece is a part of, −1 for one that only measures.
    """

    lp: Linear
    base: Array
    column: Array
    part: Array

    def whole(self, pieces: Array) -> Array:
        """(columns,) the values of all columns of the whole at these values of the pieces."""
        own = self.column >= 0
        return self.base + np.bincount(self.column[own], (self.part * pieces)[own], self.base.size)


def one_plan(model: Model, grouped: Grouped, best: Best) -> tuple[Array, list[Step], bool]:
    """Column values of the one plan among those as good as `best`, the steps to it, and whether it is the only one."""
    columns = np.arange(model.columns)
    held = narrowed(Face(grouped.held, np.zeros(model.columns), columns, np.ones(model.columns)), grouped.active, best)
    steps, x = [], best.x
    for name, stage in (("least_change", _least_change), ("stated_order", _stated_order)):
        held, gain, rest = stage(model, held, x)
        if np.any(gain):
            solver = Grouped(held.lp, model.case, grouped.live)
            best = solver.best([gain], [0.0])[-1]
            steps.append(Step(name, best.value + rest, best.bound + rest, best.gap, best.seconds))
            x = held.whole(best.x)
            held = narrowed(held, solver.active, best)
    return x, steps, _alone(model, held, grouped.live)


def narrowed(face: Face, active: Array, best: Best) -> Face:
    """The optimal face of `best` within a face: what it holds no longer moves, rows with a price stay as they stand.

    A column that is alone in a row which stays as it stands does not move either; alone in another row, it moves as far
    as that row lets it. Such rows are left out.
    """
    lp = face.lp
    tight = lp.felt(best.reduced, best.price) | (lp.lower == lp.upper)
    free, entries, count = _movable(lp, best.sign == 0, tight)
    stands = lp.activity(best.x)
    lower = np.where(tight, stands, np.minimum(lp.lower, stands))
    upper = np.where(tight, stands, np.maximum(lp.upper, stands))
    least, most = _reach(lp, best.x, lower - stands, upper - stands, entries[count[lp.matrix.row[entries]] == 1])
    free = free & (most - least > _NARROW)
    base, part = np.where(free, least, best.x), np.where(free, most - least, 0.0)
    moved = lp.activity(base)
    entries = entries[(count[lp.matrix.row[entries]] > 1) & free[lp.matrix.column[entries]]]
    row, column = lp.matrix.row[entries], lp.matrix.column[entries]
    rows, row = np.unique(row, return_inverse=True)
    matrix = Entries(row, (np.cumsum(free) - 1)[column], lp.matrix.value[entries] * part[column])
    late = lp.late.copy()
    late[: active.size] &= ~active
    columns = np.flatnonzero(free)
    left = Linear(matrix, (lower - moved)[rows], (upper - moved)[rows], lp.many[rows], late[rows], columns.size)
    return Face(left, face.whole(base), face.column[columns], face.part[columns] * part[columns])


def _movable(lp: Linear, free: Array, tight: Array) -> tuple[Array, Array, Array]:
    """(columns,) True where a column can still move, its entries, and how many columns of each row can (rows,)."""
    entries = np.flatnonzero(free[lp.matrix.column])
    while True:
        row, column = lp.matrix.row[entries], lp.matrix.column[entries]
        count = np.bincount(row, minlength=lp.rows)
        held = column[(count[row] == 1) & tight[row]]
        if not held.size:
            return free, entries, count
        free = free.copy()
        free[held] = False
        entries = entries[free[column]]


def _reach(lp: Linear, x: Array, down: Array, up: Array, entries: Array) -> tuple[Array, Array]:
    """(columns,) least and most of each column, between 0 and 1, that the rows let it take of which it is alone.

    `entries` (n,) are those of the columns in such rows; from where the rows stand in x they may go `down` (rows,) to
    `up` (rows,).
    """
    entries = entries[lp.matrix.value[entries] != 0]
    row, column, value = lp.matrix.row[entries], lp.matrix.column[entries], lp.matrix.value[entries]
    least, most = np.zeros(lp.columns), np.ones(lp.columns)
    ends = x[column] + np.sort(np.stack([down, up])[:, row] / value, axis=0)
    np.maximum.at(least, column, ends[0])
    np.minimum.at(most, column, ends[1])
    return least, most


def _least_change(model: Model, face: Face, x: Array) -> tuple[Face, Array, float]:
    """The face in pieces, and −Σ |m[a,p,t] − X⁰[a,p]| / Σ X⁰ over the cells that can move: gain and constant."""
    layout, case = model.layout, model.case
    total = max(case.baseline.sum() * len(case.years), 1.0)
    served = np.flatnonzero((face.column >= 0) & (face.column < layout.served))
    cost = layout.cost[face.column[served]] * face.part[served]
    served, cost = served[cost > 0], cost[cost > 0]
    cell = layout.cell[face.column[served]]
    cells, which, count = np.unique(cell, return_inverse=True, return_counts=True)
    wanted = (yearly_baseline(case) - layout.money(face.base).ravel())[cells]
    single = count[which] == 1
    meets = np.ones(face.column.size)
    meets[served[single]] = np.clip(wanted[which[single]] / cost[single], 0.0, 1.0)
    face, gain = _cut(face, served[single], cost[single] / total, meets)
    rest = -float(np.abs(wanted[count == 1]).sum() / total)
    several = np.flatnonzero(count > 1)
    if several.size:
        inside = ~single
        face, more = _measured(
            face, served[inside], np.searchsorted(several, which[inside]), cost[inside], wanted[several]
        )
        gain = np.concatenate([gain, -more / total])
    return face, gain, rest


def _cut(face: Face, columns: Array, gain: Array, meets: Array) -> tuple[Face, Array]:
    """Each of the pieces (n,) in two at the share where it `meets` the baseline: gaining below, losing above."""
    lp = face.lp
    of_piece = np.zeros(lp.columns)
    of_piece[columns] = gain
    cut = np.flatnonzero((of_piece > 0) & (meets > 0) & (meets < 1))
    second = np.full(lp.columns, -1)
    second[cut] = lp.columns + np.arange(cut.size)
    size = np.where(meets > 0, meets, 1.0)
    doubled = np.flatnonzero(second[lp.matrix.column] >= 0)
    old = lp.matrix.column[doubled]
    row = np.concatenate([lp.matrix.row, lp.matrix.row[doubled]])
    column = np.concatenate([lp.matrix.column, second[old]])
    value = np.concatenate([lp.matrix.value * size[lp.matrix.column], lp.matrix.value[doubled] * (1 - size[old])])
    order = np.argsort(row, kind="stable")
    matrix = Entries(row[order], column[order], value[order])
    pieces = replace(lp, matrix=matrix, columns=lp.columns + cut.size)
    part = np.concatenate([face.part * size, face.part[cut] * (1 - size[cut])])
    below = np.where(meets > 0, of_piece * size, -of_piece)
    both = np.concatenate([below, -of_piece[cut] * (1 - size[cut])])
    return Face(pieces, face.base, np.concatenate([face.column, face.column[cut]]), part), both


def _measured(face: Face, columns: Array, row: Array, cost: Array, wanted: Array) -> tuple[Face, Array]:
    """Rows Σ cost·x − most·up + most·down = wanted, with pieces up and down that only measure, and their `most`."""
    lp = face.lp
    n = wanted.size
    most = np.bincount(row, cost, n) + np.abs(wanted)
    each = np.arange(n)
    parts = (
        (row, columns, cost / most[row]),
        (each, lp.columns + each, -np.ones(n)),
        (each, lp.columns + n + each, np.ones(n)),
    )
    new_row, column, value = (np.concatenate(some) for some in zip(*parts, strict=True))
    order = np.argsort(new_row, kind="stable")
    matrix = Entries(
        np.concatenate([lp.matrix.row, lp.rows + new_row[order]]),
        np.concatenate([lp.matrix.column, column[order]]),
        np.concatenate([lp.matrix.value, value[order]]),
    )
    level = wanted / most
    more = Linear(
        matrix,
        np.concatenate([lp.lower, level]),
        np.concatenate([lp.upper, level]),
        np.concatenate([lp.many, np.full(n, n > 1)]),
        np.concatenate([lp.late, np.zeros(n, bool)]),
        lp.columns + 2 * n,
    )
    nothing = np.full(2 * n, -1)
    measured = Face(
        more, face.base, np.concatenate([face.column, nothing]), np.concatenate([face.part, np.zeros(2 * n)])
    )
    return measured, np.tile(most, 2)


def _stated_order(model: Model, face: Face, _: Array) -> tuple[Face, Array, float]:
    """The gain of the stated order over the pieces of the columns that it weighs."""
    weight = order_of(model)
    gain = np.zeros(face.column.size)
    some = np.flatnonzero((face.column >= 0) & (face.column < weight.size))
    gain[some] = -weight[face.column[some]] * face.part[some]
    return face, gain, 0.0


def _alone(model: Model, face: Face, live: Live | None) -> bool:
    """True where no column of the plan can still move: both ends of a direction chosen at random are one point."""
    own = np.flatnonzero((face.column >= 0) & (face.column < model.layout.own))
    if not own.size:
        return True
    direction = np.zeros(face.column.size)
    direction[own] = np.random.default_rng(0).normal(size=own.size) * face.part[own]
    solver = Grouped(face.lp, model.case, live)
    ends = [solver.best([sign * direction], [0.0])[-1].value for sign in (1, -1)]
    return sum(ends) <= _STILL
