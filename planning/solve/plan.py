"""From a case to a plan: the best allocation, made unique, with what a reader needs to trust it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from planning.errors import NoPlanError
from planning.inputs.arithmetic import conflicts
from planning.inputs.case import Array, Case
from planning.model.build import Model, build
from planning.solve.certificate import certify
from planning.solve.diagnosis import MORE, what_must_give
from planning.solve.hot import Hot, Step
from planning.solve.live import Answer, Infeasible, Live
from planning.solve.results import coverage_table, fund_table, lines_table, project_table, rule_table, target_table
from planning.solve.second_look import Outcome
from planning.vocabulary import Language, Text

_UNCLEAR = Text(
    "bộ giải không tìm được phương án, cũng không chỉ ra được quy định nào cản trở; xin báo lại trường hợp này",
    "the solver neither found a plan nor a rule that stands in the way; please report this case",
)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The best allocation of a case. Tables are long, keyed by scenario; money in million VND, nominal.

    lines     scenario, area, programme, fund, year, amount: only what is paid
    coverage  per area, programme and year: need, reached, coverage, children_reached, amount
    targets   each target with level, value, shortfall, met and who answers for it
    rules     each row of each rule with words, level, value, binding and marginal value
    projects  each chosen start with its share, building and running cost in the plan and after it
    funds     per fund and year: ceiling, carried_in, spent, carried_out, lapsed
    x         (columns,) the values of the model's columns, for questions that go on from this plan
    """

    case: Case
    lines: pd.DataFrame
    coverage: pd.DataFrame
    targets: pd.DataFrame
    rules: pd.DataFrame
    projects: pd.DataFrame
    funds: pd.DataFrame
    certificate: Mapping[str, Any]
    x: Array


def solve(case: Case, language: Language = "en") -> Plan:
    """The best plan of the case.

    Goals are taken in the scenario's order, each held while the next is sought; then, among equally good plans, the one
    that changes the baseline least, and among those the one that follows the order of the tables (funds listed first
    pay first). Raises NoPlanError, in `language`, when no allocation keeps every rule or
    optimality is not proven to 1e-6.
    """
    if reasons := conflicts(case, language):
        raise NoPlanError([*reasons, MORE[language]], language)
    begin = time.perf_counter()
    model = build(case)
    built = time.perf_counter()
    hot = Hot(model)
    try:
        point = hot.best()
    except Infeasible:
        raise NoPlanError(what_must_give(case, language) or [_UNCLEAR[language]], language) from None
    steps = list(point.steps)
    last = _make_unique(model, hot.live, point.answer, steps)
    unique = hot.live.unique(last, np.arange(model.layout.own))
    seconds = {"build": built - begin, "solve": time.perf_counter() - built}
    return tell(model, last.x[: model.columns], point.answer.price, steps, unique=unique, seconds=seconds)


def tell(
    model: Model, x: Array, price: Array, steps: Sequence[Step], *, unique: bool, seconds: Mapping[str, float]
) -> Plan:
    """The plan of the column values x (columns,), with its tables and certificate; `price` are those of the last goal.

    Raises NoPlanError where the second look disagrees with the model.
    """
    case = model.case
    lines, coverage, projects = lines_table(model, x), coverage_table(model, x), project_table(model, x)
    reach = float(model.reach.gain @ x)
    outcome = Outcome(lines, coverage, projects)
    targets, rules = target_table(case, coverage), rule_table(model, x, price)
    proof = certify(case, outcome, reach, steps, unique, dict(seconds))
    return Plan(case, lines, coverage, targets, rules, projects, fund_table(model, x), proof, x)


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
