"""What pydantic finds wrong in a scenario, as sentences for a planner."""

import math
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from planning.errors import Problem
from planning.inputs.document import Path_
from planning.inputs.limits import FIRST_YEAR, could_be_percent
from planning.inputs.numerals import TwoReadingsError, percentage, read_number
from planning.inputs.scenario import ScenarioFile
from planning.inputs.scenario_words import FIELD_MEANINGS, FILE_MEANINGS
from planning.inputs.words import did_you_mean
from planning.vocabulary import Text

_ASKED = {
    "float_type": Text("một số, ví dụ 0.25", "a number, for instance 0.25"),
    "int_type": Text("một số nguyên, ví dụ 2026", "a whole number, for instance 2026"),
    "bool_type": Text("true hoặc false", "true or false"),
    "string_type": Text("một đoạn chữ", "a text"),
    "list_type": Text(
        "một danh sách, như [2026, 2027] hoặc các dòng bắt đầu bằng `-`",
        "a list, such as [2026, 2027] or lines that begin with `-`",
    ),
    "tuple_type": Text("một danh sách, ví dụ [targets, reach]", "a list, for instance [targets, reach]"),
    "dict_type": Text("các dòng `mục: giá trị` ở bên dưới", "`key: value` lines below it"),
}
BOUNDS = {
    "greater_than": ("gt", Text("lớn hơn {}", "above {}")),
    "greater_than_equal": ("ge", Text("từ {} trở lên", "at least {}")),
    "less_than": ("lt", Text("nhỏ hơn {}", "below {}")),
    "less_than_equal": ("le", Text("không quá {}", "at most {}")),
}
_RATIO = 10  # no share or ratio of a scenario may be larger; what may be larger is no part of anything
_NOTHING = Text("", "")


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


def _label(path: Path_, origin: Mapping[Path_, tuple[str, int]]) -> Text:
    """`change 2: ` for what belongs to the second change of its file."""
    if path[:1] != ("changes",) or len(path) < 2:
        return _NOTHING
    files = [origin["changes", at][0] for at in range(int(path[1]) + 1)]
    place = files.count(files[-1])
    return Text(f"thay đổi {place}: ", f"change {place}: ")


def _sentence(path: Path_, items: list[Any]) -> Text:
    key = _key(path)
    item = items[0]
    kind, value, context = item["type"], item["input"], item.get("ctx", {})
    if kind == "missing":
        return Text(f"{key.vi} còn thiếu; hãy thêm vào", f"{key.en} is missing; add it") + _meaning(path)
    if kind in {"extra_forbidden", "invalid_key"}:
        last, known = str(path[-1]), _fields(path[:-1])
        return Text(
            f"không có mục '{key.vi}'; {did_you_mean(last, known, 'vi')}",
            f"unknown key '{key.en}'; {did_you_mean(last, known)}",
        )
    if kind == "value_error":
        return context["error"].args[0]
    if value is None or kind in {"string_too_short", "too_short"}:
        return Text(f"{key.vi} để trống; hãy điền vào", f"{key.en} is empty; fill it in") + _meaning(path)
    if kind in BOUNDS:
        return Text(f"{key.vi} ", f"{key.en} ") + _bounded(value, kind, context)
    shown = _shown(value)
    if isinstance(value, str) and any(item["type"] == "float_type" for item in items) and (figure := _figure(value)):
        return Text(f"{key.vi} ", f"{key.en} ") + figure
    refused = Text(f"{key.vi} {shown.vi} không hợp lệ; hãy ghi ", f"{key.en} {shown.en} is not allowed; write ")
    return refused + _asked(path, items)


def _key(path: Path_) -> Text:
    """The path in words: places in a list are left out, years stay."""
    words = [str(step) for step in path if isinstance(step, str) or step >= FIRST_YEAR]
    key = ".".join(words[1:] if path[0] == "changes" and len(path) > 1 else words)
    return Text(key or "nội dung", key or "the entry")


