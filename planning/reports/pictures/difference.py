"""From one plan to another: child-years reached, change by change."""

import textwrap

import matplotlib as mpl
import numpy as np

from planning import numbers
from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.rounding import round_steps
from planning.vocabulary import Language, Text

_TITLE = Text(
    "Từ phương án này đến phương án kia: trẻ em-năm được phục vụ (triệu)",
    "From one plan to the other: child-years reached (million)",
)
_CUT = Text("Trục ngang không bắt đầu từ 0.", "The axis does not begin at 0.")
_MILLION = 1e6


@mpl.rc_context(LOOK)
def steps_between(finding: Finding, language: Language) -> Picture:
    """A mark for each plan and, between them, a bar for each change, from where the one before ends."""
    table = finding.tables["difference"]
    value = table["children"].to_numpy() / _MILLION
    inner = (table["kind"] != "plan").to_numpy()
    end = np.where(inner, value[0] + np.cumsum(np.where(inner, value, 0.0)), value)
    begin = np.where(inner, end - value, end)
    shown = round_steps(table["children"] / _MILLION, 0.001)
    labels = [textwrap.fill(words, 44) for words in table[f"words_{language}"]]
    figure = style.picture(_TITLE[language], footer([finding.case], language), 10, 1.6 + 0.62 * len(labels))
    axes = figure.subplots()
    at = np.arange(len(labels))[::-1]
    for rise, colour, hatch in ((True, style.GAIN, ""), (False, style.LOSS, style.LOSS_HATCH)):
        bars = inner & ((value >= 0) == rise)
        axes.barh(
            at[bars], (end - begin)[bars], 0.6, left=begin[bars], color=colour, hatch=hatch, edgecolor=style.PAPER, lw=0
        )
    axes.plot(value[~inner], at[~inner], "D", markersize=9, color=style.SERIES[0])
    for place, bottom, top, amount, step in zip(at, begin, end, shown, inner, strict=True):
        text = (numbers.signed if step else numbers.number)(amount, language, 3)
        axes.annotate(text, (max(bottom, top), place), (8, 0), textcoords="offset points", va="center", fontsize=8)
    low, high = min(begin.min(), end.min()), max(begin.max(), end.max())
    room = max(high - low, 0.001 * high)
    axes.set_xlim(low - 0.1 * room, high + 0.25 * room)
    for place, level in zip(at[:-1], end[:-1], strict=True):
        axes.plot([level, level], [place, place - 1], color=style.INK, linewidth=0.8, zorder=0)
    if axes.get_xlim()[0] > 0:
        axes.set_xlabel(_CUT[language], fontsize=8)
    axes.set_yticks(at, labels)
    axes.xaxis.set_major_formatter(lambda tick, _: numbers.number(tick, language, 2))
    axes.grid(axis="x")
    return figure
