"""Checks on capacities, projects and resources, which a folder may do without."""

from collections.abc import Iterator, Mapping
from functools import cache

import pandas as pd

from planning.inputs.words import listing, number
from planning.vocabulary import ALL, CAPITAL, RECURRENT

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, str]
Years = tuple[int, ...]
PARTS = ["first_year", "second_year", "third_year"]


def capacities(tables: Tables, years: Years) -> Iterator[Finding]:
    """A programme that has a capacity somewhere has one in every area, be it 0."""
    table, areas = tables["capacities"], tables["areas"]["area"]
    for programme, group in table.groupby("programme", sort=False):
        missing = areas[~areas.isin(group["area"])].tolist()
        if missing:
            text = f"programme '{programme}' has no capacity stated for {listing(missing)}"
            yield "capacities", None, f"{text}; write a row for each area, with 0 where nothing exists"


def delivered(tables: Tables, years: Years) -> Iterator[Finding]:
    """A capital programme with capacities costs what its projects cost: a unit cost would count beside it."""
    capital = tables["programmes"].loc[tables["programmes"]["cost_type"] == CAPITAL, "programme"]
    doubled = capital[capital.isin(tables["capacities"]["programme"])]
    for row, cost in tables["unit_costs"][tables["unit_costs"]["programme"].isin(doubled)].iterrows():
        text = f"'{cost['programme']}' is capital and stands in capacities.csv, so its projects alone cost money"
        yield "unit_costs", row, f"{text}; delete this row, or the programme's rows in capacities.csv"


def projects(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each project's own figures fit together."""
    table = tables["projects"]
    cost_type = tables["programmes"].set_index("programme")["cost_type"]
    for row, project in table.iterrows():
        name = f"project '{project['project']}'"
        total = project[PARTS].sum()
        if abs(total - 1) > 1e-6:
            text = f"{name}: first_year, second_year and third_year add up to {number(total)}"
            yield "projects", row, f"{text}; the parts of the cost must add up to 1"
        if project["earliest"] > project["latest"]:
            text = f"{name}: earliest {project['earliest']} is after latest {project['latest']}"
            yield "projects", row, f"{text}; write the first year in which it may start under earliest"
        for column, wanted in (("programme", CAPITAL), ("running_programme", RECURRENT)):
            if cost_type[project[column]] != wanted:
                text = f"{name}: {column} '{project[column]}' is not {wanted}"
                yield "projects", row, f"{text}; name a {wanted} programme of table programmes"
        yield from _times(row, name, project, years)
    yield from _order(table)


def _times(row: int, name: str, project: pd.Series, years: Years) -> Iterator[Finding]:
    for column in ("requires", "excludes"):
        if project[column] == project["project"]:
            yield "projects", row, f"{name} {column} itself; name another project or leave the cell empty"
    if project["stage"] == "ongoing" and project["earliest"] != project["latest"]:
        text = f"{name} is ongoing but starts between {project['earliest']} and {project['latest']}"
        yield "projects", row, f"{text}; write the year in which it started under both"
    if project["stage"] == "ongoing" and project["earliest"] > years[-1]:
        text = f"{name} is ongoing but starts in {project['earliest']}, after the plan years {years[0]}–{years[-1]}"
        yield "projects", row, f"{text}; change its year or its stage"
    if project["stage"] == "must" and not (project["earliest"] <= years[-1] and project["latest"] >= years[0]):
        text = f"{name} must be built but cannot start in {years[0]}–{years[-1]}"
        yield "projects", row, f"{text}; change its years or its stage"


def _order(table: pd.DataFrame) -> Iterator[Finding]:
    """What projects require never leads back to them, and a plan can keep what ongoing and must projects ask for."""
    described = table.set_index("project")
    needs = described["requires"].to_dict()
    bound = described["stage"].isin(["ongoing", "must"]).to_dict()
    told: set[str] = set()
    for row, project in table.iterrows():
        name, chain = project["project"], [project["project"]]
        while (after := needs.get(chain[-1], "")) and after not in chain:
            chain.append(after)
        if after == name and len(chain) > 1 and name not in told:
            told |= set(chain)
            text = f"requires goes round in a circle: {' → '.join([*chain, name])}"
            yield "projects", row, f"{text}; empty the cell of the project that can start first"
        if bound[name] and needs[name] in needs and described.loc[needs[name], "stage"] == "never":
            text = f"project '{name}' is {project['stage']} but requires '{needs[name]}', which is never built"
            yield "projects", row, f"{text}; change one of the two stages, or empty requires"
        if bound[name] and bound.get(project["excludes"]) and project["excludes"] != name:
            text = f"project '{name}' and '{project['excludes']}' exclude each other and both must stand in every plan"
            yield "projects", row, f"{text}; change one of the two stages, or empty excludes"


def project_effects(tables: Tables, years: Years) -> Iterator[Finding]:
    """A project has an effect, and on programmes whose capacity counts."""
    table, limited = tables["project_effects"], tables["capacities"]["programme"]
    for row, effect in table[~table["programme"].isin(limited)].iterrows():
        text = (
            f"project '{effect['project']}' adds capacity to '{effect['programme']}', which is not limited by capacity"
        )
        yield "project_effects", row, f"{text}; state its existing capacity in table capacities, 0 where nothing exists"
    idle = tables["projects"].loc[~tables["projects"]["project"].isin(table["project"]), "project"].tolist()
    if idle:
        yield "project_effects", None, f"no effect is stated for {listing(idle)}; write what each adds to a programme"


def project_money(tables: Tables, years: Years) -> Iterator[Finding]:
    """Some fund may pay each project's building and running in its area."""
    programmes = {kind["programme"]: kind for kind in tables["programmes"].to_dict("records")}
    area_class = dict(zip(tables["areas"]["area"], tables["areas"]["class"], strict=True))
    allowed = tables["eligibility"][["programme", "class", "field", "cost_type"]].to_numpy()

    @cache
    def payable(code: str, kind: str) -> bool:
        wanted = [code, kind, programmes[code]["field"], programmes[code]["cost_type"]]
        return bool(((allowed == wanted) | (allowed == ALL)).all(axis=1).any())

    for row, project in zip(tables["projects"].index, tables["projects"].to_dict("records"), strict=True):
        kind = area_class[project["area"]]
        for code in (project["programme"], project["running_programme"]):
            if not payable(code, kind):
                text = f"no fund may pay for '{code}' in class '{kind}', as project '{project['project']}' needs"
                yield "projects", row, f"{text}; write a row in table eligibility"


def resources(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each resource has a ceiling in every plan year and some use."""
    table = tables["resources"]
    for resource, group in table.groupby("resource", sort=False):
        missing = [year for year in years if year not in set(group["year"])]
        if missing:
            text = f"resource '{resource}' has no ceiling for {listing(missing)}"
            yield "resources", None, f"{text}; write a row for each plan year"
    idle = table.loc[~table["resource"].isin(tables["resource_use"]["resource"]), "resource"].unique().tolist()
    if idle:
        yield "resource_use", None, f"nothing uses {listing(idle)}; write what a unit of each programme takes of it"
