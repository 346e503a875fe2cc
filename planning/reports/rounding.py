"""Rounding that adds up: largest remainder, at one level or level by level.

A rounded part is its true value rounded up or down to the next unit; parts add up to their rounded total; nothing stays
nothing.
"""

import math

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
    return from_units(apportion(parts, total), unit)


def round_nested(values: pd.Series, keys: pd.DataFrame, unit: float) -> pd.Series:
    """`values` (≥ 0) rounded level by level: the total first, then each column of `keys` within those before it.

    With keys (year, field, programme) the printed years add up to the total, the fields of a year to the year and the
    programmes of a field to the field. Equal remainders are served in the order of the keys, so that each of these sums
    is the same in every table whose keys begin alike.
    """
    parts = _parts(values, unit)
    wanted = np.full(parts.size, math.floor(math.fsum(parts) + 0.5))
    parent = np.zeros(parts.size, int)
    for _, key in keys.items():
        code, known = pd.factorize(key, sort=True, use_na_sentinel=False)
        group = parent * len(known) + code
        wanted = _split(parts, wanted, parent, group)
        parent = group
    return pd.Series(from_units(_split(parts, wanted, parent, np.arange(parts.size)), unit), index=values.index)


def apportion(parts: np.ndarray, total: int) -> np.ndarray:
    """Whole numbers near `parts` (≥ 0) that add up to `total`: all rounded down, the rest to the largest remainders.

    Equal remainders are served in the order given. A total below what rounding down leaves is reached by taking
    one unit each from the parts with the smallest remainders.
    """
    whole = np.floor(parts + _NOISE)
    remainder = np.round(np.maximum(parts - whole, 0), 6)
    missing = total - int(whole.sum())
    order = np.argsort(-remainder if missing >= 0 else remainder, kind="stable")
    if missing >= 0:
        first = order[:missing]
        whole[first[parts[first] > 0]] += 1
    while missing < 0 and whole.any():
        taken = order[whole[order] > 0][:-missing]
        whole[taken] -= 1
        missing += taken.size
    return whole.astype(np.int64)


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
    sums = np.array([math.fsum(rows) for rows in _apart(parts, place)])
    rounded = np.zeros(sums.size, np.int64)
    for family in _apart(np.arange(sums.size), parent[first]):
        rounded[family] = apportion(sums[family], int(wanted[first[family[0]]]))
    return rounded[place]


def _apart(values: np.ndarray, group: np.ndarray) -> list[np.ndarray]:
    """The values of each group, in their order; groups in ascending order."""
    order = np.argsort(group, kind="stable")
    starts = np.flatnonzero(np.diff(group[order])) + 1
    return np.split(values[order], starts) if values.size else []
