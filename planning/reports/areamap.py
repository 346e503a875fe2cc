"""Maps: every area one tile, or its own outline, coloured by a measure of the plan or by how much that changes."""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PathCollection
from matplotlib.colors import Colormap, FuncNorm, Normalize, PowerNorm, to_hex
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.ticker import AutoLocator

from planning import numbers
from planning.inputs.case import Array, Case
from planning.numbers import PER_CHILD, money_unit
from planning.reports import measures, style
from planning.reports.layout import footer, titles
from planning.reports.lettering import Texts
from planning.reports.measures import GROUPS, Plans, cases, every
from planning.reports.style import LOOK, Picture
from planning.reports.tilemap import place
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

Outlines = Mapping[str, Outline]
_MOST = Text("Nhiều nhất", "Most")
_LEAST = Text("Ít nhất", "Least")
_CHANGE = Text("{measure}: thay đổi so với “{base}”", "{measure}: change against “{base}”")
_POINTS = Text("điểm phần trăm", "percentage points")
_LOSS = Text("Giảm", "Less")
_SHOWN = 8
_SMALL = 6.0  # points of the letters on outlines
_FEWEST = 4  # the map has room for at least five squares a side, so that few areas do not become huge
_SQUARE = 0.46 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])  # of a tile, from its middle
_STRETCH = 0.6  # below 1: more shades for the many areas that get little, fewer for the few that get much


@dataclass(frozen=True, slots=True)
class Measure:
    """What a map shows: a column of `measures.areas`, and how its figures are written."""

    title: Text
    column: str
    kind: str  # per_child, money or share


MEASURES = {
    "per_child": Measure(Text("Tiền cho mỗi trẻ em mỗi năm", "Money per child and year"), "per_child", "per_child"),
    "amount": Measure(Text("Số tiền cả giai đoạn", "Money of all years"), "amount", "money"),
    "coverage": Measure(Text("Độ bao phủ năm cuối", "Coverage of the last year"), "coverage", "share"),
    "gap": Measure(
        Text("Phần nhu cầu chưa được đáp ứng, năm cuối", "Share of the need not met, last year"), "gap", "share"
    ),
}
_BY_AREA = Text("{measure}, theo địa bàn", "{measure}, by area")


def money_per_child(plans: Plans, language: Language, outlines: Outlines | None = None) -> Picture:
    """A map of money per child and year; for one plan also the areas that receive most and least."""
    return area_map(plans, language, "per_child", outlines)


