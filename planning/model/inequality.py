"""Caps on the inequality of coverage between areas, each with a floor, because an index may be content with zeros.

Areas weigh by their children: w[a] = K[a]/ΣK over the areas with need in the year; μ[t] = Σ_a w[a]·c[a,t] is the mean
coverage (fairness.py says what c is).
All are linear because needs are given.
"""

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.inputs.rules import BottomShare, Inequality
from planning.model.fairness import coverage_weights
from planning.model.rows import Evaluation, Extra, Rows, Sum, areas_and_years, by_area, by_year, only, over_years, rule

TANGENTS = np.geomspace(0.02, 8.0, 60)


def _children_of(case: Case, programmes: str) -> tuple[Array, Array, Array]:
    """Areas with need, (areas, T) their weights in each year, and (A, P, T) what a unit adds to coverage."""
    share = coverage_weights(case, programmes)
    needed = share.any(axis=1)
    areas = np.flatnonzero(needed.any(axis=1))
    children = case.children[areas, None] * needed[areas]
    return areas, children / np.maximum(children.sum(axis=0), 1.0), share


def _mean(case: Case, wanted: Inequality | BottomShare) -> Sum:
    areas, weight, share = _children_of(case, wanted.programmes)
    return by_year(case, "units", share * _spread(case, areas, weight))


def _spread(case: Case, areas: Array, weight: Array) -> Array:
    """(A, 1, T) the weights of some areas among all."""
    spread = np.zeros((len(case.areas), 1, len(case.years)))
    spread[areas, 0] = weight
    return spread


def _evaluation(case: Case, wanted: Inequality | BottomShare, index: Callable[[Array, Array], float]) -> Evaluation:
    """The index of each year, worked out from the units reached."""
    areas, weight, share = _children_of(case, wanted.programmes)

    def value(_: Array, units: Array) -> Array:
        covered = np.einsum("apt,apt->at", share, units)[areas]
        return np.array([index(covered[:, t], weight[:, t]) for t in range(covered.shape[1])])

    return value


@rule(
    "share",
    vi="Năm {year}: chỉ số tập trung {direction} {level} ({programmes})",
    en="{year}: concentration index {direction} {level} ({programmes})",
)
def concentration(case: Case) -> Iterable[Rows]:
    """Coverage is not concentrated in the areas nearest to the centre; r[a] ranks areas from the farthest, 0, to 1.

    Σ_a w[a]·(2·r[a] − 1)·c[a,t]  ≤  κ · μ[t]        ∀ t
    """
    distance = case.tables["areas"]["distance_km"].to_numpy(float)
    for wanted in case.scenario.rules.concentration:
        areas, weight, share = _children_of(case, wanted.programmes)
        rank = np.column_stack([_ranks(-distance[areas], of_year) for of_year in weight.T])
        measure = by_year(case, "units", share * _spread(case, areas, weight * (2 * rank - 1)))
        index = over_years(case, programmes=wanted.programmes)
        level = np.full(len(index), wanted.at_most)
        mean = _mean(case, wanted)
        yield Rows("concentration", index, (measure,), "<=", level, (mean,), wanted.strength, wanted.price)


def _ranks(order: Array, weight: Array) -> Array:
    """Weighted fractional rank of each area, equal values sharing the middle of their places."""
    table = pd.DataFrame({"order": order, "weight": weight}).groupby("order")["weight"].sum()
    middle = table.cumsum() - table / 2
    return middle.reindex(order).to_numpy()


@rule(
    "share",
    vi="Năm {year}: chỉ số Hoover {direction} {level} ({programmes})",
    en="{year}: Hoover index {direction} {level} ({programmes})",
)
def hoover(case: Case) -> Iterable[Rows | Extra]:
    """The share of coverage that would have to move for equality is at most h.

    e[a,t] ≥ ±(c[a,t] − μ[t]),   Σ_a w[a]·e[a,t]  ≤  2·h · μ[t]        ∀ t
    """
    for number, wanted in enumerate(case.scenario.rules.hoover):
        areas, weight, share = _children_of(case, wanted.programmes)
        name, years = f"hoover_{number}", len(case.years)
        mean = _mean(case, wanted)
        each = np.arange(areas.size * years)
        if wanted.strength != "report":
            yield Extra(name, np.ones(each.size))
            spread = Sum(name, each, each, np.ones(each.size))
            covered = by_area(case, "units", share, areas)
            everywhere = _for_each_area(mean, areas.size, years)
            for sign in (1, -1):
                parts = (spread, _times(covered, -sign), _times(everywhere, sign))
                yield _link("hoover", case, areas, wanted.programmes, parts)
        measure = Sum(name, each % years, each, weight.ravel() / 2)
        value = _evaluation(case, wanted, lambda c, w: float(w @ np.abs(c - w @ c) / (2 * (w @ c))) if w @ c else 0.0)
        yield _policy("hoover", case, wanted, (measure,), mean, value)


