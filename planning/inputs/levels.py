"""The one number that a rule states, found by the rule's name, and the same case with that number said otherwise."""

from dataclasses import dataclass, replace

from pydantic import BaseModel, ValidationError

from planning.errors import InputError, Problem
from planning.inputs.case import Case
from planning.inputs.rules import Rules
from planning.inputs.sentences import BOUNDS, bound
from planning.inputs.whatif import VALUES, with_money
from planning.inputs.words import number
from planning.vocabulary import Text

ENVELOPE = "envelope"
# The number that a rule is known by comes first; what else it states as a number may be named.
FIELDS = {
    "remote_share": ("share",),
    "per_child_floor": ("amount",),
    "stability": ("decrease", "increase"),
    "coverage_floors": ("share",),
    "coverage_caps": ("share",),
    "minimum_grants": ("amount",),
    "absorption": ("growth",),
    "minimum_use": ("share",),
    "matching": ("ratio",),
    "co_funding": ("share",),
    "additionality": ("share",),
    "virement": ("share",),
    "gaps": ("ratio",),
    "parity": ("share",),
    "losers": ("share",),
    "concentration": ("at_most", "floor"),
    "hoover": ("at_most", "floor"),
    "gini": ("at_most", "floor"),
    "theil": ("at_most", "floor"),
    "bottom_share": ("share", "floor"),
}
_WHOLE = Text(
    f"{ENVELOPE} không có entry và field; hãy bỏ hai phần đó", f"{ENVELOPE} has no entry and no field; leave them out"
)
_KEPT = (*VALUES, "areas", "programmes", "remote", "children", "full_cost", "project_cost", "starts", "band_share")


@dataclass(frozen=True, slots=True)
class Level:
    """A number that a scenario states: a field of a rule, of one of its entries, or all ceilings times a factor.

    `entry` is the place in a list of rules, from 0, or the key where a rule states one number per year or programme.
    """

    rule: str
    field: str = ""
    entry: int | str | None = None

    @property
    def name(self) -> str:
        """The level as a planner writes it: gaps 2 ratio."""
        entry = self.entry + 1 if isinstance(self.entry, int) else self.entry
        return " ".join(str(part) for part in (self.rule, entry, self.field) if part not in (None, ""))

    def of(self, case: Case) -> float:
        """What the scenario states; 1 for the envelope."""
        if self.rule == ENVELOPE:
            return 1.0
        stated = getattr(case.scenario.rules, self.rule)
        stated = stated[self.entry] if isinstance(self.entry, int) else stated
        value = getattr(stated, self.field)
        return float(value[self.key(value)] if isinstance(value, dict) else value)

    def key(self, stated: dict) -> int | str:
        """The key of `entry` in a rule that states several numbers: a year is a number there."""
        return next(key for key in stated if str(key) == str(self.entry))

    def at(self, case: Case, value: float) -> Case:
        """The case with this number instead. Raises InputError where a scenario could not say so."""
        if self.rule == ENVELOPE:
            return with_money(case, value)
        rules = case.scenario.rules
        entries = getattr(rules, self.rule)
        old = entries[self.entry] if isinstance(entries, list) else entries
        stated = getattr(old, self.field)
        anew = {**stated, self.key(stated): value} if isinstance(stated, dict) else value
        try:
            new = type(old).model_validate(old.model_dump() | {self.field: anew})
        except ValidationError as refusal:
            fault = next(fault for fault in refusal.errors() if fault["type"] in BOUNDS)
            text = Text(
                f"{self.name} không thể là {number(value, 'vi')}: phải {bound(fault['type'], fault['ctx']).vi}",
                f"{self.name} cannot be {value:g}: {fault['msg'].lower()}",
            )
            raise _refusal(case, text) from None
        whole = [*entries[: self.entry], new, *entries[self.entry + 1 :]] if isinstance(entries, list) else new
        scenario = case.scenario.model_copy(update={"rules": rules.model_copy(update={self.rule: whole})})
        other = replace(case, scenario=scenario)
        other.__dict__.update({name: case.__dict__[name] for name in _KEPT if name in case.__dict__})
        return other


def find_level(case: Case, rule: str, entry: str | None = None, field: str | None = None) -> Level:
    """The level that a planner names. Raises InputError where it is none, saying what can be named."""
    if rule == ENVELOPE:
        if entry or field:
            raise _refusal(case, _WHOLE)
        return Level(ENVELOPE)
    stated = _stated(case, rule)
    allowed = FIELDS[rule]
    if field and field not in allowed:
        text = Text(
            f"{rule} không có mức '{field}'; các mức có: {', '.join(allowed)}",
            f"{rule} has no level '{field}'; it has: {', '.join(allowed)}",
        )
        raise _refusal(case, text)
    field = field or allowed[0]
    if isinstance(stated, list):
        return Level(rule, field, _place(case, rule, stated, entry))
    value = getattr(stated, field)
    if isinstance(value, dict):
        keys = [str(key) for key in value]
        if entry not in keys:
            text = Text(
                f"{rule} có nhiều con số; hãy chọn một bằng --entry: {', '.join(keys)}",
                f"{rule} states several numbers; name one with --entry: {', '.join(keys)}",
            )
            raise _refusal(case, text)
        return Level(rule, field, entry)
    if entry:
        text = Text(
            f"{rule} chỉ có một con số; hãy bỏ '{entry}' đi",
            f"{rule} states one number only; leave out the entry '{entry}'",
        )
        raise _refusal(case, text)
    if value is None:
        text = Text(
            f"{rule} chưa có {field}; hãy ghi vào phương án trước",
            f"{rule} states no {field}; write it into the scenario first",
        )
        raise _refusal(case, text)
    return Level(rule, field)


def _stated(case: Case, rule: str) -> BaseModel | list:
    """What the scenario states of a rule that can be swept."""
    rules = case.scenario.rules
    on = [name for name in FIELDS if getattr(rules, name) not in ("off", [])]
    names = ", ".join([*on, ENVELOPE])
    ask = Text(f"; với phương án này hỏi được về: {names}", f"; this scenario can be asked about: {names}")
    if rule not in Rules.model_fields:
        raise _refusal(case, Text(f"không có quy định '{rule}'", f"there is no rule '{rule}'") + ask)
    if rule not in FIELDS:
        text = Text(f"{rule} không có mức nào là một con số", f"{rule} has no level that is one number")
        raise _refusal(case, text + ask)
    if rule not in on:
        text = Text(
            f"{rule} không phải là quy định của phương án này; hãy ghi vào phương án trước, hoặc hỏi về: {names}",
            f"{rule} is not a rule of this scenario; write it there first, or ask about: {names}",
        )
        raise _refusal(case, text)
    return getattr(rules, rule)


def _place(case: Case, rule: str, stated: list, entry: str | None) -> int:
    if entry is None and len(stated) == 1:
        return 0
    if entry is None or not entry.isdigit() or not 1 <= int(entry) <= len(stated):
        last = len(stated)
        said = Text("", "")
        if entry is not None:
            said = Text(f"'{entry}' không phải là một trong số đó; ", f"entry '{entry}' is not one of them; ")
        text = Text(
            f"{rule} có {last} mục; {said.vi}hãy chọn một bằng --entry, từ 1 đến {last}",
            f"{rule} has {last} entries; {said.en}name one with --entry, from 1 to {last}",
        )
        raise _refusal(case, text)
    return int(entry) - 1


def _refusal(case: Case, text: Text) -> InputError:
    return InputError([Problem(case.scenario.name, text)])
