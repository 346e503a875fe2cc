"""What a plan on the screen looks like: one picture, drawn once and then only moved, and three short tables.

The picture shows the opened scenario beside what is on the screen. Everything that does not change (names, axes, grid)
is drawn once per form, so that a moved slider shows within a blink.
"""

import base64
import html
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from textwrap import fill, shorten
from types import MappingProxyType

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PatchCollection
from matplotlib.colors import TwoSlopeNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from planning import numbers
from planning.numbers import PER_CHILD, money_unit
from planning.reports import measures, promises, style
from planning.reports.headline import headline_sheet
from planning.reports.measures import GROUPS
from planning.reports.sheet import Sheet
from planning.reports.tilemap import place
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import FIELDS, Language, Text

Figures = Mapping[str, pd.DataFrame]
Mover = Callable[[Figures], None]
_DPI, _SIZE = 80, (11.0, 8.2)
# Where each panel stands: left, bottom, width, height; fixed, so that nothing jumps when the figures change.
_PLACES = MappingProxyType(
    {
        "fields": (0.165, 0.55, 0.23, 0.39),
        "coverage": (0.7, 0.53, 0.28, 0.39),
        "remote": (0.055, 0.04, 0.36, 0.4),
        "map": (0.47, 0.04, 0.4, 0.4),
        "scale": (0.9, 0.06, 0.016, 0.34),
    }
)
_GREY = "0.55"
_FAST = MappingProxyType({"compress_level": 1})
_WORDS = {
    "field": Text("Tiền theo lĩnh vực, cả giai đoạn ({unit})", "Money by field, all years ({unit})"),
    "remote": Text("Phần tiền cho địa bàn khó khăn", "Share of money for remote areas"),
    "coverage": Text("Độ bao phủ năm {year}", "Coverage in {year}"),
    "change": Text("Thay đổi so với cơ sở, mỗi trẻ em mỗi năm", "Change against the baseline, per child and year"),
    "children": Text("phần trẻ em", "share of children"),
    "alt": Text(
        "Bốn hình: tiền theo lĩnh vực, phần tiền cho vùng xa, độ bao phủ theo chương trình, thay đổi theo địa bàn",
        "Four charts: money by field, share of remote areas, coverage by programme, change by area",
    ),
    "most": Text("Thay đổi nhiều nhất so với cơ sở", "What changes most against the baseline"),
    "opened_change": Text("Phương án đang mở", "The open scenario"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """The picture of a form: `show` moves what changes to another plan and gives the picture as PNG."""

    figure: Figure
    movers: tuple[Mover, ...]

    def show(self, plan: Plan) -> bytes:
        """The picture of a plan, PNG."""
        now = _figures(plan)
        for move in self.movers:
            move(now)
        buffer = io.BytesIO()
        with mpl.rc_context(style.LOOK):
            self.figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Software": None}, pil_kwargs=dict(_FAST))
        return buffer.getvalue()


@mpl.rc_context(style.LOOK)
def board(opened: Plan, language: Language, words: str) -> Board:
    """The board of a form, with the plan that others are compared with drawn on it; `words` say which that is."""
    figure = Figure(figsize=_SIZE)
    axes = {name: figure.add_axes(place) for name, place in _PLACES.items()}
    before = _figures(opened)
    made = (
        _fields(axes["fields"], before, words, language),
        _remote(axes["remote"], before, words, language),
        _coverage(axes["coverage"], before, opened, words, language),
        _map(axes["map"], axes["scale"], before, opened, language),
    )
    return Board(figure, made)


def picture_html(png: bytes, language: Language) -> str:
    """The picture for a page, with its text for readers who cannot see it."""
    data = base64.b64encode(png).decode()
    alt = html.escape(_WORDS["alt"][language])
    return f'<img alt="{alt}" style="max-width:100%" src="data:image/png;base64,{data}">'


def tables_html(opened: Plan, plan: Plan, language: Language) -> str:
    """Headline figures beside those of the opened scenario, rules that hold back, and what changes most."""
    names = {each.case.scenario.name for each in (opened, plan)}
    both = headline_sheet([opened, plan] if len(names) == 2 else plan, language)
    sheets = (both, promises.binding_rules(plan, language, shown=8), _changes(opened, plan, language))
    return "".join(replace(sheet, footer="")._repr_html_() for sheet in sheets)


def _figures(plan: Plan) -> Figures:
    """What the panels show, worked out once for a plan."""
    return {
        "field": measures.money(plan, ["field"]).set_index("field")[["amount"]].reindex(list(FIELDS), fill_value=0.0),
        "remote": measures.remote_against_rest(plan, yearly=True).query("group == @GROUPS[0]"),
        "coverage": measures.programme_coverage(plan).set_index("programme"),
        "areas": measures.areas(plan),
    }


def _fields(axes: Axes, before: Figures, words: str, language: Language) -> Mover:
    amounts = before["field"]["amount"].to_numpy()
    unit = money_unit([amounts.sum()])
    y = np.arange(amounts.size)
    bars = axes.barh(y, amounts, 0.62, color=style.SERIES[0])
    axes.vlines(amounts, y - 0.42, y + 0.42, color=style.SERIES[1], lw=2.5, label=words)
    texts = [axes.text(0, at, "", va="center", fontsize=8) for at in y]
    axes.set_yticks(y, [fill(text[language], 26) for text in FIELDS.values()])
    axes.locator_params(axis="x", nbins=4)
    axes.set(xlim=(0, 1.35 * max(amounts.max(), 1e-9)), ylim=(amounts.size - 0.4, -0.6))
    axes.xaxis.set_major_formatter(style.money_axis(language, unit))
    axes.set_title(_WORDS["field"][language].format(unit=unit.words[language]), loc="left", fontsize=10)
    axes.legend(loc="lower right", bbox_to_anchor=(1.05, 0.0), fontsize=8)

    def move(now: Figures) -> None:
        widths = now["field"]["amount"].to_numpy()
        axes.set_xlim(0, 1.35 * max(amounts.max(), widths.max(), 1e-9))
        for bar, text, width in zip(bars, texts, widths, strict=True):
            bar.set_width(width)
            text.set_x(1.02 * max(width, 0))
            text.set_text(f" {numbers.amount(width, language, unit)}")

    return move


def _remote(axes: Axes, before: Figures, words: str, language: Language) -> Mover:
    rows = before["remote"]
    share, x = rows["money_share"].to_numpy(), np.arange(len(rows))
    bars = axes.bar(x, share, 0.62, color=style.REMOTE)
    axes.hlines(share, x - 0.42, x + 0.42, color=style.SERIES[1], lw=2.5, label=words)
    axes.axhline(rows["children_share"].iloc[0], color=style.INK, ls="--", lw=1.2, label=_WORDS["children"][language])
    texts = [axes.text(at, 0, "", ha="center", va="bottom", fontsize=8) for at in x]
    axes.set_xticks(x, rows["year"])
    axes.yaxis.set_major_formatter(style.percent_axis(language))
    axes.set_title(_WORDS["remote"][language], loc="left", fontsize=10, pad=20)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 0.995), ncols=2, fontsize=8, borderaxespad=0)

    def move(now: Figures) -> None:
        heights = np.nan_to_num(now["remote"]["money_share"].to_numpy())
        axes.set_ylim(0, min(1.25 * max(share.max(), heights.max(), rows["children_share"].iloc[0], 1e-9), 1.1))
        for bar, text, height in zip(bars, texts, heights, strict=True):
            bar.set_height(height)
            text.set_y(height)
            text.set_text(numbers.percent(height, language))

    return move


