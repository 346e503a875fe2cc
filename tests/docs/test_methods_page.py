"""docs/methods.md says what the code says."""

import re
from inspect import cleandoc
from pathlib import Path

import pytest

from planning.model import build, objectives
from planning.model.build import RULES
from planning.vocabulary import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8")
PLAIN = "\n".join(line.removeprefix("    ") for line in PAGE.splitlines())


@pytest.mark.parametrize("name", RULES)
def test_every_rule_stands_there_word_for_word(name):
    assert f"### {name}\n" in PAGE
    assert cleandoc(RULES[name].rows.__doc__) in PLAIN


@pytest.mark.parametrize(
    ("function", "names"),
    [(build.build, ("paid_for", "built_once")), (objectives.goals, ("targets", "reach", "weighted"))],
)
def test_identities_and_goals_stand_there(function, names):
    lines = [line.strip() for line in cleandoc(function.__doc__).splitlines()]
    for name in names:
        assert next(line for line in lines if line.startswith(f"{name} ")) in PLAIN


def test_the_symbol_table_names_columns_that_exist():
    cells = re.findall(r"`(\w+)\.(\w+)`", PAGE[PAGE.index("## Symbols") : PAGE.index("## Needs")])
    assert len(cells) > 20
    for table, column in cells:
        assert column in {known.name for known in TABLES[table].columns}, f"{table}.{column}"


def test_every_symbol_of_an_equation_is_explained():
    table = PAGE[PAGE.index("## Symbols") : PAGE.index("## Needs")]
    explained = set(re.findall(r"^\| ([^|]+?) \|", table, flags=re.MULTILINE))
    known = {name.split("[")[0] for entry in explained for name in entry.split(", ")}
    for kind in RULES.values():
        equation = cleandoc(kind.rows.__doc__).split("\n\n", 1)[1]
        for symbol in re.findall(r"([A-Za-zκσφαβ⁰]+)\[", equation):
            assert symbol in known, f"{kind.name}: {symbol}"
