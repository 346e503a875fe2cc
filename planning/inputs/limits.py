"""What a column allows, in words, and which values lie outside it."""

import numpy as np
import pandas as pd

from planning.inputs.words import number
from planning.vocabulary import ALL, NO, YES, Column

FIRST_YEAR, LAST_YEAR = 1990, 2200
LARGEST = 1e15  # no figure of a budget is larger, and every whole number up to it is exact
_NOUNS = {"whole": "a whole number", "share": "a share", "money": "an amount in million VND"}


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


def wanted(column: Column) -> str:
    """What may stand in the column, in words."""
    match column.kind:
        case "code":
            return "a code, for instance ba_vi" + (", or all" if column.wildcard else "")
        case "text":
            return "a text"
        case "flag" | "choice":
            return " or ".join(choices(column))
        case "year":
            return "four digits, for instance 2026" + (", or all" if column.wildcard else "")
    least, most, included = bounds(column)
    noun = _NOUNS.get(column.kind, "a number")
    if most < LARGEST:
        return f"{noun} {'from' if included else 'above'} {number(least)} {'' if included else 'up '}to {number(most)}"
    return noun if least == -LARGEST else f"{noun}, {'at least' if included else 'above'} {number(least)}"


def choices(column: Column) -> tuple[str, ...]:
    """The words that may stand in a choice or flag column."""
    words = (YES, NO) if column.kind == "flag" else column.choices
    return (*words, ALL) if column.wildcard else words


def refusal(column: Column, value: float) -> str:
    """The sentence for a value outside the limits of the column."""
    most = bounds(column)[1]
    if abs(value) > LARGEST:
        return f"{column.name} {value:.3g} is too large to be right; check the digits"
    if column.kind == "share" and 1 <= value <= 100 and value / 100 <= most:
        return (
            f"{column.name} {number(value)} looks like a percentage; "
            f"write it as a share between 0 and {number(most)}: {number(value / 100)}"
        )
    return f"{column.name} {number(value)} is not allowed; write {wanted(column)}"
