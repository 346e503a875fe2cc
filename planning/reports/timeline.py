"""Pictures of projects: when each is built and serves, and what building them costs to run afterwards."""

import textwrap
from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from planning import numbers
from planning.inputs.case import Case
from planning.numbers import MoneyUnit, money_unit
from planning.reports import measures, style
from planning.reports.building import rounded_building
from planning.reports.layout import footer, titles
from planning.reports.measures import Plans, cases, every
from planning.reports.style import LOOK, Picture
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

_WORDS = {
    "timeline": Text("Dự án: khởi công, mở cửa, phục vụ", "Projects: start, opening, service"),
    "costs": Text(
        "Vốn xây dựng và chi vận hành mà nó tạo ra, theo năm", "Building, and the running cost that it creates, by year"
    ),
    "built": Text("Xây dựng", "Building"),
    "serving": Text("Phục vụ", "In service"),
    "plan_end": Text("Hết giai đoạn", "End of the plan"),
    "none": Text("Phương án này không có dự án nào.", "This plan has no projects."),
    "building": Text("Vốn xây dựng", "Building"),
    "running": Text("Chi vận hành", "Running cost"),
    "after": Text("Sau giai đoạn (nhạt)", "After the plan (light)"),
    "tail": Text("Sau {year} còn phải chi: {money}", "Still to be paid after {year}: {money}"),
}
_BEYOND = 2  # years of service drawn after the plan
_ROW = 0.23  # inches for one line of the timeline


@mpl.rc_context(LOOK)
def project_timeline(plans: Plans, language: Language) -> Picture:
    """The chosen projects, grouped by programme: a bar from the start over the opening into service, and its cost."""
    built, unit = rounded_building(plans)
    lines = [_lines(plan.case, _printed(plan, built), language) for plan in every(plans)]
    longest = max(max(len(table) for table in lines), 4)
    title, below = _WORDS["timeline"][language], footer(cases(plans), language)
    figure = style.picture(title, below, 10.0 if len(lines) == 1 else 7.5 * len(lines), 1.3 + _ROW * longest)
    panels = figure.subplots(1, len(lines), squeeze=False).ravel()
    names = titles(cases(plans), language)
    programmes = dict.fromkeys(code for table in lines for code in table["programme"].dropna())
    hues = {code: style.SERIES[place % len(style.SERIES)] for place, code in enumerate(programmes)}
    for plan, axes, table in zip(every(plans), panels, lines, strict=True):
        if len(lines) > 1:
            axes.set_title(textwrap.fill(names[plan.case.scenario.name], 64), fontsize=10, loc="left", pad=22)
        if table.empty:
            _say_nothing(axes, language)
        else:
            _bars(axes, plan.case, table, hues, longest, unit, language)
    return figure


@mpl.rc_context(LOOK)
def capital_and_running(plans: Plans, language: Language) -> Picture:
    """Building and running cost of each year; the years after the plan in a lighter tone, with what they come to."""
    table = measures.project_money(plans)
    above = list(titles(cases(plans), language).values())
    figure = style.picture(
        _WORDS["costs"][language], footer(cases(plans), language), 10.0, 0.8 + (3.4 if len(table) else 1.0) * len(above)
    )
    panels = style.panels(figure, above, 1, legend_above=True)
    unit = money_unit([table["amount"].sum()])
    years = [year for case in cases(plans) for year in case.years] + table["year"].tolist()
    panels[0].set_xlim(min(years) - 0.7, max(years) + 0.7)
    for plan, axes in zip(every(plans), panels, strict=True):
        rows = table[table["scenario"] == plan.case.scenario.name]
        if rows.empty:
            _say_nothing(axes, language)
        else:
            _years(axes, plan.case, rows, unit, language)
    for axes in (axes for axes in panels if axes.axison):
        shown = [int(year) for year in style.steps(axes, "x", 18) if year % 1 == 0]
        style.scale(axes, "x", shown, shown, lines=False)
        style.money_scale(axes, "y", language, unit)
    return figure


def _printed(plan: Plan, built: pd.DataFrame) -> pd.DataFrame:
    """The projects of one plan with what building them costs within the plan as the tables print it."""
    table = measures.projects(plan)
    sums = built[built["scenario"] == plan.case.scenario.name].groupby("project")["amount"].sum()
    return table.assign(building=table["project"].map(sums).astype(float).fillna(0.0))


