"""Pieces of a value: every break of a straight-line value is found, and what is curved is not called straight."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.insight.sweep import Piece, Spot, pieces

LINES = st.lists(st.tuples(st.integers(-50, 50), st.integers(-20, 20)), min_size=1, max_size=6)


def lowest(lines):
    """The concave value min(b + s·level) and a slope of it."""

    def at(level):
        value, slope = min((b + s * level, s) for b, s in lines)
        asked.append(level)
        return Spot(level, value, slope)

    asked: list[float] = []
    at.asked = asked
    return at


@settings(max_examples=60)
@given(lines=LINES)
def test_every_break_of_a_concave_value_is_found(lines):
    at = lowest(lines)
    found = pieces(at, 0.0, 10.0, 1e-6)
    assert len(at.asked) <= 2 * len(lines) + 1
    for level in np.linspace(0.01, 9.99, 53):
        piece = next(piece for piece in found if piece.left.level <= level <= piece.right.level)
        on_line = piece.left.value + piece.slope * (level - piece.left.level)
        assert on_line == pytest.approx(at(level).value, abs=1e-4)


def test_breaks_of_a_value_worked_by_hand():
    found = pieces(lowest([(0, 2), (6, 0), (20, -2)]), 0.0, 10.0, 1e-6)
    assert [piece.left.level for piece in found] == pytest.approx([0, 3, 7])
    assert [piece.slope for piece in found] == pytest.approx([2, 0, -2])
    assert all(piece.straight for piece in found)


def test_a_curve_is_not_called_straight():
    found = pieces(lambda level: Spot(level, 1 - level**2, -2 * level), 0.0, 1.0, 0.01)
    assert not any(piece.straight for piece in found)
    assert all(piece.right.level - piece.left.level <= 0.01 for piece in found)


def test_wrong_slopes_only_cost_time():
    """Slopes are hints: with none the breaks are still enclosed within the narrowest piece."""
    at = lowest([(0, 2), (6, 0)])
    found = pieces(lambda level: Spot(level, at(level).value, 0.0), 0.0, 10.0, 1e-3)
    assert any((piece.left.level <= 3 <= piece.right.level and piece.right.level - piece.left.level < 2e-3) or
               piece.left.level == pytest.approx(3) for piece in found)  # fmt: skip


def test_a_break_is_found_although_earlier_goals_bend_the_slopes():
    """Up by 6 to 0.69, then flat; the slopes say 12 and 3, so that tangents meet next to an end, near any line."""

    def at(level):
        return Spot(level, 4 + 6 * min(level, 0.69), 12.0 if level < 0.69 else 3.0, (1 - level,))

    found = pieces(at, 0.5, 1.5, 1e-4)
    assert any(abs(piece.left.level - 0.69) <= 1e-4 for piece in found)
    for level in np.linspace(0.5, 1.5, 101)[1:-1]:
        piece = next(piece for piece in found if piece.left.level <= level <= piece.right.level)
        on_line = piece.left.value + piece.slope * (level - piece.left.level)
        assert on_line == pytest.approx(at(level).value, abs=1e-3)


def test_how_far_a_piece_may_be_off_its_line():
    """Up by 3 for one, then down by 1: the corner at (1, 3) stands 2 above the line from (0, 0) to (2, 2)."""
    piece = Piece(Spot(0.0, 0.0, 3.0), Spot(2.0, 2.0, -1.0), straight=False)
    assert piece.off == pytest.approx(2.0)
    assert Piece(Spot(0.0, 0.0, 1.0), Spot(2.0, 2.0, 1.0), straight=True).off == 0.0
