"""Many scenarios at a glance: one line for each, its main figures beside the base, and who gains and loses in each."""

from collections.abc import Callable, Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import Normalize
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planning import numbers
from planning.numbers import money_unit
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.measures import Plans, cases
from planning.reports.pictures import grid
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

MOST = 30  # rows of a grid; the others move least
_WORDS = {
    "scenarios": Text("Các phương án và phương án gốc “{base}”", "The scenarios and the base “{base}”"),
    "services": Text("Trẻ em-năm (triệu)", "Child-years (million)"),
    "coverage": Text("Độ bao phủ năm cuối", "Coverage, last year"),
    "remote_money_share": Text("Phần tiền vùng khó khăn", "Share for remote areas"),
    "targets_met": Text("Chỉ tiêu đạt", "Targets met"),
    "moved": Text("Tiền phải chuyển ({unit})", "Money moved ({unit})"),
    "areas": Text(
        "Ai được, ai mất: tiền thêm, bớt so với “{base}” ({unit}, cả giai đoạn)",
        "Who gains, who loses: money more or less than in “{base}” ({unit}, all years)",
    ),
    "programmes": Text(
        "Chương trình: tiền thêm, bớt so với “{base}” ({unit}, cả giai đoạn)",
        "Programmes: money more or less than in “{base}” ({unit}, all years)",
    ),
    "some": Text(
        "{shown} trong {all} dòng, những dòng thay đổi nhiều nhất.", "{shown} of {all} rows, those that move most."
    ),
    "projects": Text("Dự án khác nhau: năm khởi công", "Projects that differ: the year in which they begin"),
    "none": Text("Các phương án chọn cùng những dự án.", "The scenarios choose the same projects."),
}


@mpl.rc_context(LOOK)
def scenarios_at_a_glance(plans: Plans, summary: pd.DataFrame, language: Language) -> Picture:
    """A line for each scenario, a dot for each main figure; the base as a square with a dashed line through it.

    `summary` is that of the comparison: one row per scenario, the base first.
    """
    unit = money_unit(summary["moved"])
    writers: dict[str, tuple[float, Callable[[float], str]]] = {
        "services": (1e6, lambda value: numbers.number(value, language, 2)),
        "coverage": (1, lambda value: numbers.percent(value, language)),
        "remote_money_share": (1, lambda value: numbers.percent(value, language)),
        "targets_met": (1, lambda value: numbers.number(value, language)),
        "moved": (unit.million, lambda value: numbers.number(value, language, unit.decimals)),
    }
    base = summary["scenario"].iloc[0]
    title = _WORDS["scenarios"][language].format(base=base)
    below = footer(cases(plans), language)
    figure = style.picture(title, below, 12.5, 1.6 + 0.27 * max(len(summary), 3) + 0.05 * len(below) / 40)
    panels = figure.subplots(1, len(writers), sharey=True)
    place = np.arange(len(summary))
    for axes, (measure, (size, write)) in zip(panels, writers.items(), strict=True):
        values = summary[measure].to_numpy(float) / size
        axes.axvline(values[0], color=style.INK, ls="--", lw=1)
        axes.plot(values[1:], place[1:], "o", color=style.REST, markersize=6)
        axes.plot(values[:1], place[:1], "s", color=style.INK, markersize=6)
        for y, value in zip(place, values, strict=True):
            axes.annotate(
                write(value), (value, y), (5, 0), textcoords="offset points", va="center", fontsize=7,
                bbox={"boxstyle": "round,pad=0.08", "facecolor": style.PAPER, "edgecolor": "none"},
            )  # fmt: skip
        axes.set_title(_WORDS[measure][language].format(unit=unit.words[language]), fontsize=9, loc="left")
        axes.margins(x=0.35)
        axes.set_ylim(len(summary) - 0.4, -0.6)
        axes.xaxis.set_major_locator(MaxNLocator(3, integer=measure == "targets_met"))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _, write=write: write(value)))
        axes.tick_params(axis="x", labelsize=7)
        axes.grid(axis="y")
    panels[0].set_yticks(place, summary["scenario"], fontsize=8)
    return figure


@mpl.rc_context(LOOK)
def changes(plans: Plans, table: pd.DataFrame, key: str, language: Language) -> Picture:
    """Rows of `key` (area or programme) × scenarios: money more or less than in the base, over all years.

    `table` is that of the comparison. Of many rows those that move most are shown.
    """
    case = cases(plans)[0]
    order = {"area": case.areas, "programme": case.programmes}[key]
    wide = table.pivot(index=key, columns="scenario", values="amount_change")
    wide = wide.reindex(index=order, columns=list(dict.fromkeys(table["scenario"])))
    kept = wide.abs().max(axis=1).sort_values(ascending=False, kind="stable").head(MOST).index
    shown = wide.loc[[code for code in order if code in set(kept)]]
    unit = money_unit(shown.to_numpy().ravel())
    top = max(float(shown.abs().max(axis=None)), unit.step)
    words = {"base": case.scenario.name, "unit": unit.words[language]}
    below = footer(cases(plans), language)
    if len(shown) < len(wide):
        below = f"{_WORDS['some'][language].format(shown=len(shown), all=len(wide))} {below}"
    names = case.labels(language)[key]
    rows = [names[code] for code in shown.index]
    figure = style.picture(_WORDS[f"{key}s"][language].format(**words), below, *grid.size(rows, list(shown.columns)))
    written = [
        ["" if abs(v) < unit.step / 2 else ("+" if v > 0 else "") + numbers.amount(v, language, unit) for v in row]
        for row in shown.to_numpy()
    ]
    grid.draw(
        figure.subplots(), shown.to_numpy(), written, rows, list(shown.columns), Normalize(-top, top), style.CHANGES
    )
    return figure


@mpl.rc_context(LOOK)
def projects_that_differ(plans: Plans, table: pd.DataFrame, language: Language) -> Picture:
    """Projects × scenarios, the base first: the year in which each begins; white where it is not chosen.

    `table` is that of the comparison: the projects that are not the same in every scenario.
    """
    below = footer(cases(plans), language)
    first, *_ = every = cases(plans)
    names = first.labels(language)["project"]
    codes = list(dict.fromkeys(table["project"]))
    if not codes:
        figure = style.picture(_WORDS["none"][language], below, 9.0, 1.2)
        figure.subplots().set_axis_off()
        return figure
    starts = _starts(table, codes, [case.scenario.name for case in every])
    built = np.where(np.isnan(starts), np.nan, 1.0)
    rows, columns = [names[code] for code in codes], [case.scenario.name for case in every]
    figure = style.picture(_WORDS["projects"][language], below, *grid.size(rows, columns))
    written = [["" if np.isnan(year) else str(int(year)) for year in row] for row in starts]
    grid.draw(figure.subplots(), built, written, rows, columns, Normalize(0, 2), mpl.colormaps[style.SCALE])
    return figure


def _starts(table: pd.DataFrame, codes: Sequence[str], scenarios: Sequence[str]) -> np.ndarray:
    """(projects, scenarios) first year, NaN where it is not chosen; a scenario without a row is as the base."""
    base = table.groupby("project")["start_base"].first().reindex(codes)
    wide = table.pivot(index="project", columns="scenario", values="start").reindex(index=codes, columns=scenarios)
    here = table.assign(there=True).pivot(index="project", columns="scenario", values="there")
    here = here.reindex(index=codes, columns=scenarios).notna().to_numpy()
    return np.where(here, wide.to_numpy(float), base.to_numpy(float)[:, None])
