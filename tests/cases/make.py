"""Writes the folders beside this file from the figures of the publications: python tests/cases/make.py

One column of a published model is one project with its own capital programme of need 1, or one recurrent programme
served in fractions. One row of it is the fund in one year, or one resource.
"""

import csv
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
FIRST = 2026
PLACE, CLASS, FUND, RUNNING = "place", "town", "budget", "running"
MAPPING = "mapping, see SOURCE.md"


@dataclass(frozen=True, slots=True)
class Item:
    """One column of a published model: its worth, what it takes of the fund in each year, and of each resource.

    More than three payments are written as building cost and, for the fourth, the running cost of the year it is open.
    """

    code: str
    name: str
    worth: float
    paid: Sequence[float] = ()
    use: Sequence[float] = ()
    requires: str = ""
    excludes: str = ""
    area: str = PLACE


@dataclass(frozen=True, slots=True)
class Service:
    """A recurrent programme: need, worth of a unit in each band as (width, worth), and use of each resource."""

    code: str
    name: str
    bands: Sequence[tuple[float, float]]
    use: Sequence[float]


@dataclass(frozen=True, slots=True)
class Case:
    """A published problem: its title, the short citation that stands in the tables, and its figures.

    `spare` says that the fund is a mere bound that does not bind, not a figure of the publication. `variants` are
    further scenarios of the folder: name, title, and the lines that differ from base.yaml.
    """

    title: str
    short: str
    items: Sequence[Item] = ()
    services: Sequence[Service] = ()
    budgets: Sequence[float] = ()
    resources: dict[str, tuple[str, float]] = field(default_factory=dict)
    rules: Sequence[str] = ()
    spare: bool = False
    variants: Sequence[tuple[str, str, str]] = ()

    @property
    def years(self) -> list[int]:
        return list(range(FIRST, FIRST + max(len(self.budgets), 1)))


DIVISIBLE = "rules:\n  projects: {divisible: true}\n"
CARRY = 'changes:\n  - {table: funds, set: 1, column: carry_over, note: "what is left of a year is used in the next"}\n'


def _knapsack(number: int, worth: str, use: str, right: str) -> Case:
    values = [float(cell) for cell in worth.split()]
    rows = [[float(cell) for cell in row.split()] for row in use.strip().splitlines()]
    items = [
        Item(f"item_{j}", f"Item {j}", value, (1.0,), column)
        for j, (value, column) in enumerate(zip(values, zip(*rows, strict=True), strict=True), start=1)
    ]
    ceilings = enumerate((float(cell) for cell in right.split()), start=1)
    return Case(
        f"OR-Library mknap1, problem {number}",
        f"OR-Library mknap1.txt problem {number}; Petersen 1967",
        items,
        spare=True,
        budgets=(float(len(items)),),
        resources={f"row_{i}": (f"Row {i}", ceiling) for i, ceiling in ceilings},
    )


LORIE = [14, 17, 17, 15, 40, 12, 14, 10, 12]
LORIE_PAID = zip([12, 54, 6, 6, 30, 6, 48, 36, 18], [3, 7, 6, 2, 35, 6, 4, 3, 3], strict=True)
TEAMS = {"one": (45, 70, 90, 105, 120), "two": (20, 45, 75, 110, 150), "three": (50, 70, 80, 100, 130)}

