"""A model kept in the solver: its goals are sought in turn, and again at once when its numbers change."""

from dataclasses import dataclass

import numpy as np

from planning.errors import UnprovenError
from planning.inputs.case import Array
from planning.inputs.words import number
from planning.model.build import Model
from planning.model.objectives import Goal
from planning.solver.live import HELD, Answer, Infeasible, Live
from planning.vocabulary import Text

GAP = 1e-6
_START = 100
_OTHER_GOALS = Text("các mục tiêu đã khác trước", "the goals are others")
_LEXIMIN = Text(
    "mục tiêu nâng lần lượt từ nơi thiếu nhất không để lại mô hình dùng tiếp được",
    "leximin leaves no live model behind",
)
_OTHER_CELLS = Text(
    "các ô có nhu cầu đã khác trước, hoặc được chi từ nguồn vốn khác",
    "cells with need are others, or other funds may pay them",
)
_RULES_ELSEWHERE = Text("các quy định tính trên những ô khác trước", "rules count other cells")
_GOALS_ELSEWHERE = Text("các mục tiêu tính trên những ô khác trước", "the goals count other cells")


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One goal reached: its name, value, proven bound and gap, and the seconds it took."""

    name: str
    value: float
    bound: float
    gap: float
    seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """The best that the numbers allow: what each goal reached, and the answer for the last one.

    Prices of the answer are those of the last goal, with the earlier goals and all whole columns held as they are.
    """

    steps: tuple[Step, ...]
    answer: Answer

    @property
    def values(self) -> tuple[float, ...]:
        """The value of each goal, in their order."""
        return tuple(step.value for step in self.steps)


def unproven(goal: str, gap: float, most: float) -> UnprovenError:
    """The refusal of a goal whose gap is above the largest that counts as a proof."""
    told, allowed = (number(float(value), "vi") for value in (f"{gap:.1e}", f"{most:.0e}"))
    return UnprovenError(
        [
            Text(
                f"mục tiêu {goal} chưa được chứng minh là tốt nhất: khoảng cách {told} lớn hơn {allowed}",
                f"goal {goal} was not proven best: a gap of {gap:.1e} is above {most:.0e}",
            )
        ]
    )


class Hot:
    """A model and its live solver. Earlier goals are held while later ones are sought.

    `gap` is the relative gap at which a search over whole projects may stop; the scenario's own where it is None.
    `rebuilt` says why the solver's copy had to be built anew, for each time that it had to.
    """

    def __init__(self, model: Model, gap: float | None = None) -> None:
        self.gap = gap
        self.rebuilt: list[Text] = []
        self._build(model)

    def _build(self, model: Model) -> None:
        self.model = model
        self.live = Live(model, model.goals[0], self.gap)
        self.whole = self.live.whole
        self.lower, self.upper = self.live.lower.copy(), self.live.upper.copy()
        self._holds: dict[int, int] = {}
        self._begun = False
        self._ideal = False

    @property
    def _stated(self) -> float:
        return self.model.case.scenario.objective.gap if self.gap is None else self.gap

    # ---- what may change ------------------------------------------------------------------------------------------
    def change(self, model: Model) -> None:
        """Go on with the numbers of another model; the live solver is kept where rows and columns are the same.

        Bounds that were given and projects that were kept stay so.
        """
        why = _why_not_alike(self.model, model)
        if why is None:
            before, self.model = self.model, model
            self.live.become(model)
            for place, row in self._holds.items():
                if not np.array_equal(before.goals[place].gain, model.goals[place].gain):
                    self.live.reweigh(row, model.goals[place].gain)
            return
        self.rebuilt.append(why)
        names, lower, upper = self.model.column_names, self.lower, self.upper
        given = [i for i, (low, high) in enumerate(zip(lower, upper, strict=True)) if low > 0 or high < 1]
        searched = self.whole.size > 0
        self._build(model)
        if not searched:
            self._settle_for_good()
        position = {name: j for j, name in enumerate(model.column_names)}
        still = [(position[names[i]], i) for i in given if names[i] in position]
        if still:
            new, old = (np.array(part) for part in zip(*still, strict=True))
            self.bound(new, lower[old], upper[old])

    def bound(self, columns: Array, lower: Array | float, upper: Array | float) -> None:
        """Hold the columns (n,) between other bounds, from now on."""
        self.lower[columns], self.upper[columns] = lower, upper
        self.live.set_columns(columns, self.lower[columns], self.upper[columns])

    def keep_projects(self, x: Array) -> None:
        """Hold every whole column at its value in x, from now on: what is left is linear and has prices."""
        whole = np.flatnonzero(self.model.whole)
        self._settle_for_good()
        self.bound(whole, np.round(x[whole]), np.round(x[whole]))

    def _settle_for_good(self) -> None:
        self.live.relax()
        self.whole = np.zeros(0, int)

    # ---- the best -------------------------------------------------------------------------------------------------
    def best(self) -> Point:
        """Each goal in turn. Raises Infeasible, or UnprovenError where one is not proven best.

        With whole columns the earlier goals are first held at what parts of projects could reach: where whole projects
        reach the same, one search for the last goal proves all of them, and none is needed where rounding does.
        Otherwise each goal is searched.
        """
        self._open()
        goals = self.model.goals
        if not self.whole.size:
            return self._linear()
        if all(goal.name != "leximin" and not goal.tolerance for goal in goals):
            try:
                return self._one_search()
            except Infeasible:
                self._open()
        return Point(*self._in_turn(goals))

    def _open(self) -> None:
        """Back to the given bounds, with nothing held and whole columns whole."""
        for row in self._holds.values():
            self.live.set_rows(np.array([row]), -np.inf, np.inf)
        if self.whole.size:
            self.live.set_columns(self.whole, self.lower[self.whole], self.upper[self.whole])
            self.live.restore(self.whole)

    def _start_well(self) -> None:
        """Once, solve for all goals, the earlier counting far more: a start from which each of them is near."""
        goals = self.model.goals
        if not self._begun and len(goals) > 1:
            self.live.maximise(sum(goal.gain / _START**place for place, goal in enumerate(goals)))
        self._begun = True

    def _linear(self) -> Point:
        self._start_well()
        *earlier, last = self.model.goals
        if earlier and self._ideal and all(not goal.gain.max(initial=0.0) > 0 for goal in earlier):
            try:
                for place in range(len(earlier)):
                    self._hold(place, 0.0)
                begin = [Step(goal.name, 0.0, 0.0, 0.0, 0.0) for goal in earlier]
                steps, answer = self._in_turn((last,), len(earlier))
                return Point((*begin, *steps), answer)
            except Infeasible:
                self._open()
        steps, answer = self._in_turn(self.model.goals)
        self._ideal = all(abs(step.value) <= HELD for step in steps[:-1])
        return Point(steps, answer)

    def _one_search(self) -> Point:
        if self._begun:
            # A search that begins where another ended takes longer than one that begins from nothing (measured).
            self.live.highs.clearSolver()
            self._begun = False
        whole = self.live.relax()
        self._start_well()
        steps, _ = self._in_turn(self.model.goals[:-1])
        if found := self._rounded(whole):
            return Point((*steps, *found.steps), found.answer)
        self.live.set_columns(whole, self.lower[whole], self.upper[whole])
        self.live.restore(whole)
        last, answer = self._in_turn(self.model.goals[-1:], len(steps))
        return Point((*steps, *last), answer)

    def _rounded(self, whole: Array) -> Point | None:
        """The last goal with the relaxed columns at the whole numbers nearest to their best values.

        None where that is not within GAP, or the gap that is asked for, of what parts of projects reach; the columns
        are then left as they were tried.
        """
        goal = self.model.goals[-1]
        ideal = self.live.maximise(goal.gain)
        near = np.round(ideal.x[whole])
        self.live.set_columns(whole, near, near)
        try:
            answer = self.live.maximise(goal.gain)
        except Infeasible:
            return None
        gap = abs(ideal.bound - answer.value) / max(1.0, abs(answer.value))
        if gap > min(GAP, self._stated):
            return None
        seconds = ideal.seconds + answer.seconds
        return Point((Step(goal.name, answer.value, ideal.bound, gap, seconds),), answer)

    def _in_turn(self, goals: tuple[Goal, ...], first: int = 0) -> tuple[tuple[Step, ...], Answer | None]:
        """Seek these goals, of which the first is number `first` of the model's, and hold all but the model's last."""
        steps: list[Step] = []
        answer = None
        for place, goal in enumerate(goals, start=first):
            most = max(self._stated, GAP) if self.live.whole.size else GAP
            answer = self.live.maximise(goal.gain)
            if answer.gap > most:
                raise unproven(goal.name, answer.gap, most)
            steps.append(Step(goal.name, answer.value, answer.bound, answer.gap, answer.seconds))
            if goal.name == "leximin":
                answer = self._raise_the_next_worst(answer)
            elif goal is not self.model.goals[-1]:
                self._hold(place, answer.value - goal.tolerance * abs(answer.value))
        if self.live.whole.size and answer:
            self.live.settle(answer.x)
            answer = self.live.maximise(goals[-1].gain)
        return tuple(steps), answer

    def _hold(self, place: int, value: float) -> None:
        if place in self._holds:
            self.live.set_rows(np.array([self._holds[place]]), value - HELD, np.inf)
        else:
            self._holds[place] = self.live.hold(self.model.goals[place].gain, value - HELD)

    def _raise_the_next_worst(self, answer: Answer) -> Answer:
        """Leximin: areas that cannot gain are held where they are, the worst of the others is raised, until none can.

        The projects stay as the first round chose them; the live model is of no use for other numbers afterwards.
        """
        self.live.settle(answer.x)
        block = next(block for block in self.model.blocks if block.rows.rule == "worst_covered")
        worst = self.model.layout.begin["worst"]
        gain = np.zeros(self.live.columns)
        gain[worst] = 1.0
        left = block.start + np.arange(len(block.rows))
        while left.size:
            answer = self.live.maximise(gain)
            stuck = left[np.isin(left, answer.tight)]
            if not stuck.size:
                break
            self.live.release(stuck, worst, answer.x[worst])
            left = np.setdiff1d(left, stuck)
        return answer


def _why_not_alike(old: Model, new: Model) -> Text | None:
    """What keeps the live solver from taking over the numbers of another model; None where nothing does."""
    if [goal.name for goal in old.goals] != [goal.name for goal in new.goals]:
        return _OTHER_GOALS
    if any(goal.name == "leximin" for goal in old.goals):
        return _LEXIMIN
    kinds = [[(b.rows.rule, len(b.rows), b.rows.strength) for b in model.blocks] for model in (old, new)]
    if kinds[0] != kinds[1]:
        changed = ", ".join(sorted({rule for rule, _, _ in set(kinds[0]) ^ set(kinds[1])}))
        return Text(f"quy định có các ràng buộc khác trước: {changed}", f"rules have other rows: {changed}")
    if old.columns != new.columns or not np.array_equal(old.layout.cell, new.layout.cell):
        return _OTHER_CELLS
    if not (np.array_equal(old.matrix.row, new.matrix.row) and np.array_equal(old.matrix.column, new.matrix.column)):
        return _RULES_ELSEWHERE
    held = zip(old.goals[:-1], new.goals[:-1], strict=True)
    if not all(np.array_equal(a.gain != 0, b.gain != 0) for a, b in held):
        return _GOALS_ELSEWHERE
    return None
