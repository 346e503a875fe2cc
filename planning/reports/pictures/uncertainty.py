"""Pictures of what is not known: how far a plan may miss, where money may run short, which projects hold."""

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from planning import numbers
from planning.insight.finding import Finding
from planning.insight.uncertainty import VIEWS, target_names
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

MOST = 15
_WORDS = {
    "reach": Text(
        "Số trẻ em-năm đạt được so với phương án, qua các lần thử",
        "Child-years reached against the plan, over the draws",
    ),
    "funds": Text(
        "Khả năng chi vượt tiền có nếu mua đúng khối lượng đã lập",
        "Chance that the planned units cost more than there is",
    ),
    "targets": Text("Khả năng lỡ các chỉ tiêu mà phương án đạt", "Chance of missing the targets that the plan meets"),
    "projects": Text(
        "Tỷ lệ lần thử chọn mỗi dự án khi phân bổ lại", "Share of draws that choose each project when allocating anew"
    ),
    "share": Text("Tỷ lệ lần thử", "Share of draws"),
    "mean": Text("Trung bình", "Mean"),
    "planned": Text("Phương án", "The plan"),
    "in_plan": Text("Có trong phương án", "In the plan"),
    "not_in_plan": Text("Không có trong phương án", "Not in the plan"),
    "none": Text("Không chỉ tiêu nào có thể lỡ.", "No target that the plan meets was missed."),
    "none_chosen": Text("Không lần thử nào chọn lại dự án.", "No draw chose projects anew."),
}


def _picture(finding: Finding, title: str, width: float, height: float, language: Language) -> Picture:
    return style.picture(_WORDS[title][language], footer([finding.case], language), width, height)


@mpl.rc_context(LOOK)
def reach_of_draws(finding: Finding, language: Language) -> Picture:
    """Two histograms on one scale: what is reached with the units kept and with the money kept."""
    draws = finding.tables["draws"]
    figure = _picture(finding, "reach", 8.0, 4.2, language)
    panels = style.panels(figure, [text[language] for text in VIEWS.values()], 2)
    ratios = {view: draws[f"reach_{view}"] for view in VIEWS}
    low, high = min(map(min, ratios.values())), max(1.0, *map(max, ratios.values()))
    edges = (
        np.linspace(low, high + 1e-9 + 0.02 * (high - low), 25) if high - low > 1e-6 else np.linspace(0.95, 1.05, 25)
    )
    for axes, values in zip(panels, ratios.values(), strict=True):
        axes.hist(values, edges, weights=np.full(len(values), 1 / len(values)), color=style.REST, edgecolor=style.PAPER)
        mean = f"{_WORDS['mean'][language]}: {numbers.percent(values.mean(), language)}"
        axes.axvline(values.mean(), color=style.REMOTE, lw=2, label=mean)
        axes.axvline(1.0, color=style.INK, ls="--", lw=1.5, label=_WORDS["planned"][language])
        axes.xaxis.set_major_formatter(style.percent_axis(language))
        axes.yaxis.set_major_formatter(style.percent_axis(language))
        axes.locator_params(axis="x", nbins=5)
        axes.legend(loc="upper left", fontsize=8)
    panels[0].set_ylim(0, 1.35 * max(patch.get_height() for axes in panels for patch in axes.patches))
    panels[0].set_ylabel(_WORDS["share"][language])
    return figure


@mpl.rc_context(LOOK)
def funds_at_risk(finding: Finding, language: Language) -> Picture:
    """A matrix fund × year of the chance that the planned units cost more than there is."""
    table = finding.tables["funds"]
    chance = table.pivot(index="fund", columns="year", values="chance").reindex(table["fund"].unique())
    labels = finding.case.labels(language)["fund"]
    figure = _picture(finding, "funds", 7.6, 1.6 + 0.5 * len(chance), language)
    matrix(figure.subplots(), chance, [labels[fund] for fund in chance.index], list(map(str, chance.columns)), language)
    return figure


