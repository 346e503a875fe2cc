"""Why there is no plan: what is told, by hand and on the shipped scenarios that are impossible on purpose."""

from pathlib import Path

import pytest

from planning.inputs import load_case
from planning.insight.explain import explain
from planning.solver.contradiction import contradiction
from planning.solver.levers import applied, rule_levers
from planning.solver.levers_words import advised_value
from planning.solver.loosen import is_possible
from tests.cases import with_cell, with_rules

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def clash(toy):
    """A share of 99 % for hill beside a floor for each child, a largest rise and a hard target."""
    return with_rules(
        toy,
        targets={"strength": "hard"},
        remote_share={"share": 0.99},
        stability={"decrease": 0.3, "increase": 0.1},
        per_child_floor={"amount": 0.3},
    )


def test_packages_forbid_what_moved_most(clash):
    finding = explain(clash)
    table = finding.tables["packages"]
    assert (table["proven"] == "yes").all()
    first, second = (set(table.loc[table["package"] == n, "path"]) for n in (1, 2))
    assert first == {"rules.remote_share.share", "rules.stability.increase"}
    assert "rules.stability.increase" not in second
    assert set(finding.table["path"]) == first


def test_nothing_alone_is_enough_where_two_rules_must_move(clash):
    alone = explain(clash).tables["alone"]
    assert len(alone) == 5
    assert (alone["cures"] == "no").all()


def test_what_is_advised_lets_a_plan_exist(clash):
    finding = explain(clash)
    by_path = {lever.path: lever for lever in rule_levers(clash)}
    for _, some in finding.tables["packages"].groupby("package"):
        advised = {by_path[path]: value for path, value in zip(some["path"], some["advised"], strict=True)}
        assert is_possible(applied(clash, advised))


def test_more_money_is_a_package_of_its_own(toy):
    """The city is broke: 140 million in 2027 pay for the promised lessons."""
    poor = with_cell(with_rules(toy, targets={"strength": "hard"}), "funds", "ceiling", 0.0, fund="city")
    finding = explain(poor)
    table = finding.tables["packages"]
    money = table[table["path"].str.startswith("funds")]
    assert money["path"].tolist() == ["funds.city.2027.ceiling"]
    assert money["needed"].iloc[0] == pytest.approx(140, rel=1e-5)
    assert any("more money is needed: ceiling of City budget in 2027" in s for s in finding.sentences["en"])
    assert any("Sample plan; Culture office" in s for s in finding.sentences["en"])


def test_a_case_with_a_plan_says_so(toy):
    finding = explain(toy)
    assert finding.table.empty
    assert finding.sentences["en"] == ("There is a plan that keeps every rule; nothing has to change.",)


def test_advice_is_rounded_towards_looser(toy):
    share = next(lever for lever in rule_levers(toy) if lever.rule == "remote_share")
    assert advised_value(share, 0.123456) == pytest.approx(0.1234)
    assert advised_value(share, 0.1 - 1e-8) == 0.1
    assert advised_value(share, 0.0) == 0.0


def test_a_contradiction_names_policy_rows_only(clash):
    found = contradiction(clash, "en")
    assert {"targets", "stability"} & set(found.table["rule"]) or set(found.table["rule"])
    assert not set(found.table["rule"]) & {"paid_for", "built_once", "within_capacity"}


@pytest.mark.parametrize("folder", ["hanoi-communes-2026", "hanoi-districts-2024"])
def test_the_shipped_impossible_scenario(folder):
    case = load_case(SCENARIOS / folder / "impossible.yaml")
    finding = explain(case)
    assert finding.table["path"].tolist() == ["rules.per_child_floor.amount"]
    assert finding.table["proven"].tolist() == ["yes"]
    assert "impossible.yaml, line 16" in finding.table["set_by_en"].iloc[0]
    assert any("reaches" in sentence for sentence in finding.sentences["en"])


def test_the_exact_value_is_that_of_the_file_in_both_languages(toy):
    """A scenario file has shares and million VND with a point, whatever the language."""
    share = explain(with_rules(toy, remote_share={"share": 0.99}, stability={"decrease": 0.3}))
    assert "(−33.3 percentage points; exactly, in the file: 0.657894405)" in " ".join(share.sentences["en"])
    assert "(−33,3 điểm %; chính xác, ghi trong tệp: 0.657894405)" in " ".join(share.sentences["vi"])
    floor = explain(with_rules(toy, per_child_floor={"amount": 0.5}))
    assert "nghìn đồng/trẻ em/năm; chính xác, ghi trong tệp: 0.458333292)" in " ".join(floor.sentences["vi"])
