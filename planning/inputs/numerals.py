"""Numbers as spreadsheets in Vietnam and elsewhere write them; what could be read in two ways is refused."""

import re
from collections.abc import Iterable, Mapping

from planning.inputs.words import number
from planning.vocabulary import Text

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
# What one cell tells about the sign before its decimals: 12,5, 0,123, 3669,202 and 1.234,5 tell it, 1,234 does not.
_COMMA = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|\d{4,},\d+|0,\d+|\d{1,3}(?:\.\d{3})+,\d+)", re.ASCII)
_POINT = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d+|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+)", re.ASCII)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_GROUPS = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,}|(?:[ \u00a0\u202f]\d{3})+)", re.ASCII)
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%", re.ASCII)


class TwoReadingsError(ValueError):
    """A cell that can be read as a `whole` number or as a `decimal` one; its argument says so in both languages."""

    def __init__(self, cell: str, whole: int, point: str) -> None:
        text = Text(
            f"'{cell}' có thể là {number(whole, 'vi')} (số nguyên) hoặc {point.replace('.', ',')} (số thập phân); "
            f"hãy ghi {whole} hoặc {point}0",
            f"'{cell}' can mean {number(whole)} or {point}; write {whole} or {point}0",
        )
        super().__init__(text)
        self.sentence = text
        self.whole, self.decimal = whole, float(point)


def signs(cells: Iterable[str], semicolon: bool) -> dict[str, str]:
    """What `.` and `,` stand for before exactly three digits: a decimal point, or nothing as between thousands.

    A sign that the column leaves open is absent. A column of a file separated by commas has a decimal point unless one
    of its cells clearly has a decimal comma.
    """
    cells = tuple(cells)
    comma, point = any(map(_COMMA.fullmatch, cells)), any(map(_POINT.fullmatch, cells))
    if point and not comma:
        return {".": ".", ",": ""}
    if comma and not point and semicolon:
        return {",": ".", ".": ""}
    return {} if comma or semicolon else {".": "."}


def read_number(cell: str, signs: Mapping[str, str]) -> float:
    """The number that a cell holds, `signs` being those of its column.

    Raises ValueError with a Text of what is wrong with the cell, to follow the name of the column; TwoReadingsError
    where it can be read in two ways.
    """
    if _EITHER.fullmatch(cell):
        return _three_digits(cell, signs)
    if _PLAIN.fullmatch(cell):
        return float(cell)
    if _COMMA.fullmatch(cell):
        return float(cell.replace(".", "").replace(",", "."))
    if _POINT.fullmatch(cell):
        return float(cell.replace(",", ""))
    if _GROUPS.fullmatch(cell):
        return float(re.sub(r"[.,\s]", "", cell))
    raise ValueError(Text(f"'{cell}' không phải là số", f"'{cell}' is not a number"))


def _three_digits(cell: str, signs: Mapping[str, str]) -> float:
    """1.234 or 1,234: a decimal or a thousand, as the rest of the column tells."""
    sign = "." if "." in cell else ","
    if sign in signs:
        return float(cell.replace(sign, signs[sign]))
    raise TwoReadingsError(cell, int(cell.replace(sign, "")), cell.replace(",", "."))


def percentage(cell: str) -> float | None:
    """The share that a cell such as 98,6% stands for."""
    found = _PERCENT.fullmatch(cell)
    return float(found[1].replace(",", ".")) / 100 if found else None