@rule(
    "share",
    vi="Năm {year}: hệ số Gini {direction} {level} ({programmes})",
    en="{year}: Gini coefficient {direction} {level} ({programmes})",
)
def gini(case: Case) -> Iterable[Rows | Extra]:
    """The Gini coefficient of coverage is at most g; one extra column for each pair of areas and year.

    e[a,b,t] ≥ ±(c[a,t] − c[b,t]),   Σ_{a<b} w[a]·w[b]·e[a,b,t]  ≤  g · μ[t]        ∀ t
    """
    for number, wanted in enumerate(case.scenario.rules.gini):
        areas, weight, share = _children_of(case, wanted.programmes)
        name, years = f"gini_{number}", len(case.years)
        first, second = np.triu_indices(areas.size, 1)
        each = np.arange(first.size * years)
        if wanted.strength != "report":
            yield Extra(name, np.ones(each.size))
            yield from _pairs_apart(case, name, share, areas[first], areas[second])
        measure = Sum(name, each % years, each, (weight[first] * weight[second]).ravel())
        yield _policy("gini", case, wanted, (measure,), _mean(case, wanted), _evaluation(case, wanted, _gini))


def _pairs_apart(case: Case, name: str, share: Array, first: Array, second: Array) -> Iterable[Rows]:
    """e[a,b,t] ≥ ±(c[a,t] − c[b,t]) for pairs of areas."""
    years = len(case.years)
    each = np.arange(first.size * years)
    apart = Sum(name, each, each, np.ones(each.size))
    a, b = (by_area(case, "units", share, side) for side in (first, second))
    index = pd.DataFrame({"area": np.repeat(case.areas[first], years), "other": np.repeat(case.areas[second], years)})
    index["year"] = np.tile(case.years, first.size)
    for sign in (1, -1):
        rows = (apart, _times(a, -sign), _times(b, sign))
        yield Rows("gini", index, rows, ">=", np.zeros(each.size), np.ones(each.size), link=True)


def _gini(covered: Array, weight: Array) -> float:
    mean = weight @ covered
    apart = np.abs(covered[:, None] - covered[None, :])
    return float(weight @ apart @ weight / (2 * mean)) if mean else 0.0


@rule(
    "share",
    vi="Năm {year}: chỉ số Theil {direction} {level} ({programmes})",
    en="{year}: Theil index {direction} {level} ({programmes})",
)
def theil(case: Case) -> Iterable[Rows | Extra]:
    """The Theil index of coverage is at most τ, from the tangents of c·ln(c/μ) at c = r·μ for a grid of r.

    q[a,t] ≥ (1 + ln r)·c[a,t] − r·μ[t]  ∀ r,   Σ_a w[a]·q[a,t]  ≤  τ · μ[t]        ∀ t
    """
    for number, wanted in enumerate(case.scenario.rules.theil):
        areas, weight, share = _children_of(case, wanted.programmes)
        name, years = f"theil_{number}", len(case.years)
        mean = _mean(case, wanted)
        each = np.arange(areas.size * years)
        if wanted.strength != "report":
            # The column holds q + μ, which is never negative because q ≥ −μ/e.
            yield Extra(name, np.full(each.size, 4.0))
            lifted = Sum(name, each, each, np.ones(each.size))
            covered = by_area(case, "units", share, areas)
            everywhere = _for_each_area(mean, areas.size, years)
            for r in TANGENTS:
                parts = (lifted, _times(covered, -(1 + np.log(r))), _times(everywhere, r - 1))
                yield _link("theil", case, areas, wanted.programmes, parts)
        parts = (Sum(name, each % years, each, weight.ravel()), _times(mean, -1))
        yield _policy("theil", case, wanted, parts, mean, _evaluation(case, wanted, _theil))


def _theil(covered: Array, weight: Array) -> float:
    mean = weight @ covered
    if not mean:
        return 0.0
    ratio = covered / mean
    return float(weight @ np.where(ratio > 0, ratio * np.log(np.maximum(ratio, 1e-300)), 0.0))


@rule(
    "share",
    vi="Năm {year}: nhóm được phục vụ kém nhất giữ {direction} {level} độ bao phủ ({programmes})",
    en="{year}: the worst-covered hold {direction} {level} of the coverage ({programmes})",
)
def bottom_share(case: Case) -> Iterable[Rows | Extra]:
    """The worst-covered share b of the children holds at least a share ψ of all coverage.

    b·η[t] − Σ_a w[a]·l[a,t]  ≥  ψ · μ[t],   l[a,t] ≥ η[t] − c[a,t]        ∀ a, t
    """
    for number, wanted in enumerate(case.scenario.rules.bottom_share):
        areas, weight, share = _children_of(case, wanted.programmes)
        level_name, below_name, years = f"bottom_level_{number}", f"bottom_below_{number}", len(case.years)
        each = np.arange(areas.size * years)
        if wanted.strength != "report":
            yield Extra(level_name, np.ones(years))
            yield Extra(below_name, np.ones(each.size))
            parts = (
                Sum(below_name, each, each, np.ones(each.size)),
                Sum(level_name, each, each % years, -np.ones(each.size)),
                by_area(case, "units", share, areas),
            )
            yield _link("bottom_share", case, areas, wanted.programmes, parts)
        t = np.arange(years)
        measure = (
            Sum(level_name, t, t, np.full(years, wanted.bottom)),
            Sum(below_name, each % years, each, -weight.ravel()),
        )
        value = _evaluation(case, wanted, lambda c, w, b=wanted.bottom: _bottom(c, w, b))
        index = over_years(case, programmes=wanted.programmes)
        level = np.full(years, wanted.share)
        mean = (_mean(case, wanted),)
        measure = () if wanted.strength == "report" else measure
        yield Rows("bottom_share", index, measure, ">=", level, mean, wanted.strength, wanted.price, value)


