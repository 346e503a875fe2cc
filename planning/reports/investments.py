"""What the projects of one plan cost, year by year, also after the plan: the figures behind their tables and pictures.

Money in million VND at the prices of each year. Building and running within the plan are those that the model counts
(`Case.starts`); the years after it go on by the same table and growth.
"""

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.inputs.codes import places
from planning.reports.once import once
from planning.solver.plan import Plan

PARTS = ["first_year", "second_year", "third_year"]
MONEY = ["building", "running", "unfinished", "tail"]


@once
def projects_of(plan: Plan) -> pd.DataFrame:
    """Each chosen start as `Plan.projects` has it, in the order of its programmes, with opening, last, running_year.

    `opening` and `last` are the first and the last year of service, `running_year` what running costs in the first.
    """
    case, table = plan.case, _with_given(plan)
    first = table["running_cost"] * _growth(table, table["opening"].to_numpy(float)[:, None])[:, 0] * table["share"]
    order = np.lexsort((table["start"], case.programmes.get_indexer(table["programme"])))
    table = table[[*plan.projects.columns, "opening", "last"]].assign(running_year=first)
    return table.iloc[order].reset_index(drop=True).astype({"programme": object})


@once
def project_money_of(plan: Plan) -> pd.DataFrame:
    """Columns scenario, project, year, kind (building, running), amount: all years from the plan's first."""
    case, table = plan.case, _with_given(plan)
    if table.empty:
        return pd.DataFrame(columns=["scenario", "project", "year", "kind", "amount"]).astype({"amount": float})
    last = max(int(table["last"].max()), case.years[-1])
    years = np.arange(case.years[0], last + 1)
    since = years - table["start"].to_numpy(int)[:, None]
    at_price = _growth(table, years)
    paid = np.where(
        (since >= 0) & (since < len(PARTS)),
        np.take_along_axis(table[PARTS].to_numpy(float), np.clip(since, 0, len(PARTS) - 1), axis=1),
        0.0,
    )
    serving = (years >= table["opening"].to_numpy()[:, None]) & (years <= table["last"].to_numpy()[:, None])
    share = table["share"].to_numpy()[:, None]
    parts = []
    for kind, cost, when in (("building", "cost", paid), ("running", "running_cost", serving)):
        amount = table[cost].to_numpy(float)[:, None] * at_price * when * share
        j, t = np.nonzero(amount)
        rows = {"project": table["project"].to_numpy()[j], "year": years[t], "kind": kind, "amount": amount[j, t]}
        parts.append(pd.DataFrame(rows))
    whole = pd.concat(parts, ignore_index=True)
    whole.insert(0, "scenario", case.scenario.name)
    return whole


@once
def not_chosen_of(plan: Plan) -> pd.DataFrame:
    """The projects that the plan leaves, as table projects has them, in the order of their programmes."""
    table = plan.case.projects
    table = table[~table["project"].isin(plan.projects["project"])]
    table = table.assign(scenario=plan.case.scenario.name)
    return table.sort_values("p", kind="stable").reset_index(drop=True)


@once
def money_of_cells(plan: Plan) -> pd.DataFrame:
    """Columns area, programme, year, status, amount: what projects add to the cells of the plan, by their status."""
    case, table = plan.case, project_money_of(plan)
    table = table[table["year"] <= case.years[-1]]
    given = case.projects.iloc[places(case.projects["project"], table["project"])]
    programme = given["programme"].where((table["kind"] == "building").to_numpy(), given["running_programme"])
    columns = {"area": given["area"].array, "programme": programme.array, "year": table["year"].array}
    return pd.DataFrame(columns | {"status": given["status"].array, "amount": table["amount"].array})


def named(plan: Plan) -> pd.DataFrame:
    """`projects_of` with the names of project, area and programme in both languages beside their codes, for a file."""
    table, case = projects_of(plan), plan.case
    for column in ("project", "area", "programme"):
        at = table.columns.get_loc(column) + 1
        for language in ("en", "vi"):
            known = case.labels(language)[column]
            names = [known[code] for code in table[column].tolist()]
            table.insert(at, f"{column}_{language}", pd.Series(names, table.index, dtype=object))
    return table


def capacities_of(case: Case) -> pd.DataFrame:
    """Each capacity-limited programme: need of the last year, existing, what projects could add, and room for need.

    Projects that are never built add nothing; those that exclude each other are both counted.
    """
    p = np.flatnonzero(case.limited)
    allowed = (case.projects["stage"] != "never").to_numpy()
    effects = case.effects[allowed[case.effects["project"].to_numpy(int)]]
    added = effects.groupby("programme")["capacity"].sum().reindex(p, fill_value=0.0).to_numpy(float)
    need = case.need[:, p, -1].sum(axis=0)
    existing = case.existing[:, p].sum(axis=0)
    table = pd.DataFrame({"scenario": case.scenario.name, "programme": case.programmes[p], "need": need})
    table["existing"], table["proposed"] = existing, added
    table["room"] = np.minimum(np.divide(existing + added, need, out=np.full(p.size, np.nan), where=need > 0), 1.0)
    return table


@once
def _with_given(plan: Plan) -> pd.DataFrame:
    """The chosen starts with what table projects says of them, and their first and last year of service."""
    given, at = plan.case.projects, places(plan.case.projects["project"], plan.projects["project"])
    columns = ["cost", "price_year", "growth", *PARTS, "delay", "life", "running_cost"]
    table = pd.DataFrame(dict(plan.projects.items()) | {name: given[name].array[at] for name in columns})
    opening = table["start"] + table["delay"]
    return table.assign(opening=opening, last=opening + table["life"] - 1)


def _growth(table: pd.DataFrame, years: Array) -> Array:
    """(n, k) what the prices of n projects have grown to in years (k,) or (n, k)."""
    growth, since = (table[name].to_numpy(float)[:, None] for name in ("growth", "price_year"))
    return (1 + growth) ** (years - since)
