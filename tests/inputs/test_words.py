"""Words that refusals share."""

import pytest

from planning.inputs.words import did_you_mean, exceeds, listing, money, number


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("bavi", "did you mean 'ba_vi'?"),
        ("Ba Vi", "did you mean 'ba_vi'?"),
        ("zzz", "known: ba_vi, thach_that"),
    ],
)
def test_the_nearest_name(word: str, answer: str) -> None:
    assert did_you_mean(word, ["ba_vi", "thach_that"]) == answer


def test_the_nearest_name_in_vietnamese() -> None:
    assert did_you_mean("bavi", ["ba_vi", "thach_that"], "vi") == "có phải ý là 'ba_vi'?"
    assert did_you_mean("zzz", ["ba_vi", "thach_that"], "vi") == "tên đã biết: ba_vi, thach_that"


def test_what_is_known_is_named_once() -> None:
    assert did_you_mean("zzz", ["city_recurrent"] * 5 + ["donor"]) == "known: city_recurrent, donor"


def test_nothing_to_choose_from() -> None:
    assert did_you_mean("x", []) == "check the name"
    assert did_you_mean("x", [], "vi") == "xin kiểm tra lại tên"


def test_short_lists() -> None:
    assert listing(["a", "b"]) == "a, b"
    assert listing(range(8)) == "0, 1, 2, 3, 4 and 3 more"
    assert listing(range(2005), language="vi") == "0, 1, 2, 3, 4 và 2.000 mục nữa"
    assert listing([], language="vi") == "không có gì"


@pytest.mark.parametrize(
    ("value", "text"), [(5210, "5,210"), (0.986, "0.986"), (0.1 + 0.2, "0.3"), (1234.5, "1,234.5"), (-3, "-3")]
)
def test_figures(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("value", "text"), [(5210, "5.210"), (0.986, "0,986"), (-1234.5, "-1.234,5")])
def test_figures_in_vietnamese(value: float, text: str) -> None:
    assert number(value, "vi") == text


@pytest.mark.parametrize(("value", "text"), [(812400.3, "812,400 million VND"), (2.5, "2.5 million VND")])
def test_amounts(value: float, text: str) -> None:
    assert money(value) == text


def test_amounts_in_vietnamese() -> None:
    assert money(812400.3, "vi") == "812.400 triệu đồng"
    assert money(2.5, "vi") == "2,5 triệu đồng"
    assert exceeds(5210, 10, "vi") == "nhiều hơn 5.200 triệu đồng so với"
