"""Levers: the numbers of a scenario and its tables that a planner can move to let a plan exist.

One lever is one number as it is written: a field of a rule (uniform over all its rows), the coverage of a target, the
ceiling of a resource in a year, or, apart from the rules, the ceiling of a fund in a year.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from planning.inputs.case import Case
from planning.inputs.whatif import with_rules

_NONE = math.inf
# For each rule its fields, with the loosest value of each; a rule without a number can only be switched off.
_FIELDS: dict[str, tuple[tuple[str, float], ...]] = {
    "remote_share": (("share", 0.0),),
    "per_child_floor": (("amount", 0.0),),
    "stability": (("decrease", 1.0), ("increase", _NONE)),
    "coverage_floors": (("share", 0.0),),
    "coverage_caps": (("share", 1.0),),
    "minimum_grants": (("amount", 0.0),),
    "absorption": (("growth", 100.0),),
    "substitutes": (("switch", 0.0),),
    "complements": (("switch", 0.0),),
    "projects": (("per_area", _NONE), ("per_year", _NONE)),
    "minimum_use": (("share", 0.0),),
    "expiry": (("year", _NONE),),
    "matching": (("ratio", 0.0),),
    "co_funding": (("share", 0.0),),
    "additionality": (("share", 0.0),),
    "virement": (("share", _NONE),),
    "gaps": (("ratio", 0.0),),
    "parity": (("share", _NONE),),
    "losers": (("share", 1.0),),
    "concentration": (("at_most", 1.0), ("floor", 0.0)),
    "hoover": (("at_most", 1.0), ("floor", 0.0)),
    "gini": (("at_most", 1.0), ("floor", 0.0)),
    "theil": (("at_most", 1.0), ("floor", 0.0)),
    "bottom_share": (("share", 0.0), ("floor", 0.0)),
}
_AT_MOST = {"matching": _NONE, "co_funding": 1.0}
_BESIDE = {"stability", "parity", "virement", "absorption"}  # the level is one plus or minus the field
_LARGEST = {"virement": 1.0}  # what a scenario can state at most; beyond it the rule is switched off
_UNITS = {"amount": "money_per_child", "ratio": "number", "year": "year", "switch": "switch", "per_area": "number",
          "per_year": "number"}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Lever:
    """One number that may move from `now` towards `limit`, the loosest value (infinite where there is none).

    path   where it is written: rules.remote_share.share, targets.swim.coverage, funds.city.2026.ceiling
    rule   the rule whose rows it moves; `field` its field there, `entry` its place in a list or its row in a table
    size   what a change is measured against: the present level, or one for bands around a baseline or a mean
    whole  it moves by whole numbers only; `unit` as in `RuleKind`, or year, or switch (1 on, 0 off)
    set_to the case with the number at another value; the loosest switches the rule off where no number says so
    """

    path: str
    rule: str
    field: str
    entry: str
    now: float
    limit: float
    size: float
    unit: str
    whole: bool
    set_to: Callable[[Case, float], Case]

    @property
    def sign(self) -> int:
        """1 where raising the number loosens the rule, −1 where lowering it does."""
        return 1 if self.limit > self.now else -1

    @property
    def most(self) -> float:
        """The largest value that a scenario can state with the rule on."""
        largest = _LARGEST.get(self.rule, math.inf)
        return min(self.limit, largest) if self.sign > 0 else largest

    @property
    def rows(self) -> tuple[str, ...]:
        """The rules of the model whose rows the number moves."""
        if self.money:
            return ("fund_ceiling", "minimum_use")
        if self.field == "floor":
            return ("index_floors",)
        return (f"projects_{self.field}" if self.rule == "projects" else self.rule,)

    @property
    def money(self) -> bool:
        """True for the ceiling of a fund, which is no rule of the scenario."""
        return self.rule == "fund_ceiling"


def rule_levers(case: Case) -> list[Lever]:
    """A lever for each number of a hard rule that can still be loosened."""
    levers = [*_of_scenario(case), *_of_targets(case), *_of_resources(case)]
    return [lever for lever in levers if lever.limit != lever.now]


def money_levers(case: Case) -> list[Lever]:
    """A lever for the ceiling of each fund in each year of the plan, million VND."""
    table = case.tables["funds"]
    return [
        _of_table(case, "funds", "fund_ceiling", "ceiling", row, _NONE, "money")
        for row in table.index[table["year"].isin(case.years)]
    ]


def applied(case: Case, values: dict[Lever, float]) -> Case:
    """The case with each lever at its value; entries that are switched off go last, so that the others keep place."""
    for lever, value in sorted(values.items(), key=lambda item: int(item[0].entry or 0), reverse=True):
        case = lever.set_to(case, value)
    return case


def _of_scenario(case: Case) -> Iterator[Lever]:
    for rule, fields in _FIELDS.items():
        stated = getattr(case.scenario.rules, rule)
        if stated == "off":
            continue
        for number, entry in enumerate(stated if isinstance(stated, list) else [stated]):
            if entry.strength == "hard":
                for field, limit in fields:
                    yield from _of_field(case, rule, number if isinstance(stated, list) else None, field, limit)


def _of_field(case: Case, rule: str, number: int | None, field: str, limit: float) -> Iterator[Lever]:
    entry = _entry(case, rule, number)
    value = 1.0 if field == "switch" else getattr(entry, field)
    if getattr(entry, "sense", "") == "at_most" and rule in _AT_MOST:
        limit = _AT_MOST[rule]
    path = ".".join(["rules", rule, *([] if number is None else [str(number)])])
    unit = "money" if rule == "minimum_grants" else _UNITS.get(field, "share")
    for key, now in value.items() if isinstance(value, dict) else [(None, value)]:
        if now is None:
            continue
        size = 1.0 if rule in _BESIDE or not now or field in ("year", "switch") else abs(now)
        yield Lever(
            path if field == "switch" else ".".join([path, field, *([] if key is None else [str(key)])]),
            rule, field, "" if number is None else str(number + 1), float(now),
            float(case.years[-1]) if field == "year" else limit, size, unit,
            field in ("year", "switch", "per_area", "per_year"), partial(_restate, rule, number, field, key),
        )  # fmt: skip


def _entry(case: Case, rule: str, number: int | None) -> object:
    stated = getattr(case.scenario.rules, rule)
    return stated if number is None else stated[number]


def _restate(rule: str, number: int | None, field: str, key: object, case: Case, value: float) -> Case:
    """The case with one field of a rule, or of one entry of it, at another value."""
    stated = _entry(case, rule, number).model_dump()  # type: ignore[attr-defined]
    off = value > _LARGEST.get(rule, math.inf) or value == math.inf or (value <= 0 and _positive(rule, field))
    if field in ("increase", "per_area", "per_year"):
        new = stated | {field: None if math.isinf(value) else int(value) if field != "increase" else value}
    elif off:
        new = "off"
    elif key is not None:
        new = stated | {field: stated[field] | {key: value}}
    else:
        new = stated | ({field: int(value) if field == "year" else value} if field != "switch" else {})
    if number is None:
        return with_rules(case, **{rule: new})
    others = [entry.model_dump() for entry in getattr(case.scenario.rules, rule)]
    return with_rules(case, **{rule: others[:number] + ([] if new == "off" else [new]) + others[number + 1 :]})


def _positive(rule: str, field: str) -> bool:
    """Whether the field of the rule must be above zero, so that zero is said by switching the rule off."""
    return field in ("amount", "switch") or (field == "ratio" and rule in ("matching", "gaps"))


def _of_targets(case: Case) -> Iterator[Lever]:
    wanted, table = case.scenario.rules.targets, case.tables.get("targets")
    if wanted == "off" or table is None or wanted.strength not in ("as_stated", "hard"):
        return
    hard = table["strength"] == "hard" if wanted.strength == "as_stated" else pd.Series(True, index=table.index)
    for row in table.index[hard]:
        yield _of_table(case, "targets", "targets", "coverage", row, 0.0, "share")


def _of_resources(case: Case) -> Iterator[Lever]:
    wanted, table = case.scenario.rules.resources, case.tables.get("resources")
    if wanted == "off" or table is None or wanted.strength != "hard":
        return
    for row in table.index[table["year"].isin(case.years)]:
        yield _of_table(case, "resources", "resources", "ceiling", row, _NONE, "number")


_KEYS = {"targets": ("target",), "resources": ("resource", "year"), "funds": ("fund", "year")}


def _of_table(case: Case, name: str, rule: str, column: str, row: int, limit: float, unit: str) -> Lever:
    table = case.tables[name]
    now = float(table.at[row, column])
    path = ".".join([name, *(str(table.at[row, key]) for key in _KEYS[name]), column])
    size = now or float(table[column].abs().mean()) or 1.0
    return Lever(path, rule, column, str(row), now, limit, size, unit, False, partial(_rewrite, name, column, row))


def _rewrite(name: str, column: str, row: int, case: Case, value: float) -> Case:
    """The case with one cell of a table at another value."""
    table = case.tables[name].copy()
    table[column] = table[column].astype(float)
    table.loc[row, column] = value
    return replace(case, tables={**case.tables, name: table})
