"""What a column allows, in words, and which values lie outside it."""

import numpy as np
import pandas as pd

from planning.inputs.words import number
from planning.vocabulary import ALL, NO, YES, Column, Language, Text

FIRST_YEAR, LAST_YEAR = 1990, 2200
LARGEST = 1e15  # no figure of a budget is larger, and every whole number up to it is exact
_NUMBER = Text("số", "a number")
_NOUNS = {
    "whole": Text("số nguyên", "a whole number"),
    "share": Text("tỷ lệ", "a share"),
    "money": Text("số tiền bằng triệu đồng", "an amount in million VND"),
}
_CODE = Text("mã bằng chữ thường không dấu, chữ số và _", "a code of lower-case letters without accents, digits and _")
# An example of a code of each of these tables; an own code bears the name of what it tells apart.
_CODES = {
    "areas": "ba_vi",
    "programmes": "early_nutrition",
    "classes": "urban",
    "funds": "city_recurrent",
    "projects": "children_house_ba_vi",
    "resources": "case_workers",
}
_TEXT = Text("một đoạn chữ", "a text")
_YEAR = Text("bốn chữ số, ví dụ 2026", "four digits, for instance 2026")
OR_ALL, _NOTHING = Text(", hoặc all", ", or all"), Text("", "")


def bounds(column: Column) -> tuple[float, float, bool]:
    """Least and most allowed value, and whether the least itself is allowed."""
    least = column.above if column.above is not None else column.at_least
    most = column.at_most
    if column.kind == "share":
        least, most = 0.0 if least is None else least, 1.0 if most is None else most
    return (
        -LARGEST if least is None else least,
        LARGEST if most is None else most,
        column.above is None,
    )


def inside[Values: (float, np.ndarray, pd.Series)](column: Column, values: Values) -> Values:
    """True where a value (one number or many) is within the limits of the column."""
    least, most, included = bounds(column)
    return (values >= least if included else values > least) & (values <= most)


def wanted(column: Column, language: Language = "en") -> str:
    """What may stand in the column, in words."""
    match column.kind:
        case "code":
            return (_code(column) + (OR_ALL if column.wildcard else _NOTHING))[language]
        case "text":
            return _TEXT[language]
        case "flag" | "choice":
            return Text(" hoặc ", " or ")[language].join(choices(column))
        case "year":
            return (_YEAR + (OR_ALL if column.wildcard else _NOTHING))[language]
    least, most, included = bounds(column)
    return (_NOUNS.get(column.kind, _NUMBER) + _between(least, most, included))[language]


def _code(column: Column) -> Text:
    """A code, with one of the kind that the column holds for an example."""
    own = {"class": "classes"}.get(column.name, f"{column.name}s")
    example = _CODES.get(column.refers_to or own)
    return Text(f"mã, ví dụ {example}", f"a code, for instance {example}") if example else _CODE


def _between(least: float, most: float, included: bool) -> Text:
    """The limits as they follow the noun; figures are as files ask for them."""
    low, high = number(least), number(most)
    if most < LARGEST and included:
        return Text(f" từ {low} đến {high}", f" from {low} to {high}")
    if most < LARGEST:
        return Text(f" lớn hơn {low} và không quá {high}", f" above {low} up to {high}")
    if least == -LARGEST:
        return _NOTHING
    return Text(f", từ {low} trở lên", f", at least {low}") if included else Text(f", lớn hơn {low}", f", above {low}")


def choices(column: Column) -> tuple[str, ...]:
    """The words that may stand in a choice or flag column."""
    words = (YES, NO) if column.kind == "flag" else column.choices
    return (*words, ALL) if column.wildcard else words


def could_be_percent(value: float, most: float) -> bool:
    """Whether a share that may not be above `most` was written in percent; 1.5 is rather one and a half."""
    return 2 <= value <= 100 and value / 100 <= most


def refusal(column: Column, value: float) -> Text:
    """The sentence for a value outside the limits of the column."""
    name, most = column.name, bounds(column)[1]
    if abs(value) > LARGEST:
        return Text(
            f"{name} {value:.3g} quá lớn, khó có thể đúng; hãy kiểm tra lại các chữ số",
            f"{name} {value:.3g} is too large to be right; check the digits",
        )
    if column.kind == "share" and could_be_percent(value, most):
        share = number(value / 100)
        return Text(
            f"{name} {number(value, 'vi')} có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến {number(most)}: {share}",
            f"{name} {number(value)} looks like a percentage; "
            f"write it as a share between 0 and {number(most)}: {share}",
        )
    return Text(
        f"{name} {number(value, 'vi')} không hợp lệ; hãy ghi {wanted(column, 'vi')}",
        f"{name} {number(value)} is not allowed; write {wanted(column)}",
    )
