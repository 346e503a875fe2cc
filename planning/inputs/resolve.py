"""A scenario file and its parents as one resolved scenario.

Precedence, stated once and followed:

1. the tables as they are in the files of `data`;
2. `changes`: first those of the root parent, then those of each child; within a file from top to bottom;
3. head keys: the child over the parent. `objective` goes key by key, `rules` rule by rule and key by key: a rule set to
   `off` is removed, a rule with some keys inherits the others. Every other value is replaced whole.

`title` and `note` are each file's own. `data` is relative to the file that states it.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from planning.errors import InputError, Problem
from planning.inputs.document import Document, Path_, read_document
from planning.inputs.scenario import Objective, Rules, Scenario, ScenarioFile
from planning.inputs.sentences import holds, translate
from planning.inputs.words import did_you_mean
from planning.vocabulary import Text

Origin = dict[Path_, tuple[str, int]]
OWN = ("title", "note", "extends")
_MUST = {
    "data": Text(
        "data còn thiếu; hãy ghi thư mục chứa các bảng, ví dụ `data: data`",
        "data is missing; say where the tables are, for instance `data: data`",
    ),
    "years": Text(
        "years còn thiếu; hãy liệt kê các năm ngân sách của phương án, ví dụ `years: [2026, 2027]`",
        "years is missing; list the fiscal years of the plan, for instance `years: [2026, 2027]`",
    ),
}


def load_scenario(path: str | Path, content: bytes | None = None) -> Scenario:
    """The scenario of the file at `path`, or of `content` in its place, with everything that it inherits.

    Raises InputError with every problem of every file of the chain.
    """
    path = Path(path)
    chain = _chain(path, content)
    values: dict[str, Any] = {}
    origin: Origin = {}
    problems: dict[Problem, None] = {}
    for document in chain:
        origin = _origin(document, origin, len(values.get("changes") or ()))
        values = _over(values, document.values, Path(document.name).parent)
        try:
            file = ScenarioFile.model_validate(values)
        except ValidationError as error:
            problems |= dict.fromkeys(translate(error, values, origin))
    problems |= dict.fromkeys(_missing(chain, values))
    if problems:
        raise InputError(problems)
    return _scenario(path, chain, file, values, origin)


def _chain(path: Path, content: bytes | None) -> list[Document]:
    """The documents from the root parent to the file itself, named relative to the folder of the file."""
    folder = path.parent
    chain = [read_document(path, path.name, content)]
    seen = [path.resolve()]
    while isinstance(parent := chain[0].values.get("extends"), str):
        child = chain[0]
        path = path.parent / parent
        where = (child.name, child.lines[("extends",)])
        if path.resolve() in seen:
            circle = [document.name for document in reversed(chain)] + [relative(path, folder)]
            text = Text(
                f"extends đi vòng tròn: {' → '.join(circle)}; hãy bỏ extends ở một trong các tệp này",
                f"extends goes round in a circle: {' → '.join(circle)}; one of these files must not extend another",
            )
            raise InputError([Problem(where[0], text, where[1])])
        if not path.is_file():
            files = [other.name for other in sorted(path.parent.glob("*.yaml")) if other.resolve() not in seen]
            text = Text(
                f"extends: không có tệp '{parent}'; {did_you_mean(path.name, files, 'vi')}",
                f"extends: there is no file '{parent}'; {did_you_mean(path.name, files)}",
            )
            raise InputError([Problem(where[0], text, where[1])])
        seen.append(path.resolve())
        chain.insert(0, read_document(path, relative(path, folder)))
    return chain


def relative(path: Path, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _over(parent: dict[str, Any], child: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The values of `child` over those of `parent`, by the rules of precedence; an empty key says nothing."""
    child = {key: value for key, value in child.items() if value is not None or key in OWN}
    merged = {key: value for key, value in parent.items() if key not in OWN} | child
    if isinstance(child.get("data"), str):
        merged["data"] = (folder / child["data"]).as_posix()
    merged |= {key: parent[key] | child[key] for key in ("objective", "rules") if _both(parent, child, key, dict)}
    if _both(parent, child, "rules", dict):
        old, new = parent["rules"], child["rules"]
        merged["rules"] |= {rule: old[rule] | new[rule] for rule in new if _both(old, new, rule, dict)}
    if _both(parent, child, "changes", list):
        merged["changes"] = parent["changes"] + child["changes"]
    return merged


def _both(parent: dict[str, Any], child: dict[str, Any], key: str, kind: type) -> bool:
    return isinstance(parent.get(key), kind) and isinstance(child.get(key), kind)


def _origin(document: Document, parent: Origin, changes: int) -> Origin:
    """Where each value was set; the entries of `changes` are numbered through the chain."""
    origin = {path: place for path, place in parent.items() if path[:1] not in {(key,) for key in OWN}}
    for path, line in document.lines.items():
        if path[0:1] == ("changes",) and len(path) > 1 and isinstance(path[1], int):
            path = ("changes", path[1] + changes, *path[2:])
        origin[path] = (document.name, line)
    return origin


def _missing(chain: Sequence[Document], values: dict[str, Any]) -> list[Problem]:
    """What some file of the chain must state."""
    return [Problem(chain[0].name, text) for key, text in _MUST.items() if values.get(key) is None]


def _scenario(
    path: Path, chain: Sequence[Document], file: ScenarioFile, values: dict[str, Any], origin: Origin
) -> Scenario:
    return Scenario(
        name=path.stem,
        folder=str(path.parent.absolute()),
        title=file.title,
        note=file.note,
        data=Path(os.path.normpath(path.parent / str(file.data))).as_posix(),
        years=tuple(file.years or ()),
        objective=file.objective or Objective(),
        rules=file.rules or Rules(),
        changes=tuple(file.changes),
        files=tuple(document.name for document in chain),
        origin={".".join(map(str, at)): place for at, place in origin.items() if at and _stands(values, at)},
    )


def _stands(values: Any, path: Path_) -> bool:
    """Whether the resolved values still hold something at this path."""
    for key in path:
        if not holds(values, key):
            return False
        values = values[key]
    return True
