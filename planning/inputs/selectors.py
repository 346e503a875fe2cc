"""Checks on what the rules of a scenario name: programmes, areas, funds and years, and that a rule has its subject."""

from collections.abc import Iterable, Iterator, Mapping

import pandas as pd

from planning.inputs.rules import Part
from planning.inputs.scenario import Scenario
from planning.inputs.words import did_you_mean, listing
from planning.vocabulary import ALL, COST_TYPES, FIELDS, REMOTE, REST, YES, Text

Tables = Mapping[str, pd.DataFrame]
Place = tuple[str, Text]


_TWICE = Text(
    "rules.substitutes.programmes ghi một chương trình hai lần; hãy ghi mỗi chương trình một lần",
    "rules.substitutes.programmes names a programme twice; name each once",
)
_NO_RESOURCES = Text(
    "rules.resources: chưa có bảng resources.csv đúng; hãy lập bảng này và resource_use.csv, hoặc đặt quy định là off",
    "rules.resources: there is no sound table resources.csv; write one with resource_use.csv, or set it to off",
)
_NO_STATE = Text(
    "rules.additionality: không có nguồn vốn nào có kind 'state'; hãy sửa `kind` trong funds.csv, "
    "hoặc đặt quy định là off",
    "rules.additionality: no fund is of kind 'state'; set `kind` in funds.csv, or the rule to off",
)
_ALL_REMOTE = Text(
    "rules.gaps: mọi địa bàn đều thuộc nhóm vùng xa", "rules.gaps: every area is in a class that counts as remote"
)
_NONE_REMOTE = Text(
    "rules.gaps: không địa bàn nào thuộc nhóm vùng xa", "rules.gaps: no area is in a class that counts as remote"
)
_BOTH = Text(
    "; hãy sửa `remote` trong classes.csv để có cả hai loại, hoặc đặt quy định là off",
    "; set `remote` in classes.csv so that there are both, or the rule to off",
)


def unknown_names(scenario: Scenario, tables: Tables) -> Iterator[Place]:
    """(path, sentence) for each name in a rule that stands for nothing in the tables."""
    known = _known(tables)
    for path, part in _parts(scenario):
        for field, kind in _KINDS.items():
            for name in _names(part, field):
                if isinstance(getattr(part, field), list):
                    kind = "programme"  # a list names programmes one by one
                if kind in known and name not in known[kind]:
                    place = in_words(f"{path}.{field}")
                    text = Text(
                        f"{place}: không có '{name}'; {did_you_mean(name, known[kind], 'vi')}",
                        f"{place}: unknown '{name}'; {did_you_mean(name, known[kind])}",
                    )
                    yield f"{path}.{field}", text
        year = getattr(part, "year", None)
        if year is not None and year not in scenario.years:
            place = in_words(f"{path}.year")
            text = Text(
                f"{place}: {year} không thuộc các năm của phương án ({listing(scenario.years, 10, 'vi')}); "
                "hãy đổi năm này, hoặc years của phương án",
                f"{place}: {year} is not one of the plan years {listing(scenario.years, 10)}; "
                "change it, or the years of the scenario",
            )
            yield f"{path}.year", text


def without_subject(scenario: Scenario, tables: Tables) -> Iterator[Place]:
    """(path, sentence) for each rule that has nothing to hold on to, or that compares something with itself."""
    rules = scenario.rules
    for at, rule in enumerate(rules.matching):
        if rule.fund == rule.partner:
            text = Text(
                f"rules.matching.partner: nguồn vốn '{rule.fund}' không thể tự đối ứng; hãy ghi nguồn vốn đối ứng khác",
                f"rules.matching.partner: fund '{rule.fund}' cannot match itself; name the fund that matches it",
            )
            yield f"rules.matching.{at}.partner", text
    for at, rule in enumerate(rules.complements):
        if rule.programme == rule.needs:
            text = Text(
                f"rules.complements.needs: '{rule.needs}' không thể phụ thuộc vào chính nó; hãy ghi chương trình khác",
                f"rules.complements.needs: '{rule.needs}' cannot depend on itself; name another programme",
            )
            yield f"rules.complements.{at}.needs", text
    for at, rule in enumerate(rules.substitutes):
        if len(set(rule.programmes)) < len(rule.programmes):
            yield f"rules.substitutes.{at}.programmes", _TWICE
    if rules.resources != "off" and "resources" not in tables:
        yield "rules.resources", _NO_RESOURCES
    if rules.additionality != "off" and "funds" in tables and not (tables["funds"]["kind"] == "state").any():
        yield "rules.additionality", _NO_STATE
    if rules.gaps and {"areas", "classes"} <= tables.keys():
        classes = tables["classes"]
        remote = tables["areas"]["class"].isin(classes.loc[classes["remote"] == YES, "class"])
        if remote.all() or not remote.any():
            yield "rules.gaps", (_ALL_REMOTE if remote.all() else _NONE_REMOTE) + _BOTH


def in_words(path: str) -> str:
    """The dotted path without the places in lists, which a planner does not count."""
    return ".".join(step for step in path.split(".") if not step.isdecimal())


_KINDS = {
    "programmes": "programmes",
    "programme": "programme",
    "needs": "programme",
    "areas": "areas",
    "fund": "fund",
    "partner": "fund",
}


def programme_names(tables: Tables) -> list[str]:
    """What a rule may call programmes by: all, a code, a field or a cost type."""
    return [ALL, *tables["programmes"]["programme"], *FIELDS, *COST_TYPES]


def _known(tables: Tables) -> dict[str, list[str]]:
    known = {}
    if "programmes" in tables:
        known |= {"programme": tables["programmes"]["programme"].tolist(), "programmes": programme_names(tables)}
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
