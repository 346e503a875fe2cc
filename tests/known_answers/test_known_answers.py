"""Published allocation problems with known answers, as scenarios of tests/cases.

Each answer is proven here as well, from the CSV files alone and with no code of the package: a choice of whole projects
by trying every set of them; a divisible answer by weak duality: it is feasible, and the stated prices bound the worth
of every other plan by its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planning.inputs import load_case
from planning.solver.plan import Plan, solve

CASES = Path(__file__).parents[1] / "cases"
FUND = "budget"


@dataclass(frozen=True, slots=True)
class Known:
    """The answer to one scenario: its worth in the published unit, shares of projects or units of programmes that are
    not 0, and the prices of rows (fund or resource, year) that are not 0 where the problem is linear.

    `printed` is the worth as the publication rounds it; `carried` is what the fund carries into each next year.
    """

    case: str
    worth: float
    taken: Mapping[str, float]
    prices: Mapping[tuple[str, int], float] | None = None
    scenario: str = "base"
    printed: str = ""
    carried: tuple[float, ...] = ()
    most: int = field(default=10**6)

    def __str__(self) -> str:
        return self.case if self.scenario == "base" else f"{self.case}, {self.scenario}"


def whole(prefix: str, *numbers: int) -> dict[str, float]:
    return {f"{prefix}_{number}": 1.0 for number in numbers}


PART, REST = 5.3 / 6.3, 20.6 / 29  # of project 5 in part a, and of project 6 in part c, of Taha's six projects
LEFT = np.cumsum([60 - 48.5, 70 - 61.8, 35 - 33.1]) - REST * np.cumsum([9.2, 7.8, 6.9])
KNOWN = (
    Known("lorie_savage", 70, whole("investment", 1, 3, 4, 6, 9)),
    Known(
        "lorie_savage",
        70 + 3 / 11,
        whole("investment", 1, 3, 4, 9) | {"investment_6": 32 / 33, "investment_7": 1 / 22},
        {(FUND, 2026): 3 / 22, (FUND, 2027): 41 / 22},
        "divisible",
    ),
    Known("mknap1_1", 3800, whole("item", 2, 3, 6)),
    Known("mknap1_2", 8706.1, whole("item", 2, 4, 5, 8, 10)),
    Known("mknap1_4", 6120, whole("item", 1, 10, *range(14, 21))),
    Known("stockco", 42, whole("investment", 2, 3, 4)),
    Known("stockco_restricted", 38, whole("investment", 1, 2), most=2),
    Known("california_manufacturing", 14, {"factory_la": 1, "factory_sf": 1}),
    Known("spencer_enterprises", 17500, {"test_market": 1, "advertising": 1, "equipment": 1}),
    Known("taha_five_projects", 95, whole("project", 1, 2, 3, 4)),
    Known(
        "taha_five_projects",
        75 + 640 / 19,
        whole("project", 2, 3, 4) | {"project_1": 11 / 19, "project_5": 14 / 19},
        {(FUND, 2027): 20 / 19, (FUND, 2028): 45 / 19},
        "divisible",
        "108.68",
    ),
    Known(
        "star_oil",
        43 + (16 * 327 + 39 * 469) / 1628,
        whole("investment", 1, 3, 4) | {"investment_2": 327 / 1628, "investment_5": 469 / 1628},
        {(FUND, 2026): 310 / 1628, (FUND, 2027): 1603 / 1628},
        printed="57.449",
    ),
    Known(
        "taha_six_projects",
        100.75 + 18.2 * PART,
        whole("project", 1, 2, 3, 4) | {"project_5": PART},
        {(FUND, 2029): 18.2 / 6.3},
        printed="116.06",
    ),
    Known(
        "taha_six_projects",
        118.95 + 12.35 * REST,
        whole("project", 1, 2, 3, 4, 5) | {"project_6": REST},
        {(FUND, year): 12.35 / 29 for year in (2026, 2027, 2028, 2029)},
        "carry_over",
        "127.72",
        tuple(LEFT),
    ),
    Known("medical_teams", 170, {"one_1": 1, "two_3": 1, "three_1": 1}, most=1),
    Known("wyndor_glass", 36, {"doors": 2, "windows": 6}, {("plant_2", 2026): 3 / 2, ("plant_3", 2026): 1}),
    Known("jensen_overtime", 1_100_000, {"saws": 3000, "drills": 7000}, {("power_supplies", 2026): 75}),
)
LINEAR = [known for known in KNOWN if known.prices is not None]
INDIVISIBLE = [known for known in KNOWN if known.prices is None]


# ---- the published problem, read from the CSV files -----------------------------------------------------------------
def read(case: str, table: str) -> pd.DataFrame:
    path = CASES / case / "data" / f"{table}.csv"
    return pd.read_csv(path, keep_default_na=False) if path.is_file() else pd.DataFrame()


@cache
def problem(case: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Columns (code, part) with worth and most; what they take of the rows (fund or resource, year); the ceilings."""
    programmes = read(case, "programmes").set_index("programme")
    worth = programmes["weight"] * programmes["children_per_unit"]
    funds, resources = read(case, "funds"), read(case, "resources")
    use = read(case, "resource_use")
    rows = {(FUND, year): [ceiling, {}] for year, ceiling in zip(funds["year"], funds["ceiling"], strict=True)}
    for resource in resources.to_dict("records"):
        rows[resource["resource"], resource["year"]] = [resource["ceiling"], {}]
    columns = {}
    effects = read(case, "project_effects")
    for project in read(case, "projects").to_dict("records"):
        code, start = project["project"], project["earliest"]
        added = effects[effects["project"] == code]
        opened = start + project["delay"]
        served = [year for year in funds["year"] if opened <= year < opened + project["life"]]
        columns[code, 1] = len(served) * (added["capacity"] * added["programme"].map(worth)).sum(), 1.0
        for year in funds["year"]:
            parts = [project["first_year"], project["second_year"], project["third_year"], *[0] * len(funds)]
            paid = project["cost"] * parts[year - start] + (project["running_cost"] if year in served else 0)
            rows[FUND, year][1][code, 1] = paid
        for need in use.merge(added, on="programme").to_dict("records") if len(use) else ():
            for year in served:
                rows[need["resource"], year][1][code, 1] = need["per_unit"] * need["capacity"]
    built = set(effects["programme"]) if len(effects) else set()
    needs = read(case, "needs").groupby("programme")["need"].sum()
    costs = read(case, "unit_costs").set_index("programme")["unit_cost"]
    for band in read(case, "bands").to_dict("records"):
        code = band["programme"]
        if code not in built and needs[code] > 0:
            columns[code, band["band"]] = worth[code] * band["effect"], needs[code] * band["share"]
            for year in funds["year"]:
                rows[FUND, year][1][code, band["band"]] = costs[code]
            for need in use[use["programme"] == code].to_dict("records"):
                rows[need["resource"], funds["year"][0]][1][code, band["band"]] = need["per_unit"]
    index = pd.MultiIndex.from_tuples(columns, names=["code", "part"])
    taken = pd.DataFrame([takes for _, takes in rows.values()], pd.MultiIndex.from_tuples(rows), index).fillna(0.0)
    ceiling = pd.Series([most for most, _ in rows.values()], taken.index, dtype=float)
    return pd.DataFrame(list(columns.values()), index, ["worth", "most"]), taken, ceiling


