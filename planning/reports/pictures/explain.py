"""The picture of why there is no plan: each number as it is, and as it would have to be."""

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

SHOWN = 20
_TITLE = Text("Thay đổi ít nhất để có phương án", "The least changes that let a plan exist")
_AXIS = Text("so với mức hiện nay (%)", "as a share of the present level (%)")
_NOW, _NEEDED = Text("Hiện nay", "Now"), Text("Cần", "Needed")
_PACKAGE = Text("Gói {number}", "Package {number}")
_OFF = Text("bỏ", "off")


@mpl.rc_context(LOOK)
def levels(finding: Finding, language: Language) -> Picture:
    """One line for each number of each package, from its present level (100 %) to the one that is needed.

    The answer alone where no number has to move, or none would help.
    """
    table = finding.tables["packages"].head(SHOWN).reset_index(drop=True)
    if table.empty:
        return _nothing(finding, language)
    title = f"{_TITLE[language]}: {finding.case.scenario.title.text[language]}"
    figure = style.picture(title, footer([finding.case], language), 9.0, 1.9 + 0.6 * len(table))
    (axes,) = style.panels(figure, [""], 1)
    place = np.arange(len(table))[::-1]
    size = table["now"].where(table["now"] != 0, table["needed"].abs().clip(lower=1e-9))
    needed = (table["needed"].replace(np.inf, np.nan) / size).fillna(0.0)
    now = table["now"] / size
    axes.hlines(place, now, needed, color=style.FAINT, linewidth=4, zorder=1)
    axes.scatter(now, place, s=50, marker="s", facecolors=style.PAPER, edgecolors=style.REST, linewidths=1.8,
                 label=_NOW[language], zorder=2)  # fmt: skip
    axes.scatter(needed, place, s=50, marker="o", color=style.REMOTE, label=_NEEDED[language], zorder=2)
    axes.set_ylim(-0.6, len(table) - 0.4)
    axes.set_xlim(min(0.0, needed.min()) - 0.04, 1.04 * max(now.max(), needed.max()))
    _label(axes, table, place, language)
    axes.xaxis.set_major_formatter(style.percent_axis(language))
    axes.set_xlabel(_AXIS[language])
    axes.grid(axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=8, borderaxespad=0.2)
    return figure


def _nothing(finding: Finding, language: Language) -> Picture:
    figure = style.picture(finding.sentences[language][0], footer([finding.case], language), 9.0, 1.2)
    figure.subplots().set_axis_off()
    return figure


def _label(axes: Axes, table: pd.DataFrame, place: np.ndarray, language: Language) -> None:
    """The rule at the left with its package, the change in words at the right."""
    names = [
        f"{_PACKAGE[language].format(number=row.package)}: {getattr(row, f'words_{language}')}"
        for row in table.itertuples()
    ]
    axes.set_yticks(place, [textwrap.fill(name, 40) for name in names], fontsize=8.5)
    right = axes.twinx()
    right.set_ylim(axes.get_ylim())
    right.set_yticks(place, [textwrap.fill(change, 26) for change in table[f"change_{language}"]], fontsize=8.5)
    right.tick_params(length=0)
    right.spines["right"].set_visible(False)
