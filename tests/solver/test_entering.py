"""What rows of single areas ask for, by hand."""

import numpy as np
import pytest

from planning.model.entries import Entries, alike
from planning.solver.entering import alone, asked, evens, sharing, tied
from planning.solver.linear import Linear

# Two areas of three columns each: a floor for each (rows 0, 1; they wait), a link over the last two of the first (2).
MATRIX = Entries(
    np.array([0, 0, 0, 1, 1, 1, 2, 2]), np.array([0, 1, 2, 3, 4, 5, 1, 2]), np.array([1, 0.5, 1, 1, 1, 0.5, 1, 1])
)
REDUCED = np.array([0.2, -0.1, -0.4, -0.3, -0.1, 0.5])
X = np.zeros(6)


def programme(floors: tuple[float, float]) -> Linear:
    return Linear(
        MATRIX,
        np.array([*floors, -np.inf]),
        np.array([np.inf, np.inf, 1.0]),
        many=np.array([True, True, True]),
        late=np.array([True, True, False]),
        columns=6,
    )


FLOORS = np.array([True, True, False])


def test_a_row_is_made_good_by_what_loses_least_for_each_unit():
    """Wanted up: columns 0 and 5, worth 1 and 0.5. Column 1 loses 0.2 a unit, 2 loses 0.4; 4 loses 0.1, 3 loses 0.3."""
    found = evens(programme((1.75, 1.0)), FLOORS, X, REDUCED)
    assert found.rows.tolist() == [0, 1]
    assert found.column.tolist() == [2, 4]
    assert found.price == pytest.approx([0.4, 0.1])


def test_a_row_that_is_kept_asks_nothing():
    found = evens(programme((1.0, 0.5)), FLOORS, X, REDUCED)
    assert found.rows.size == 0


def test_a_column_that_may_stand_anywhere_stands_where_it_does():
    reduced = np.where(np.arange(6) == 1, 0.0, REDUCED)
    kept = evens(programme((1.5, 0.0)), FLOORS, np.eye(6)[1], reduced)
    missed = evens(programme((1.5, 0.0)), FLOORS, X, reduced)
    assert kept.rows.size == 0
    assert (missed.column.tolist(), missed.price.tolist()) == ([1], [0.0])


def test_a_ceiling_lets_go_what_loses_least():
    """Row 2 allows one of columns 1 and 2; where both are wanted the poorer of them, 1, goes."""
    found = evens(programme((0.0, 0.0)), np.array([False, False, True]), X, np.abs(REDUCED))
    assert (found.rows.tolist(), found.column.tolist()) == ([2], [1])
    assert found.price == pytest.approx([-0.1])


def test_links_follow_what_rows_want():
    """The first floor wants columns 1 and 2, of which the link allows one: 1, which loses less."""
    lp = programme((1.5, 0.0))
    links = sharing(lp, FLOORS)
    assert links.tolist() == [False, False, True]
    found, wanted = asked(lp, FLOORS, links, X, REDUCED)
    assert found.column.tolist() == [1]
    assert wanted[[0, 2, 3, 5]].tolist() == [1.0, -1.0, 2.0, 2.0]


def test_what_a_link_ties_stands_alone_together():
    lp = programme((1.0, 1.0))
    columns = tied(lp, sharing(lp, FLOORS), np.arange(6) == 2)
    assert columns.tolist() == [False, True, True, False, False, False]
    groups = alone(np.array([0, 0, 0, 1, 1, 1]), columns)
    assert groups.tolist() == alike(np.array([0, 7, 8, 1, 1, 1])).tolist()
