"""What a notebook may be told: the names its parameters cell declares, with paths, plain words and numbers as values.

A parameter whose default or annotation is a number is one; text for it is read as a number.
"""

import ast
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from planning.errors import InputError, Problem
from planning.inputs.words import did_you_mean

TAG = "parameters"
_PATHS = ("scenario", "out_dir", "compared_with", "also_with", "impossible")
_LISTS = ("others",)  # paths with commas between
_NUMBERS = {"int": (int, "a whole number such as 5"), "float": (float, "a number such as 0.5")}
Value = Path | str | float


def checked(notebook: Path, parameters: Mapping[str, Value]) -> dict[str, str | float]:
    """The parameters as text and numbers, paths made absolute. Raises InputError for those that cannot be."""
    known = _kinds(notebook)
    problems = [
        Problem(notebook.name, f"no parameter is named '{name}'; {did_you_mean(name, known)}")
        for name in parameters
        if name not in known
    ]
    values: dict[str, str | float] = {}
    for name, value in parameters.items():
        try:
            values[name] = _number(value, known[name]) if known.get(name) in _NUMBERS else _text(name, value)
        except ValueError as wanted:
            problems.append(Problem(notebook.name, f"parameter '{name}' must be {wanted}, not {value!r}"))
    if problems:
        raise InputError(problems)
    return values


def named(texts: Sequence[str], taken: Sequence[str]) -> dict[str, str]:
    """Parameters written as name=value. Raises InputError for what is not, is named twice, or is said elsewhere."""
    values: dict[str, str] = {}
    problems = []
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        if not equals or not name:
            problems.append(Problem("-p", f"{text!r} is not a parameter; write name=value, such as amount=2000"))
        elif name in taken:
            problems.append(Problem("-p", f"'{name}' has a place of its own on the command line; leave it out here"))
        elif name in values:
            problems.append(Problem("-p", f"'{name}' is given twice; give it once"))
        values[name] = value.strip()
    if problems:
        raise InputError(problems)
    return values


def _number(value: Value, kind: str) -> float:
    """The number that is meant. Raises ValueError that says what is wanted."""
    as_number, wanted = _NUMBERS[kind]
    try:
        number = as_number(str(value))
    except ValueError:
        raise ValueError(wanted) from None
    if not math.isfinite(number):
        raise ValueError(wanted)
    return number


def _text(name: str, value: Value) -> str:
    """The text that is meant, a path made absolute. Raises ValueError that says what is wanted."""
    if not isinstance(value, str | Path) or not str(value).isprintable():
        raise ValueError("one line of text or a path")
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
    raise _problem(notebook, f"no cell is tagged '{TAG}'; tag the cell that sets the parameters")


def _cells(notebook: Path) -> list[dict[str, Any]]:
    try:
        return json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise _problem(notebook, "there is no such notebook") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _problem(notebook, f"this is not a notebook that can be read ({error})") from error


def _targets(notebook: Path, source: str) -> list[tuple[str, str]]:
    """Plain names on the left of = in the source, each with its type."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise _problem(
            notebook, f"the parameters cell is not valid Python: {error.msg} in line {error.lineno}"
        ) from error
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


def _problem(notebook: Path, text: str) -> InputError:
    return InputError([Problem(str(notebook), text)])
