"""The model in CVXPY: whole arrays as its manual recommends, and as one sparse matrix with funding classes."""

import cvxpy as cp
import numpy as np
from data import Array, Data
from matrix import matrix, money

Made = tuple[Data, cp.Problem, tuple]


def usual(data: Data) -> Made:
    """A variable (A·P, T) for each band and each fund."""
    A, P, T, S = data.shape
    F = len(data.funds)
    full, gain = data.full.reshape(A * P, T), data.gain.reshape(A * P, T, S)
    share = np.tile(data.share, (A, 1))[:, None, :]
    y = [cp.Variable((A * P, T), bounds=[0, 1]) for _ in range(S)]
    may = data.eligible.reshape(F, A * P)
    x = [cp.Variable((int(may[f].sum()), T), nonneg=True) for f in range(F)]
    kept = cp.Variable((F, T), bounds=[0, data.carry_over])
    part = sum(cp.multiply(np.broadcast_to(share[:, :, s], (A * P, T)), y[s]) for s in range(S))
    paid = [np.flatnonzero(may[f]) for f in range(F)]
    rules = [sum(_placed(x[f], paid[f], A * P) for f in range(F)) == part]
    lasting = np.flatnonzero(np.tile(data.lasting, A))
    rules += [cp.sum(y[s][lasting], axis=1) <= 1 for s in range(S)]
    for f in range(F):
        own = data.ceiling[f]
        spent = cp.sum(cp.multiply(full[paid[f]] / own, x[f]), axis=0)
        brought = cp.hstack([0, cp.multiply(own[:-1] / own[1:], kept[f, :-1])])
        rules.append(spent + kept[f] - brought <= 1)
    excess = np.repeat(data.remote - data.remote_share, P)[:, None] * full / data.ceiling.sum(axis=0)
    rules.append(cp.sum(cp.multiply(excess, part), axis=0) >= 0)
    missed = 0
    for promise in data.promises:
        p, since = promise.programme, 0 if data.lasting[promise.programme] else promise.year
        need = data.need[promise.areas, p]
        reached = cp.sum(part[promise.areas * P + p, since : promise.year + 1], axis=1)
        short = 0
        if promise.weight:
            short = cp.Variable(bounds=[0, 1])
            missed += promise.weight * short
        rules.append(need / (promise.coverage * need.sum()) @ reached + short >= 1)
    reach = sum(cp.sum(cp.multiply(gain[:, :, s], y[s])) for s in range(S))
    return data, cp.Problem(cp.Maximize(reach - data.penalty * missed), rules), (x, paid, full)


def _placed(some: cp.Variable, at: Array, rows: int) -> cp.Expression:
    from scipy.sparse import csr_array

    return csr_array((np.ones(at.size), (at, np.arange(at.size))), shape=(rows, at.size)) @ some


def usual_answer(made: Made) -> Array:
    data, _, (x, paid, full) = made
    found = np.zeros((len(x), *full.shape))
    for f, some in enumerate(x):
        found[f, paid[f]] = some.value * full[paid[f]]
    return found.reshape(len(x), *data.shape[:3])


def best(data: Data) -> Made:
    """Funding classes; all rows of one sense as one sparse matrix."""
    arrays = matrix(data)
    x = cp.Variable(arrays.gain.size, bounds=[0, arrays.most])
    same = arrays.low == arrays.high
    most, least = np.isfinite(arrays.high) & ~same, np.isfinite(arrays.low) & ~same
    rules = [
        arrays.matrix[same] @ x == arrays.low[same],
        arrays.matrix[most] @ x <= arrays.high[most],
        arrays.matrix[least] @ x >= arrays.low[least],
    ]
    return data, cp.Problem(cp.Maximize(arrays.gain @ x), rules), (x, arrays)


def best_answer(made: Made) -> Array:
    data, _, (x, arrays) = made
    return money(data, arrays, x.value)


def solve(made: Made) -> float:
    made[1].solve(solver=cp.HIGHS)
    if made[1].status != "optimal":
        raise SystemExit(f"CVXPY ended {made[1].status}")
    return made[1].value


WAYS = {"usual": (usual, solve, usual_answer), "best": (best, solve, best_answer)}
