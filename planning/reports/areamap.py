"""The map of a plan: every area one tile, coloured by the money that each of its children receives."""

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, PowerNorm, to_hex
from matplotlib.patches import Rectangle

from planning import numbers
from planning.inputs.case import Case
from planning.numbers import PER_CHILD
from planning.reports import measures, style
from planning.reports.layout import footer, titles
from planning.reports.measures import GROUPS, Plans, cases, every
from planning.reports.style import LOOK, Picture
from planning.reports.tilemap import place
from planning.reports.words import heading
from planning.vocabulary import Language, Text

_TITLE = Text("Tiền cho mỗi trẻ em mỗi năm, theo địa bàn", "Money per child and year, by area")
_MOST = Text("Nhiều nhất", "Most")
_LEAST = Text("Ít nhất", "Least")
_SHOWN = 8
_FEWEST = 4  # the map has room for at least five squares a side, so that few areas do not become huge
_STRETCH = 0.6  # below 1: more shades for the many areas that get little, fewer for the few that get much


@mpl.rc_context(LOOK)
def money_per_child(plans: Plans, language: Language) -> Picture:
    """A tile map of money per child and year; for one plan also the areas that receive most and least."""
    plans = every(plans)
    table = measures.areas(plans)
    scale = PowerNorm(_STRETCH, 0, table["per_child"].max())
    lone, rows = len(plans) == 1, -(-len(plans) // 2)
    width, height = (11.0, 7.6) if lone else (11.0, 0.8 + 6.0 * rows)
    figure = style.picture(_TITLE[language], footer(cases(plans), language), width, height)
    if lone:
        maps = [figure.subplots(1, 2, width_ratios=[3, 1])]
    else:
        maps = [
            [axes] for axes in style.panels(figure, list(titles(cases(plans), language).values()), 2, legend_above=True)
        ]
    for plan, (axes, *side) in zip(plans, maps, strict=True):
        rows = table[table["scenario"] == plan.case.scenario.name].reset_index(drop=True)
        _tiles(axes, plan.case, rows, scale, 6.0 if lone else 5.0, language)
        if side:
            _ends(side[0], rows.assign(name=short_names(plan.case)), scale, language)
    shades, below = ScalarMappable(scale, style.SCALE), [axes for axes, *_ in maps]
    colours = figure.colorbar(shades, ax=below, location="bottom", aspect=50, shrink=0.7, pad=0.01)
    colours.set_label(PER_CHILD.words[language])
    colours.ax.xaxis.set_major_formatter(style.money_axis(language, PER_CHILD))
    return figure


def short_names(case: Case) -> pd.Series:
    """Vietnamese names without the type of unit before them, which every tile would repeat."""
    areas = case.tables["areas"]
    pairs = zip(areas["name_vi"], areas["type"], strict=True)
    return pd.Series([name.removeprefix(f"{kind} ") for name, kind in pairs])


def _tiles(axes: Axes, case: Case, rows: pd.DataFrame, scale: Normalize, inches: float, language: Language) -> None:
    """One square per area with its name on a map of about `inches` a side; remote areas have a heavy border."""
    areas = case.tables["areas"]
    column, row = place(areas["latitude"].to_numpy(), areas["longitude"].to_numpy())
    right, bottom = max(column.max(), _FEWEST), max(row.max(), _FEWEST)
    size = min(9.0, 13.0 * inches / (max(right, bottom) + 1))
    for x, y, value, group, name in zip(column, row, rows["per_child"], rows["group"], short_names(case), strict=True):
        colour = to_hex(mpl.colormaps[style.SCALE](scale(value)))
        remote = group == GROUPS[0]
        axes.add_patch(
            Rectangle(
                (x - 0.46, y - 0.46), 0.92, 0.92, facecolor=colour, edgecolor=style.REMOTE if remote else style.FAINT,
                linewidth=2.2 if remote else 0.6,
            )
        )  # fmt: skip
        axes.text(x, y, _lines(name), ha="center", va="center", fontsize=size, color=style.readable_on(colour))
    axes.set(xlim=(-0.6, right + 0.6), ylim=(bottom + 0.6, -0.6), aspect="equal")
    axes.axis("off")
    axes.legend(
        handles=[Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=style.REMOTE, linewidth=2.2)],
        labels=[heading(GROUPS[0], language)], loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8, borderaxespad=0,
    )  # fmt: skip


def _ends(axes: Axes, rows: pd.DataFrame, scale: Normalize, language: Language) -> None:
    """The areas with most and with least, as bars; all of them where they are few."""
    ranked = rows.sort_values("per_child", ascending=False, kind="stable")
    blocks = [ranked] if len(ranked) <= 2 * _SHOWN else [ranked.head(_SHOWN), ranked.tail(_SHOWN)]
    start = 0.0
    for title, block in zip((_MOST, _LEAST), blocks, strict=False):
        axes.text(0, start, title[language], fontweight="bold", va="center")
        y = start + 1 + np.arange(len(block))
        colours = mpl.colormaps[style.SCALE](scale(block["per_child"]))
        axes.barh(y, block["per_child"], 0.45, color=colours, edgecolor=style.INK, linewidth=0.4)
        for at, name, value in zip(y, block["name"], block["per_child"], strict=True):
            axes.text(0, at - 0.42, f"{name}: {numbers.amount(value, language, PER_CHILD)}", fontsize=8, va="center")
        start = y[-1] + 1.5
    axes.set(ylim=(max(start, 1.5 * _SHOWN), -0.6), xlim=(0, scale.vmax))
    axes.axis("off")


def _lines(name: str) -> str:
    """A name in lines of at most seven letters, as far as its words allow."""
    return textwrap.fill(name.replace(" - ", " "), 7, break_long_words=False)
