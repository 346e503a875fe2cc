"""Columns that may share one value, and rows that then say the same: a large programme folded into a small one.

**Any** partition of the columns gives a programme that is no larger: let all columns of a group take one value z. What
is feasible there is feasible in the whole. `Grouped` (grouped.py) proves with prices when it is also best in the whole,
and splits groups until it is. So nothing in this module needs to be exact; it only has to guess well:

- Columns are *parallel* where all rows treat them alike up to a positive factor λ. Only Σ λ·x of them matters to the
  rows, so what is best takes them in the order of gain/λ, all or nothing but for one.
- A rule with a row for every area couples the columns of an area. In shares of a need such rows are often the same for
  many areas (what is built of a band is built once). Colours are refined as for isomorphic graphs: a row's colour is
  what its columns' colours and parts make of it, a column's what its rows' make of it (Grohe, Kersting, Mladenov and
  Selman, Dimension reduction via colour refinement, ESA 2014). Of rows that say the same of shared values one is kept.

Sums over entries are compared through random weights: two columns that differ get the same sum with probability nil.
"""

import numpy as np

from planning.inputs.case import Array
from planning.model.entries import alike, places
from planning.solver.linear import Linear

EACH = 32  # groups of one colour to begin with
_ROUNDS = 3
_FEW, _NEXT = 200, 10
_PLACES = 2.0**34


def sizes(lp: Linear, active: Array) -> Array:
    """(columns,) λ: how much of each column the rows that stand alone count; 1 where they count nothing."""
    weight = np.where(active & ~lp.many, _random(lp.rows, 1), 0.0)
    size = np.bincount(lp.matrix.column, np.abs(lp.matrix.value) * weight[lp.matrix.row], lp.columns)
    return np.where(size > 0, size, 1.0)


def colours(lp: Linear, active: Array, size: Array) -> Array:
    """(columns,) numbers 0 … n−1, equal where the active rows seem to treat columns alike up to the factor `size`."""
    row, column, value = lp.matrix.row, lp.matrix.column, lp.matrix.value
    alone = np.where(active & ~lp.many, _random(lp.rows, 2), 0.0)
    colour = alike(_rounded(np.bincount(column, value * alone[row], lp.columns) / size))
    shared = np.flatnonzero((active & lp.many)[row])
    if not shared.size:
        return colour
    row, column, value = row[shared], column[shared], value[shared]
    for turn in range(_ROUNDS):
        before = colour
        kind = alike(_said(lp, shared, size, colour, 10 + turn))
        weight = np.where(active & lp.many, _random(int(kind.max()) + 1, 20 + turn)[kind], 0.0)
        of_column = _rounded(np.bincount(column, value * weight[row], lp.columns))
        colour = alike(of_column + _hashed(colour))
        if colour.max() == before.max():
            break
    return colour


def _said(lp: Linear, entries: Array, size: Array, colour: Array, seed: int) -> Array:
    """(rows,) whole numbers, equal where rows of these entries (n,) seem to say the same of columns of like colours."""
    row, column, value = lp.matrix.row[entries], lp.matrix.column[entries], lp.matrix.value[entries]
    part = size / np.bincount(colour, size)[colour]
    most = np.zeros(lp.rows)
    most[row] = part[column]
    weight = _random(int(colour.max()) + 1, seed)
    of_row = _rounded(np.bincount(row, value * weight[colour[column]] * part[column] / most[row], lp.rows))
    lower, upper = np.nan_to_num(lp.lower, neginf=-3.0), np.nan_to_num(lp.upper, posinf=-5.0)
    return of_row + 7 * (_rounded(lower) + 3 * _rounded(upper))


def said_alike(lp: Linear, rows: Array, size: Array, colour: Array) -> Array:
    """(rows,) numbers, equal where rows among those given (rows,) seem to say the same of columns of like colours."""
    said = _said(lp, np.flatnonzero(rows[lp.matrix.row]), size, colour, 40)
    return alike(said, rows)


def groups(colour: Array, ratio: Array) -> Array:
    """(columns,) groups: columns of one colour and one gain per size; where a colour has more than `EACH` such gains,
    of one colour and neighbouring gains."""
    level = np.rint(ratio / max(float(np.abs(ratio).max(initial=0.0)), 1e-300) * _PLACES).astype(np.int64)
    step, first = _firsts(level * (int(colour.max(initial=0)) + 1) + colour)
    colour, level = colour[first], level[first]
    order = np.lexsort((level, colour))
    count = np.bincount(colour)
    place = np.arange(first.size) - np.repeat(np.cumsum(count) - count, count)
    bucket = np.zeros(first.size, np.int64)
    bucket[order] = colour[order] * EACH + place * np.minimum(EACH, count[colour[order]]) // count[colour[order]]
    return alike(bucket)[step]


def _firsts(key: Array) -> tuple[Array, Array]:
    """(n,) numbers in order of appearance, and where each number appears first."""
    number = alike(key)
    first = np.flatnonzero(number > np.append(-1, np.maximum.accumulate(number)[:-1]))
    return number, first


def straddling(group: Array, sign: Array) -> Array:
    """(groups,) True where the prices want some columns up and others down."""
    up, down = _wanted(group, sign)
    return (up > 0) & (down > 0)


def split(group: Array, sign: Array, ratio: Array, parts: int = 8) -> Array:
    """The groups anew: those that straddle are parted by the sign of their reduced costs, and each side into `parts` by
    the ratio of reduced cost to size."""
    inside = np.flatnonzero(straddling(group, sign)[group])
    key = group[inside] * 3 + (sign[inside] + 1).astype(np.int64)
    order = np.lexsort((ratio[inside], key))
    key = key[order]
    place, first = places(key)
    count = np.searchsorted(key, key, side="right") - first
    fresh = group.astype(np.int64) * (3 * parts)
    fresh[inside[order]] = key * parts + place * np.minimum(parts, count) // count
    return alike(fresh)


def out_of_line(group: Array, sign: Array, ratio: Array) -> Array:
    """(columns,) True for columns that the others of their straddling group do not go with.

    They are those of a side that few columns are on, and the few that are nearest to changing sides.
    """
    both = straddling(group, sign)[group]
    few = np.stack(_wanted(group, sign)) <= _FEW
    out = both & (((sign > 0) & few[0][group]) | ((sign < 0) & few[1][group]))
    inside = np.flatnonzero(both & ~out)
    order = np.lexsort((np.abs(ratio[inside]), group[inside]))
    out[inside[order[places(group[inside[order]])[0] < _NEXT]]] = True
    return out


def _wanted(group: Array, sign: Array) -> tuple[Array, Array]:
    """(groups,) how many columns of each are wanted up, and down."""
    count = int(group.max(initial=0)) + 1
    return np.bincount(group[sign > 0], minlength=count), np.bincount(group[sign < 0], minlength=count)


def _random(count: int, seed: int) -> Array:
    return np.random.default_rng(seed).uniform(1.0, 2.0, count)


def _rounded(value: Array) -> Array:
    return np.rint(value * _PLACES).astype(np.int64)


def _hashed(number: Array) -> Array:
    """Whole numbers spread over all of int64, so that sums of them and of others do not meet."""
    return np.random.default_rng(3).integers(-(2**62), 2**62, int(number.max(initial=0)) + 1)[number]


def within(group: Array, other: Array) -> Array:
    """Groups that lie within a group of both; `other` itself where each of its groups lies within one of the first."""
    both = alike(group, other)
    return other if both.max(initial=0) == other.max(initial=0) else both