def _coverage(axes: Axes, before: Figures, opened: Plan, words: str, language: Language) -> Mover:
    rows, labels = before["coverage"], opened.case.labels(language)["programme"]
    y = np.arange(len(rows))
    columns = ["coverage_rest", "coverage_remote"]
    for column, marker in zip(columns, "so", strict=True):
        axes.scatter(
            rows[column], y, s=60, marker=marker, facecolors="none", edgecolors=_GREY, linewidths=1, clip_on=False
        )
    lines = axes.hlines(y, 0, 0, color=style.FAINT, linewidth=3, zorder=1)
    marks = [
        axes.scatter(rows[column], y, s=34, marker=marker, color=colour, zorder=3, clip_on=False)
        for column, marker, colour in zip(columns, "so", (style.REST, style.REMOTE), strict=True)
    ]
    axes.set_yticks(y, [shorten(labels[code], 54, placeholder="…") for code in rows.index], fontsize=7.5)
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.4, -0.6))
    axes.xaxis.set_major_formatter(style.percent_axis(language))
    axes.grid(axis="x")
    handles = [
        *(
            Line2D([], [], ls="", marker=marker, color=colour)
            for marker, colour in zip("os", (style.REMOTE, style.REST), strict=True)
        ),
        Line2D([], [], ls="", marker="o", markerfacecolor="none", color=_GREY),
    ]
    names = [heading(GROUPS[0], language), heading(GROUPS[1], language), words]
    title = _WORDS["coverage"][language].format(year=opened.case.years[-1])
    axes.set_title(title, loc="left", fontsize=10, pad=20)
    axes.legend(
        handles, names, loc="lower right", bbox_to_anchor=(1.03, 0.995), ncols=3, fontsize=8, borderaxespad=0,
        handletextpad=0.3, columnspacing=1.2,
    )  # fmt: skip

    def move(now: Figures) -> None:
        values = now["coverage"].reindex(rows.index)
        for mark, column in zip(marks, columns, strict=True):
            mark.set_offsets(np.column_stack([values[column], y]))
        ends = values[columns].to_numpy()
        lines.set_segments([[(a, at), (b, at)] for (a, b), at in zip(ends, y, strict=True)])

    return move


