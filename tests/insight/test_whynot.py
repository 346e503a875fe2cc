"""What a wish costs is what two independent solves differ by."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning.errors import InputError, NoPlanError
from planning.insight.swings import swings
from planning.insight.whynot import printed_lines, who_pays_most, why_not_area, why_not_project, wish_of
from planning.model.build import build
from planning.numbers import BILLION
from planning.solver.plan import solve
from tests import random_cases
from tests.cases import with_cell, with_rules
from tests.languages import vietnamese

QUIET = settings(max_examples=10)


def sharp(case):
    objective = case.scenario.objective.model_copy(update={"gap": 1e-9})
    return replace(case, scenario=case.scenario.model_copy(update={"objective": objective}))


def worth(case):
    """Weighted child-years of the best plan; None where no plan keeps every rule."""
    try:
        return solve(sharp(case)).certificate["reach_checked"] * build(case).reach.size
    except NoPlanError:
        return None


@QUIET
@given(data=st.data())
def test_losses_are_those_of_solving_with_the_project_locked(toy, data):
    case = with_rules(data.draw(random_cases.cases_with_projects(toy)))
    try:
        plan = solve(sharp(case))
    except NoPlanError:
        assume(False)
    best = worth(case)
    for row in swings(plan).to_dict("records"):
        stage = "never" if row["chosen"] == "yes" else "must"
        other = worth(with_cell(case, "projects", "stage", stage, project=row["project"]))
        if other is None:
            assert row["reason"] in ("rules", "window")
        elif row["reason"] != "window":
            assert row["loss"] == pytest.approx(best - other, abs=3e-6 * build(case).reach.size)


@pytest.mark.parametrize(("code", "loss"), [("pool_near", 21.25), ("pool_hill", 74.0), ("annex_hill", 21.0)])
def test_a_project_of_the_toy(toy_projects, code, loss):
    finding = why_not_project(solve(toy_projects), code)
    assert finding.table["loss"][0] == pytest.approx(loss)
    lines = finding.tables["lines"]
    assert (lines["after"] - lines["before"]).to_numpy() == pytest.approx(lines["change"].to_numpy())
    assert lines["change"].is_monotonic_increasing


def test_who_pays_for_the_annex(toy_projects):
    finding = why_not_project(solve(toy_projects), "annex_hill")
    assert finding.tables["lines"][["area", "programme", "change"]].to_numpy().tolist() == [
        ["near", "lessons", pytest.approx(-40)],
        ["hill", "pools", pytest.approx(40)],
    ]
    assert "21.0 weighted child-years" in finding.sentences["en"][0]


@pytest.mark.parametrize(
    ("code", "reason", "words"),
    [
        ("old_near", "begun", "begun already"),
        ("dream_near", "never", "never built"),
        ("shed_hill", "must", "must be built"),
    ],
)
def test_what_cannot_be_turned_round(toy_projects, code, reason, words):
    finding = why_not_project(solve(toy_projects), code)
    assert finding.table["reason"][0] == reason
    assert words in finding.sentences["en"][0]
    assert finding.table["loss"].isna().all()


def test_rules_that_forbid_a_project_are_named(toy_projects):
    plan = solve(with_cell(toy_projects, "projects", "cost", 5000.0, project="annex_hill"))
    finding = why_not_project(plan, "annex_hill")
    assert finding.table["reason"][0] == "rules"
    assert len(finding.sentences["en"]) > 1


def test_more_for_an_area_costs_what_solving_again_says(toy):
    """20 million more for hill: the others lose 1/6 of a weighted child-year for each million, by the toy's prices."""
    finding = why_not_area(solve(toy), "hill", 20.0)
    row = finding.table.iloc[0]
    assert row["loss"] == pytest.approx(10 / 3)
    assert row["marginal"] == pytest.approx(row["loss"] * 1000 / 20)
    assert finding.tables["lines"]["change"].sum() == pytest.approx(0, abs=1e-6)


