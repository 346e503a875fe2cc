"""A plan followed along a level: its projects kept, all else decided anew for each value of one number of a rule."""

from dataclasses import dataclass, replace

import numpy as np

from planning.errors import InputError, Problem
from planning.inputs.case import Array, Case
from planning.inputs.levels import ENVELOPE, Level
from planning.inputs.whatif import VALUES
from planning.insight.sweep import Spot
from planning.model.build import Model, build, restated
from planning.solver.hot import Hot
from planning.solver.live import Live
from planning.vocabulary import Text

_STEPS, _NEAR = 30, 1e-9
_BOUNDED_BY_MONEY = ("fund_ceiling", "minimum_use")
_NO_REACH = Text(
    "câu hỏi này đếm số trẻ em mà mỗi phương án phục vụ, nên objective.goals phải có reach, method phải là "
    "lexicographic và không có leximin đứng trước; hãy viết một phương án như vậy",
    "this question counts the children that each plan reaches, so objective.goals must name reach, with "
    "method lexicographic and no leximin before it; write a scenario that does",
)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What is reached at a level: weighted child-years, child-years, the share of all targets that is missed.

    `gap` is the relative gap of the search, `x` (columns,) the values of the model's columns.
    """

    level: float
    reached: float
    children: float
    missed: float
    gap: float
    x: Array


def seeking_reach(case: Case) -> Case:
    """The case with its goals up to reach, which later goals cannot move. Raises InputError where it seeks none."""
    objective = case.scenario.objective
    goals = objective.goals
    before = goals[: goals.index("reach")] if "reach" in goals else goals
    if objective.method == "weighted" or "reach" not in goals or "leximin" in before:
        raise InputError([Problem(case.scenario.name, _NO_REACH)])
    cut = objective.model_copy(update={"goals": (*before, "reach")})
    other = replace(case, scenario=case.scenario.model_copy(update={"objective": cut}))
    other.__dict__.update({name: case.__dict__[name] for name in VALUES if name in case.__dict__})
    return other


def carried_over(model: Model, x: Array) -> Array:
    """The column values of a plan in a model that seeks fewer goals: columns that later goals add are left out."""
    return np.concatenate([x[: model.layout.columns], x[x.size - model.short.size :]])


def state(model: Model, level: float, x: Array, gap: float = 0.0) -> State:
    """What the column values x (columns,) reach in a model."""
    per_unit = model.case.tables["programmes"]["children_per_unit"].to_numpy(float)
    children = float(np.einsum("p,apt->", per_unit, model.layout.units(x)))
    short = x[model.layout.columns :]
    missed = float(model.price @ short / (model.price.sum() or 1.0))
    return State(level, float(model.reach.gain @ x) * model.reach.size, children, missed, gap, x)


class Along:
    """The case at every value of a level between `low` and `high`, with one live model behind it.

    `case` must have passed `seeking_reach`; `x` (columns,) is its plan at its own level.
    """

    def __init__(self, case: Case, level: Level, x: Array, low: float, high: float) -> None:
        self.case, self.level, self.x = case, level, x
        self.own = level.of(case)
        self.model = build(case)
        self.size = self.model.goals[-1].size
        self._references = [(end, self.model_at(end)) for end in (low, high)]
        self.hot = Hot(self.model)
        self.hot.keep_projects(x)
        self.seen: dict[float, State] = {}

    def model_at(self, value: float) -> Model:
        """The model with the level at a value. Raises InputError where a scenario could not say so."""
        case = self.level.at(self.case, value)
        return build(case) if self.level.rule == ENVELOPE else restated(self.model, self.level.rule, case)

    def state_at(self, value: float) -> State:
        """The best plan with the projects kept. Raises Infeasible."""
        return self._solved(value)[0]

    def spot(self, value: float) -> Spot:
        """Value and slope in weighted child-years, the projects kept. Raises Infeasible."""
        reached, slope = self._solved(value)
        self.seen[value] = replace(reached, x=np.zeros(0))
        return Spot(value, reached.reached, slope, (reached.missed, *self._multiplied(reached.x)))

    def _multiplied(self, x: Array) -> Array:
        """What the level multiplies at the plan x: while that stays, a level moves the bounds of rows alone."""
        blocks = [block for block in self.hot.model.blocks if block.rows.rule == self.level.rule]
        return np.concatenate([np.zeros(0), *(block.evaluate(self.hot.model.layout, x)[1] for block in blocks)])

    def figures(self, value: float) -> State:
        """What is reached at a value, without column values; worked out once only. Raises Infeasible."""
        if value not in self.seen:
            self.spot(value)
        return self.seen[value]

    def _solved(self, value: float) -> tuple[State, float]:
        model = self.model_at(value)
        self.hot.change(model)
        answer = self.hot.best().answer
        rows = model.scale.size
        price = answer.price[:rows] / self.hot.live.scale[:rows]
        slope = -float(price @ self._rate(model, value, answer.x[: model.columns])) * self.size
        return state(model, value, answer.x[: model.columns], answer.gap), slope

    # ---- how the rows move with the level ---------------------------------------------------------------------------
    def _rate(self, model: Model, value: float, x: Array) -> Array:
        """(rows,) how A·x − b changes for one unit of the level at x, in natural units (envelope theorem)."""
        other, there = max(self._references, key=lambda pair: abs(pair[0] - value))
        return (self._left(there, x) - self._left(model, x)) / (other - value)

    @staticmethod
    def _left(model: Model, x: Array) -> Array:
        """(rows,) A·x − b in natural units."""
        bound = np.where(np.isfinite(model.lower), model.lower, model.upper)
        matrix = model.matrix
        sums = np.bincount(matrix.row, matrix.value * x[matrix.column], minlength=model.scale.size)
        return (sums - bound) * model.scale

    # ---- how far the level can go -----------------------------------------------------------------------------------
    def furthest(self, goal: float, *, parts: bool = False) -> float:
        """The value nearest to `goal` at which the rules can still be kept, coming from the scenario's own.

        `parts` allows parts of projects: no choice of whole projects then goes further. At each value the largest step
        is sought that all rows allow when they move as they do at the plan; what the found plan allows is the next
        value (the method for ratios of Crouzeix, Ferland and Schaible, 1985).
        """
        if abs(goal - self.own) <= _NEAR:
            return goal
        live = Live(self.model, self.model.goals[0])
        live.simplify()
        live.relax() if parts else live.settle(self.x)
        way = 1.0 if goal > self.own else -1.0
        rate = way * self._pull(self.model, self.own, self.x)
        moved = np.flatnonzero(rate)
        if not moved.size:
            return goal
        entry = rate[moved] / live.scale[moved]
        most = np.array([2 * abs(goal - self.own)])
        step = int(live.add_columns(moved, np.zeros(moved.size, int), entry, most)[0])
        gain = np.zeros(live.columns)
        gain[step] = 1.0
        value = self.own
        for _ in range(_STEPS):
            model = self.model_at(value)
            live.become(model)
            x = live.maximise(gain).x[: model.columns]
            further = value + way * self._allowed(model, value, way, x)
            if (further - goal) * way >= 0:
                return goal
            if abs(further - value) <= _NEAR * max(abs(value), 1e-3):
                break
            value = further
        return value

    def _pull(self, model: Model, value: float, x: Array) -> Array:
        """(rows,) as `_rate`, but of the envelope the amounts of a plan stay, not its shares of ceilings."""
        if self.level.rule != ENVELOPE:
            return self._rate(model, value, x)
        rate = np.zeros(model.scale.size)
        for block in self.model.blocks:
            if block.rows.rule in _BOUNDED_BY_MONEY and block.start is not None and block.short is None:
                rate[block.start : block.start + len(block.rows)] = -block.rows.level * block.rows.base
        return rate

    def _allowed(self, model: Model, value: float, way: float, x: Array) -> float:
        """How far the level can go that way until x breaks a row."""
        side = np.where(np.isfinite(model.lower), 1.0, -1.0)
        room, rate = side * self._left(model, x), -side * way * self._pull(model, value, x)
        tightens = rate > _NEAR * max(np.abs(rate).max(), 1e-12)
        return float(max((room[tightens] / rate[tightens]).min(initial=np.inf), 0.0))
