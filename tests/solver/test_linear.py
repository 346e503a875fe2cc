"""A linear programme as arrays, by hand."""

import numpy as np
import pytest

from planning.model.entries import Entries
from planning.solver.linear import Linear


def programme(value: list[float]) -> Linear:
    """Two rows ≤ 1, each of one of the two columns."""
    matrix = Entries(np.array([0, 1]), np.array([0, 1]), np.array(value))
    no = np.zeros(2, bool)
    return Linear(matrix, np.full(2, -np.inf), np.ones(2), no, no, 2)


@pytest.mark.parametrize("small", [1.0, 1e-6, 1e-13])
def test_a_price_is_felt_however_small_what_the_row_counts(small):
    """A row of a small area beside one of the whole country: its price is judged by its own columns."""
    lp = programme([1.0, 1.0])
    gain, price = np.array([1.0, small]), np.array([0.5, 0.5 * small])
    left, _ = lp.judged(gain, price)
    assert lp.felt(left, price).tolist() == [True, True]


def test_a_price_of_rounding_is_not_felt():
    lp = programme([1.0, 1.0])
    gain, price = np.array([1.0, 1.0]), np.array([0.5, 1e-12])
    left, _ = lp.judged(gain, price)
    assert lp.felt(left, price).tolist() == [True, False]


def test_prices_bound_what_any_allocation_gains():
    """max x₀ + 2·x₁, x₀ ≤ 1, 2·x₁ ≤ 1: with prices 1 and 1 nothing is left, and no x gains more than 2."""
    lp = programme([1.0, 2.0])
    price = np.array([1.0, 1.0])
    left, sign = lp.judged(np.array([1.0, 2.0]), price)
    assert sign.tolist() == [0.0, 0.0]
    assert lp.bound(left, price) == pytest.approx(2.0)
    assert lp.missed(np.array([1.5, 0.5])).tolist() == [0.5, 0.0]
