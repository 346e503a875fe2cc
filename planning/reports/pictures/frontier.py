"""The price of a rule as pictures: the curve with its knee, and who gains and who loses."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planning import numbers
from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.pictures.gains import gains_of
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

_WORDS = {
    "title": Text(
        "Cái giá của quy định: trẻ em được phục vụ ở từng mức", "The price of the rule: children reached at each level"
    ),
    "reached": Text("Triệu trẻ em-năm có trọng số", "Million weighted child-years"),
    "level": Text("Mức quy định", "Level of the rule"),
    "exact": Text("Dự án giữ như đã chọn (chính xác)", "Projects kept as chosen (exact)"),
    "searched": Text("Dự án được chọn lại (từng điểm)", "Projects chosen anew (points only)"),
    "own": Text("Mức hiện nay", "Today's level"),
    "knee": Text("Điểm gãy", "Knee"),
    "end": Text("Mức cao nhất giữ được trong khoảng này", "Highest level kept in this range"),
    "price": Text("Nghìn trẻ em-năm mất\ncho mỗi 0,01 mức", "Thousand lost for\neach 0.01 of level"),
    "areas": Text(
        "Ai được, ai mất: mức {level} so với mức hiện nay {own}", "Who gains, who loses: {level} against today's {own}"
    ),
}


def _level(value: float, language: Language, most: float) -> str:
    return numbers.percent(value, language) if most <= 2 else numbers.number(value, language, 1)


@mpl.rc_context(LOOK)
def frontier(finding: Finding, language: Language) -> Picture:
    """What is reached at each level, and below it what each further hundredth costs."""
    table = finding.table
    exact, searched = (table[table["kind"] == kind] for kind in ("exact", "searched"))
    figure = style.picture(_WORDS["title"][language], footer([finding.case], language), 8.0, 6.2)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=[2.2, 1])
    _curve(above, exact, searched, language)
    level = exact["level"].to_numpy()
    loss = -exact["slope_right"].to_numpy()[:-1] / 1e5
    below.stairs(loss, level, color=style.REST, linewidth=2, fill=True, alpha=0.5)
    below.set_ylabel(_WORDS["price"][language], fontsize=8)
    below.set_xlabel(_WORDS["level"][language])
    most = table["level"].max()
    below.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _level(value, language, most)))
    below.yaxis.set_major_formatter(FuncFormatter(lambda value, _: numbers.number(value, language, 0)))
    for axes in (above, below):
        axes.grid(axis="both")
    return figure


def _curve(axes: Axes, exact: pd.DataFrame, searched: pd.DataFrame, language: Language) -> None:
    axes.plot(exact["level"], exact["reached"] / 1e6, color=style.REST, linewidth=2.2, label=_WORDS["exact"][language])
    if len(searched):
        axes.scatter(
            searched["level"], searched["reached"] / 1e6, s=42, facecolors=style.PAPER, edgecolors=style.REMOTE,
            linewidths=1.6, zorder=3, label=_WORDS["searched"][language],
        )  # fmt: skip
    most = exact["level"].max()
    for mark, shape in (("own", "D"), ("knee", "o"), ("end", "s")):
        for _, row in exact[exact["mark"] == mark].iterrows():
            words = f"{_WORDS[mark][language]}: {_level(row['level'], language, most)}"
            place = row["level"], row["reached"] / 1e6
            axes.scatter(*place, s=60, marker=shape, color=style.INK, zorder=4, label=words)
    axes.set_ylabel(_WORDS["reached"][language])
    axes.yaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: numbers.number(value, language, _decimals(axes))))
    axes.legend(loc="lower left", fontsize=8)


def _decimals(axes: Axes) -> int:
    """As many decimals as the ticks of the value need to differ."""
    low, high = axes.get_ylim()
    return max(1, 1 - int(np.floor(np.log10(max(high - low, 1e-9)))))


@mpl.rc_context(LOOK)
def frontier_areas(finding: Finding, language: Language, at: str = "knee") -> Picture:
    """Money and child-years that areas gain or lose at a level: the largest moves by name, the others as sums."""
    table = finding.tables["areas"]
    at = at if at in set(table["at"]) else "high"
    rows = table[table["at"] == at]
    own = table.loc[table["at"] == "own", "level"].iloc[0]
    most = table["level"].max()
    words = {"level": _level(rows["level"].iloc[0], language, most), "own": _level(own, language, most)}
    return gains_of(
        rows, finding.case, _WORDS["areas"][language].format(**words), footer([finding.case], language), language
    )
