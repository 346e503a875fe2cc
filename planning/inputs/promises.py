"""Hard targets that cost more than the funds that may pay for them, even where they are met most cheaply."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.inputs.codes import records
from planning.inputs.words import exceeds, listing, money
from planning.vocabulary import ALL, Text

TOLERANCE = 1e-6  # million VND: one đồng


@dataclass(frozen=True, slots=True)
class Promise:
    """A hard target: code, programme p, year t (positions), the least that meeting it costs and the most there is."""

    target: str
    programme: int
    year: int
    cost: float
    funds: float


def target_conflicts(case: Case) -> list[Text]:
    """Hard targets that cannot be paid, each by itself; if there are none, those that cannot be paid together."""
    promises = [_promise(case, target) for target in _hard_targets(case)]
    return [*_alone(case, promises)] or [*_together(case, promises)]


def _hard_targets(case: Case) -> list[dict]:
    rule = case.scenario.rules.targets
    if rule == "off" or rule.strength not in {"as_stated", "hard"}:
        return []
    table: pd.DataFrame = case.tables["targets"]
    if rule.strength == "as_stated":
        table = table[table["strength"] == "hard"]
    return records(table)


def _promise(case: Case, target: dict) -> Promise:
    areas = case.tables["areas"]
    inside = np.ones(len(areas), dtype=bool)
    for name in ("class", "area"):
        if target[name] != ALL:
            inside &= (areas[name] == target[name]).to_numpy()
    p, t = case.programmes.get_loc(target["programme"]), case.years.index(target["year"])
    inside &= case.need[:, p, t] > 0
    cost = _least_cost(case, inside, p, t, target["coverage"])
    return Promise(target["target"], p, t, cost, _funds(case, inside, p, t))


def _least_cost(case: Case, inside: Array, p: int, t: int, coverage: float) -> float:
    """Million VND for the coverage of the areas' need, cheapest areas first; capital is built in its cheapest year."""
    need = case.need[inside, p, t]
    prices = case.unit_cost[inside, p, : t + 1]
    price = prices.min(axis=1) if case.capital[p] else prices[:, -1]
    order = np.argsort(price, kind="stable")
    before = np.cumsum(need[order]) - need[order]
    return float((np.clip(coverage * need.sum() - before, 0, need[order]) * price[order]).sum())


def _funds(case: Case, inside: Array, p: int, t: int) -> float:
    """Million VND at most of the purses that may pay the programme in one of the areas.

    For a recurrent programme the money of the year and what may come over from the year before; for a capital one the
    money of all years up to then.
    """
    may = (case.eligible[:, :, p] & inside).any(axis=1)[case.purses["fund"]]
    held = case.purses["area"].to_numpy()
    own = np.where(held >= 0, case.eligible[case.purses["fund"], held, p] & inside[held], True)
    money_of_years = case.ceiling[may & own]
    if case.capital[p]:
        return float(money_of_years[:, : t + 1].sum())
    carried = (case.ceiling * case.carry_over)[may & own, t - 1].sum() if t else 0.0
    return float(money_of_years[:, t].sum() + carried)


def _alone(case: Case, promises: list[Promise]) -> Iterator[Text]:
    for promise in promises:
        if promise.cost > promise.funds + TOLERANCE:
            by = Text("đến hết", "by") if case.capital[promise.programme] else Text("trong", "in")
            year, cost, funds = case.years[promise.year], promise.cost, promise.funds
            yield Text(
                f"chỉ tiêu '{promise.target}' cần ít nhất {money(cost, 'vi')} {by.vi} năm {year}, "
                f"{exceeds(cost, funds, 'vi')} {money(funds, 'vi')} của các nguồn được chi cho "
                f"'{case.programmes[promise.programme]}'; xem các bảng targets, funds, eligibility",
                f"target '{promise.target}' costs at least {money(cost)} {by.en} {year}, "
                f"{exceeds(cost, funds)} the {money(funds)} of the funds that may pay for "
                f"'{case.programmes[promise.programme]}'; look at tables targets, funds and eligibility",
            )


def _together(case: Case, promises: list[Promise]) -> Iterator[Text]:
    """The hard targets of one year, then those of all years up to it, against all funds of the same years."""
    carried = (case.ceiling * case.carry_over).sum(axis=0)
    ceiling = case.ceiling.sum(axis=0)
    for t, year in enumerate(case.years):
        of_year = [promise for promise in promises if promise.year == t and not case.capital[promise.programme]]
        until = [promise for promise in promises if promise.year <= t]
        spans = (
            (Text(f"của năm {year}", f"of {year}"), of_year, ceiling[t] + (carried[t - 1] if t else 0.0)),
            (Text(f"đến hết năm {year}", f"up to {year}"), until, ceiling[: t + 1].sum()),
        )
        for when, chosen, funds in spans:
            cost = _cost_together(case, chosen)
            if cost > funds + TOLERANCE:
                names = listing([f"'{promise.target}'" for promise in chosen])
                yield Text(
                    f"các chỉ tiêu bắt buộc {when.vi} cộng lại cần ít nhất {money(cost, 'vi')}, "
                    f"{exceeds(cost, funds, 'vi')} {money(funds, 'vi')} của mọi nguồn vốn; xem "
                    f"{', '.join(promise.target for promise in chosen[:5])} trong bảng targets, và bảng funds",
                    f"the hard targets {when.en} cost at least {money(cost)} together, {exceeds(cost, funds)} the "
                    f"{money(funds)} of all funds; look at {names} in table targets, and at table funds",
                )
                return


def _cost_together(case: Case, promises: list[Promise]) -> float:
    """Million VND at least; of targets for one programme (and year, if recurrent) the dearest counts.

    They may be about the same children.
    """
    dearest: dict[tuple[int, int], float] = {}
    for promise in promises:
        key = (promise.programme, -1 if case.capital[promise.programme] else promise.year)
        dearest[key] = max(promise.cost, dearest.get(key, 0.0))
    return sum(dearest.values())
