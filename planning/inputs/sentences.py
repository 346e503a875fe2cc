"""What pydantic finds wrong in a scenario, as sentences for a planner."""

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from planning.errors import Problem
from planning.inputs.document import Path_
from planning.inputs.limits import FIRST_YEAR
from planning.inputs.scenario import ScenarioFile
from planning.inputs.words import did_you_mean, number

_ASKED = {
    "float_type": "a number, for instance 0.25",
    "int_type": "a whole number, for instance 2026",
    "string_type": "a text",
    "list_type": "a list, such as [2026, 2027] or lines that begin with `-`",
    "tuple_type": "a list, for instance [targets, reach]",
    "dict_type": "`key: value` lines below it",
}
_BOUNDS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}


def translate(
    error: ValidationError, values: Mapping[str, Any], origin: Mapping[Path_, tuple[str, int]]
) -> list[Problem]:
    """One problem for each place that is wrong, with the file and line that set it.

    `values` is what was checked, `origin` the file and line of each of its paths.
    """
    by_place: dict[Path_, list[Any]] = {}
    found = [(*_place(item["loc"], values, item["type"]), item) for item in error.errors(include_url=False)]
    for path, fits, item in found:
        if fits or not any(fits for _, fits, _ in found):
            by_place.setdefault(path, []).append(item)
    problems = []
    for path, items in by_place.items():
        file, line = _origin(path[:-1] if items[0]["type"] == "missing" else path, origin)
        problems.append(Problem(file, _label(path, origin) + _sentence(path, items), line))
    return problems


def holds(values: Any, step: str | int) -> bool:
    """Whether a mapping or list has something under this key or number."""
    if isinstance(values, list):
        return isinstance(step, int) and step < len(values)
    return isinstance(values, dict) and step in values


def _place(loc: Path_, values: Any, kind: str) -> tuple[Path_, bool]:
    """The path that an error is about, and whether it is about the form that the value there has.

    Where a value may have several forms, pydantic puts the name of the form into the path and reports every form.
    """
    path: list[str | int] = []
    fits = True
    for step in loc:
        if holds(values, step):
            values = values[step]
            path.append(step)
        elif kind == "missing" and step == loc[-1]:
            path.append(step)
        elif step != "[key]":
            mapping = str(step).startswith("dict[") or str(step)[:1].isupper()
            fits &= isinstance(values, dict) == mapping
    return tuple(path), fits


def _origin(path: Path_, origin: Mapping[Path_, tuple[str, int]]) -> tuple[str, int]:
    while path not in origin:
        path = path[:-1]
    return origin[path]


def _label(path: Path_, origin: Mapping[Path_, tuple[str, int]]) -> str:
    """`change 2: ` for what belongs to the second change of its file."""
    if path[:1] != ("changes",) or len(path) < 2:
        return ""
    files = [origin["changes", at][0] for at in range(int(path[1]) + 1)]
    return f"change {files.count(files[-1])}: "


def _sentence(path: Path_, items: list[Any]) -> str:
    key = _key(path)
    item = items[0]
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    if kind == "missing":
        return f"{key} is missing; add it{_meaning(path)}"
    if kind in {"extra_forbidden", "invalid_key"}:
        return f"unknown key '{key}'; {did_you_mean(str(path[-1]), _fields(path[:-1]))}"
    if kind == "value_error":
        return str(context["error"])
    if value is None or kind in {"string_too_short", "too_short"}:
        return f"{key} is empty; fill it in{_meaning(path)}"
    if kind == "literal_error":
        return f"{key} {_shown(value)} is not allowed; write {_choice(path, context['expected'])}"
    if kind in _BOUNDS:
        return f"{key} {_bounded(value, kind, context)}"
    if kind == "model_type":
        return f"{key} {_shown(value)} is not allowed; write on lines below it: {', '.join(_fields(path))}"
    if kind == "list_type" and _model(path):
        each = ", ".join(_fields(path))
        return f"{key} {_shown(value)} is not allowed; write off, or one line that begins with `- ` for each: {each}"
    asked = " or ".join(dict.fromkeys(_ASKED.get(each["type"], each["msg"]) for each in items))
    return f"{key} {_shown(value)} is not allowed; write {asked}"


def _key(path: Path_) -> str:
    """The path in words: places in a list are left out, years stay."""
    words = [str(step) for step in path if isinstance(step, str) or step >= FIRST_YEAR]
    return ".".join(words[1:] if path[0] == "changes" and len(path) > 1 else words) or "the entry"


def _bounded(value: float, kind: str, context: Mapping[str, Any]) -> str:
    name, words = _BOUNDS[kind]
    if kind == "less_than_equal" and context[name] == 1 and 1 < value <= 100:
        return f"{number(value)} looks like a percentage; write it as a share between 0 and 1: {number(value / 100)}"
    return f"{number(value)} is not allowed; write a number {words} {number(context[name])}"


def _choice(path: Path_, expected: str) -> str:
    if expected == "'off'":
        return f"off, or its settings below it: {', '.join(_fields(path))}"
    return expected.replace("'", "")


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, dict):
        return "with lines below it"
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        return "as a list"
    return str(value)


def _field(path: Path_) -> Any:
    """The pydantic field at a path of the scenario, or None."""
    *above, last = (step for step in path if isinstance(step, str))
    model = _model(tuple(above))
    return model.model_fields.get(last) if model else None


def _model(path: Path_) -> type[BaseModel] | None:
    """The pydantic model at a path of the scenario, or None."""
    if not [step for step in path if isinstance(step, str)]:
        return ScenarioFile
    field = _field(path)
    return _inner(field.annotation) if field else None


def _inner(annotation: Any) -> type[BaseModel] | None:
    """The model inside an annotation such as `list[Change]` or `RemoteShare | Literal["off"]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_inner, get_args(annotation))), None)


def _fields(path: Path_) -> list[str]:
    model = _model(path)
    return list(model.model_fields) if model else []


def _meaning(path: Path_) -> str:
    field = _field(path)
    return f" ({field.description})" if field and field.description else ""
