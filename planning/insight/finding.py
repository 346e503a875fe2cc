"""The answer to a question about a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from planning.inputs.case import Case
from planning.vocabulary import Language, Text


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """What was found: long tables, and what they say in words.

    name      the question: prices, ranges, frontier, …
    tables    the first is the one that is printed; money in million VND, shares between 0 and 1
    sentences what a committee reads first, in each language
    headings  words for those columns of the tables that the reports' own headings do not name
    kinds     how the figures of a column are written, as in a sheet: money, share, change, count, …; text where silent
    """

    name: str
    case: Case
    tables: Mapping[str, pd.DataFrame]
    sentences: Mapping[Language, tuple[str, ...]]
    headings: Mapping[str, Text] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> pd.DataFrame:
        """The first table."""
        return next(iter(self.tables.values()))
