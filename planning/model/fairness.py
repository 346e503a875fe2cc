"""Rules on fairness between areas, and between this plan and the last one."""

from collections.abc import Iterable

import numpy as np

from planning.inputs.case import Case
from planning.model.rows import Rows, by_area_and_year, cells_by_area_and_year, cells_by_year, over_years, rule


@rule(
    "share",
    vi="Ít nhất {level} số tiền năm {year} dành cho địa bàn khó khăn, vùng xa",
    en="At least {level} of the money of {year} goes to remote areas",
)
def remote_share(case: Case) -> Iterable[Rows]:
    """At least a stated share of each year's money goes to remote areas R.

    Σ_{a∈R,p} m[a,p,t]  ≥  σ[t] · Σ_{a,p} m[a,p,t]        ∀ t
    """
    wanted = case.scenario.rules.remote_share
    if wanted == "off":
        return
    share = wanted.share if isinstance(wanted.share, dict) else dict.fromkeys(case.years, wanted.share)
    everywhere = np.ones(case.shape[:2])
    yield Rows(
        "remote_share",
        over_years(case),
        (cells_by_year(case, everywhere * case.remote[:, None]),),
        ">=",
        np.array([share[year] for year in case.years]),
        (cells_by_year(case, everywhere),),
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
    index = by_area_and_year(case)
    yield Rows(
        "per_child_floor",
        index,
        (cells_by_area_and_year(case),),
        ">=",
        np.full(len(index), wanted.amount),
        np.repeat(case.children, len(case.years)),
        wanted.strength,
        wanted.price,
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
    index = by_area_and_year(case)
    measure = (cells_by_area_and_year(case),)
    base = np.repeat(case.baseline.sum(axis=1), len(case.years))
    sides = [(">=", 1 - wanted.decrease)]
    if wanted.increase is not None:
        sides.append(("<=", 1 + wanted.increase))
    for sense, level in sides:
        yield Rows("stability", index, measure, sense, np.full(len(index), level), base, wanted.strength, wanted.price)
