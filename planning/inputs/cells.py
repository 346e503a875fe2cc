"""The cells of one column: text in, values of the column's kind out, with a sentence for each cell that is neither.

Every distinct text of a column is judged once, so that a column costs what its distinct texts cost.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from planning.inputs.limits import FIRST_YEAR, LAST_YEAR, choices, inside, refusal, wanted
from planning.inputs.numerals import TwoReadingsError, percentage, read_number, signs
from planning.inputs.words import did_you_mean
from planning.vocabulary import ALL, Column, Text

_CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0+)?", re.ASCII)
_PLAIN = re.compile(r"(?:\d+(?:\.\d+)?\n)+", re.ASCII)  # without a comma, a point stands before decimals only
_CODE_RULE = Text(
    "hãy dùng chữ thường không dấu, chữ số và _, bắt đầu bằng một chữ cái",
    "use lower-case letters without accents, digits and _, beginning with a letter",
)
_UNUSABLE = re.compile(r"=.*|#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)", re.DOTALL)


def read_column(column: Column, cells: Sequence[str], semicolon: bool) -> tuple[list[Any], dict[str, Text]]:
    """The value of each cell by the kind of `column`, and a sentence for each distinct text that cannot stand.

    None stands in the place of such a text, NaN in that of an empty number.
    """
    distinct = list(dict.fromkeys(cells))
    read, faults = read_distinct(column, distinct, semicolon)
    values = dict(zip(distinct, read, strict=True))
    return [values[cell] for cell in cells], faults


def read_distinct(column: Column, distinct: Sequence[str], semicolon: bool) -> tuple[list[Any], dict[str, Text]]:
    """`read_column` of texts that need not be asked for again in other rows of the column."""
    if not semicolon and (figures := _figures(column, distinct)):
        return figures, {}
    read = _WORDS.get(column.kind) or partial(_NUMBERS[column.kind], signs=signs(distinct, semicolon))
    nothing = "" if column.kind in _WORDS else math.nan
    values: dict[str, Any] = {}
    faults: dict[str, Text] = {}
    for cell in distinct:
        try:
            values[cell] = read(column, cell) if _filled(column, cell) else nothing
        except ValueError as fault:
            values[cell], faults[cell] = None, fault.args[0]
    return [values[cell] for cell in distinct], faults


def _figures(column: Column, distinct: Sequence[str]) -> list[Any] | None:
    """The values of a column of plain figures, all allowed; None for one in which each cell has to be judged."""
    if column.kind in _WORDS or not _PLAIN.fullmatch("\n".join([*distinct, ""])):
        return None
    values = np.array(distinct, float)
    if not inside(column, values).all() or (column.kind == "whole" and (values % 1).any()):
        return None
    return (values.astype(int) if column.kind == "whole" else values).tolist()


def _filled(column: Column, cell: str) -> bool:
    """Whether there is something to read. This and what reads a cell raise ValueError with a Text."""
    if not cell and not column.optional:
        raise ValueError(Text(f"ô {column.name} để trống", f"{column.name} is empty") + _write(column))
    if _UNUSABLE.fullmatch(cell):
        text = Text(
            f"{column.name} '{cell}' là công thức hoặc lỗi công thức; hãy dán lại dưới dạng giá trị trong bảng tính",
            f"{column.name} '{cell}' is a formula or its error; in the spreadsheet paste it as a value",
        )
        raise ValueError(text)
    return bool(cell)


def _write(column: Column) -> Text:
    """The end of a sentence: what to write."""
    return Text(f"; hãy ghi {wanted(column, 'vi')}", f"; write {wanted(column)}")


def _text(column: Column, cell: str) -> str:
    return cell


def _code(column: Column, cell: str) -> str:
    if cell == ALL and not column.wildcard:
        text = Text(
            f"ô {column.name} ở đây không được ghi 'all'; hãy ghi mỗi mã một dòng",
            f"{column.name} may not be 'all' here; write one row for each {column.name}",
        )
        raise ValueError(text)
    if not _CODE.fullmatch(cell):
        text = Text(f"{column.name} '{cell}' không phải là mã; ", f"{column.name} '{cell}' is not a code; ")
        raise ValueError(text + _as_code(cell))
    return cell


def _as_code(cell: str) -> Text:
    """How the cell could be written as a code."""
    letters = unicodedata.normalize("NFD", cell.lower().replace("đ", "d"))
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return _CODE_RULE + Text(f": '{code}'", f": '{code}'") if _CODE.fullmatch(code) else _CODE_RULE


def _choice(column: Column, cell: str) -> str:
    if cell not in choices(column):
        text = Text(
            f"{column.name} không nhận giá trị '{cell}'; {did_you_mean(cell, choices(column), 'vi')}",
            f"unknown {column.name} '{cell}'; {did_you_mean(cell, choices(column))}",
        )
        raise ValueError(text)
    return cell


def _year(column: Column, cell: str) -> str | int:
    if cell == ALL and column.wildcard:
        return cell
    found = _YEAR.fullmatch(cell)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        text = Text(f"{column.name} '{cell}' không phải là năm", f"{column.name} '{cell}' is not a year")
        raise ValueError(text + _write(column))
    return found[1] if column.wildcard else int(found[1])


def _number(column: Column, cell: str, signs: Mapping[str, str]) -> float:
    share = percentage(cell) if column.kind == "share" else None
    if share is not None:
        text = Text(
            f"{column.name} '{cell}' là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 1: {share:.6g}",
            f"{column.name} '{cell}' is a percentage; write it as a share between 0 and 1: {share:.6g}",
        )
        raise ValueError(text)
    try:
        value = read_number(cell, signs)
    except TwoReadingsError as either:
        raise ValueError(_named(column) + either.args[0]) from either
    except ValueError as fault:
        raise ValueError(_named(column) + fault.args[0] + _write(column)) from fault
    if not inside(column, value):
        raise ValueError(refusal(column, value))
    return value


def _named(column: Column) -> Text:
    """The column, with which a sentence begins."""
    return Text(f"{column.name} ", f"{column.name} ")


def _whole(column: Column, cell: str, signs: Mapping[str, str]) -> int:
    value = _number(column, cell, signs)
    if value % 1:
        text = Text(
            f"{column.name} {cell} không phải là số nguyên; hãy bỏ phần thập phân",
            f"{column.name} {cell} is not a whole number; write it without decimals",
        )
        raise ValueError(text)
    return int(value)


_WORDS: dict[str, Callable[[Column, str], Any]] = {
    "code": _code,
    "text": _text,
    "choice": _choice,
    "flag": _choice,
    "year": _year,
}
_NUMBERS: dict[str, Callable[..., Any]] = {"number": _number, "share": _number, "money": _number, "whole": _whole}
