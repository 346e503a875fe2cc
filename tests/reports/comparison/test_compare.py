"""Scenarios side by side: figures worked out by hand, tables that add up and agree with those of each plan."""

import dataclasses
import json

import pandas as pd
import pytest

from planning.errors import InputError, NoPlanError, Problem
from planning.inputs import load_case
from planning.reports import measures, tables
from planning.reports.comparison import results
from planning.reports.comparison.compare import FEW, compare, write_comparison
from planning.reports.comparison.sentences import sentences
from planning.reports.comparison.sheets import comparison_sheets, short_sheet
from planning.reports.comparison.together import plan_at, together
from planning.reports.saved import save_run
from planning.solver.plan import solve
from planning.vocabulary import Text
from tests.languages import vietnamese
from tests.reports.comparison.conftest import renamed


def test_money_moved_is_half_of_all_differences(plan, other):
    cells = ["area", "programme", "year"]
    one, two = (p.lines.groupby(cells)["amount"].sum().to_dict() for p in (plan, other))
    by_hand = sum(abs(two.get(key, 0.0) - one.get(key, 0.0)) for key in one.keys() | two.keys()) / 2
    table = results.moved([plan, other]).set_index("between")
    assert table.loc["cells", "moved"] == pytest.approx(by_hand)
    assert by_hand > 1
    assert table.loc["cells", "share"] == pytest.approx(by_hand / plan.lines["amount"].sum())
    assert table["net"].to_numpy() == pytest.approx(other.lines["amount"].sum() - plan.lines["amount"].sum(), abs=1e-6)


@pytest.mark.parametrize("name", ["areas", "programmes", "fields", "cost_types", "remote"])
def test_changes_add_up_to_the_change_of_all_money(plan, other, comparison, name):
    table = comparison.tables[name]
    assert table["amount_base"].sum() == pytest.approx(plan.lines["amount"].sum())
    assert table["amount"].sum() == pytest.approx(other.lines["amount"].sum())
    assert (table["amount"] - table["amount_base"]).to_numpy() == pytest.approx(table["amount_change"].to_numpy())


def test_funds_and_coverage(plan, other, comparison):
    table = comparison.tables["funds"].set_index("fund")
    assert table["spent"].to_dict() == pytest.approx(other.funds.groupby("fund")["spent"].sum().to_dict())
    table = comparison.tables["areas"].set_index("area")
    for side, of in (("coverage_base", plan), ("coverage", other)):
        assert table[side].to_dict() == pytest.approx(measures.areas(of).set_index("area")["coverage"].to_dict())
    assert table["reached_change"].sum() == pytest.approx(
        other.coverage["children_reached"].sum() - plan.coverage["children_reached"].sum()
    )


def test_targets_turn(plan):
    table = plan.targets
    turned = table.assign(met=["no" if met == "yes" else "yes" for met in table["met"]])
    other = renamed(dataclasses.replace(plan, targets=turned), "turned")
    turns = results.targets([plan, other])["turn"]
    assert turns.tolist() == ["lost" if met == "yes" else "won" for met in table["met"]]


def test_projects_that_differ(built):
    first, second = built.projects["project"].iloc[:2]
    table = built.projects[built.projects["project"] != first].copy()
    table.loc[table["project"] == second, "start"] += 1
    other = renamed(dataclasses.replace(built, projects=table), "fewer")
    found = results.projects([built, other]).set_index("project")
    assert found["turn"].to_dict() == {first: "lost", second: "moved"}
    assert results.projects([other, renamed(built, "more")]).set_index("project")["turn"][first] == "won"
    assert results.projects([built, renamed(built, "same")]).empty


def test_the_printed_tables_are_those_of_each_plan(plan, other, comparison):
    for language in ("vi", "en"):
        sheets = comparison_sheets(comparison, language)
        for name, table in (
            ("areas", tables.by_area),
            ("programmes", tables.by_programme),
            ("remote", tables.remote_against_rest),
        ):
            frame = sheets[name].frame
            for own in (plan, other):
                single = table(own, language)
                money = [column for column, kind in single.kinds.items() if kind == "money"]
                total = single.frame[money[0] if name != "programmes" else money[-1]].iloc[-1]
                assert frame[own.case.scenario.name].iloc[-1] == pytest.approx(total)
            money = frame[[plan.case.scenario.name, other.case.scenario.name]]
            assert money.iloc[:-1].sum().to_numpy() == pytest.approx(money.iloc[-1].to_numpy())
        assert set(sheets) == {
            "scenarios", "inputs", "rules", "areas", "programmes", "fields", "cost_types", "remote", "funds", "targets",
            "projects", "moved",
        }  # fmt: skip


def test_sentences_say_what_the_tables_print(plan, other, comparison):
    said = comparison.sentences["en"]
    assert said[0].startswith("“Toy (remote_first)” against “Toy (base)”: child-years reached ")
    change = comparison_sheets(comparison, "en")["areas"].frame["Change"].iloc[:-1]
    assert f"{(change > 0).sum()} areas gain {change.clip(lower=0).sum():,.1f} million VND" in said[1]
    assert len(comparison.sentences["vi"]) == len(said)
    assert "Share of remote areas" in " ".join(said)
    assert comparison.tables["difference"]["scenario"].unique().tolist() == ["remote_first"]


def test_many_scenarios(many):
    assert len(many.tables["scenarios"]) == 13
    assert not many.explained
    assert len(many.left_out) == 12
    assert str(FEW) in many.left_out["s00"].en
    assert many.sentences["en"][0].startswith("12 scenarios against")
    frame = comparison_sheets(many, "vi")["areas"].frame
    assert list(frame.columns[2:]) == [f"s{n:02d}" for n in range(12)]
    assert frame["s00"].abs().sum() == 0
    assert frame["s01"].iloc[:-1].abs().sum() > 0
    assert len(short_sheet(many, "en").frame) == 13


