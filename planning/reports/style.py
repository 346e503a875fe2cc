"""The one look of every picture: colours that the colour-blind and a black-and-white printer can tell apart."""

import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from matplotlib.ticker import FuncFormatter, MaxNLocator

from planning import numbers
from planning.disk import write_files
from planning.numbers import MoneyUnit
from planning.reports.lettering import Canvas, Texts, widest
from planning.reports.png import opaque_png
from planning.vocabulary import Language

INK, FAINT, PAPER = "#222222", "#d9d9d9", "white"
REMOTE, REST = "#c44e00", "#17456f"
SCALE = "YlGnBu"
GAIN, LOSS = REST, REMOTE
LOSS_HATCH = "////"  # on paper without colour a loss is known by its hatching
CHANGES = LinearSegmentedColormap.from_list("changes", [LOSS, "#f7f7f7", GAIN])
# Hue for the eye, lightness and hatching for the copier: neighbours in a stack differ in all three.
SERIES = ("#0b3c5d", "#e6a532", "#2a9d8f", "#d1495b", "#a7c6ed", "#6a4c93", "#d9d3c0")
HATCHES = ("", "", "///", "", "...", "xx", "")
DPI = 150
_CORNERS = np.array([Outline.MOVETO, Outline.LINETO, Outline.LINETO, Outline.LINETO, Outline.CLOSEPOLY])
OVER_LINES = {"boxstyle": "square,pad=0.05", "facecolor": PAPER, "edgecolor": "none"}
LOOK = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "hatch.linewidth": 0.5,
    "figure.facecolor": PAPER,
    "legend.frameon": False,
    "savefig.dpi": DPI,
}


class Picture(Figure):
    """A figure that shows itself in a notebook; its title and what it `says` stand for it where it cannot be seen."""

    says = ""

    @property
    def alt(self) -> str:
        """The text for readers who cannot see the picture."""
        return " ".join(f"{self.get_suptitle()} {self.says}".split())

    _drawn = b""

    def png(self) -> bytes:
        """The picture as a PNG file, drawn anew only after it was changed."""
        if self.stale or not self._drawn:
            self._drawn, self.stale = self._draw(), False
        return self._drawn

    def _draw(self) -> bytes:
        """As `savefig` does it, which draws every picture twice to lay it out; nothing in them is see-through."""
        dpi, self.dpi = self.dpi, DPI
        for axes in self.axes:
            _leave_out(axes)
        try:
            with mpl.rc_context(LOOK):
                canvas = Canvas(self)
                canvas.draw()
        finally:
            self.dpi = dpi
        image = opaque_png(np.asarray(canvas.buffer_rgba()), DPI)
        canvas.let_go()
        return image

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        return {"image/png": self.png(), "text/plain": self.alt}, {
            "image/png": {"alt": self.alt, "width": round(self.get_figwidth() * 100)}
        }


def _leave_out(axes: Axes) -> None:
    """Spare the layout what it need not look at: spines, beyond which ticks reach, and labels without a word."""
    for spine in axes.spines.values():
        spine.set_in_layout(False)
    for axis in (axes.xaxis, axes.yaxis):
        if not axis.get_label_text():
            axis.set_label_coords(0, 0)


def write_pictures(folder: Path | str, pictures: Mapping[str, Picture]) -> tuple[Path, ...]:
    """Write pictures as <name>.png, all of them or none; returns their paths. Raises OutputError."""
    return write_files(folder, {f"{name}.png": picture.png() for name, picture in pictures.items()})


def picture(title: str, footer: str, width: float, height: float) -> Picture:
    """An empty picture (inches) with a title that wraps instead of being cut, and a footer."""
    figure = Picture(figsize=(width, height), layout="constrained")
    title, footer = textwrap.fill(title, int(width * 9)), textwrap.fill(footer, int(width * 16))
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, fontweight="bold")
    figure.supxlabel(footer, x=0.01, ha="left", fontsize=7, color="#555555")
    return figure


