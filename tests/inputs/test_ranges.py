"""Ranges that are refused, in Vietnamese. What ranges do to a plan: tests/insight/test_uncertainty.py."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.case import Case
from planning.inputs.ranges import ranges
from tests.cases import with_table
from tests.edits import cell
from tests.languages import assert_told_in_both_languages


def with_range(table: str, *cells: object) -> Callable[[Path], None]:
    """An edit that adds the columns of ranges to a table, filled in the second row only."""

    def edit(folder: Path) -> None:
        path = folder / "data" / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        added = ["low,high,shape", ",".join(map(str, cells)), *[",,"] * (len(lines) - 2)]
        path.write_text("\n".join(f"{a},{b}" for a, b in zip(lines, added, strict=True)) + "\n", encoding="utf-8")

    return edit


@pytest.mark.parametrize(
    ("value", "cells", "vi"),
    [
        (
            1,
            (0.9, "", ""),
            "dòng 2: khoảng giá trị có low mà thiếu high, shape; hãy điền cả low, high và shape, hoặc để trống cả ba",
        ),
        (
            1234.5,
            (1300, 1400, "uniform"),
            "dòng 2: need 1.234,5 nằm ngoài khoảng từ 1.300 đến 1.400; hãy ghi low ≤ need ≤ high, cùng một đơn vị",
        ),
        (
            0,
            (0, 5, "uniform"),
            "dòng 2: không thể có khoảng giá trị quanh need bằng 0; hãy để trống low, high và shape ở đó",
        ),
    ],
)
def test_a_range_of_a_table_is_refused(folder: Path, value: float, cells: tuple, vi: str) -> None:
    cell("areas", 2, "children", 2000)(folder)
    cell("needs", 2, "need", value)(folder)
    with_range("needs", *cells)(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    assert_told_in_both_languages(refused.value)
    assert vi in [problem.told("vi") for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("spread", "vi"),
    [
        (
            {},
            "các bảng needs.csv, unit_costs.csv, funds.csv không ghi khoảng giá trị nào nên không có gì chưa chắc "
            "chắn; hãy điền các cột low, high và shape, hoặc giả định một mức dao động, ví dụ --costs 0.1",
        ),
        (
            {"unit_costs": 12.5},
            "--costs 12.5 không hợp lệ; hãy ghi một phần của giá trị đã nêu, từ 0 đến dưới 1: 0.125",
        ),
    ],
)
def test_a_spread_is_refused(toy: Case, spread: dict, vi: str) -> None:
    with pytest.raises(InputError) as refused:
        ranges(toy, spread)
    assert_told_in_both_languages(refused.value)
    assert refused.value.told("vi") == f"1 lỗi trong các tùy chọn:\n- {vi}"


def test_a_spread_beside_ranges_of_the_table_is_refused(toy: Case) -> None:
    ranged = with_table(toy, "needs", toy.tables["needs"].assign(low=1.0, high=1000.0, shape="uniform"))
    with pytest.raises(InputError) as refused:
        ranges(ranged, {"needs": 0.1})
    assert refused.value.told("vi") == (
        "1 lỗi trong các tùy chọn:\n"
        "- không giả định được --needs 0.1 vì needs.csv đã ghi khoảng giá trị; hãy bỏ --needs"
    )
