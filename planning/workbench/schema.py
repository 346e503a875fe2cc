"""What a scenario can say, as fields to fill in: read from the JSON schema of the scenario's own models.

Nothing about a setting is stated here: its form, its limits, its default and its English words are the schema's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from planning.inputs.case import Case
from planning.inputs.scenario import ScenarioFile
from planning.inputs.scenario_words import (
    CHOICES,
    EXAMPLES,
    FIELD_MEANINGS,
    GROUPS,
    LABELS,
    OPEN_SHARES,
    PROJECTS,
    RULE_MEANINGS,
)
from planning.inputs.selectors import programme_names
from planning.model.rule_names import RULE_NAMES
from planning.vocabulary import ALL, COST_TYPES, FIELDS, REMOTE, REST, STRENGTHS, Language, Text

Kind = Literal["share", "open_share", "number", "whole", "flag", "choice", "code", "codes", "order", "by_key"]
NOTHING = object()
# A field that names something → the label that people read its codes by.
_NAMED = MappingProxyType(
    {
        "programmes": "programmes", "programme": "programme", "needs": "programme",
        "areas": "areas", "fund": "fund", "partner": "fund",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: how it is filled in, between which numbers, and what it is called.

    A `share` lies between 0 and 1, an `open_share` may be above 1; both are shown in percent.
    `above` says that the least value itself is not allowed; `optional` that it may be left empty; `split` that it may
    also be stated once per year, field, cost type or programme; `default` is NOTHING where it must be stated.
    """

    name: str
    kind: Kind
    label: Text
    meaning: Text
    least: float | None = None
    most: float | None = None
    above: bool = False
    optional: bool = False
    split: bool = False
    default: Any = NOTHING
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleForm:
    """One rule: its fields, whether it is a list of entries, and whether it can be switched off."""

    name: str
    label: Text
    meaning: Text
    fields: tuple[Field, ...]
    many: bool
    switch: bool


@cache
def rule_forms() -> tuple[tuple[Text, tuple[RuleForm, ...]], ...]:
    """Every rule that a scenario can switch on, in its group."""
    rules = _definition("Rules")["properties"]
    return tuple((title, tuple(_rule(name, rules[name]) for name in names)) for title, names in GROUPS)


@cache
def objective_fields() -> tuple[Field, ...]:
    """The settings of the objective."""
    return _fields("Objective", "objective")


def codes(field: Field, case: Case, language: Language) -> list[tuple[str, str]]:
    """(words, code) for each value that a field which names something may hold."""
    tables, labels = case.tables, case.labels(language)
    if field.kind == "by_key":
        known = field.choices or tuple(case.classes)
        words = labels["class"] if not field.choices else {code: CHOICES[code][language] for code in known}
        return [(words[code], code) for code in known]
    match _NAMED[field.name]:
        case "programmes" if field.kind == "code":
            known, words = programme_names(tables), labels["programmes"]
        case "programmes" | "programme":
            known, words = list(case.programmes), labels["programme"]
        case "areas":
            known, words = [ALL, REMOTE, REST, *case.classes, *case.areas], labels["areas"]
        case _:
            known, words = list(case.funds), labels["fund"]
    return [(words[code], code) for code in known]


def split_keys(case: Case, language: Language) -> list[tuple[str, int | str]]:
    """(words, key) for what a share may be stated by: each year, or all, a field, a cost type, a programme."""
    words = case.labels(language)["programmes"]
    return [
        *((str(year), year) for year in case.years),
        *((words[code], code) for code in (ALL, *FIELDS, *COST_TYPES, *case.programmes)),
    ]


def choice_words(code: str, language: Language) -> str:
    """A choice as people read it."""
    return (STRENGTHS.get(code) or CHOICES[code])[language]


def entry_to_begin_with(rule: RuleForm, case: Case) -> dict[str, Any]:
    """What a rule that is switched on states at first: what it must, from the examples and the tables."""
    return {field.name: _first(rule.name, field, case) for field in rule.fields if field.default is NOTHING}


def _first(rule: str, field: Field, case: Case) -> Any:
    if field.kind == "codes":
        return [code for _, code in codes(field, case, "en")[:2]]
    if field.kind == "code":
        known = [code for _, code in codes(field, case, "en")]
        return known[1] if field.name in ("partner", "needs") and len(known) > 1 else known[0]
    return case.years[-1] if field.name == "year" else EXAMPLES[f"{rule}.{field.name}"]


# ---- from the schema ------------------------------------------------------------------------------------------------
def _definition(name: str) -> Mapping[str, Any]:
    return _schema()["$defs"][name]


@cache
def _schema() -> Mapping[str, Any]:
    return ScenarioFile.model_json_schema()


def _resolved(node: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The name and the definition behind a reference; no name where there is none."""
    name = str(node.get("$ref", "")).rpartition("/")[2]
    return (name, _definition(name)) if name else ("", node)


def _rule(name: str, node: Mapping[str, Any]) -> RuleForm:
    forms = node.get("anyOf", [node])
    model, found = _resolved(forms[0])
    many = found.get("type") == "array"
    if many:
        model, found = _resolved(found["items"])
    label = RULE_NAMES.get(name, PROJECTS)
    meaning = Text(RULE_MEANINGS[name], found["description"])
    return RuleForm(name, label, meaning, _fields(model, name), many, switch=len(forms) > 1)


def _fields(model: str, rule: str) -> tuple[Field, ...]:
    """The fields of a model: what must be stated first, strength and price last."""
    found = _definition(model)
    fields = [_field(name, node, rule) for name, node in found["properties"].items()]
    last = ("strength", "price")
    return tuple(sorted(fields, key=lambda field: (field.name in last, field.default is not NOTHING)))


def _field(name: str, node: Mapping[str, Any], rule: str) -> Field:
    forms = [form for form in node.get("anyOf", [node]) if form.get("type") != "null"]
    shape = forms[0]
    meaning = FIELD_MEANINGS.get(f"{rule}.{name}", FIELD_MEANINGS[name])
    return Field(
        name,
        "open_share" if f"{rule}.{name}" in OPEN_SHARES else _kind(shape),
        LABELS[name],
        Text(meaning, node["description"]),
        least=shape.get("minimum", shape.get("exclusiveMinimum")),
        most=shape.get("maximum", shape.get("exclusiveMaximum")),
        above="exclusiveMinimum" in shape,
        optional={"type": "null"} in node.get("anyOf", []),
        split=any(form.get("type") == "object" for form in forms[1:]),
        default=node.get("default", NOTHING if shape.get("type") != "object" else {}),
        choices=_choices(shape),
    )


def _kind(shape: Mapping[str, Any]) -> Kind:
    match shape["type"]:
        case "number":
            least = shape.get("minimum", shape.get("exclusiveMinimum"))
            return "share" if least == 0 and shape.get("maximum", shape.get("exclusiveMaximum")) == 1 else "number"
        case "integer":
            return "whole"
        case "boolean":
            return "flag"
        case "object":
            return "by_key"
        case "array":
            return "order" if "enum" in shape["items"] else "codes"
        case _:
            return "choice" if "enum" in shape else "code"


def _choices(shape: Mapping[str, Any]) -> tuple[str, ...]:
    items: Sequence[str] = shape.get("enum") or shape.get("items", shape.get("propertyNames", {})).get("enum", ())
    return tuple(items)
