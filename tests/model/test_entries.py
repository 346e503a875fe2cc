"""Entries in coordinate form, put in order and told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.model.entries import Entries, added_up, alike, places, scaled


@st.composite
def entries(draw, rows: int, columns: int):
    size = draw(st.integers(0, 60))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    row, column = chance.integers(0, rows, size), chance.integers(0, columns, size)
    if draw(st.booleans()):
        row = np.sort(row)
    return Entries(row, column, chance.integers(1, 9, size).astype(float))


def dense(some: Entries, rows: int, columns: int) -> np.ndarray:
    table = np.zeros((rows, columns))
    np.add.at(table, (some.row, some.column), some.value)
    return table


@pytest.mark.parametrize(("rows", "columns"), [(3, 4), (40, 50), (200_000, 3)])
@given(data=st.data())
def test_repeats_are_added_up_in_row_order(rows, columns, data):
    """Whether the places fit into a table, or are sorted by one digit or by two."""
    some = data.draw(entries(rows, columns))
    found = added_up(some, rows, columns)
    key = found.row * columns + found.column
    assert (key[1:] > key[:-1]).all()
    assert (dense(found, rows, columns) == dense(some, rows, columns)).all()


def test_entries_in_order_stay_as_they_are():
    some = Entries(np.array([0, 0, 5]), np.array([1, 2, 0]), np.ones(3))
    assert added_up(some, 6, 1000) is some


def test_rows_are_divided_by_their_largest_coefficient():
    found, scale = scaled(Entries(np.array([0, 0, 2]), np.array([0, 1, 1]), np.array([2.0, -4.0, 0.5])), 3)
    assert scale.tolist() == [4.0, 1.0, 0.5]
    assert found.value.tolist() == [0.5, -1.0, 1.0]


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([0.5, -1.0])), max_size=30))
def test_keys_alike_get_one_number_in_order_of_appearance(pairs):
    first, second = (np.array([pair[i] for pair in pairs]) for i in (0, 1))
    number = alike(first, second).tolist()
    seen = list(dict.fromkeys(pairs))
    assert number == [seen.index(pair) for pair in pairs]


def test_places_within_runs():
    place, first = places(np.array([2, 2, 2, 5, 7, 7]))
    assert place.tolist() == [0, 1, 2, 0, 0, 1]
    assert first.tolist() == [0, 0, 0, 3, 4, 4]