def test_more_than_can_be_says_how_much_can(toy):
    plan = solve(toy)
    finding = why_not_area(plan, "hill", 20_000.0)
    assert "cannot get 20,000.0 million VND more" in finding.sentences["en"][0]
    assert "at most 380.0 million VND more" in finding.sentences["en"][0]
    assert why_not_area(plan, "hill", 379.9).table["loss"].notna().all()
    assert why_not_area(plan, "hill", 380.2).table["loss"].isna().all()


@pytest.mark.parametrize("amount", [0.0, -5.0, float("nan"), float("inf")])
def test_amounts_that_are_none(toy, amount):
    with pytest.raises(InputError, match="is not an amount; give million VND above 0") as refused:
        why_not_area(solve(toy), "hill", amount)
    wanted = f"{amount:g} không phải là số tiền; hãy ghi số triệu đồng lớn hơn 0, ví dụ 1000"
    assert vietnamese(refused.value) == f"1 lỗi trong --amount:\n- {wanted}"


def test_codes_that_are_unknown(toy, toy_projects):
    with pytest.raises(InputError, match="unknown area 'hil'; did you mean 'hill'"):
        why_not_area(solve(toy), "hil")
    with pytest.raises(InputError, match="unknown programme 'lesson'; did you mean 'lessons'"):
        why_not_area(solve(toy), "hill", programme="lesson")
    with pytest.raises(InputError, match="unknown project 'annex'"):
        why_not_project(solve(toy_projects), "annex")


def test_codes_that_are_unknown_in_vietnamese(toy, toy_projects):
    with pytest.raises(InputError) as refused:
        why_not_area(solve(toy), "hill", programme="lesson")
    assert vietnamese(refused.value) == (
        "1 lỗi trong base.yaml:\n- không có chương trình 'lesson'; có phải ý là 'lessons'?"
    )
    with pytest.raises(InputError) as refused:
        wish_of(toy, "xyz")
    assert vietnamese(refused.value) == (
        "1 lỗi trong base.yaml:\n- không có địa bàn hoặc dự án 'xyz'; mã đã biết: near, hill"
    )
    with pytest.raises(InputError) as refused:
        why_not_project(solve(toy), "pool")
    assert str(refused.value).endswith("unknown project 'pool'; the scenario has no project")
    assert vietnamese(refused.value).endswith("không có dự án 'pool'; phương án không có dự án nào")


def test_printed_lines_subtract_and_move():
    """2,893.4 less 4,549.6 is −1,656.2, and −1.7 billion; 4.5 and 2.9 are printed, so the change is −1.6."""
    rows = [("a", 4_549.6, 2_893.4), ("b", 1_000.0, 1_040.0), ("c", 0.0, 12_000.0)]
    lines = pd.DataFrame(rows, columns=["area", "before", "after"])
    shown, unit = printed_lines(lines.assign(change=lines["after"] - lines["before"]))
    assert unit is BILLION
    assert shown.to_numpy().tolist() == [["a", 4500, 2900, -1600], ["c", 0, 12_000, 12_000]]


def test_one_unit_for_all_who_pay(toy):
    lines = pd.DataFrame(
        {"area": ["near", "hill"], "programme": "lessons", "before": [20_000.0, 9_000.0], "after": [9_000.0, 4_074.3]}
    )
    said = who_pays_most(toy, lines.assign(change=lines["after"] - lines["before"]), "vi")
    assert "(−11,0 tỷ đồng)" in said
    assert "(−4,9 tỷ đồng)" in said


def test_many_small_falls_are_not_none(toy):
    lines = pd.DataFrame({"area": ["near", "hill"], "programme": "lessons", "before": [540.0, 0.0]})
    lines["after"] = [500.0, 11_000.0]
    said = who_pays_most(toy, lines.assign(change=lines["after"] - lines["before"]), "en")
    assert said.endswith("(−40.0 million VND).")
