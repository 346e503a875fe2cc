"""Checks on what the rules of a scenario name: programmes, areas, funds and years."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from planning.inputs.rules import Part
from planning.inputs.scenario import Scenario
from planning.inputs.words import did_you_mean, listing
from planning.vocabulary import ALL, COST_TYPES, FIELDS, REMOTE, REST

Tables = Mapping[str, pd.DataFrame]
Place = tuple[str, str]


def unknown_names(scenario: Scenario, tables: Tables) -> Iterator[Place]:
    """(path, sentence) for each name in a rule that stands for nothing in the tables."""
    known = _known(tables)
    for path, part in _parts(scenario):
        for field, kind in _KINDS.items():
            for name in _names(part, field):
                if kind in known and name not in known[kind]:
                    yield f"{path}.{field}", f"{path}.{field}: unknown '{name}'; {did_you_mean(name, known[kind])}"
        year = getattr(part, "year", None)
        if year is not None and year not in scenario.years:
            text = f"{path}.year: {year} is not one of the plan years {listing(scenario.years, 10)}"
            yield f"{path}.year", f"{text}; change it, or the years of the scenario"


_KINDS = {
    "programmes": "programmes",
    "programme": "programme",
    "needs": "programme",
    "areas": "areas",
    "fund": "fund",
    "partner": "fund",
}


def _known(tables: Tables) -> dict[str, list[str]]:
    known = {}
    if "programmes" in tables:
        codes = tables["programmes"]["programme"].tolist()
        known |= {"programme": codes, "programmes": [ALL, *codes, *FIELDS, *COST_TYPES]}
    if {"areas", "classes"} <= tables.keys():
        known["areas"] = [ALL, REMOTE, REST, *tables["classes"]["class"], *tables["areas"]["area"]]
    if "funds" in tables:
        known["fund"] = tables["funds"]["fund"].unique().tolist()
    return known


def _parts(scenario: Scenario) -> Iterable[tuple[str, Part]]:
    """Every rule, and every entry of a rule that is a list, with its dotted path."""
    for name in type(scenario.rules).model_fields:
        rule = getattr(scenario.rules, name)
        if isinstance(rule, Part):
            yield f"rules.{name}", rule
        elif isinstance(rule, list):
            yield from ((f"rules.{name}.{number}", entry) for number, entry in enumerate(rule))


def _names(part: Part, field: str) -> list[str]:
    value = getattr(part, field, None)
    return [] if value is None else value if isinstance(value, list) else [value]
