"""What scenarios change in rules and objective, in words before and after."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from planning.insight.difference_words import group_words
from planning.solver.plan import Plan
from planning.vocabulary import STRENGTHS, Language, Text

COLUMNS = ["kind", "part", "rows", "part_vi", "part_en", "before_vi", "before_en", "after_vi", "after_en"]
_OFF = Text("không áp dụng", "not applied")
_NOT_SET = Text("không đặt", "not set")
_MORE = Text(" (và {more} dòng nữa)", " (and {more} more rows)")


def changed_policy(base: Plan, other: Plan) -> pd.DataFrame:
    """One line for each rule, and each part of the objective, that is said otherwise.

    Columns kind (rules or objective), part, rows (of the rule, that differ), its name and what it says before and
    after in both languages: the first row that differs, or the settings where no row shows them.
    """
    lines = []
    for kind in ("objective", "rules"):
        one, two = (getattr(plan.case.scenario, kind).model_dump() for plan in (base, other))
        for part in (part for part in one if one[part] != two[part]):
            lines.append({"kind": kind, "part": part} | _line(base, other, kind, part, one[part], two[part]))
    return pd.DataFrame(lines, columns=COLUMNS)


def _line(base: Plan, other: Plan, kind: str, part: str, before: Any, after: Any) -> dict[str, Any]:
    rows = _rows(base.rules, other.rules, part) if kind == "rules" else pd.DataFrame()
    line: dict[str, Any] = {"rows": len(rows)}
    for language in ("vi", "en"):
        line[f"part_{language}"] = group_words(base.case, other.case, (kind, part), language)
        sides = zip(("before", "after"), (before, after), (after, before), strict=True)
        line |= {
            f"{side}_{language}": _told(rows, side, language) if len(rows) else _settings(stated, against, language)
            for side, stated, against in sides
        }
    return line


def _rows(base: pd.DataFrame, other: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The rows of a rule whose level, direction, strength or place differs: columns <name>_before and <name>_after."""
    kept = ["level", "sense", "strength", "words_vi", "words_en"]
    sides = []
    for table in (base, other):
        rows = table[table["rule"] == rule]
        number = rows.groupby("index").cumcount()
        sides.append(rows.assign(number=number).set_index(["index", "number"])[kept])
    both = sides[0].join(sides[1], how="outer", suffixes=("_before", "_after"), sort=False)
    same = pd.Series(True, both.index)
    for name in ("level", "sense", "strength"):
        same &= both[f"{name}_before"] == both[f"{name}_after"]
    return both[~same]


def _told(rows: pd.DataFrame, side: str, language: Language) -> str:
    there = rows[rows[f"level_{side}"].notna()]
    if there.empty:
        return _OFF[language]
    first, more = there.iloc[0], len(there) - 1
    strength = ""
    stated = {first["strength_before"], first["strength_after"]}
    if len(stated) == 2 and stated <= STRENGTHS.keys():
        strength = f" [{STRENGTHS[first[f'strength_{side}']][language]}]"
    return first[f"words_{language}_{side}"] + strength + (_MORE[language].format(more=more) if more else "")


def _settings(stated: Any, against: Any, language: Language) -> str:
    """What is said here and otherwise there, as a scenario file writes it."""
    here, there = dict(_leaves(stated)), dict(_leaves(against))
    said = [
        f"{name}: {_text(value, language)}" if name else _text(value, language)
        for name, value in here.items()
        if name not in there or there[name] != value
    ]
    return "; ".join(said) or _NOT_SET[language]


def _leaves(value: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        items = value.items()
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        items = ((place + 1, entry) for place, entry in enumerate(value))
    else:
        yield above, value
        return
    for key, inner in items:
        yield from _leaves(inner, f"{above} {key}".strip())


def _text(value: Any, language: Language) -> str:
    if isinstance(value, list | tuple) and value:
        return ", ".join(map(str, value))
    if value == "off":
        return _OFF[language]
    return _NOT_SET[language] if value in (None, [], {}, ()) else str(value)