CASES = {
    "lorie_savage": Case(
        "Lorie and Savage: nine investments, two periods",
        "Lorie and Savage 1955",
        [
            Item(f"investment_{j}", f"Investment {j}", worth, paid)
            for j, (worth, paid) in enumerate(zip(LORIE, LORIE_PAID, strict=True), start=1)
        ],
        budgets=(50, 20),
        variants=[("divisible", "Fractions of investments", DIVISIBLE)],
    ),
    "mknap1_1": _knapsack(
        1,
        "100 600 1200 2400 500 2000",
        """8 12 13 64 22 41
8 12 13 75 22 41
3 6 4 18 6 4
5 10 8 32 6 12
5 13 8 42 6 20
5 13 8 48 6 20
0 0 0 0 8 0
3 0 4 0 8 0
3 2 4 0 8 4
3 2 4 8 8 4""",
        "80 96 20 36 44 48 10 18 22 24",
    ),
    "mknap1_2": _knapsack(
        2,
        "600.1 310.5 1800 3850 18.6 198.7 882 4200 402.5 327",
        """20 5 100 200 2 4 60 150 80 40
20 7 130 280 2 8 110 210 100 40
60 3 50 100 4 2 20 40 6 12
60 8 70 200 4 6 40 70 16 20
60 13 70 250 4 10 60 90 20 24
60 13 70 280 4 10 70 105 22 28
5 2 20 100 2 5 10 60 0 0
45 14 80 180 6 10 40 100 20 0
55 14 80 200 6 10 50 140 30 40
65 14 80 220 6 10 50 180 30 50""",
        "450 540 200 360 440 480 200 360 440 480",
    ),
    "mknap1_4": _knapsack(
        4,
        "100 220 90 400 300 400 205 120 160 580 400 140 100 1300 650 320 480 80 60 2550",
        """8 24 13 80 70 80 45 15 28 90 130 32 20 120 40 30 20 6 3 180
8 44 13 100 100 90 75 25 28 120 130 32 40 160 40 60 55 10 6 240
3 6 4 20 20 30 8 3 12 14 40 6 3 20 5 0 5 3 0 20
5 9 6 40 30 40 16 5 18 24 60 16 11 30 25 10 13 5 1 80
5 11 7 50 40 40 19 7 18 29 70 21 17 30 25 15 25 5 1 100
5 11 7 55 40 40 21 9 18 29 70 21 17 35 25 20 25 5 2 110
0 0 1 10 4 10 0 6 0 6 32 3 0 70 10 0 0 0 0 0
3 4 5 20 14 20 6 12 10 18 42 9 12 100 20 5 6 4 1 20
3 6 9 30 29 20 12 12 10 30 42 18 18 110 20 15 18 7 2 40
3 8 9 35 29 20 16 15 10 30 42 20 18 120 20 20 22 7 3 50""",
        "550 700 130 240 280 310 110 205 260 275",
    ),
    "stockco": Case(
        "Winston: Stockco",
        "Winston, Stockco",
        [
            Item(f"investment_{j}", f"Investment {j}", worth, (cash,))
            for j, (worth, cash) in enumerate(zip((16, 22, 12, 8), (5, 7, 4, 3), strict=True), start=1)
        ],
        budgets=(14,),
    ),
    "stockco_restricted": Case(
        "Winston: Stockco with three restrictions",
        "Winston, Stockco; STOR 415",
        [
            Item("investment_1", "Investment 1", 16, (5,)),
            Item("investment_2", "Investment 2", 22, (7,), requires="investment_1"),
            Item("investment_3", "Investment 3", 12, (4,)),
            Item("investment_4", "Investment 4", 8, (3,), excludes="investment_1"),
        ],
        budgets=(14,),
        rules=("projects: {per_area: 2}",),
    ),
    "california_manufacturing": Case(
        "Hillier and Lieberman: California Manufacturing Company",
        "Hillier and Lieberman, sec. 12.1",
        [
            Item("factory_la", "Factory in Los Angeles", 9, (6,)),
            Item("factory_sf", "Factory in San Francisco", 5, (3,)),
            Item("warehouse_la", "Warehouse in Los Angeles", 6, (5,), (), "factory_la", "warehouse_sf"),
            Item("warehouse_sf", "Warehouse in San Francisco", 4, (2,), (), "factory_sf"),
        ],
        budgets=(10,),
    ),
    "spencer_enterprises": Case(
        "Anderson, Sweeney and Williams: Spencer Enterprises",
        "Anderson, Sweeney and Williams, Spencer Enterprises",
        [
            Item("warehouse_small", "Limited warehouse expansion", 4000, (3000, 1000, 4000), (), "", "warehouse_large"),
            Item("warehouse_large", "Extensive warehouse expansion", 6000, (2500, 3500, 3500)),
            Item("test_market", "Test market new product", 10500, (6000, 4000, 5000), requires="advertising"),
            Item("advertising", "Advertising campaign", 4000, (2000, 1500, 1800)),
            Item("research", "Basic research", 8000, (5000, 1000, 4000)),
            Item("equipment", "Purchase new equipment", 3000, (1000, 500, 900)),
        ],
        budgets=(10500, 7000, 8750),
    ),
    "taha_five_projects": Case(
        "Taha: five projects over three years",
        "Taha, example 9.1-1",
        [
            Item(f"project_{j}", f"Project {j}", worth, paid)
            for j, (worth, paid) in enumerate(
                zip(
                    (20, 40, 20, 15, 30),
                    ((5, 1, 8), (4, 7, 10), (3, 9, 2), (7, 4, 1), (8, 6, 10)),
                    strict=True,
                ),
                start=1,
            )
        ],
        budgets=(25, 25, 25),
        variants=[("divisible", "Fractions of projects", DIVISIBLE)],
    ),
    "star_oil": Case(
        "Winston: Star Oil Company",
        "Winston, sec. 3.6, Star Oil",
        [
            Item(f"investment_{j}", f"Investment {j}", worth, paid)
            for j, (worth, paid) in enumerate(
                zip((13, 16, 16, 14, 39), ((11, 3), (53, 6), (5, 5), (5, 1), (29, 34)), strict=True), start=1
            )
        ],
        budgets=(40, 20),
        rules=("projects: {divisible: true}",),
    ),
    "taha_six_projects": Case(
        "Taha: six projects over four years, with funds carried over",
        "Taha, investing in six projects",
        [
            Item(f"project_{j}", f"Project {j}", worth, paid)
            for j, (worth, paid) in enumerate(
                zip(
                    (32.40, 35.80, 17.75, 14.80, 18.20, 12.35),
                    (
                        (10.5, 14.4, 2.2, 2.4),
                        (8.3, 12.6, 9.5, 3.1),
                        (10.2, 14.2, 5.6, 4.2),
                        (7.2, 10.5, 7.5, 5.0),
                        (12.3, 10.1, 8.3, 6.3),
                        (9.2, 7.8, 6.9, 5.1),
                    ),
                    strict=True,
                ),
                start=1,
            )
        ],
        budgets=(60, 70, 35, 20),
        rules=("projects: {divisible: true}",),
        variants=[("carry_over", "What is left of a year is used in the next", CARRY)],
    ),
    "medical_teams": Case(
        "Hillier and Lieberman: five medical teams for three countries",
        "Hillier and Lieberman, World Health Council",
        [
            Item(f"{country}_{teams}", f"{teams} teams, country {country}", worth, (teams,), area=country)
            for country, row in TEAMS.items()
            for teams, worth in enumerate(row, start=1)
        ],
        budgets=(5,),
        rules=("projects: {per_area: 1}",),
    ),
    "wyndor_glass": Case(
        "Hillier and Lieberman: Wyndor Glass Co.",
        "Hillier and Lieberman, sec. 3.1",
        spare=True,
        services=[
            Service("doors", "Glass doors, batch", [(20, 3)], (1, 0, 3)),
            Service("windows", "Windows, batch", [(20, 5)], (0, 2, 2)),
        ],
        budgets=(100,),
        resources={"plant_1": ("Hours in plant 1", 4), "plant_2": ("Hours in plant 2", 12)}
        | {"plant_3": ("Hours in plant 3", 18)},
    ),
    "jensen_overtime": Case(
        "Hillier and Lieberman: B. J. Jensen, regular time and overtime",
        "Hillier and Lieberman, sec. 13.8, B. J. Jensen",
        spare=True,
        services=[
            Service("saws", "Power saws", [(3000, 150), (2000, 50)], (1, 2)),
            Service("drills", "Power drills", [(5000, 100), (3000, 75)], (1, 1)),
        ],
        budgets=(20000,),
        resources={"power_supplies": ("Power supply units", 10000), "gear_parts": ("Gear parts", 15000)},
    ),
}