def every_choice(n: int) -> Iterator[np.ndarray]:
    """All 2ⁿ choices of n projects, as rows of 0 and 1, at most 2¹⁶ at a time."""
    size = min(n, 16)
    low = (np.arange(2**size)[:, None] >> np.arange(size)) & 1
    for high in range(2 ** (n - size)):
        top = (high >> np.arange(n - size)) & 1
        yield np.hstack([low, np.broadcast_to(top, (len(low), n - size))]).astype(float)


def best_choices(known: Known) -> tuple[float, list[set[str]]]:
    """The greatest worth of any allowed choice of whole projects, and every choice that has it."""
    columns, taken, ceiling = problem(known.case)
    projects = read(known.case, "projects")
    codes = list(projects["project"])
    areas = pd.get_dummies(projects["area"], dtype=float).to_numpy()
    best, choices = -np.inf, []
    for chosen in every_choice(len(codes)):
        allowed = (chosen @ taken.to_numpy().T <= ceiling.to_numpy() + 1e-9).all(axis=1)
        allowed &= (chosen @ areas <= known.most).all(axis=1)
        for j, (needed, barred) in enumerate(zip(projects["requires"], projects["excludes"], strict=True)):
            if needed:
                allowed &= chosen[:, j] <= chosen[:, codes.index(needed)]
            if barred:
                allowed &= chosen[:, j] + chosen[:, codes.index(barred)] <= 1
        worth = np.where(allowed, chosen @ columns["worth"].to_numpy(float), -np.inf)
        if worth.max() > best + 1e-9:
            best, choices = worth.max(), []
        if worth.max() >= best - 1e-9:
            sets = chosen[worth >= best - 1e-9]
            choices += [{code for code, x in zip(codes, row, strict=True) if x} for row in sets]
    return best, choices


