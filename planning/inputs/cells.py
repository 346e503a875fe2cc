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
from planning.inputs.numerals import percentage, read_number, signs
from planning.inputs.words import did_you_mean
from planning.vocabulary import ALL, Column

_CODE = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0+)?", re.ASCII)
_PLAIN = re.compile(r"(?:\d+(?:\.\d+)?\n)+", re.ASCII)  # without a comma, a point stands before decimals only
_UNUSABLE = re.compile(r"=.*|#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)", re.DOTALL)


def read_column(column: Column, cells: Sequence[str], semicolon: bool) -> tuple[list[Any], dict[str, str]]:
    """The value of each cell by the kind of `column`, and a sentence for each distinct text that cannot stand.

    None stands in the place of such a text, NaN in that of an empty number.
    """
    distinct = list(dict.fromkeys(cells))
    read, faults = read_distinct(column, distinct, semicolon)
    values = dict(zip(distinct, read, strict=True))
    return [values[cell] for cell in cells], faults


def read_distinct(column: Column, distinct: Sequence[str], semicolon: bool) -> tuple[list[Any], dict[str, str]]:
    """`read_column` of texts that need not be asked for again in other rows of the column."""
    if not semicolon and (figures := _figures(column, distinct)):
        return figures, {}
    read = _WORDS.get(column.kind) or partial(_NUMBERS[column.kind], signs=signs(distinct, semicolon))
    nothing = "" if column.kind in _WORDS else math.nan
    values: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for cell in distinct:
        try:
            values[cell] = read(column, cell) if _filled(column, cell) else nothing
        except ValueError as fault:
            values[cell], faults[cell] = None, str(fault)
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
    """Whether there is something to read."""
    if not cell and not column.optional:
        raise ValueError(f"{column.name} is empty; write {wanted(column)}")
    if _UNUSABLE.fullmatch(cell):
        raise ValueError(f"{column.name} '{cell}' is a formula or its error; in the spreadsheet paste it as a value")
    return bool(cell)


def _text(column: Column, cell: str) -> str:
    return cell


def _code(column: Column, cell: str) -> str:
    if cell == ALL and not column.wildcard:
        raise ValueError(f"{column.name} may not be 'all' here; write one row for each {column.name}")
    if not _CODE.fullmatch(cell):
        raise ValueError(f"{column.name} '{cell}' is not a code; {_as_code(cell)}")
    return cell


def _as_code(cell: str) -> str:
    """How the cell could be written as a code."""
    letters = unicodedata.normalize("NFD", cell.lower().replace("đ", "d"))
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    code = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    rule = "use lower-case letters without accents, digits and _, beginning with a letter"
    return f"{rule}: '{code}'" if _CODE.fullmatch(code) else rule


def _choice(column: Column, cell: str) -> str:
    if cell not in choices(column):
        raise ValueError(f"unknown {column.name} '{cell}'; {did_you_mean(cell, choices(column))}")
    return cell


def _year(column: Column, cell: str) -> str | int:
    if cell == ALL and column.wildcard:
        return cell
    found = _YEAR.fullmatch(cell)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(f"{column.name} '{cell}' is not a year; write {wanted(column)}")
    return found[1] if column.wildcard else int(found[1])


def _number(column: Column, cell: str, signs: Mapping[str, str]) -> float:
    share = percentage(cell) if column.kind == "share" else None
    if share is not None:
        raise ValueError(f"{column.name} '{cell}' is a percentage; write it as a share between 0 and 1: {share:.6g}")
    try:
        value = read_number(cell, signs)
    except ValueError as fault:
        hint = "" if ";" in str(fault) else f"; write {wanted(column)}"
        raise ValueError(f"{column.name} {fault}{hint}") from fault
    if not inside(column, value):
        raise ValueError(refusal(column, value))
    return value


def _whole(column: Column, cell: str, signs: Mapping[str, str]) -> int:
    value = _number(column, cell, signs)
    if value % 1:
        raise ValueError(f"{column.name} {cell} is not a whole number; write it without decimals")
    return int(value)


_WORDS: dict[str, Callable[[Column, str], Any]] = {
    "code": _code,
    "text": _text,
    "choice": _choice,
    "flag": _choice,
    "year": _year,
}
_NUMBERS: dict[str, Callable[..., Any]] = {"number": _number, "share": _number, "money": _number, "whole": _whole}
