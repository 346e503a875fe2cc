"""One YAML file as plain values, with the line of each: the only place that knows YAML.

YAML 1.2, and plainer still: `NO` and `12:30` are text, and so is `070`, because a code may begin with 0.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from planning.errors import InputError, Problem

Path_ = tuple[str | int, ...]
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_TAGS = {"null", "bool", "int", "float", "str", "seq", "map", "timestamp", "merge", "value"}
SAVE_AS_UTF8 = "open it in a text editor and save it with the encoding UTF-8"


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: `name` as a planner knows it, its values, and the line of each value by path; not to be changed."""

    name: str
    values: dict[str, Any]
    lines: dict[Path_, int]


def read_document(path: Path, name: str, content: bytes | None = None) -> Document:
    """The file at `path`, or `content` in its place, as a document.

    Raises InputError: the file cannot be opened, is not UTF-8 YAML, is empty, or is not a list of `key: value` lines.
    """
    return _document(_text(path, name, content), name)


@lru_cache(maxsize=16)
def _document(text: str, name: str) -> Document:
    """The document of a text, read once for all scenarios that extend it."""
    root = _compose(text, name)
    if root is None:
        raise InputError([Problem(name, "the file is empty; a scenario needs at least a title and a note")])
    lines: dict[Path_, int] = {}
    problems: list[Problem] = []
    values = _value(root, (), lines, problems, name)
    if problems:
        raise InputError(problems)
    if not isinstance(values, dict):
        raise InputError([Problem(name, "the file must hold `key: value` lines, for instance `title:`; see base.yaml")])
    return Document(name, values, lines)


def _text(path: Path, name: str, content: bytes | None) -> str:
    if path.suffix.lower() not in {".yaml", ".yml"}:
        what = "a folder" if path.is_dir() else f"a {path.suffix} file" if path.suffix else "not a scenario file"
        raise InputError([Problem(name, f"this is {what}; give the scenario's .yaml file, for instance base.yaml")])
    if content is None:
        content = _content(path, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem(name, f"the file is not UTF-8 text; {SAVE_AS_UTF8}")]) from error


def _content(path: Path, name: str) -> bytes:
    if not path.exists():
        near = sorted(other.name for other in path.parent.glob("*.yaml")) if path.parent.is_dir() else []
        there = f"; the folder holds {', '.join(near)}" if near else ""
        raise InputError([Problem(name, f"there is no such file{there}")])
    if path.is_dir():
        raise InputError([Problem(name, "this is a folder; give the scenario's .yaml file, for instance base.yaml")])
    return path.read_bytes()


def _compose(text: str, name: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    for row, line in enumerate(text.splitlines(), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise InputError([Problem(name, "the line begins with a tab; indent with spaces, two for each level", row)])
    try:
        return YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        row = mark.line + 1 if mark else None
        what = f"the line cannot be read ({error.problem}); check its indent, colon, quotes and brackets"
        raise InputError([Problem(name, what, row)]) from error
    except YAMLError as error:
        raise InputError([Problem(name, "the file holds characters that YAML does not allow")]) from error


def _value(node: Any, path: Path_, lines: dict[Path_, int], problems: list[Problem], name: str) -> Any:
    """The node as a plain value; its line and those of all below it go to `lines`."""
    row = node.start_mark.line + 1
    lines.setdefault(path, row)
    tag = str(node.tag).removeprefix("tag:yaml.org,2002:")
    if node.anchor or tag not in _TAGS:
        sign = f"&{node.anchor}" if node.anchor else f"!!{tag}" if tag != node.tag else tag
        problems.append(Problem(name, f"'{sign}' is not used in scenario files; write the value out", row))
        return None
    if node.id == "scalar":
        return node.value if node.style else scalar(node.value)
    if node.id == "sequence":
        return [_value(item, (*path, i), lines, problems, name) for i, item in enumerate(node.value)]
    values: dict[Any, Any] = {}
    for key_node, item in node.value:
        row = key_node.start_mark.line + 1
        key = _value(key_node, (*path, "?"), lines, problems, name)
        if not isinstance(key, str | int):
            problems.append(Problem(name, "a key must be one word or a year, followed by a colon", row))
        elif key in values:
            first = lines[*path, key]
            problems.append(Problem(name, f"'{key}' stands already in line {first}; keep one of them", row))
        else:
            lines[*path, key] = row
            values[key] = _value(item, (*path, key), lines, problems, name)
    lines.pop((*path, "?"), None)
    return values


def scalar(text: str) -> str | int | float | bool | None:
    """An unquoted value as what it looks like."""
    if text.lower() in _PLAIN:
        return _PLAIN[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
