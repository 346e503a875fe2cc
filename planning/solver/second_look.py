"""A second look at a plan in plain pandas, as a reader would take it.

It takes the tables of the inputs and of the plan and shares no code with the model: need, cost, coverage, money and
every rule are worked out again from the CSV columns. What holds always stands here; the looks at rules are in looks.py
and fair_looks.py.
"""

import numpy as np
import pandas as pd

from planning.inputs.case import Case
from planning.inputs.codes import records
from planning.solver import fair_looks, looks
from planning.solver.described import Outcome, cells_of, described_cells, described_lines, worst

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
    number, numbers = bands["band"].factorize(sort=True)
    steps = np.zeros((len(numbers), len(programme.categories), 3))
    steps[number, programme.categories.get_indexer(bands["programme"])] = bands[["low", "share", "effect"]]
    done = everything = 0.0
    for low, share, effect in steps[:, programme.codes].transpose(0, 2, 1):
        done += float((worth * effect * (standing - low * need).clip(0, share * need)).sum())
        everything += float((worth * effect * share * need).sum())
    return done / everything if everything else 0.0


def _forbidden(case: Case, lines: pd.DataFrame) -> float:
    """Share of the money in lines that no row of table eligibility allows."""
    described, programmes = described_lines(case, lines), case.tables["programmes"]
    fund, programme, kind = (described[name].cat for name in ("fund", "programme", "class"))
    by_fund, by_class = _open_to(case, "fund", fund.categories), _open_to(case, "class", kind.categories)
    by_programme = np.logical_and.reduce(
        [_open_to(case, column, programmes[column]) for column in ("programme", "field", "cost_type")]
    )
    allowed = (by_fund[:, None, None] & by_programme[:, None] & by_class).any(axis=3)
    amount = described["amount"].to_numpy()
    total = amount.sum()
    return float(amount[~allowed[fund.codes, programme.codes, kind.codes]].sum() / total) if total else 0.0


def _open_to(case: Case, column: str, codes: pd.Index | pd.Series) -> np.ndarray:
    """(codes, rows of table eligibility) True where the row's column names the code, or all."""
    limit = case.tables["eligibility"][column].to_numpy(object)
    return (codes.to_numpy(object)[:, None] == limit) | (limit == "all")


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
    limited = cells.loc[cells["limited"], ["cost_type", "standing", "capacity", "amount", "project_money"]]
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
    told = ("project", "stage", "earliest", "latest", "excludes", "requires")
    described = {project["project"]: project for project in records(table, *told)}
    share = dict.fromkeys(described, 0.0) | _shares(chosen)
    wrong = [some - 1 for some in share.values()]
    wrong += [1 - share[name] for name, project in described.items() if project["stage"] in ("ongoing", "must")]
    wrong += [share[name] for name, project in described.items() if project["stage"] == "never"]
    if not case.scenario.rules.projects.divisible:
        wrong += [*(1 - chosen["share"]), *(min(some % 1, 1 - some % 1) for some in share.values())]
    begins = {max(year, case.years[0]) for year in chosen["start"].tolist()}
    by_year = {year: _shares(chosen[chosen["start"] <= year]) for year in begins}
    for start in records(chosen):
        project, begun = described[start["project"]], by_year[max(start["start"], case.years[0])]
        wrong.append(float(not project["earliest"] <= start["start"] <= project["latest"]))
        wrong.append(float(start["start"] < case.years[0] and project["stage"] != "ongoing"))
        if project["excludes"]:
            wrong.append(share[start["project"]] + share[project["excludes"]] - 1)
        if project["requires"]:
            wrong.append(begun[start["project"]] - begun.get(project["requires"], 0.0))
    return worst(wrong)


def _shares(chosen: pd.DataFrame) -> dict[str, float]:
    """The share of each project that is started, all its starts together."""
    shares: dict[str, float] = {}
    for name, share in zip(chosen["project"].tolist(), chosen["share"].tolist(), strict=True):
        shares[name] = shares.get(name, 0.0) + share
    return shares


def _overspent(case: Case, lines: pd.DataFrame) -> float:
    """Largest overspending of any purse, spending as late as carry-over allows: what is left over moves on, capped."""
    held: dict[str, dict[str, float]] = {}
    if (shares := case.tables.get("fund_shares")) is not None:
        for fund, area, share in zip(*(shares[name].tolist() for name in ("fund", "area", "share")), strict=True):
            held.setdefault(fund, {})[area] = share
    spent = lines.assign(area=lines["area"].where(lines["fund"].isin(held), "") if held else "")
    spent = spent.groupby(["fund", "area", "year"], sort=False)["amount"].sum().to_dict()
    funds = case.tables["funds"].sort_values(["fund", "year"])
    columns = [funds[name].tolist() for name in ("fund", "year", "ceiling", "carry_over")]
    rows = [row for row in zip(*columns, strict=True) if row[1] in case.years]
    most = 0.0
    left: dict[tuple[str, str], float] = {}
    for fund, year, full, carry in rows:
        for area, part in held.get(fund, {"": 1.0}).items():
            ceiling = full * part
            balance = ceiling + left.get((fund, area), 0.0) - spent.get((fund, area, year), 0.0)
            most = max(most, -balance / max(ceiling, 1.0))
            left[fund, area] = min(max(balance, 0.0), carry * ceiling)
    return most