def bound(kind: str, context: Mapping[str, Any]) -> Text:
    """The limit that a number is beyond: `at most 1`; it is written as in files."""
    name, words = BOUNDS[kind]
    limit = f"{context[name]:.10g}"
    return Text(words.vi.format(limit), words.en.format(limit))


def _bounded(value: float, kind: str, context: Mapping[str, Any]) -> Text:
    stated = f"{value:.10g}"
    most = context.get("le", context.get("lt", math.inf))
    if most <= _RATIO and could_be_percent(value, most):
        share, top = f"{value / 100:.10g}", f"{min(most, 1):.10g}"
        return Text(
            f"{stated} có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến {top}: {share}",
            f"{stated} looks like a percentage; write it as a share between 0 and {top}: {share}",
        )
    allowed = bound(kind, context)
    return Text(
        f"{stated} không hợp lệ; hãy ghi số {allowed.vi}", f"{stated} is not allowed; write a number {allowed.en}"
    )


def _figure(value: str) -> Text | None:
    """What to write for a text that is a number with a decimal comma, a percent sign or quotes."""
    if (share := percentage(value.strip())) is not None:
        text = f"{share:.10g}"
        return Text(
            f"'{value}' là phần trăm; hãy ghi thành tỷ lệ: {text}",
            f"'{value}' is a percentage; write it as a share: {text}",
        )
    try:
        text = f"{read_number(value.strip(), {}):.10g}"
    except TwoReadingsError as either:
        return either.sentence
    except ValueError:
        return None
    return Text(
        f"'{value}' không hợp lệ; hãy ghi {text}, với dấu chấm thập phân và không có dấu nháy",
        f"'{value}' is not allowed; write {text}, with a decimal point and without quotes",
    )


def _asked(path: Path_, items: list[Any]) -> Text:
    """What may stand at the path instead of what is not allowed there."""
    kind, below = items[0]["type"], ", ".join(_fields(path))
    if kind == "literal_error":
        return _choice(items[0]["ctx"]["expected"], below)
    if kind == "model_type":
        return Text(f"ở các dòng bên dưới: {below}", f"on lines below it: {below}")
    if kind == "list_type" and below:
        off = Text("off, hoặc ", "off, or ") if path[0] == "rules" else _NOTHING
        each = Text(
            f"cho mỗi mục một dòng bắt đầu bằng `- `: {below}", f"one line that begins with `- ` for each: {below}"
        )
        return off + each
    asked = list(dict.fromkeys(_wanted(item, path) for item in items))
    return Text(" hoặc ".join(text.vi for text in asked), " or ".join(text.en for text in asked))


def _wanted(item: Any, path: Path_) -> Text:
    """What one form of the value asks for; a year stands for whole numbers only where years are asked for."""
    if item["type"] in ("int_type", "int_from_float") and not {"year", "years"} & set(path):
        return Text("một số nguyên, ví dụ 2", "a whole number, for instance 2")
    return _ASKED.get(item["type"], Text("giá trị khác", item["msg"]))


def _choice(expected: str, below: str) -> Text:
    """The words that may stand there, as pydantic lists them, or `off` and the settings below it."""
    if expected == "'off'":
        return Text(f"off, hoặc các thiết lập ở bên dưới: {below}", f"off, or its settings below it: {below}")
    words = expected.replace("'", "")
    return Text(words.replace(" or ", " hoặc "), words)


def _shown(value: Any) -> Text:
    if isinstance(value, dict):
        return Text("với các dòng bên dưới", "with lines below it")
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        return Text("dạng danh sách", "as a list")
    quoted = f"'{value}'" if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return Text(quoted, quoted)


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


def _meaning(path: Path_) -> Text:
    """What the field at the path means, between brackets."""
    field = _field(path)
    if not field or not field.description:
        return _NOTHING
    steps = [step for step in path if isinstance(step, str)]
    names = (".".join(steps[-2:]), steps[-1])
    viet = next(words[name] for name in names for words in (FILE_MEANINGS, FIELD_MEANINGS) if name in words)
    return Text(f" ({viet})", f" ({field.description})")
