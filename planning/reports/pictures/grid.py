"""A grid of cells, each with its figure written into it: the part that all matrices share."""

import textwrap
from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, Normalize, to_hex

from planning.reports import style

ROW, COLUMN = 0.22, 0.62  # inches of one cell
FRAME = (3.4, 3.4)  # inches beside and above the cells: names of rows, names of columns with title and footer


def size(rows: int, columns: int, panels: int = 1, narrow: bool = False) -> tuple[float, float]:
    """Width and height in inches of a picture with one grid, or several of the same rows beside each other."""
    beside, above = FRAME
    return max(beside + panels * max(columns, 2) * (COLUMN if not narrow else 0.85 * COLUMN), 7.0), above + ROW * max(rows, 3)


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
    """Cells coloured by `values` (rows × columns, NaN stays white) with what is `written`; `plain` columns without colour.

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
            text.set_bbox({"boxstyle": "round,pad=0.1", "facecolor": face, "edgecolor": "none"})
        if j in plain:
            text.set_fontweight("bold")
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(columns)), [textwrap.shorten(name, 40, placeholder="…") for name in columns], fontsize=7.5)
    for label in axes.get_xticklabels():
        label.set(rotation=50, ha="left", va="bottom", rotation_mode="anchor")
    axes.set_yticks(range(len(rows)), [textwrap.shorten(name, 46, placeholder="…") for name in rows], fontsize=7.5)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
