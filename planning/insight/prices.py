"""What one more of something is worth: one billion of a fund, one step of a rule. Every figure is solved for.

The rate at the plan is the price of the linear programme in which the projects stay; what a whole step gives or costs
is found by solving again, upwards and downwards, first with the projects kept and then with projects searched anew.
"""

import numpy as np
import pandas as pd

from planning.inputs.case import Array
from planning.insight.directions import Direction, MoreMoney, of_funds, of_rules
from planning.insight.finding import Finding
from planning.insight.price_words import HEADINGS, KINDS, sentences
from planning.insight.work import Watch, unwatched
from planning.model.build import Model, build
from planning.solver.hot import Hot, Step
from planning.solver.live import Infeasible
from planning.solver.plan import Plan

BILLION = 1000.0
HALVINGS = 4
COLUMNS = (
    *("kind", "rule", "fund", "year", "index", "words_vi", "words_en", "level", "unit"),
    *("step", "rate", "more", "less", "targets_more", "targets_less", "from", "to"),
)
_PRICED = 1e-9
_SAME = 1e-6


def marginal_values(plan: Plan, *, search: bool = True, watch: Watch = unwatched) -> Finding:
    """What one billion VND more or less of each fund and year, and one step of each binding rule, is worth.

    Table `prices`, one row for each: the rate at the plan, `more` and `less` (change of the last goal for one step,
    projects kept), the steps `from` … `to` between which the rate holds, the change of missed targets, and why where
    nothing changes. With `search`, table `jumps`: each fund by the cost of one typical project, projects searched anew.
    Values in the unit of the last goal: weighted child-years where it is *reach*. Raises NoPlanError where a goal is
    not proven best.

    Source: two-sided shadow prices as in Aucamp and Steinberg (1982); prices with integers fixed as in Williams (1997).
    """
    model = build(plan.case)
    hot = Hot(model)
    hot.keep_projects(plan.x)
    here = hot.best()
    price, x = here.answer.price[: model.lower.size], here.answer.x[: model.columns]
    directions = [*of_funds(model, price, x), *of_rules(model, price, x)]
    rows = []
    for done, direction in enumerate(directions):
        watch(done, len(directions))
        rows.append(direction.words | _worth(hot, direction, here.values))
    tables = {"prices": _explained(plan, pd.DataFrame(rows, columns=COLUMNS))}
    if search:
        tables["jumps"] = _jumps(model, plan)
    watch(len(directions), len(directions))
    return Finding("prices", plan.case, tables, sentences(plan.case, model.goals[-1].name, tables), HEADINGS, KINDS)


def _explained(plan: Plan, table: pd.DataFrame) -> pd.DataFrame:
    """The table with `unspent` (million VND), the reason where more money changes nothing; NaN for rules."""
    left = plan.funds.assign(year=plan.funds["year"].astype(str))
    unspent = [
        np.nan
        if row["kind"] not in ("fund", "envelope")
        else float(
            left[left["fund"].isin([row["fund"]] if row["fund"] else left["fund"].unique())]
            .loc[lambda some, year=row["year"]: (some["year"] == year) | (year == ""), "lapsed"]
            .sum()
        )
        for row in table.to_dict("records")
    ]
    return table.assign(unspent=np.round(unspent, 6))


# ---- solved again ---------------------------------------------------------------------------------------------------
def _worth(hot: Hot, direction: Direction, here: tuple[float, ...]) -> dict[str, object]:
    """What one step more and one less change, and between how many steps the rate holds."""
    up, down = (_change(hot, direction, steps, here) for steps in (1.0, max(-1.0, direction.least)))
    size = hot.model.goals[-1].size
    ends = [_holds(hot, direction, here, sign, up if sign > 0 else down) for sign in (-1, 1)]
    return {
        "step": direction.step,
        "rate": direction.slope,
        "more": up[-1] * size,
        "less": down[-1] * size,
        "targets_more": _targets(hot, up),
        "targets_less": _targets(hot, down),
        "from": direction.words["level"] + ends[0] * direction.step,
        "to": direction.words["level"] + ends[1] * direction.step,
    }


def _change(hot: Hot, direction: Direction, steps: float, here: tuple[float, ...]) -> Array:
    """Change of each goal; NaN where no plan is left."""
    hot.change(direction.at(steps))
    try:
        return np.array(hot.best().values) - np.array(here)
    except Infeasible:
        return np.full(len(here), np.nan)


def _targets(hot: Hot, change: Array) -> float:
    """Change of what is missed of soft targets, in the weights of the targets."""
    goals = hot.model.goals[:-1]
    kinds = [place for place, goal in enumerate(goals) if goal.name.startswith("targets")]
    return float(-sum(change[place] * goals[place].size for place in kinds)) + 0.0


def _holds(hot: Hot, direction: Direction, here: tuple[float, ...], sign: int, whole: Array) -> float:
    """The number of steps that way for which the rate tells the truth: the whole step, or a part found by halving."""
    size = hot.model.goals[-1].size

    def true(steps: float, change: Array) -> bool:
        allowed = max(_SAME * abs(direction.slope * steps), 1e-9 * size)
        return bool(np.all(np.abs(change[:-1]) < 1e-8)) and abs(change[-1] * size - direction.slope * steps) <= allowed

    good, bad = 0.0, min(1.0, -direction.least) if sign < 0 else 1.0
    if true(sign * bad, whole):
        return sign * bad
    for _ in range(HALVINGS):
        middle = (good + bad) / 2
        if true(sign * middle, _change(hot, direction, sign * middle, here)):
            good = middle
        else:
            bad = middle
    return sign * good


def _jumps(model: Model, plan: Plan) -> pd.DataFrame:
    """What each fund, more or less by the cost of one typical project, changes when projects are searched anew.

    `least` and `most` enclose the change: a search ends within a gap.
    """
    case = model.case
    if not len(case.projects):
        return pd.DataFrame()
    amount = float(np.median(case.projects["cost"]))
    hot = Hot(model)
    here = hot.best().steps[-1]
    rows = []
    of_fund = case.purses["fund"].to_numpy()
    for f in range(-1, len(case.funds)):
        part = case.ceiling * ((of_fund == f) | (f < 0))[:, None]
        if part.sum() < amount:
            continue
        for sign in (1, -1):
            hot.change(MoreMoney(model, part / part.sum() * amount).at(sign))
            rows.append(_jump(hot, here, case.funds[f] if f >= 0 else "", sign * amount))
    return pd.DataFrame(rows)


def _jump(hot: Hot, here: Step, fund: str, amount: float) -> dict[str, object]:
    size = hot.model.goals[-1].size
    words = {"fund": fund, "amount": amount}
    try:
        step = hot.best().steps[-1]
    except Infeasible:
        return words | {"change": np.nan, "least": np.nan, "most": np.nan}
    return words | {
        "change": (step.value - here.value) * size,
        "least": (step.value - here.bound) * size,
        "most": (step.bound - here.value) * size,
    }
