"""The model in PuLP: as its manual writes it, and row by row from arrays with funding classes."""

from functools import partial

import numpy as np
import pulp
from data import Array, Data
from matrix import matrix, money

Made = tuple[Data, pulp.LpProblem, dict]


def usual(data: Data) -> Made:
    """A variable for each band and for each fund, area, programme and year; sums with lpSum."""
    A, P, T, S = (range(n) for n in data.shape)
    F = range(len(data.funds))
    full, gain, share = data.full, data.gain, data.share
    model = pulp.LpProblem("children", pulp.LpMaximize)
    y = {
        (a, p, t, s): model.add_variable(f"y_{a}_{p}_{t}_{s}", 0, 1)
        for a in A for p in P for t in T for s in S
    }  # fmt: skip
    x = {
        (f, a, p, t): model.add_variable(f"x_{f}_{a}_{p}_{t}", 0)
        for f in F for a in A for p in P if data.eligible[f, a, p] for t in T
    }  # fmt: skip
    k = {(f, t): model.add_variable(f"k_{f}_{t}", 0, data.carry_over[f, t]) for f in F for t in T}
    part = {(a, p, t): pulp.lpSum(share[p, s] * y[a, p, t, s] for s in S) for a in A for p in P for t in T}
    missed = _promises(model, data, part)
    model.setObjective(pulp.lpSum(gain[key] * y[key] for key in y) - data.penalty * pulp.lpSum(missed))
    for a in A:
        for p in P:
            for s in S if data.lasting[p] else ():
                model += pulp.lpSum(y[a, p, t, s] for t in T) <= 1
            for t in T:
                model += pulp.lpSum(x[f, a, p, t] for f in F if data.eligible[f, a, p]) - part[a, p, t] == 0
    for t in T:
        for f in F:
            own = data.ceiling[f, t]
            spent = [full[a, p, t] / own * x[f, a, p, t] for a in A for p in P if data.eligible[f, a, p]]
            brought = data.ceiling[f, t - 1] / own * k[f, t - 1] if t else 0
            model += pulp.lpSum(spent) + k[f, t] - brought <= 1
        per = full[:, :, t] / data.ceiling[:, t].sum() * (data.remote - data.remote_share)[:, None]
        model += pulp.lpSum(per[a, p] * part[a, p, t] for a in A for p in P) >= 0
    return data, model, {"x": x, "full": full}


def _promises(model: pulp.LpProblem, data: Data, part: dict) -> list[pulp.LpAffineExpression]:
    missed = []
    for i, promise in enumerate(data.promises):
        p = promise.programme
        wanted = promise.coverage * data.need[promise.areas, p].sum()
        years = range(0 if data.lasting[p] else promise.year, promise.year + 1)
        reached = pulp.lpSum(data.need[a, p] / wanted * part[a, p, t] for a in promise.areas.tolist() for t in years)
        if promise.weight:
            short = model.add_variable(f"short_{i}", 0, 1)
            missed.append(promise.weight * short)
            reached = reached + short
        model += reached >= 1
    return missed


def usual_answer(made: Made) -> Array:
    data, _, known = made
    paid = np.zeros((len(data.funds), *data.shape[:3]))
    for (f, a, p, t), variable in known["x"].items():
        paid[f, a, p, t] = variable.value() * known["full"][a, p, t]
    return paid


def best(data: Data) -> Made:
    """Funding classes; terms of each row from arrays, no expression is ever added to another."""
    arrays = matrix(data)
    model = pulp.LpProblem("children", pulp.LpMaximize)
    names = [f"x{j}" for j in range(arrays.gain.size)]
    x = model.add_variable_matrix("%s", names, 0, 1)
    for j in np.flatnonzero(arrays.most != 1).tolist():
        x[j].upBound = arrays.most[j]
    gain = arrays.gain.tolist()
    model.setObjective(pulp.lpSum_vars_coefs((x[j], gain[j]) for j in np.flatnonzero(arrays.gain).tolist()))
    start, column, value = (some.tolist() for some in (arrays.matrix.indptr, arrays.matrix.indices, arrays.matrix.data))
    for i, (low, high) in enumerate(zip(arrays.low.tolist(), arrays.high.tolist(), strict=True)):
        here = slice(start[i], start[i + 1])
        terms = pulp.lpSum_vars_coefs((x[j], v) for j, v in zip(column[here], value[here], strict=True))
        model.addConstraint(terms == high if low == high else terms <= high if np.isfinite(high) else terms >= low)
    return data, model, {"x": x, "arrays": arrays}


def best_answer(made: Made) -> Array:
    data, _, known = made
    return money(data, known["arrays"], np.array([variable.value() or 0.0 for variable in known["x"]]))


def solve(made: Made, solver: str) -> float:
    model = made[1]
    status = model.solve(pulp.HiGHS(msg=False) if solver == "highs" else pulp.CYLP(msg=False)).status_str
    if status != "Optimal":
        raise SystemExit(f"PuLP with {solver} ended {status}")
    return pulp.value(model.objective)


WAYS = {
    "usual": (usual, partial(solve, solver="highs"), usual_answer),
    "cbc": (usual, partial(solve, solver="cbc"), usual_answer),
    "best": (best, partial(solve, solver="highs"), best_answer),
}
