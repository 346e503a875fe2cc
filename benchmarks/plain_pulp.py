"""The same model as a PuLP tutorial would write it: a variable for each fund, area, programme and year.

It shares nothing with `planning.model` but the case, so it is both the peer that `benchmarks/spine.py` times and an
oracle for the tests. Units are natural (shares of needs and ceilings) so that the comparison is with right answers.
"""

import numpy as np
import pandas as pd
import pulp

from planning.inputs.case import Case
from planning.vocabulary import ALL

GAP = 1e-7


def solve_plain(case: Case) -> dict[str, float]:
    """The best values of the goals *targets* (one for each priority) and *reach*, one after the other.

    Rules: targets, remote_share (one share, or one for each year), per_child_floor, stability, each hard except targets
    as their rows say; projects with all that table projects states, per_area and per_year.
    """
    problem = pulp.LpProblem("plain", pulp.LpMaximize)
    reach, missed = _write(problem, case)
    values = {}
    for name, goal in (*missed.items(), ("reach", reach)):
        problem.setObjective(goal)
        status = problem.solve(pulp.HiGHS(msg=False, output_flag=False, gapRel=GAP)).status_str
        if status != "Optimal":
            raise RuntimeError(f"plain model: {name} ended {status}")
        values[name] = pulp.value(goal)
        problem.addConstraint(goal >= values[name] - 1e-9, f"hold_{name}")
    return values


def _write(problem: pulp.LpProblem, case: Case) -> tuple:
    areas, programmes, years = (range(n) for n in case.shape)
    bands = [[s for s, share in enumerate(row) if share > 0] for row in case.band_share]
    need = case.need
    cells = [(a, p, t) for a in areas for p in programmes for t in years if need[a, p, t] > 0]
    served = {
        (a, p, t, s): problem.add_variable(f"y_{a}_{p}_{t}_{s}", 0, case.band_share[p, s])
        for a, p, t in cells
        for s in bands[p]
    }
    part = {cell: pulp.lpSum(served[(*cell, s)] for s in bands[cell[1]]) for cell in cells}
    spending, capacity = _projects(problem, case)
    money = {
        (a, p, t): need[a, p, t] * case.unit_cost[a, p, t] * part[a, p, t]
        for a, p, t in cells
        if not (case.capital[p] and case.limited[p])
    }
    for cell, terms in spending.items():
        money[cell] = pulp.lpSum([money.get(cell, 0), *terms])
    money = {cell: amount for cell, amount in money.items() if len(amount)}
    _funds(problem, case, money)
    units = {}
    for a, p, t in cells:
        builds = case.capital[p] and not case.limited[p]
        if builds and t == 0:
            for s in bands[p]:
                problem += pulp.lpSum(served[a, p, u, s] for u in years) <= case.band_share[p, s]
        units[a, p, t] = need[a, p, t] * pulp.lpSum(part[a, p, u] for u in range(0 if builds else t, t + 1))
        if case.limited[p]:
            room = pulp.lpSum(capacity.get((a, p, t), [])) * (1 / need[a, p, t])
            problem += part[a, p, t] - room <= case.existing[a, p] / need[a, p, t]
    _fairness(problem, case, money)
    missed = _targets(problem, case, units)
    worth = case.worth[:, :, None] * need
    everything = sum(
        worth[a, p, t] * case.discount[t] * case.band_share[p, s] * case.band_effect[p, s]
        for a, p, t in cells
        for s in bands[p]
    )
    gain = {
        (a, p, t, s): worth[a, p, t]
        * case.band_effect[p, s]
        * (sum(case.discount[t:]) if case.capital[p] and not case.limited[p] else case.discount[t])
        / (everything or 1.0)
        for a, p, t, s in served
    }
    return pulp.lpSum(gain[key] * variable for key, variable in served.items()), missed


