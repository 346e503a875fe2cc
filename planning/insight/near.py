"""The plans near the best one: how far one amount of money can go while the last goal gives up a stated share.

Projects and other all-or-nothing choices are kept as the plan has them; earlier goals are held at what they reached.
For one amount m (a weighted sum of columns) the best value V(m) of the last goal is concave, made of straight pieces.
Its corners are found from the outside in: solve with a price λ on the amount, take the chord of the two corners on
either side of the level, and stop when no plan lies above the chord (Aneja and Nair, 1979, for two goals). Where even
the outermost corner keeps the level, a solve for the amount alone proves that no plan goes further. A level
between two corners of one piece is attained by mixing their two plans. One set of corners answers every level.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planning.errors import InputError, Problem
from planning.inputs.case import Array, Case
from planning.model.build import Model
from planning.model.layout import Layout
from planning.model.rows import Sum
from planning.solver.hot import Hot, Point
from planning.solver.live import Answer, Live
from planning.vocabulary import Text

LARGE, FLAT, SAME, PRIMAL = 30.0, 1e-5, 1e-9, 4
_LEXIMIN = Text(
    "mục tiêu 'leximin' nâng lần lượt từng địa bàn thiếu nhất, nên không có một con số nào cho biết phương án khác gần "
    "đến đâu; hãy ghi max_min thay cho leximin trong objective.goals để hỏi câu này",
    "goal 'leximin' raises the worst-covered areas one after another, so no single value says how near another "
    "plan is; write max_min instead of leximin in objective.goals to ask this question",
)


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """The greatest Σ weight·x at one level of the last goal: attained by plan x (columns,), proven up to `bound`."""

    value: float
    bound: float
    x: Array


@dataclass(frozen=True, slots=True, eq=False)
class _Corner:
    amount: float
    value: float
    x: Array


class Near:
    """A plan's model, its whole columns kept and its earlier goals held. `best` is the last goal's value there."""

    def __init__(self, model: Model, x: Array) -> None:
        answerable(model)
        self.hot = Hot(model)
        self.hot.keep_projects(x)
        self.point = self.hot.best()
        self.live, self.gain = self.hot.live, model.goals[-1].gain
        self.best = self.point.values[-1]
        self.x = x
        # Only prices on amounts change from here on, so every basis stays feasible: the primal simplex goes on from it.
        self.live.highs.setOptionValue("simplex_strategy", PRIMAL)
        self._size = np.abs(self.gain).sum() / max(np.count_nonzero(self.gain), 1) or 1.0

    def level(self, within: float) -> float:
        """The least that the last goal may be: best − within·|best|."""
        return self.best - within * abs(self.best)

    def ends(self, weight: Array, withins: Sequence[float]) -> list[End]:
        """The greatest Σ weight·x (weight (columns,)) for each share that may be given up, smallest first."""
        live = self.live
        free = np.where(live.lower < live.upper, weight, 0.0)
        still, scale = float((weight - free) @ self.x), float(np.abs(free).sum())
        if not scale:
            return [End(still, still, self.x)] * len(withins)
        unit = free / scale
        most = float(np.maximum(unit * live.lower, unit * live.upper).sum())
        here = _Corner(float(unit @ self.x), float(self.gain @ self.x), self.x)
        corners, proven = [here], most
        if here.amount < most - SAME:
            size = self._size / np.abs(unit[unit != 0]).mean()
            far, _ = self._seek(unit, LARGE * size)
            corners.append(far)
            if far.amount < most - SAME and far.value >= self.level(withins[-1]) - SAME:
                farthest = live.maximise(unit)
                proven = min(proven, farthest.bound)
                amount = float(unit @ farthest.x)
                if amount > far.amount + SAME:
                    corners.append(_Corner(amount, float(self.gain @ farthest.x), farthest.x))
        found = []
        for within in withins:
            level = min(self.level(within), here.value)
            end, bound = self._reach(unit, level, corners)
            found.append(End(still + scale * end.amount, still + scale * min(bound, proven), end.x))
        return found

    def _seek(self, unit: Array, price: float) -> tuple[_Corner, float]:
        """The plan that is best with this price on the amount, and a proven bound on value + price·amount."""
        answer = self.live.maximise(self.gain + price * unit)
        return _Corner(float(unit @ answer.x), float(self.gain @ answer.x), answer.x), answer.bound

    def _reach(self, unit: Array, level: float, corners: list[_Corner]) -> tuple[_Corner, float]:
        """The plan of greatest amount at the level, and a proven bound on that amount; corners found are added."""
        while True:
            above = max((c for c in corners if c.value >= level - SAME), key=lambda c: c.amount)
            below = min((c for c in corners if c.value < level - SAME), key=lambda c: c.amount, default=None)
            if below is None:
                return above, np.inf
            if below.amount - above.amount < SAME:
                return above, below.amount
            price = (above.value - below.value) / (below.amount - above.amount)
            corner, bound = self._seek(unit, price)
            higher = corner.value + price * corner.amount - (above.value + price * above.amount)
            if (
                higher <= FLAT * (above.value - below.value) + SAME / 10
                or not above.amount + SAME < corner.amount < below.amount - SAME
            ):
                share = (above.value - level) / (above.value - below.value)
                mixed = above.x + max(share, 0.0) * (below.x - above.x)
                amount = above.amount + max(share, 0.0) * (below.amount - above.amount)
                return _Corner(amount, level, mixed), (bound - level) / price
            corners.append(corner)


def answerable(model: Model) -> None:
    """Raise InputError where the last goal is not one number that may give up a share of itself."""
    if any(goal.name == "leximin" for goal in model.goals):
        raise InputError([Problem(f"{model.case.scenario.name}.yaml", _LEXIMIN)])


def money_weight(layout: Layout, chosen: Array, columns: int) -> Array:
    """(columns,) million VND of each full column that goes to the chosen cells, a mask (A, P) or (A, P, T)."""
    case = layout.case
    mask = np.broadcast_to(chosen.reshape(*chosen.shape, *[1] * (3 - chosen.ndim)), case.shape)
    at = np.flatnonzero(mask.ravel())
    entries = layout.expand((Sum("money", np.zeros(at.size, int), at, np.ones(at.size)),))
    return np.bincount(entries.column, entries.value, minlength=columns)


def nearest(model: Model, live: Live, answer: Answer, money: Array) -> Answer:
    """Among the plans as good as the answer, live's last, the one that moves least from `money` (A, P, T).

    Without this step a comparison would show moves between cells that are equally good. The live model is of no use for
    other questions afterwards.
    """
    layout = model.layout
    free = live.stay_optimal(answer)
    movable = free[free < layout.served]
    cells = np.unique(layout.cell[movable[layout.cost[movable] > 0]])
    if not cells.size:
        return answer
    inside = np.flatnonzero(np.isin(layout.cell, cells))
    position = np.searchsorted(cells, layout.cell[inside])
    wanted = (money - layout.project_money(answer.x)).ravel()[cells]
    most = np.bincount(position, layout.cost[inside]) + np.abs(wanted)
    new = live.measure_distance(position, inside, layout.cost[inside], wanted, most, answer.x)
    return live.maximise(-np.bincount(new, np.tile(most, 2) / max(money.sum(), 1.0), live.columns))


def goals_lost(best: Point, other: Point) -> tuple[float, ...]:
    """How much worse each goal is, in its own value."""
    return tuple(one - two for one, two in zip(best.values, other.values, strict=True))


def field_of(case: Case) -> Array:
    """(P,) the field of each programme."""
    return case.tables["programmes"]["field"].to_numpy()
