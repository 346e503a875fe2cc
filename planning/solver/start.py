"""Where a folded programme ended, so that the next folding of the same columns begins there."""

from dataclasses import dataclass

import numpy as np

from planning.inputs.case import Array
from planning.solver.entering import Evens
from planning.solver.fold import Small
from planning.solver.linear import Linear


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """The end of a folded programme: values of its columns, which of its columns and rows are in the basis, and the
    reduced costs of the columns of the whole."""

    small: Small
    group: Array
    x: Array
    columns: Array
    rows: Array
    reduced: Array

    def at(self, small: Small, group: Array, lp: Linear, entering: Evens | None) -> tuple[Array, Array, Array] | None:
        """(columns,) basic, (columns,) at the upper bound, (rows,) basic of another folding; it need not be a basis.

        Of what a group or a row fell into, the largest part takes its place. A row that has a price and is parted from
        others keeps it: it begins at its level, and with it, in the basis, the column that stands alone and has the
        smallest reduced cost. So do rows that are `entering`, with the column at their break-even. None where more than
        a fifth of the rows are new otherwise: from nothing the way is then shorter (measured).
        """
        if entering is None and small.rows.size > 1.2 * self.small.rows.size:
            return None
        member = np.zeros(small.columns, np.int64)
        member[group] = np.arange(group.size)
        before = self.group[member]
        size = np.bincount(group)
        basic = _heirs(before, size) & self.columns[before]
        old = np.append(self.small.of, -1)[np.minimum(small.rows, self.small.of.size)]
        share = np.bincount(small.of[small.of >= 0], minlength=small.rows.size)
        heirs = _heirs(old, share) & (old >= 0)
        rows = ~heirs | self.rows[old]
        row, column = self._keys(
            lp, small.rows[~heirs & (old >= 0) & ~self.rows[old]], (size[group] == 1) & ~basic[group]
        )
        if entering is not None:
            row, column = np.append(row, entering.rows), np.append(column, entering.column)
        rows[small.of[row]] = False
        basic[group[column]] = True
        return basic, self.x[before] > 0.5, rows

    def _keys(self, lp: Linear, rows: Array, may: Array) -> tuple[Array, Array]:
        """Of each of the rows (n,), the column (columns,) that may and has the smallest reduced cost; rows without one
        are left out."""
        wanted = np.zeros(lp.rows, bool)
        wanted[rows[rows < lp.rows]] = True
        entry = np.flatnonzero(wanted[lp.matrix.row] & may[lp.matrix.column])
        row, column = lp.matrix.row[entry], lp.matrix.column[entry]
        order = np.lexsort((np.abs(self.reduced[column]), row))
        row, column = row[order], column[order]
        first = np.append(True, row[1:] != row[:-1])[: row.size]
        return row[first], column[first]


def _heirs(before: Array, size: Array) -> Array:
    """(n,) True for the largest of those that were one before."""
    order = np.argsort(-size, kind="stable")
    heirs = np.zeros(before.size, bool)
    heirs[order[np.unique(before[order], return_index=True)[1]]] = True
    return heirs
