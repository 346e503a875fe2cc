"""Rounding that adds up: largest remainder, at one level or level by level.

A rounded part is its true value rounded up or down to the next unit; parts add up to their rounded total; nothing stays
nothing.
"""

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

_NOISE = 1e-6  # of a unit: what a solver leaves over


def round_to_total(values: ArrayLike, unit: float, at_most: float = math.inf) -> np.ndarray:
    """`values` (≥ 0) in whole units that add up to their total rounded to `unit`, or to `at_most` if that is less.

    Raises ValueError for a value that is negative or not finite.
    """
    parts = _parts(values, unit)
    total = math.floor(math.fsum(parts) + 0.5)
    if math.isfinite(at_most):
        total = min(total, math.floor(at_most / unit + _NOISE))
    return from_units(apportion(parts, np.array([total]), np.zeros(parts.size, int)), unit)


def round_nested(values: pd.Series, keys: Sequence[pd.Series | pd.Index], unit: float) -> pd.Series:
    """`values` (≥ 0) rounded level by level: the total first, then each of the `keys` within those before it.

    With keys (year, field, programme) the printed years add up to the total, the fields of a year to the year and the
    programmes of a field to the field. Equal remainders are served in the order of the keys, so that each of these sums
    is the same in every table whose keys begin alike.
    """
    parts = _parts(values, unit)
    wanted = np.full(parts.size, math.floor(math.fsum(parts) + 0.5))
    parent = np.zeros(parts.size, int)
    for key in keys:
        code, known = pd.factorize(key, sort=True, use_na_sentinel=False)
        group = parent * len(known) + code
        wanted = _split(parts, wanted, parent, group)
        parent = group
    return pd.Series(from_units(_split(parts, wanted, parent, np.arange(parts.size)), unit), index=values.index)


def round_steps(values: ArrayLike, unit: float) -> np.ndarray:
    """A first value, effects of any sign and the last value they lead to (n ≥ 2), in whole units that add up.

    The first and the last are rounded each by itself, the effects by largest remainder to what lies between these.
    """
    scaled = np.asarray(values, dtype=float) / unit
    first, last = np.round(scaled[[0, -1]])
    effects = scaled[1:-1]
    up = 1 + math.ceil(max(0.0, -effects.min(initial=0.0)))
    total = np.array([last - first + up * effects.size])
    whole = apportion(effects + up, total, np.zeros(effects.size, int)) - up
    return from_units(np.concatenate([[first], whole, [last]]), unit)


def apportion(parts: np.ndarray, total: np.ndarray, family: np.ndarray) -> np.ndarray:
    """Whole numbers near `parts` (n,) ≥ 0; those of a `family` (n,) 0, 1, … add up to its `total` (families,).

    All are rounded down, the rest goes to the largest remainders of the family; equal ones are served in the order
    given. A total below what rounding down leaves is reached by taking one unit each from the parts with the smallest
    remainders.
    """
    whole = np.floor(parts + _NOISE)
    remainder = np.round(np.maximum(parts - whole, 0), 6)
    missing = total - np.bincount(family, whole, total.size).astype(np.int64)
    order = np.lexsort((-remainder, family))
    place = np.empty(parts.size, np.int64)
    place[order] = np.arange(parts.size) - np.searchsorted(family[order], np.arange(total.size))[family[order]]
    whole[(place < missing[family]) & (parts > 0)] += 1
    for few in np.flatnonzero(missing < 0).tolist():
        rows = np.flatnonzero(family == few)
        whole[rows] = _taken_from(whole[rows], remainder[rows], -int(missing[few]))
    return whole.astype(np.int64)


def _taken_from(whole: np.ndarray, remainder: np.ndarray, units: int) -> np.ndarray:
    """Whole numbers less so many units, one after the other from those with the smallest remainders."""
    order = np.argsort(remainder, kind="stable")
    while units > 0 and whole.any():
        some = order[whole[order] > 0]
        each = int(min(whole[some].min(), units // some.size))  # of so many rounds nothing runs out
        taken = some if each else some[:units]
        whole[taken] -= max(each, 1)
        units -= taken.size * max(each, 1)
    return whole


def from_units(units: np.ndarray, unit: float) -> np.ndarray:
    """Whole units as amounts, each the float nearest to its decimal writing."""
    per_one = round(1 / unit) if unit < 1 else 0
    return units / per_one if per_one else units * unit


def _parts(values: ArrayLike, unit: float) -> np.ndarray:
    """Values in units."""
    parts = np.asarray(values, dtype=float) / unit
    if not np.isfinite(parts).all() or (parts < 0).any():
        raise ValueError("only finite values from 0 up can be rounded to a total")
    return parts


def _split(parts: np.ndarray, wanted: np.ndarray, parent: np.ndarray, group: np.ndarray) -> np.ndarray:
    """For each row the rounded total of its `group`; the groups of a `parent` add up to what is `wanted` of it."""
    _, first, place = np.unique(group, return_index=True, return_inverse=True)
    order = np.argsort(place, kind="stable")
    ends = np.cumsum(np.bincount(place)).tolist()
    sorted_parts = parts[order].tolist()
    sums = np.array([math.fsum(sorted_parts[low:high]) for low, high in itertools.pairwise([0, *ends])])
    _, head, family = np.unique(parent[first], return_index=True, return_inverse=True)
    return apportion(sums, wanted[first[head]], family)[place]
