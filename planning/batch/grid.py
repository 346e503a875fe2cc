"""A family of scenarios: one scenario with some of its levels set to each of several values.

Each member is a scenario file of a few lines that extends its base. It is written beside a copy of the base's files,
not into the scenario folder; the run folder of the member keeps both.
"""

import io
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from planning.batch.tasks import Task, task_of
from planning.disk import on_disk, write_down
from planning.errors import InputError, Problem
from planning.inputs import load_case
from planning.inputs.case import Case
from planning.inputs.levels import ENVELOPE, FIELDS, Level, find_level
from planning.reports.run_folder import copy_inputs
from planning.solver.certificate import input_hash
from planning.vocabulary import Text

_ONE_LEVEL = Text(
    "hai tên cùng chỉ một mức; hãy ghi các giá trị của nó trong một danh sách",
    "two of the names are the same level; write its values in one list",
)
_BLOCKS = {
    "default_flow_style": False,
    "allow_unicode": True,
    "width": 4096,
    "sort_base_mapping_type_on_output": False,
}


@dataclass(frozen=True, slots=True)
class Axis:
    """A level by its name (rule, entry, field, points between them) and the values that it takes."""

    name: str
    values: tuple[float, ...]


def axes_of(texts: Sequence[str]) -> list[Axis]:
    """The axes that are written as NAME=v1,v2. Raises InputError for what is not, or is named twice."""
    axes: list[Axis] = []
    problems = []
    for text in texts:
        name, equals, numbers = text.partition("=")
        name = name.strip()
        try:
            values = tuple(float(part) for part in numbers.split(","))
        except ValueError:
            values = ()
        if not name or not equals or not values or not all(map(math.isfinite, values)):
            problems.append(Problem("--grid", _no_axis(text)))
        elif len({_written(value) for value in values}) < len(values):
            problems.append(Problem("--grid", _value_twice(text)))
        elif name in [axis.name for axis in axes]:
            problems.append(Problem("--grid", _name_twice(name)))
        axes.append(Axis(name, values))
    if problems:
        raise InputError(problems)
    return axes


def _no_axis(text: str) -> Text:
    return Text(
        f"{text!r} không có dạng NAME=v1,v2; hãy ghi ví dụ remote_share=0.2,0.3, dùng dấu chấm thập phân",
        f"{text!r} is not NAME=v1,v2; write for instance remote_share=0.2,0.3 with a decimal point",
    )


def _value_twice(text: str) -> Text:
    return Text(
        f"{text!r} nêu một giá trị hai lần; hãy nêu mỗi giá trị một lần",
        f"{text!r} gives a value twice; give each once",
    )


def _name_twice(name: str) -> Text:
    return Text(
        f"'{name}' được nêu hai lần; hãy ghi các giá trị của nó trong một danh sách",
        f"'{name}' is given twice; write its values in one list",
    )


def family(base: Path, axes: Sequence[Axis], place: Path) -> list[Task]:
    """The members of a scenario's family, their files written into `place`.

    Raises InputError where a name is no level of the scenario or a value is none it may take, and OutputError.
    """
    case = load_case(base)
    levels = [(axis, named_level(case, axis.name)) for axis in axes]
    if len({level for _, level in levels}) < len(levels):
        raise InputError([Problem("--grid", _ONE_LEVEL)])
    home = copy_inputs(Path(case.scenario.folder), case.hashes, place)
    tasks = []
    for values in itertools.product(*(axis.values for axis in axes)):
        chosen = [(axis.name, level, value) for (axis, level), value in zip(levels, values, strict=True)]
        path = home / f"{case.scenario.name}{''.join(f'+{name}@{_written(value)}' for name, _, value in chosen)}.yaml"
        with on_disk(path):
            write_down(path, _member(case, chosen).encode())
        source = {"path": str(base), "input_hash": input_hash(case), "grid": {name: v for name, _, v in chosen}}
        tasks.append(task_of(path, source))
    return tasks


def named_level(case: Case, name: str) -> Level:
    """The level that is written as rule, rule.entry, rule.field or rule.entry.field. Raises InputError."""
    rule, *rest = name.split(".")
    field = rest.pop() if rest and rest[-1] in FIELDS.get(rule, ()) else None
    return find_level(case, rule, ".".join(rest) or None, field)


def _member(case: Case, chosen: Sequence[tuple[str, Level, float]]) -> str:
    """The scenario file that sets these levels over the case's own file. Raises InputError for a value out of range."""
    rules: dict[str, Any] = {}
    changes: list[dict[str, Any]] = []
    said = ", ".join(f"{name} = {_written(value)}" for name, _, value in chosen)
    for _, level, value in chosen:
        if level.rule == ENVELOPE:
            _check_factor(case, value)
            note = f"{ENVELOPE} = {_written(value)}"
            changes.append({"table": "funds", "column": "ceiling", "multiply": value, "note": note})
        else:
            case = level.at(case, value)
            rules[level.rule] = _stated(case, level, rules.get(level.rule))
    title = case.scenario.title
    head = {
        "title": {"vi": f"{title.vi}: {said}", "en": f"{title.en}: {said}"},
        "note": f"{case.scenario.name}, {said}",
    }
    body = head | {"extends": case.scenario.files[-1]} | _some(rules=rules, changes=changes)
    text = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    for option, value in _BLOCKS.items():
        setattr(writer, option, value)
    writer.dump(body, text)
    return text.getvalue()


def _check_factor(case: Case, value: float) -> None:
    if value <= 0:
        text = Text(
            f"{ENVELOPE} không thể là {value:g}: phải lớn hơn 0",
            f"{ENVELOPE} cannot be {value:g}: it must be greater than 0",
        )
        raise InputError([Problem(case.scenario.name, text)])


def _stated(case: Case, level: Level, before: Any) -> Any:
    """What a scenario file says of the rule so that this level and those set before hold."""
    rule = getattr(case.scenario.rules, level.rule)
    if isinstance(rule, list):
        return [entry.model_dump(mode="json", exclude_unset=True, exclude_none=True) for entry in rule]
    return dict(before or {}) | {level.field: rule.model_dump(mode="json")[level.field]}


def _some(**parts: Any) -> dict[str, Any]:
    return {name: part for name, part in parts.items() if part}


def _written(value: float) -> str:
    return f"{value:.10g}"
