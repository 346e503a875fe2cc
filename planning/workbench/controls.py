"""One control for each kind of field: switches, sliders, numbers and lists to choose from.

A control tells `changed` each new value as a scenario file would say it (shares between 0 and 1); it never decides
whether a value is allowed.
"""

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as widgets

from planning.inputs.case import Case
from planning.vocabulary import ALL, Language
from planning.workbench.form_words import say
from planning.workbench.numberbox import STYLE, Limits, NumberBox, PercentBox
from planning.workbench.schema import Field, choice_words, codes, split_keys

Changed = Callable[[Any], None]
_WIDE = widgets.Layout(width="98%")
_NEUTRAL = {"class_weights": 1.0, "tolerances": 0.0}
_ORDERS = 3
_DIGITS = 10


def control(field: Field, value: Any, case: Case, language: Language, changed: Changed) -> widgets.Widget:
    """The control of a field at its value."""
    match field.kind:
        case "share" if field.split:
            return _split(field, value, case, language, changed)
        case "share":
            return percent_box(field.label[language], field.meaning[language], value, language, changed)
        case "whole" if field.name == "year":
            empty = [(say("every_year", language), None)] if field.optional else []
            return _dropdown(field, [*empty, *((str(year), year) for year in case.years)], value, language, changed)
        case "open_share" | "number" | "whole":
            return _number(field, value, language, changed)
        case "flag":
            return _told(widgets.Checkbox(value, indent=True), field, language, changed)
        case "choice":
            return _dropdown(
                field, [(choice_words(code, language), code) for code in field.choices], value, language, changed
            )
        case "code":
            return _dropdown(field, codes(field, case, language), value, language, changed)
        case "codes":
            chosen = widgets.SelectMultiple(options=codes(field, case, language), value=tuple(value), rows=5)
            return _told(chosen, field, language, lambda some: changed(list(some)))
        case "order":
            return _order(field, value, language, changed)
        case _:
            return _by_key(field, value, case, language, changed)


def percent_box(
    label: str, meaning: str, share: float, language: Language, changed: Changed, most: float = 100.0
) -> PercentBox:
    """A slider and a box in percent for a share or a factor."""
    return PercentBox(label, meaning, 100 * share, language, lambda percent: changed(_share(percent)), most)


def _share(percent: float) -> float:
    return round(percent / 100, _DIGITS)


def _told(widget: widgets.Widget, field: Field, language: Language, changed: Changed) -> widgets.Widget:
    """The widget under the field's name, telling its values."""
    widget.description, widget.tooltip = field.label[language], field.meaning[language]
    widget.style, widget.layout = STYLE, _WIDE
    widget.observe(lambda change: changed(change["new"]), "value")
    return widget


def _dropdown(
    field: Field, options: list[tuple[str, Any]], value: Any, language: Language, changed: Changed
) -> widgets.Widget:
    if value not in [code for _, code in options]:
        options = [*options, (str(value), value)]
    return _told(widgets.Dropdown(options=options, value=value), field, language, changed)


def _number(field: Field, value: float | None, language: Language, changed: Changed) -> widgets.Widget:
    """A number, shares in percent; one that may be left out has a switch beside it."""
    percent, first = field.kind == "open_share", field.least or 0 if value is None else value
    most = 100 * field.most if percent and field.most is not None else field.most
    limits = Limits(field.least, most, field.above, whole=field.kind == "whole", percent=percent)

    def stated(number: float) -> float:
        return _share(number) if percent else number

    box = NumberBox(100 * first if percent else first, limits, language, lambda number: changed(stated(number)))
    box.text.description = field.label[language] + (",\u00a0%" if percent else "")
    box.text.tooltip = field.meaning[language]
    if not field.optional:
        return box
    free = widgets.Checkbox(value is None, description=say("unlimited", language), indent=False)
    free.layout = widgets.Layout(width="auto")
    box.text.disabled, box.text.layout = value is None, widgets.Layout(width="62%")
    box.row.children = [box.text, free]

    def tell(_: object) -> None:
        box.text.disabled = free.value
        changed(None if free.value else stated(box.number))

    free.observe(tell, "value")
    return box


