"""One YAML file as plain values, with the line of each: the only place that knows YAML.

YAML 1.2, and plainer still: `NO` and `12:30` are text, and so is `070`, because a code may begin with 0.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from planning.errors import InputError, Problem
from planning.vocabulary import Text

Path_ = tuple[str | int, ...]
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_PLAIN = {"": None, "~": None, "null": None, "true": True, "false": False}
_TAGS = {"null", "bool", "int", "float", "str", "seq", "map", "timestamp", "merge", "value"}
_EMPTY = Text(
    "tệp trống; một phương án cần ít nhất title và note",
    "the file is empty; a scenario needs at least a title and a note",
)
_NO_LINES = Text(
    "tệp phải gồm các dòng `mục: giá trị`, ví dụ `title:`; xin xem base.yaml",
    "the file must hold `key: value` lines, for instance `title:`; see base.yaml",
)
_GIVE = Text(
    "; hãy chọn tệp .yaml của phương án, ví dụ base.yaml", "; give the scenario's .yaml file, for instance base.yaml"
)
_FOLDER = Text("đây là một thư mục", "this is a folder")
_NO_SCENARIO = Text("đây không phải là tệp phương án", "this is not a scenario file")
_NOT_UTF8 = Text(
    "tệp không phải là văn bản UTF-8; hãy mở bằng trình soạn thảo văn bản và lưu với bảng mã UTF-8",
    "the file is not UTF-8 text; open it in a text editor and save it with the encoding UTF-8",
)
_TAB = Text(
    "đầu dòng có dấu tab; hãy thụt dòng bằng dấu cách, mỗi cấp hai dấu",
    "the line begins with a tab; indent with spaces, two for each level",
)
_OPEN_QUOTE = Text(
    "dấu nháy mở ở dòng này không được đóng lại; hãy thêm dấu nháy đóng hoặc bỏ dấu nháy mở",
    "the quote that opens in this line does not end; close it, or take it out",
)
_SIGNS = Text("tệp có ký tự mà YAML không cho phép", "the file holds characters that YAML does not allow")
_KEY = Text(
    "tên mục phải là một từ hoặc một năm, theo sau là dấu hai chấm",
    "a key must be one word or a year, followed by a colon",
)


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
        raise InputError([Problem(name, _EMPTY)])
    lines: dict[Path_, int] = {}
    problems: list[Problem] = []
    values = _value(root, (), lines, problems, name)
    if problems:
        raise InputError(problems)
    if not isinstance(values, dict):
        raise InputError([Problem(name, _NO_LINES)])
    return Document(name, values, lines)


def _text(path: Path, name: str, content: bytes | None) -> str:
    if content is None and not path.exists():
        raise InputError([Problem(name, _not_there(path))])
    if path.suffix.lower() not in {".yaml", ".yml"}:
        other = Text(f"đây là tệp {path.suffix}", f"this is a {path.suffix} file") if path.suffix else _NO_SCENARIO
        raise InputError([Problem(name, (_FOLDER if path.is_dir() else other) + _GIVE)])
    if content is None:
        content = _content(path, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError([Problem(name, _NOT_UTF8)]) from error


def _not_there(path: Path) -> Text:
    """That there is no such file, and which scenario files there are beside it."""
    near = sorted(other.name for other in path.parent.glob("*.yaml")) if path.parent.is_dir() else []
    text = Text("không có tệp này", "there is no such file")
    if near:
        return text + Text(f"; trong thư mục có {', '.join(near)}", f"; the folder holds {', '.join(near)}")
    return text if path.suffix.lower() in {".yaml", ".yml"} else text + _GIVE


def _content(path: Path, name: str) -> bytes:
    if path.is_dir():
        raise InputError([Problem(name, _FOLDER + _GIVE)])
    return path.read_bytes()


def _compose(text: str, name: str) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    for row, line in enumerate(text.splitlines(), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise InputError([Problem(name, _TAB, row)])
    try:
        return YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        if str(error.context).startswith("while scanning a quoted scalar"):
            raise InputError([Problem(name, _OPEN_QUOTE, error.context_mark.line + 1)]) from error
        mark = error.problem_mark or error.context_mark
        row = mark.line + 1 if mark else None
        text = Text(
            "không đọc được dòng này; hãy kiểm tra thụt dòng, dấu hai chấm, dấu nháy và dấu ngoặc",
            f"the line cannot be read ({error.problem}); check its indent, colon, quotes and brackets",
        )
        raise InputError([Problem(name, text, row)]) from error
    except YAMLError as error:
        raise InputError([Problem(name, _SIGNS)]) from error


def _value(node: Any, path: Path_, lines: dict[Path_, int], problems: list[Problem], name: str) -> Any:
    """The node as a plain value; its line and those of all below it go to `lines`."""
    row = node.start_mark.line + 1
    lines.setdefault(path, row)
    tag = str(node.tag).removeprefix("tag:yaml.org,2002:")
    if node.anchor or tag not in _TAGS:
        sign = f"&{node.anchor}" if node.anchor else f"!!{tag}" if tag != node.tag else tag
        text = Text(
            f"'{sign}' không được dùng trong tệp phương án; hãy ghi hẳn giá trị ra",
            f"'{sign}' is not used in scenario files; write the value out",
        )
        problems.append(Problem(name, text, row))
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
            problems.append(Problem(name, _KEY, row))
        elif key in values:
            first = lines[*path, key]
            text = Text(
                f"'{key}' đã có ở dòng {first}; hãy giữ một trong hai",
                f"'{key}' stands already in line {first}; keep one of them",
            )
            problems.append(Problem(name, text, row))
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
