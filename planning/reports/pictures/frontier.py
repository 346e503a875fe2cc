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
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

SHOWN = 10
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
    "amount": Text("Tiền (tỷ đồng)", "Money (billion VND)"),
    "children": Text("Trẻ em-năm (nghìn)", "Child-years (thousands)"),
    "gaining": Text("{count} địa bàn khác được thêm", "{count} others that gain"),
    "losing": Text("{count} địa bàn khác bị giảm", "{count} others that lose"),
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
    shown = _largest(rows, finding.case.labels(language)["area"], language)
    most = table["level"].max()
    words = {"level": _level(rows["level"].iloc[0], language, most), "own": _level(own, language, most)}
    title = _WORDS["areas"][language].format(**words)
    figure = style.picture(title, footer([finding.case], language), 9.0, 1.6 + 0.26 * len(shown))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, column in zip(panels, ("amount", "children"), strict=True):
        values = shown[f"{column}_change"].to_numpy()[::-1] / 1000
        colours = np.where(values >= 0, style.REST, style.REMOTE)
        drawn = np.where(shown["named"].to_numpy()[::-1], values, 0.0)
        bars = axes.barh(range(len(shown)), drawn, 0.72, color=colours)
        axes.bar_label(bars, [_signed(value, language) for value in values], padding=3, fontsize=7.5)
        axes.axvline(0, color=style.INK, linewidth=0.8)
        axes.margins(x=0.22)
        axes.set_title(_WORDS[column][language], fontsize=10, loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: numbers.number(value, language, 1)))
        axes.grid(axis="x")
    panels[0].set_yticks(range(len(shown)), shown["name"].to_numpy()[::-1])
    return figure


def _signed(value: float, language: Language) -> str:
    return ("+" if value > 0 else "") + numbers.number(value, language, 1)


def _largest(rows: pd.DataFrame, names: dict[str, str], language: Language) -> pd.DataFrame:
    """The areas whose money moves most, from the largest gain to the largest loss, each side's others in one line.

    Lines that are sums are not `named`: their figures are written, but no bar is drawn that would dwarf the others.
    """
    ranked = rows.assign(name=rows["area"].map(names), named=True).sort_values("amount_change", ascending=False)
    gaining, losing = ranked[ranked["amount_change"] > 0], ranked[ranked["amount_change"] <= 0]
    parts = [gaining.head(SHOWN), losing.tail(SHOWN)]
    others = {"gaining": gaining.iloc[SHOWN:], "losing": losing.iloc[: max(len(losing) - SHOWN, 0)]}
    lines = {
        key: pd.DataFrame(
            [
                {
                    "name": _WORDS[key][language].format(count=len(some)),
                    "named": False,
                    **some[["amount_change", "children_change"]].sum(),
                }
            ]
        )
        for key, some in others.items()
        if len(some)
    }
    order = [parts[0], lines.get("gaining"), lines.get("losing"), parts[1]]
    return pd.concat([part for part in order if part is not None and len(part)], ignore_index=True)
