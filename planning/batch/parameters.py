"""What a notebook may be told: the names its parameters cell declares, with paths and plain words as values."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planning.errors import InputError, Problem
from planning.inputs.words import did_you_mean

TAG = "parameters"
_PATHS = ("scenario", "out_dir")


def checked(notebook: Path, parameters: Mapping[str, Path | str]) -> dict[str, str]:
    """The parameters as text, paths made absolute. Raises InputError for those that the notebook does not declare."""
    known = declared(notebook)
    problems = [
        Problem(notebook.name, f"no parameter is named '{name}'; {did_you_mean(name, known)}")
        for name in parameters
        if name not in known
    ]
    problems += [
        Problem(notebook.name, f"parameter '{name}' must be one line of text or a path, not {value!r}")
        for name, value in parameters.items()
        if not isinstance(value, str | Path) or not str(value).isprintable()
    ]
    if problems:
        raise InputError(problems)
    return {name: str(Path(value).absolute() if name in _PATHS else value) for name, value in parameters.items()}


def declared(notebook: Path) -> tuple[str, ...]:
    """The names that the notebook's parameters cell sets, in order. Raises InputError when there is no such cell."""
    for cell in _cells(notebook):
        if TAG in cell.get("metadata", {}).get("tags", ()):
            return tuple(_names(notebook, "".join(cell["source"])))
    raise _problem(notebook, f"no cell is tagged '{TAG}'; tag the cell that sets the parameters")


def _cells(notebook: Path) -> list[dict[str, Any]]:
    try:
        return json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise _problem(notebook, "there is no such notebook") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _problem(notebook, f"this is not a notebook that can be read ({error})") from error


def _names(notebook: Path, source: str) -> list[str]:
    """Plain names on the left of = in the source."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise _problem(
            notebook, f"the parameters cell is not valid Python: {error.msg} in line {error.lineno}"
        ) from error
    targets = [node.targets[0] if isinstance(node, ast.Assign) else node.target for node in statements if _sets(node)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _sets(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign | ast.AnnAssign)


def _problem(notebook: Path, text: str) -> InputError:
    return InputError([Problem(str(notebook), text)])