def _split(field: Field, value: Any, case: Case, language: Language, changed: Changed) -> widgets.Widget:
    """One share, or one for each year or group of programmes that has a level of its own."""
    words = {key: text for text, key in split_keys(case, language)}
    box = widgets.VBox()

    def state(new: Any) -> None:
        box.children = rows(new)
        changed(new)

    def rows(now: Any) -> list[widgets.Widget]:
        meaning = field.meaning[language]
        if not isinstance(now, Mapping):
            boxes = [percent_box(field.label[language], meaning, now, language, changed)]
        else:
            held = dict(now)

            def set_one(key: Any) -> Changed:
                def tell(share: float) -> None:
                    held[key] = share
                    changed(dict(held))

                return tell

            boxes = [
                percent_box(words.get(key, str(key)), meaning, share, language, set_one(key))
                for key, share in now.items()
            ]
        return [*boxes, _splitter(now, boxes, words, case, language, state)]

    box.children = rows(value)
    return box


def _splitter(
    now: Any, boxes: list[PercentBox], words: Mapping[Any, str], case: Case, language: Language, state: Changed
) -> widgets.Widget:
    """What gives a year or a group of programmes a level of its own, or takes all of these back."""
    if isinstance(now, Mapping):
        button = widgets.Button(description=say("one_level", language), layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: state(_share(boxes[0].number)))
    years = isinstance(now, Mapping) and any(isinstance(key, int) for key in now)
    groups = [] if years else [(text, key) for key, text in words.items() if isinstance(key, str) and key != ALL]
    each = [] if isinstance(now, Mapping) else [(say("each_year", language), "each_year")]
    options = [(say("own_level", language), ""), *each, *groups]
    chooser = widgets.Dropdown(options=options, value="", layout=widgets.Layout(width="auto"))

    def split(change: Mapping[str, Any]) -> None:
        at = (
            {key: _share(box.number) for key, box in zip(now, boxes, strict=True)}
            if isinstance(now, Mapping)
            else {ALL: _share(boxes[0].number)}
        )
        first = next(iter(at.values()))
        state(dict.fromkeys(case.years, first) if change["new"] == "each_year" else at | {change["new"]: first})

    chooser.observe(split, "value")
    return widgets.HBox(
        [button, chooser] if isinstance(now, Mapping) and not years else [button] if years else [chooser]
    )


def _order(field: Field, value: list[str], language: Language, changed: Changed) -> widgets.Widget:
    """The first, second and third goal."""
    options = [(choice_words(code, language), code) for code in field.choices]
    size = max(_ORDERS, len(value))
    boxes = []
    for place in range(size):
        empty = [] if place == 0 else [(say("none", language), "")]
        box = widgets.Dropdown(options=[*empty, *options], value=value[place] if place < len(value) else "")
        box.description, box.style, box.layout = f"{field.label[language]} {place + 1}", STYLE, _WIDE
        box.tooltip = field.meaning[language]
        box.observe(lambda _: changed([each.value for each in boxes if each.value]), "value")
        boxes.append(box)
    return widgets.VBox(boxes)


def _by_key(
    field: Field, value: Mapping[str, float], case: Case, language: Language, changed: Changed
) -> widgets.Widget:
    """A number for each goal or area class; what is neutral is not said."""
    neutral = _NEUTRAL[field.name]
    numbers: dict[str, NumberBox] = {}

    def tell(_: object) -> None:
        changed({code: box.number for code, box in numbers.items() if box.number != neutral})

    for words, code in codes(field, case, language):
        numbers[code] = NumberBox(value.get(code, neutral), Limits(), language, tell)
        numbers[code].text.description, numbers[code].text.tooltip = words, field.meaning[language]
    return widgets.VBox([widgets.HTML(f"<b>{field.label[language]}</b>"), *numbers.values()])
