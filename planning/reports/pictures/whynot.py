"""The picture of who pays: the lines of money that fall and rise when a wish is forced."""

import textwrap

import matplotlib as mpl
import pandas as pd

from planning import numbers
from planning.insight.finding import Finding
from planning.insight.whynot import printed_lines
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

EACH = 12
_SOME = Text(
    "{shown} dòng thay đổi nhiều nhất trong {all}; tất cả trong whynot_lines.csv.",
    "The {shown} lines of {all} that move most; all are in whynot_lines.csv.",
)
_NONE = Text("Không dòng tiền nào thay đổi.", "No line of money moves.")


@mpl.rc_context(LOOK)
def who_pays(finding: Finding, language: Language) -> Picture:
    """Bars to the left for lines that pay, to the right for lines that gain; million or billion VND over the plan."""
    columns = ["area", "programme", "before", "after", "change"]
    lines, unit = printed_lines(finding.tables.get("lines", pd.DataFrame(columns=columns)))
    payers, gainers = lines[lines["change"] < 0].head(EACH), lines[lines["change"] > 0].tail(EACH)[::-1]
    shown = pd.concat([payers, gainers[::-1]])
    labels = finding.case.labels(language)
    some = _SOME[language].format(shown=len(shown), all=len(lines)) if len(lines) else _NONE[language]
    wish = finding.sentences[language][0]
    figure = style.picture(wish, f"{some} {footer([finding.case], language)}", 10.5, 1.9 + 0.29 * max(len(shown), 2))
    axes = figure.subplots()
    for place, row in enumerate(shown.to_dict("records")):
        pays = row["change"] < 0
        axes.barh(
            place, row["change"], 0.7, color=style.REMOTE if pays else style.REST, hatch="" if pays else "///",
            edgecolor=style.PAPER, lw=0.5,
        )  # fmt: skip
        axes.annotate(
            numbers.amount(row["change"], language, unit), (row["change"], place), (-4 if pays else 4, 0),
            textcoords="offset points", ha="right" if pays else "left", va="center", fontsize=8,
        )  # fmt: skip
    names = [f"{labels['area'][r['area']]}: {labels['programme'][r['programme']]}" for r in shown.to_dict("records")]
    axes.set_yticks(range(len(shown)), [textwrap.shorten(name, 52, placeholder="…") for name in names], fontsize=8)
    axes.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    axes.axvline(0, color=style.INK, lw=1)
    axes.margins(x=0.16)
    axes.set_xlabel(unit.words[language])
    axes.xaxis.set_major_formatter(style.money_axis(language, unit))
    axes.grid(axis="x")
    return figure
