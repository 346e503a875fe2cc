"""Conflicts that addition shows, on the toy by hand; every sentence whole."""

import random

import pytest

from planning.inputs.case import Case
from planning.solver.diagnosis import what_must_give
from tests.cases import conflicts, with_cell, with_rules


def test_the_toy_has_no_conflict(toy: Case) -> None:
    assert conflicts(toy) == []


def test_floors_for_each_child_above_the_funds(toy: Case) -> None:
    """1,200 children × 0.5 = 600; near holds 80 and hill 20, which leaves 500 to the city's 400 and the donor's 50."""
    assert conflicts(with_rules(toy, per_child_floor={"amount": 0.5})) == [
        "the floors of the areas in 2026 add up to 600 million VND, 500 million VND of it beyond what the areas hold "
        "themselves: 50 million VND more than the 450 million VND of all other funds; look at "
        "rules.per_child_floor.amount and table funds"
    ]


def test_what_one_year_leaves_helps_the_next(toy: Case) -> None:
    """At 0.45, 440 of 450 are needed in 2026; the 10 left over may be carried, so 2027 may lack 10, but not 11."""
    floors = with_rules(toy, per_child_floor={"amount": 0.45})
    assert conflicts(with_cell(floors, "funds", "ceiling", 380.0, fund="city", year=2027)) == []
    [sentence] = conflicts(with_cell(floors, "funds", "ceiling", 379.0, fund="city", year=2027))
    assert "in 2027 add up to 540 million VND" in sentence
    assert "1 million VND more than the 439 million VND of all other funds with what may be carried over" in sentence


def test_money_that_an_area_holds_is_of_no_use_to_others(toy: Case) -> None:
    """All of the local 100 goes to hill, whose floor is 40: near's 400 stand against 450 − 60, not against 550."""
    mine = with_cell(with_rules(toy, per_child_floor={"amount": 0.46}), "fund_shares", "share", 0.0, area="near")
    [sentence] = conflicts(with_cell(mine, "fund_shares", "share", 1.0, area="hill"))
    assert sentence.startswith(
        "the floors of the areas in 2026 add up to 552 million VND, 460 million VND of it beyond"
    )


def test_stability_makes_floors_too(toy: Case) -> None:
    """Baselines 260 and 90 twice over: 0.9 · 700 = 630, of which 530 is beyond what the areas hold."""
    doubled = toy
    for area, programme, amount in (("near", "lessons", 420.0), ("hill", "lessons", 150.0)):
        doubled = with_cell(doubled, "baseline", "amount", amount, area=area, programme=programme)
    [sentence] = conflicts(with_rules(doubled, stability={"decrease": 0.1}))
    assert "add up to 630 million VND, 530 million VND of it" in sentence
    assert sentence.endswith("look at rules.stability.decrease and table funds")


def test_a_floor_that_an_area_could_not_spend_in_a_year(toy: Case) -> None:
    """Near with 10 lessons and no pools can spend 10, and must receive 100."""
    few = with_cell(toy, "needs", "need", 10.0, area="near", programme="lessons")
    few = with_cell(few, "needs", "need", 0.0, area="near", programme="pools")
    assert conflicts(with_rules(few, per_child_floor={"amount": 0.1})) == [
        "area 'near' must receive 100 million VND in 2026, 90 million VND more than the 10 million VND that all its "
        "needs cost; look at rules.per_child_floor.amount, and at tables needs and unit_costs"
    ]


def test_a_pool_is_built_once_over_the_plan(toy: Case) -> None:
    """Hill with 10 lessons: 20 a year and 300 once are 340 in two years, and it must receive 200 twice."""
    few = with_cell(toy, "needs", "need", 10.0, area="hill", programme="lessons")
    few = with_cell(few, "baseline", "amount", 170.0, area="hill", programme="lessons")
    assert conflicts(with_rules(few, stability={"decrease": 0})) == [
        "area 'hill' must receive 400 million VND in 2026–2027, 60 million VND more than the 340 million VND that all "
        "its needs cost; look at rules.stability.decrease, and at tables needs and unit_costs"
    ]


def test_a_floor_above_the_rise_that_stability_allows(toy: Case) -> None:
    """0.5 for each of hill's 200 children is 100; its baseline of 90 may rise by a tenth, to 99."""
    poor = with_rules(toy, per_child_floor={"amount": 0.5}, stability={"decrease": 1, "increase": 0.1})
    poor = with_cell(poor, "areas", "children", 200, area="near")
    assert conflicts(poor) == [
        "area 'hill' must receive 100 million VND a year for its children, 1 million VND more than the 99 million VND "
        "to which its baseline may rise; look at rules.per_child_floor.amount and rules.stability.increase"
    ]


