"""Printed parts add up to their printed total."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.rounding import round_nested, round_steps, round_to_total

AMOUNTS = st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 1e6)), min_size=1, max_size=40)
UNITS = st.sampled_from([0.001, 0.1, 1.0, 100.0])


def test_by_hand():
    assert round_to_total([1.5, 1.5, 1.0], 1).tolist() == [2, 1, 1]
    assert round_to_total([0.333, 0.333, 0.334], 0.1).tolist() == [0.3, 0.3, 0.4]
    assert round_to_total([250, 349, 0], 100).tolist() == [300, 300, 0]
    assert round_to_total([], 1).tolist() == []


def test_a_limit_between_two_units_is_not_exceeded():
    assert round_to_total([50.0006, 50.0003], 0.001).sum() == pytest.approx(100.001)
    assert round_to_total([50.0006, 50.0003], 0.001, at_most=100.0009).sum() == pytest.approx(100.0)
    assert round_to_total([50.0], 0.001, at_most=49.997).tolist() == [49.997]
    assert round_to_total([0.002, 0.001], 0.001, at_most=0).tolist() == [0, 0]


@pytest.mark.parametrize("wrong", [-1.0, math.nan, math.inf])
def test_what_cannot_be_a_part_is_refused(wrong):
    with pytest.raises(ValueError, match="only finite values"):
        round_to_total([1.0, wrong], 1)


@given(AMOUNTS, UNITS)
def test_parts_add_up_and_stay_within_one_unit(amounts, unit):
    rounded = round_to_total(amounts, unit)
    total = math.fsum(amounts)
    assert round(math.fsum(rounded) / unit) == pytest.approx(math.floor(total / unit + 0.5), abs=1e-6)
    assert np.abs(rounded - amounts).max() < unit * (1 + 1e-5)
    assert (rounded[np.array(amounts) == 0] == 0).all()
    assert (rounded >= 0).all()


@given(AMOUNTS, UNITS, st.floats(0, 1))
def test_a_limit_just_below_the_total_holds(amounts, unit, less):
    limit = max(math.fsum(amounts) - less * unit, 0)
    assert math.fsum(round_to_total(amounts, unit, at_most=limit)) <= limit + 2e-6 * unit + 1e-9 * limit


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.floats(0, 1e4)), min_size=1, max_size=40))
def test_every_level_adds_up_to_the_one_above(rows):
    frame = pd.DataFrame(rows, columns=["year", "field", "amount"])
    fine = round_nested(frame["amount"], [frame["year"], frame["field"]], 0.1)
    fields = frame.groupby(["year", "field"], as_index=False)["amount"].sum()
    coarse = round_nested(fields["amount"], [fields["year"], fields["field"]], 0.1)
    assert fine.groupby([frame["year"], frame["field"]]).sum().to_numpy() == pytest.approx(coarse.to_numpy())
    assert fine.sum() == pytest.approx(math.floor(math.fsum(frame["amount"]) * 10 + 0.5) / 10)


@given(st.lists(st.floats(0, 50), min_size=1, max_size=12), st.floats(0, 600))
def test_units_are_taken_one_after_the_other_from_the_smallest_remainders(amounts, limit):
    limit = min(limit, math.floor(math.fsum(amounts) + 0.5))
    parts = np.array(amounts)
    whole = np.floor(parts + 1e-6)
    order = np.argsort(np.round(np.maximum(parts - whole, 0), 6), kind="stable")
    for place in itertools.cycle(order.tolist()):
        if whole.sum() <= math.floor(limit + 1e-6):
            break
        whole[place] -= whole[place] > 0
    if math.floor(limit + 1e-6) <= np.floor(parts + 1e-6).sum():
        assert round_to_total(amounts, 1, at_most=limit).tolist() == whole.tolist()


def test_a_limit_far_below_is_reached_at_once():
    assert round_to_total([5e14, 3e14, 2e14], 1, at_most=4).tolist() == [4, 0, 0]
    assert round_to_total([1e9], 0.001, at_most=0.002).tolist() == [0.002]


def test_effects_lead_from_one_printed_value_to_the_other():
    assert round_steps([44872241.4, 259659.4, 45131900.8], 1).tolist() == [44872241, 259660, 45131901]
    assert round_steps([44872241.4, -426926.6, 44445314.8], 1).tolist() == [44872241, -426926, 44445315]
    assert round_steps([0.2434, 0.0002, 0.2436], 0.001).tolist() == [0.243, 0.001, 0.244]
    assert round_steps([0.5684, -0.0038, 0.0, 0.0084, 0.573], 0.001).tolist() == [0.568, -0.004, 0.0, 0.009, 0.573]
    assert round_steps([7.0, 1 / 3, 1 / 3, 1 / 3, 8.0], 0.1).tolist() == [7.0, 0.4, 0.3, 0.3, 8.0]


@given(st.floats(0, 1e6), st.lists(st.one_of(st.just(0.0), st.floats(-1e5, 1e5)), min_size=1, max_size=8), UNITS)
def test_effects_of_any_sign_add_up(first, effects, unit):
    steps = round_steps([first, *effects, first + math.fsum(effects)], unit)
    whole = np.round(steps / unit)
    assert whole[0] + whole[1:-1].sum() == whole[-1]
    assert np.abs(steps[1:-1] - effects).max() < unit * (1 + 1e-5)
    assert (steps[1:-1][np.array(effects) == 0] == 0).all()
