"""Cells by the kind of their column. What is refused stands in test_bad_inputs.py."""

import pytest

from planning.inputs.cells import read_column
from planning.inputs.limits import wanted
from planning.vocabulary import TABLES


@pytest.mark.parametrize(
    ("table", "column", "cells", "values"),
    [
        ("areas", "area", ["ba_vi", "x1"], ["ba_vi", "x1"]),
        ("areas", "parent", ["", "Hà Nội"], ["", "Hà Nội"]),
        ("targets", "area", ["all", "ba_vi"], ["all", "ba_vi"]),
        ("needs", "year", ["2026", "all", "2026.0"], ["2026", "all", "2026"]),
        ("funds", "year", ["2026", "2027.0"], [2026, 2027]),
        ("areas", "population", ["65.0", "1e3", "65.023.100"], [65, 1000, 65_023_100]),
        ("eligibility", "field", ["all", "health"], ["all", "health"]),
        ("classes", "remote", ["yes", "no"], ["yes", "no"]),
        ("targets", "coverage", ["1", "0.986"], [1.0, 0.986]),
        ("programmes", "category", ["070", ""], ["070", ""]),
    ],
)
def test_values_by_kind(table: str, column: str, cells: list, values: list) -> None:
    read, faults = read_column(TABLES[table].column(column), cells, semicolon=False)
    assert (read, faults) == (values, {})
    assert [type(value) for value in read] == [type(value) for value in values]


def test_each_distinct_text_has_one_sentence() -> None:
    read, faults = read_column(TABLES["needs"].column("need"), ["x", "1", "x", ""], semicolon=False)
    assert read == [None, 1.0, None, None]
    assert list(faults) == ["x", ""]
    assert faults["x"].en == "need 'x' is not a number; write a number, at least 0"
    assert faults["x"].vi == "need 'x' không phải là số; hãy ghi số, từ 0 trở lên"


def test_what_is_wanted_in_words() -> None:
    columns = {(table.name, column.name): wanted(column) for table in TABLES.values() for column in table.columns}
    assert columns["areas", "population"] == "a whole number, above 0"
    assert columns["targets", "coverage"] == "a share above 0 up to 1"
    assert columns["areas", "latitude"] == "a number from -90 to 90"
    assert columns["eligibility", "cost_type"] == "recurrent or capital or all"
    assert columns["needs", "year"] == "four digits, for instance 2026, or all"