def _map(axes: Axes, beside: Axes, before: Figures, opened: Plan, language: Language) -> Mover:
    table = opened.case.tables["areas"]
    column, row = place(table["latitude"].to_numpy(), table["longitude"].to_numpy())
    change = _per_child(before)
    most = max(np.quantile(np.abs(change), 0.97), 1e-9)
    scale = TwoSlopeNorm(0, -most, most)
    squares = [Rectangle((x - 0.45, y - 0.45), 0.9, 0.9) for x, y in zip(column, row, strict=True)]
    edges = np.where(opened.case.remote, style.REMOTE, style.FAINT)
    tiles = PatchCollection(squares, edgecolors=edges, linewidths=np.where(opened.case.remote, 1.8, 0.6))
    tiles.set(cmap="PuOr", norm=scale)
    axes.add_collection(tiles)
    axes.set(xlim=(-0.6, column.max() + 0.6), ylim=(row.max() + 0.6, -0.6), aspect="equal")
    axes.axis("off")
    axes.set_title(_WORDS["change"][language], loc="left", fontsize=10)
    colours = axes.figure.colorbar(ScalarMappable(scale, "PuOr"), cax=beside, extend="both")
    colours.ax.yaxis.set_major_formatter(style.money_axis(language, PER_CHILD))
    colours.set_label(PER_CHILD.words[language], fontsize=8)
    axes.legend(
        [Patch(facecolor="none", edgecolor=style.REMOTE, linewidth=1.8)], [heading(GROUPS[0], language)],
        loc="upper left", bbox_to_anchor=(0, 0), fontsize=8, borderaxespad=0,
    )  # fmt: skip

    def move(now: Figures) -> None:
        tiles.set_array(_per_child(now))

    return move


def _per_child(figures: Figures) -> np.ndarray:
    """(A,) change against the baseline, million VND for each child and year."""
    areas = figures["areas"]
    return (areas["change"] / areas["children"]).to_numpy()


def _changes(opened: Plan, plan: Plan, language: Language, shown: int = 5) -> Sheet:
    """The areas that gain and lose most a year against the baseline, with what the opened scenario gives them."""
    now, before = (measures.areas(each) for each in (plan, opened))
    unit = money_unit(now["change"].abs())
    table = pd.DataFrame({"area": now["area"], "now": now["change"], "before": before["change"]})
    table = table.sort_values("now", ascending=False, kind="stable")
    table = table if len(table) <= 2 * shown else pd.concat([table.head(shown), table.tail(shown)])
    names = plan.case.labels(language)["area"]
    table["area"] = table["area"].map(names)
    heads = [heading("area", language), heading("change", language), _WORDS["opened_change"][language]]
    table.columns = heads
    return Sheet(_WORDS["most"][language], table, dict.fromkeys(heads[1:], "money"), language, unit, "")
