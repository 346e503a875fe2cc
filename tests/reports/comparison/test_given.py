"""What was changed in tables and rules: every cell, alike ones in one line, in words of both languages."""

import pandas as pd
import pytest

from planning.inputs.scenario import Change
from planning.inputs.whatif import with_changes
from planning.reports.comparison.given import changed_cells, changed_groups
from planning.reports.comparison.policy import changed_policy
from planning.solver.plan import solve
from tests.cases import with_cell, with_rules, with_table


def test_nothing_changed(toy):
    cells = changed_cells(toy, toy)
    assert cells.empty
    assert changed_groups(toy, toy, cells).empty


def test_alike_cells_are_one_line(toy):
    other = with_changes(toy, [Change(table="needs", multiply=0.9, note="fewer")])
    cells = changed_cells(toy, other)
    assert (len(cells), set(cells["column"])) == (len(toy.tables["needs"]), {"need"})
    assert cells["factor"].to_numpy() == pytest.approx(0.9)
    [line] = changed_groups(toy, other, cells).to_dict("records")
    assert line["words_en"] == f"Need, {len(cells)} of {len(cells)} rows: −10.0%"
    assert line["words_vi"] == f"Nhu cầu, {len(cells)} trong {len(cells)} dòng: −10,0%"


def test_single_cells_are_told_before_and_after(toy):
    year, fund = toy.years[0], toy.funds[0]
    other = with_cell(toy, "funds", "ceiling", 77.0, fund=fund, year=year)
    cells = changed_cells(toy, other)
    [line] = changed_groups(toy, other, cells).to_dict("records")
    before = toy.tables["funds"].query("fund == @fund and year == @year")["ceiling"].iloc[0]
    name = toy.labels("en")["fund"][fund]
    assert line["words_en"] == f"Ceiling: {name}, {year}: {before:,.1f} million VND → 77.0 million VND"


def test_rows_added_and_taken_out(toy):
    table = toy.tables["targets"]
    other = with_table(toy, "targets", table.iloc[1:].reset_index(drop=True))
    there, back = changed_cells(toy, other), changed_cells(other, toy)
    assert (there["kind"].tolist(), back["kind"].tolist()) == (["removed"], ["added"])
    assert changed_groups(toy, other, there)["words_en"].str.startswith("1 rows taken out: ").all()
    assert changed_groups(other, toy, back)["words_vi"].str.startswith("thêm 1 dòng: ").all()


def test_a_table_that_one_case_does_not_have(toy, toy_projects):
    cells = changed_cells(toy, toy_projects)
    assert set(cells.loc[cells["table"] == "projects", "kind"]) == {"added"}


def test_sources_and_notes_are_no_change(toy):
    table = toy.tables["needs"].assign(source="elsewhere", note="n", status="assumed")
    assert changed_cells(toy, with_table(toy, "needs", table)).empty


def test_cells_that_are_empty_on_both_sides_are_alike(toy):
    table = toy.tables["needs"].assign(low=float("nan"))
    one, two = (with_table(toy, "needs", table.copy()) for _ in range(2))
    assert changed_cells(one, two).empty


def test_rules_before_and_after(plan, other):
    table = changed_policy(plan, other).set_index("part")
    assert table.index.tolist() == ["remote_share"]
    assert table.loc["remote_share", "rows"] == 2
    assert table.loc["remote_share", "before_en"].startswith("At least 20.0% of the money of 2026")
    assert table.loc["remote_share", "after_vi"].startswith("Ít nhất 40,0% số tiền năm 2026")


def test_a_rule_switched_off_and_settings_without_rows(toy, plan):
    case = with_rules(toy, {"goals": ("reach",), "class_weights": {"far": 2.0}}, targets={}, projects={"per_area": 1})
    table = changed_policy(plan, solve(case)).set_index("part")
    assert table.loc["remote_share", "after_en"] == "not applied"
    assert (table.loc["goals", "before_en"], table.loc["goals", "after_en"]) == ("targets, reach", "reach")
    assert table.loc["class_weights", "after_en"] == "far: 2.0"
    assert (table.loc["projects", "before_vi"], table.loc["projects", "after_vi"]) == (
        "per_area: không đặt",
        "per_area: 1",
    )


def test_strength_is_said_where_it_changes(toy, plan):
    soft = solve(with_rules(toy, targets={}, remote_share={"share": 0.2, "strength": "soft"}))
    [line] = changed_policy(plan, soft).to_dict("records")
    assert "[hard]" in line["before_en"]
    assert "[soft]" in line["after_en"]
    assert isinstance(changed_policy(plan, soft), pd.DataFrame)
