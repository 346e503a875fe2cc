"""Every measure is a sum over the long table, worked out here in other ways."""

import math
from dataclasses import replace

import pytest

from planning.errors import PlanningError
from planning.reports import measures
from planning.reports.headline import headline
from tests.languages import vietnamese


def test_money_adds_up_whatever_it_is_grouped_by(communes):
    total = communes.lines["amount"].sum()
    for by in (["year"], ["field"], ["area", "programme"], ["group", "fund"], ["class"]):
        assert measures.money(communes, by)["amount"].sum() == pytest.approx(total)


def test_remote_and_rest_make_the_whole(communes):
    table = measures.remote_against_rest(communes)
    assert table["money_share"].sum() == pytest.approx(1)
    assert table["children"].sum() == pytest.approx(communes.case.children.sum())
    yearly = measures.remote_against_rest(communes, yearly=True)
    assert yearly.groupby("group")["amount"].sum().to_dict() == pytest.approx(
        table.set_index("group")["amount"].to_dict()
    )


def test_coverage_of_the_toy_by_hand(plan):
    table = measures.programme_coverage(plan).set_index("programme")
    last = plan.coverage[plan.coverage["year"] == 2027]
    lessons = last[last["programme"] == "lessons"].set_index("area")
    assert table.loc["lessons", "coverage_remote"] == pytest.approx(lessons.loc["hill", "coverage"])
    assert table.loc["lessons", "coverage_rest"] == pytest.approx(lessons.loc["near", "coverage"])
    assert table.loc["lessons", "coverage"] == pytest.approx(lessons["reached"].sum() / lessons["need"].sum())


def test_areas_stand_against_the_baseline(plan):
    table = measures.areas(plan).set_index("area")
    assert table.loc["hill", "baseline"] == plan.case.tables["baseline"].query("area == 'hill'")["amount"].sum()
    assert table.loc["hill", "yearly"] == pytest.approx(plan.lines.query("area == 'hill'")["amount"].sum() / 2)
    assert table.loc["hill", "per_child"] == pytest.approx(table.loc["hill", "yearly"] / 200)
    assert (table["change"] == table["yearly"] - table["baseline"]).all()


def test_money_rests_on_the_status_of_its_unit_cost(communes):
    table = measures.money_by_status(communes).set_index("status")["money_share"]
    assert table.sum() == pytest.approx(1)
    grants = communes.lines.merge(communes.case.tables["areas"][["area", "class"]], on="area")
    costs = communes.case.tables["unit_costs"].query("programme != 'facility_running'")
    costs = costs.set_index(["programme", "class"])["status"]
    assert (communes.case.projects["status"] == "assumed").all()  # and so is all that only projects cost
    keys = zip(grants["programme"], grants["class"], strict=True)
    assumed = [costs.get(key, "assumed") == "assumed" for key in keys]
    assert table["assumed"] == pytest.approx(grants.loc[assumed, "amount"].sum() / grants["amount"].sum())


@pytest.mark.parametrize("name", ["plan", "built", "communes"])
def test_headline_says_what_the_tables_say(name, request):
    plan = request.getfixturevalue(name)
    remote = measures.remote_against_rest(plan).set_index("group").loc["remote"]
    status = measures.money_by_status(plan).set_index("status")["money_share"]
    told = {
        "remote_money_share": remote["money_share"],
        "remote_children_share": remote["children_share"],
        "coverage": measures.whole(plan)["coverage"].iloc[0],
        "assumed_money_share": status.get("assumed", 0.0),
    }
    figures = headline(plan)
    assert {figure: figures[figure] for figure in told} == {figure: round(share, 8) for figure, share in told.items()}


def test_headline_of_a_plan_without_money(plan):
    figures = headline(replace(plan, lines=plan.lines.iloc[:0]))
    assert figures["money"] == figures["assumed_money_share"] == 0.0
    assert math.isnan(figures["remote_money_share"])


def test_several_plans_stand_one_below_the_other(plan, other):
    both = measures.money([plan, other], ["year"])
    assert set(both["scenario"]) == {"base", "remote_first"}
    assert both[both["scenario"] == "base"]["amount"].tolist() == measures.money(plan, ["year"])["amount"].tolist()


def test_two_plans_of_one_name_are_refused(plan):
    with pytest.raises(PlanningError, match="both named 'base'") as refusal:
        measures.money([plan, plan], ["year"])
    assert vietnamese(refusal.value) == "hai phương án cùng mang tên 'base'; hãy đổi tên một trong hai tệp để so sánh"


def test_headline_of_the_toy(plan):
    figures = headline(plan)
    assert figures["money"] == pytest.approx(plan.lines["amount"].sum())
    assert figures["remote_children_share"] == pytest.approx(200 / 1200, abs=1e-8)
    assert (figures["targets"], figures["targets_met"]) == (1, 1)
    assert figures["assumed_money_share"] == 1


def test_every_amount_has_a_status(built, communes):
    for plan in (built, communes):
        table = measures.money_by_status(plan)
        assert table["amount"].sum() == pytest.approx(plan.lines["amount"].sum())
        assert table["money_share"].sum() == pytest.approx(1)


def test_money_of_projects_is_what_the_model_counts(built, communes):
    for plan in (built, communes):
        table = measures.project_money(plan)
        after = table["year"] > plan.case.years[-1]
        sums = table.groupby([table["kind"], after.rename("after")])["amount"].sum()
        for kind, inside, beyond in (("building", "building", "unfinished"), ("running", "running", "tail")):
            assert sums.get((kind, False), 0.0) == pytest.approx(plan.projects[inside].sum())
            assert sums.get((kind, True), 0.0) == pytest.approx(plan.projects[beyond].sum())