def _projects(problem: pulp.LpProblem, case: Case) -> tuple[dict, dict]:
    """A binary for each project and year of start. Money and added capacity by cell, as lists of terms."""
    table = case.tables.get("projects", pd.DataFrame())
    kind = pulp.LpContinuous if case.scenario.rules.projects.divisible else pulp.LpBinary
    begun: dict[str, dict[int, pulp.LpVariable]] = {}
    money: dict[tuple, list] = {}
    capacity: dict[tuple, list] = {}
    for j in table.to_dict("records"):
        first = j["earliest"] if j["stage"] == "ongoing" else max(j["earliest"], case.years[0])
        last = min(j["latest"], case.years[-1]) if j["stage"] != "never" else first - 1
        begun[j["project"]] = {
            year: problem.add_variable(f"z_{j['project']}_{year}", 0, 1, kind) for year in range(first, last + 1)
        }
        effects = case.tables["project_effects"]
        effects = effects[effects["project"] == j["project"]].to_dict("records")
        a = case.areas.get_loc(j["area"])
        p, running_p = (case.programmes.get_loc(j[name]) for name in ("programme", "running_programme"))
        for start, z in begun[j["project"]].items():
            for t, year in enumerate(case.years):
                price = (1 + j["growth"]) ** (year - j["price_year"])
                since = year - start
                if 0 <= since <= 2:
                    paid = j["cost"] * price * (j["first_year"], j["second_year"], j["third_year"])[since]
                    money.setdefault((a, p, t), []).append(paid * z)
                if 0 <= since - j["delay"] < j["life"]:
                    money.setdefault((a, running_p, t), []).append(j["running_cost"] * price * z)
                    for effect in effects:
                        cell = (a, case.programmes.get_loc(effect["programme"]), t)
                        capacity.setdefault(cell, []).append(effect["capacity"] * z)
    _choices(problem, case, table, begun)
    return money, capacity


def _choices(problem, case, table, begun) -> None:
    limits = case.scenario.rules.projects
    for j in table.to_dict("records"):
        ever = pulp.lpSum(begun[j["project"]].values())
        if j["stage"] in ("ongoing", "must"):
            problem += ever == 1
        elif j["stage"] != "never":
            problem += ever <= 1
        if j["excludes"]:
            problem += ever + pulp.lpSum(begun[j["excludes"]].values()) <= 1
        if j["requires"]:
            for year in case.years:
                own, other = (
                    pulp.lpSum(z for start, z in begun[code].items() if start <= year)
                    for code in (j["project"], j["requires"])
                )
                problem += own - other <= 0
    if limits.per_area is not None:
        for _, group in table.groupby("area"):
            starts = [z for code in group["project"] for year, z in begun[code].items() if year >= case.years[0]]
            problem += pulp.lpSum(starts) <= limits.per_area
    if limits.per_year is not None:
        for year in case.years:
            problem += pulp.lpSum(some[year] for some in begun.values() if year in some) <= limits.per_year


def _funds(problem, case, money) -> None:
    paid: dict = {cell: [] for cell in money}
    full = {cell: sum(abs(v) for v in amount.values()) for cell, amount in money.items()}
    years = len(case.years)
    for h, (f, holder) in enumerate(case.purses.to_numpy()):
        kept = [
            problem.add_variable(f"keep_{h}_{t}", 0, case.carry_over[h, t] if t + 1 < years else 0)
            for t in range(years)
        ]
        for t in range(years):
            spent = []
            for a, p, u in money:
                if u == t and case.eligible[f, a, p] and holder in (-1, a):
                    share = problem.add_variable(f"x_{h}_{a}_{p}_{t}", 0)
                    paid[a, p, t].append(share * full[a, p, t])
                    spent.append(share * full[a, p, t])
            ceiling = case.ceiling[h, t]
            carried_in = kept[t - 1] * case.ceiling[h, t - 1] if t else 0
            problem += pulp.lpSum(spent) + kept[t] * ceiling - carried_in <= ceiling
    for cell, amount in money.items():
        problem += (pulp.lpSum(paid[cell]) - amount) * (1 / full[cell]) == 0


def _fairness(problem, case, money) -> None:
    rules = case.scenario.rules
    by_area: dict = {(a, t): [] for a in range(len(case.areas)) for t in range(len(case.years))}
    for (a, _, t), amount in money.items():
        by_area[a, t].append(amount)
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


def _targets(problem, case, units) -> dict[str, pulp.LpAffineExpression]:
    """The goal of each priority, the first first; named `targets` where there is one priority only."""
    if case.scenario.rules.targets == "off":
        return {}
    table = case.tables["targets"]
    soft = table[table["strength"] == "soft"]
    total = soft.groupby("priority")["weight"].sum()
    missed: dict = {priority: [] for priority in total.index}
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
            missed[target["priority"]].append(short * (-target["weight"] / total[target["priority"]]))
        reached = pulp.lpSum(units[a, p, t] for a in chosen) * (1 / (target["coverage"] * needed))
        problem += reached + short >= 1
    names = {priority: "targets" if len(missed) == 1 else f"targets_{priority}" for priority in missed}
    return {names[priority]: pulp.lpSum(terms) for priority, terms in missed.items()}
