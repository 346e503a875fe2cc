"""One table as a committee reads it: a title, rounded figures, and a footer that says where they are from."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from planning import numbers
from planning.numbers import PER_CHILD, MoneyUnit
from planning.vocabulary import Language

Kind = Literal["text", "money", "per_child", "share", "fine_share", "change", "whole", "count", "number", "factor"]
_STYLE = (
    "<style>.sheet{border-collapse:collapse;font-size:90%;font-variant-numeric:tabular-nums;margin:0 0 1em}"
    ".sheet caption{caption-side:top;text-align:left;font-weight:bold;padding:.3em 0;color:inherit}"
    ".sheet th,.sheet td{padding:.15em .6em;text-align:right;vertical-align:top;border-bottom:1px solid #ddd}"
    ".sheet th.text,.sheet td.text{text-align:left}.sheet thead th{border-bottom:2px solid #555}"
    ".sheet tr.total td{font-weight:bold;border-top:2px solid #555}"
    ".sheet tfoot td{text-align:left;font-size:85%;color:#555;border:0;white-space:pre-line}</style>"
)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A table for people.

    `frame` has headings in `language` as columns and holds numbers, not text: money in million VND, already rounded to
    the step of `unit`, shares between 0 and 1. `kinds` says for each heading how its figures are written (text where it
    is silent). The last `totals` rows are totals.
    """

    title: str
    frame: pd.DataFrame
    kinds: Mapping[str, Kind]
    language: Language
    unit: MoneyUnit
    footer: str
    totals: int = 0

    @property
    def heading(self) -> str:
        """The title, with the unit of money where the sheet holds any."""
        return f"{self.title} ({self.unit.words[self.language]})" if "money" in self.kinds.values() else self.title

    def printed(self) -> pd.DataFrame:
        """The frame with every figure written as the language writes it."""
        return pd.DataFrame(self._columns(), dtype=str)

    def _columns(self) -> dict[str, list[str]]:
        return {column: self._column(column) for column in self.frame.columns}

    def _column(self, column: str) -> list[str]:
        kind = self.kinds.get(column, "text")
        return [value if isinstance(value, str) else self._write(value, kind) for value in self.frame[column]]

    def _write(self, value: float, kind: Kind) -> str:
        match kind:
            case "text":
                return "" if pd.isna(value) else str(value)
            case "money":
                return numbers.amount(value, self.language, self.unit)
            case "per_child":
                return numbers.amount(value, self.language, PER_CHILD)
            case "share":
                return numbers.percent(value, self.language)
            case "fine_share":
                return numbers.percent(value, self.language, 3)
            case "change":
                return ("+" if value > 0 else "") + numbers.percent(value, self.language)
            case "whole":
                return numbers.number(value, self.language)
            case "count":
                return numbers.number(value, self.language, 0 if abs(value) >= 1000 or value % 1 == 0 else 1)
            case "number":
                return numbers.number(value, self.language, 1)
            case "factor":
                return numbers.number(value, self.language, 3)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        printed = self._columns()
        side = {column: ' class="text"' if self.kinds.get(column, "text") == "text" else "" for column in printed}
        head = "".join(f"<th{side[column]}>{html.escape(str(column))}</th>" for column in printed)
        rows = []
        for position, row in enumerate(zip(*printed.values(), strict=True)):
            total = ' class="total"' if position >= len(self.frame) - self.totals else ""
            texts = zip(side.values(), map(html.escape, row), strict=True)
            cells = "".join(f"<td{aside}>{text}</td>" for aside, text in texts)
            rows.append(f"<tr{total}>{cells}</tr>")
        foot = f'<tfoot><tr><td class="text" colspan="{len(side)}">{html.escape(self.footer)}</td></tr></tfoot>'
        return (
            f'{_STYLE}<table class="sheet"><caption>{html.escape(self.heading)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody>{foot}</table>"
        )
