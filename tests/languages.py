"""What holds for every refusal: it can be told in Vietnamese, without a word of English around what it quotes."""

import re

from planning.errors import InputError, PlanningError

_WORDS = "the is are was write give and or of must not with from it known missing problem problems row line change"
_ENGLISH = re.compile(rf"(?<![^\s(])({'|'.join(_WORDS.split())})(?![^\s:,;.])")


def vietnamese(refusal: PlanningError) -> str:
    """The refusal in Vietnamese, which differs from the English one."""
    return _told(refusal.told("vi"), refusal.told("en"))


def assert_told_in_both_languages(refusal: InputError) -> None:
    """Every problem has a Vietnamese sentence of its own."""
    for problem in refusal.problems:
        _told(problem.told("vi"), problem.told("en"))


def _told(vi: str, en: str) -> str:
    assert vi != en
    assert not _ENGLISH.search(vi), vi
    return vi
