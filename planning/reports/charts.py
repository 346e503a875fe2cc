"""The pictures of a plan: each takes one plan or several (side by side, same scale) and returns a picture."""

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import offset_copy

from planning import numbers
from planning.numbers import MoneyUnit
from planning.reports import measures, style
from planning.reports.layout import footer, titles
from planning.reports.measures import GROUPS, Plans, cases, every
from planning.reports.style import LOOK, Picture
from planning.reports.tables import rounded_fields, rounded_funds
from planning.reports.words import heading
from planning.vocabulary import FIELDS, Language, Text

_WORDS = {
    "field": Text("Phân bổ theo lĩnh vực và năm", "Allocation by field and year"),
    "coverage": Text("Độ bao phủ so với nhu cầu, năm {year}", "Coverage against need, {year}"),
    "remote": Text(
        "Phần tiền và phần trẻ em của địa bàn khó khăn, vùng xa", "Remote areas: their share of money and of children"
    ),
    "fund": Text("Tiền theo nguồn vốn và năm", "Money by fund and year"),
    "ceiling": Text("Trần và phần chuyển nguồn", "Ceiling and money carried in"),
    "unspent": Text("Chưa chi trong năm", "Not spent in the year"),
    "share_of_money": Text("Phần tiền", "Share of money"),
    "share_of_children": Text("Phần trẻ em", "Share of children"),
}
_BESIDE = {"reverse": True, "loc": "upper left", "bbox_to_anchor": (1.0, 1.0), "fontsize": 8}
_ABOVE = {"loc": "lower left", "bbox_to_anchor": (0.0, 1.0), "ncols": 2, "fontsize": 8, "borderaxespad": 0.2}


@mpl.rc_context(LOOK)
def allocation_by_field(plans: Plans, language: Language) -> Picture:
    """Money of each field, stacked, for each year."""
    table, unit = rounded_fields(plans)
    labels = {field: text[language] for field, text in FIELDS.items()}
    totals = table.groupby(["scenario", "year"])["amount"].sum()
    return _stacks("field", plans, table, labels, totals, language, unit)


@mpl.rc_context(LOOK)
def money_by_fund(plans: Plans, language: Language) -> Picture:
    """Money spent from each fund, stacked, for each year, under what could have been spent."""
    table, unit = rounded_funds(plans)
    labels = {code: name for case in cases(plans) for code, name in case.labels(language)["fund"].items()}
    table["have"] = table["ceiling"] + table["carried_in"]
    years = table.groupby(["scenario", "year"])[["have", "spent"]].sum()
    figure = _stacks("fund", plans, table.rename(columns={"spent": "amount"}), labels, years["have"], language, unit)
    for plan, axes in zip(every(plans), figure.axes, strict=True):
        _mark_ceilings(axes, years.loc[plan.case.scenario.name], language)
    _right_one(figure.axes).legend(**_BESIDE)
    return figure


@mpl.rc_context(LOOK)
def coverage_by_programme(plans: Plans, language: Language) -> Picture:
    """Coverage of each programme in the last year, remote areas against the others."""
    table = measures.programme_coverage(plans)
    labels = {code: name for case in cases(plans) for code, name in case.labels(language)["programme"].items()}
    order = list(dict.fromkeys(table["programme"]))[::-1]
    last = max(case.years[-1] for case in cases(plans))
    figure, panels = _panels("coverage", plans, 2, (5.0, 1.2 + 0.3 * len(order)), 3.5, language, year=last)
    for plan, axes in zip(every(plans), panels, strict=True):
        rows = table[table["scenario"] == plan.case.scenario.name].set_index("programme").reindex(order)
        _dumbbells(axes, rows, language)
        axes.set_ylim(-0.7, len(order) - 0.3)
        style.scale(axes, "y", range(len(order)), [labels[code] for code in order], points=8)
    panels[0].legend(**_ABOVE)
    return figure


@mpl.rc_context(LOOK)
def remote_share(plans: Plans, language: Language) -> Picture:
    """Share of each year's money that goes to remote areas, against their share of the children."""
    table = measures.remote_against_rest(plans, yearly=True)
    table = table[table["group"] == GROUPS[0]]
    figure, panels = _panels("remote", plans, 3, (6.5, 3.6), 0.5, language)
    for plan, axes in zip(every(plans), panels, strict=True):
        rows = table[table["scenario"] == plan.case.scenario.name]
        share, inhabitants = rows["money_share"], rows["children_share"].iloc[0]
        place = np.arange(len(rows))
        style.bars(axes, place - 0.3, 0, 0.6, share, fc=style.REMOTE, label=_WORDS["share_of_money"][language])
        _on_top(
            axes, share, [numbers.percent(value, language) for value in share], 3, va="bottom", bbox=style.OVER_LINES
        )
        words = f"{_WORDS['share_of_children'][language]}: {numbers.percent(inhabitants, language)}"
        axes.axhline(inhabitants, color=style.INK, ls="--", lw=1.5, label=words)
        axes.set_ylim(0, 1.18 * table[["money_share", "children_share"]].max(axis=None))
        style.scale(axes, "x", place, rows["year"], lines=False)
        style.percent_scale(axes, "y", language)
    panels[0].legend(**_ABOVE)
    return figure


