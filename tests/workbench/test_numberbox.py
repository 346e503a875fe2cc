"""Boxes to type numbers into, without a browser."""

import pytest

from planning.workbench.numberbox import Limits, NumberBox, PercentBox, read_typed


@pytest.fixture
def told():
    return []


def refusal(box) -> str:
    return box.children[1].value if len(box.children) > 1 else ""


@pytest.mark.parametrize(
    ("text", "value"), [("1,5", 1.5), ("1.5", 1.5), ("0,4", 0.4), ("1.234,5", 1234.5), (" 15 ", 15), ("1.2340", 1.234)]
)
def test_a_comma_and_a_point_stand_before_decimals(text, value):
    assert read_typed(text, Limits(), "vi") == read_typed(text, Limits(), "en") == value


@pytest.mark.parametrize(
    ("text", "limits", "vi", "en"),
    [
        ("1.234", Limits(), "ghi 1234 hoặc 1,2340", "write 1234 or 1.2340"),
        ("-1,234", Limits(), "ghi -1234 hoặc -1,2340", "write -1234 or -1.2340"),
        ("", Limits(), "không phải là số", "is not a number"),
        ("nan", Limits(), "không phải là số", "is not a number"),
        ("1e999", Limits(), "không phải là số", "is not a number"),
        ("30 %", Limits(), "không phải là số", "is not a number"),
        ("1,5", Limits(whole=True), "không phải là số nguyên", "not a whole number"),
        ("0", Limits(0, above=True), "số lớn hơn 0.", "a number above 0."),
        ("-1", Limits(0), "số từ 0 trở lên.", "a number of 0 or more."),
        ("100,5", Limits(0, 100), "số từ 0 đến 100.", "a number from 0 to 100."),
        ("3", Limits(0, 0.05, above=True), "lớn hơn 0 và không quá 0,05", "above 0 and at most 0.05"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_the_language_of_the_page(text, limits, vi, en):
    with pytest.raises(ValueError, match=vi):
        read_typed(text, limits, "vi")
    with pytest.raises(ValueError, match=en):
        read_typed(text, limits, "en")


def test_a_typed_number_is_told_and_shown_as_the_language_writes_it(told):
    box = NumberBox(0.3, Limits(0), "vi", told.append)
    assert box.text.value == "0,3"
    box.text.value = "1.5"
    assert (told, box.text.value) == ([1.5], "1,5")
    box.text.value = "1,50"
    assert (told, box.text.value) == ([1.5], "1,5")


def test_a_refused_number_changes_nothing(told):
    box = NumberBox(0.3, Limits(0), "vi", told.append)
    for text in ("1.234", "abc", "-1"):
        box.text.value = text
        assert f"'{text}'" in refusal(box).replace("&#x27;", "'")
        assert (told, box.text.value, box.number) == ([], "0,3", 0.3)
    box.text.value = "0,4"
    assert (told, refusal(box)) == ([0.4], "")


def test_whole_numbers_stay_whole(told):
    box = NumberBox(3, Limits(0, whole=True), "en", told.append)
    box.text.value = "4,0"
    assert told == [4]
    assert isinstance(told[0], int)


def test_slider_and_box_are_in_step(told):
    box = PercentBox("Share", "what it means", 20.0, "vi", told.append)
    assert (box.slider.readout, box.slider.value, box.text.value) == (False, 20.0, "20")
    box.text.value = "22,5 %"
    assert (told, box.slider.value, box.text.value) == ([22.5], 22.5, "22,5")
    box.slider.value = 30.5
    assert (told, box.number, box.text.value) == ([22.5, 30.5], 30.5, "30,5")
    box.text.value = "150"
    assert (told, box.slider.value, box.text.value) == ([22.5, 30.5], 30.5, "30,5")
    box.slider.value = 40
    assert refusal(box) == ""
