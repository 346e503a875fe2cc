"""Projects as sheets: which are built and which are not, what they cost to build, and what they then cost to run.

Money is in the unit that suits it, or in the one that is asked for.
"""

import itertools

import numpy as np
import pandas as pd

from planning.inputs.case import Case
from planning.numbers import MILLION, MoneyUnit, money_unit, number
from planning.reports import measures
from planning.reports.investments import capacities_of, not_chosen_of
from planning.reports.layout import dressed, rounded, spread, with_totals
from planning.reports.measures import Plans, cases, every
from planning.reports.sheet import Kind, Sheet
from planning.vocabulary import STAGES, Language, Text

_SPAN = 5


def chosen(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Each project of the plan: start, opening, building by year, running cost, and what is left to pay."""
    table = measures.projects(plans)
    years = sorted({year for case in cases(plans) for year in case.years})
    built, unit = rounded_building(plans, unit)
    keys = list(zip(table["scenario"].tolist(), table["project"].tolist(), strict=True))
    table[years] = spread(built, ["scenario", "project"], keys, "year", years)[years]
    table["building_all"] = table[years].sum(axis=1)
    money = ["running_year", "unfinished", "tail"]
    for column in money if len(table) else []:
        table[column] = rounded(table, column, ["project"], unit)
    table = with_totals(table, "project", [*years, "building_all", *money])
    for column in ("start", "opening"):
        table[column] = [str(int(year)) if pd.notna(year) else "" for year in table[column]]
    shared = {"part": "share"} if ((table["share"] < 1 - 1e-6).any()) else {}
    kinds: dict[str, Kind] = {
        "project": "text", "area": "text", "start": "text", "opening": "text",
        **dict.fromkeys([*years, "building_all", *money], "money"),
    }  # fmt: skip
    title = Text("Dự án trong phương án", "Projects in the plan")
    return dressed(title, cases(plans), table.rename(columns={"share": "part"}), kinds | shared, language, unit)


def rounded_building(plans: Plans, unit: MoneyUnit | None = None) -> tuple[pd.DataFrame, MoneyUnit]:
    """Building within the plan by scenario, project and year as it is printed, and in which unit."""
    ends = {case.scenario.name: case.years[-1] for case in cases(plans)}
    built = measures.project_money(plans)
    built = built[(built["kind"] == "building") & (built["year"] <= built["scenario"].map(ends))]
    unit = unit or _unit(built, "amount")
    return built.assign(amount=rounded(built, "amount", ["year", "project"], unit) if len(built) else 0.0), unit


def not_chosen(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Each project that the plan leaves: its stage, when it might have started, and its cost at its own prices."""
    table = pd.concat([not_chosen_of(plan) for plan in every(plans)], ignore_index=True)
    return _given(Text("Dự án không được chọn", "Projects not chosen"), cases(plans), table, language, unit)


def candidates(case: Case, language: Language) -> Sheet:
    """Every project of the inputs, in the order of the programmes."""
    table = case.projects.assign(scenario=case.scenario.name).sort_values("p", kind="stable")
    return _given(Text("Dự án đề xuất", "Proposed projects"), [case], table.reset_index(drop=True), language)


def capacities(case: Case, language: Language) -> Sheet:
    """Programmes that serve no more than there is room for: what exists, and what all projects could add."""
    table = capacities_of(case)
    units = case.tables["programmes"].set_index("programme")[f"unit_{language}"]
    table["unit"] = table["programme"].map(units).astype(object)
    kinds: dict[str, Kind] = {
        "programme": "text", "unit": "text", "need": "count", "existing": "count", "proposed": "count", "room": "share",
    }  # fmt: skip
    return dressed(Text("Năng lực phục vụ", "Capacities"), [case], table, kinds, language)


def capital_and_running(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Building and the running cost that it creates: each year of the plan, then spans of years after it."""
    table = measures.project_money(plans)
    ends = {case.scenario.name: case.years[-1] for case in cases(plans)}
    beyond = (table["year"] - table["scenario"].map(ends)).astype(int)
    first = table["year"] - (beyond - 1) % _SPAN
    spans = first.astype(str) + "–" + (first + _SPAN - 1).astype(str)
    table["label"] = np.where(beyond > 0, spans, table["year"].astype(str))
    table["after"] = beyond > 0
    keys, columns = ["scenario", "after", "label"], ["building", "running"]
    spans = sorted(set(zip(*(table[name].tolist() for name in keys), strict=True)))
    table = spread(table, keys, spans, "kind", columns)
    _, unit = rounded_building(plans, unit)
    # The plan and what follows it are rounded apart, so that each agrees with the table of projects.
    for column, after in itertools.product(columns, (False, True)) if len(table) else ():
        part = table[table["after"] == after]
        table.loc[part.index, column] = rounded(part, column, ["label"], unit) if len(part) else 0.0
    table = with_totals(table, "label", columns).rename(columns={"label": "year"})
    kinds: dict[str, Kind] = {"year": "text", **dict.fromkeys(columns, "money")}
    title = Text("Vốn xây dựng và chi vận hành mà nó tạo ra", "Building, and the running cost that it creates")
    return dressed(title, cases(plans), table, kinds, language, unit)


def _given(
    title: Text,
    shown: "list[Case] | tuple[Case, ...]",
    table: pd.DataFrame,
    language: Language,
    unit: MoneyUnit | None = None,
) -> Sheet:
    """Projects as the inputs state them, with the capacity that each gives."""
    table = table.rename(columns={"running_cost": "running_each", "cost": "building"})
    table["stage"] = [STAGES[stage][language] for stage in table["stage"]]
    ends = zip(table["earliest"], table["latest"], strict=True)
    table["window"] = [f"{first}–{last}" if first < last else str(first) for first, last in ends]
    gives: dict[str, str] = {}
    for case in shown:
        gives |= _effects_in_words(case, language)
    table["gives"] = [gives.get(project, "") for project in table["project"]]
    money = ["building", "running_each"]
    table[money] = table[money].astype(float)
    unit = unit or _unit(table, "building")
    for column in money if len(table) else ():
        table[column] = rounded(table, column, ["project"], unit)
    table = with_totals(table, "project", money)
    kinds: dict[str, Kind] = {
        "project": "text", "area": "text", "stage": "text", "window": "text", "gives": "text", "building": "money",
        "running_each": "money",
    }  # fmt: skip
    return dressed(title, shown, table, kinds, language, unit)


def _effects_in_words(case: Case, language: Language) -> dict[str, str]:
    """Project → what it adds, such as `1 pool; 1,500 course place`."""
    units = case.tables["programmes"][f"unit_{language}"]
    unit = dict(zip(case.programmes, units, strict=True))
    said: dict[str, list[str]] = {}
    columns = ["project", "programme", "capacity"]
    table = case.tables.get("project_effects", pd.DataFrame(columns=columns))
    for project, programme, capacity in zip(*(table[name].tolist() for name in columns), strict=True):
        said.setdefault(project, []).append(f"{number(capacity, language)} {unit[programme]}")
    return {project: "; ".join(each) for project, each in said.items()}


def _unit(table: pd.DataFrame, column: str) -> MoneyUnit:
    return money_unit(table.groupby("scenario")[column].sum()) if len(table) else MILLION
