"""From a case to a plan: the best allocation, made unique, with what a reader needs to trust it."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from planning.errors import NoPlanError, UnprovenError, speaking
from planning.inputs.arithmetic import conflicts
from planning.inputs.case import Array, Case
from planning.inputs.words import refuse_other_languages
from planning.model.build import Model, build
from planning.solver.certificate import certify
from planning.solver.diagnosis import MORE, what_must_give
from planning.solver.face import one_plan
from planning.solver.grouped import Grouped
from planning.solver.hot import GAP, Hot, Step, unproven
from planning.solver.linear import linear
from planning.solver.live import Infeasible
from planning.solver.results import coverage_table, fund_table, lines_table, project_table, rule_table, target_table
from planning.solver.second_look import Outcome
from planning.solver.ties import make_unique
from planning.vocabulary import Language, Text

LARGE = 2_000  # columns from which on a linear model is solved by groups (measured: benchmarks/scale.py)
_models: "WeakKeyDictionary[Plan, Model]" = WeakKeyDictionary()
_UNCLEAR = Text(
    "bộ giải không tìm được phương án, cũng không chỉ ra được quy định nào cản trở; xin báo lại trường hợp này",
    "the solver neither found a plan nor a rule that stands in the way; please report this case",
)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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
    pay first). Raises NoPlanError, which speaks `language`, when no allocation keeps every rule, UnprovenError, a kind
    of it, when optimality is not proven to 1e-6, and InputError for a language other than vi and en.
    """
    refuse_other_languages(language)
    with speaking(language):
        if reasons := conflicts(case):
            raise NoPlanError([*reasons, MORE])
        begin = time.perf_counter()
        model = build(case)
        built = time.perf_counter()
        try:
            x, price, steps, unique = (_grouped if may_group(model) else _whole)(model)
        except Infeasible:
            raise _impossible(case) from None
        seconds = {"build": built - begin, "solve": time.perf_counter() - built}
        plan = tell(model, x, price, steps, unique=unique, seconds=seconds)
    _models[plan] = model
    return plan


def _impossible(case: Case) -> NoPlanError:
    """The refusal of a case in which the solver found no plan: what must give, where that is known."""
    reasons = what_must_give(case)
    return NoPlanError(reasons) if reasons else UnprovenError([_UNCLEAR])


def model_of(plan: Plan) -> Model:
    """The model of a plan's case: the one that it was solved with, for as long as the plan is there, or a new one."""
    return _models.get(plan) or build(plan.case)


def may_group(model: Model) -> bool:
    """Whether a model is large enough for groups of columns, and linear; leximin asks for the whole model."""
    return model.columns >= LARGE and not model.whole.any() and all(goal.name != "leximin" for goal in model.goals)


def _whole(model: Model) -> tuple[Array, Array, list[Step], bool]:
    """Column values, row prices of the last goal, steps, and whether the plan is the only one, from the whole model."""
    hot = Hot(model)
    point = hot.best()
    steps = list(point.steps)
    last = make_unique(model, hot.live, point.answer, steps)
    unique = hot.live.unique(last, np.arange(model.layout.own))
    return last.x[: model.columns], point.answer.price, steps, unique


def _grouped(model: Model) -> tuple[Array, Array, list[Step], bool]:
    """The same from groups of its columns (grouped.py)."""
    grouped = Grouped(linear(model), model.case)
    found = grouped.best([goal.gain for goal in model.goals], [goal.tolerance for goal in model.goals])
    for goal, best in zip(model.goals, found, strict=True):
        if best.gap > GAP:
            raise unproven(goal.name, best.gap, GAP)
    named = zip(model.goals, found, strict=True)
    steps = [Step(goal.name, best.value, best.bound, best.gap, best.seconds) for goal, best in named]
    x, more, unique = one_plan(model, grouped, found[-1])
    return x, found[-1].price, steps + more, unique


def tell(
    model: Model, x: Array, price: Array, steps: Sequence[Step], *, unique: bool, seconds: Mapping[str, float]
) -> Plan:
    """The plan of the column values x (columns,), with its tables and certificate; `price` are those of the last goal.

    Raises UnprovenError where the second look disagrees with the model.
    """
    case = model.case
    lines, coverage, projects = lines_table(model, x), coverage_table(model, x), project_table(model, x)
    reach = float(model.reach.gain @ x)
    outcome = Outcome(lines, coverage, projects)
    targets, rules = target_table(case, coverage), rule_table(model, x, price)
    proof = certify(case, outcome, reach, steps, unique, dict(seconds))
    return Plan(case, lines, coverage, targets, rules, projects, fund_table(model, x), proof, x)
