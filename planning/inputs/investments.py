"""Checks on capacities, projects and resources, which a folder may do without."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pandas as pd

from planning.inputs.codes import records, rows_of
from planning.inputs.words import listing, number
from planning.vocabulary import ALL, CAPITAL, RECURRENT

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, str]
Years = tuple[int, ...]
PARTS = ["first_year", "second_year", "third_year"]


def capacities(tables: Tables, years: Years) -> Iterator[Finding]:
    """A programme that has a capacity somewhere has one in every area, be it 0."""
    areas = tables["areas"]["area"].tolist()
    for programme, rows in rows_of(tables["capacities"], "programme", "area").items():
        stated = {area for _, area in rows}
        missing = [area for area in areas if area not in stated]
        if missing:
            text = f"programme '{programme}' has no capacity stated for {listing(missing)}"
            yield "capacities", None, f"{text}; write a row for each area, with 0 where nothing exists"


def delivered(tables: Tables, years: Years) -> Iterator[Finding]:
    """A capital programme with capacities costs what its projects cost: a unit cost would count beside it."""
    cost_type, limited = _cost_types(tables), set(tables["capacities"]["programme"].unique().tolist())
    for row, programme in tables["unit_costs"]["programme"].items():
        if programme in limited and cost_type[programme] == CAPITAL:
            text = f"'{programme}' is capital and stands in capacities.csv, so its projects alone cost money"
            yield "unit_costs", row, f"{text}; delete this row, or the programme's rows in capacities.csv"


def _cost_types(tables: Tables) -> dict[str, str]:
    """The cost type of each programme."""
    return dict(zip(*(tables["programmes"][name].tolist() for name in ("programme", "cost_type")), strict=True))


def projects(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each project's own figures fit together."""
    cost_type, listed = _cost_types(tables), _listed(tables["projects"])
    for row, project in listed:
        name = f"project '{project['project']}'"
        total = sum(project[part] for part in PARTS)
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
    yield from _order(listed)


def _listed(table: pd.DataFrame) -> list[tuple[int, dict[str, Any]]]:
    """The rows of a table, each with its number."""
    return list(zip(table.index.tolist(), records(table), strict=True))


def _times(row: int, name: str, project: dict[str, Any], years: Years) -> Iterator[Finding]:
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


def _order(listed: list[tuple[int, dict[str, Any]]]) -> Iterator[Finding]:
    """What projects require never leads back to them, and a plan can keep what ongoing and must projects ask for."""
    needs = {project["project"]: project["requires"] for _, project in listed}
    stage = {project["project"]: project["stage"] for _, project in listed}
    bound = {name for name, its in stage.items() if its in ("ongoing", "must")}
    told: set[str] = set()
    for row, project in listed:
        name, chain = project["project"], [project["project"]]
        while (after := needs.get(chain[-1], "")) and after not in chain:
            chain.append(after)
        if after == name and len(chain) > 1 and name not in told:
            told |= set(chain)
            text = f"requires goes round in a circle: {' → '.join([*chain, name])}"
            yield "projects", row, f"{text}; empty the cell of the project that can start first"
        if name in bound and stage.get(needs[name]) == "never":
            text = f"project '{name}' is {project['stage']} but requires '{needs[name]}', which is never built"
            yield "projects", row, f"{text}; change one of the two stages, or empty requires"
        if name in bound and project["excludes"] in bound and project["excludes"] != name:
            text = f"project '{name}' and '{project['excludes']}' exclude each other and both must stand in every plan"
            yield "projects", row, f"{text}; change one of the two stages, or empty excludes"


def project_effects(tables: Tables, years: Years) -> Iterator[Finding]:
    """A project has an effect, and on programmes whose capacity counts."""
    table, limited = tables["project_effects"], set(tables["capacities"]["programme"].unique().tolist())
    effects = zip(table.index.tolist(), table["project"].tolist(), table["programme"].tolist(), strict=True)
    for row, project, programme in effects:
        if programme not in limited:
            text = f"project '{project}' adds capacity to '{programme}', which is not limited by capacity"
            text = f"{text}; state its existing capacity in table capacities, 0 where nothing exists"
            yield "project_effects", row, text
    having = set(table["project"].tolist())
    idle = [project for project in tables["projects"]["project"].tolist() if project not in having]
    if idle:
        yield "project_effects", None, f"no effect is stated for {listing(idle)}; write what each adds to a programme"


def project_money(tables: Tables, years: Years) -> Iterator[Finding]:
    """Some fund may pay each project's building and running in its area."""
    kinds = records(tables["programmes"], "programme", "field", "cost_type")
    programmes = {kind["programme"]: kind for kind in kinds}
    area_class = dict(zip(tables["areas"]["area"].tolist(), tables["areas"]["class"].tolist(), strict=True))
    allowed = tables["eligibility"][["programme", "class", "field", "cost_type"]].to_numpy()

    @cache
    def payable(code: str, kind: str) -> bool:
        wanted = [code, kind, programmes[code]["field"], programmes[code]["cost_type"]]
        return bool(((allowed == wanted) | (allowed == ALL)).all(axis=1).any())

    for row, project in _listed(tables["projects"]):
        kind = area_class[project["area"]]
        for code in (project["programme"], project["running_programme"]):
            if not payable(code, kind):
                text = f"no fund may pay for '{code}' in class '{kind}', as project '{project['project']}' needs"
                yield "projects", row, f"{text}; write a row in table eligibility"


def resources(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each resource has a ceiling in every plan year and some use."""
    table = tables["resources"]
    for resource, rows in rows_of(table, "resource", "year").items():
        stated = {year for _, year in rows}
        missing = [year for year in years if year not in stated]
        if missing:
            text = f"resource '{resource}' has no ceiling for {listing(missing)}"
            yield "resources", None, f"{text}; write a row for each plan year"
    idle = table.loc[~table["resource"].isin(tables["resource_use"]["resource"]), "resource"].unique().tolist()
    if idle:
        yield "resource_use", None, f"nothing uses {listing(idle)}; write what a unit of each programme takes of it"
