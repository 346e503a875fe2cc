"""What the papers of a committee say, before it is known how they are printed: sections of words, tables, pictures."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from planning.reports.sheet import Sheet
from planning.reports.style import Picture
from planning.vocabulary import Language, Text


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as PNG, with words for those who cannot see it, and its width against that of the text (0 to 1)."""

    png: bytes
    alt: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Points:
    """Sentences that stand as a list."""

    sentences: tuple[str, ...]


Part = str | Points | Sheet | Image


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; `annex` begins on a new page."""

    title: str
    parts: tuple[Part, ...]
    annex: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole of it. `facts` are the figures that stand first, `footer` stands on every page."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    footer: str
    language: Language
    day: date


_LONG = 26
_CONTENTS = Text("Nội dung", "Contents")
_PAGE = Text("Trang", "Page")


def image(picture: Picture, width: float = 1.0) -> Image:
    """A picture with its own title as its words."""
    return Image(picture.png(), " ".join(picture.get_suptitle().split()), width)


def printed(brief: Brief) -> dict[str, Any]:
    """The brief as plain values for JSON: every figure written, every picture as base64; text is text, never markup."""
    return {
        "lang": brief.language,
        "title": brief.title,
        "subtitle": brief.subtitle,
        "facts": [{"label": label, "value": value} for label, value in brief.facts],
        "footer": brief.footer,
        "day": [brief.day.year, brief.day.month, brief.day.day],
        "words": {"contents": _CONTENTS[brief.language], "page": _PAGE[brief.language]},
        "sections": [
            {"title": section.title, "annex": section.annex, "parts": [_part(part) for part in section.parts]}
            for section in brief.sections
        ],
    }


def _part(part: Part) -> Mapping[str, Any]:
    match part:
        case str():
            return {"kind": "text", "text": part}
        case Points():
            return {"kind": "points", "points": list(part.sentences)}
        case Image():
            return {
                "kind": "image", "alt": part.alt, "width": part.width, "data": base64.b64encode(part.png).decode(),
            }  # fmt: skip
        case Sheet():
            frame = part.printed()
            texts = [part.kinds.get(column, "text") == "text" for column in part.frame.columns]
            return {
                "kind": "table", "heading": part.heading, "columns": [str(column) for column in frame.columns],
                "texts": texts, "widths": _widths(frame), "rows": frame.to_numpy(str).tolist() if len(frame) else [],
                "totals": part.totals,
            }  # fmt: skip


def _widths(frame: pd.DataFrame) -> list[float]:
    """For each column about how many letters wide it should be: long texts wrap, heads wrap between their words."""
    widths = []
    for column in frame.columns:
        words = max([len(word) for word in str(column).split()] + [len(str(column)) / 2.2])
        cell = max((len(text) for text in frame[column]), default=0)
        widths.append(2.5 + max(words, cell if cell <= _LONG else _LONG + 0.4 * (min(cell, 120) - _LONG)))
    return widths