def panels(figure: Picture, titles: Sequence[str], columns: int, legend_above: bool = False) -> list[Axes]:
    """Axes side by side, one per title, with shared scales; a lone panel needs no title of its own."""
    columns = min(len(titles), columns)
    grid = figure.subplots(-(-len(titles) // columns), columns, squeeze=False, sharex=True, sharey=True).ravel()
    for axes in grid[len(titles) :]:
        axes.remove()
    if len(titles) > 1:
        for axes, title in zip(grid, titles, strict=False):
            axes.set_title(textwrap.fill(title, 32), fontsize=10, loc="left", pad=22 if legend_above else 6)
    return list(grid[: len(titles)])


def bars(axes: Axes, left: Any, bottom: Any, width: Any, height: Any, look_of: Any = 0, **look: Any) -> None:
    """Bars (n,) from their lower left corners; those of one number in `look_of` are one outline, hatched but once.

    Where there are several, colours in `look` are lists with one for each number.
    """
    left, bottom, width, height, look_of = np.broadcast_arrays(left, bottom, width, height, look_of)
    right, top = left + width, bottom + height
    corners = np.stack([left, bottom, right, bottom, right, top, left, top, left, bottom], axis=1).reshape(-1, 5, 2)
    shapes = [corners[look_of == number].reshape(-1, 2) for number in range(look_of.max(initial=0) + 1)]
    drawn = PolyCollection([], joinstyle="miter", **look)
    drawn.set_verts_and_codes(shapes, [np.resize(_CORNERS, len(shape)) for shape in shapes])
    drawn.sticky_edges.y.extend(np.unique(bottom).tolist())
    axes.add_collection(drawn)


def scale(
    axes: Axes, side: Literal["x", "y"], places: Any, names: Sequence[object], lines: bool = True, points: float = 5,
    **look: Any,
) -> None:  # fmt: skip
    """Names at places below or left of the axes, with faint lines across: what ticks are for, but made far sooner.

    Where axes share the scale only the outer ones have names (call this once all of them are drawn or switched off).
    """
    across = side == "x"
    (axes.xaxis if across else axes.yaxis).set_ticks([])
    if _is_outer(axes, across):
        beside, va, ha = (axes.get_xaxis_text1_transform if across else axes.get_yaxis_text1_transform)(points)
        each = [
            ((place, 0) if across else (0, place), str(name), INK) for place, name in zip(places, names, strict=True)
        ]
        axes.add_artist(Texts(each, transform=beside, va=va, ha=ha, **look))
        if not across:
            axes.yaxis.labelpad = points + 4 + widest((name for _, name, _ in each), LOOK["font.size"])
    if lines:
        ends = [[(place, 0), (place, 1)] if across else [(0, place), (1, place)] for place in places]
        over = axes.get_xaxis_transform() if across else axes.get_yaxis_transform()
        drawn = LineCollection(ends, colors=FAINT, linewidths=0.8, transform=over, zorder=0.5)
        axes.add_collection(drawn, autolim=False)


def _is_outer(axes: Axes, across: bool) -> bool:
    """True where no panel that shares the scale, and has one, stands below the axes, or left of them."""
    shared = (axes.get_shared_x_axes if across else axes.get_shared_y_axes)().get_siblings(axes)
    own, others = axes.get_subplotspec(), [other.get_subplotspec() for other in shared if other.axison]
    if across:
        return all(other.rowspan.stop <= own.rowspan.stop for other in others if other.colspan == own.colspan)
    return all(other.colspan.start >= own.colspan.start for other in others if other.rowspan == own.rowspan)


def money_scale(axes: Axes, side: Literal["x", "y"], language: Language, unit: MoneyUnit) -> None:
    """Round amounts in million VND along a side, written in `unit`, within the limits that the axes have now."""
    places = steps(axes, side)
    scale(axes, side, places, [numbers.number(place / unit.million, language) for place in places])


def percent_scale(axes: Axes, side: Literal["x", "y"], language: Language) -> None:
    """Round shares along a side, within the limits that the axes have now."""
    places = steps(axes, side)
    scale(axes, side, places, [numbers.percent(place, language, 0) for place in places])


def steps(axes: Axes, side: Literal["x", "y"], most: int = 8) -> list[float]:
    """Round figures within the limits of a side, with at most so many steps between them."""
    low, high = sorted(axes.get_xlim() if side == "x" else axes.get_ylim())
    values = MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(low, high)
    return values[(values >= low) & (values <= high)].tolist()


def readable_on(colour: str) -> str:
    """Black or white, whichever can be read on the colour."""
    red, green, blue = to_rgb(colour)
    return INK if 0.3 * red + 0.59 * green + 0.11 * blue > 0.5 else PAPER


def money_axis(language: Language, unit: MoneyUnit) -> FuncFormatter:
    """Ticks for money in million VND, written in `unit`."""
    return FuncFormatter(lambda value, _: numbers.number(value / unit.million, language))


def percent_axis(language: Language) -> FuncFormatter:
    """Ticks for shares."""
    return FuncFormatter(lambda value, _: numbers.percent(value, language, 0))
