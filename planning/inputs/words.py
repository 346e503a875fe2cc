"""Words that every refusal shares: the nearest known name, short lists, amounts."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import get_args

from planning import numbers
from planning.errors import InputError, Problem
from planning.inputs.scenario import Scenario
from planning.vocabulary import Language, Text


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str:
    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(word.lower().replace(" ", "_").replace("-", "_"), by_lower, n=1, cutoff=0.6)
    return by_lower[close[0]] if close else ""


def did_you_mean(word: object, known: Iterable[str], language: Language = "en") -> str:
    """`did you mean 'x'?` for the nearest known name, or a list of what is known, each once, when nothing is near."""
    names = tuple(dict.fromkeys(known))
    if not names:
        return _CHECK[language]
    near = _nearest(str(word), names)
    return (_NEAR if near else _KNOWN)[language].format(near or listing(names, 8, language))


_CHECK = Text("xin kiểm tra lại tên", "check the name")
_NEAR = Text("có phải ý là '{}'?", "did you mean '{}'?")
_KNOWN = Text("tên đã biết: {}", "known: {}")


def listing(names: Sequence[object], shown: int = 5, language: Language = "en") -> str:
    """The first few names, and how many more there are."""
    first = ", ".join(str(name) for name in names[:shown])
    if (more := len(names) - shown) <= 0:
        return first or Text("không có gì", "nothing")[language]
    return Text(f"{first} và {number(more, 'vi')} mục nữa", f"{first} and {number(more)} more")[language]


def number(value: float, language: Language = "en") -> str:
    """A figure with grouped thousands and no more decimals than it has: 5,210 or 0.986, in Vietnamese 5.210 or 0,986.

    What the reader is to type into a file is written as in English, which files ask for.
    """
    text = f"{value:,.10g}"
    return text.translate(numbers.TO_VIETNAMESE) if language == "vi" else text


def money(value: float, language: Language = "en") -> str:
    """An amount held in million VND, in words: 812,400 million VND."""
    if language == "vi":
        return f"{numbers.number(value, language, 0 if abs(value) >= 100 or value % 1 == 0 else 1)} triệu đồng"
    return f"{value:,.0f} million VND" if abs(value) >= 100 else f"{number(value)} million VND"


def exceeds(value: float, level: float, language: Language = "en") -> str:
    """By how much an amount is above a level: `12,400 million VND more than`."""
    if language == "vi":
        return f"nhiều hơn {money(value - level, language)} so với"
    return f"{money(value - level)} more than"


def stated(scenario: Scenario, path: str, language: Language = "en") -> str:
    """A dotted path of the scenario with the file and line that set it, where a file did."""
    place = scenario.origin.get(path)
    line = {"vi": "dòng", "en": "line"}[language]
    return f"{path} ({place[0]} {line} {place[1]})" if place else path


def refuse_other_languages(language: object) -> None:
    """Raises InputError where a language is neither vi nor en."""
    if language not in get_args(Language):
        text = Text(
            f"ở đây không có ngôn ngữ {language!r}; hãy ghi 'vi' hoặc 'en'",
            f"there is no language {language!r} here; write 'vi' or 'en'",
        )
        raise InputError([Problem("language", text)])
