"""Random cases for properties: the toy case with other figures, projects and rules, drawn by hypothesis."""

from dataclasses import replace

import pandas as pd
from hypothesis import strategies as st

from planning.inputs.case import Case
from tests.project_cases import project, with_projects

AMOUNTS = st.floats(0.5, 500).map(lambda value: round(value, 2))
CODES = ("alpha", "beta", "gamma")
PROGRAMMES = st.sampled_from(["all", "lessons", "pools", "recurrent", "capital"])
AREAS = st.sampled_from(["all", "remote", "rest", "near", "hill"])


@st.composite
def cases(draw, toy: Case) -> Case:
    """The toy case with other needs, prices, ceilings, bands and carry-over."""

    def drawn(name: str, column: str, values: st.SearchStrategy) -> pd.DataFrame:
        table = toy.tables[name]
        return table.assign(**{column: [draw(values) for _ in range(len(table))]})

    tables = {
        "needs": drawn("needs", "need", AMOUNTS),
        "unit_costs": drawn("unit_costs", "unit_cost", AMOUNTS),
        "programmes": drawn("programmes", "weight", st.sampled_from([0.0, 0.5, 1.0, 3.0])),
        "funds": drawn("funds", "ceiling", st.sampled_from([0.0, 30.0, 77.7, 400.0])),
    }
    tables["programmes"]["children_per_unit"] = [1.0, draw(st.sampled_from([1.0, 50.0]))]
    tables["funds"]["carry_over"] = draw(st.sampled_from([0.0, 0.3, 1.0]))
    tables["unit_costs"]["growth"] = draw(st.sampled_from([0.0, 0.1]))
    if draw(st.booleans()):
        tables["needs"].loc[draw(st.integers(2, 3)), "need"] = 0.0
    if draw(st.booleans()):
        tables["needs"] = _dated(draw, tables["needs"], toy.years)
    return replace(toy, tables={**toy.tables, **tables})


