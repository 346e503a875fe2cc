"""One plan among equally good ones: least change from the baseline, then the order of the tables.

Only what can still move on the optimal face takes part (`Live.stay_optimal`); large linear cases go by face.py.
"""

import numpy as np

from planning.inputs.case import Array, Case
from planning.model.build import Model
from planning.solver.hot import Step
from planning.solver.live import Answer, Live


def make_unique(model: Model, live: Live, best: Answer, steps: list[Step]) -> Answer:
    """Least change from the baseline, then the order of the tables, on the optimal face only; adds to `steps`."""
    answer = best
    for name, gain_of in (("least_change", _least_change), ("stated_order", _stated_order)):
        free = live.stay_optimal(answer)
        if not free.size:
            break
        gain = gain_of(model, live, free, answer.x)
        if np.any(gain):
            answer = live.maximise(gain)
            steps.append(Step(name, answer.value, answer.bound, answer.gap, answer.seconds))
    return answer


def _least_change(model: Model, live: Live, free: Array, x: Array) -> Array:
    """−Σ |m[a,p,t] − X⁰[a,p]| / Σ X⁰ over the cells that can still move."""
    layout, case = model.layout, model.case
    movable = free[free < layout.served]
    cells = np.unique(layout.cell[movable[layout.cost[movable] > 0]])
    gain = np.zeros(live.columns)
    if not cells.size:
        return gain
    inside = np.flatnonzero(np.isin(layout.cell, cells))
    position = np.searchsorted(cells, layout.cell[inside])
    wanted = (yearly_baseline(case) - layout.project_money(x).ravel())[cells]
    most = np.bincount(position, layout.cost[inside]) + np.abs(wanted)
    new = live.measure_distance(position, inside, layout.cost[inside], wanted, most, x)
    total = max(case.baseline.sum() * len(case.years), 1.0)
    return np.concatenate([gain, np.zeros(new.size)]) - np.bincount(new, np.tile(most, 2) / total, live.columns)


def _stated_order(model: Model, live: Live, free: Array, _: Array) -> Array:
    weight = order_of(model)
    gain = np.zeros(live.columns)
    some = free[free < weight.size]
    gain[some] = -weight[some]
    return gain


def yearly_baseline(case: Case) -> Array:
    """(A·P·T,) million VND of the baseline, the same in every year."""
    return np.repeat(case.baseline.ravel(), len(case.years))


def order_of(model: Model) -> Array:
    """(served, paid and carried columns,) what a full column counts against the stated order.

    Funds listed first pay first, nothing is carried without need, areas listed first are served first. Each column also
    weighs a little differently from every other, so that one plan alone is best.
    """
    layout = model.layout
    _, purse, _ = layout.payment
    fund = model.case.purses["fund"].to_numpy()[purse]
    size = np.concatenate([layout.cost, layout.payment_size, layout.carrying_size])
    place = np.concatenate([np.arange(layout.served) / layout.served, 1.0 + fund, np.full(layout.carrying.size, 0.5)])
    own = 1 + 0.1 * np.modf(997 * np.sqrt(np.arange(1.0, size.size + 1)))[0]
    return place * own * size / size.sum()
