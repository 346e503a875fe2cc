"""Goals: what makes one plan better than another, each a weighted sum of columns to be made as large as possible."""

from dataclasses import dataclass

import numpy as np

from planning.inputs.case import Array, Case
from planning.model.layout import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """Σ gain · column, to be maximised.

    `size` turns the value into what it counts (weighted child-years for goal reach); later goals may give up the share
    `tolerance` of the value.
    """

    name: str
    gain: Array
    size: float
    tolerance: float = 0.0


def goals(case: Case, layout: Layout, price: Array, priority: Array) -> tuple[Goal, ...]:
    """The goals of the scenario in their order; `price` and `priority` (n,) are those of the short columns.

    targets       max  −Σ_i w[i]·s[i] / Σ_i w[i]                  (one goal for each priority)
    reach         max   Σ_{a,p,t,s} d[t]·v[a]·w[p]·e[p,s]·y[a,p,t,s] / the same sum with every need reached
    max_min       max   θ,  the mean coverage of the worst-covered area
    leximin       max_min, then the same for the areas that can still gain, until none can
    least_cost    max  −Σ_{k,h,t} paid[k,h,t] / Σ_{h,t} B[h,t]
    least_change  max  −Σ_{a,p,t} |m[a,p,t] − X⁰[a,p]| / Σ_{a,p,t} X⁰[a,p]
    weighted      max   reach + λ · targets
    """
    objective = case.scenario.objective
    count = price.size
    if objective.method == "weighted":
        both = reach(layout, count).gain + objective.shortfall_weight * _targets("targets", layout, price).gain
        return (Goal("weighted", both, reach(layout, count).size),)
    chosen: list[Goal] = []
    for name in objective.goals:
        if name == "targets":
            for level in np.unique(priority[price > 0]):
                label = "targets" if np.unique(priority).size == 1 else f"targets_{level}"
                chosen.append(_targets(label, layout, np.where(priority == level, price, 0.0)))
        else:
            chosen.append(_GOALS[name](layout, count))
    counting = [goal for goal in chosen if np.any(goal.gain)] or [reach(layout, count)]
    tolerances = objective.tolerances
    return tuple(
        Goal(goal.name, goal.gain, goal.size, tolerances.get(goal.name.split("_")[0], tolerances.get(goal.name, 0.0)))
        for goal in counting
    )


def _targets(name: str, layout: Layout, price: Array) -> Goal:
    total = price.sum() or 1.0
    return Goal(name, np.concatenate([np.zeros(layout.columns), -price / total]), total)


def reach(layout: Layout, short: int) -> Goal:
    """Weighted child-years reached, as a share of those with every need met; `short` is the number of short columns."""
    total = _everything(layout.case) or 1.0
    return _goal("reach", layout, short, slice(0, layout.served), layout.gain / total, total)


def _everything(case: Case) -> float:
    """Weighted child-years with every need reached in every year."""
    of_a_need = (case.band_share * case.band_effect).sum(axis=1)
    return float(np.einsum("ap,p,apt,t->", case.worth, of_a_need, case.need, case.discount))


def _max_min(layout: Layout, short: int) -> Goal:
    worst = layout.begin["worst"]
    return _goal("max_min", layout, short, slice(worst, worst + 1), np.full(1, 2.0), 1.0)


def _leximin(layout: Layout, short: int) -> Goal:
    goal = _max_min(layout, short)
    return Goal("leximin", goal.gain, goal.size)


def _least_cost(layout: Layout, short: int) -> Goal:
    total = layout.case.ceiling.sum() or 1.0
    paid = slice(layout.begin["paid"], layout.begin["paid"] + layout.paid)
    return _goal("least_cost", layout, short, paid, -layout.payment_size / total, total)


def _least_change(layout: Layout, short: int) -> Goal:
    total = layout.case.baseline.sum() * len(layout.case.years) or 1.0
    size = np.concatenate([extra.size for extra in layout.extras if extra.name in ("more", "less")])
    begin = layout.begin["more"]
    return _goal("least_change", layout, short, slice(begin, begin + size.size), -size / total, total)


_GOALS = {
    "reach": reach,
    "max_min": _max_min,
    "leximin": _leximin,
    "least_cost": _least_cost,
    "least_change": _least_change,
}


def _goal(name: str, layout: Layout, short: int, columns: slice, gain: Array, size: float) -> Goal:
    every = np.zeros(layout.columns + short)
    every[columns] = gain
    return Goal(name, every, size)
