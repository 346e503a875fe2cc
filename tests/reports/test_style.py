"""Scales of panels side by side: names stand once, where the eye looks for them."""

import pytest

from planning.reports import style
from planning.reports.lettering import Texts


def named(axes):
    return [name for artist in axes.texts if isinstance(artist, Texts) for _, name, _ in artist.each]


def scaled(count, columns, off=()):
    figure = style.picture("t", "f", 6.0, 4.0)
    panels = style.panels(figure, [str(i) for i in range(count)], columns)
    for i in off:
        panels[i].axis("off")
    for axes in panels:
        if axes.axison:
            style.scale(axes, "x", [0], ["year"])
            style.scale(axes, "y", [0], ["money"])
    return [named(axes) for axes in panels]


@pytest.mark.parametrize(
    ("count", "columns", "off", "wanted"),
    [
        (1, 1, (), [["year", "money"]]),
        (4, 2, (), [["money"], [], ["year", "money"], ["year"]]),
        (3, 2, (), [["money"], ["year"], ["year", "money"]]),
        (3, 1, (2,), [["money"], ["year", "money"], []]),
        (3, 1, (1,), [["money"], [], ["year", "money"]]),
        (2, 2, (0,), [[], ["year", "money"]]),
    ],
)
def test_outer_panels_have_names(count, columns, off, wanted):
    assert scaled(count, columns, off) == wanted
