"""Boxes to type a number into, with a decimal comma or point as people write it, and a slider beside where it helps.

A browser's own number box drops a decimal comma (1,5 becomes 15), so these are boxes for text.
"""

import html
import math
from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as widgets

from planning.inputs.numerals import TwoReadingsError, read_number
from planning.numbers import typed
from planning.vocabulary import Language
from planning.workbench.form_words import say

STYLE = {"description_width": "150px"}
_WIDE, _REST = "98%", "1 1 auto"
_NARROW = "64px"
_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Limits:
    """What a number may be: `above` that the least value itself is not allowed, `percent` that a % sign may follow."""

    least: float | None = None
    most: float | None = None
    above: bool = False
    whole: bool = False
    percent: bool = False


def read_typed(text: str, limits: Limits, language: Language) -> float:
    """The number that was typed. Raises ValueError with a sentence in the page's language."""
    figure = text.strip().removesuffix("%").rstrip() if limits.percent else text.strip()
    try:
        value = read_number(figure, {})
    except TwoReadingsError as either:
        readings = {"whole": either.whole, "decimal": typed(either.decimal, language)}
        raise ValueError(say("two_readings", language, text=text, **readings)) from None
    except ValueError:
        raise ValueError(say("not_a_number", language, text=text)) from None
    if not math.isfinite(value):
        raise ValueError(say("not_a_number", language, text=text))
    if limits.whole and value % 1:
        raise ValueError(say("not_whole", language, text=text))
    low = limits.least is not None and (value <= limits.least if limits.above else value < limits.least)
    if low or (limits.most is not None and value > limits.most):
        raise ValueError(say("outside", language, text=text, allowed=_allowed(limits, language)))
    return int(value) if limits.whole else value


def _allowed(limits: Limits, language: Language) -> str:
    """Which numbers may stand there, to follow `write a number`."""
    word = ("above" if limits.above else "from") + ("" if limits.most is None else "_to")
    ends = [typed(end or 0, language) for end in (limits.least, limits.most)]
    return say(word, language, least=ends[0], most=ends[1])


class NumberBox(widgets.VBox):
    """A number that is typed; what cannot be read or is not allowed is refused under the box, and the old one stays.

    `number` is what the box holds; `changed` hears of each new one that is typed. `text` is the box, `row` its line.
    """

    def __init__(self, value: float, limits: Limits, language: Language, changed: Callable[[float], None]) -> None:
        self._limits, self._language, self._changed = limits, language, changed
        self.text = widgets.Text(continuous_update=False, style=STYLE, layout={"width": _WIDE})
        self.row, self._said = widgets.HBox([self.text], layout={"align_items": "center"}), widgets.HTML()
        self._said.add_class("number-refused")
        super().__init__([self.row])
        self.show(value)
        self.text.observe(lambda change: self._typed(change["new"]), "value")

    def show(self, value: float) -> None:
        """Hold another number, without telling it."""
        self.number = value
        self.text.value = typed(value, self._language)
        self.children = [self.row]

    def _typed(self, text: str) -> None:
        if text == typed(self.number, self._language):
            return
        before = self.number
        try:
            value = read_typed(text, self._limits, self._language)
        except ValueError as refusal:
            self.show(before)
            self._said.value = f'<div style="color:#a40000;line-height:1.35">{html.escape(str(refusal))}</div>'
            self.children = [self.row, self._said]
            return
        self.show(value)
        if value != before:
            self._changed(value)


class PercentBox(NumberBox):
    """A share in percent: a slider with a box beside it, both in step; `changed` hears of percent."""

    def __init__(
        self,
        label: str,
        meaning: str,
        percent: float,
        language: Language,
        changed: Callable[[float], None],
        most: float = 100.0,
    ) -> None:
        most = max(most, percent)
        self.slider = widgets.FloatSlider(
            percent, min=0, max=most, step=_STEP, readout=False, continuous_update=False, description=f"{label},\u00a0%"
        )
        self.slider.style, self.slider.layout, self.slider.tooltip = STYLE, {"flex": _REST, "width": "auto"}, meaning
        super().__init__(percent, Limits(0, most, percent=True), language, changed)
        self.layout = {"width": _WIDE}
        self.text.layout, self.text.tooltip = {"width": _NARROW, "flex": f"0 0 {_NARROW}"}, meaning
        self.row.children = [self.slider, self.text]
        self.slider.observe(lambda change: self._moved(change["new"]), "value")

    def show(self, value: float) -> None:
        """Hold another number, without telling it."""
        super().show(value)
        self.slider.value = value

    def _moved(self, percent: float) -> None:
        if percent != self.number:
            self.show(percent)
            self._changed(percent)
