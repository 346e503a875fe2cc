"""What a planner types or pastes into a cell, as the file writes it; what can be read in two ways stays as typed.

The grid is stricter than the files: a whole file shows by its other cells what a point or a comma means, a pasted block
may come from a spreadsheet in the other language.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from planning.inputs.numerals import TwoReadingsError, read_number, signs
from planning.vocabulary import Column, Text

_NUMBERS = ("number", "whole", "share", "money")
_PLAIN = re.compile(r"([+-]?)(\d*)(?:[.,](\d+))?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,}|(?:[ \u00a0\u202f]\d{3})+)", re.ASCII)


def is_number(column: Column) -> bool:
    """Whether the cells of the column hold figures."""
    return column.kind in _NUMBERS


def decimal_sign(columns: Sequence[tuple[Column, Sequence[str]]], semicolon: bool) -> str:
    """The sign before the decimals of a file: a comma where its figures clearly have one, else a point."""
    cells = {cell for column, cells in columns if is_number(column) for cell in cells}
    return "," if signs(cells, semicolon).get(",") == "." else "."


def entered(column: Column, text: str, decimal: str, known: Collection[str] = ()) -> str:
    """The text of a cell after it was typed; `known` are texts that the file already holds in this column."""
    text = unicodedata.normalize("NFC", text).strip()
    if not is_number(column) or text in known or fault(column, text):
        return text
    if _GROUPED.fullmatch(text):
        return re.sub(r"[.,\s]", "", text)
    found = _PLAIN.fullmatch(text)
    return text.replace(",", ".").replace(".", decimal) if found and found[3] else text


def fault(column: Column, text: str, known: Collection[str] = ()) -> Text | None:
    """Why a typed figure cannot be taken although a file might hold it; None when it can be read in one way only."""
    if not is_number(column) or text in known:
        return None
    try:
        value = read_number(text, {})
    except TwoReadingsError as either:
        return Text(f"{column.name} ", f"{column.name} ") + either.args[0]
    except ValueError:
        return None
    if "." not in text or "," not in text:
        return None
    return Text(
        f"{column.name} '{text}' có cả dấu chấm và dấu phẩy; hãy ghi {value:.15g}",
        f"{column.name} '{text}' has a point and a comma; write {value:.15g}",
    )
