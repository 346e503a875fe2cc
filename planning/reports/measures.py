"""What a plan says, measured: each function turns the long tables of one plan or several into one tidy table.

Money in million VND, coverage and shares between 0 and 1. Codes, not names; nothing is rounded here.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from planning.errors import PlanningError
from planning.inputs.case import Array, Case
from planning.inputs.codes import places
from planning.reports.investments import money_of_cells, project_money_of, projects_of
from planning.reports.once import once
from planning.solver.plan import Plan
from planning.vocabulary import STATUSES, Text

Plans = Plan | Sequence[Plan]
GROUPS = ("remote", "rest")


def every(plans: Plans) -> tuple[Plan, ...]:
    """One plan or several, as several. Raises PlanningError when two of them bear the same name."""
    several = tuple(plans) if isinstance(plans, Sequence) else (plans,)
    seen = [plan.case.scenario.name for plan in several]
    twice = next((name for name in seen if seen.count(name) > 1), None)
    if twice:
        text = Text(
            f"hai phương án cùng mang tên '{twice}'; hãy đổi tên một trong hai tệp để so sánh",
            f"two scenarios are both named '{twice}'; rename one of the files to compare them",
        )
        raise PlanningError(text)
    return several


def cases(plans: Plans) -> tuple[Case, ...]:
    """The cases of one plan or several."""
    return tuple(plan.case for plan in every(plans))


def money(plans: Plans, by: Iterable[str]) -> pd.DataFrame:
    """Columns scenario, *by, amount. `by` may also name field, cost_type, class and group (remote or rest)."""
    keys = tuple(by)
    return _joined(_money(plan, keys) for plan in every(plans))


def coverage(plans: Plans, by: Iterable[str]) -> pd.DataFrame:
    """Columns scenario, *by, need, reached, children_needed, children_served, coverage.

    Coverage is need reached over need, each unit counted with the children it serves so that programmes can be added
    up; NaN where nothing is needed.
    """
    keys = tuple(by)
    table = _joined(_coverage(plan, keys) for plan in every(plans))
    table["coverage"] = ratio(table["children_served"], table["children_needed"])
    return table


def areas(plans: Plans) -> pd.DataFrame:
    """One row per area: scenario, area, class, group, children, amount, yearly, per_child, coverage, baseline, change.

    `yearly` is the amount of an average year, `per_child` that amount for each child, `coverage` that of the last
    year, `change` yearly less baseline.
    """
    return _joined(_areas(plan) for plan in every(plans))


def remote_against_rest(plans: Plans, yearly: bool = False) -> pd.DataFrame:
    """Columns scenario, group, year if `yearly`, amount, money_share, children, children_share, per_child, coverage.

    Group is remote or rest. Without `yearly`, per_child is that of an average year and coverage that of the last year.
    """
    return _joined(_remote_against_rest(plan, yearly) for plan in every(plans))


def whole(plans: Plans) -> pd.DataFrame:
    """One row per scenario: amount, children, per_child of an average year, coverage of the last year."""
    rows = []
    for plan in every(plans):
        amount, inhabitants = plan.lines["amount"].sum(), plan.case.children.sum()
        rows.append(
            {
                "scenario": plan.case.scenario.name,
                "amount": amount,
                "children": inhabitants,
                "per_child": amount / len(plan.case.years) / inhabitants,
                "coverage": _last_year(plan, [])["coverage"].iloc[0],
            }
        )
    return pd.DataFrame(rows)


def funds(plans: Plans) -> pd.DataFrame:
    """Columns scenario, fund, year, ceiling, carried_in, spent, carried_out, lapsed."""
    return _joined(plan.funds for plan in every(plans))


def programme_coverage(plans: Plans) -> pd.DataFrame:
    """The last year: scenario, programme, need, reached, coverage, coverage_remote, coverage_rest."""
    return _joined(_programme_coverage(plan) for plan in every(plans))


def projects(plans: Plans) -> pd.DataFrame:
    """Each project that a plan chooses: the columns of `Plan.projects`, opening, last and running_year."""
    return _joined(projects_of(plan) for plan in every(plans))


def project_money(plans: Plans) -> pd.DataFrame:
    """Columns scenario, project, year, kind (building or running), amount; also the years after the plan."""
    return _joined(project_money_of(plan) for plan in every(plans))


def targets(plans: Plans) -> pd.DataFrame:
    """The targets of the plans with the priority that table targets gives them."""
    parts = []
    for plan in every(plans):
        priority = plan.case.tables["targets"].set_index("target")["priority"]
        table = plan.targets.copy()
        table.insert(table.columns.get_loc("level"), "priority", table["target"].map(priority))
        parts.append(table)
    return _joined(parts)


def money_by_status(plans: Plans) -> pd.DataFrame:
    """Columns scenario, status, amount, money_share: money by the status of the unit cost or project that prices it."""
    return _joined(_money_by_status(plan) for plan in every(plans))


def ratio(part: pd.Series, whole: pd.Series) -> pd.Series:
    """part / whole, NaN where there is no whole."""
    return part / whole.where(whole != 0)


def _joined(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(list(parts), ignore_index=True)


def _groups(case: Case) -> pd.DataFrame:
    """Columns area, class, group."""
    table = case.tables["areas"][["area", "class"]]
    return table.assign(group=np.where(case.remote, *GROUPS))


def _summed(case: Case, by: Sequence[str], placed: Mapping[str, Array], sums: Mapping[str, Array]) -> pd.DataFrame:
    """Columns scenario, *by and the `sums` (rows,) of each group, groups in the order of their first rows.

    `placed` (rows,) says at which area, programme, fund and year of the case a row stands.
    """
    group, names = np.zeros(len(next(iter(sums.values()))), np.int64), {}
    for name in by:
        code, names[name] = _coded(case, name, placed)
        group = group * len(names[name]) + code
    place, found = pd.factorize(group)
    columns = {}
    for name in reversed(by):
        columns[name], found = names[name].take(found % len(names[name])), found // len(names[name])
    added = {name: np.bincount(place, values, len(found)) for name, values in sums.items()}
    ordered = {name: columns[name] for name in by}
    return pd.DataFrame({"scenario": [case.scenario.name] * len(found)} | ordered | added)


def _coded(case: Case, name: str, placed: Mapping[str, Array]) -> tuple[Array, pd.Index]:
    """(rows,) the number of each row's area, programme, year, fund, or of what is known of it; and what is numbered."""
    own = {"area": case.areas, "programme": case.programmes, "fund": case.funds, "year": pd.Index(case.years)}
    if name in own:
        return placed[name], pd.Index(own[name])
    of = "programme" if name in case.tables["programmes"] else "area"
    code, known = pd.factorize((case.tables["programmes"] if of == "programme" else _groups(case))[name])
    return code[placed[of]], pd.Index(known)


