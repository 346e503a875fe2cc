"""A tile map: every area one square of a grid, near where it lies, none on another.

Small crowded wards and large empty communes get the same room, so that each can be read. The same coordinates give the
same map.
"""

import numpy as np

from planning.inputs.case import Array

_ROOM = 1.3  # squares per area: the more, the truer the outline; the fewer, the larger the squares
_SPREAD = 0.6  # 0 keeps true distances, 1 spreads crowded places until all are equally far apart


def place(latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """(A,) column and (A,) row of each area's square; row 0 lies furthest north.

    Squares are given out from the middle, then two areas (or an area and an empty square) change places as long as that
    brings areas nearer to where they belong.
    """
    across = np.asarray(longitude, float) * np.cos(np.radians(np.mean(latitude)))
    down = -np.asarray(latitude, float)
    width, height = max(np.ptp(across), 1e-9), max(np.ptp(down), 1e-9)
    wish = np.column_stack([_spread(across), _spread(down)])
    columns, rows = _grid(len(wish), width / height)
    wish *= np.array([columns - 1, rows - 1])
    squares = np.column_stack([np.tile(np.arange(columns), rows), np.repeat(np.arange(rows), columns)])
    distance = ((wish[:, None, :] - squares[None, :, :]) ** 2).sum(axis=2)
    square = _improved(distance, _from_the_middle(distance, wish))
    column, row = squares[square].T
    return column - column.min(), row - row.min()


def _spread(values: Array) -> Array:
    """Positions between 0 and 1: partly as they are, partly by their order."""
    span = np.ptp(values)
    true = (values - values.min()) / span if span else np.full(values.size, 0.5)
    order = np.argsort(np.argsort(values, kind="stable"), kind="stable") / max(values.size - 1, 1)
    return (1 - _SPREAD) * true + _SPREAD * order


def _grid(areas: int, shape: float) -> tuple[int, int]:
    """Columns and rows with room for all areas, about `shape` times as wide as high."""
    shape = min(max(shape, 0.5), 2.0)
    columns = max(int(np.ceil(np.sqrt(_ROOM * areas * shape))), 1)
    return columns, max(int(np.ceil(_ROOM * areas / columns)), 1)


def _from_the_middle(distance: Array, wish: Array) -> Array:
    """(A,) a free square for each area, those in the middle choosing first."""
    square = np.empty(len(wish), dtype=int)
    free = distance.copy()
    for area in np.argsort(((wish - wish.mean(axis=0)) ** 2).sum(axis=1), kind="stable"):
        square[area] = np.argmin(free[area])
        free[:, square[area]] = np.inf
    return square


def _improved(distance: Array, square: Array) -> Array:
    """The squares after the best exchanges; an empty square takes part like an area that is at home everywhere."""
    areas, squares = distance.shape
    cost = np.vstack([distance, np.zeros((squares - areas, squares))])
    at = np.concatenate([square, np.setdiff1d(np.arange(squares), square)])
    for _ in range(20 * squares):
        here = cost[:, at]
        gain = here.diagonal()[:, None] + here.diagonal()[None, :] - here - here.T
        first, second = np.unravel_index(np.argmax(gain), gain.shape)
        if gain[first, second] <= 1e-9:
            break
        at[[first, second]] = at[[second, first]]
    return at[:areas]
