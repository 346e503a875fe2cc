"""Rules on funds: what each purse may spend, carry and let lapse, and how funds go together."""

from collections.abc import Iterable

import numpy as np

from planning.inputs.case import Array, Case
from planning.inputs.rules import Additionality, CoFunding, Matching
from planning.model.layout import Layout
from planning.model.rows import Rows, Sum, money_by_year, over_years, rule


@rule(
    "money",
    vi="{fund}{area}, năm {year}: chi và chuyển sang năm sau không quá {level} cộng phần năm trước chuyển sang",
    en="{fund}{area}, {year}: spending and carry-over stay within {level} plus what the year before carried over",
)
def fund_ceiling(case: Case) -> Iterable[Rows]:
    """A purse spends and carries over no more than its ceiling and what it carried in; the rest lapses.

    paid[h,t] + carried[h,t] − carried[h,t−1]  ≤  B[h,t]        ∀ h, t
    """
    purses, years = case.ceiling.shape
    each = np.arange(purses * years)
    later = each[each % years > 0]
    index = case.purses.loc[np.repeat(np.arange(purses), years)].reset_index(drop=True)
    held = index["area"] >= 0
    index["fund"] = case.funds[index["fund"]]
    index["area"] = np.where(held, case.areas[index["area"]], "")
    index["year"] = np.tile(case.years, purses)
    measure = (
        _granted(case, each, each, np.ones(each.size)),
        Sum("carried", each, each, np.ones(each.size)),
        Sum("carried", later, later - 1, -np.ones(later.size)),
    )
    yield Rows("fund_ceiling", index, measure, "<=", case.ceiling.ravel(), np.ones(each.size))


@rule(
    "share",
    vi="{fund}, năm {year}: chi ít nhất {level} của trần",
    en="{fund}, {year}: at least {level} of the ceiling is spent",
)
def minimum_use(case: Case) -> Iterable[Rows]:
    """At least a share μ of a fund's ceiling is spent each year.

    Σ_{h∈f} paid[h,t]  ≥  μ · Σ_{h∈f} B[h,t]        ∀ t
    """
    for wanted in case.scenario.rules.minimum_use:
        ceiling = case.ceiling[case.purses["fund"] == case.funds.get_loc(wanted.fund)].sum(axis=0)
        yield Rows(
            "minimum_use",
            over_years(case, fund=wanted.fund),
            (_paid_by(case, wanted.fund),),
            ">=",
            np.full(len(case.years), wanted.share),
            ceiling,
            wanted.strength,
            wanted.price,
        )


@rule(
    "money",
    vi="{fund}: sau năm {year} chi nhiều nhất {level}",
    en="{fund}: after {year} at most {level} is spent",
)
def expiry(case: Case) -> Iterable[Rows]:
    """Nothing of a fund is spent after its last year E.

    Σ_{h∈f, t>E} paid[h,t]  ≤  0
    """
    for wanted in case.scenario.rules.expiry:
        later = np.array(case.years) > wanted.year
        spent = _paid_by(case, wanted.fund)
        kept = later[spent.row]
        measure = Sum("granted", np.zeros(kept.sum(), int), spent.at[kept], spent.weight[kept])
        index = over_years(case, fund=wanted.fund).iloc[:1].assign(year=wanted.year)
        yield Rows("expiry", index, (measure,), "<=", np.zeros(1), np.ones(1), wanted.strength, wanted.price)


@rule(
    "number",
    vi="{partner} đối ứng {fund} ({programmes}), năm {year}: {direction} {level} cho mỗi đồng",
    en="{partner} matches {fund} ({programmes}), {year}: {direction} {level} for each one",
)
def matching(case: Case) -> Iterable[Rows]:
    """What a fund f pays for some programmes P is matched by a partner f′, k for each one.

    Σ_{h∈f′} paid[h,P,t]  ≥ or ≤  k · Σ_{h∈f} paid[h,P,t]        ∀ t
    """
    for wanted in case.scenario.rules.matching:
        yield Rows(
            "matching",
            over_years(case, fund=wanted.fund, partner=wanted.partner, programmes=wanted.programmes),
            (_paid_for(case, wanted.partner, wanted),),
            _SENSE[wanted.sense],
            np.full(len(case.years), wanted.ratio),
            (_paid_for(case, wanted.fund, wanted),),
            wanted.strength,
            wanted.price,
        )


@rule(
    "share",
    vi="{fund} chi {direction} {level} kinh phí của {programmes}, năm {year}",
    en="{fund} carries {direction} {level} of the money of {programmes}, {year}",
)
def co_funding(case: Case) -> Iterable[Rows]:
    """A fund carries at least or at most a share η of the money of some programmes P.

    Σ_{h∈f} paid[h,P,t]  ≥ or ≤  η · Σ_{a,p∈P} m[a,p,t]        ∀ t
    """
    for wanted in case.scenario.rules.co_funding:
        chosen = np.ones((len(case.areas), 1)) * case.select_programmes(wanted.programmes)
        yield Rows(
            "co_funding",
            over_years(case, fund=wanted.fund, programmes=wanted.programmes),
            (_paid_for(case, wanted.fund, wanted),),
            _SENSE[wanted.sense],
            np.full(len(case.years), wanted.share),
            (money_by_year(case, chosen),),
            wanted.strength,
            wanted.price,
        )