def test_no_explanation_when_told_so(plan, other):
    quick = compare([plan, other], explain=False)
    assert not quick.explained
    assert quick.sentences["en"][-1] == "The difference is not explained, as asked."


def test_two_runs_of_one_scenario_are_told_apart(plan, folder):
    path = folder / "data" / "funds.csv"
    path.write_text(path.read_text() + "\n")
    again = solve(load_case(folder / "base.yaml"))
    names = [each.case.scenario.name for each in together([plan, again])]
    assert len(set(names)) == 2
    assert all(name.startswith("base@") for name in names)
    assert set(together([plan, again])[1].lines["scenario"]) == {names[1]}


def test_what_cannot_be_compared(plan, other, communes):
    with pytest.raises(InputError, match="name a base and at least one other") as alone:
        compare([plan])
    assert vietnamese(alone.value)
    with pytest.raises(InputError, match="'base' stands here twice with the same inputs") as twice:
        compare([plan, plan])
    assert vietnamese(twice.value) == (
        "1 lỗi trong compare:\n- 'base' được nêu hai lần với cùng số liệu; hãy nêu mỗi phương án một lần"
    )
    with pytest.raises(
        InputError, match=r"its 126 areas are not the 2 of 'base'; .*planning crosswalk .*--to districts"
    ) as areas:
        compare([plan, communes])
    assert areas.value.told("vi").startswith(
        "1 lỗi trong base:\n- 126 địa bàn ở đây không phải là 2 địa bàn của 'base'; trước hết hãy chuyển một trong hai "
        "sang bản đồ kia: planning solve, rồi planning crosswalk RESULTS "
    )
    with pytest.raises(InputError, match=r"--to communes"):
        compare([communes, plan])
    scenario = other.case.scenario.model_copy(update={"years": (2026,)})
    with pytest.raises(
        InputError, match="its years are not those of 'base'; compare scenarios of the same years"
    ) as years:
        compare([plan, dataclasses.replace(other, case=dataclasses.replace(other.case, scenario=scenario))])

    assert vietnamese(years.value).endswith(
        "- các năm ở đây không phải là các năm của 'base'; hãy so sánh những phương án có cùng năm"
    )


@pytest.mark.parametrize(
    ("refusal", "vi", "en"),
    [
        (
            InputError(
                [Problem("child.yaml", Text("sai", "wrong"), 3), Problem("child.yaml", Text("thiếu", "missing"))]
            ),
            "dòng 3: sai; thiếu",
            "line 3: wrong; missing",
        ),
        (NoPlanError([Text("không giữ được", "none is kept")]), "không giữ được", "none is kept"),
    ],
)
def test_why_a_difference_is_not_explained_is_told_in_both_languages(plan, other, monkeypatch, refusal, vi, en):
    def refused(*_, **__):
        raise refusal

    monkeypatch.setattr("planning.reports.comparison.compare.difference", refused)
    left_out = compare([plan, other]).left_out["remote_first"]
    assert left_out == Text(f"Chênh lệch không giải thích được: {vi}", f"The difference cannot be explained: {en}")


def test_a_file_or_a_saved_run(plan, toy_folder, tmp_path):
    save_run(plan, tmp_path / "run")
    for path in (tmp_path / "run", toy_folder / "base.yaml"):
        pd.testing.assert_frame_equal(plan_at(path).lines, plan.lines)


def test_a_scenario_without_plan_is_named(folder):
    text = "title: {vi: x, en: x}\nnote: n\nextends: base.yaml\nrules: {per_child_floor: {amount: 900}}\n"
    (folder / "hopeless.yaml").write_text(text)
    with pytest.raises(NoPlanError, match="Scenario 'hopeless'; leave it out") as refusal:
        plan_at(folder / "hopeless.yaml")
    assert vietnamese(refusal.value).startswith(
        "Không có phương án nào giữ được mọi quy định:\n"
        "- Phương án “hopeless”; bỏ nó ra để so sánh các phương án còn lại\n- "
    )
    with pytest.raises(NoPlanError) as refusal:
        plan_at(folder / "hopeless.yaml", "vi")
    assert str(refusal.value) == refusal.value.told("vi")
    with pytest.raises(InputError) as nowhere:
        plan_at(folder / "nowhere.yaml", "vi")
    assert str(nowhere.value).startswith("1 lỗi trong nowhere.yaml:")


def test_files(comparison, tmp_path):
    write_comparison(comparison, {}, tmp_path)
    for name, frame in comparison.tables.items():
        text, binary = pd.read_csv(tmp_path / f"{name}.csv"), pd.read_parquet(tmp_path / f"{name}.parquet")
        assert len(text) == len(binary) == len(frame), name
    told = json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))
    assert told["base"] == "base"
    assert told["sentences"]["vi"] == list(comparison.sentences["vi"])


def test_changes_are_those_of_printed_figures(plan, other, comparison):
    rows = comparison.tables["scenarios"].assign(services=[100.4, 160.6], money=[3000.04, 3052.06])
    tables = comparison.tables | {"scenarios": rows}
    sheet = comparison_sheets(dataclasses.replace(comparison, tables=tables), "en")["scenarios"]
    assert sheet.frame["Child-years, change"].tolist() == [0, 61]
    said = sentences([plan, other], tables, comparison.explained, {}, "en", FEW)
    assert "child-years reached +61 (+60.8%); money +52.1 million VND;" in said[0]
