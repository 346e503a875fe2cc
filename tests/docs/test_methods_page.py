"""docs/methods.md says what the code says."""

import re
from collections.abc import Callable
from inspect import cleandoc
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from planning.inputs.rules import Rules
from planning.inputs.scenario import Objective
from planning.model import fairness, money, objectives, projects
from planning.model.build import RULES
from planning.vocabulary import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
LINKS = (
    money.paid_for,
    projects.built_once,
    projects.within_capacity,
    projects.begun_once,
    projects.requires,
    projects.excludes,
    fairness.worst_covered,
    fairness.moved,
)
STATED: dict[str, Callable] = {name: kind.rows for name, kind in RULES.items()}
STATED |= {link.__name__: link for link in LINKS}
SYMBOLS = PAGE[PAGE.index("## Symbols") : PAGE.index("## Money and time")]
KNOWN = {
    name.split("[")[0]
    for entry in re.findall(r"^\| ([^|]+?) \|", SYMBOLS, flags=re.MULTILINE)
    for name in re.split(r", (?![^\[]*\])", entry)
}


def plain(text: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in text.splitlines())


def section(name: str) -> str:
    """The section of a rule or link, up to the next heading."""
    return re.split(r"^#{2,3} ", PAGE[PAGE.index(f"### {name}\n") + 4 :], flags=re.MULTILINE)[0]


def fields(name: str) -> set[str]:
    """The keys that a scenario may state for a rule."""
    kinds, found = [Rules.model_fields[name].annotation], set()
    while kinds:
        kind = kinds.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= set(kind.model_fields)
        kinds += get_args(kind)
    return found


@pytest.mark.parametrize("name", STATED)
def test_every_rule_and_link_stands_there_word_for_word(name):
    assert cleandoc(STATED[name].__doc__) in plain(section(name))


def test_nothing_else_is_called_a_rule():
    rules = PAGE[PAGE.index("## Money\n") : PAGE.index("## Objective")]
    assert set(re.findall(r"^### (\w+)$", rules, flags=re.MULTILINE)) == set(STATED)


@pytest.mark.parametrize("name", sorted(set(Rules.model_fields) - {"projects"}))
def test_every_key_of_a_rule_is_named(name):
    line = " ".join(section(name).split("\n\n")[1].split())
    assert line.startswith(f"In the scenario: `rules.{name}`")
    if "with the keys of the rule above" not in line:
        assert fields(name) <= set(re.findall(r"`(\w+)`", line)), line
    assert set(re.findall(r"`(\w+)`", line)) <= fields(name) | set(TABLES)


def test_the_keys_on_projects_are_named():
    both = section("projects_per_area") + section("projects_per_year")
    assert all(f"`{key}`" in both for key in fields("projects") - {"strength", "price"})


@pytest.mark.parametrize("name", STATED)
def test_every_symbol_of_an_equation_is_explained(name):
    """In the table, or beside the rule that alone uses it."""
    words, equation = cleandoc(STATED[name].__doc__).split("\n\n", 1)
    beside = plain(section(name)).replace(equation, "")
    used = set(re.findall(r"([A-Za-zα-ωϑ]+[⁰′]?)\[", equation)) | set(re.findall(r"(?<![\w∈])([α-ω])(?!\w)", equation))
    for symbol in used - KNOWN:
        assert re.search(rf"(?<!\w){symbol}(?!\w)", beside), f"{symbol} in {words}"


def test_the_goals_stand_there():
    lines = [line.strip() for line in cleandoc(objectives.goals.__doc__).splitlines()[2:]]
    assert {line.split()[0] for line in lines} >= set(get_args(get_args(Objective.model_fields["goals"].annotation)[0]))
    for line in lines:
        assert line in plain(PAGE)


@pytest.mark.parametrize("key", Objective.model_fields)
def test_every_key_of_the_objective_is_named(key):
    assert f"objective.{key}" in PAGE or f"`{key}:" in PAGE


def test_columns_that_are_named_exist():
    cells = re.findall(r"`(\w+)\.(\w+)`", PAGE)
    assert len(cells) > 50
    for table, column in cells:
        known = {"rules": {*Rules.model_fields, "csv"}, "objective": set(Objective.model_fields)}
        if table in TABLES:
            known[table] = {one.name for one in TABLES[table].columns}
        assert column in known.get(table, ()), f"{table}.{column}"
