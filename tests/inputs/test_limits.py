"""What a column allows, in words of both languages."""

import pytest

from planning.inputs.limits import refusal, wanted
from planning.vocabulary import TABLES


@pytest.mark.parametrize(
    ("table", "column", "vi"),
    [
        ("areas", "population", "số nguyên, lớn hơn 0"),
        ("targets", "coverage", "tỷ lệ lớn hơn 0 và không quá 1"),
        ("unit_costs", "growth", "tỷ lệ từ 0 đến 0.5"),
        ("areas", "latitude", "số từ -90 đến 90"),
        ("funds", "ceiling", "số tiền bằng triệu đồng, từ 0 trở lên"),
        ("eligibility", "cost_type", "recurrent hoặc capital hoặc all"),
        ("needs", "year", "bốn chữ số, ví dụ 2026, hoặc all"),
        ("needs", "area", "mã, ví dụ ba_vi"),
        ("targets", "area", "mã, ví dụ ba_vi, hoặc all"),
        ("needs", "programme", "mã, ví dụ early_nutrition"),
        ("programmes", "programme", "mã, ví dụ early_nutrition"),
        ("classes", "class", "mã, ví dụ urban"),
        ("projects", "requires", "mã, ví dụ children_house_ba_vi"),
        ("targets", "target", "mã bằng chữ thường không dấu, chữ số và _"),
        ("needs", "source", "một đoạn chữ"),
    ],
)
def test_what_is_wanted_in_vietnamese(table: str, column: str, vi: str) -> None:
    assert wanted(TABLES[table].column(column), "vi") == vi


@pytest.mark.parametrize(
    ("table", "column", "value", "vi", "en"),
    [
        (
            "targets",
            "coverage",
            98.6,
            "coverage 98,6 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 1: 0.986",
            "coverage 98.6 looks like a percentage; write it as a share between 0 and 1: 0.986",
        ),
        (
            "unit_costs",
            "growth",
            7.5,
            "growth 7,5 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 0.5: 0.075",
            "growth 7.5 looks like a percentage; write it as a share between 0 and 0.5: 0.075",
        ),
        (
            "bands",
            "effect",
            1.5,
            "effect 1,5 không hợp lệ; hãy ghi tỷ lệ từ 0 đến 1",
            "effect 1.5 is not allowed; write a share from 0 to 1",
        ),
        (
            "areas",
            "population",
            -5210,
            "population -5.210 không hợp lệ; hãy ghi số nguyên, lớn hơn 0",
            "population -5,210 is not allowed; write a whole number, above 0",
        ),
        (
            "needs",
            "need",
            1e16,
            "need 1e+16 quá lớn, khó có thể đúng; hãy kiểm tra lại các chữ số",
            "need 1e+16 is too large to be right; check the digits",
        ),
    ],
)
def test_a_value_outside_the_limits(table: str, column: str, value: float, vi: str, en: str) -> None:
    text = refusal(TABLES[table].column(column), value)
    assert (text.vi, text.en) == (vi, en)
