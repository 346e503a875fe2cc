"""Goals: what makes one plan better than another, each a weighted sum of columns to be made as large as possible."""

from dataclasses import dataclass

import numpy as np

from planning.inputs.case import Array, Case
from planning.model.layout import Layout


@dataclass(frozen=True, slots=True, eq=False)
class Goal:
    """Σ gain · column, to be maximised. `size` turns the scaled value into what it counts (weighted child-years)."""

    name: str
    gain: Array
    size: float


def goals(case: Case, layout: Layout, price: Array) -> tuple[Goal, ...]:
    """The goals of the scenario in their order; `price` (n,) is what each short column counts for.

    targets    max  −Σ_i w[i]·s[i] / Σ_i w[i]
    reach      max   Σ_{a,p,t,s} v[a]·w[p]·e[p,s]·y[a,p,t,s] / the same sum with every need reached
    weighted   max   reach + λ · targets
    """
    rank = {"targets": _targets(layout, price), "reach": _reach(layout, price)}
    objective = case.scenario.objective
    if objective.method == "lexicographic":
        counting = tuple(rank[name] for name in objective.goals if np.any(rank[name].gain))
        return counting or (rank[objective.goals[0]],)
    both = rank["reach"].gain + objective.shortfall_weight * rank["targets"].gain
    return (Goal("weighted", both, rank["reach"].size),)


def _targets(layout: Layout, price: Array) -> Goal:
    total = price.sum() if price.size else 1.0
    return Goal("targets", np.concatenate([np.zeros(layout.columns), -price / total]), total)


def _reach(layout: Layout, price: Array) -> Goal:
    gain = layout.gain
    lasting = layout.case.capital[layout.cell // layout.case.shape[2] % layout.case.shape[1]]
    first = layout.cell % layout.case.shape[2] == 0
    total = gain[~lasting | first].sum() or 1.0
    others = np.zeros(layout.columns - layout.served + price.size)
    return Goal("reach", np.concatenate([gain / total, others]), total)