def write(name: str, case: Case) -> None:
    """The scenarios and the data of one case, written anew; SOURCE.md is written by hand."""
    folder = HERE / name
    shutil.rmtree(folder / "data", ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    (folder / "base.yaml").write_text(_scenario(case), encoding="utf-8")
    for variant, title, lines in case.variants:
        text = f"title:\n  vi: {title}\n  en: {title}\nnote: '{case.title}'\nextends: base.yaml\n{lines}"
        (folder / f"{variant}.yaml").write_text(text, encoding="utf-8")
    for table, (columns, rows) in _tables(case).items():
        with (folder / "data" / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([*columns.split(), "source", "status", "note"])
            writer.writerows([*(_cell(cell) for cell in row), ""] for row in rows)


def _scenario(case: Case) -> str:
    note = f"{case.short}; see SOURCE.md"
    rules = [*case.rules, *(["resources: {}"] if case.resources else [])]
    lines = ["title:", f'  vi: "{case.title}"', f'  en: "{case.title}"', f'note: "{note}"', "data: data"]
    lines.append(f"years: [{', '.join(map(str, case.years))}]")
    lines += ["rules:", *(f"  {rule}" for rule in rules)] if rules else []
    return "\n".join(lines) + "\n"


def _tables(case: Case) -> dict[str, tuple[str, Iterable[Sequence]]]:
    """Columns and rows of every table; each row ends with source and status."""
    source, here, sums = (case.short, "sourced"), (MAPPING, "assumed"), (case.short, "derived")
    years, running = case.years, any(len(item.paid) > 3 for item in case.items)
    codes = [item.code for item in case.items] + [service.code for service in case.services]
    named = ["vi", "en"]
    programme = ["data_monitoring", "capital", "đơn vị", "unit", 1]
    programmes = [[item.code, item.name, item.name, *programme, item.worth] for item in case.items]
    programme[1] = "recurrent"
    programmes += [[s.code, s.name, s.name, *programme, s.bands[0][1]] for s in case.services]
    last = [*(f"SOURCE.md ({language})" for language in named), "", "", ""]
    unused = ["Không dùng", "Not used: the rule on targets is off"]
    lone = [[RUNNING, "Vận hành", "Running", *programme, 0, *last, *here]] if case.items else []
    every = [*codes, *([RUNNING] if case.items else [])]
    areas = list(dict.fromkeys(item.area for item in case.items)) or [PLACE]
    needs = [[area, item.code, "all", int(area == item.area), *here] for item in case.items for area in areas]
    needs += [[PLACE, s.code, "all", sum(width for width, _ in s.bands), *_made(case, s)] for s in case.services]
    needs += [[area, RUNNING, "all", 0, *here] for area in areas if case.items]
    banded = {service.code for service in case.services if len(service.bands) > 1}
    bands = [[code, 1, 1, 1, *here] for code in every if code not in banded]
    for service in case.services:
        total, (_, best) = sum(width for width, _ in service.bands), service.bands[0]
        if len(service.bands) > 1:
            slices = enumerate(service.bands, start=1)
            bands += [[service.code, b, width / total, worth / best, *sums] for b, (width, worth) in slices]
    costs = [[service.code, CLASS, 1, FIRST, 0, *here] for service in case.services]
    costs += [[RUNNING, CLASS, 1, FIRST, 0, *here]] if case.items else []
    bound = here if case.spare else source
    funds = [
        [FUND, year, "Ngân sách", "Budget", "state", ceiling, 0, *bound]
        for year, ceiling in zip(years, case.budgets, strict=True)
    ]
    rest = ["phường", "", CLASS, 500000, 100000, 10, 21.03, 105.85, 0, *here]
    tables = {
        "areas": (
            "area name_vi name_en type parent class population children area_km2 latitude longitude distance_km",
            [[area, f"Nơi {area}", f"Place {area}", *rest] for area in areas],
        ),
        "classes": ("class name_vi name_en remote", [[CLASS, "Nơi", "Town", "no", *here]]),
        "programmes": (
            "programme name_vi name_en field cost_type unit_vi unit_en children_per_unit weight agency_vi agency_en "
            "chapter category item",
            [[*row, *last, *source] for row in programmes] + lone,
        ),
        "needs": ("area programme year need", needs),
        "unit_costs": ("programme class unit_cost price_year growth", costs),
        "bands": ("programme band share effect", bands),
        "funds": ("fund year name_vi name_en kind ceiling carry_over", funds),
        "eligibility": ("fund programme field class cost_type", [[FUND, "all", "all", "all", "all", *here]]),
        "targets": (
            "target document_vi document_en programme class area year coverage weight priority strength agency_vi "
            "agency_en",
            [["none", *unused, every[0], "all", "all", years[-1], 1, 1, 1, "report", *last[:2], *here]],
        ),
        "baseline": ("area programme amount", [[area, code, 0, *here] for code in every for area in areas]),
    }
    if case.items:
        status = here if bound == here else sums if len(years) > 1 else source
        tables["capacities"] = (
            "area programme existing",
            [[area, item.code, 0, *here] for item in case.items for area in areas],
        )
        tables["projects"] = (
            "project name_vi name_en area programme cost price_year growth first_year second_year third_year "
            "earliest latest delay life running_cost running_programme requires excludes stage",
            [[*_project(item, len(years), running), *status] for item in case.items],
        )
        effects = [[item.code, item.code, 1, *here] for item in case.items]
        tables["project_effects"] = ("project programme capacity", effects)
    if case.resources:
        ceilings = [[code, FIRST, name, name, ceiling, *source] for code, (name, ceiling) in case.resources.items()]
        tables["resources"] = ("resource year name_vi name_en ceiling", ceilings)
        users = [*case.items, *case.services]
        pairs = [(i, code, user) for i, code in enumerate(case.resources) for user in users if user.use[i]]
        use = [[code, user.code, user.use[i], *source] for i, code, user in pairs]
        tables["resource_use"] = ("resource programme per_unit", use)
    return tables


def _made(case: Case, service: Service) -> tuple[str, str]:
    """Where the need of a service comes from: what can be made in all bands, or a mere bound."""
    return (case.short, "derived") if len(service.bands) > 1 else (MAPPING, "assumed")


def _project(item: Item, years: int, running: bool) -> list:
    """A project that starts in the first year and opens in the last one, for a year."""
    built = [*item.paid[:3], 0, 0][:3]
    cost = sum(built)
    parts = [paid / cost for paid in built[:2]]
    parts.append(1 - sum(parts) if built[2] else 0)
    running_cost = item.paid[3] if running else 0
    place = [item.code, item.name, item.name, item.area, item.code, cost, FIRST, 0, *parts, FIRST, FIRST]
    return [*place, years - 1, 1, running_cost, RUNNING, item.requires, item.excludes, "candidate"]


def _cell(value: object) -> object:
    """A number without needless decimals, everything else as it is."""
    if isinstance(value, int | float):
        rounded = float(f"{value:.16g}")
        return int(rounded) if rounded == int(rounded) else rounded
    return value


if __name__ == "__main__":
    for name, case in CASES.items():
        write(name, case)
