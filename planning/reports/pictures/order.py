"""A stable order of funding as a picture: what the order costs, and what enters at each envelope."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planning import numbers
from planning.insight.finding import Finding
from planning.insight.order_words import misses_more
from planning.numbers import BILLION, money_unit
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import FIELDS, Language, Text

_WORDS = {
    "title": Text(
        "Thứ tự cấp vốn ổn định: phần đã cấp thì vẫn được cấp", "A stable order of funding: what is funded stays funded"
    ),
    "reached": Text("Triệu trẻ em-năm có trọng số", "Million weighted child-years"),
    "envelope": Text("Tỷ lệ ngân sách", "Share of the envelope"),
    "nested": Text("Giữ thứ tự", "In the stable order"),
    "free": Text("Chọn lại từ đầu", "Chosen anew"),
    "entering": Text("Tiền thêm vào, {unit}", "Money that enters, {unit}"),
    "loss": Text("mất {share}", "loss {share}"),
}


@mpl.rc_context(LOOK)
def order(finding: Finding, language: Language) -> Picture:
    """What is reached at each envelope in order and chosen anew, beside the money by field that enters there."""
    figure = style.picture(_WORDS["title"][language], footer([finding.case], language), 11.5, 4.9)
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.25])
    _loss(left, finding.table, language)
    _entering(right, finding, language)
    for axes in (left, right):
        axes.set_xlabel(_WORDS["envelope"][language])
        axes.grid(axis="y")
    return figure


def _loss(axes: Axes, table: pd.DataFrame, language: Language) -> None:
    place = np.arange(len(table))
    marks = (("free", "s", style.PAPER, style.REST, 80), ("reached", "o", style.REMOTE, style.REMOTE, 34))
    for column, marker, face, edge, size in marks:
        label = _WORDS["nested" if column == "reached" else "free"][language]
        axes.scatter(
            place, table[column] / 1e6, s=size, marker=marker, facecolors=face, edgecolors=edge, linewidths=1.8,
            label=label, zorder=3,
        )  # fmt: skip
    compared = table["loss"].mask(misses_more(table))
    for at, (loss, free, reached) in enumerate(zip(compared, table["free"], table["reached"], strict=True)):
        if loss > 0 and free > 0:
            words = _WORDS["loss"][language].format(share=numbers.percent(loss / free, language, 2))
            axes.annotate(words, (at, reached / 1e6), (0, -16), textcoords="offset points", ha="center", fontsize=8)
    axes.margins(x=0.12, y=0.14)
    axes.set_xticks(place, [numbers.percent(value, language, 0) for value in table["envelope"]])
    axes.set_ylabel(_WORDS["reached"][language])
    axes.yaxis.set_major_locator(MaxNLocator(6))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: numbers.number(value, language, 1)))
    axes.legend(loc="upper left", fontsize=8)


def _entering(axes: Axes, finding: Finding, language: Language) -> None:
    """Money of each field that enters at each envelope, one bar per field and envelope, stacked."""
    programmes = finding.case.tables["programmes"].set_index("programme")["field"]
    lines = finding.tables["lines"]
    wide = lines.assign(field=lines["programme"].map(programmes)).pivot_table(
        index="envelope", columns="field", values="amount", aggfunc="sum", fill_value=0.0
    )
    unit = money_unit(wide.sum(axis=1)) if len(wide) else BILLION
    base = np.zeros(len(wide))
    for number, (field, text) in enumerate(FIELDS.items()):
        heights = wide[field].to_numpy() if field in wide else 0 * base
        colour, hatch = style.SERIES[number % 7], style.HATCHES[number % 7]
        axes.bar(
            range(len(wide)), heights, 0.7, base, label=text[language], color=colour, hatch=hatch,
            edgecolor=style.PAPER, lw=0.6,
        )  # fmt: skip
        base += heights
    for at, top in enumerate(base):
        words = numbers.amount(top, language, unit)
        axes.annotate(words, (at, top), (0, 4), textcoords="offset points", ha="center", fontsize=8)
    names = [numbers.percent(value, language, 0) for value in wide.index]
    names[1:] = [f"+ → {name}" for name in names[1:]]
    axes.set_xticks(range(len(wide)), names)
    axes.margins(y=0.1)
    axes.set_ylabel(_WORDS["entering"][language].format(unit=unit.words[language]))
    axes.yaxis.set_major_formatter(style.money_axis(language, unit))
    axes.legend(reverse=True, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