@rule(
    "share",
    vi="Năm {year}: ngân sách nhà nước chi ít nhất {level} phương án cơ sở ({programmes})",
    en="{year}: the state's own money is at least {level} of the baseline ({programmes})",
)
def additionality(case: Case) -> Iterable[Rows]:
    """Contributions do not replace the state's own money: its funds S pay at least a share of the baseline X⁰.

    Σ_{h∈S} paid[h,P,t]  ≥  ζ · Σ_{a,p∈P} X⁰[a,p]        ∀ t
    """
    wanted = case.scenario.rules.additionality
    if wanted == "off":
        return
    funds = case.tables["funds"].drop_duplicates("fund")
    state = [_paid_for(case, fund, wanted) for fund in funds.loc[funds["kind"] == "state", "fund"]]
    years = len(case.years)
    base = np.full(years, case.baseline[:, case.select_programmes(wanted.programmes)].sum())
    level = np.full(years, wanted.share)
    index = over_years(case, programmes=wanted.programmes)
    yield Rows("additionality", index, tuple(state), ">=", level, base, wanted.strength, wanted.price)


@rule(
    "share",
    vi="{programme}, năm {year}: {direction} {level} phương án cơ sở",
    en="{programme}, {year}: {direction} {level} of its baseline",
)
def virement(case: Case) -> Iterable[Rows]:
    """No programme's yearly total moves further from its baseline than a share ν.

    (1 − ν) · Σ_a X⁰[a,p]  ≤  Σ_a m[a,p,t]  ≤  (1 + ν) · Σ_a X⁰[a,p]        ∀ p, t
    """
    for wanted in case.scenario.rules.virement:
        for p in np.flatnonzero(case.select_programmes(wanted.programmes)):
            one = np.zeros(case.shape[:2])
            one[:, p] = 1
            index = over_years(case, programme=case.programmes[p])
            base = np.full(len(case.years), case.baseline[:, p].sum())
            for sense, level in ((">=", 1 - wanted.share), ("<=", 1 + wanted.share)):
                yield Rows(
                    "virement",
                    index,
                    (money_by_year(case, one),),
                    sense,
                    np.full(len(case.years), level),
                    base,
                    wanted.strength,
                    wanted.price,
                )


def paid_for(layout: Layout) -> Rows:
    """What a funding class costs is what the purses pay for it.

    Σ_{(a,p)∈k} m[a,p,t] − Σ_h paid[k,h,t] = 0        ∀ funding classes k, t
    """
    years = len(layout.case.years)
    cells = np.arange(layout.case.need.size)
    k, _, t = layout.payment
    measure = (
        Sum("money", layout.class_of_cell[cells // years] * years + cells % years, cells, np.ones(cells.size)),
        Sum("payment", k * years + t, np.arange(layout.paid), -np.ones(layout.paid)),
    )
    rows = layout.classes * years
    index = over_years(layout.case).loc[np.arange(rows) % years].reset_index(drop=True)
    index.insert(0, "class", "class_" + (index.index // years).astype(str))
    return Rows("paid_for", index, measure, "==", np.zeros(rows), np.ones(rows), link=True)


_SENSE = {"at_least": ">=", "at_most": "<="}


def _granted(case: Case, row: Array, purse_year: Array, weight: Array) -> Sum:
    """What purses pay in a year for all programme groups together."""
    groups = int(case.programme_groups.max()) + 1
    at = purse_year[:, None] * groups + np.arange(groups)
    return Sum("granted", np.repeat(row, groups), at.ravel(), np.repeat(weight, groups))


def _paid_by(case: Case, fund: str) -> Sum:
    """What all purses of a fund pay, one row per year."""
    purse_year, t = _purse_years(case, fund)
    return _granted(case, t, purse_year, np.ones(t.size))


def _paid_for(case: Case, fund: str, wanted: Matching | CoFunding | Additionality) -> Sum:
    """What all purses of a fund pay for the programmes of a rule, one row per year.

    A rule that is only reported reads the payments as they are split afterwards, so that it tells no programmes apart.
    """
    purse_year, t = _purse_years(case, fund)
    chosen = case.select_programmes(wanted.programmes)
    if wanted.strength == "report":
        quantity, kinds, which = "told", len(case.programmes), np.flatnonzero(chosen)
    else:
        groups = case.programme_groups
        quantity, kinds, which = "granted", int(groups.max()) + 1, np.unique(groups[chosen])
    at = purse_year[:, None] * kinds + which
    return Sum(quantity, np.repeat(t, which.size), at.ravel(), np.ones(at.size))


def _purse_years(case: Case, fund: str) -> tuple[Array, Array]:
    """Flat purse-years h·T + t of all purses of a fund, and the year of each."""
    years = len(case.years)
    h = np.flatnonzero(case.purses["fund"] == case.funds.get_loc(fund))
    return (h[:, None] * years + np.arange(years)).ravel(), np.tile(np.arange(years), h.size)