def test_a_remote_share_beside_floors_elsewhere(toy: Case) -> None:
    """Near must get 0.7 · 260 = 182; hill's needs take 200 + 300 at most but the funds leave 550 − 182 = 368."""
    assert conflicts(with_rules(toy, remote_share={"share": 0.7}, stability={"decrease": 0.3})) == [
        "areas that are not remote must receive 182 million VND in 2026, and remote areas can receive at most the 368 "
        "million VND that the funds then leave: a share of 0.669, less than the 0.7 asked for; look at "
        "rules.remote_share.share (base.yaml line 10) and rules.stability.decrease"
    ]
    assert conflicts(with_rules(toy, remote_share={"share": 0.66}, stability={"decrease": 0.3})) == []


def test_a_share_of_all_beside_a_floor_elsewhere(toy: Case) -> None:
    [sentence] = conflicts(with_rules(toy, remote_share={"share": {2026: 1, 2027: 1}}, per_child_floor={"amount": 0.1}))
    assert "a share of 0.818, less than the 1 asked for" in sentence


def test_a_share_of_all_without_floors_can_be_kept(toy: Case) -> None:
    assert conflicts(with_rules(toy, remote_share={"share": 1})) == []


def test_soft_and_reported_rules_are_never_in_conflict(toy: Case) -> None:
    for strength in ("soft", "report"):
        floor = {"amount": 5, "strength": strength}
        keep = {"decrease": 0, "increase": 0, "strength": strength}
        assert conflicts(with_rules(toy, per_child_floor=floor, stability=keep, targets={"strength": strength})) == []


@pytest.mark.parametrize("seed", range(30))
def test_the_solver_confirms_what_addition_shows(toy: Case, seed: int) -> None:
    """Rules and ceilings drawn at random: where a conflict is named, some hard rule must give."""
    draw = random.Random(seed)
    case = with_rules(
        toy,
        targets={"strength": "hard"},
        per_child_floor={"amount": draw.uniform(0.02, 0.5)},
        stability={"decrease": draw.random(), "increase": draw.uniform(0, 1.5)},
        remote_share={"share": draw.choice([0.2, 0.5, 0.8, 1])},
    )
    for fund in ("city", "local", "donor"):
        ceiling = draw.choice([20.0, 100.0, 400.0])
        case = with_cell(case, "funds", "ceiling", ceiling, fund=fund, year=draw.choice([2026, 2027]))
    assert not conflicts(case) or what_must_give(case)


def test_further_areas_are_counted(toy: Case) -> None:
    poor = with_rules(toy, per_child_floor={"amount": 0.5}, stability={"decrease": 1, "increase": 0.1})
    rich = with_cell(with_cell(poor, "areas", "children", 1000, area="hill"), "funds", "ceiling", 1e6, fund="city")
    assert conflicts(rich)[-1].endswith(
        "the same holds for 1 more areas; look at rules.per_child_floor.amount and rules.stability.increase"
    )
    assert conflicts(rich, "vi")[-1].endswith(
        "; 1 địa bàn khác cũng vậy; xem rules.per_child_floor.amount và rules.stability.increase"
    )


def test_conflicts_are_told_in_vietnamese(toy: Case) -> None:
    [funds] = conflicts(with_rules(toy, per_child_floor={"amount": 0.5}), "vi")
    assert funds.startswith("tổng mức sàn của các địa bàn năm 2026 là 600 triệu đồng, ")
    assert "nhiều hơn 50 triệu đồng so với 450 triệu đồng của mọi nguồn vốn khác; xem " in funds
    [share] = conflicts(with_rules(toy, remote_share={"share": 0.7}, stability={"decrease": 0.3}), "vi")
    assert "thấp hơn mức yêu cầu 0,700; xem rules.remote_share.share" in share
    poor = with_cell(with_rules(toy, targets={"strength": "hard"}), "funds", "ceiling", 0.0, fund="city")
    assert conflicts(poor, "vi") == [
        "chỉ tiêu 'swim' cần ít nhất 160 triệu đồng trong năm 2027, nhiều hơn 140 triệu đồng so với 20 triệu đồng của "
        "các nguồn được chi cho 'lessons'; xem các bảng targets, funds, eligibility"
    ]
