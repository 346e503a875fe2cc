"""Pictures in black and white and for the colour-blind: what lies side by side differs in lightness or hatching."""

import itertools

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb

from planning.inputs.ranges import ranges
from planning.insight.uncertainty import uncertainty
from planning.reports import style
from planning.reports.areamap import change_map
from planning.reports.charts import allocation_by_field, money_by_fund
from planning.reports.pictures.matrices import change_matrix
from planning.reports.pictures.uncertainty import targets_at_risk
from planning.reports.timeline import capital_and_running

# Deuteranopia, severity 1.0, for linear RGB: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-
# based model for simulation of color vision deficiency", IEEE Trans. on Visualization and Computer Graphics 15 (2009).
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
# Linear sRGB to XYZ under D65: IEC 61966-2-1. Lightness and colour difference: CIE 1976 L*a*b*.
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
GREYS_APART, COLOURS_APART = 10.0, 15.0


def linear(colour):
    channels = np.array(to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(light):
    ratio = (XYZ @ light) / XYZ.sum(axis=1)
    cube = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * cube[1] - 16, 500 * (cube[0] - cube[1]), 200 * (cube[1] - cube[2])])


def lightness(colour):
    return lab(linear(colour))[0]


def seen(colour):
    """L*a*b* of a colour as a deuteranope sees it."""
    return lab(np.clip(DEUTERANOPIA @ linear(colour), 0, 1))


def grey_apart(one, two):
    return abs(lightness(one) - lightness(two)) >= GREYS_APART


def colours_apart(one, two):
    return np.linalg.norm(seen(one) - seen(two)) >= COLOURS_APART


def test_the_checks_can_fail():
    assert lightness("white") == pytest.approx(100, abs=0.1)
    assert not grey_apart("#ff0000", "#9c6a00")
    assert not colours_apart("#b06000", "#5f8500")
    assert np.linalg.norm(lab(linear("#b06000")) - lab(linear("#5f8500"))) > 40


def test_neighbours_in_a_stack():
    pairs = itertools.pairwise([*zip(style.SERIES, style.HATCHES, strict=True), (style.SERIES[0], style.HATCHES[0])])
    for (one, hatch), (two, other) in pairs:
        assert hatch != other or grey_apart(one, two), (one, two)
        assert hatch != other or colours_apart(one, two), (one, two)


@pytest.mark.parametrize(
    "pair", [(style.REMOTE, style.REST), (style.GAIN, style.LOSS), (style.SERIES[0], style.REMOTE)]
)
def test_pairs_that_stand_side_by_side(pair):
    assert grey_apart(*pair)
    assert colours_apart(*pair)


def test_a_scale_grows_darker_and_changes_do_so_to_both_sides():
    shades = [lightness(mpl.colormaps[style.SCALE](value)) for value in np.linspace(0, 1, 9)]
    assert all(one - two > 3 for one, two in itertools.pairwise(shades))
    arms = [lightness(style.CHANGES(value)) for value in np.linspace(0, 1, 9)]
    assert all(two - one > 3 for one, two in itertools.pairwise(arms[:5]))
    assert all(one - two > 3 for one, two in itertools.pairwise(arms[4:]))
    assert colours_apart(style.CHANGES(0.25), style.CHANGES(0.75))


def bars(axes):
    """(left, low, right, high), colour and hatch of each bar that has a surface."""
    for layer in axes.collections:
        if isinstance(layer, PolyCollection):
            faces = itertools.cycle(layer.get_facecolor() if layer.get_facecolor().size else [(0, 0, 0, 0)])
            for path, face in zip(layer.get_paths(), faces, strict=False):
                for corners in path.vertices.reshape(-1, 5, 2):
                    if np.ptp(corners, axis=0).all():
                        yield (*corners.min(axis=0), *corners.max(axis=0)), tuple(face), layer.get_hatch()


def touching(axes):
    """Pairs of bars of an axes that share an edge."""
    for one, two in itertools.combinations(bars(axes), 2):
        (a, b, c, d), (e, f, g, h) = one[0], two[0]
        across, down = min(c, g) - max(a, e), min(d, h) - max(b, f)
        width, height = min(c - a, g - e), min(d - b, h - f)
        if (abs(across) < 1e-6 * width and down > 0.1 * height) or (abs(down) < 1e-6 * height and across > 0.1 * width):
            yield one, two


@pytest.mark.parametrize("chart", [allocation_by_field, money_by_fund])
def test_stacks_as_they_are_drawn(chart, communes):
    pairs = [pair for axes in chart(communes, "vi").axes for pair in touching(axes)]
    assert len(pairs) > 10
    for (_, one, one_hatch), (_, two, two_hatch) in pairs:
        if one[3] and two[3]:
            assert grey_apart(one, two) or one_hatch != two_hatch


def test_bars_beside_each_other(communes, plan):
    finding = uncertainty(plan, ranges(plan.case, {"needs": 0.1, "unit_costs": 0.2}), 20)
    for picture in (capital_and_running(communes, "vi"), targets_at_risk(finding, "en")):
        for axes in picture.axes:
            faces = {patch.get_facecolor() for patch in axes.patches if patch.get_height() * patch.get_width()}
            whole = {face for face in (*faces, *(face for _, face, _ in bars(axes))) if face[3] == 1}
            assert len(whole) > 1
            assert all(grey_apart(*pair) and colours_apart(*pair) for pair in itertools.combinations(whole, 2))


def test_losses_without_colour(plan, other):
    cells = change_matrix(plan, other, "en").axes[0]
    written = {tuple(text.get_position()): text.get_text() for text in cells.texts}
    for patch in cells.patches:
        x, y = patch.get_xy()
        coloured = patch.get_facecolor() != mpl.colors.to_rgba(style.PAPER)
        loss = written[(x + 0.5, y + 0.5)].startswith("−")
        assert bool(patch.get_hatch()) == (loss and coloured)
    assert any(patch.get_hatch() for patch in change_map(plan, [other], "en").axes[0].patches)


def test_text_on_every_shade_can_be_read():
    """At least 4.5 to 1 of black or white on the ends and middle of the scales: WCAG 2.2, 1.4.3."""
    shades = [mpl.colormaps[style.SCALE](v) for v in np.linspace(0, 1, 11)] + [style.CHANGES(v) for v in (0, 0.5, 1.0)]
    for colour in map(mpl.colors.to_hex, shades):
        light, dark = sorted((XYZ[1] @ linear(colour), XYZ[1] @ linear(style.readable_on(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) > 3.0, colour
