"""The same model as a PuLP tutorial would write it: a variable for each fund, area, programme and year.

It shares nothing with `planning.model` but the case, so it is both the peer that `benchmarks/spine.py` times and an
oracle for the tests. Units are natural (shares of needs and ceilings) so that the comparison is with right answers.
"""

import numpy as np
import pulp

from planning.inputs.case import Case
from planning.vocabulary import ALL


def solve_plain(case: Case) -> dict[str, float]:
    """The best values of the goals *targets* and *reach*, one after the other.

    Rules: targets, remote_share, per_child_floor, stability, each hard except targets as their rows say.
    """
    problem = pulp.LpProblem("plain", pulp.LpMaximize)
    reach, missed = _write(problem, case)
    values = {}
    for name, goal in (("targets", missed), ("reach", reach)):
        if goal is None:
            continue
        problem.setObjective(goal)
        status = problem.solve(pulp.HiGHS(msg=False, output_flag=False)).status_str
        if status != "Optimal":
            raise RuntimeError(f"plain model: {name} ended {status}")
        values[name] = pulp.value(goal)
        problem.addConstraint(goal >= values[name] - 1e-9, f"hold_{name}")
    return values


def _write(problem: pulp.LpProblem, case: Case) -> tuple:
    areas, programmes, years = (range(n) for n in case.shape)
    bands = [[s for s, share in enumerate(row) if share > 0] for row in case.band_share]
    need, cost = case.need, case.unit_cost
    cells = [(a, p, t) for a in areas for p in programmes for t in years if need[a, p, t] > 0]
    served = {
        (a, p, t, s): problem.add_variable(f"y_{a}_{p}_{t}_{s}", 0, case.band_share[p, s])
        for a, p, t in cells
        for s in bands[p]
    }
    full = {(a, p, t): need[a, p, t] * cost[a, p, t] for a, p, t in cells}
    money = {cell: full[cell] * pulp.lpSum(served[(*cell, s)] for s in bands[cell[1]]) for cell in cells}
    _funds(problem, case, cells, full, money)
    for a in areas:
        for p in programmes:
            if case.capital[p] and need[a, p, 0] > 0:
                for s in bands[p]:
                    problem += pulp.lpSum(served[a, p, t, s] for t in years) <= case.band_share[p, s]
    units = {}
    for a, p, t in cells:
        start = 0 if case.capital[p] else t
        units[a, p, t] = need[a, p, t] * pulp.lpSum(served[a, p, u, s] for u in range(start, t + 1) for s in bands[p])
    _fairness(problem, case, cells, money)
    missed = _targets(problem, case, units)
    worth = case.worth[:, :, None] * need
    everything = sum(
        worth[a, p, t] * case.band_share[p, s] * case.band_effect[p, s] for a, p, t in cells for s in bands[p]
    )
    gain = {
        (a, p, t, s): worth[a, p, t] * case.band_effect[p, s] * (len(years) - t if case.capital[p] else 1) / everything
        for a, p, t, s in served
    }
    return pulp.lpSum(gain[key] * variable for key, variable in served.items()), missed


def _funds(problem, case, cells, full, money) -> None:
    paid: dict = {cell: [] for cell in cells}
    years = len(case.years)
    for h, (f, holder) in enumerate(case.purses.to_numpy()):
        kept = [
            problem.add_variable(f"keep_{h}_{t}", 0, case.carry_over[h, t] if t + 1 < years else 0)
            for t in range(years)
        ]
        for t in range(years):
            spent = []
            for a, p, u in cells:
                if u == t and case.eligible[f, a, p] and holder in (-1, a):
                    share = problem.add_variable(f"x_{h}_{a}_{p}_{t}", 0)
                    paid[a, p, t].append(share * full[a, p, t])
                    spent.append(share * full[a, p, t])
            ceiling = case.ceiling[h, t]
            carried_in = kept[t - 1] * case.ceiling[h, t - 1] if t else 0
            problem += pulp.lpSum(spent) + kept[t] * ceiling - carried_in <= ceiling
    for cell in cells:
        problem += (pulp.lpSum(paid[cell]) - money[cell]) * (1 / full[cell]) == 0


def _fairness(problem, case, cells, money) -> None:
    rules = case.scenario.rules
    by_area: dict = {}
    for cell in cells:
        by_area.setdefault((cell[0], cell[2]), []).append(money[cell])
    for t, year in enumerate(case.years):
        if rules.remote_share != "off":
            share = rules.remote_share.share
            share = share[year] if isinstance(share, dict) else share
            total = pulp.lpSum(m for (a, u), some in by_area.items() if u == t for m in some)
            remote = pulp.lpSum(m for (a, u), some in by_area.items() if u == t and case.remote[a] for m in some)
            problem += (remote - share * total) * 1e-6 >= 0
    for (a, _), some in by_area.items():
        if rules.per_child_floor != "off":
            least = rules.per_child_floor.amount * case.children[a]
            problem += pulp.lpSum(some) * (1 / least) >= 1
        if rules.stability != "off":
            before = case.baseline[a].sum()
            problem += pulp.lpSum(some) * (1 / before) >= 1 - rules.stability.decrease
            if rules.stability.increase is not None:
                problem += pulp.lpSum(some) * (1 / before) <= 1 + rules.stability.increase


def _targets(problem, case, units):
    if case.scenario.rules.targets == "off":
        return None
    table = case.tables["targets"]
    soft = table["strength"] == "soft"
    total = table.loc[soft, "weight"].sum()
    missed = []
    for target in table[table["strength"] != "report"].to_dict("records"):
        p, t = case.programmes.get_loc(target["programme"]), case.years.index(target["year"])
        inside = np.ones(len(case.areas), dtype=bool)
        for column in ("class", "area"):
            if target[column] != ALL:
                inside &= (case.tables["areas"][column] == target[column]).to_numpy()
        chosen = [a for a in np.flatnonzero(inside) if (a, p, t) in units]
        needed = sum(case.need[a, p, t] for a in chosen)
        short = 0
        if target["strength"] == "soft":
            short = problem.add_variable(f"short_{target['target']}", 0, 1)
            missed.append(short * (-target["weight"] / total))
        reached = pulp.lpSum(units[a, p, t] for a in chosen) * (1 / (target["coverage"] * needed))
        problem += reached + short >= 1
    return pulp.lpSum(missed)
