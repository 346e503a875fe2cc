"""The model in Pyomo: as its manual writes it, and with funding classes and linear expressions made from arrays."""

from functools import partial

import numpy as np
import pyomo.environ as pyo
from data import Array, Data
from matrix import matrix, money
from pyomo.core.expr.numeric_expr import LinearExpression

Made = tuple[Data, pyo.ConcreteModel, object]


def usual(data: Data) -> Made:
    """Sets, indexed variables and a rule for each constraint."""
    full, gain, share = data.full, data.gain, data.share
    m = pyo.ConcreteModel()
    m.A, m.P, m.T, m.S = (pyo.RangeSet(0, n - 1) for n in data.shape)
    m.F = pyo.RangeSet(0, len(data.funds) - 1)
    m.G = pyo.RangeSet(0, len(data.promises) - 1)
    may = [tuple(key) for key in np.argwhere(data.eligible).tolist()]
    m.E = pyo.Set(initialize=may, dimen=3)
    payers = {(a, p): [f for f in m.F if data.eligible[f, a, p]] for a in m.A for p in m.P}
    m.y = pyo.Var(m.A, m.P, m.T, m.S, bounds=(0, 1))
    m.x = pyo.Var(m.E, m.T, within=pyo.NonNegativeReals)
    m.k = pyo.Var(m.F, m.T, bounds=lambda m, f, t: (0, float(data.carry_over[f, t])))
    m.short = pyo.Var(m.G, bounds=lambda m, g: (0, 1 if data.promises[g].weight else 0))

    def part(m, a, p, t):
        return sum(share[p, s] * m.y[a, p, t, s] for s in m.S)

    def paid(m, a, p, t):
        return sum(m.x[f, a, p, t] for f in payers[a, p]) == part(m, a, p, t)

    def once(m, a, p, s):
        return sum(m.y[a, p, t, s] for t in m.T) <= 1 if data.lasting[p] else pyo.Constraint.Skip

    def ceiling(m, f, t):
        own = data.ceiling[f, t]
        spent = sum(full[a, p, t] / own * m.x[f, a, p, t] for a in m.A for p in m.P if data.eligible[f, a, p])
        brought = data.ceiling[f, t - 1] / own * m.k[f, t - 1] if t else 0
        return spent + m.k[f, t] - brought <= 1

    def remote(m, t):
        per = full[:, :, t] / data.ceiling[:, t].sum() * (data.remote - data.remote_share)[:, None]
        return sum(per[a, p] * share[p, s] * m.y[a, p, t, s] for a in m.A for p in m.P for s in m.S) >= 0

    def promise(m, g):
        one, p = data.promises[g], data.promises[g].programme
        wanted = one.coverage * data.need[one.areas, p].sum()
        years = range(0 if data.lasting[p] else one.year, one.year + 1)
        reached = sum(
            data.need[a, p] / wanted * share[p, s] * m.y[a, p, t, s]
            for a in one.areas.tolist() for t in years for s in m.S
        )  # fmt: skip
        return reached + m.short[g] >= 1

    m.paid = pyo.Constraint(m.A, m.P, m.T, rule=paid)
    m.once = pyo.Constraint(m.A, m.P, m.S, rule=once)
    m.ceiling = pyo.Constraint(m.F, m.T, rule=ceiling)
    m.remote = pyo.Constraint(m.T, rule=remote)
    m.promise = pyo.Constraint(m.G, rule=promise)
    missed = sum(data.promises[g].weight * m.short[g] for g in m.G)
    reach = sum(gain[key] * m.y[key] for key in m.y)
    m.goal = pyo.Objective(expr=reach - data.penalty * missed, sense=pyo.maximize)
    return data, m, full


def usual_answer(made: Made) -> Array:
    data, m, full = made
    paid = np.zeros((len(data.funds), *data.shape[:3]))
    for (f, a, p, t), variable in m.x.items():
        paid[f, a, p, t] = (variable.value or 0.0) * full[a, p, t]
    return paid


def best(data: Data) -> Made:
    """Funding classes; each row a linear expression made from lists."""
    arrays = matrix(data)
    m = pyo.ConcreteModel()
    most = arrays.most.tolist()
    m.x = pyo.Var(range(len(most)), bounds=lambda m, j: (0, most[j]))
    x = list(m.x.values())
    start, column, value = (some.tolist() for some in (arrays.matrix.indptr, arrays.matrix.indices, arrays.matrix.data))
    low, high = arrays.low.tolist(), arrays.high.tolist()

    def row(m, i):
        here = slice(start[i], start[i + 1])
        terms = LinearExpression(linear_coefs=value[here], linear_vars=[x[j] for j in column[here]])
        if low[i] == high[i]:
            return terms == high[i]
        return terms <= high[i] if np.isfinite(high[i]) else terms >= low[i]

    m.row = pyo.Constraint(range(len(low)), rule=row)
    goal = LinearExpression(linear_coefs=arrays.gain.tolist(), linear_vars=x)
    m.goal = pyo.Objective(expr=goal, sense=pyo.maximize)
    return data, m, arrays


def best_answer(made: Made) -> Array:
    data, m, arrays = made
    return money(data, arrays, np.array([variable.value or 0.0 for variable in m.x.values()]))


def solve(made: Made, solver: str) -> float:
    result = pyo.SolverFactory(solver).solve(made[1])
    if result.solver.termination_condition != pyo.TerminationCondition.optimal:
        raise SystemExit(f"Pyomo ended {result.solver.termination_condition}")
    return pyo.value(made[1].goal)


WAYS = {
    "usual": (usual, partial(solve, solver="appsi_highs"), usual_answer),
    "best": (best, partial(solve, solver="appsi_highs"), best_answer),
}