@mpl.rc_context(LOOK)
def area_map(plans: Plans, language: Language, measure: str = "per_child", outlines: Outlines | None = None) -> Picture:
    """A map of a measure (see MEASURES); several plans side by side on one scale; of one also the ends of the ranking.

    Areas are tiles near where they lie, or have the `outlines` given (area → outline in degrees).
    """
    plans = every(plans)
    shown = MEASURES[measure]
    tables = [_values(plan, shown) for plan in plans]
    top = max(table["value"].max() for table in tables)
    scale = PowerNorm(_STRETCH, 0, top) if shown.kind != "share" else Normalize(0, max(top, 0.01))
    lone, rows = len(plans) == 1, -(-len(plans) // 2)
    width, height = (11.0, 7.6) if lone else (11.0, 0.8 + 6.0 * rows)
    title = _BY_AREA[language].format(measure=shown.title[language])
    figure = style.picture(title, footer(cases(plans), language), width, height)
    if lone:
        maps = [figure.subplots(1, 2, width_ratios=[3, 1])]
    else:
        above = list(titles(cases(plans), language).values())
        maps = [[axes] for axes in _apart(figure, above, 2)]
    write, words = _writer(shown, top, language)
    shade = partial(_shade, scale=scale)
    for plan, table, (axes, *side) in zip(plans, tables, maps, strict=True):
        _draw(axes, plan.case, table["value"].to_numpy(), shade, 6.0 if lone else 5.0, outlines, language)
        if side:
            _ends(side[0], table.assign(name=short_names(plan.case)), shade, write, language)
    _key(figure, [axes for axes, *_ in maps], scale, style.SCALE, write, words)
    return figure


@mpl.rc_context(LOOK)
def change_map(
    base: Plan, others: Sequence[Plan], language: Language, measure: str = "per_child", outlines: Outlines | None = None
) -> Picture:
    """A map of how much a measure changes against the base, one for each other plan, on one scale; losses hatched."""
    shown = MEASURES[measure]
    before = _values(base, shown)["value"].to_numpy()
    change = [_values(plan, shown)["value"].to_numpy() - before for plan in others]
    top = max((np.nanmax(np.abs(values), initial=0.0) for values in change), default=0.0)
    top = max(top, 1e-6)
    scale = FuncNorm((_stretched, _straight), -top, top)
    named = titles(cases([base, *others]), language)
    above = [named[plan.case.scenario.name] for plan in others]
    across = min(len(others), 3)
    size = 4.6 if across > 1 else 7.0
    title = _CHANGE[language].format(measure=shown.title[language], base=named[base.case.scenario.name])
    below = footer(cases([base, *others]), language)
    figure = style.picture(title, below, max(size * across, 8.0), 1.3 + size * -(-len(others) // across))
    maps = _apart(figure, above, across)
    shade = partial(_shade, scale=scale, colours=style.CHANGES)
    for plan, values, axes in zip(others, change, maps, strict=True):
        _draw(axes, plan.case, values, shade, size, outlines, language, least=_least(shown, top, language))
    write, words = _writer(shown, top, language, signed=True)
    _key(figure, maps, scale, style.CHANGES, write, words)
    return figure


def short_names(case: Case) -> pd.Series:
    """Vietnamese names without the type of unit before them, which every tile would repeat."""
    areas = case.tables["areas"]
    pairs = zip(areas["name_vi"], areas["type"], strict=True)
    return pd.Series([name.removeprefix(f"{kind} ") for name, kind in pairs])


def _values(plan: Plan, shown: Measure) -> pd.DataFrame:
    """Columns area and value, in the order of the areas."""
    table = measures.areas(plan).assign(gap=lambda rows: 1 - rows["coverage"])
    return table[["area"]].assign(value=table[shown.column])


def _stretched(values: Array) -> Array:
    """More shades for small changes of either sign."""
    return np.sign(values) * np.abs(values) ** _STRETCH


def _straight(values: Array) -> Array:
    return np.sign(values) * np.abs(values) ** (1 / _STRETCH)


def _writer(shown: Measure, top: float, language: Language, signed: bool = False) -> tuple[Callable, str]:
    """How a figure is written, and the words for its unit."""
    match shown.kind:
        case "share" if signed:
            write, words = partial(_points, language=language), _POINTS[language]
        case "share":
            write, words = partial(numbers.percent, language=language, decimals=0), ""
        case kind:
            unit = PER_CHILD if kind == "per_child" else money_unit([top])
            write, words = partial(numbers.amount, language=language, unit=unit), unit.words[language]
    return (lambda value: ("+" if signed and value > 0 else "") + write(value)), words


def _points(share: float, language: Language) -> str:
    return numbers.number(100 * share, language, 1)


def _least(shown: Measure, top: float, language: Language) -> float:
    """The smallest change that the key can tell from none."""
    return {"share": 0.0005, "per_child": PER_CHILD.step / 2}.get(shown.kind, money_unit([top]).step / 2)


def _apart(figure: Picture, above: Sequence[str], columns: int) -> list[Axes]:
    """Axes with a title each, also where there is but one; scales are their own, because outlines set them."""
    panels = style.panels(figure, above, columns, legend_above=True)
    if len(above) == 1:
        panels[0].set_title(above[0], fontsize=10, loc="left", pad=22)
    return panels


def _shade(values: Array, scale: Normalize, colours: object = None) -> list[str]:
    """The colour of each value; paper where there is none."""
    colours = colours or mpl.colormaps[style.SCALE]
    seen = np.isnan(values)
    hues = colours(scale(np.where(seen, 0.0, values)))
    return [style.PAPER if nothing else to_hex(hue) for nothing, hue in zip(seen, hues, strict=True)]


def _draw(
    axes: Axes, case: Case, values: Array, shade: Callable[[Array], list[str]], inches: float,
    outlines: Outlines | None, language: Language, least: float | None = None,
) -> None:  # fmt: skip
    """The areas on a map of about `inches` a side; remote areas have a heavy border, losses beyond `least` hatching."""
    shapes, middles, size = _outlined(axes, case, outlines, inches) if outlines else _tiles(axes, case, inches)
    names, faces, edge = short_names(case).tolist(), shade(values), "#888888" if outlines else style.FAINT
    border = style.REMOTE if least is None else style.INK  # the colour of remote areas is that of losses
    for remote, colour, width in ((False, edge, 0.6), (True, border, 2.2)):
        some = np.flatnonzero(case.remote == remote)
        drawn = PathCollection(
            [shapes[a] for a in some], fc=[faces[a] for a in some], ec=colour, lw=width, joinstyle="miter",
            zorder=1 + remote,
        )  # fmt: skip
        drawn.set_transform(axes.transData)
        axes.add_collection(drawn, autolim=False)
    look = {"ha": "center", "va": "center", "fontsize": size, "zorder": 4, "in_layout": False}
    lost = values < (-np.inf if least is None else -least)
    for a in np.flatnonzero(lost):
        hatched = PathPatch(shapes[a], fill=False, hatch=style.LOSS_HATCH, edgecolor="#777777", linewidth=0, zorder=3)
        axes.add_patch(hatched)
        if middles[a] is not None:
            box = {"boxstyle": "round,pad=0.05", "facecolor": faces[a], "edgecolor": "none"}
            axes.text(*middles[a], _lines(names[a]), color=style.readable_on(faces[a]), bbox=box, **look)
    plain = [a for a in np.flatnonzero(~lost) if middles[a] is not None]
    axes.add_artist(Texts(((middles[a], _lines(names[a]), style.readable_on(faces[a])) for a in plain), **look))
    axes.axis("off")
    handles = [Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=border, linewidth=2.2)]
    labels = [heading(GROUPS[0], language)]
    if least is not None:
        handles.append(Rectangle((0, 0), 1, 1, facecolor="none", edgecolor="#777777", hatch=style.LOSS_HATCH, lw=0.3))
        labels.append(_LOSS[language])
    axes.legend(
        handles=handles, labels=labels, loc="lower left", bbox_to_anchor=(0, 1.0), fontsize=8, borderaxespad=0, ncols=2
    )


def _tiles(axes: Axes, case: Case, inches: float) -> tuple[list, list, float]:
    """One square per area, its middle, and the size of letters that fit."""
    areas = case.tables["areas"]
    column, row = place(areas["latitude"].to_numpy(), areas["longitude"].to_numpy())
    right, bottom = max(column.max(), _FEWEST), max(row.max(), _FEWEST)
    axes.set(xlim=(-0.6, right + 0.6), ylim=(bottom + 0.6, -0.6), aspect="equal")
    middles, size = list(zip(column, row, strict=True)), min(9.0, 13.0 * inches / (max(right, bottom) + 1))
    return [Outline(middle + _SQUARE, closed=True) for middle in middles], middles, size


def _outlined(axes: Axes, case: Case, outlines: Outlines, inches: float) -> tuple[list, list, float]:
    """The outline of each area, its middle where a name has room, and the size of letters."""
    shapes = [outlines[code] for code in case.areas]
    boxes = np.array([shape.get_extents().extents for shape in shapes])
    (left, low), (right, high) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    narrow = np.cos(np.radians((low + high) / 2))
    axes.set(xlim=(left, right), ylim=(low, high), aspect=1 / narrow)
    letter = _SMALL / 72 * max((right - left) * narrow, high - low) / inches  # degrees of latitude, the height of one
    written = [_lines(name).split("\n") for name in short_names(case)]
    rooms = [(0.62 * letter * max(map(len, lines)) / narrow, 1.4 * letter * len(lines)) for lines in written]
    return shapes, _places(boxes, np.array(rooms)), _SMALL


def _places(boxes: Array, rooms: Array) -> list[tuple[float, float] | None]:
    """The middle of each box (left, low, right, high) that has the room for its name, the largest boxes first.

    None where the name is larger than the box or would lie on another name.
    """
    middle, sides = (boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]
    taken: list[int] = []
    for a in np.argsort(-sides.prod(axis=1), kind="stable"):
        apart = (np.abs(middle[taken] - middle[a]) >= (rooms[taken] + rooms[a]) / 2).any(axis=1)
        if (sides[a] >= rooms[a]).all() and apart.all():
            taken.append(int(a))
    return [tuple(middle[a]) if a in set(taken) else None for a in range(len(boxes))]


def _key(
    figure: Picture, maps: Sequence[Axes], scale: Normalize, colours: str | Colormap, write: Callable, words: str
) -> None:
    """The scale below the maps, stretched as their colours are."""
    shades = ScalarMappable(Normalize(0, 1), colours)
    key = figure.colorbar(shades, ax=list(maps), location="bottom", aspect=50, shrink=0.7, pad=0.01)
    key.set_label(words)
    values = AutoLocator().tick_values(scale.vmin, scale.vmax)
    values = values[(values >= scale.vmin) & (values <= scale.vmax)]
    key.set_ticks(scale(values), labels=[write(value) for value in values])


def _ends(axes: Axes, rows: pd.DataFrame, shade: Callable, write: Callable, language: Language) -> None:
    """The areas with most and with least, as bars; all of them where they are few."""
    ranked = rows[rows["value"].notna()].sort_values("value", ascending=False, kind="stable")
    blocks = [ranked] if len(ranked) <= 2 * _SHOWN else [ranked.head(_SHOWN), ranked.tail(_SHOWN)]
    start = 0.0
    for title, block in zip((_MOST, _LEAST), blocks, strict=False):
        axes.text(0, start, title[language], fontweight="bold", va="center")
        y = start + 1 + np.arange(len(block))
        values = block["value"].to_numpy()
        style.bars(axes, 0, y - 0.225, values, 0.45, np.arange(len(block)), fc=shade(values), ec=style.INK, lw=0.4)
        for at, name, value in zip(y, block["name"], block["value"], strict=True):
            axes.text(0, at - 0.42, f"{name}: {write(value)}", fontsize=8, va="center")
        start = y[-1] + 1.5
    axes.set(ylim=(max(start, 1.5 * _SHOWN), -0.6), xlim=(0, max(rows["value"].max(), 1e-9)))
    axes.axis("off")


def _lines(name: str) -> str:
    """A name in lines of at most seven letters, as far as its words allow."""
    return textwrap.fill(name.replace(" - ", " "), 7, break_long_words=False)