def _dated(draw, needs: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """Needs of lessons that are stated for each year."""
    lessons = needs[needs["programme"] == "lessons"]
    dated = [lessons.assign(year=str(year), need=[draw(AMOUNTS) for _ in range(len(lessons))]) for year in years]
    return pd.concat([*dated, needs[needs["programme"] == "pools"]], ignore_index=True)


@st.composite
def cases_with_projects(draw, toy: Case, stages: tuple[str, ...] = ("candidate",)) -> Case:
    """A random case in which projects deliver the pools and, in half of the cases, make room for lessons."""
    case = draw(cases(toy))
    limited = ["pools", "lessons"][: draw(st.integers(1, 2))]
    projects, effects = [], {}
    for place, code in enumerate(CODES[: draw(st.integers(1, 3))]):
        first, second = draw(st.sampled_from([(1.0, 0.0), (0.5, 0.5), (0.2, 0.3)]))
        earliest = draw(st.integers(2025, 2027))
        stage = draw(st.sampled_from(stages))
        more = {"first_year": first, "second_year": second, "third_year": 1 - first - second}
        more |= {
            "cost": draw(st.sampled_from([20.0, 60.0, 150.0])),
            "running_cost": draw(st.sampled_from([0.0, 3.0, 20.0])),
        }
        more |= {
            "growth": draw(st.sampled_from([0.0, 0.04])),
            "delay": draw(st.integers(0, 2)),
            "life": draw(st.integers(1, 3)),
        }
        more |= {
            "earliest": earliest,
            "latest": earliest if stage == "ongoing" else draw(st.integers(max(earliest, 2026), 2027)),
        }
        more |= {"stage": stage, "programme": "pools"}
        if place and (link := draw(st.sampled_from(["", "requires", "excludes"]))):
            more[link] = draw(st.sampled_from(CODES[:place]))
        projects.append(project(code, draw(st.sampled_from(["near", "hill"])), **more))
        for programme in limited[: draw(st.integers(1, 2))]:
            effects[code, programme] = draw(st.sampled_from([0.5, 2.0, 40.0, 300.0]))
    existing = {name: {area: draw(st.sampled_from([0.0, 1.0, 60.0])) for area in case.areas} for name in limited}
    return with_projects(case, projects, effects, existing)


LOOSE = {
    # what each rule states besides its level: the level's name, levels from loose to tight, and the rest
    "remote_share": ("share", (0.1, 0.3, 0.6), {}),
    "per_child_floor": ("amount", (0.01, 0.05, 0.1), {}),
    "stability": ("decrease", (1.0, 0.7, 0.3), {"increase": 1.5}),
    "coverage_floors": ("share", (0.01, 0.1, 0.4), {"programmes": PROGRAMMES, "areas": AREAS, "each": st.booleans()}),
    "coverage_caps": ("share", (0.9, 0.5, 0.1), {"programmes": PROGRAMMES, "areas": AREAS, "each": st.booleans()}),
    "minimum_grants": ("amount", (1.0, 20.0, 60.0), {"programmes": PROGRAMMES, "areas": AREAS}),
    "absorption": ("growth", (1.0, 0.3, 0.0), {}),
    "substitutes": (None, (), {"programmes": ["lessons", "pools"]}),
    "complements": (None, (), {"programme": "lessons", "needs": "pools"}),
    "minimum_use": ("share", (0.01, 0.1, 0.5), {"fund": st.sampled_from(["city", "local", "donor"])}),
    "expiry": ("year", (2027, 2026), {"fund": st.sampled_from(["city", "local", "donor"])}),
    "matching": ("ratio", (0.1, 0.5, 2.0), {"fund": "donor", "partner": "city", "programmes": PROGRAMMES}),
    "co_funding": ("share", (0.9, 0.5, 0.2), {"fund": "city", "programmes": PROGRAMMES}),
    "additionality": ("share", (0.01, 0.2, 0.6), {"programmes": PROGRAMMES}),
    "virement": ("share", (1.0, 0.8, 0.4), {"programmes": PROGRAMMES}),
    "gaps": ("ratio", (0.1, 0.5, 1.5), {"programmes": PROGRAMMES}),
    "parity": ("share", (1.0, 0.6, 0.2), {}),
    "losers": ("share", (1.0, 0.6, 0.1), {}),
    "concentration": ("at_most", (0.5, 0.1, 0.0), {"programmes": PROGRAMMES, "floor": st.sampled_from([0.0, 0.02])}),
    "hoover": ("at_most", (0.5, 0.1, 0.01), {"programmes": PROGRAMMES, "floor": st.sampled_from([0.0, 0.02])}),
    "gini": ("at_most", (0.5, 0.1, 0.01), {"programmes": PROGRAMMES, "floor": st.sampled_from([0.0, 0.02])}),
    "theil": ("at_most", (0.5, 0.1, 0.01), {"programmes": PROGRAMMES, "floor": st.sampled_from([0.0, 0.02])}),
    "bottom_share": ("share", (0.02, 0.1, 0.2), {"bottom": 0.3, "programmes": PROGRAMMES, "floor": 0.0}),
    "projects": ("per_year", (3, 1, 0), {}),
}
ONCE = {"remote_share", "per_child_floor", "stability", "absorption", "additionality", "parity", "losers", "projects"}


@st.composite
def rules(draw, most: int = 3, strengths: tuple[str, ...] = ("hard", "soft")) -> dict[str, object]:
    """A few rules with their levels."""
    names = draw(st.lists(st.sampled_from(sorted(LOOSE)), min_size=1, max_size=most, unique=True))
    return {name: stated(name, draw(pairs(name))[0], draw(st.sampled_from(strengths))) for name in names}


@st.composite
def pairs(draw, name: str) -> tuple[dict, dict]:
    """The words of one rule, and the same at a looser level (or the same level where there is none)."""
    level, levels, rest = LOOSE[name]
    fixed = {key: draw(value) if isinstance(value, st.SearchStrategy) else value for key, value in rest.items()}
    if level is None:
        return fixed, fixed
    tight = draw(st.integers(1, len(levels) - 1))
    return fixed | {level: levels[tight]}, fixed | {level: levels[draw(st.integers(0, tight))]}


def stated(name: str, words: dict, strength: str = "hard") -> object:
    """The words of a rule as Rules takes them."""
    if name == "projects":
        return words
    words = words | {"strength": strength}
    return words if name in ONCE else [words]


@st.composite
def objectives(draw) -> dict[str, object]:
    """Goals in an order, a tolerance, a discount and weights of classes, or the weighted method."""
    if draw(st.integers(0, 4)) == 0:
        return {"method": "weighted", "shortfall_weight": draw(st.sampled_from([0.1, 10.0]))}
    goals = draw(st.permutations(["targets", "reach", "max_min", "leximin", "least_cost", "least_change"]))
    chosen = goals[: draw(st.integers(1, 3))]
    tolerances = {goal: draw(st.sampled_from([0.01, 0.2])) for goal in chosen if draw(st.booleans())}
    more = {
        "discount": draw(st.sampled_from([0.0, 0.1])),
        "class_weights": {"remote": draw(st.sampled_from([1.0, 4.0]))},
    }
    return {"goals": tuple(chosen), "tolerances": tolerances} | more