@once
def _money(plan: Plan, by: tuple[str, ...]) -> pd.DataFrame:
    case, lines = plan.case, plan.lines
    a, p = case.pairs(lines)
    placed = {"area": a, "programme": p, "year": lines["year"].to_numpy() - case.years[0]}
    if "fund" in by:
        placed["fund"] = places(case.funds, lines["fund"])
    return _summed(case, by, placed, {"amount": lines["amount"].to_numpy()})


@once
def _coverage(plan: Plan, by: tuple[str, ...], year: int | None = None) -> pd.DataFrame:
    """What `coverage` adds up, in all years or in one."""
    case = plan.case
    years = slice(None) if year is None else [case.years.index(year)]
    at = np.arange(math.prod(case.shape)).reshape(case.shape)[..., years].ravel()
    placed = dict(zip(("area", "programme", "year"), np.unravel_index(at, case.shape), strict=True))
    units = {name: plan.coverage[name].to_numpy()[at] for name in ("need", "reached")}
    each = case.tables["programmes"]["children_per_unit"].to_numpy(float)[placed["programme"]]
    children = {"children_needed": units["need"] * each, "children_served": units["reached"] * each}
    return _summed(case, by, placed, units | children)


def _last_year(plan: Plan, by: list[str]) -> pd.DataFrame:
    table = _coverage(plan, tuple(by), plan.case.years[-1])
    return table.assign(coverage=ratio(table["children_served"], table["children_needed"]))


