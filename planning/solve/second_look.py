"""A second look at a plan in plain pandas, as a reader would take it.

It takes the tables of the inputs and of the plan and shares no code with the model: need, cost, coverage, money and
every rule are worked out again from the CSV columns. What holds always stands here; the looks at rules are in looks.py
and fair_looks.py.
"""

import numpy as np
import pandas as pd

from planning.inputs.case import Case
from planning.solve import fair_looks, looks
from planning.solve.described import Outcome, cells_of, described_cells, described_lines, worst

LOOKS = looks.LOOKS | fair_looks.LOOKS
Check = tuple[str, float]


def recheck(case: Case, outcome: Outcome) -> tuple[float, list[Check]]:
    """The goal *reach* and, for each rule, the largest excess over its level as a share of that level."""
    cells = described_cells(case, outcome)
    checks: list[Check] = [
        ("eligibility", _forbidden(case, outcome.lines)),
        ("need", _beyond_need(cells)),
        ("coverage", _misstated(case, cells, outcome.coverage)),
        ("capacity", _beyond_capacity(cells)),
        ("started", _wrongly_started(case, outcome.projects)),
        ("fund_ceiling", _overspent(case, outcome.lines)),
    ]
    for name, look in LOOKS.items():
        rule = getattr(case.scenario.rules, name)
        for entry in rule if isinstance(rule, list) else [rule]:
            if entry != "off" and getattr(entry, "strength", "hard") in ("hard", "as_stated"):
                checks.append((name, look(case, cells, outcome, entry)))
    return _reach(case, cells), checks


def _reach(case: Case, cells: pd.DataFrame) -> float:
    """Weighted child-years reached over the same with every need met, bands filled from the most effective down."""
    bands = case.tables["bands"].sort_values(["programme", "band"])
    bands = bands.assign(low=bands.groupby("programme")["share"].cumsum() - bands["share"])
    objective, programme, kind = case.scenario.objective, cells["programme"].cat, cells["class"].cat
    weights = np.array([objective.class_weights.get(name, 1.0) for name in kind.categories])
    worth = (cells["weight"] * cells["children_per_unit"]).to_numpy(float) * weights[kind.codes]
    worth /= (1 + objective.discount) ** (cells["year"].to_numpy(float) - case.years[0])
    standing, need = (cells[name].to_numpy(float) for name in ("standing", "need"))
    done = everything = 0.0
    for _band, steps in bands.groupby("band"):
        steps = steps.set_index("programme")[["low", "share", "effect"]].reindex(programme.categories, fill_value=0.0)
        low, share, effect = steps.to_numpy(float)[programme.codes].T
        done += float((worth * effect * (standing - low * need).clip(0, share * need)).sum())
        everything += float((worth * effect * share * need).sum())
    return done / everything if everything else 0.0


def _forbidden(case: Case, lines: pd.DataFrame) -> float:
    """Share of the money in lines that no row of table eligibility allows."""
    described = described_lines(case, lines).groupby(["fund", "programme", "class"], observed=True)["amount"].sum()
    known = case.tables["programmes"][["programme", "field", "cost_type"]]
    described = described.reset_index().astype({"programme": str, "class": str}).merge(known, on="programme")
    table, allowed = case.tables["eligibility"], np.ones((len(described), len(case.tables["eligibility"])), bool)
    for column in ("fund", "programme", "field", "class", "cost_type"):
        limit = table[column].to_numpy(object)
        allowed &= (described[column].to_numpy(object)[:, None] == limit) | (limit == "all")
    total = described["amount"].sum()
    return float(described.loc[~allowed.any(axis=1), "amount"].sum() / total) if total else 0.0


def _beyond_need(cells: pd.DataFrame) -> float:
    return float(((cells["standing"] - cells["need"]) / cells["need"].clip(lower=1.0)).max())


def _misstated(case: Case, cells: pd.DataFrame, coverage: pd.DataFrame) -> float:
    """What the plan's own table of coverage says is reached, against what its money pays for."""
    if coverage.empty:
        return 0.0
    cell = cells_of(case, coverage)
    standing, need = (cells[name].to_numpy()[cell[cell >= 0]] for name in ("standing", "need"))
    return worst(np.abs(coverage["reached"].to_numpy()[cell >= 0] - standing) / np.maximum(need, 1.0))


def _beyond_capacity(cells: pd.DataFrame) -> float:
    """Units beyond what exists and is open, and money of programmes that projects deliver that no project explains."""
    limited = cells[cells["limited"]]
    built = limited[limited["cost_type"] == "capital"]
    over = (limited["standing"] - limited["capacity"]) / limited["capacity"].clip(lower=1.0)
    unpaid = (built["amount"] - built["project_money"]).abs() / built["amount"].clip(lower=1.0)
    unrun = (cells["project_money"] - cells["amount"]) / cells["project_money"].clip(lower=1.0)
    return worst(pd.concat([over, unpaid, unrun]))


def _wrongly_started(case: Case, chosen: pd.DataFrame) -> float:
    """Number of projects that are started twice, in part, outside their years, out of order, or against their stage."""
    table = case.tables.get("projects")
    if table is None:
        return float(len(chosen))
    share = chosen.groupby("project")["share"].sum().reindex(table["project"], fill_value=0.0)
    described = table.set_index("project")
    bound, never = described["stage"].isin(["ongoing", "must"]), described["stage"] == "never"
    wrong = [*(share - 1), *(1 - share[bound]), *share[never]]
    if not case.scenario.rules.projects.divisible:
        wrong += [*(1 - chosen["share"]), *(share % 1).where(share % 1 < 0.5, 1 - share % 1)]
    for start in chosen.to_dict("records"):
        project = described.loc[start["project"]]
        begun = chosen[chosen["start"] <= max(start["start"], case.years[0])].groupby("project")["share"].sum()
        wrong.append(float(not project["earliest"] <= start["start"] <= project["latest"]))
        wrong.append(float(start["start"] < case.years[0] and project["stage"] != "ongoing"))
        if project["excludes"]:
            wrong.append(share[start["project"]] + share[project["excludes"]] - 1)
        if project["requires"]:
            wrong.append(begun[start["project"]] - begun.get(project["requires"], 0.0))
    return worst(wrong)


def _overspent(case: Case, lines: pd.DataFrame) -> float:
    """Largest overspending of any purse, spending as late as carry-over allows: what is left over moves on, capped."""
    funds = case.tables["funds"]
    shares = case.tables.get("fund_shares")
    held = set() if shares is None else set(shares["fund"])
    most = 0.0
    spent = lines.assign(area=lines["area"].where(lines["fund"].isin(held), ""))
    spent = spent.groupby(["fund", "area", "year"])["amount"].sum()
    for fund, rows in funds[funds["year"].isin(case.years)].sort_values("year").groupby("fund"):
        parts = {"": 1.0}
        if shares is not None and fund in held:
            own = shares[shares["fund"] == fund]
            parts = dict(zip(own["area"], own["share"], strict=True))
        for area, part in parts.items():
            left = 0.0
            for year, ceiling, carry in zip(rows["year"], rows["ceiling"] * part, rows["carry_over"], strict=True):
                balance = ceiling + left - spent.get((fund, area, year), 0.0)
                most = max(most, -balance / max(ceiling, 1.0))
                left = min(max(balance, 0.0), carry * ceiling)
    return most
