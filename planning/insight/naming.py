"""What a question is about, by the code or the name that somebody typed."""

import difflib
import unicodedata
from collections.abc import Iterator, Sequence

from planning.errors import InputError, Problem
from planning.inputs.case import Case
from planning.inputs.words import listing
from planning.vocabulary import Text


def position(case: Case, noun: Text, code: str, known: Sequence[str]) -> int:
    """Where a code stands in its table.

    Raises InputError where it is unknown, with those that it may stand for, else with what is known.
    """
    codes = list(known)
    if code in codes:
        return codes.index(code)
    text = Text(f"không có {noun.vi} '{code}'; ", f"unknown {noun.en} '{code}'; ")
    if not codes:
        text += Text(f"phương án không có {noun.vi} nào", f"the scenario has no {noun.en}")
    elif near := [f"'{one}'" for one in _meant(case, code, codes)]:
        text += Text(f"có phải ý là {' hoặc '.join(near)}?", f"did you mean {' or '.join(near)}?")
    else:
        text += Text(f"mã đã biết: {listing(codes, 8, 'vi')}", f"known: {listing(codes, 8)}")
    raise InputError([Problem(f"{case.scenario.name}.yaml", text)])


def _meant(case: Case, word: str, codes: Sequence[str]) -> list[str]:
    """The codes of what bears the word as its name in either language, else of the few whose names hold it, else near.

    At most three.
    """
    names = {code: {_folded(name) for name in _names(case, code)} for code in codes}
    typed = _folded(word)
    bearing = [code for code, its in names.items() if typed in its]
    holding = [code for code, its in names.items() if typed and any(typed in name for name in its)]
    if bearing or 0 < len(holding) <= 3:
        return bearing[:3] or holding
    return difflib.get_close_matches(typed.replace(" ", "_"), codes, 3)


def _names(case: Case, code: str) -> Iterator[str]:
    for language in ("vi", "en"):
        labels = case.labels(language)
        yield from (labels[kind][code] for kind in ("area", "programme", "project") if code in labels[kind])


def _folded(text: str) -> str:
    """The text without regard to capitals, spaces and how its letters are composed."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
