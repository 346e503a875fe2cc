"""Second looks at the rules on money, funds and services, each written from the words of the rule.

A look returns the largest excess over the rule's level, as a share of that level, or of what the level is a share of.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from planning.inputs import rules
from planning.inputs.case import Case
from planning.inputs.codes import records
from planning.solver.described import Outcome, of_areas, of_programmes, worst

Look = Callable[[Case, pd.DataFrame, Outcome, Any], float]


# ---- money and funds ------------------------------------------------------------------------------------------------
def _too_little_used(case: Case, _: pd.DataFrame, outcome: Outcome, rule: rules.MinimumUse) -> float:
    ceiling = _ceilings(case, rule.fund)
    wanted = rule.share * ceiling
    return worst((wanted - _paid_by(case, outcome, [rule.fund])) / ceiling.clip(lower=1.0))


def _used_too_late(case: Case, _: pd.DataFrame, outcome: Outcome, rule: rules.Expiry) -> float:
    """What is paid after the last year, as a share of all that the fund could pay in the plan."""
    paid = _paid_by(case, outcome, [rule.fund])
    return worst([paid[paid.index > rule.year].sum() / max(_ceilings(case, rule.fund).sum(), 1.0)])


def _unmatched(case: Case, _: pd.DataFrame, outcome: Outcome, rule: rules.Matching) -> float:
    wanted = rule.ratio * _paid_by(case, outcome, [rule.fund], rule.programmes)
    given = _paid_by(case, outcome, [rule.partner], rule.programmes)
    return worst(_against(given - wanted, rule.sense) / wanted.clip(lower=1.0))


def _wrongly_shared(case: Case, cells: pd.DataFrame, outcome: Outcome, rule: rules.CoFunding) -> float:
    total = of_programmes(cells, rule.programmes).groupby("year")["amount"].sum()
    carried = _paid_by(case, outcome, [rule.fund], rule.programmes)
    return worst(_against(carried - rule.share * total, rule.sense) / total.clip(lower=1.0))


def _replaced(case: Case, _: pd.DataFrame, outcome: Outcome, rule: rules.Additionality) -> float:
    funds = case.tables["funds"]
    state = funds.loc[funds["kind"] == "state", "fund"].unique()
    known = case.tables["programmes"][["programme", "field", "cost_type"]]
    before = of_programmes(case.tables["baseline"].merge(known, on="programme"), rule.programmes)["amount"].sum()
    paid = _paid_by(case, outcome, state, rule.programmes)
    return worst((rule.share * before - paid) / max(before, 1.0))


def _vired(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Virement) -> float:
    now = of_programmes(cells, rule.programmes).groupby(["programme", "year"])["amount"].sum()
    before = case.tables["baseline"].groupby("programme")["amount"].sum()
    before = before.reindex(now.index.get_level_values("programme")).to_numpy()
    return worst(((now - before).abs() - rule.share * before) / np.maximum(before, 1.0))


def _paid_by(case: Case, outcome: Outcome, funds: list[str], programmes: str = "all") -> pd.Series:
    """What the funds pay for some programmes, by plan year."""
    known = case.tables["programmes"][["programme", "field", "cost_type"]]
    chosen = of_programmes(known, programmes)["programme"]
    lines = outcome.lines
    paid = lines.loc[lines["fund"].isin(funds) & lines["programme"].isin(chosen), ["year", "amount"]]
    paid = paid.groupby("year")["amount"].sum()
    return paid.reindex(list(case.years), fill_value=0.0)


def _ceilings(case: Case, fund: str) -> pd.Series:
    funds = case.tables["funds"]
    return funds[funds["fund"] == fund].set_index("year")["ceiling"].reindex(list(case.years))


def _against(more: pd.Series, sense: str) -> pd.Series:
    """By how much `more` is on the wrong side of 0."""
    return more if sense == "at_most" else -more


# ---- services -------------------------------------------------------------------------------------------------------
def _targets_missed(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Targets) -> float:
    reached = cells[["area", "class", "programme", "year", "standing", "need"]]
    missed = [
        target["coverage"] - rows["standing"].sum() / rows["need"].sum()
        for target in records(case.tables["targets"])
        if rule.strength == "hard" or target["strength"] == "hard"
        for rows in [_of_target(reached, target)]
    ]
    return worst(missed)


def _of_target(cells: pd.DataFrame, target: dict) -> pd.DataFrame:
    rows = cells[(cells["programme"] == target["programme"]) & (cells["year"] == target["year"])]
    for column in ("class", "area"):
        if target[column] != "all":
            rows = rows[rows[column] == target[column]]
    return rows


def _too_little_reached(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Coverage) -> float:
    return worst(rule.share - _coverages(cells, rule))


def _too_much_reached(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Coverage) -> float:
    return worst(_coverages(cells, rule) - rule.share)


def _coverages(cells: pd.DataFrame, rule: rules.Coverage) -> pd.Series:
    """Coverage of each chosen programme and year, in each of the areas or in all of them together, where needed."""
    known = ["area", "class", "remote", "programme", "field", "cost_type", "year", "standing", "need"]
    rows = of_areas(of_programmes(cells[known], rule.programmes), rule.areas)
    if rule.year is not None:
        rows = rows[rows["year"] == rule.year]
    key = ["programme", "year", "area"] if rule.each else ["programme", "year"]
    sums = rows.groupby(key)[["standing", "need"]].sum()
    sums = sums[sums["need"] > 0]
    return sums["standing"] / sums["need"]


def _too_small(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.MinimumGrant) -> float:
    """How far each amount is from nothing and from the least grant, whichever is nearer."""
    paid = of_areas(of_programmes(cells, rule.programmes), rule.areas)["amount"]
    return worst(np.minimum(paid, rule.amount - paid) / rule.amount)


def _grown_too_fast(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Absorption) -> float:
    now = cells.groupby(["area", "year"])["amount"].sum()
    before = case.tables["baseline"].groupby("area")["amount"].sum()
    before = before.reindex(now.index.get_level_values("area")).to_numpy()
    ahead = now.index.get_level_values("year").to_numpy() - case.years[0] + 1
    most = before * (1 + rule.growth) ** ahead
    return worst((now - most) / np.maximum(most, 1.0))


def _reached_twice(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Substitutes) -> float:
    rows = cells[cells["programme"].isin(rule.programmes)]
    children = rows[["standing", "need"]].mul(rows["children_per_unit"], axis=0).join(rows[["area", "year"]])
    both = children.groupby(["area", "year"]).agg({"standing": "sum", "need": "max"})
    return worst((both["standing"] - both["need"]) / both["need"].clip(lower=1.0))


def _ahead_of_its_need(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Complement) -> float:
    own, other = (
        cells[(cells["programme"] == programme) & (cells["need"] > 0)].set_index(["area", "year"])
        for programme in (rule.programme, rule.needs)
    )
    return worst((own["standing"] / own["need"] - other["standing"] / other["need"]).dropna())


def _short_of_resources(case: Case, cells: pd.DataFrame, _: Outcome, rule: rules.Resources) -> float:
    table = case.tables.get("resources")
    if table is None:
        return 0.0
    used = cells.merge(case.tables["resource_use"][["resource", "programme", "per_unit"]], on="programme")
    used = (used["standing"] * used["per_unit"]).groupby([used["resource"], used["year"]]).sum()
    ceiling = table.set_index(["resource", "year"])["ceiling"]
    return worst(((used - ceiling) / ceiling.clip(lower=1.0)).dropna())


def _started_too_often(case: Case, _: pd.DataFrame, outcome: Outcome, rule: rules.Projects) -> float:
    """Starts beyond the most in an area over the plan, or in a year; what began before the plan is no start of it."""
    if case.tables.get("projects") is None or (rule.per_area is None and rule.per_year is None):
        return 0.0
    begun = outcome.projects[outcome.projects["start"] >= case.years[0]]
    begun = begun[["project", "start", "share"]].merge(case.tables["projects"][["project", "area"]], on="project")
    over = []
    for most, column in ((rule.per_area, "area"), (rule.per_year, "start")):
        if most is not None:
            over += [*(begun.groupby(column)["share"].sum() - most)]
    return worst(over)


LOOKS: dict[str, Look] = {
    "minimum_use": _too_little_used,
    "expiry": _used_too_late,
    "matching": _unmatched,
    "co_funding": _wrongly_shared,
    "additionality": _replaced,
    "virement": _vired,
    "targets": _targets_missed,
    "coverage_floors": _too_little_reached,
    "coverage_caps": _too_much_reached,
    "minimum_grants": _too_small,
    "absorption": _grown_too_fast,
    "substitutes": _reached_twice,
    "complements": _ahead_of_its_need,
    "resources": _short_of_resources,
    "projects": _started_too_often,
}
