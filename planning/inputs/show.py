"""A resolved scenario as rows to read, and a new scenario file to begin with."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from planning.disk import write_files
from planning.errors import InputError, Problem
from planning.inputs.resolve import load_scenario, relative
from planning.inputs.scenario import Change, Scenario
from planning.inputs.schema import NAME as SCHEMA
from planning.inputs.words import number
from planning.vocabulary import TABLES, Text

BUILT_IN = "built in"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_RESERVED = {"con", "prn", "aux", "nul"}
_EXISTS = Text(
    "tệp đã có và được giữ nguyên; hãy chọn tên khác",
    "the file exists already and is left as it is; choose another name",
)
_CHANGED = Text(
    "tệp đã bị sửa hoặc bị xóa từ lần lưu trước ở đây và được giữ nguyên như vậy; hãy chọn tên khác",
    "the file was changed or taken away since it was last saved here, and is left as it is; choose another name",
)
_NO_NOTE = Text(
    "ghi chú để trống; hãy viết một câu vì sao cần phương án này",
    "the note is empty; say in a sentence why this scenario exists",
)
_BEGINNING = """\
title:
  vi: {vi}
  en: {en}
note: {note}
extends: {parent}
{says}"""
_HINTS = """\
# Say below only what differs from {parent}, for instance:
# rules:
#   remote_share:
#     share: 0.25
# changes:
#   - table: funds
#     where: {{fund: city, year: 2026}}
#     multiply: 0.9
#     note: why
"""


def show(scenario: Scenario) -> pd.DataFrame:
    """Every value of a resolved scenario: columns path, value, file, line.

    `file` is `built in` and `line` empty where no file of the chain says anything.
    """
    values = scenario.model_dump(include={"title", "note", "data", "years", "objective", "rules"}, exclude_unset=False)
    rows = [(path, _text(value), *_place(scenario, path)) for path, value in _leaves(values, "")]
    for at, change in enumerate(scenario.changes):
        rows.append((f"changes.{at + 1}", _in_words(change), *_place(scenario, f"changes.{at}")))
    return pd.DataFrame(rows, columns=["path", "value", "file", "line"])


def _leaves(values: dict[Any, Any], above: str) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        path = f"{above}.{key}" if above else str(key)
        if isinstance(value, dict) and value:
            yield from _leaves(value, path)
        else:
            yield path, value


def _place(scenario: Scenario, path: str) -> tuple[str, str]:
    file, line = scenario.origin.get(path, (BUILT_IN, ""))
    return file, str(line)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "none" if value is None or value == {} else str(value)


def _in_words(change: Change) -> str:
    """A change in one line: `funds, fund = city: ceiling × 0.9 (why)`."""
    rows = "".join(f", {name} = {value}" for name, value in change.where.items())
    edits = {"=": change.set, "×": change.multiply, "+": change.add}
    sign, value = next((sign, value) for sign, value in edits.items() if value is not None)
    shown = value if isinstance(value, str) else number(value)
    column = change.column or (TABLES[change.table].value if change.table in TABLES else "") or "value"
    return f"{change.table}{rows}: {column} {sign} {shown} ({change.note})"


def new_scenario(
    name: str, parent: str | Path, note: str, folder: str | Path | None = None, *, says: str = "", replaces: str = ""
) -> Path:
    """Write `name`.yaml, a child of `parent`, beside its parent or into `folder`.

    It changes nothing yet, or `says` what it changes, in lines of YAML. `replaces` is the SHA-256 of a file of that
    name that may be written over. Raises InputError: the name cannot be a file's name, the file exists and is not that
    one, the note is empty, or the parent is wrong; OutputError: the disk refuses.
    """
    parent = Path(parent)
    folder = Path(folder) if folder else parent.parent
    path = folder / f"{name}.yaml"
    if not _NAME.fullmatch(name) or name in _RESERVED:
        text = Text(
            f"'{name}' không thể là tên phương án; hãy dùng chữ thường không dấu, chữ số và gạch nối, ví dụ vung-xa",
            f"'{name}' cannot name a scenario; use lower-case letters, digits and hyphens, such as remote-first",
        )
        raise InputError([Problem(path.name, text)])
    if path.exists() and not replaces:
        raise InputError([Problem(path.name, _EXISTS)])
    if replaces and (not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != replaces):
        raise InputError([Problem(path.name, _CHANGED)])
    if not note.strip():
        raise InputError([Problem(path.name, _NO_NOTE)])
    title = load_scenario(parent).title
    words = name.replace("-", " ")
    quoted = {"vi": f"{title.vi}: {words}", "en": f"{title.en}: {words}", "note": note.strip()}
    fields = {key: _quoted(value) for key, value in quoted.items()}
    plain = _plain(relative(parent, folder))
    text = _BEGINNING.format(parent=plain, says=says or _HINTS.format(parent=plain), **fields)
    text = _modeline(folder) + text
    return write_files(folder, {path.name: text.encode()})[0]


def _modeline(folder: Path) -> str:
    """The line by which editors find the schema of scenario files, where it lies in the folder or the one above."""
    place = next((place for place in (folder.resolve(), folder.resolve().parent) if (place / SCHEMA).is_file()), None)
    return f"# yaml-language-server: $schema={relative(place / SCHEMA, folder.resolve())}\n" if place else ""


def _quoted(text: str) -> str:
    """The text as YAML reads it back, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _plain(path: str) -> str:
    return path if re.fullmatch(r"[\w./-]+", path) else _quoted(path)
