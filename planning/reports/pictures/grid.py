"""A grid of cells, each with its figure written into it: the part that all matrices share."""

import textwrap
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize, to_hex

from planning.reports import style

ROW, COLUMN = 0.22, 0.62  # inches of one cell
LETTER = 0.055  # inches of one letter of a name
_LONGEST = (60, 48)  # letters of the names of rows and of columns; longer ones are cut


def size(rows: Sequence[str], columns: Sequence[str], panels: int = 1) -> tuple[float, float]:
    """Width and height in inches of a picture with a grid of these rows and columns, or several beside each other."""
    beside, above = (
        min(max(map(len, names), default=0), most) * LETTER
        for names, most in zip((rows, columns), _LONGEST, strict=True)
    )
    cell = COLUMN if panels == 1 else 0.85 * COLUMN
    return max(1.0 + beside + panels * max(len(columns), 2) * cell, 7.0), 1.3 + above + ROW * max(len(rows), 3)


def draw(
    axes: Axes,
    values: np.ndarray,
    written: Sequence[Sequence[str]],
    rows: Sequence[str],
    columns: Sequence[str],
    scale: Normalize,
    colours: Colormap,
    plain: Sequence[int] = (),
) -> None:
    """Cells coloured by `values` (rows × columns, NaN stays white) with what is `written`, `plain` columns without.

    A cell below 0 is hatched, so that a loss is seen on paper without colour.
    """
    shown = values.astype(float).copy()
    shown[:, list(plain)] = np.nan
    for i, j in np.ndindex(shown.shape):
        empty = np.isnan(shown[i, j])
        face = style.PAPER if empty else to_hex(colours(scale(shown[i, j])))
        hatch = style.LOSS_HATCH if not empty and shown[i, j] < 0 and written[i][j] else ""
        axes.add_patch(
            mpl.patches.Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=face, edgecolor=style.PAPER, lw=0.8, hatch=hatch)
        )
        text = axes.text(j, i, written[i][j], ha="center", va="center", fontsize=6.5, color=style.readable_on(face))
        if hatch:
            text.set_bbox({"boxstyle": "round,pad=0.2", "facecolor": face, "edgecolor": "none"})
        if j in plain:
            text.set_fontweight("bold")
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(columns)), _cut(columns, _LONGEST[1]), fontsize=7.5)
    for label in axes.get_xticklabels():
        label.set(rotation=50, ha="left", va="bottom", rotation_mode="anchor")
    axes.set_yticks(range(len(rows)), _cut(rows, _LONGEST[0]), fontsize=7.5)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _cut(names: Sequence[str], most: int) -> list[str]:
    return [textwrap.shorten(name, most, placeholder="…") for name in names]
