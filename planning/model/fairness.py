"""Rules on fairness between areas, and between this plan and the last one.

The coverage of an area is what it reaches of its need, children counted over the chosen programmes:
c[a,t] = Σ_p k[p]·y[a,p,t] / Σ_p k[p]·N[a,p,t] with k the children per unit. An area without need in a year has no
coverage in it and is left out.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.model.rows import (
    Extra,
    Rows,
    Sum,
    areas_and_years,
    by_area,
    by_year,
    money_by_year,
    only,
    over_years,
    rule,
)


@rule(
    "share",
    vi="Ít nhất {level} số tiền năm {year} dành cho địa bàn khó khăn, vùng xa ({programmes})",
    en="At least {level} of the money of {year} goes to remote areas ({programmes})",
)
def remote_share(case: Case) -> Iterable[Rows]:
    """At least a stated share of each year's money for programmes P (all where not stated) goes to remote areas R.

    Σ_{a∈R,p∈P} m[a,p,t]  ≥  σ[t] · Σ_{a,p∈P} m[a,p,t]        ∀ t
    """
    wanted = case.scenario.rules.remote_share
    if wanted == "off":
        return
    stated = wanted.share if isinstance(wanted.share, dict) else {"all": wanted.share}
    yearly = {year: share for year, share in stated.items() if isinstance(year, int)}
    levels = {name: dict.fromkeys(case.years, share) for name, share in stated.items() if isinstance(name, str)}
    for programmes, level in (levels | ({"all": yearly} if yearly else {})).items():
        money = np.ones((len(case.areas), 1)) * case.select_programmes(programmes)
        yield Rows(
            "remote_share",
            over_years(case, programmes=programmes),
            (money_by_year(case, money * case.remote[:, None]),),
            ">=",
            np.array([level[year] for year in case.years]),
            (money_by_year(case, money),),
            wanted.strength,
            wanted.price,
        )


@rule(
    "money_per_child",
    vi="{area}, năm {year}: ít nhất {level} cho mỗi trẻ em",
    en="{area}, {year}: at least {level} for each child",
)
def per_child_floor(case: Case) -> Iterable[Rows]:
    """Each area receives at least φ for each of its children K, every year.

    Σ_p m[a,p,t]  ≥  φ · K[a]        ∀ a, t
    """
    wanted = case.scenario.rules.per_child_floor
    if wanted == "off":
        return
    base = np.repeat(case.children, len(case.years))
    level = np.full(base.size, wanted.amount)
    yield Rows(
        "per_child_floor", areas_and_years(case), (_money(case),), ">=", level, base, wanted.strength, wanted.price
    )


@rule(
    "share",
    vi="{area}, năm {year}: {direction} {level} so với phương án cơ sở",
    en="{area}, {year}: {direction} {level} of the baseline",
)
def stability(case: Case) -> Iterable[Rows]:
    """No area's yearly total moves further from the baseline X⁰ than stated.

    (1 − α) · Σ_p X⁰[a,p]  ≤  Σ_p m[a,p,t]  ≤  (1 + β) · Σ_p X⁰[a,p]        ∀ a, t
    """
    wanted = case.scenario.rules.stability
    if wanted == "off":
        return
    base = np.repeat(case.baseline.sum(axis=1), len(case.years))
    sides = [(">=", 1 - wanted.decrease)]
    if wanted.increase is not None:
        sides.append(("<=", 1 + wanted.increase))
    for sense, share in sides:
        level = np.full(base.size, share)
        yield Rows(
            "stability", areas_and_years(case), (_money(case),), sense, level, base, wanted.strength, wanted.price
        )


@rule(
    "share",
    vi="Năm {year}: độ bao phủ trung bình vùng xa ít nhất {level} phần còn lại ({programmes})",
    en="{year}: mean coverage of the remote areas is at least {level} of the others' ({programmes})",
)
def gaps(case: Case) -> Iterable[Rows]:
    """Mean coverage of the remote areas R is at least a share γ of the mean coverage of the rest.

    Σ_{a∈R} c[a,t] / |R|  ≥  γ · Σ_{a∉R} c[a,t] / |A∖R|        ∀ t
    """
    for wanted in case.scenario.rules.gaps:
        share = coverage_weights(case, wanted.programmes)
        needed = share.any(axis=1)
        counted = [needed & inside[:, None] for inside in (case.remote, ~case.remote)]
        both = counted[0].any(axis=0) & counted[1].any(axis=0)
        remote, rest = (
            only(by_year(case, "units", share * (side / np.maximum(side.sum(axis=0), 1))[:, None]), both)
            for side in counted
        )
        index = over_years(case, programmes=wanted.programmes)[both].reset_index(drop=True)
        level = np.full(len(index), wanted.ratio)
        yield Rows("gaps", index, (remote,), ">=", level, (rest,), wanted.strength, wanted.price)


@rule(
    "share",
    vi="{area}, năm {year}: tiền trên mỗi trẻ em {direction} {level} mức trung bình",
    en="{area}, {year}: money per child is {direction} {level} of the mean",
)
def parity(case: Case) -> Iterable[Rows]:
    """Each area's money per child stays within a band of width δ around the mean of all areas.

    (1 − δ) · K[a]/ΣK · Σ m[·,·,t]  ≤  Σ_p m[a,p,t]  ≤  (1 + δ) · K[a]/ΣK · Σ m[·,·,t]        ∀ a, t
    """
    wanted = case.scenario.rules.parity
    if wanted == "off":
        return
    every = money_by_year(case, np.ones(case.shape[:2]))
    years, count = len(case.years), len(case.areas)
    part = case.children / case.children.sum()
    row = (np.arange(count)[:, None] * years + every.row).ravel()
    weight = np.repeat(part, every.row.size)
    base = Sum("money", row, np.tile(every.at, count), weight)
    for sense, share in ((">=", max(1 - wanted.share, 0.0)), ("<=", 1 + wanted.share)):
        level = np.full(count * years, share)
        index = areas_and_years(case)
        yield Rows("parity", index, (_money(case),), sense, level, (base,), wanted.strength, wanted.price)


def worst_covered(case: Case) -> Iterable[Rows | Extra]:
    """The column that goals max_min and leximin raise: no area's mean coverage over the plan is below it.

    Σ_t c[a,t] / T − θ  ≥  0        ∀ a
    """
    if not {"max_min", "leximin"} & set(case.scenario.objective.goals):
        return
    share = coverage_weights(case, "all")
    counted = share.any(axis=1).sum(axis=1)
    areas = np.flatnonzero(counted)
    covered = by_area(case, "units", share / np.maximum(counted, 1)[:, None, None], areas)
    index = pd.DataFrame({"area": case.areas[areas]})
    each = np.arange(areas.size)
    # Twice what it can be, so that full coverage is felt by its row, never by the bound of the column.
    yield Extra("worst", np.full(1, 2.0))
    covered = Sum("units", covered.row // len(case.years), covered.at, covered.weight)
    worst = Sum("worst", each, np.zeros(areas.size, int), -np.ones(areas.size))
    yield Rows("worst_covered", index, (covered, worst), ">=", np.zeros(areas.size), np.ones(areas.size), link=True)


def moved(case: Case) -> Iterable[Rows | Extra]:
    """The columns that goal least_change lowers where the scenario names it: money above and below the baseline X⁰.

    m[a,p,t] − more[a,p,t] + less[a,p,t]  =  X⁰[a,p]        ∀ a, p, t
    """
    if "least_change" not in case.scenario.objective.goals:
        return
    before = np.repeat(case.baseline.ravel(), len(case.years))
    cells = np.flatnonzero((case.full_cost.ravel() > 0) | (before > 0))
    each, one = np.arange(cells.size), np.ones(cells.size)
    before = before[cells]
    yield Extra("more", case.full_cost.ravel()[cells])
    yield Extra("less", before)
    a, p, t = np.unravel_index(cells, case.shape)
    index = pd.DataFrame({"area": case.areas[a], "programme": case.programmes[p], "year": np.array(case.years)[t]})
    parts = (Sum("money", each, cells, one), Sum("more", each, each, -one), Sum("less", each, each, one))
    yield Rows("moved", index, parts, "==", before, one, link=True)


def coverage_weights(case: Case, programmes: str) -> Array:
    """(A, P, T) what one unit reached adds to the coverage of its area over the chosen programmes; 0 without need."""
    per_unit = case.tables["programmes"]["children_per_unit"].to_numpy(float) * case.select_programmes(programmes)
    need = np.einsum("p,apt->at", per_unit, case.need)[:, None, :]
    return np.divide(per_unit[:, None], need, out=np.zeros(case.shape), where=need > 0)


def _money(case: Case) -> Sum:
    return by_area(case, "money", np.ones(case.shape[:2]))
