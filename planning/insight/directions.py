"""Ways in which a case may have more or less of something, as models for the live solver."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from planning.inputs.case import Array
from planning.inputs.whatif import with_values
from planning.insight.price_words import fund_words, rule_in_words
from planning.model.build import RULES, Block, Model, at_levels, build
from planning.model.entries import Entries
from planning.solver.results import rule_words

BILLION = 1000.0
_PRICED = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """Something of which there may be more or less: `at` gives the model with so many steps more of it.

    `slope` is the price of one step at the plan, in the unit of the last goal; `least` the fewest
    steps that make sense.
    """

    words: dict[str, object]
    step: float
    slope: float
    at: Callable[[float], Model]
    least: float = -np.inf


def of_funds(model: Model, price: Array, x: Array) -> Iterator[Direction]:
    """One billion more of each fund in each year, of each fund in all years, and of all funds."""
    case = model.case
    of_fund = case.purses["fund"].to_numpy()
    whole = np.ones(case.ceiling.shape, bool)
    years = np.arange(len(case.years))
    chosen = [("", "", whole)]
    for f, fund in enumerate(case.funds):
        own = np.broadcast_to((of_fund == f)[:, None], whole.shape)
        chosen.append((fund, "", own))
        chosen += [(fund, year, own & (years == t)) for t, year in enumerate(case.years)]
    for fund, year, where in chosen:
        level = float(case.ceiling[where].sum())
        if level <= 0:
            continue
        more = np.where(where, case.ceiling, 0.0) / level * BILLION
        words = {"kind": "fund" if fund else "envelope", "rule": "fund_ceiling", "fund": fund, "year": str(year)}
        said = fund_words(case, fund, str(year))
        words |= {"index": "", "words_vi": said["vi"], "words_en": said["en"], "level": level, "unit": "money"}
        step = MoreMoney(model, more)
        yield Direction(words, BILLION, step.rate(price, x), step.at, -level / BILLION)


class MoreMoney:
    """More of some ceilings: every number of a model is linear in them, also what a full column of payments is.

    `more` (H, T) million VND are one step. Goals that count payments follow, so that they mean the same money.
    """

    def __init__(self, model: Model, more: Array) -> None:
        self.model = model
        one = build(with_values(model.case, ceiling=model.case.ceiling + more))
        factor = one.scale / model.scale
        self._value = one.matrix.value * factor[model.matrix.row] - model.matrix.value
        self._lower, self._upper = (
            np.subtract(new * factor, old, out=np.zeros(old.size), where=np.isfinite(old))
            for new, old in ((one.lower, model.lower), (one.upper, model.upper))
        )
        paid = model.layout.begin["paid"] + np.arange(model.layout.paid)
        self._grown = np.zeros(model.columns)
        self._grown[paid] = one.layout.payment_size / model.layout.payment_size - 1

    def at(self, steps: float) -> Model:
        """The model with so many steps more."""
        model = self.model
        matrix = Entries(model.matrix.row, model.matrix.column, model.matrix.value + steps * self._value)
        goals = tuple(replace(goal, gain=goal.gain * (1 + steps * self._grown)) for goal in model.goals)
        lower, upper = model.lower + steps * self._lower, model.upper + steps * self._upper
        return replace(model, matrix=matrix, lower=lower, upper=upper, other_goals=goals)

    def rate(self, price: Array, x: Array) -> float:
        """What one step is worth at x: prices times the change of the bounds less that of the matrix times x.

        A payment stays the amount that it is in x, whatever share of its column that comes to.
        """
        model = self.model
        row, column = model.matrix.row, model.matrix.column
        moved = (self._value - model.matrix.value * self._grown[column]) * x[column]
        bound = np.where(np.isfinite(model.upper), self._upper, self._lower)
        left = bound - np.bincount(row, moved, minlength=price.size)
        return float((price * left).sum()) * model.goals[-1].size


def of_rules(model: Model, price: Array, x: Array) -> Iterator[Direction]:
    """One step of each rule as a whole, and of each row of it that has a price: a hundredth, or of its level."""
    for block in model.blocks:
        n = len(block.rows)
        if block.start is None or block.rows.link or block.rows.rule == "fund_ceiling":
            continue
        slopes = _slopes(model, block, price, x)
        priced = np.abs(slopes) > _PRICED
        if not priced.any():
            continue
        words = rule_words(model.case, block)
        step = _step(block)
        if n > 1:
            yield _level(
                model, block, np.ones(n, bool), slopes, step, rule_in_words(block.rows.rule, block.rows.strength)
            )
        for i in np.flatnonzero(priced).tolist():
            only = np.arange(n) == i
            yield _level(model, block, only, slopes, step, {"vi": words["vi"][i], "en": words["en"][i]})


def _slopes(model: Model, block: Block, price: Array, x: Array) -> Array:
    """(n,) the price of one unit of each row's level; a soft row's room moves with its level."""
    here = slice(block.start, block.start + len(block.rows))
    _, base = block.evaluate(model.layout, x)
    missed = np.zeros(len(block.rows))
    if block.short is not None:
        first = model.layout.columns + block.short
        missed = x[first : first + len(block.rows)]
    return price[here] / model.scale[here] * base * (1 - missed) * model.goals[-1].size


def _step(block: Block) -> float:
    if RULES[block.rows.rule].unit == "share":
        return 0.01
    return 0.01 * float(np.abs(block.rows.level).max()) or 1.0


def _level(model: Model, block: Block, where: Array, slopes: Array, step: float, said: Mapping[str, str]) -> Direction:
    rows = block.rows
    one = int(where.sum()) == 1
    index = rows.index[where].astype(str).iloc[0]
    words = {
        "kind": "row" if one else "rule",
        "rule": rows.rule,
        "fund": "",
        "year": str(index.get("year", "")) if one else "",
        "index": " ".join(part for part in index if part and part != "all") if one else "",
        "words_vi": said["vi"],
        "words_en": said["en"],
        "level": float(rows.level[where].mean()),
        "unit": RULES[rows.rule].unit,
    }
    low = -float(rows.level[where].min()) / step
    return Direction(
        words,
        step,
        float(slopes[where].sum()) * step,
        lambda steps: at_levels(model, block, rows.level + np.where(where, steps * step, 0.0)),
        low,
    )