def matrix(
    axes: Axes,
    values: pd.DataFrame,
    rows: list[str],
    columns: list[str],
    language: Language,
    top: float = 1.0,
    decimals: int = 1,
) -> None:
    """A grid of shares with each figure written into its cell; a dash where there is none."""
    grid = values.to_numpy(float)
    axes.imshow(np.nan_to_num(grid), cmap=style.SCALE, vmin=0, vmax=top, aspect="auto")
    colours = mpl.colormaps[style.SCALE](np.nan_to_num(grid) / top)
    for i, j in np.ndindex(grid.shape):
        ink = style.readable_on(mpl.colors.to_hex(colours[i, j]))
        words = numbers.percent(grid[i, j], language, decimals)
        axes.text(j, i, words, ha="center", va="center", color=ink, fontsize=8)
    axes.set_xticks(range(len(columns)), [textwrap.fill(name, 16) for name in columns])
    axes.set_yticks(range(len(rows)), [textwrap.fill(name, 30) for name in rows])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


@mpl.rc_context(LOOK)
def targets_at_risk(finding: Finding, language: Language) -> Picture:
    """The targets that the plan meets and that are likeliest to be missed, in both views, the largest misses first."""
    table = finding.tables["summary"]
    table = table[table["what_en"].str.startswith("Target: ")]
    table = table.assign(name=table[f"what_{language}"].str.split(": ", n=1).str[1])
    asked = finding.case.tables["targets"]["coverage"].to_numpy(float)
    level = pd.Series(asked, [name[language] for name in target_names(finding.case)]).groupby(level=0).max()
    table = table[table["planned"] >= table["name"].map(level) - 1e-6]
    wide = table.pivot_table(index="name", columns="view_en", values="chance", aggfunc="max").fillna(0.0)
    rank = table.groupby("name")[["chance", "miss"]].max()
    rank = rank[rank["chance"] > 0].sort_values(["miss", "chance"], ascending=False, kind="stable")
    order = rank.head(MOST).index[::-1]
    figure = _picture(finding, "targets", 8.4, 1.6 + 0.36 * max(len(order), 2), language)
    axes = figure.subplots()
    if not len(order):
        return _empty(figure, axes, "none", language)
    for side, (view, text), colour in zip((0.19, -0.19), VIEWS.items(), (style.REST, style.REMOTE), strict=True):
        bars = axes.barh(
            np.arange(len(order)) + side, wide.loc[order, VIEWS[view].en], 0.36, color=colour, label=text[language]
        )
        axes.bar_label(
            bars, [numbers.percent(v, language, 0) for v in wide.loc[order, VIEWS[view].en]], padding=2, fontsize=7
        )
    axes.set_yticks(range(len(order)), [textwrap.fill(name, 52) for name in order], fontsize=8)
    _shares(axes, language)
    return figure


@mpl.rc_context(LOOK)
def projects_that_hold(finding: Finding, language: Language) -> Picture:
    """How often each project is chosen: the twenty most often chosen, with those of the plan told apart."""
    table = finding.tables["projects"]
    table = table[table["chosen"].fillna(0.0) > 0].head(20).iloc[::-1]
    labels = finding.case.labels(language)["project"]
    figure = _picture(finding, "projects", 8.4, 1.6 + 0.3 * max(len(table), 2), language)
    axes = figure.subplots()
    if table.empty:
        return _empty(figure, axes, "none_chosen", language)
    for flag, word, colour in (("yes", "in_plan", style.REST), ("no", "not_in_plan", style.REMOTE)):
        place = np.flatnonzero(table["planned"] == flag)
        if not len(place):
            continue
        bars = axes.barh(place, table["chosen"].iloc[place], 0.7, color=colour, label=_WORDS[word][language])
        axes.bar_label(
            bars, [numbers.percent(v, language, 0) for v in table["chosen"].iloc[place]], padding=2, fontsize=8
        )
    axes.set_yticks(range(len(table)), [textwrap.fill(labels[code], 52) for code in table["project"]], fontsize=8)
    _shares(axes, language)
    return figure


def _shares(axes: Axes, language: Language) -> None:
    axes.set_xlim(0, 1.08)
    axes.set_xticks(np.linspace(0, 1, 6))
    axes.xaxis.set_major_formatter(style.percent_axis(language))
    axes.grid(axis="x")
    axes.legend(loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=2, fontsize=8, borderaxespad=0.2)


def _empty(figure: Picture, axes: Axes, word: str, language: Language) -> Picture:
    axes.set_axis_off()
    axes.text(0.5, 0.5, _WORDS[word][language], ha="center", va="center", transform=axes.transAxes)
    return figure