def _lines(case: Case, table: pd.DataFrame, language: Language) -> pd.DataFrame:
    """One line per group heading and per project, from top to bottom: group, label, start, opening, last, building."""
    columns = ["label", "head", "programme", "start", "opening", "last", "building"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    names = case.labels(language)
    rows = table.sort_values(["start", "area"], kind="stable")
    order = table["programme"].unique()
    group = pd.Index(order).get_indexer(rows["programme"])
    counted = zip(order, np.bincount(group).tolist(), strict=True)
    heads = pd.DataFrame({"label": [f"{names['programme'][code]} ({n})" for code, n in counted], "building": 0.0})
    rows = rows.assign(label=[names["area"][code] for code in rows["area"]], head=False)
    both = pd.concat([heads.assign(head=True), rows], ignore_index=True)[columns]
    return both.iloc[np.argsort([*range(len(order)), *group], kind="stable")].reset_index(drop=True)


def _bars(
    axes: Axes,
    case: Case,
    table: pd.DataFrame,
    hues: Mapping[str, str],
    longest: int,
    unit: MoneyUnit,
    language: Language,
) -> None:
    """The lines of one plan: hatched while built, plain in service; cost of building within the plan at the end."""
    rows = table[~table["head"]]
    end = case.years[-1] + 1 + _BEYOND
    at, hue = rows.index.to_numpy(), pd.Index(list(hues)).get_indexer(rows["programme"])
    colours = list(hues.values())
    start, opening, last = (rows[name].to_numpy(float) for name in ("start", "opening", "last"))
    opening, closing = np.minimum(opening, end), np.minimum(last + 1, end)
    below, served = at - 0.31, np.maximum(closing - opening, 0)
    style.bars(axes, start, below, opening - start, 0.62, hue, fc=style.PAPER, ec=colours, hatch="////", lw=0.8)
    style.bars(axes, opening, below, served, 0.62, hue, fc=colours, ec=colours, lw=0.8)
    beyond = np.flatnonzero(last + 1 > end)
    axes.scatter(
        np.full(beyond.size, end + 0.06), at[beyond], s=25, marker=">", color=[colours[i] for i in hue[beyond]],
        clip_on=False, zorder=2,
    )  # fmt: skip
    for line, cost in zip(at, rows["building"], strict=True):
        axes.text(
            end + 0.3, line, numbers.amount(cost, language, unit), va="center", ha="left", fontsize=8, clip_on=False
        )
    axes.axvline(case.years[-1] + 1, color=style.INK, ls="--", lw=1.2)
    first = int(min(rows["start"].min(), case.years[0]))
    axes.set(xlim=(first, end + 0.2), ylim=(longest - 0.4, -0.8))
    years = np.arange(first, end)
    style.scale(axes, "x", years + 0.5, years, lines=False)
    axes.vlines(np.arange(first, end + 1), *axes.get_ylim(), color=style.FAINT, lw=0.8, zorder=0.5)
    for weight, some in (("bold", table[table["head"]]), ("normal", rows)):
        style.scale(axes, "y", some.index, some["label"], lines=False, fontweight=weight)
    words = f"{_WORDS['building'][language]}, {unit.words[language]}"
    axes.text(end + 0.3, -0.9, words, ha="right", va="bottom", fontsize=8)
    handles = [
        Patch(facecolor=style.PAPER, edgecolor=style.INK, hatch="////", label=_WORDS["built"][language]),
        Patch(facecolor="#777777", label=_WORDS["serving"][language]),
        mpl.lines.Line2D([], [], color=style.INK, ls="--", lw=1.2, label=_WORDS["plan_end"][language]),
    ]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, fontsize=7.5, borderaxespad=0.2,
        columnspacing=0.8, handlelength=1.3, handletextpad=0.4,
    )  # fmt: skip


def _years(axes: Axes, case: Case, rows: pd.DataFrame, unit: MoneyUnit, language: Language) -> None:
    """Two columns for each year, building beside running."""
    last = case.years[-1]
    for kind, offset, colour in (("building", -0.21, style.SERIES[0]), ("running", 0.21, style.REMOTE)):
        yearly = rows[rows["kind"] == kind].groupby("year")["amount"].sum()
        for inside in (True, False):
            part = yearly[(yearly.index <= last) == inside]
            style.bars(
                axes, part.index + offset - 0.21, 0, 0.42, part, fc=colour, alpha=1.0 if inside else 0.35, lw=0,
                label=_WORDS[kind][language] if inside else None,
            )  # fmt: skip
    axes.axvline(last + 0.5, color=style.INK, ls="--", lw=1.2, label=_WORDS["plan_end"][language])
    style.bars(axes, [last], 0, 0, 0, fc=style.REMOTE, alpha=0.35, label=_WORDS["after"][language])
    after = rows.loc[rows["year"] > last, "amount"].sum()
    said = _WORDS["tail"][language].format(year=last, money=numbers.money(after, language))
    axes.text(
        0.99, 0.93, said, transform=axes.transAxes, ha="right", va="top", fontweight="bold", bbox=style.OVER_LINES
    )
    axes.set_ylabel(unit.words[language])
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=4, fontsize=8, borderaxespad=0.2)


def _say_nothing(axes: Axes, language: Language) -> None:
    axes.text(0.5, 0.5, _WORDS["none"][language], ha="center", va="center", transform=axes.transAxes)
    axes.axis("off")
