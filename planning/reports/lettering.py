"""Texts of pictures, each set and measured once in a process, however often it is drawn, in whichever picture."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import cos, radians, sin
from typing import Any, Self

from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg, get_hinting_flag
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from planning.inputs.case import Array

_KEPT = 4096  # texts


class Canvas(FigureCanvasAgg):
    """A canvas that draws with kept texts."""

    renderer: "_Renderer | None" = None

    def get_renderer(self) -> RendererAgg:
        """What draws, the same for as long as the figure keeps its size and resolution."""
        size, dpi = self.get_width_height(physical=True), self.figure.dpi
        if self.renderer is None or (self.renderer.width, self.renderer.height, self.renderer.dpi) != (*size, dpi):
            self.renderer = _Renderer(*size, dpi)
        return self.renderer

    def let_go(self) -> None:
        """Forget the image, which the texts of the figure would hold for as long as they are there."""
        if self.renderer:
            vars(self.renderer).update(vars(_Renderer(1, 1, self.renderer.dpi)))
            self.renderer = None


class Texts(Text):
    """Texts of one look, each at its place and in its colour, as one artist: made far sooner than one for each."""

    def __init__(self, each: Iterable[tuple[tuple[float, float], str, str]], **look: Any) -> None:
        """`each` is a place, a text and a colour; `look` is what `Text` takes."""
        super().__init__(clip_on=False, **look)
        self.each = list(each)

    def draw(self, renderer: RendererAgg) -> None:
        """Draw all of them."""
        for one in self._in_turn():
            super(Texts, one).draw(renderer)

    def extents(self, renderer: RendererAgg | None = None) -> list[Bbox]:
        """The box of each, in pixels."""
        return [super(Texts, one).get_window_extent(renderer) for one in self._in_turn()]

    def get_window_extent(self, renderer: RendererAgg | None = None, dpi: float | None = None) -> Bbox:
        """The box round all of them, in pixels."""
        return Bbox.union(self.extents(renderer)) if self.each else Bbox.null()

    def get_tightbbox(self, renderer: RendererAgg | None = None) -> Bbox:
        """The same, for the layout."""
        return self.get_window_extent(renderer)

    def _in_turn(self) -> Iterator[Self]:
        for place, text, colour in self.each:
            self.set_position(place)
            self.set_text(text)
            self.set_color(colour)
            yield self


def widest(texts: Iterable[str], points: float) -> float:
    """The width in points of the longest of the texts in the letters that pictures have."""
    file = _file(FontProperties())
    return max((_set(text, file, points, 72)[0][0] for text in texts), default=0.0)


class _Renderer(RendererAgg):
    """Matplotlib's own, but for plain upright texts, which begin at a whole pixel: one image of each is enough."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        return super().get_text_width_height_descent(s, prop, ismath) if ismath else self._text(s, prop)[0]

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: FontProperties, angle: float, ismath: Any = False,
        mtext: Any = None,
    ) -> None:  # fmt: skip
        if ismath or angle % 90:
            super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
            return
        (_, _, descent), image, left = self._text(s, prop)
        across, up = cos(radians(angle)), sin(radians(angle))
        below = descent + 1  # an image is placed by the row after its last
        corner = round(x + left * across + below * up), round(y - left * up + below * across)
        self._renderer.draw_text_image(image, *corner, angle, gc)

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return _height(_file(prop), prop.get_size_in_points() * self.dpi / 72)

    def _text(self, text: str, prop: FontProperties) -> tuple[tuple[float, float, float], Array, float]:
        return _set(text, _file(prop), prop.get_size_in_points(), self.dpi)


@lru_cache
def _file(prop: FontProperties) -> str:
    return fontManager.findfont(prop)


@lru_cache(maxsize=_KEPT)
def _set(text: str, file: str, points: float, dpi: float) -> tuple[tuple[float, float, float], Array, float]:
    """Width, height and descent of a text in pixels, its image, and how far right of the text's place that begins."""
    font = get_font(file)
    font.clear()
    font.set_size(points, dpi)
    font.set_text(text, 0.0, flags=get_hinting_flag())
    font.draw_glyphs_to_bitmap(antialiased=True)
    width, height, descent = (length / 64 for length in (*font.get_width_height(), font.get_descent()))
    return (width, height, descent), font.get_image().copy(), font.get_bitmap_offset()[0] / 64


@lru_cache
def _height(file: str, size: float) -> tuple[float, float, float]:
    """Ascent, descent and gap between lines of a font of so many pixels."""
    font: FT2Font = get_font(file)
    table, unit = font.get_sfnt_table("OS/2"), size / font.units_per_EM
    if table is None:
        raise ValueError(f"{file} has no table OS/2")
    return table["sTypoAscender"] * unit, -table["sTypoDescender"] * unit, table["sTypoLineGap"] * unit