def _panels(
    title: str, plans: Plans, columns: int, size: tuple[float, float], room: float, language: Language, year: int = 0
) -> tuple[Picture, list[Axes]]:
    """A picture with a panel of `size` inches for each scenario and `room` inches beside them for a legend or names."""
    above = list(titles(cases(plans), language).values())
    across, down = min(len(above), columns), -(-len(above) // columns)
    (width, height), words = size, _WORDS[title][language].format(year=year)
    width = room + (width if across == 1 else 0.75 * width * across)
    figure = style.picture(words, footer(cases(plans), language), width, height * down + 0.7)
    return figure, style.panels(figure, above, columns, legend_above=title in ("coverage", "remote"))


def _right_one(panels: list[Axes]) -> Axes:
    """The panel that ends the first row of two."""
    return panels[:2][-1]


def _stacks(
    name: str,
    plans: Plans,
    table: pd.DataFrame,
    labels: dict[str, str],
    tops: pd.Series,
    language: Language,
    unit: MoneyUnit,
) -> Picture:
    """Stacked columns of money by year: `name` is the column that is stacked, in the order of `labels`.

    `tops` (scenario, year) are the amounts written above the columns.
    """
    figure, panels = _panels(name, plans, 2, (5.6, 4.0), 2.9, language)
    for plan, axes in zip(every(plans), panels, strict=True):
        rows = table[table["scenario"] == plan.case.scenario.name]
        wide = rows.pivot_table(index="year", columns=name, values="amount", aggfunc="sum", fill_value=0.0)
        base = pd.Series(0.0, index=wide.index)
        for number, (code, label) in enumerate(labels.items()):
            heights = wide.get(code, 0.0 * base)
            written = [numbers.amount(value, language, unit) if value > 0.05 * tops.max() else "" for value in heights]
            _layer(axes, heights, base, number, label, written)
            base += heights
        above = tops.loc[plan.case.scenario.name]
        words = [numbers.amount(top, language, unit) for top in above]
        _on_top(axes, above, words, 5, fontsize=8, fontweight="bold", in_layout=False)
        axes.set_ylim(0, 1.1 * tops.max())
        style.scale(axes, "x", range(len(wide)), wide.index, lines=False)
        style.money_scale(axes, "y", language, unit)
    panels[0].set_ylabel(unit.words[language])
    _right_one(panels).legend(**_BESIDE)
    return figure


def _layer(axes: Axes, heights: pd.Series, base: pd.Series, number: int, label: str, written: list[str]) -> None:
    """One layer of a stack, with its figures where there is room for them."""
    colour, hatch = style.SERIES[number % len(style.SERIES)], style.HATCHES[number % len(style.HATCHES)]
    left = np.arange(len(heights)) - 0.35
    style.bars(axes, left, base, 0.7, heights, label=label, fc=colour, ec=style.PAPER, hatch=hatch, lw=0.6)
    room = {"boxstyle": "square,pad=0.15", "facecolor": colour, "edgecolor": "none"} if hatch else None
    for place, (text, middle) in enumerate(zip(written, base + heights / 2, strict=True)):
        if text:
            axes.text(
                place, middle, text, ha="center", va="center", fontsize=7.5, color=style.readable_on(colour), bbox=room,
                in_layout=False,
            )  # fmt: skip


def _on_top(axes: Axes, heights: Sequence[float], texts: Sequence[str], points: float, **look: Any) -> None:
    """Texts so many points above the columns 0, 1, …"""
    above = offset_copy(axes.transData, axes.figure, y=points, units="points")
    for place, (height, text) in enumerate(zip(heights, texts, strict=True)):
        axes.text(place, height, text, transform=above, ha="center", **look)


def _mark_ceilings(axes: Axes, years: pd.DataFrame, language: Language) -> None:
    """What could have been spent as a line above each year, and what was not spent hatched below it."""
    place, have, spent = np.arange(len(years)), years["have"], years["spent"]
    style.bars(
        axes, place - 0.35, spent, 0.7, (have - spent).clip(lower=0), fc="none", ec=style.INK, hatch="////", lw=0.4,
        label=_WORDS["unspent"][language],
    )  # fmt: skip
    axes.hlines(have, place - 0.42, place + 0.42, color=style.INK, linewidth=2, label=_WORDS["ceiling"][language])


def _dumbbells(axes: Axes, rows: pd.DataFrame, language: Language) -> None:
    """One line per programme from the coverage of the others to that of the remote areas."""
    place = range(len(rows))
    axes.hlines(place, rows["coverage_rest"], rows["coverage_remote"], color=style.FAINT, linewidth=3, zorder=1)
    marks = ((GROUPS[1], "s", style.PAPER, style.REST), (GROUPS[0], "o", style.REMOTE, style.REMOTE))
    for group, marker, face, edge in marks:
        axes.scatter(
            rows[f"coverage_{group}"], place, s=44, marker=marker, facecolors=face, edgecolors=edge, linewidths=1.8,
            label=heading(group, language), zorder=2, clip_on=False,
        )  # fmt: skip
    axes.set_xlim(0, 1.0)
    style.percent_scale(axes, "x", language)
