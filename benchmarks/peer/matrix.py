"""The model as arrays, with funding classes: maximise gain·x where low ≤ matrix·x ≤ high, 0 ≤ x ≤ most.

Columns: share of each band served (A·P·T·S), share of what a funding class costs that each fund pays (K·F·T), share of
a ceiling carried on (F·T), share of a promise missed. Rows: promises, bands built once, funding classes, ceilings, the
share of remote areas.
"""

from dataclasses import dataclass

import numpy as np
from data import Array, Data, split
from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class Matrix:
    """The model; `served` and `paid` are where those columns stand, `shape` (K, F, T) of the paid ones."""

    gain: Array
    most: Array
    matrix: csr_array
    low: Array
    high: Array
    served: slice
    paid: slice
    shape: tuple[int, int, int]


def matrix(data: Data) -> Matrix:
    """Coefficients in coordinate form, block after block."""
    A, P, T, S = data.shape
    of_cell, kinds = data.classes
    K, F = kinds.shape
    soft = [i for i, promise in enumerate(data.promises) if promise.weight]
    first = np.cumsum([0, A * P * T * S, K * F * T, F * T, len(soft)])
    y = np.arange(first[1]).reshape(A, P, T, S)
    paid = first[1] + np.arange(K * F * T).reshape(K, F, T)
    kept = first[2] + np.arange(F * T).reshape(F, T)
    cost = data.full[..., None] * data.share[:, None, :]
    total = np.zeros((K, T))
    np.add.at(total, of_cell, data.full)
    parts: list[tuple[Array, Array, Array]] = []
    low: list[Array] = []
    high: list[Array] = []

    def block(rows: int, least: float, most: float, *entries: tuple) -> None:
        begin = sum(some.size for some in low)
        for row, column, value in entries:
            row, column, value = (some.ravel() for some in np.broadcast_arrays(row, column, value))
            parts.append((begin + row, column, value))
        low.append(np.full(rows, least))
        high.append(np.full(rows, most))

    for i, promise in enumerate(data.promises):
        p, since = promise.programme, 0 if data.lasting[promise.programme] else promise.year
        wanted = promise.coverage * data.need[promise.areas, p].sum()
        reached = data.need[promise.areas, p, None, None] * data.share[p] / wanted
        terms = [(0, y[promise.areas, p, since : promise.year + 1], reached)]
        terms += [(0, first[3] + soft.index(i), 1.0)] if promise.weight else []
        block(1, 1.0, np.inf, *terms)
    built = y[:, data.lasting].transpose(0, 1, 3, 2)
    once = np.arange(built[..., 0].size).reshape(built.shape[:3])
    block(once.size, -np.inf, 1.0, (once[..., None], built, 1.0))
    class_row = np.arange(K * T).reshape(K, T)
    of_band = class_row[of_cell][..., None]
    block(K * T, 0.0, 0.0, (of_band, y, cost / total[of_cell][..., None]), (class_row[:, None, :], paid, -1.0))
    purse = np.arange(F * T).reshape(F, T)
    spent = (purse, paid, total[:, None, :] / data.ceiling)
    brought = (purse[:, 1:], kept[:, :-1], -data.ceiling[:, :-1] / data.ceiling[:, 1:])
    block(F * T, -np.inf, 1.0, spent, (purse, kept, 1.0), brought)
    excess = (data.remote - data.remote_share)[:, None, None, None] * cost / data.ceiling.sum(axis=0)[:, None]
    block(T, 0.0, np.inf, (np.arange(T)[:, None], y, excess))
    row, column, value = (np.concatenate(some) for some in zip(*parts, strict=True))
    gain = np.zeros(first[4])
    gain[: first[1]] = data.gain.ravel()
    gain[first[3] :] = [-data.penalty * data.promises[i].weight for i in soft]
    most = np.ones(first[4])
    most[first[1] : first[2]] = np.repeat(kinds.ravel(), T)
    most[first[2] : first[3]] = data.carry_over.ravel()
    low, high = np.concatenate(low), np.concatenate(high)
    made = csr_array((value, (row, column)), shape=(low.size, first[4]))
    return Matrix(gain, most, made, low, high, slice(0, first[1]), slice(first[1], first[2]), (K, F, T))


def money(data: Data, model: Matrix, x: Array) -> Array:
    """(F, A, P, T) million VND of the column values."""
    return split(data, x[model.served].reshape(data.shape), x[model.paid].reshape(model.shape))
