"""A linear programme folded: the columns of a group share one value, and rows that then say the same stand once."""

from dataclasses import dataclass, replace

import numpy as np
import pulp

from planning.inputs.case import Array, Case
from planning.model.entries import Entries, added_up, alike, scaled
from planning.solver.linear import Linear

_PLACES = 1e10


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """The folded programme, as PuLP and `Live` take it; `rows` (n,) are the rows of the large one that stand in it.

    `of` says for every row of the large programme at which of them it stands (−1 for none), `share` what part of its
    price is its own.
    """

    case: Case
    rows: Array
    of: Array
    share: Array
    matrix: Entries
    lower: Array
    upper: Array
    scale: Array
    columns: int
    whole: Array

    def with_rows(self, lp: Linear, group: Array) -> "Small":
        """The same with the rows of `lp` beyond those that were folded, each standing alone."""
        known, rows = self.of.size, self.rows.size
        more = np.arange(lp.rows - known)
        if not more.size:
            return self
        begin = int(np.searchsorted(lp.matrix.row, known))
        weights = np.zeros((more.size, self.columns))
        np.add.at(weights, (lp.matrix.row[begin:] - known, group[lp.matrix.column[begin:]]), lp.matrix.value[begin:])
        row, column = np.nonzero(weights)
        added, scale = scaled(Entries(row, column, weights[row, column]), more.size)
        pairs = (self.matrix.row, rows + row), (self.matrix.column, column), (self.matrix.value, added.value)
        return replace(
            self,
            rows=np.append(self.rows, known + more),
            of=np.append(self.of, rows + more),
            share=np.append(self.share, np.ones(more.size)),
            matrix=Entries(*(np.concatenate(pair) for pair in pairs)),
            lower=np.append(self.lower, lp.lower[known:] / scale),
            upper=np.append(self.upper, lp.upper[known:] / scale),
            scale=np.append(self.scale, scale),
        )

    def problem(self, gain: Array) -> pulp.LpProblem:
        """The PuLP problem; its columns are groups and its rows bear no names."""
        problem = pulp.LpProblem("groups", pulp.LpMaximize)
        x = problem.add_variable_matrix("%s", [f"group_{j}" for j in range(self.columns)], 0, 1)
        problem.setObjective(pulp.lpSum_vars_coefs(zip(x, gain.tolist(), strict=True)))
        start = np.searchsorted(self.matrix.row, np.arange(self.lower.size + 1)).tolist()
        column, value = self.matrix.column.tolist(), self.matrix.value.tolist()
        for i, (low, high) in enumerate(zip(self.lower.tolist(), self.upper.tolist(), strict=True)):
            entries = slice(start[i], start[i + 1])
            terms = pulp.lpSum_vars_coefs((x[j], v) for j, v in zip(column[entries], value[entries], strict=True))
            problem.addConstraint(
                terms == high if low == high else terms <= high if np.isfinite(high) else terms >= low
            )
        return problem


def fold(lp: Linear, active: Array, group: Array, size: Array, case: Case) -> Small:
    """The programme of the active rows in which the columns of a group share one value.

    The price of a row that stands for many is shared between them by the `size` of what they count.
    """
    count = int(group.max()) + 1
    rows, of, share = _standing(lp, active, group, size)
    place = np.full(lp.rows, -1)
    place[rows] = np.arange(rows.size)
    entries = np.flatnonzero(place[lp.matrix.row] >= 0)
    spread = Entries(place[lp.matrix.row[entries]], group[lp.matrix.column[entries]], lp.matrix.value[entries])
    matrix, scale = scaled(added_up(spread, rows.size, count), rows.size)
    bounds = lp.lower[rows] / scale, lp.upper[rows] / scale
    return Small(case, rows, np.where(of >= 0, place[of], -1), share, matrix, *bounds, scale, count, np.zeros(0, int))


def _standing(lp: Linear, active: Array, group: Array, size: Array) -> tuple[Array, Array, Array]:
    """Rows that stand; for every row the one that stands for it (−1 for a row left out); its part of the price."""
    alone = np.flatnonzero(active & ~lp.many)
    of, share = np.full(lp.rows, -1), np.ones(lp.rows)
    of[alone] = alone
    many = np.flatnonzero(active & lp.many)
    if not many.size:
        return alone, of, share
    weight = np.random.default_rng(7).uniform(1.0, 2.0, (2, int(group.max()) + 1))
    entries = np.flatnonzero((active & lp.many)[lp.matrix.row])
    row, column, value = lp.matrix.row[entries], lp.matrix.column[entries], lp.matrix.value[entries]
    sums = [np.bincount(row, value * some[group[column]], lp.rows)[many] for some in weight]
    which = alike(*(np.rint(said * _PLACES) for said in (*sums, lp.lower[many], lp.upper[many])))
    first = np.unique(which, return_index=True)[1]
    own = np.ones(lp.rows)
    own[row[::-1]] = size[column[::-1]]
    total = np.bincount(which, own[many])
    of[many] = many[first][which]
    share[many] = own[many] / total[which]
    return np.sort(np.concatenate([alone, many[first]])), of, share
