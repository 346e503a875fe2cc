"""The model in linopy: as its manual writes it, and with funding classes and arrays handed to HiGHS in memory."""

from functools import partial

import linopy
import numpy as np
import pandas as pd
import xarray as xr
from data import Array, Data, split

linopy.options["semantics"] = "v1"
Made = tuple[Data, linopy.Model]


def build(data: Data, *, classes: bool, **options: object) -> Made:
    """A variable for each band and, without `classes`, for each fund, area, programme and year."""
    A, P, T, S = (pd.RangeIndex(n, name=name) for n, name in zip(data.shape, "apts", strict=True))
    F = pd.RangeIndex(len(data.funds), name="f")
    need, full = xr.DataArray(data.need, [A, P]), xr.DataArray(data.full, [A, P, T])
    share, ceiling = xr.DataArray(data.share, [P, S]), xr.DataArray(data.ceiling, [F, T])
    model = linopy.Model(**options)
    y = model.add_variables(0, 1, [A, P, T, S], name="y")
    part = (y * share).sum("s")
    k = model.add_variables(0, xr.DataArray(data.carry_over, [F, T]), name="k")
    spent = _paid_by_class(model, data, part, F, T) if classes else _paid_by_cell(model, data, part, full, F)
    brought = k.shift(t=1).fillna(0) * (ceiling.shift(t=1) / ceiling).fillna(0)
    model.add_constraints(spent / ceiling + k - brought <= 1, name="ceiling")
    lasting = np.flatnonzero(data.lasting)
    model.add_constraints(y.sel(p=lasting).sum("t") <= 1, name="once")
    excess = xr.DataArray(data.remote - data.remote_share, [A]) * full / ceiling.sum("f")
    model.add_constraints((part * excess).sum(["a", "p"]) >= 0, name="remote")
    missed = []
    for i, promise in enumerate(data.promises):
        p = promise.programme
        weights = need.sel(a=promise.areas, p=p) / (promise.coverage * need.sel(a=promise.areas, p=p).sum())
        years = np.arange(0 if data.lasting[p] else promise.year, promise.year + 1)
        reached = (part.sel(a=promise.areas, p=p, t=years) * weights).sum()
        if promise.weight:
            short = model.add_variables(0, 1, name=f"short{i}")
            missed.append(promise.weight * short)
            reached = reached + short
        model.add_constraints(reached >= 1, name=f"promise{i}")
    value = (y * xr.DataArray(data.gain, [A, P, T, S])).sum()
    model.add_objective(value - data.penalty * sum(missed), sense="max")
    return data, model


def _paid_by_cell(model: linopy.Model, data: Data, part, full: xr.DataArray, F: pd.Index):
    may = xr.DataArray(data.eligible, [F, full.indexes["a"], full.indexes["p"]])
    mask = may.expand_dims(t=full.indexes["t"], axis=3)
    x = model.add_variables(lower=0, coords=mask.coords, dims=mask.dims, mask=mask, name="x")
    model.add_constraints(x.sum("f") - part == 0, name="paid")
    return (x * full).sum(["a", "p"])


def _paid_by_class(model: linopy.Model, data: Data, part, F: pd.Index, T: pd.Index):
    of_cell, kinds = data.classes
    K = pd.RangeIndex(len(kinds), name="k")
    total = np.zeros((len(kinds), len(T)))
    np.add.at(total, of_cell, data.full)
    most = np.repeat(kinds.T[..., None].astype(float), len(T), axis=2)
    paid = model.add_variables(0, xr.DataArray(most, [F, K, T]), name="paid")
    cells = [part.indexes["a"], part.indexes["p"]]
    cost = part * xr.DataArray(data.full / total[of_cell], [*cells, T])
    group = xr.DataArray(of_cell, cells, name="k")
    model.add_constraints(cost.groupby(group).sum() - paid.sum("f") == 0, name="paid")
    return (paid * xr.DataArray(total, [K, T])).sum("k")


def solve(made: Made, **options: object) -> float:
    status, why = made[1].solve("highs", output_flag=False, progress=False, **options)
    if status != "ok" or why != "optimal":
        raise SystemExit(f"linopy ended {status}, {why}")
    return float(made[1].objective.value)


def usual_answer(made: Made) -> Array:
    data, model = made
    x = model.solution["x"].transpose("f", "a", "p", "t").to_numpy()
    return np.nan_to_num(x) * data.full


def best_answer(made: Made) -> Array:
    data, model = made
    served = model.solution["y"].transpose("a", "p", "t", "s").to_numpy()
    return split(data, served, model.solution["paid"].transpose("k", "f", "t").to_numpy())


WAYS = {
    "usual": (partial(build, classes=False), solve, usual_answer),
    "best": (partial(build, classes=True), partial(solve, io_api="direct"), best_answer),
}
