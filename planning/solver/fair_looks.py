"""Second looks at the rules on fairness between areas, each written from the words of the rule.

The coverage of an area in a year is what it reaches of its need over the chosen programmes, counted in children. Areas
without such a need have none. An index of inequality weighs areas by their children.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from planning.inputs import rules
from planning.inputs.case import Case
from planning.solver.described import Outcome, of_programmes, worst
from planning.solver.looks import Look


# ---- money ----------------------------------------------------------------------------------------------------------
def _remote_missed(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.RemoteShare) -> float:
    shares = rule.share if isinstance(rule.share, dict) else {"all": rule.share}
    missed = []
    for name, share in shares.items():
        rows = cells[cells["year"] == name] if isinstance(name, int) else of_programmes(cells, name)
        total = rows.groupby("year")["amount"].sum()
        given = rows[rows["remote"]].groupby("year")["amount"].sum().reindex(total.index, fill_value=0.0)
        missed += [*((share * total - given) / total.clip(lower=1.0))]
    return worst(missed)


def _floor_missed(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.PerChildFloor) -> float:
    by_area = _money_of_areas(cells)
    wanted = rule.amount * by_area["children"]
    return worst((wanted - by_area["amount"]) / wanted.clip(lower=1.0))


def _moved_too_far(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Stability) -> float:
    now, before = _now_and_before(case, cells)
    excess = (1 - rule.decrease) * before - now
    if rule.increase is not None:
        excess = np.maximum(excess, now - (1 + rule.increase) * before)
    return worst(excess / np.maximum(before, 1.0))


def _lost_too_much(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Losers) -> float:
    now, before = _now_and_before(case, cells)
    lost = (before - now).clip(lower=0.0).groupby("year").sum()
    return worst(lost / max(case.tables["baseline"]["amount"].sum(), 1.0) - rule.share)


def _out_of_band(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Parity) -> float:
    """Money per child against that of all areas together."""
    by_area = _money_of_areas(cells)
    sums = by_area.groupby("year").sum()
    mean = (sums["amount"] / sums["children"]).reindex(by_area.index.get_level_values("year")).to_numpy()
    apart = (by_area["amount"] / by_area["children"] - mean).abs()
    return worst((apart - rule.share * mean) / np.where(mean > 0, mean, 1.0))


def _money_of_areas(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.groupby(["area", "year"]).agg(amount=("amount", "sum"), children=("children", "first"))


def _now_and_before(case: Case, cells: pd.DataFrame) -> tuple[pd.Series, np.ndarray]:
    """Each area's yearly total, and its baseline."""
    now = cells.groupby(["area", "year"])["amount"].sum()
    before = case.tables["baseline"].groupby("area")["amount"].sum()
    return now, before.reindex(now.index.get_level_values("area")).to_numpy()


# ---- coverage -------------------------------------------------------------------------------------------------------
def _gap_too_wide(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Gap) -> float:
    """Means over areas, each counting once."""
    over = []
    for _year, areas in _coverage_of_areas(cells, rule.programmes).groupby("year"):
        remote, rest = (areas.loc[areas["remote"] == side, "coverage"] for side in (True, False))
        if len(remote) and len(rest):
            over.append(rule.ratio * rest.mean() - remote.mean())
    return worst(over)


def _coverage_of_areas(cells: pd.DataFrame, programmes: str) -> pd.DataFrame:
    """Area, year, children, remote, distance_km, coverage of the areas that have a need, by year."""
    rows = of_programmes(cells, programmes)
    rows = rows.assign(
        reached=rows["standing"] * rows["children_per_unit"], wanted=rows["need"] * rows["children_per_unit"]
    )
    kept = ["area", "year", "children", "remote", "distance_km"]
    sums = rows.groupby(kept, as_index=False)[["reached", "wanted"]].sum()
    sums = sums[sums["wanted"] > 0]
    return sums.assign(coverage=sums["reached"] / sums["wanted"])


Index = Callable[[pd.DataFrame, pd.Series, float], float]


