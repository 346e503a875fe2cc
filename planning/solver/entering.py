"""Rules that speak of one area each: what they ask of the columns, worked out row by row from the prices of the rest.

Take the prices of such rows away and let every column go where its reduced cost then wants it. A row that is kept so
has no price. One that is missed is made good best by the columns that lose least for each unit that it gains, up to its
*break-even*, which is the price it then has. What the break-evens want up, and what they want down, goes on sharing
values with others of its group; only the column at the break-even needs a value of its own, so that the row can be met
exactly, and with it the columns that a link ties to it. Nothing here touches exactness (any groups do, grouping.py):
what was guessed badly is seen in the reduced costs and stands alone in the next round.
"""

from dataclasses import dataclass

import numpy as np

from planning.inputs.case import Array
from planning.model.entries import alike, places
from planning.solver.linear import Linear

_SWEEPS, _STILL = 4, 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Evens:
    """Break-evens: the rows that are missed (n,), the price of each, and the column at which it is made good."""

    rows: Array
    price: Array
    column: Array

    def paid(self, lp: Linear) -> Array:
        """(columns,) what these prices add to the reduced costs."""
        price = np.zeros(lp.rows)
        price[self.rows] = self.price
        return lp.weighed(price)


def evens(lp: Linear, rows: Array, x: Array, reduced: Array) -> Evens:
    """The break-even of each of the rows (rows,) that is missed where columns go where `reduced` (columns,) wants them.

    A column whose reduced cost is 0 stands where it does in x.
    """
    wish = np.where(reduced > 0, 1.0, np.where(reduced < 0, 0.0, x))
    entry = np.flatnonzero(rows[lp.matrix.row])
    row, column, value = lp.matrix.row[entry], lp.matrix.column[entry], lp.matrix.value[entry]
    activity = np.bincount(row, value * wish[column], lp.rows)
    low, high = lp.lower - activity, activity - lp.upper
    missed, side = np.maximum(low, high), np.where(high > low, -1.0, 1.0)
    kept = missed[row] > _STILL
    row, column, gained = row[kept], column[kept], (value * side[row])[kept]
    lost = np.maximum(-reduced[column] / gained, 0.0)
    room = np.where(gained > 0, gained * (1 - wish[column]), -gained * wish[column])
    order = np.lexsort((room == 0, lost, row))
    row, column, lost, room = row[order], column[order], lost[order], room[order]
    place, first = places(row)
    before = np.cumsum(room) - room
    before -= before[first]
    enough = np.bincount(row, before + room < missed[row] - _STILL, lp.rows).astype(int)
    at = place == np.minimum(enough, np.bincount(row, minlength=lp.rows) - 1)[row]
    return Evens(row[at], lost[at] * side[row[at]], column[at])


def asked(lp: Linear, rows: Array, links: Array, x: Array, reduced: Array) -> tuple[Evens, Array]:
    """The break-evens of the rows (rows,); and (columns,) 1 or −1 where they want a column up or down, 0 where they let
    it stand, 2 where they ask nothing of it.

    `links` (rows,) are rows that share columns with them and whose prices follow theirs. `reduced` (columns,) are the
    reduced costs without the prices of both, `x` (columns,) where columns stand whose reduced cost is 0.
    """
    for_links = evens(lp, links, x, reduced).paid(lp)
    for _ in range(_SWEEPS):
        found = evens(lp, rows, x, reduced + for_links)
        for_rows = found.paid(lp)
        for_links = evens(lp, links, x, reduced + for_rows).paid(lp)
    asking = np.zeros(lp.rows, bool)
    asking[found.rows] = True
    touched = (for_links != 0) | counted(lp, asking)
    return found, np.where(touched, np.sign(reduced + for_links + for_rows), 2.0)


def counted(lp: Linear, rows: Array) -> Array:
    """(columns,) True for the columns that the rows (rows,) count."""
    found = np.zeros(lp.columns, bool)
    found[lp.matrix.column[rows[lp.matrix.row]]] = True
    return found


def sharing(lp: Linear, rows: Array) -> Array:
    """(rows,) the links that share a column with one of the rows (rows,)."""
    found = np.zeros(lp.rows, bool)
    found[lp.matrix.row[counted(lp, rows)[lp.matrix.column]]] = True
    return found & lp.many & ~lp.late


def tied(lp: Linear, links: Array, columns: Array) -> Array:
    """(columns,) the columns (columns,) with all others that a link (rows,) counts with one of them."""
    entry = np.flatnonzero(links[lp.matrix.row])
    row, column = lp.matrix.row[entry], lp.matrix.column[entry]
    more = columns.copy()
    more[column[np.bincount(row, columns[column], lp.rows)[row] > 0]] = True
    return more


def alone(group: Array, columns: Array) -> Array:
    """Groups in which some columns (columns,) stand alone."""
    number = group.copy()
    number[columns] = int(group.max(initial=0)) + 1 + np.arange(np.count_nonzero(columns))
    return alike(number)
