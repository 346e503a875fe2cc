"""Every area has its own square, near where it lies."""

import numpy as np
import pytest

from planning.reports.tilemap import place


def order(values):
    return np.argsort(np.argsort(values))


def test_one_square_each_and_the_same_again(communes):
    areas = communes.case.tables["areas"]
    column, row = place(areas["latitude"].to_numpy(), areas["longitude"].to_numpy())
    assert len(set(zip(column.tolist(), row.tolist(), strict=True))) == 126
    again = place(areas["latitude"].to_numpy(), areas["longitude"].to_numpy())
    assert (column == again[0]).all()
    assert (row == again[1]).all()
    assert max(column.max(), row.max()) < 18


def test_directions_are_kept(communes):
    areas = communes.case.tables["areas"]
    column, row = place(areas["latitude"].to_numpy(), areas["longitude"].to_numpy())
    assert np.corrcoef(order(areas["longitude"]), column)[0, 1] > 0.95
    assert np.corrcoef(order(-areas["latitude"]), row)[0, 1] > 0.95


def test_neighbours_stay_near(communes):
    areas = communes.case.tables["areas"]
    at = np.column_stack([areas["latitude"], areas["longitude"] * np.cos(np.radians(21))])
    apart = ((at[:, None] - at[None]) ** 2).sum(axis=2) + 9 * np.eye(len(at))
    nearest = apart.argmin(axis=1)
    tile = np.column_stack(place(areas["latitude"].to_numpy(), areas["longitude"].to_numpy()))
    steps = np.abs(tile - tile[nearest]).max(axis=1)
    assert (steps <= 2).mean() > 0.9


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_areas_and_areas_on_one_spot(count):
    column, row = place(np.full(count, 21.0), np.full(count, 105.8))
    assert len(set(zip(column.tolist(), row.tolist(), strict=True))) == count


def test_a_cross_stays_a_cross():
    column, row = place(np.array([1, 0, 0, 0, -1.0]), np.array([0, -1, 0, 1.0, 0]))
    middle = column[2], row[2]
    assert (column[0], row[0]) == (middle[0], middle[1] - 1)
    assert (column[3], row[3]) == (middle[0] + 1, middle[1])
