"""Checks across tables: what must not be refused, and that one mistake is told once. Refusals: test_bad_inputs.py."""

from pathlib import Path

import pandas as pd
import pytest

from planning.errors import InputError
from planning.inputs import complete, load_case
from tests.edits import Edit, cell, child, text, with_row, without_row
from tests.languages import assert_told_in_both_languages


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(with_row("funds", 2, year=2025), id="a ceiling before the plan"),
        pytest.param(cell("funds", 3, "ceiling", 0), id="a fund that ends"),
        pytest.param(cell("needs", 4, "need", 900), id="many places where a unit is not a child"),
        pytest.param(cell("needs", 2, "need", 1000), id="a need of all children"),
        pytest.param(with_row("classes", 2, class_="island"), id="a class without areas"),
        pytest.param(text("base.yaml", "share: 0.2", "share: {2026: 0.2, 2027: 0.3}"), id="a share for each year"),
        pytest.param(cell("bands", 2, "share", "0.4999999999999"), id="shares that add up but for rounding"),
        pytest.param(with_row("eligibility", 4, class_="city", programme="lessons"), id="a fund with several rows"),
    ],
)
def test_what_may_be(folder: Path, edit: Edit) -> None:
    edit(folder)
    load_case(folder / "base.yaml")


def test_nothing_needs_to_pay_for_no_need(folder: Path) -> None:
    """The city pays no pools; near needs none, and the donor pays hill's."""
    cell("eligibility", 2, "programme", "lessons")(folder)
    cell("needs", 4, "need", 0)(folder)
    load_case(folder / "base.yaml")


def test_an_unknown_area_is_not_told_again_as_a_missing_one(folder: Path) -> None:
    cell("needs", 4, "area", "naer")(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    [problem] = refused.value.problems
    assert (problem.where, problem.row) == ("data/needs.csv", 4)
    assert problem.text.en == "unknown area 'naer'; did you mean 'near'?"


def test_a_programme_without_any_row(folder: Path) -> None:
    without_row("needs", 2, 3)(folder)
    with pytest.raises(InputError, match="no need is stated for 'near' and 'lessons', 'hill' and 'lessons'"):
        load_case(folder / "base.yaml")


def test_what_is_missing_in_many_places_is_counted() -> None:
    areas = pd.DataFrame({"area": [f"a{i}" for i in range(1300)]})
    tables = {"areas": areas, "programmes": pd.DataFrame({"programme": ["lessons"]})}
    [(table, row, text)] = complete.needs(tables | {"needs": pd.DataFrame({"area": [""], "programme": [""]})}, (2026,))
    assert (table, row) == ("needs", None)
    assert text.vi == (
        "chưa ghi nhu cầu cho 'a0' và 'lessons', 'a1' và 'lessons', 'a2' và 'lessons', 'a3' và 'lessons', 'a4' và "
        "'lessons' và 1.295 mục nữa; hãy thêm mỗi cặp một dòng, ghi 0 nếu không có nhu cầu"
    )
    assert "'a4' and 'lessons' and 1,295 more; write a row for each" in text.en


@pytest.mark.parametrize(
    ("share", "vi"),
    [
        (
            "{2026: 0.2}",
            "rules.remote_share.share được ghi cho 2026; hãy ghi cho mỗi năm của phương án (2026, 2027), hoặc một mức "
            "chung cho mọi năm",
        ),
        (
            "{2026: 0.2, all: 0.3}",
            "rules.remote_share.share được ghi cho từng năm và cho cả all; hãy ghi cho mỗi năm hoặc cho all, "
            "bỏ cách kia",
        ),
        ("{lesons: 0.2}", "rules.remote_share.share: không có 'lesons'; có phải ý là 'lessons'?"),
        ("{'2026': 0.2}", "rules.remote_share.share: không có '2026'; hãy ghi năm không có dấu nháy: 2026"),
    ],
)
def test_a_share_of_some_years_is_refused_in_vietnamese(folder: Path, share: str, vi: str) -> None:
    text("base.yaml", "share: 0.2", f"share: {share}")(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    assert_told_in_both_languages(refused.value)
    assert [problem.text.vi for problem in refused.value.problems] == [vi]


def test_checks_see_the_tables_after_the_changes(folder: Path) -> None:
    child("changes:\n- {table: needs, where: {area: near, programme: lessons}, set: 5210, note: n}")(folder)
    with pytest.raises(InputError, match="row 2: need 5,210 of 'lessons' is more than the 1,000 children of 'near'"):
        load_case(folder / "child.yaml")


def test_a_longer_plan_asks_for_its_years(folder: Path) -> None:
    child("years: [2026, 2027, 2028]")(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "child.yaml")
    assert [problem.row for problem in refused.value.problems] == [2, 4, 6]
    assert "fund 'donor' has no ceiling for 2028" in str(refused.value)