def _bottom(covered: Array, weight: Array, bottom: float) -> float:
    order = np.argsort(covered, kind="stable")
    left = np.clip(bottom - (np.cumsum(weight[order]) - weight[order]), 0, weight[order])
    mean = weight @ covered
    return float(left @ covered[order] / mean) if mean else 0.0


@rule(
    "share",
    vi="{area}, năm {year}: bao phủ {direction} {level} ({programmes}; mức sàn đi kèm giới hạn bất bình đẳng)",
    en="{area}, {year}: coverage {direction} {level} ({programmes}; the floor that goes with a limit on inequality)",
)
def index_floors(case: Case) -> Iterable[Rows]:
    """Beside each limit on inequality, every area with need in the year reaches at least the limit's floor.

    c[a,t]  ≥  floor        ∀ a with need in t
    """
    rules = case.scenario.rules
    for wanted in (*rules.concentration, *rules.hoover, *rules.gini, *rules.theil, *rules.bottom_share):
        if wanted.floor == 0:
            continue
        areas, weight, share = _children_of(case, wanted.programmes)
        needed = (weight > 0).ravel()
        index = areas_and_years(case, areas, programmes=wanted.programmes)[needed].reset_index(drop=True)
        level, base = np.full(len(index), wanted.floor), np.ones(len(index))
        covered = only(by_area(case, "units", share, areas), needed)
        yield Rows("index_floors", index, (covered,), ">=", level, base, wanted.strength, wanted.price)


@rule(
    "share",
    vi="Năm {year}: tổng phần giảm của các địa bàn {direction} {level} phương án cơ sở",
    en="{year}: what areas lose adds up to {direction} {level} of the baseline",
)
def losers(case: Case) -> Iterable[Rows | Extra]:
    """What areas lose against the baseline X⁰ in a year adds up to at most a share λ of it.

    l[a,t] ≥ Σ_p X⁰[a,p] − Σ_p m[a,p,t],   Σ_a l[a,t]  ≤  λ · Σ_{a,p} X⁰[a,p]        ∀ t
    """
    wanted = case.scenario.rules.losers
    if wanted == "off":
        return
    before, years = case.baseline.sum(axis=1), len(case.years)
    each = np.arange(before.size * years)
    index = over_years(case)
    level, base = np.full(years, wanted.share), np.full(years, before.sum())
    measure: tuple[Sum, ...] = ()
    if wanted.strength != "report":
        yield Extra("losers", np.repeat(np.maximum(before, 1e-6), years))
        money = by_area(case, "money", np.ones(case.shape[:2]))
        lost = Sum("losers", each, each, np.ones(each.size))
        rows = areas_and_years(case)
        yield Rows("losers", rows, (lost, money), ">=", np.repeat(before, years), np.ones(each.size), link=True)
        measure = (Sum("losers", each % years, each, np.ones(each.size)),)

    def value(money: Array, _: Array) -> Array:
        return np.maximum(before[:, None] - money.sum(axis=1), 0).sum(axis=0)

    yield Rows("losers", index, measure, "<=", level, base, wanted.strength, wanted.price, value)


def _policy(name: str, case: Case, wanted: Inequality, measure: tuple[Sum, ...], mean: Sum, value: Evaluation) -> Rows:
    index = over_years(case, programmes=wanted.programmes)
    level = np.full(len(index), wanted.at_most)
    measure = () if wanted.strength == "report" else measure
    return Rows(name, index, measure, "<=", level, (mean,), wanted.strength, wanted.price, value)


def _link(name: str, case: Case, areas: Array, programmes: str, parts: tuple[Sum, ...]) -> Rows:
    index = areas_and_years(case, areas, programmes=programmes)
    return Rows(name, index, parts, ">=", np.zeros(len(index)), np.ones(len(index)), link=True)


def _times(some: Sum, factor: float) -> Sum:
    return Sum(some.quantity, some.row, some.at, some.weight * factor)


def _for_each_area(mean: Sum, areas: int, years: int) -> Sum:
    """The yearly mean, stated once more for every area and year."""
    row = (np.arange(areas)[:, None] * years + mean.row).ravel()
    return Sum(mean.quantity, row, np.tile(mean.at, areas), np.tile(mean.weight, areas))
