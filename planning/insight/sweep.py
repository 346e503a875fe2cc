"""A value that is piecewise straight along a level, found exactly: every break, and proof that nothing lies between.

The idea is that of parametric linear programming (Gass and Saaty, 1955), taken from outside the solver: tangents at the
ends of an interval meet where a break may be; the value is worked out there and the halves are looked at alike. Where
the level moves only the bounds of rows the value is concave: a tangent at one end that runs through the other then
proves the line between them, so each break and each piece is looked at about once (Eisner and Severance, 1976). Where
it multiplies what itself moves, as a share of money that is left unspent, the value is a chain of curves; these are
followed until the line between two spots is near enough.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planning.insight.work import Watch, unwatched

TOLERANCE, CURVED = 1e-7, 1e-5


@dataclass(frozen=True, slots=True)
class Spot:
    """The value at a level, and the slope that prices give there: one side's at a break.

    `base` is what the level multiplies and what the value takes as given: between two spots where it is the same the
    value is concave. None where nothing of the kind is known.
    """

    level: float
    value: float
    slope: float
    base: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """An interval between two spots; `straight` where the line between them is a tangent, or its middle lies on it."""

    left: Spot
    right: Spot
    straight: bool

    @property
    def slope(self) -> float:
        """Value for one unit of the level, along the piece."""
        return (self.right.value - self.left.value) / (self.right.level - self.left.level)

    @property
    def off(self) -> float:
        """About how far the value can lie off the line between the ends: where the tangents at both ends meet."""
        width = self.right.level - self.left.level
        one, other = abs(self.left.slope - self.slope), abs(self.right.slope - self.slope)
        return width * one * other / (one + other) if one and other else 0.0

    @property
    def concave(self) -> bool:
        """Whether the value is known to be concave between the ends."""
        one, other = self.left.base, self.right.base
        return one is not None and other is not None and np.allclose(one, other, rtol=TOLERANCE, atol=TOLERANCE)

    @property
    def curved(self) -> bool:
        """Whether what the level multiplies changes in sum, so that the value is no chain of lines."""
        one, other = self.left.base, self.right.base
        return one is None or other is None or not np.isclose(sum(one), sum(other), rtol=TOLERANCE)

    @property
    def on_tangent(self) -> bool:
        """Whether the tangent at one end runs through the other."""
        width = self.right.level - self.left.level
        return any(self.near((self.slope - spot.slope) * width) for spot in (self.left, self.right))

    def corner(self, spot: Spot) -> bool:
        """Whether the tangents at both ends meet in a spot off the line: a break, and straight on either side."""
        apart = (end.value + end.slope * (spot.level - end.level) - spot.value for end in (self.left, self.right))
        return all(map(self.near, apart))

    def on_line(self, spot: Spot, tolerance: float = TOLERANCE) -> bool:
        """Whether a spot lies on the line between the ends."""
        return self.near(self.left.value + self.slope * (spot.level - self.left.level) - spot.value, tolerance)

    def near(self, apart: float, tolerance: float = TOLERANCE) -> bool:
        """Whether so much is nothing beside the value."""
        return abs(apart) <= tolerance * max(abs(self.left.value), abs(self.right.value), 1e-9)


def pieces(
    at: Callable[[float], Spot], low: float, high: float, narrow: float, watch: Watch = unwatched
) -> tuple[Piece, ...]:
    """The pieces of the value from `low` to `high`, in order.

    Not called straight is a piece of a curve, whose middle lies on the line to 1e-5 of the value, and one that is no
    wider than `narrow`.
    """
    left, right = at(low), at(high)
    if high - low <= 0:
        return ()
    todo, done = [Piece(left, right, False)], []
    while todo:
        piece = todo.pop()
        watch(round(100 * (piece.left.level - low) / (high - low)), 100)
        if piece.right.level - piece.left.level <= narrow:
            done.append(piece)
            continue
        if piece.on_tangent and piece.concave:
            done.append(Piece(piece.left, piece.right, True))
            continue
        middle = (piece.left.level + piece.right.level) / 2
        spot = at(middle if piece.on_tangent else _meeting(piece))
        corner = piece.corner(spot)
        if piece.on_line(spot, CURVED) and not corner and spot.level != middle and not piece.concave:
            spot = at(middle)
        if piece.on_line(spot):
            done.append(Piece(piece.left, piece.right, True))
        elif piece.curved and not corner and piece.on_line(spot, CURVED) and piece.near(piece.off, 4 * CURVED):
            done.append(piece)
        else:
            todo += [Piece(spot, piece.right, False), Piece(piece.left, spot, False)]
    watch(100, 100)
    return tuple(_joined(done))


def _meeting(piece: Piece) -> float:
    """Where the tangents at both ends meet; the middle where they do not meet well inside."""
    left, right = piece.left, piece.right
    width = right.level - left.level
    turn = left.slope - right.slope
    if turn:
        part = (right.value - left.value - right.slope * width) / (turn * width)
        if 1e-5 < part < 1 - 1e-5:
            return left.level + part * width
    return left.level + width / 2


def _joined(found: list[Piece]) -> list[Piece]:
    """The pieces without breaks that are none: neighbours on one line are one piece."""
    kept: list[Piece] = []
    inside: list[Spot] = []
    for piece in found:
        if kept and kept[-1].straight and piece.straight:
            both = Piece(kept[-1].left, piece.right, True)
            if all(both.on_line(spot) for spot in (*inside, piece.left)):
                inside.append(piece.left)
                kept[-1] = both
                continue
        inside = []
        kept.append(piece)
    return kept
