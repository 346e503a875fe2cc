"""A value that is piecewise straight along a level, found exactly: every break, and proof that nothing lies between.

The idea is that of parametric linear programming (Gass and Saaty, 1955), taken from outside the solver: tangents at the
ends of an interval meet where a break may be; the value is worked out there and the halves are looked at alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

from planning.insight.work import Watch, unwatched

TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class Spot:
    """The value at a level, and the slope that prices give there: one side's at a break, so no more than a hint."""

    level: float
    value: float
    slope: float


@dataclass(frozen=True, slots=True)
class Piece:
    """An interval between two spots; `straight` where its middle was worked out and lies on the line between them."""

    left: Spot
    right: Spot
    straight: bool

    @property
    def slope(self) -> float:
        """Value for one unit of the level, along the piece."""
        return (self.right.value - self.left.value) / (self.right.level - self.left.level)

    @property
    def off(self) -> float:
        """How far a concave value can lie above the line between the ends: where the tangents at both ends meet."""
        rise, fall = self.left.slope - self.slope, self.slope - self.right.slope
        width = self.right.level - self.left.level
        return width * rise * fall / (rise + fall) if rise > 0 and fall > 0 else 0.0

    def on_line(self, spot: Spot) -> bool:
        """Whether a spot lies on the line between the ends, to 1e-7 of the value."""
        apart = self.left.value + self.slope * (spot.level - self.left.level) - spot.value
        return abs(apart) <= TOLERANCE * max(abs(self.left.value), abs(self.right.value), 1e-9)


def pieces(
    at: Callable[[float], Spot], low: float, high: float, narrow: float, watch: Watch = unwatched
) -> tuple[Piece, ...]:
    """The pieces of the value from `low` to `high`, in order.

    A piece that is still not straight when it is no wider than `narrow` is left as it is and not called straight.
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
        middle = (piece.left.level + piece.right.level) / 2
        spot = at(_meeting(piece))
        if piece.on_line(spot) and spot.level != middle:
            spot = at(middle)
        if piece.on_line(spot):
            done.append(Piece(piece.left, piece.right, True))
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
