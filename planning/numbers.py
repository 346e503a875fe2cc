"""Numbers and money as the language writes them: the one place where a figure becomes text.

Vietnamese writes `1.234,5 tỷ đồng`, English `1,234.5 billion VND`. Nothing here asks the machine's locale.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from planning.vocabulary import MONEY_UNIT, Language, Text

NOTHING = "–"
POINTS = Text("điểm %", "percentage points")
TO_VIETNAMESE = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A unit in which money is printed: `million` million VND each, with so many decimals."""

    million: float
    decimals: int
    words: Text

    @property
    def step(self) -> float:
        """The smallest amount, in million VND, that this unit can print."""
        return self.million / 10**self.decimals


THOUSAND = MoneyUnit(0.001, 0, Text("nghìn đồng", "thousand VND"))
MILLION = MoneyUnit(1, 1, MONEY_UNIT)
BILLION = MoneyUnit(1000, 1, Text("tỷ đồng", "billion VND"))
PER_CHILD = MoneyUnit(0.001, 0, Text("nghìn đồng/trẻ em/năm", "thousand VND per child and year"))


def money_unit(amounts: Iterable[float]) -> MoneyUnit:
    """The unit for a whole table: billions once the largest amount (million VND) reaches ten of them."""
    return BILLION if max(map(abs, amounts), default=0.0) >= 10 * BILLION.million else MILLION


def number(value: float, language: Language, decimals: int = 0) -> str:
    """A number with grouped thousands; a dash where there is none (NaN)."""
    if math.isnan(value):
        return NOTHING
    text = f"{value:,.{decimals}f}"
    if not text.strip("-0,."):
        text = text.lstrip("-")
    text = text.replace("-", "−")
    return text.translate(TO_VIETNAMESE) if language == "vi" else text


def typed(value: float, language: Language) -> str:
    """A number as a box to type in shows it: not grouped, with the decimals that it has, ten at most.

    What is shown can be read in one way only: 1.234 is `1.2340`.
    """
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    if abs(value) >= 1 and len(text.partition(".")[2]) == 3:
        text += "0"
    return text.translate(TO_VIETNAMESE) if language == "vi" else text


def signed(value: float, language: Language, decimals: int = 0) -> str:
    """A number with its sign; one that is written as nothing has none."""
    return ("+" if round(value, decimals) > 0 else "") + number(value, language, decimals)


def signed_points(share: float, language: Language) -> str:
    """A change of a share (−0.018) in percentage points (`−1,8 điểm %`)."""
    return f"{signed(100 * share, language, 1)} {POINTS[language]}"


def percent(share: float, language: Language, decimals: int = 1) -> str:
    """A share (0.453) as a percentage (`45,3%` or `45.3%`)."""
    return NOTHING if math.isnan(share) else number(100 * share, language, decimals) + "%"


def amount(million: float, language: Language, unit: MoneyUnit) -> str:
    """Money given in million VND as a bare figure in `unit`, for a column whose heading names the unit."""
    return number(million / unit.million, language, unit.decimals)


def money(million: float, language: Language, unit: MoneyUnit | None = None) -> str:
    """Money given in million VND with its unit in words."""
    unit = unit or money_unit([million])
    return f"{amount(million, language, unit)} {unit.words[language]}"


def children(count: float, language: Language) -> str:
    """A number of children, in whole children."""
    words = Text("trẻ em", "child" if round(count) == 1 else "children")
    return f"{number(count, language)} {words[language]}"


def number_range(low: float, high: float, language: Language) -> str:
    """From the least to the most, or the one number that both are."""
    return " – ".join(dict.fromkeys(number(value, language) for value in (low, high)))


def money_range(low: float, high: float, language: Language) -> str:
    """From the least to the most (million VND), with their unit; small prices in thousands."""
    unit = money_unit([high]) if high >= 10 * MILLION.million else THOUSAND
    written = dict.fromkeys(amount(value, language, unit) for value in (low, high))
    return f"{' – '.join(written)} {unit.words[language]}"
