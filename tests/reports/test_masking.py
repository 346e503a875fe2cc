"""Masked counts stay hidden: what the published figures leave open is counted out by hand and by linear programmes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import PlanningError
from planning.reports.masking import left_open, masks
from tests.languages import vietnamese

SEEDS = (1, 6, 10, 19, 21, 23)  # so drawn that few enough cells are masked to count out every table


def table_of(inner):
    """Cells of a table with row totals, column totals and the total of all, and their relations."""
    rows, columns = inner.shape
    whole = np.vstack([np.hstack([inner, inner.sum(axis=1, keepdims=True)]), [*inner.sum(axis=0), inner.sum()]])
    at = np.arange(whole.size).reshape(whole.shape)
    relations = [(at[r, columns], tuple(at[r, :columns])) for r in range(rows + 1)]
    relations += [(at[rows, c], tuple(at[:rows, c])) for c in range(columns + 1)]
    return whole.ravel(), relations


def counted_out(counts, relations, hidden, most):
    """Every value up to `most` that each masked cell takes in some whole table that agrees with what is published."""
    cells = np.flatnonzero(hidden)
    guesses = 1 + np.indices([most] * cells.size).reshape(cells.size, -1)
    trials = np.repeat(counts[:, None], guesses.shape[1], axis=1)
    trials[cells] = guesses
    fits = np.all([trials[total] == trials[list(parts)].sum(axis=0) for total, parts in relations], axis=0)
    return {cell: set(trials[cell, fits].tolist()) for cell in cells}


def test_a_column_with_one_small_count_hides_the_cheapest_companion():
    counts, relations = np.array([3, 40, 9, 52]), [(3, (0, 1, 2))]
    assert masks(counts, relations).tolist() == [True, False, True, False]
    assert left_open(counts, relations, np.array([True, False, True, False]))[[0, 2]].tolist() == [[1, 11], [1, 11]]


def test_one_small_count_alone_is_given_away_by_the_total():
    counts, relations = np.array([3, 40, 9, 52]), [(3, (0, 1, 2))]
    assert left_open(counts, relations, np.array([True, False, False, False]))[0].tolist() == [3, 3]


def test_two_ones_hide_each_other_from_nobody():
    counts, relations = np.array([1, 1, 60, 62]), [(3, (0, 1, 2))]
    hidden = masks(counts, relations)
    assert hidden.tolist() == [True, True, True, False]


def test_noughts_and_large_counts_are_published():
    assert not masks(np.array([0, 5, 60, 65]), [(3, (0, 1, 2))]).any()


def test_where_all_is_small_the_total_is_masked_too():
    assert masks(np.array([1, 2, 3]), [(2, (0, 1))]).tolist() == [True, True, True]


@pytest.mark.parametrize("seed", SEEDS)
def test_tables_counted_out_by_hand_leave_every_masked_cell_open(seed):
    rng = np.random.default_rng(seed)
    inner = np.where(rng.random((2, 3)) < 0.4, rng.integers(1, 4, (2, 3)), rng.integers(4, 9, (2, 3)))
    counts, relations = table_of(inner)
    hidden = masks(counts, relations, threshold=3)
    assert hidden[(counts > 0) & (counts < 3)].all()
    assert 0 < hidden.sum() <= 5
    spans = left_open(counts, relations, hidden)
    for cell, values in counted_out(counts, relations, hidden, most=14).items():
        assert max(values) - min(values) >= 3, (cell, values)
        if spans[cell, 1] <= 14:
            assert (min(values), max(values)) == pytest.approx(tuple(spans[cell]))


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=6))
def test_any_table_leaves_every_masked_cell_an_interval_of_the_threshold(rows):
    counts, relations = table_of(np.array(rows))
    hidden = masks(counts, relations)
    spans = left_open(counts, relations, hidden)
    assert (spans[hidden, 1] - spans[hidden, 0] >= 5 - 1e-6).all()
    assert not hidden[counts == 0].any()


def test_totals_that_do_not_add_up_are_refused():
    with pytest.raises(PlanningError, match="a total of 4000 is not the sum of its parts; nothing") as refusal:
        masks(np.array([1, 2, 4000]), [(2, (0, 1))])
    assert vietnamese(refusal.value) == "tổng 4.000 không bằng các phần của nó cộng lại; chưa công khai gì"


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 12)), min_size=1, max_size=14))
def test_areas_in_two_groups_stay_open(areas):
    remote = np.array([one for one, _ in areas])
    values = np.array([count for _, count in areas])
    size = values.size
    groups = [values[remote].sum(), values[~remote].sum()]
    counts = np.array([*values, *groups, values.sum()])
    relations = [(size, tuple(np.flatnonzero(remote))), (size + 1, tuple(np.flatnonzero(~remote)))]
    relations.append((size + 2, (size, size + 1)))
    hidden = masks(counts, relations)
    spans = left_open(counts, relations, hidden)
    assert (spans[hidden, 1] - spans[hidden, 0] >= 5 - 1e-6).all()
    assert hidden[(counts > 0) & (counts < 5)].all()
