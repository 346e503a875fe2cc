"""Variants of the toy case with projects: pools are delivered by projects only, and lessons need room."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from planning.inputs.case import Case


def project(code: str, area: str, **more: object) -> dict[str, object]:
    """One row of table projects: a pool for 100 million, paid in two years, open after one, 4 million a year to run."""
    usual = {
        "project": code, "area": area, "programme": "pools", "cost": 100.0, "price_year": 2026, "growth": 0.0,
        "first_year": 0.5, "second_year": 0.5, "third_year": 0.0, "earliest": 2026, "latest": 2027, "delay": 1,
        "life": 20, "running_cost": 4.0, "running_programme": "lessons", "requires": "", "excludes": "",
        "stage": "candidate",
    }  # fmt: skip
    names = {"name_vi": code, "name_en": code, "source": "toy", "status": "assumed", "note": ""}
    return usual | names | more


def with_projects(
    case: Case,
    projects: Iterable[Mapping[str, object]],
    effects: Mapping[tuple[str, str], float],
    existing: Mapping[str, Mapping[str, float]],
) -> Case:
    """The case with these projects, what they add to programmes, and the capacity that exists by programme and area.

    Pools have no unit cost then: only projects deliver them.
    """
    added = [{"project": j, "programme": p, "capacity": float(units)} for (j, p), units in effects.items()]
    rooms = [
        {"area": area, "programme": programme, "existing": float(units)}
        for programme, by_area in existing.items()
        for area, units in by_area.items()
    ]
    tables = {"projects": projects, "project_effects": added, "capacities": rooms}
    costs = case.tables["unit_costs"]
    more = {name: pd.DataFrame(rows) for name, rows in tables.items()} | {
        "unit_costs": costs[costs["programme"] != "pools"]
    }
    return replace(case, tables={**case.tables, **more})


def with_two_pools(case: Case, near: Mapping[str, object] = {}, hill: Mapping[str, object] = {}) -> Case:
    """A pool that may be built in near and one in hill; each also makes room for lessons: 100 in near, 50 in hill."""
    return with_projects(
        case,
        [project("pool_near", "near", **near), project("pool_hill", "hill", **hill)],
        {
            ("pool_near", "pools"): 1, ("pool_near", "lessons"): 100,
            ("pool_hill", "pools"): 1, ("pool_hill", "lessons"): 50,
        },
        {"pools": {"near": 1, "hill": 0}, "lessons": {"near": 250, "hill": 20}},
    )  # fmt: skip
