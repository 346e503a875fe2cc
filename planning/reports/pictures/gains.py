"""Who gains and who loses: money and child-years of areas, in one plan against another."""

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planning import numbers
from planning.inputs.case import Case
from planning.numbers import THOUSAND, MoneyUnit, money_unit
from planning.reports import style
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

SHOWN = 10
_WORDS = {
    "amount": Text("Tiền ({unit})", "Money ({unit})"),
    "children": Text("Trẻ em-năm (nghìn)", "Child-years (thousands)"),
    "gaining": Text("{count} địa bàn khác được thêm", "{count} others that gain"),
    "losing": Text("{count} địa bàn khác bị giảm", "{count} others that lose"),
    "unchanged": Text("{count} địa bàn giữ nguyên", "{count} unchanged"),
}


@mpl.rc_context(LOOK)
def gains_of(rows: pd.DataFrame, case: Case, title: str, below: str, language: Language) -> Picture:
    """Columns area, amount_change (million VND), children_change: the largest moves by name, the others as sums.

    Bars of losses are hatched; sums are written but not drawn, because they would dwarf the others.
    """
    unit = money_unit(rows["amount_change"])
    shown = _largest(rows, case.labels(language)["area"], unit, language)
    figure = style.picture(title, below, 9.0, 1.7 + 0.26 * len(shown))
    panels = figure.subplots(1, 2, sharey=True)
    for axes, column, size in zip(panels, ("amount", "children"), (unit.million, 1 / THOUSAND.million), strict=True):
        values = shown[f"{column}_change"].to_numpy()[::-1] / size
        decimals = unit.decimals if column == "amount" else 1
        drawn = np.where(shown["named"].to_numpy()[::-1], values, 0.0)
        for place, value in enumerate(drawn):
            loss = value < 0
            axes.barh(
                place, value, 0.72, color=style.LOSS if loss else style.GAIN, hatch=style.LOSS_HATCH if loss else "",
                edgecolor=style.PAPER, lw=0.4,
            )  # fmt: skip
            text = _signed(values[place], decimals, language)
            axes.annotate(
                text, (value, place), (-3 if loss else 3, 0), textcoords="offset points", va="center", fontsize=7.5,
                ha="right" if loss else "left",
            )  # fmt: skip
        axes.axvline(0, color=style.INK, linewidth=0.8)
        axes.margins(x=0.24, y=0.02)
        axes.set_title(_WORDS[column][language].format(unit=unit.words[language]), fontsize=10, loc="left")
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: numbers.number(value, language, 1)))
        axes.grid(axis="x")
    panels[0].set_yticks(range(len(shown)), shown["name"].to_numpy()[::-1])
    return figure


def _largest(rows: pd.DataFrame, names: dict[str, str], unit: MoneyUnit, language: Language) -> pd.DataFrame:
    """From the largest gain to the largest loss, each side's others and those that stay in one line each."""
    ranked = rows.assign(name=rows["area"].map(names), named=True).sort_values(
        "amount_change", ascending=False, kind="stable"
    )
    change, least = ranked["amount_change"], unit.step / 2
    gaining, losing = ranked[change > least], ranked[change < -least]
    parts = [
        gaining.head(SHOWN),
        _together("gaining", gaining.iloc[SHOWN:], language),
        _together("unchanged", ranked[change.abs() <= least], language),
        _together("losing", losing.iloc[: max(len(losing) - SHOWN, 0)], language),
        losing.tail(SHOWN),
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _together(key: str, some: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Areas as one line that is their sum; none where there are none."""
    if some.empty:
        return some
    sums = some[["amount_change", "children_change"]].sum()
    return pd.DataFrame([{"name": _WORDS[key][language].format(count=len(some)), "named": False, **sums}])


def _signed(value: float, decimals: int, language: Language) -> str:
    text = numbers.number(value, language, decimals)
    return f"+{text}" if value > 0 and text.strip("0,.") else text
