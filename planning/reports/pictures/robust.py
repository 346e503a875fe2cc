"""The price of robustness: what safety against rising prices costs, and what it buys."""

import matplotlib as mpl
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planning import numbers
from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

_WORDS = {
    "title": Text("Giá của sự an toàn khi đơn giá tăng", "The price of safety against rising prices"),
    "lost": Text("Mức phục vụ bị mất", "Reach lost"),
    "chance": Text("Khả năng thiếu tiền", "Chance of running short"),
    "gamma": Text("Số chương trình cùng lên giá cao nhất", "Programmes at their highest price at once"),
    "none": Text("Không có phương án nào.", "There is no plan."),
}


@mpl.rc_context(LOOK)
def price_of_safety(finding: Finding, language: Language) -> Picture:
    """Reach lost and the chance of running short against Γ, side by side."""
    table = finding.table[finding.table["with_plan"] == "yes"]
    figure = style.picture(_WORDS["title"][language], footer([finding.case], language), 8.0, 3.8)
    for axes, name, colour, mark in zip(
        figure.subplots(1, 2), ("lost", "chance"), (style.REMOTE, style.REST), "os", strict=True
    ):
        axes.set_title(_WORDS[name][language], fontsize=10, loc="left")
        axes.plot(table["gamma"], table[name], color=colour, marker=mark, lw=2, clip_on=False)
        axes.set_xlabel(_WORDS["gamma"][language])
        axes.set_ylim(0, 1.1 * max(table[name].max(), 0.01) if name == "lost" else 1.0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: numbers.percent(share, language)))
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        axes.grid(axis="both")
        if table.empty:
            axes.text(0.5, 0.5, _WORDS["none"][language], ha="center", transform=axes.transAxes)
    return figure
