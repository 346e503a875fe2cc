"""The cells of a worksheet: text always as text, so that a name such as `=1+1` stays a name; figures as numbers."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from planning.numbers import NOTHING, PER_CHILD
from planning.reports.sheet import Kind, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Look = Callable[..., "Format"]
FONT, HEAD, UNKNOWN, GREY = "Arial", "#DCE6F1", "#EEEEEE", "#555555"
HEADER = 3  # the row of the headings, counted from 0: above it stand the title, what it counts in, and an empty row
_LONGEST = 32_767  # characters, of a cell
_FORMATS = MappingProxyType(
    {
        "text": "General",
        "per_child": "#,##0",
        "share": "0.0%",
        "fine_share": "0.000%",
        "change": "+0.0%;-0.0%;0.0%",
        "whole": "#,##0",
        "count": "#,##0",
        "number": "#,##0.0",
        "factor": "0.000",
    }
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart of a page: the columns named, drawn as one series each, or with `by_rows` one series a row."""

    kind: Literal["column", "bar"]
    title: str
    label: str
    columns: Sequence[str]
    by_rows: bool = False
    stacked: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One worksheet of a workbook.

    `key` names the page in code, `name` stands on its tab. `across` says which headings a heading adds up within a row;
    `scale` names headings whose cells are shaded by their value. `notes` stand below the table.
    """

    key: str
    name: str
    sheet: Sheet
    notes: Sequence[str] = ()
    across: Mapping[str, Sequence[str]] = field(default_factory=dict)
    chart: Chart | None = None
    scale: Sequence[str] = ()
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the table of a page stands: rows from `first` to before `total` (counted from 0), columns by heading."""

    name: str
    first: int
    total: int
    columns: Mapping[str, int]

    def cells(self, heading: str, row: int | None = None, last: int | None = None) -> str:
        """A reference that other worksheets can use: a column of the table, or rows of it."""
        first = self.first if row is None else row
        last = (self.total - 1 if row is None else row) if last is None else last
        ends = f"{letters_of(self.columns[heading])}{{}}"
        tab = self.name.replace("'", "''")
        return f"'{tab}'!${ends.format(f'${first + 1}')}" + (
            "" if first == last else f":${ends.format(f'${last + 1}')}"
        )


def looks(book: "Workbook") -> Look:
    """The formats of a workbook, each made once: `look("money", decimals=3, total=True)`."""

    @cache
    def look(kind: str = "text", decimals: int = 0, total: bool = False, **more: Any) -> "Format":
        form = (
            "#,##0" + ("." + "0" * decimals if decimals else "") if kind == "money" else _FORMATS.get(kind, "General")
        )
        style = {"font_name": FONT, "font_size": 10, "valign": "top", "num_format": form}
        style |= {"text_wrap": True} if kind == "text" else {"align": "right"}
        style |= {"bold": True, "top": 2} if total else {}
        # Beside a figure, which stands at the right, a text needs room.
        style |= {"align": "left", "indent": 1} if kind == "text" and "align" not in more else {}
        return book.add_format(style | more)

    return look


def write_cell(
    place: "Worksheet",
    row: int,
    column: int,
    value: Any,
    kind: Kind,
    look: Look,
    sheet: Sheet,
    total: bool = False,
    formula: str = "",
) -> None:
    """One cell: text as text, a figure as the number that its kind shows, a sum as a formula with its value."""
    if isinstance(value, str) or (kind == "text" and value == value):
        write_text(place, row, column, str(value), look, total=total)
        return
    value = in_cell(value, kind, sheet)
    style = look(kind, decimals=sheet.unit.decimals if kind == "money" else 0, total=total)
    if kind == "count" and value % 1 and abs(value) < 1000:
        style = look("number", total=total)
    if math.isnan(value):
        place.write_string(row, column, NOTHING, style)
    elif formula:
        place.write_formula(row, column, formula, style, value)
    else:
        place.write_number(row, column, value, style)


def in_cell(value: float, kind: Kind, sheet: Sheet) -> float:
    """The number that a cell holds: money in the unit of its sheet to its last decimal, others to nine."""
    if kind == "money":
        return round(float(value) / sheet.unit.million, sheet.unit.decimals) + 0.0
    return round(float(value) / (PER_CHILD.million if kind == "per_child" else 1), 9) + 0.0


def write_text(place: "Worksheet", row: int, column: int, text: str, look: Look, **more: Any) -> None:
    """A text as text, also where it begins like a formula; one beyond what a cell holds ends in an ellipsis."""
    if text[:1] in ("=", "+", "-", "@"):
        more |= {"quote_prefix": True}
    if text:
        place.write_string(row, column, text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…", look(**more))
    else:
        place.write_blank(row, column, None, look(**more))


def kind_of(sheet: Sheet, at: int) -> Kind:
    return sheet.kinds.get(sheet.frame.columns[at], "text")


def letters_of(column: int) -> str:
    """The letters of a column counted from 0."""
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(column)
