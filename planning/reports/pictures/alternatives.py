"""The picture of alternatives: money by field in each plan, and how much of the budget moves."""

import matplotlib as mpl
import numpy as np

from planning import numbers
from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.style import LOOK, Picture
from planning.vocabulary import FIELDS, Language, Text

_TITLE = Text("Các phương án gần tốt nhất: tiền theo lĩnh vực", "Plans near the best one: money by field")
_BEST = Text("Tốt nhất", "Best")
_UNDER = Text(
    "{name}\nkém {loss}\nchuyển {moved}\nvùng khó khăn {remote}", "{name}\n{loss} below\n{moved} moved\n{remote} remote"
)


@mpl.rc_context(LOOK)
def fields_beside(finding: Finding, language: Language) -> Picture:
    """One stacked column for each plan; below it what it loses, what it moves, and the share of remote areas."""
    plans, fields = finding.tables["alternatives"], finding.tables["fields"]
    wide = fields.pivot_table(index="plan", columns="field", values="amount", aggfunc="sum", sort=False)
    unit = numbers.money_unit(wide.sum(axis=1))
    figure = style.picture(_TITLE[language], footer([finding.case], language), 3.4 + 1.25 * len(plans), 5.6)
    axes, base = figure.subplots(), np.zeros(len(wide))
    for number, field in enumerate(wide.columns):
        colour, hatch = style.SERIES[number % len(style.SERIES)], style.HATCHES[number % len(style.HATCHES)]
        heights = wide[field].to_numpy()
        bars = axes.bar(
            range(len(wide)), heights, 0.72, base, label=FIELDS[field][language] if field in FIELDS else field,
            color=colour, hatch=hatch, edgecolor=style.PAPER, lw=0.6,
        )  # fmt: skip
        written = [numbers.amount(h, language, unit) if h > 0.05 * wide.sum(axis=1).max() else "" for h in heights]
        for text in axes.bar_label(bars, written, label_type="center", fontsize=7.5, color=style.readable_on(colour)):
            if text.get_text():
                text.set_bbox({"boxstyle": "round,pad=0.15", "facecolor": colour, "edgecolor": "none"})
        base += heights
    under = [
        _UNDER[language].format(
            name=_BEST[language] if row["plan"] == 0 else row["plan"],
            loss=numbers.percent(row["loss_share"], language, 2),
            moved=numbers.percent(row["moved"], language),
            remote=numbers.percent(row["remote_share"], language),
        )
        for row in plans.to_dict("records")
    ]
    axes.set_xticks(range(len(wide)), under, fontsize=7.5)
    axes.set_ylabel(unit.words[language])
    axes.yaxis.set_major_formatter(style.money_axis(language, unit))
    axes.grid(axis="y")
    axes.legend(reverse=True, loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8)
    return figure
