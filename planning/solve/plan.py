"""From a case to a plan: the best allocation, made unique, with what a reader needs to trust it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planning.errors import NoPlanError
from planning.inputs.arithmetic import conflicts
from planning.inputs.case import Array, Case
from planning.model.build import Model, build
from planning.model.objectives import Goal
from planning.solve.certificate import certify
from planning.solve.diagnosis import what_must_give
from planning.solve.live import Answer, Infeasible, Live
from planning.solve.results import coverage_table, fund_table, lines_table, project_table, rule_table, target_table
from planning.solve.second_look import Outcome

GAP = 1e-6
_START = 100


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The best allocation of a case. Tables are long, keyed by scenario; money in million VND, nominal.

    lines     scenario, area, programme, fund, year, amount: only what is paid
    coverage  per area, programme and year: need, reached, coverage, children_reached, amount
    targets   each target with level, value, shortfall, met and who answers for it
    rules     each row of each rule with words, level, value, binding and marginal value
    projects  each chosen start with its share, building and running cost in the plan and after it
    funds     per fund and year: ceiling, carried_in, spent, carried_out, lapsed
    """

    case: Case
    lines: pd.DataFrame
    coverage: pd.DataFrame
    targets: pd.DataFrame
    rules: pd.DataFrame
    projects: pd.DataFrame
    funds: pd.DataFrame
    certificate: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One goal reached: its name, value, proven bound and gap, and the seconds it took."""

    name: str
    value: float
    bound: float
    gap: float
    seconds: float


def solve(case: Case) -> Plan:
    """The best plan of the case.

    Goals are taken in the scenario's order, each held while the next is sought; then, among equally good plans, the one
    that changes the baseline least, and among those the one that follows the order of the tables (funds listed first
    pay first). Raises NoPlanError when no allocation keeps every rule or optimality is not proven to 1e-6.
    """
    if reasons := conflicts(case):
        raise NoPlanError(reasons)
    begin = time.perf_counter()
    model = build(case)
    built = time.perf_counter()
    try:
        live, steps, best = _reach_goals(model)
    except Infeasible:
        raise NoPlanError(what_must_give(case)) from None
    last = _make_unique(model, live, best, steps)
    x = last.x[: model.columns]
    lines, coverage, projects = lines_table(model, x), coverage_table(model, x), project_table(model, x)
    seconds = {"build": built - begin, "solve": time.perf_counter() - built}
    return Plan(
        case,
        lines,
        coverage,
        target_table(case, coverage),
        rule_table(model, x, best.price),
        projects,
        fund_table(model, x),
        certify(
            case, Outcome(lines, coverage, projects), float(model.reach.gain @ x), steps, live.unique(last), seconds
        ),
    )


def _reach_goals(model: Model) -> tuple[Live, list[Step], Answer]:
    """Each goal in turn, held while the next is sought. The answer is that of the last goal, with prices.

    With projects the goals before the last are first held at what parts of projects could reach: where whole projects
    reach the same, one search for the last goal proves all of them. Otherwise each goal is searched with whole
    projects.
    """
    live = Live(model, model.goals[0])
    if not live.whole.size:
        _start_well(model, live)
        return live, *_in_turn(model, live, model.goals)
    if all(goal.name != "leximin" and not goal.tolerance for goal in model.goals):
        try:
            return live, *_one_search(model, live)
        except Infeasible:
            live = Live(model, model.goals[0])
    return live, *_in_turn(model, live, model.goals)


def _one_search(model: Model, live: Live) -> tuple[list[Step], Answer]:
    whole = live.relax()
    _start_well(model, live)
    steps, _ = _in_turn(model, live, model.goals[:-1])
    live.restore(whole)
    last, answer = _in_turn(model, live, model.goals[-1:])
    return [*steps, *last], answer


def _start_well(model: Model, live: Live) -> None:
    """Solve once for all goals, the earlier counting far more: a start from which each of them is near."""
    if len(model.goals) > 1:
        live.maximise(sum(goal.gain / _START**place for place, goal in enumerate(model.goals)))


def _in_turn(model: Model, live: Live, goals: tuple[Goal, ...]) -> tuple[list[Step], Answer | None]:
    steps: list[Step] = []
    answer = None
    for goal in goals:
        most = model.case.scenario.objective.gap if live.whole.size else GAP
        answer = live.maximise(goal.gain)
        if answer.gap > most:
            raise NoPlanError([f"goal {goal.name} was not proven best: a gap of {answer.gap:.1e} is above {most:.0e}"])
        steps.append(Step(goal.name, answer.value, answer.bound, answer.gap, answer.seconds))
        if goal.name == "leximin":
            answer = _raise_the_next_worst(model, live, answer)
        elif goal is not model.goals[-1]:
            live.hold(goal.gain, answer.value - goal.tolerance * abs(answer.value) - 1e-9)
    if live.whole.size and answer:
        live.settle(answer.x)
        answer = live.maximise(goals[-1].gain)
    return steps, answer


def _raise_the_next_worst(model: Model, live: Live, answer: Answer) -> Answer:
    """Leximin: areas that cannot gain are held where they are, and the worst of the others is raised, until none can.

    The projects stay as the first round chose them.
    """
    live.settle(answer.x)
    block = next(block for block in model.blocks if block.rows.rule == "worst_covered")
    worst = model.layout.begin["worst"]
    gain = np.zeros(live.columns)
    gain[worst] = 1.0
    left = block.start + np.arange(len(block.rows))
    while left.size:
        answer = live.maximise(gain)
        stuck = left[np.isin(left, answer.tight)]
        if not stuck.size:
            break
        live.release(stuck, worst, answer.x[worst])
        left = np.setdiff1d(left, stuck)
    return answer


def _make_unique(model: Model, live: Live, best: Answer, steps: list[Step]) -> Answer:
    """Least change from the baseline, then the order of the tables, on the optimal face only."""
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
    wanted = (np.repeat(case.baseline.ravel(), len(case.years)) - layout.project_money(x).ravel())[cells]
    most = np.bincount(position, layout.cost[inside]) + np.abs(wanted)
    new = live.measure_distance(position, inside, layout.cost[inside], wanted, most)
    total = max(case.baseline.sum() * len(case.years), 1.0)
    return np.concatenate([gain, np.zeros(new.size)]) - np.bincount(new, np.tile(most, 2) / total, live.columns)


def _stated_order(model: Model, live: Live, free: Array, _: Array) -> Array:
    """Funds listed first pay first, nothing is carried without need, areas listed first are served first.

    Each column also weighs a little differently from every other, so that one plan alone is best.
    """
    layout = model.layout
    _, purse, _ = layout.payment
    fund = model.case.purses["fund"].to_numpy()[purse]
    size = np.concatenate([layout.cost, layout.payment_size, layout.carrying_size])
    place = np.concatenate([np.arange(layout.served) / layout.served, 1.0 + fund, np.full(layout.carrying.size, 0.5)])
    own = 1 + 0.1 * np.modf(997 * np.sqrt(np.arange(1.0, size.size + 1)))[0]
    gain = np.zeros(live.columns)
    some = free[free < size.size]
    gain[some] = -(place * own * size)[some] / size.sum()
    return gain
