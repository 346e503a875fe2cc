"""Texts that are kept look as Matplotlib's own, and are kept for the size and the resolution that they were set for."""

import io

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from planning.reports.lettering import Canvas, Texts, widest
from planning.reports.png import opaque_png


def drawn(canvas, turn, text="Chỗ học, đồng"):
    figure = Figure((3, 3), 150)
    figure.text(0.5, 0.5, text, rotation=turn, ha="center", va="center", fontsize=9)
    page = canvas(figure)
    page.draw()
    return np.asarray(page.buffer_rgba())[:, :, 0].astype(float)


@pytest.mark.parametrize("turn", [0, 50, 90])
@pytest.mark.parametrize("text", ["Chỗ học, đồng", "hai dòng\nễ, ệ", "$x^2$"])
def test_a_text_lies_where_matplotlib_puts_it(turn, text):
    ours, theirs = (255 - drawn(canvas, turn, text) for canvas in (Canvas, FigureCanvasAgg))
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.05)
    for axis in (0, 1):
        middles = [np.average(np.arange(ink.shape[axis]), weights=ink.sum(axis=1 - axis)) for ink in (ours, theirs)]
        assert middles[0] == pytest.approx(middles[1], abs=1.0)


def test_measures_are_those_of_matplotlib():
    boxes = []
    for canvas in (Canvas, FigureCanvasAgg):
        figure = Figure((3, 3), 150)
        text = figure.text(0.1, 0.1, "Nhiều nhất\nvà ít nhất", fontsize=12, fontweight="bold")
        boxes.append(text.get_window_extent(canvas(figure).get_renderer()).extents)
    assert boxes[0] == pytest.approx(boxes[1], abs=1e-6)


def test_another_resolution_is_drawn_anew():
    figure = Figure((3, 2), 150)
    canvas = Canvas(figure)
    assert canvas.get_renderer() is canvas.get_renderer()
    figure.dpi = 100
    assert (canvas.get_renderer().width, canvas.get_renderer().dpi) == (300, 100)


EACH = [((0.2, 0.3), "Chỗ học", "black"), ((0.7, 0.8), "hai\ndòng", "#0b3c5d")]


def page(*artists):
    figure = Figure((3, 3), 150)
    for artist in artists:
        artist.set_figure(figure)
        artist.set_transform(figure.transFigure)
        figure.add_artist(artist)
    canvas = Canvas(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()), [artist.get_window_extent() for artist in artists]


def test_several_texts_as_one_artist_look_as_several_artists():
    look = {"ha": "center", "va": "center", "fontsize": 9}
    together, (box,) = page(Texts(EACH, **look))
    apart, boxes = page(*(Text(*place, text, color=colour, **look) for place, text, colour in EACH))
    assert np.array_equal(together, apart)
    assert box.extents == pytest.approx(Bbox.union(boxes).extents)


def test_no_texts_take_no_room():
    assert not np.isfinite(page(Texts([]))[1][0].width)


def test_the_widest_text():
    assert widest([], 9) == 0
    assert widest(["1", "1.000"], 9) == widest(["1.000"], 9) > 2 * widest(["1"], 9)


def test_a_png_holds_every_point():
    image = np.random.default_rng(1).integers(0, 256, (7, 5, 4), np.uint8)
    image[:, :, 3] = 255
    with Image.open(io.BytesIO(opaque_png(image, 150))) as read:
        assert (read.mode, read.size) == ("RGB", (5, 7))
        assert read.info["dpi"] == pytest.approx((150, 150), rel=1e-3)
        assert np.array_equal(np.asarray(read), image[:, :, :3])