@once
def _areas(plan: Plan) -> pd.DataFrame:
    case = plan.case
    table = _groups(case).assign(children=case.children, baseline=case.baseline.sum(axis=1))
    table.insert(0, "scenario", case.scenario.name)
    amount = money(plan, ["area"]).set_index("area")["amount"]
    table["amount"] = table["area"].map(amount).fillna(0.0)
    table["yearly"] = table["amount"] / len(case.years)
    table["per_child"] = table["yearly"] / table["children"]
    table["coverage"] = table["area"].map(_last_year(plan, ["area"]).set_index("area")["coverage"])
    table["change"] = table["yearly"] - table["baseline"]
    return table


@once
def _remote_against_rest(plan: Plan, yearly: bool) -> pd.DataFrame:
    years = ["year"] if yearly else []
    cells = [(name, year) for year in plan.case.years for name in GROUPS] if yearly else [(name,) for name in GROUPS]
    table = pd.DataFrame(cells, columns=["group", *years])
    table.insert(0, "scenario", plan.case.scenario.name)
    keys = ["scenario", "group", *years]
    table = table.merge(money(plan, keys[1:]), on=keys, how="left").fillna({"amount": 0.0})
    whole = table.groupby(years)["amount"].transform("sum") if yearly else table["amount"].sum()
    table["money_share"] = table["amount"] / whole
    inhabitants = pd.Series(plan.case.children).groupby(np.where(plan.case.remote, *GROUPS)).sum()
    table["children"] = table["group"].map(inhabitants).fillna(0.0)
    table["children_share"] = table["children"] / inhabitants.sum()
    table["per_child"] = ratio(table["amount"], table["children"]) / (1 if yearly else len(plan.case.years))
    covered = coverage(plan, keys[1:]) if yearly else _last_year(plan, ["group"])
    return table.merge(covered[[*keys, "coverage"]], on=keys, how="left")


@once
def _programme_coverage(plan: Plan) -> pd.DataFrame:
    table = _last_year(plan, ["programme"])[["scenario", "programme", "need", "reached", "coverage"]]
    groups = _last_year(plan, ["programme", "group"]).pivot(index="programme", columns="group", values="coverage")
    groups = groups.reindex(columns=GROUPS).add_prefix("coverage_")
    return table.merge(groups, left_on="programme", right_index=True, how="left")


@once
def _money_by_status(plan: Plan) -> pd.DataFrame:
    case, built, statuses = plan.case, money_of_cells(plan), pd.Index(STATUSES)
    costs, priced = case.tables["unit_costs"], np.full((len(case.programmes), len(case.classes)), -1)
    at = case.programmes.get_indexer(costs["programme"]), case.classes.get_indexer(costs["class"])
    priced[at] = statuses.get_indexer(costs["status"])
    (a, p), (b, q), own = case.pairs(plan.lines), case.pairs(built), built["amount"].to_numpy()
    by_unit_costs = priced[np.concatenate([p, q]), case.area_class[np.concatenate([a, b])]]
    status = np.concatenate([by_unit_costs, statuses.get_indexer(built["status"])])
    amount = np.concatenate([plan.lines["amount"], -own, own])[status >= 0]
    status = status[status >= 0]
    table = pd.DataFrame(
        {
            "scenario": case.scenario.name,
            "status": statuses,
            "amount": np.bincount(status, amount, len(statuses)).clip(min=0),
        }
    )
    table = table[np.bincount(status, minlength=len(statuses)) > 0].sort_values("status", ignore_index=True)
    return table.assign(money_share=table["amount"] / table["amount"].sum())
