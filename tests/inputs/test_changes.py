"""Changes of a scenario: which rows, which column, in which order. What is refused stands in test_bad_inputs.py."""

from pathlib import Path

import pandas as pd
import pytest

from planning.errors import InputError
from planning.inputs import load_case
from tests.edits import child


def changed(folder: Path, table: str, *changes: str) -> pd.DataFrame:
    child("changes:\n" + "\n".join(f"- {change}" for change in changes))(folder)
    return load_case(folder / "child.yaml").tables[table]


@pytest.mark.parametrize(
    ("change", "ceilings"),
    [
        ("{table: funds, multiply: 2, note: n}", [800, 800, 200, 200, 100, 100]),
        ("{table: funds, where: {fund: city}, add: -50, note: n}", [350, 350, 100, 100, 50, 50]),
        ("{table: funds, where: {fund: city, year: 2027}, set: 500, note: n}", [400, 500, 100, 100, 50, 50]),
        (
            "{table: funds, where: {kind: state, ceiling: 400}, column: ceiling, set: 1, note: n}",
            [1, 1, 100, 100, 50, 50],
        ),
    ],
)
def test_rows_and_edits(folder: Path, change: str, ceilings: list) -> None:
    assert list(changed(folder, "funds", change)["ceiling"]) == ceilings


def test_changes_are_made_in_order(folder: Path) -> None:
    add, double = "{table: funds, add: 10, note: n}", "{table: funds, multiply: 2, note: n}"
    assert changed(folder, "funds", add, double)["ceiling"].iloc[0] == 820
    assert changed(folder, "funds", double, add)["ceiling"].iloc[0] == 810


def test_whole_numbers_are_rounded_after_a_factor(folder: Path) -> None:
    areas = changed(folder, "areas", "{table: areas, column: children, multiply: 1.0507, note: n}")
    assert list(areas["children"]) == [1051, 210]
    assert areas["children"].dtype == "int64"


def test_text_is_set(folder: Path) -> None:
    targets = changed(folder, "targets", "{table: targets, column: strength, set: hard, note: n}")
    assert list(targets["strength"]) == ["hard"]
    assert list(targets["source"]) == ["toy"]


def test_a_code_that_begins_with_0_is_text(folder: Path) -> None:
    change = "{table: programmes, where: {category: 070}, column: category, set: 071, note: n}"
    assert list(changed(folder, "programmes", change)["category"]) == ["071", ""]


def test_a_changed_figure_says_that_it_is_assumed(folder: Path) -> None:
    path = folder / "data" / "needs.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("toy,assumed", "census,sourced"), encoding="utf-8")
    needs = changed(folder, "needs", "{table: needs, where: {area: near}, multiply: 0.5, note: half of it}")
    assert list(needs["status"]) == ["assumed", "sourced", "assumed", "sourced"]
    assert needs["source"].iloc[0] == "census; changed by child.yaml: half of it"
    assert needs["source"].iloc[1] == "census"


@pytest.mark.parametrize(
    ("change", "vi", "en"),
    [
        (
            "{table: areas, where: {area: near}, column: population, add: 0.25, note: n}",
            "population sẽ thành 5.000,25, không phải là số nguyên",
            "population would become 5,000.25, which is not a whole number",
        ),
        (
            "{table: unit_costs, column: price_year, add: 1000.0, note: n}",
            "dòng 2 của unit_costs.csv (và 3 dòng nữa) khi đó sẽ sai: 3026 không phải là năm",
            "row 2 of unit_costs.csv (and 3 more) would then be wrong: 3026 is not a year",
        ),
        (
            "{table: needs, where: {area: near, programme: lessons}, add: -1634.5, note: n}",
            "dòng 2 của needs.csv khi đó sẽ sai: need -1.234,5 không hợp lệ; hãy ghi số, từ 0 trở lên",
            "row 2 of needs.csv would then be wrong: need -1,234.5 is not allowed; write a number, at least 0",
        ),
    ],
)
def test_a_figure_that_cannot_stand_is_told_in_both_languages(folder: Path, change: str, vi: str, en: str) -> None:
    with pytest.raises(InputError) as refused:
        changed(folder, "needs", change)
    [problem] = refused.value.problems
    assert problem.text.vi == f"thay đổi 1: {vi}"
    assert problem.text.en == f"change 1: {en}"


def test_the_tables_of_the_parent_stay_as_they_are(folder: Path) -> None:
    changed(folder, "funds", "{table: funds, multiply: 2, note: n}")
    assert load_case(folder / "base.yaml").tables["funds"]["ceiling"].iloc[0] == 400
