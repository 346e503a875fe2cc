"""Figures as each language writes them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning import numbers
from planning.inputs.numerals import read_number


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (-12.34, 1, "−12,3", "−12.3"),
        (-0.04, 1, "0,0", "0.0"),
        (0, 0, "0", "0"),
        (math.nan, 1, "–", "–"),
    ],
)
def test_a_number_is_grouped_and_pointed_as_the_language_does(value, decimals, vi, en):
    assert numbers.number(value, "vi", decimals) == vi
    assert numbers.number(value, "en", decimals) == en


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (22.5, "22,5", "22.5"),
        (20.0, "20", "20"),
        (1234, "1234", "1234"),
        (1.234, "1,2340", "1.2340"),
        (0.125, "0,125", "0.125"),
        (0.000001, "0,000001", "0.000001"),
        (100 * 0.29, "29", "29"),
    ],
)
def test_a_number_to_type_is_not_grouped(value, vi, en):
    assert (numbers.typed(value, "vi"), numbers.typed(value, "en")) == (vi, en)


@given(st.decimals(0, 10**9, places=6), st.sampled_from(["vi", "en"]))
def test_a_number_to_type_is_read_as_itself(value, language):
    assert read_number(numbers.typed(float(value), language), {}) == float(value)


def test_money_takes_the_unit_that_suits_its_size():
    assert numbers.money(1_234_500, "vi") == "1.234,5 tỷ đồng"
    assert numbers.money(1_234_500, "en") == "1,234.5 billion VND"
    assert numbers.money(9_876.5, "vi") == "9.876,5 triệu đồng"
    assert numbers.money(0.857, "en", numbers.PER_CHILD) == "857 thousand VND per child and year"


def test_a_table_has_one_unit():
    assert numbers.money_unit([3.0, 20_000.0]) is numbers.BILLION
    assert numbers.money_unit([]) is numbers.MILLION


def test_shares_and_children():
    assert numbers.percent(0.4534, "vi") == "45,3%"
    assert numbers.percent(math.nan, "en") == "–"
    assert numbers.children(1, "en") == "1 child"
    assert numbers.children(12345.4, "vi") == "12.345 trẻ em"


def test_ranges_name_both_ends_once():
    assert numbers.number_range(2, 8, "en") == "2 – 8"
    assert numbers.number_range(2, 2.2, "en") == "2"
    assert numbers.money_range(0.12, 0.198, "vi") == "120 – 198 nghìn đồng"
    assert numbers.money_range(250, 411.8, "en") == "250.0 – 411.8 million VND"


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_both_languages_write_the_same_number(value, decimals):
    vi, en = numbers.number(value, "vi", decimals), numbers.number(value, "en", decimals)
    assert vi.translate(str.maketrans(",.", ".,")) == en
    assert float(en.replace(",", "").replace("−", "-")) == pytest.approx(value, abs=0.51 * 10**-decimals)


def test_changes_have_a_sign():
    assert numbers.signed(1234.5, "vi", 1) == "+1.234,5"
    assert numbers.signed(-3, "en") == "−3"
    assert numbers.signed(0.04, "en", 1) == numbers.signed(-0.04, "en", 1) == "0.0"
    assert numbers.signed_points(-0.018, "vi") == "−1,8 điểm %"
    assert numbers.signed_points(0.207, "en") == "+20.7 percentage points"
