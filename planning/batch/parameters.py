"""What a notebook may be told: the names its parameters cell declares, with paths, plain words and numbers as values.

A parameter whose default or annotation is a number is one; text for it is read as a number.
"""

import ast
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from planning.errors import InputError, Problem
from planning.inputs.words import did_you_mean
from planning.vocabulary import Text

TAG = "parameters"
_PATHS = ("scenario", "out_dir", "compared_with", "also_with", "impossible")
_LISTS = ("others",)  # paths with commas between
_NUMBERS = {
    "int": (int, Text("một số nguyên, ví dụ 5", "a whole number such as 5")),
    "float": (float, Text("một số, ví dụ 0.5", "a number such as 0.5")),
}
_LINE = Text("một dòng chữ hoặc một đường dẫn", "one line of text or a path")
_NO_NOTEBOOK = Text(
    "không có sổ tay này; hãy kiểm tra đường dẫn và nêu một tệp .ipynb, ví dụ notebooks/02_plan.ipynb",
    "there is no such notebook; check the path and name an .ipynb file, for instance notebooks/02_plan.ipynb",
)
_UNTAGGED = Text(
    f"không có ô nào mang nhãn '{TAG}'; hãy gắn nhãn đó cho ô đặt các tham số",
    f"no cell is tagged '{TAG}'; tag the cell that sets the parameters",
)
Value = Path | str | float


def checked(notebook: Path, parameters: Mapping[str, Value]) -> dict[str, str | float]:
    """The parameters as text and numbers, paths made absolute. Raises InputError for those that cannot be."""
    known = _kinds(notebook)
    problems = [Problem(notebook.name, _unknown(name, known)) for name in parameters if name not in known]
    values: dict[str, str | float] = {}
    for name, value in parameters.items():
        try:
            values[name] = _number(value, known[name]) if known.get(name) in _NUMBERS else _text(name, value)
        except ValueError as error:
            problems.append(Problem(notebook.name, _must_be(name, error.args[0], value)))
    if problems:
        raise InputError(problems)
    return values


def _unknown(name: str, known: Iterable[str]) -> Text:
    return Text(
        f"không có tham số nào tên là '{name}'; {did_you_mean(name, known, 'vi')}",
        f"no parameter is named '{name}'; {did_you_mean(name, known)}",
    )


def _must_be(name: str, wanted: Text, value: Value) -> Text:
    return Text(
        f"tham số '{name}' phải là {wanted.vi}, không phải {value!r}",
        f"parameter '{name}' must be {wanted.en}, not {value!r}",
    )


def named(texts: Sequence[str], taken: Sequence[str]) -> dict[str, str]:
    """Parameters written as name=value. Raises InputError for what is not, is named twice, or is said elsewhere."""
    values: dict[str, str] = {}
    problems = []
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name:
            problems.append(Problem("-p", _no_parameter(text)))
        elif name in taken:
            problems.append(Problem("-p", _elsewhere(name)))
        elif name in values:
            problems.append(Problem("-p", _twice(name)))
        values[name] = value.strip()
    if problems:
        raise InputError(problems)
    return values


def _no_parameter(text: str) -> Text:
    return Text(
        f"{text!r} không phải là tham số; hãy ghi name=value, ví dụ amount=2000",
        f"{text!r} is not a parameter; write name=value, such as amount=2000",
    )


def _elsewhere(name: str) -> Text:
    return Text(
        f"'{name}' đã có chỗ riêng trên dòng lệnh; hãy bỏ nó ở đây",
        f"'{name}' has a place of its own on the command line; leave it out here",
    )


def _twice(name: str) -> Text:
    return Text(f"'{name}' được nêu hai lần; hãy nêu một lần", f"'{name}' is given twice; give it once")


def _number(value: Value, kind: str) -> float:
    """The number that is meant. Raises ValueError with the Text of what is wanted."""
    as_number, wanted = _NUMBERS[kind]
    try:
        number = as_number(str(value))
    except ValueError:
        raise ValueError(wanted) from None
    if not math.isfinite(number):
        raise ValueError(wanted)
    return number


def _text(name: str, value: Value) -> str:
    """The text that is meant, a path made absolute. Raises ValueError with the Text of what is wanted."""
    if not isinstance(value, str | Path) or not str(value).isprintable():
        raise ValueError(_LINE)
    if name in _LISTS:
        return ",".join(str(Path(part.strip()).absolute()) for part in str(value).split(",") if part.strip())
    return str(Path(value).absolute() if name in _PATHS else value)


def declared(notebook: Path) -> tuple[str, ...]:
    """The names that the notebook's parameters cell sets, in order. Raises InputError when there is no such cell."""
    return tuple(_kinds(notebook))


def _kinds(notebook: Path) -> dict[str, str]:
    """Name → its type where it is annotated or its default says so, in the order of the parameters cell."""
    for cell in _cells(notebook):
        if TAG in cell.get("metadata", {}).get("tags", ()):
            return dict(_targets(notebook, "".join(cell["source"])))
    raise _problem(notebook, _UNTAGGED)


def _cells(notebook: Path) -> list[dict[str, Any]]:
    try:
        return json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise _problem(notebook, _NO_NOTEBOOK) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        text = Text(
            f"đây không phải là sổ tay đọc được ({error})",
            f"this is not a notebook that can be read ({error})",
        )
        raise _problem(notebook, text) from error


def _targets(notebook: Path, source: str) -> list[tuple[str, str]]:
    """Plain names on the left of = in the source, each with its type."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        text = Text(
            f"ô tham số không đúng cú pháp Python: {error.msg} ở dòng {error.lineno}",
            f"the parameters cell is not valid Python: {error.msg} in line {error.lineno}",
        )
        raise _problem(notebook, text) from error
    found = []
    for node in statements:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name):
            found.append((target.id, _kind(node)))
    return found


def _kind(node: ast.Assign | ast.AnnAssign) -> str:
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.annotation)
    return type(node.value.value).__name__ if isinstance(node.value, ast.Constant) else ""


def _problem(notebook: Path, text: Text) -> InputError:
    return InputError([Problem(str(notebook), text)])
