"""One change of a scenario between the cells of a grid and the lines of its file."""

import json
import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from planning.vocabulary import TABLES, Column, Text
from planning.workbench.entry import fault, is_number

TITLE = Text("Thay đổi của phương án", "Changes of the scenario")
EDITS = MappingProxyType(
    {"set": Text("đặt bằng", "set to"), "multiply": Text("nhân với", "multiply by"), "add": Text("cộng thêm", "add")}
)
FIELDS = MappingProxyType(
    {
        "table": (Text("Bảng", "Table"), Text("Bảng số liệu được đổi", "The table that is changed")),
        "where": (
            Text("Những dòng nào", "Which rows"),
            Text(
                "Cột và giá trị, ví dụ fund: city_capital, year: 2027; để trống: mọi dòng",
                "Column and value, for instance fund: city_capital, year: 2027; empty: every row",
            ),
        ),
        "column": (
            Text("Cột", "Column"),
            Text("Cột được đổi; để trống: cột số chính của bảng", "What changes; empty: the table's own value column"),
        ),
        "edit": (Text("Cách đổi", "Edit"), Text("set, multiply hoặc add", "set, multiply or add")),
        "value": (
            Text("Giá trị", "Value"),
            Text("Giá trị mới, hệ số hoặc số cộng thêm", "New value, factor or amount"),
        ),
        "note": (Text("Vì sao", "Why"), Text("Lý do của thay đổi", "The reason for the change")),
    }
)
FIGURE = Column("value", "number", TITLE, TITLE)
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_PLAIN = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_WHOLE = re.compile(r"0|[1-9]\d*", re.ASCII)
_WORDS = {"no", "yes", "on", "off", "true", "false", "null"}
_NO_TABLE = Text(
    f"ô table để trống; hãy ghi một trong các bảng {', '.join(TABLES)}",
    f"table is empty; write one of {', '.join(TABLES)}",
)
_NO_VALUE = Text("ô value để trống; hãy điền vào", "value is empty; fill it in")


def written_entry(cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The keys of an entry with their values as YAML; empty cells are left out."""
    table, where, column, edit, value, note = cells
    yield "table", _scalar(table)
    if where:
        yield "where", "{" + ", ".join(f"{name}: {_scalar(wanted)}" for name, wanted in _pairs(where)) + "}"
    if column:
        yield "column", _scalar(column)
    if edit:
        yield edit, value if _takes_figure(cells) else json.dumps(value, ensure_ascii=False)
    if note:
        yield "note", json.dumps(note, ensure_ascii=False)


def unwritable(cells: Sequence[str]) -> Iterator[tuple[str, Text]]:
    """The column and a sentence for each cell that cannot become part of an entry."""
    table, where, _, edit, value, _ = cells
    if not table:
        yield "table", _NO_TABLE
    for part in filter(None, map(str.strip, where.split(","))):
        if not re.fullmatch(r"\w+\s*[:=]\s*\S.*", part):
            yield "where", _no_rows(part)
    if edit not in EDITS:
        yield "edit", _no_edit(edit)
    elif _takes_figure(cells) and (said := _not_a_figure(value)):
        yield "value", said


def _no_rows(part: str) -> Text:
    return Text(
        f"'{part}' không chỉ ra dòng nào; hãy ghi cột và giá trị của cột, ví dụ fund: city, year: 2027",
        f"'{part}' names no rows; write a column and its value, for instance fund: city, year: 2027",
    )


def _no_edit(edit: str) -> Text:
    known = ", ".join(EDITS)
    return Text(f"không có cách đổi '{edit}'; hãy ghi {known}", f"edit '{edit}' is not known; write {known}")


def _not_a_figure(value: str) -> Text | None:
    ambiguous = fault(FIGURE, value)
    if ambiguous or _NUMBER.fullmatch(value):
        return ambiguous
    if not value:
        return _NO_VALUE
    return Text(
        f"value '{value}' không phải là số; hãy ghi một số, ví dụ 0.9",
        f"value '{value}' is not a number; write a number, for instance 0.9",
    )


def _takes_figure(cells: Sequence[str]) -> bool:
    """Whether the value of an entry is a figure: a factor, an amount, or the new value of a column of figures."""
    table, _, column, edit, _, _ = cells
    if edit != "set":
        return True
    if table not in TABLES:
        return False
    columns = {each.name: each for each in TABLES[table].columns}
    changed = columns.get(column or TABLES[table].value)
    return changed is not None and (is_number(changed) or changed.kind == "year")


def _pairs(where: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, map(str.strip, where.split(","))):
        name, _, value = part.replace("=", ":", 1).partition(":")
        yield name.strip(), value.strip()


def _scalar(text: str) -> str:
    """The text as YAML reads it back: codes and whole numbers as they are, all else between quotes."""
    if (_PLAIN.fullmatch(text) and text not in _WORDS) or _WHOLE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)
