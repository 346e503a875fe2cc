"""Numbers as spreadsheets write them."""

import pytest

from planning.inputs.numerals import TwoReadingsError, percentage, read_number, signs
from planning.vocabulary import Text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234.5", 1234.5),
        ("1.234", 1.234),
        ("1e3", 1000),
        (".5", 0.5),
        ("-2", -2),
        ("98,6", 98.6),
        ("0,985", 0.985),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567),
        ("1,234,567", 1234567),
        ("12 345", 12345),
        ("12\u00a0345", 12345),
    ],
)
def test_one_cell_of_a_file_with_commas(cell: str, value: float) -> None:
    assert read_number(cell, signs([cell, "12"], semicolon=False)) == value


@pytest.mark.parametrize("cell", ["", "-", "NaN", "inf", "1_000", "0x10", "12 tr", "1,23,456", "1.2.3", "٣", "1e"])
def test_what_is_no_number(cell: str) -> None:
    with pytest.raises(ValueError, match="is not a number") as refused:
        read_number(cell, {})
    assert refused.value.args[0] == Text(f"'{cell}' không phải là số", f"'{cell}' is not a number")


@pytest.mark.parametrize(
    ("column", "semicolon", "values"),
    [
        (["1.234", "2,5"], True, [1234, 2.5]),
        (["1,234", "2,5"], True, [1.234, 2.5]),
        (["1,234", "3669,202"], True, [1.234, 3669.202]),
        (["1.234", "21.03853"], True, [1.234, 21.03853]),
        (["1,234", "2.5"], False, [1234, 2.5]),
        (["1.234", "0.986"], False, [1.234, 0.986]),
    ],
)
def test_the_rest_of_the_column_tells_what_three_digits_mean(column: list, semicolon: bool, values: list) -> None:
    known = signs(column, semicolon)
    assert [read_number(cell, known) for cell in column] == values


@pytest.mark.parametrize(
    ("column", "semicolon"),
    [(["1.234"], True), (["1.234", "2,5", "2.5"], True), (["1,234"], False), (["1.234", "2,5"], False)],
)
def test_what_the_column_leaves_open_is_refused(column: list, semicolon: bool) -> None:
    with pytest.raises(ValueError, match=r"can mean 1,234 or 1\.234; write 1234 or 1\.2340"):
        read_number(column[0], signs(column, semicolon))


def test_a_percentage() -> None:
    assert percentage("98,6 %") == pytest.approx(0.986)
    assert percentage("98.6") is None


def test_both_readings_are_told():
    with pytest.raises(TwoReadingsError) as either:
        read_number("1,234", {})
    assert either.value.args[0] == Text(
        "'1,234' có thể là 1.234 (số nguyên) hoặc 1,234 (số thập phân); hãy ghi 1234 hoặc 1.2340",
        "'1,234' can mean 1,234 or 1.234; write 1234 or 1.2340",
    )
    assert (either.value.whole, either.value.decimal) == (1234, 1.234)
