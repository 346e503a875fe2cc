"""The picture of what could be otherwise: areas against fields, with the class of each cell and its range."""

import textwrap

import matplotlib as mpl
import numpy as np
from matplotlib.patches import Patch, Rectangle

from planning import numbers
from planning.insight.finding import Finding
from planning.insight.ranges import CLASSES, share_words
from planning.reports import style
from planning.reports.layout import footer, labels_of
from planning.reports.style import LOOK, Picture
from planning.vocabulary import ALL, Language, Text

SHOWN, COLUMNS = 24, 8
LOOKS = {"certain": ("#1f4e79", ""), "open": ("#f2c879", ""), "never": ("#ffffff", "////")}
_TITLE = Text(
    "Điều gì có thể khác khi kém tốt nhất không quá {within}: ít nhất – nhiều nhất ({unit})",
    "What could be otherwise within {within} of the best: least – most ({unit})",
)
_SOME = Text(
    "{shown} địa bàn được nhiều tiền nhất trong {all}; tất cả trong ranges.csv.",
    "The {shown} areas of {all} that receive most; all are in ranges.csv.",
)


@mpl.rc_context(LOOK)
def range_matrix(finding: Finding, language: Language, within: float | None = None) -> Picture:
    """Areas with most money × fields (or the programmes with most), for one share given up (the middle one)."""
    table, case = finding.table, finding.case
    by, shares = table.columns[1], sorted(table["within"].unique())
    share = shares[len(shares) // 2] if within is None else within
    table = table[np.isclose(table["within"], share)]
    areas, codes = _largest(table, "area", SHOWN + 1), _largest(table, by, COLUMNS)
    codes = [code for code in dict.fromkeys(table[by]) if code in codes]
    unit = numbers.money_unit(table["most"])
    title = _TITLE[language].format(within=share_words(share, language), unit=unit.words[language])
    some = _SOME[language].format(shown=len(set(areas) - {ALL}), all=len(case.areas))
    figure = style.picture(
        title, f"{some} {footer([case], language)}", 2.6 + 1.25 * len(codes), 1.9 + 0.27 * len(areas)
    )
    axes, labels = figure.subplots(), labels_of([case], language)
    for row in table[table["area"].isin(areas) & table[by].isin(codes)].to_dict("records"):
        colour, hatch = LOOKS[row["kind"]]
        x, y = codes.index(row[by]), areas.index(row["area"])
        axes.add_patch(Rectangle((x, y), 1, 1, facecolor=colour, hatch=hatch, edgecolor="#8a8a8a", lw=0.6))
        words = " – ".join(dict.fromkeys(numbers.amount(row[end], language, unit) for end in ("least", "most")))
        box = {"boxstyle": "round,pad=0.1", "facecolor": colour, "edgecolor": "none"} if hatch else None
        axes.text(
            x + 0.5, y + 0.5, words, ha="center", va="center", fontsize=7.5, color=style.readable_on(colour), bbox=box
        )
    axes.set(xlim=(0, len(codes)), ylim=(len(areas), 0))
    axes.set_xticks(np.arange(len(codes)) + 0.5, [_folded(labels[by].get(code, code)) for code in codes], fontsize=8)
    axes.set_yticks(np.arange(len(areas)) + 0.5, [labels["area"].get(code, code) for code in areas], fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    looks = {kind: {"facecolor": colour, "hatch": hatch} for kind, (colour, hatch) in LOOKS.items()}
    handles = [Patch(label=CLASSES[kind][language], edgecolor="#8a8a8a", **look) for kind, look in looks.items()]
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, -0.005), ncols=3, fontsize=8)
    return figure


def _largest(table: object, column: str, most: int) -> list[str]:
    sums = table.groupby(column, sort=False)["present"].sum().sort_values(ascending=False, kind="stable")
    return sums.index[:most].tolist()


def _folded(text: str) -> str:
    return textwrap.fill(text, 16)
