"""What the commands of questions share: options that hold shares, and codes in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planning.errors import InputError, Problem
from planning.vocabulary import Language, Text

if TYPE_CHECKING:
    from planning.insight.finding import Finding


def shares_of(option: str, text: str) -> tuple[float, ...]:
    """The shares between 0 and 1 that stand in an option, commas between them. Raises InputError."""
    shares = []
    for part in text.split(","):
        try:
            share = float(part)
        except ValueError:
            share = -1.0
        if not 0 < share < 1:
            said = f"{part.strip()!r} is not a share; write numbers above 0 and below 1 with commas, such as 0.001,0.01"
            raise InputError([Problem(option, said)])
        shares.append(share)
    return tuple(sorted(set(shares)))


def one_share(option: str, text: str) -> float:
    """The one share that stands in an option. Raises InputError."""
    shares = shares_of(option, text)
    if len(shares) != 1:
        raise InputError([Problem(option, f"{text!r} holds {len(shares)} shares; give one, such as 0.01")])
    return shares[0]


def in_words(
    finding: "Finding", table: str, words: Mapping[str, Mapping[str, Text]], language: Language, columns: tuple = ()
) -> "Finding":
    """The finding with one table for people: codes of these columns as words, and only these columns if any."""
    frame = finding.tables[table]
    frame = frame[list(columns)] if columns else frame
    for column, known in words.items():
        written = [known[code][language] if code in known else code for code in frame[column]]
        frame = frame.assign(**{column: written})
    return replace(finding, tables={**finding.tables, table: frame})