# ---- the answers are right ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("known", INDIVISIBLE, ids=str)
def test_no_other_choice_of_projects_is_better(known: Known) -> None:
    worth, choices = best_choices(known)
    assert worth == pytest.approx(known.worth, abs=1e-6)
    assert choices == [set(known.taken)]


@pytest.mark.parametrize("known", LINEAR, ids=str)
def test_a_divisible_answer_is_feasible_and_no_plan_beats_its_prices(known: Known) -> None:
    columns, taken, ceiling = problem(known.case)
    left = pd.Series({code: known.taken.get(code, 0.0) for code in columns.index.get_level_values("code")})
    answer = []
    for (code, _), most in columns["most"].items():
        answer.append(min(left[code], most))
        left[code] -= answer[-1]
    assert left.abs().max() < 1e-9
    moved = np.diff([0.0, *known.carried, 0.0]) if known.carried else 0.0
    used = taken @ np.array(answer)
    used[used.index.get_level_values(0) == FUND] += moved
    assert (used <= ceiling + 1e-9).all()
    assert all(0 <= carried <= most for carried, most in zip(known.carried, ceiling[FUND], strict=False))
    assert columns["worth"] @ answer == pytest.approx(known.worth, abs=1e-6)

    price = pd.Series({row: known.prices.get(row, 0.0) for row in taken.index})
    gain = (columns["worth"] - taken.T @ price).clip(lower=0)
    bound = price @ ceiling + gain @ columns["most"]
    if known.carried:  # what is carried takes from a year and gives to the next: worth nothing at equal prices
        assert price[FUND].nunique() == 1
    assert bound == pytest.approx(known.worth, abs=1e-6)


@pytest.mark.parametrize("known", [known for known in KNOWN if known.printed], ids=str)
def test_the_answer_rounds_to_the_printed_figure(known: Known) -> None:
    digits = len(known.printed.partition(".")[2])
    assert f"{known.worth:.{digits}f}" == known.printed


# ---- the workbench finds them ---------------------------------------------------------------------------------------
@cache
def solved(case: str, scenario: str) -> Plan:
    return solve(load_case(CASES / case / f"{scenario}.yaml"))


def whole_need(plan: Plan) -> float:
    """What meeting every need in every year counts for: the unit of goal reach."""
    programmes = plan.case.tables["programmes"].set_index("programme")
    bands = plan.case.tables["bands"]
    effect = (bands["share"] * bands["effect"]).groupby(bands["programme"]).sum()
    need = plan.coverage.groupby("programme")["need"].sum()
    return float((need * programmes["weight"] * programmes["children_per_unit"] * effect).sum())


@pytest.mark.parametrize("known", KNOWN, ids=str)
def test_the_plan_has_the_published_worth(known: Known) -> None:
    plan = solved(known.case, known.scenario)
    reach = next(goal["value"] for goal in plan.certificate["goals"] if goal["name"] == "reach")
    assert reach * whole_need(plan) == pytest.approx(known.worth, rel=1e-6)


@pytest.mark.parametrize("known", KNOWN, ids=str)
def test_the_plan_takes_what_the_publication_takes(known: Known) -> None:
    plan = solved(known.case, known.scenario)
    if read(known.case, "projects").empty:
        found = plan.coverage.set_index("programme")["reached"]
    else:
        found = plan.projects.set_index("project")["share"]
    found = found[found > 1e-6]
    assert found.to_dict() == pytest.approx(dict(known.taken), rel=1e-5)


@pytest.mark.parametrize("known", LINEAR, ids=str)
def test_marginal_values_are_the_published_shadow_prices(known: Known) -> None:
    plan = solved(known.case, known.scenario)
    rules = plan.rules[plan.rules["rule"].isin(["fund_ceiling", "resources"])]
    found = {
        (index.split()[0], int(index.split()[-1])): value for index, value in rules[["index", "marginal_value"]].values
    }
    assert set(known.prices) <= set(found)
    assert found == pytest.approx({row: known.prices.get(row, 0.0) for row in found}, abs=1e-6, rel=1e-6)
