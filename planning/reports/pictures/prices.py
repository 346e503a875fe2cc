"""What one more billion of each fund is worth, year by year, and what one step of each rule changes."""

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from planning import numbers
from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

_FUNDS = Text(
    "Thêm, bớt một tỷ đồng, giữ nguyên dự án: trẻ em-năm có trọng số",
    "One billion VND more or less, projects kept: weighted child-years",
)
_RULES = Text(
    "Nâng, hạ mức của mỗi quy định một bước (1 điểm phần trăm, hoặc 1% của mức): trẻ em-năm có trọng số",
    "One step of each rule up or down (1 percentage point, or 1% of its level): weighted child-years",
)
_MORE, _LESS = Text("nâng một bước", "one step up"), Text("hạ một bước", "one step down")
_MORE_MONEY, _LESS_MONEY = Text("thêm một tỷ", "one billion more"), Text("bớt một tỷ", "one billion less")


@mpl.rc_context(LOOK)
def worth_of_funds(finding: Finding, language: Language) -> Picture:
    """A panel for each fund: what one billion more brings and one billion less costs in each year."""
    table = finding.tables["prices"]
    funds = table[(table["kind"] == "fund") & (table["year"] != "")]
    names = finding.case.labels(language)["fund"]
    codes = list(dict.fromkeys(funds["fund"]))
    rows = -(-len(codes) // 3)
    figure = style.picture(_FUNDS[language], footer([finding.case], language), 10, 1.4 + 2.3 * rows)
    for code, axes in zip(codes, style.panels(figure, [names[code] for code in codes], 3), strict=True):
        own = funds[funds["fund"] == code]
        _pairs(axes, own["year"].tolist(), own["more"].to_numpy(), own["less"].to_numpy(), language)
    if codes:
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower right", ncols=2, fontsize=8)
    return figure


def _pairs(axes: Axes, labels: list[str], more: np.ndarray, less: np.ndarray, language: Language) -> None:
    at = np.arange(len(labels))
    axes.bar(at, more, 0.7, color=style.SERIES[2], label=_MORE_MONEY[language])
    axes.bar(at, less, 0.7, color=style.SERIES[1], hatch="///", edgecolor=style.PAPER, label=_LESS_MONEY[language])
    axes.axhline(0, color=style.INK, linewidth=0.8)
    axes.set_xticks(at, labels)
    axes.yaxis.set_major_formatter(lambda value, _: numbers.number(value, language))
    axes.grid(axis="y")


@mpl.rc_context(LOOK)
def worth_of_rules(finding: Finding, language: Language) -> Picture:
    """A bar pair for each rule as a whole: the change for one step up and one step down of its level."""
    table = finding.tables["prices"]
    rules = _as_wholes(table[table["kind"].isin(["rule", "row"])])
    labels = [textwrap.fill(words, 34) for words in rules[f"words_{language}"]]
    figure = style.picture(_RULES[language], footer([finding.case], language), 10, 1.6 + 0.6 * max(len(labels), 1))
    axes = figure.subplots()
    at = np.arange(len(labels))[::-1]
    axes.barh(at + 0.18, rules["more"], 0.36, color=style.SERIES[2], label=_MORE[language])
    axes.barh(
        at - 0.18, rules["less"], 0.36, color=style.SERIES[1], hatch="///", edgecolor=style.PAPER, label=_LESS[language]
    )
    axes.axvline(0, color=style.INK, linewidth=0.8)
    axes.set_yticks(at, labels)
    axes.xaxis.set_major_formatter(lambda value, _: numbers.number(value, language))
    axes.grid(axis="x")
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure


def _as_wholes(rules: pd.DataFrame) -> pd.DataFrame:
    """Each rule as a whole; a rule that has one row only is its row."""
    whole = rules[rules["kind"] == "rule"]
    alone = rules[~rules["rule"].isin(whole["rule"])]
    return pd.concat([whole, alone], ignore_index=True)
