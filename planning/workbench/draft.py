"""A scenario on the screen: what it says otherwise than the one that was opened, as a case and as a scenario file."""

import copy
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import StringIO
from typing import Any

from pydantic import BaseModel, ValidationError

from planning.errors import InputError
from planning.inputs.case import Case
from planning.inputs.checks import check_scenario
from planning.inputs.scenario import Change, Scenario, ScenarioFile, Title
from planning.inputs.sentences import translate
from planning.inputs.whatif import with_changes
from planning.inputs.words import number
from planning.vocabulary import ALL, Text

Path_ = tuple[str | int, ...]
ON_SCREEN = Text("Trên màn hình", "On the screen")
_NOTE = Text(
    "Nhân mọi trần{fund} với {factor}; đặt trên biểu mẫu", "All ceilings{fund} times {factor}; set in the form"
)


@dataclass(frozen=True, eq=False)
class Draft:
    """The choices on the screen over the scenario that was opened; every change makes a new draft.

    `values` holds objective and rules as plain values, and `money`: fund → what its ceilings are multiplied by, `all`
    for every fund.
    """

    opened: Case
    values: Mapping[str, Any]

    @classmethod
    def of(cls, case: Case) -> "Draft":
        """The draft that changes nothing yet."""
        values = case.scenario.model_dump(include={"objective", "rules"})
        values["objective"]["goals"] = list(values["objective"]["goals"])
        return cls(case, values | {"money": {ALL: 1.0, **dict.fromkeys(case.funds, 1.0)}})

    def get(self, path: Path_) -> Any:
        """The value at a path such as ("rules", "matching", 0, "ratio")."""
        value: Any = self.values
        for step in path:
            value = value[step]
        return value

    def with_value(self, path: Path_, value: object) -> "Draft":
        """The draft with another value at the path."""
        values = copy.deepcopy(dict(self.values))
        *above, last = path
        holder: Any = values
        for step in above:
            holder = holder[step]
        holder[last] = copy.deepcopy(value)
        return replace(self, values=values)

    @cached_property
    def case(self) -> Case:
        """The case of the draft, the opened one where nothing differs. Raises InputError where none can say so."""
        if not self.said:
            return self.opened
        scenario = self._scenario()
        if problems := check_scenario(scenario, self.opened.tables):
            raise InputError(problems)
        stamp = hashlib.sha256(self.text.encode()).hexdigest()
        case = replace(self.opened, scenario=scenario, hashes={**self.opened.hashes, "on the screen": stamp})
        return with_changes(case, self._changes()) if self._changes() else case

    @cached_property
    def said(self) -> dict[str, Any]:
        """What a child of the opened scenario has to say so that it says what stands on the screen, and nothing else.

        Raises InputError where a scenario could not say so.
        """
        opened, stated = self.opened.scenario, self._stated
        rules = {}
        for name in type(opened.rules).model_fields:
            old, new = getattr(opened.rules, name), getattr(stated.rules, name)
            if old != new:
                rules[name] = _rule_said(old, new)
        objective = _differing(opened.objective.model_dump(), stated.objective.model_dump())
        if "goals" in objective:
            objective["goals"] = list(objective["goals"])
        changes = [change.model_dump(exclude_defaults=True) for change in self._changes()]
        parts = {"objective": objective, "rules": rules, "changes": changes}
        return {name: part for name, part in parts.items() if part}

    @cached_property
    def text(self) -> str:
        """What is said, as the lines of a scenario file; nothing where nothing is changed."""
        from ruamel.yaml import YAML

        if not self.said:
            return ""
        out = StringIO()
        yaml = YAML(typ="safe", pure=True)
        yaml.default_flow_style, yaml.allow_unicode, yaml.sort_base_mapping_type_on_output = False, True, False
        yaml.dump(self.said, out)
        return out.getvalue()

    @cached_property
    def _stated(self) -> Any:
        """Objective and rules as they stand on the screen, checked like those of a file."""
        opened = self.opened.scenario
        stated = opened.model_dump(include={"title", "note"})
        stated |= {part: copy.deepcopy(self.values[part]) for part in ("objective", "rules")}
        try:
            return ScenarioFile.model_validate(stated)
        except ValidationError as error:
            raise InputError(translate(error, stated, {(): (opened.name, None)})) from None

    def _scenario(self) -> Scenario:
        """The scenario on the screen; what it changes is set by no file."""
        opened = self.opened.scenario
        told = [f"{part}.{name}" for part in ("rules", "objective") for name in self.said.get(part, ())]
        origin = {path: place for path, place in opened.origin.items() if not _under(path, told)}
        for part in ("rules", "objective"):
            origin.setdefault(part, (opened.name, 0))
        more = {"name": f"{opened.name}*", "title": Title(vi=ON_SCREEN.vi, en=ON_SCREEN.en), "origin": origin}
        return opened.model_copy(update=more | {"objective": self._stated.objective, "rules": self._stated.rules})

    def _changes(self) -> tuple[Change, ...]:
        """What is said of the ceilings, all funds first."""
        return tuple(
            Change(
                table="funds",
                where={} if fund == ALL else {"fund": fund},
                multiply=factor,
                note=_note(fund, number(factor)),
            )
            for fund, factor in self.values["money"].items()
            if factor != 1
        )


def _note(fund: str, factor: str) -> str:
    """Why a change of ceilings stands in a file: in both languages, since a note is one text."""
    of = Text("", "") if fund == ALL else Text(f" của {fund}", f" of {fund}")
    return " · ".join(_NOTE[language].format(fund=of[language], factor=factor) for language in ("vi", "en"))


def _rule_said(old: Any, new: Any) -> Any:
    """What a child says of a rule that differs."""
    if new in ("off", []):
        return "off"
    if isinstance(new, list):
        return [_without_defaults(entry) for entry in new]
    return _without_defaults(new) if old == "off" else _differing(old.model_dump(), new.model_dump())


def _without_defaults(stated: BaseModel) -> dict[str, Any]:
    return stated.model_dump(exclude_defaults=True)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in new.items() if value != old[name]}


def _under(path: str, parts: Sequence[str]) -> bool:
    """Whether a dotted path is one of the parts or lies below one."""
    return any(path == part or path.startswith(f"{part}.") for part in parts)