def _unequal(index: Index, slack: Index | None = None) -> Look:
    """The look at a cap on an index of coverage, its weights and its mean, and at the floor beside it.

    The excess over the cap is counted in coverage, as a share of the need, so that a mean near 0 raises no false alarm.
    """

    def look(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Inequality) -> float:
        over = []
        for _year, areas in _coverage_of_areas(cells, rule.programmes).groupby("year"):
            weight = areas["children"] / areas["children"].sum()
            mean = float((weight * areas["coverage"]).sum())
            over.append(rule.floor - areas["coverage"].min())
            if mean > 0:
                more = slack(areas, weight, mean) if slack else 0.0
                over.append((index(areas, weight, mean) - rule.at_most - more) * mean)
        return worst(over)

    return look


def _concentration(areas: pd.DataFrame, weight: pd.Series, mean: float) -> float:
    """Twice the covariance of coverage and rank over the mean; areas rank from the farthest, 0, to the nearest, 1."""
    rank = pd.Series(
        [
            weight[areas["distance_km"] > distance].sum() + weight[areas["distance_km"] == distance].sum() / 2
            for distance in areas["distance_km"]
        ],
        index=areas.index,
    )
    return float((weight * (2 * rank - 1) * areas["coverage"]).sum() / mean)


def _hoover(areas: pd.DataFrame, weight: pd.Series, mean: float) -> float:
    """Share of the coverage that would have to move for all areas to have the mean."""
    return float((weight * (areas["coverage"] - mean).clip(lower=0)).sum() / mean)


def _gini(areas: pd.DataFrame, weight: pd.Series, mean: float) -> float:
    """One less twice the area under the Lorenz curve, by trapezia."""
    order = areas["coverage"].sort_values().index
    held = np.append(0.0, (weight * areas["coverage"])[order].cumsum() / mean)
    return float(1 - (weight[order].to_numpy() * (held[1:] + held[:-1])).sum())


def _theil(areas: pd.DataFrame, weight: pd.Series, mean: float) -> float:
    ratio = areas["coverage"] / mean
    return float((weight * ratio * np.log(ratio.where(ratio > 0, 1.0))).sum())


def _theil_slack(areas: pd.DataFrame, weight: pd.Series, mean: float) -> float:
    """By how much the Theil index may exceed its cap, because the plan holds x·ln x down by tangents from below.

    The tangents touch at 60 ratios x = c/μ, each ρ = 400^(1/59) times the one before, from 0.02 to 8. Between two
    neighbours the curve leaves them by at most δ·x with δ = ln u − 1 + 1/u at u = (ρ − 1)/ln ρ where they meet; since
    Σ w·x = 1 that is δ < 0.0014 in all. Below 0.02 the curve is at most 0.02 above the first tangent, and above 8 it is
    x·ln(x/8) − x + 8 above the last.
    """
    ratio = areas["coverage"] / mean
    low = 0.02 * weight[ratio < 0.02].sum()
    high = ratio[ratio > 8]
    return 0.0014 + float(low + (weight[ratio > 8] * (high * np.log(high / 8) - high + 8)).sum())


def _bottom_too_low(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.BottomShare) -> float:
    """Areas from the worst covered up, until they hold the stated share of the children, the last one in part."""
    missed = []
    for _year, areas in _coverage_of_areas(cells, rule.programmes).groupby("year"):
        areas = areas.sort_values("coverage")
        weight = areas["children"] / areas["children"].sum()
        mean = float((weight * areas["coverage"]).sum())
        counted = (weight.cumsum().clip(upper=rule.bottom)).diff().fillna(weight.clip(upper=rule.bottom))
        missed.append(rule.floor - areas["coverage"].min())
        missed.append(rule.share * mean - float((counted * areas["coverage"]).sum()))
    return worst(missed)


LOOKS: dict[str, Look] = {
    "remote_share": _remote_missed,
    "per_child_floor": _floor_missed,
    "stability": _moved_too_far,
    "losers": _lost_too_much,
    "parity": _out_of_band,
    "gaps": _gap_too_wide,
    "concentration": _unequal(_concentration),
    "hoover": _unequal(_hoover),
    "gini": _unequal(_gini),
    "theil": _unequal(_theil, _theil_slack),
    "bottom_share": _bottom_too_low,
}
