"""The picture of break-even: the decision at every factor that was solved."""

import matplotlib as mpl
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from planning import numbers
from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

TICKS = (0.25, 0.5, 1.0, 2.0, 4.0)
_TITLE = Text("Khi nào quyết định đổi: {now}", "When the decision turns: {now}")
_KINDS = {
    "yes": (Text("có trong phương án", "in the plan"), "o", style.REST, 2),
    "no": (Text("không có", "not in the plan"), "s", style.PAPER, 1),
    "none": (Text("không có phương án", "no plan"), "X", style.REMOTE, 0),
}
_FACTOR = Text("lần mức hiện nay", "times the present level")


@mpl.rc_context(LOOK)
def decision_ladder(finding: Finding, language: Language) -> Picture:
    """A mark for every factor solved, at the height of its decision; turns are drawn as lines with their factor."""
    tries = finding.tables["tries"]
    title = _TITLE[language].format(now=finding.sentences[language][0])
    figure = style.picture(title, footer([finding.case], language), 8.5, 3.4)
    axes = figure.subplots()
    for kind, (_, marker, colour, height) in _KINDS.items():
        factors = tries.loc[tries["decision"] == kind, "factor"]
        axes.scatter(factors, [height] * len(factors), marker=marker, s=46, facecolors=colour, edgecolors=style.INK)
    for row in finding.table.to_dict("records"):
        if row["becomes"]:
            axes.axvline(row["first_other"], color=style.INK, ls="--", lw=1.2)
            words = numbers.number(row["first_other"], language, 3)
            axes.annotate(
                words, (row["first_other"], 2.62), (4, 0), textcoords="offset points", fontsize=9, fontweight="bold"
            )
    axes.axvline(1.0, color=style.FAINT, lw=5, zorder=0)
    axes.set_xscale("log")
    axes.set(xlim=(0.23, 4.35), ylim=(-0.5, 3.0))
    axes.xaxis.set_major_locator(FixedLocator(TICKS))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: numbers.number(value, language, 2)))
    axes.set_yticks([height for *_, height in _KINDS.values()], [text[language] for text, *_ in _KINDS.values()])
    axes.set_xlabel(_FACTOR[language])
    return figure
