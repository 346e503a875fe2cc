"""The left side of the form: money, goals, and every rule with its switch, built from the schema."""

import html
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from planning.inputs.scenario_words import ENVELOPE, OBJECTIVE
from planning.vocabulary import ALL, Language
from planning.workbench.controls import control, percent_box
from planning.workbench.draft import Draft, Path_
from planning.workbench.form_words import say
from planning.workbench.schema import Field, RuleForm, entry_to_begin_with, objective_fields, rule_forms

Change = Callable[[Path_, Any], None]
_MOST_MONEY = 200.0
_FINE_PRINT = ("strength", "price")


class Panel:
    """Every control of a draft. `change(path, value)` hears of each new value; `show` puts another draft into them."""

    def __init__(self, draft: Draft, language: Language, change: Change) -> None:
        self._language, self._change, self._draft = language, change, draft
        self._kept: dict[str, Any] = {}
        self._boxes = {name: widgets.VBox() for name in ("money", "objective", *draft.values["rules"])}
        groups = [self._group(say("money", language), ["money"]), self._group(OBJECTIVE[language], ["objective"])]
        groups += [self._group(title[language], [rule.name for rule in rules]) for title, rules in rule_forms()]
        self._rules = {rule.name: rule for _, rules in rule_forms() for rule in rules}
        self.widget = widgets.VBox(groups, layout=widgets.Layout(width="100%"))
        for name in self._boxes:
            self._fill(name)

    def show(self, draft: Draft) -> None:
        """Put another draft into the controls, building anew those whose values differ."""
        before, self._draft = self._draft, draft
        for name in self._boxes:
            if _part(before, name) != _part(draft, name):
                self._fill(name)

    def hear(self, draft: Draft) -> None:
        """The controls show this draft already."""
        self._draft = draft

    def _group(self, title: str, names: list[str]) -> widgets.Widget:
        opened = any(self._stands(name) for name in names)
        boxes = widgets.VBox([self._boxes[name] for name in names])
        return widgets.Accordion([boxes], titles=(title,), selected_index=0 if opened else None)

    def _stands(self, name: str) -> bool:
        return name == "money" or (name != "objective" and self._draft.values["rules"][name] not in ("off", []))

    def _fill(self, name: str) -> None:
        fill = {"money": self._money, "objective": self._objective}.get(name, lambda: self._rule(self._rules[name]))
        self._boxes[name].children = fill()

    def _money(self) -> list[widgets.Widget]:
        labels = self._draft.opened.labels(self._language)["fund"] | {ALL: say("all_funds", self._language)}
        meaning = f"{ENVELOPE[self._language]}. {say('money_meaning', self._language)}"
        return [
            percent_box(labels[fund], meaning, factor, self._language, self._setter(("money", fund)), _MOST_MONEY)
            for fund, factor in self._draft.values["money"].items()
        ]

    def _objective(self) -> list[widgets.Widget]:
        stated = self._draft.values["objective"]
        return [self._control(field, stated[field.name], ("objective", field.name)) for field in objective_fields()]

    def _rule(self, rule: RuleForm) -> list[widgets.Widget]:
        """The switch of a rule and, where it is on, its fields; of a list of rules each entry."""
        value = self._draft.values["rules"][rule.name]
        path = ("rules", rule.name)
        if rule.many:
            entries = [self._entry(rule, place, entry) for place, entry in enumerate(value)]
            return [self._heading(rule), *entries, self._adder(rule)]
        if not rule.switch:
            return [self._heading(rule), self._fields(rule, value, path)]
        switch = widgets.Checkbox(value != "off", description=rule.label[self._language], indent=False)
        switch.tooltip, switch.layout = rule.meaning[self._language], widgets.Layout(width="98%")
        switch.add_class(f"rule-{rule.name}")
        switch.observe(lambda change: self._switch(rule, change["new"]), "value")
        return [switch] if value == "off" else [switch, self._fields(rule, value, path)]

    def _heading(self, rule: RuleForm) -> widgets.Widget:
        told = html.escape(rule.meaning[self._language])
        return widgets.HTML(f'<b title="{told}">{html.escape(rule.label[self._language])}</b>')

    def _fields(self, rule: RuleForm, value: dict[str, Any], path: Path_) -> widgets.Widget:
        def made(field: Field) -> widgets.Widget:
            stated = value.get(field.name, field.default)
            return self._control(field, stated, (*path, field.name), value)

        plain = [made(field) for field in rule.fields if field.name not in _FINE_PRINT]
        fine = [made(field) for field in rule.fields if field.name in _FINE_PRINT]
        return widgets.VBox([*plain, *fine], layout=widgets.Layout(margin="0 0 8px 16px"))

    def _control(self, field: Field, value: Any, path: Path_, _: Any = None) -> widgets.Widget:
        made = control(field, value, self._draft.opened, self._language, self._setter(path))
        made.add_class("-".join(map(str, path)))
        return made

    def _setter(self, path: Path_) -> Callable[[Any], None]:
        return lambda value: self._change(path, value)

    # ---- switches and lists of rules --------------------------------------------------------------------------------
    def _switch(self, rule: RuleForm, on: bool) -> None:
        path = ("rules", rule.name)
        if not on:
            self._kept[rule.name] = self._draft.get(path)
        first = self._kept.get(rule.name) or self._complete(rule)
        self._restate(path, first if on else "off")

    def _entry(self, rule: RuleForm, place: int, entry: dict[str, Any]) -> widgets.Widget:
        remove = widgets.Button(description=say("remove", self._language), layout=widgets.Layout(width="auto"))
        remove.on_click(lambda _: self._without(rule, place))
        fields = self._fields(rule, entry, ("rules", rule.name, place))
        return widgets.VBox([widgets.HBox([widgets.HTML(f"{place + 1}."), remove]), fields])

    def _adder(self, rule: RuleForm) -> widgets.Widget:
        add = widgets.Button(description=say("add", self._language), layout=widgets.Layout(width="auto"))
        add.tooltip = rule.meaning[self._language]
        add.add_class(f"add-{rule.name}")
        path = ("rules", rule.name)
        add.on_click(lambda _: self._restate(path, [*self._draft.get(path), self._complete(rule)]))
        return add

    def _without(self, rule: RuleForm, place: int) -> None:
        path = ("rules", rule.name)
        entries = self._draft.get(path)
        self._restate(path, [*entries[:place], *entries[place + 1 :]])

    def _complete(self, rule: RuleForm) -> dict[str, Any]:
        """An entry with every field stated, those it may leave out at their defaults."""
        stated = {field.name: field.default for field in rule.fields}
        return stated | entry_to_begin_with(rule, self._draft.opened)

    def _restate(self, path: Path_, value: Any) -> None:
        """Another form of a rule: its controls are built anew."""
        self._change(path, value)
        self._fill(path[1])


def _part(draft: Draft, name: str) -> Any:
    return draft.values[name] if name in ("money", "objective") else draft.values["rules"][name]
