"""Hard targets against the funds that may pay for them, on the toy by hand."""

import pandas as pd

from planning.inputs.case import Case
from tests.cases import conflicts, with_cell, with_rules, with_table

HARD = {"strength": "hard"}


def with_targets(case: Case, *targets: dict) -> Case:
    swim = case.tables["targets"].to_dict("records")[0]
    return with_table(with_rules(case, targets=HARD), "targets", pd.DataFrame([swim | target for target in targets]))


def test_a_target_that_can_be_paid(toy: Case) -> None:
    assert conflicts(with_rules(toy, targets=HARD)) == []


def test_a_target_above_the_funds_that_may_pay_for_it(toy: Case) -> None:
    """80 lessons in hill cost 160; without the city's money only hill's own 20 may pay, near's 80 and the donor not."""
    poor = with_cell(with_rules(toy, targets=HARD), "funds", "ceiling", 0.0, fund="city")
    assert conflicts(poor) == [
        "target 'swim' costs at least 160 million VND in 2027, 140 million VND more than the 20 million VND of the "
        "funds that may pay for 'lessons'; look at tables targets, funds and eligibility"
    ]


def test_a_soft_target_is_no_promise(toy: Case) -> None:
    poor = with_cell(toy, "funds", "ceiling", 0.0, fund="city")
    assert conflicts(with_rules(poor, targets={"strength": "as_stated"})) == []
    stated = with_cell(poor, "targets", "strength", "hard", target="swim")
    assert len(conflicts(with_rules(stated, targets={"strength": "as_stated"}))) == 1


def test_the_cheapest_areas_come_first(toy: Case) -> None:
    """90 % of 500 lessons: near's 400 at 1 and 50 of hill's at 2 cost 500, against 20 + 80 + 399."""
    every = with_targets(toy, {"class": "all", "coverage": 0.9, "year": 2026})
    assert conflicts(every) == []
    [sentence] = conflicts(with_cell(every, "funds", "ceiling", 399.0, fund="city", year=2026))
    assert sentence.startswith("target 'swim' costs at least 500 million VND in 2026, 1 million VND more than the 499")


def test_a_capital_target_has_the_money_of_all_years_up_to_it(toy: Case) -> None:
    """Six pools cost 4 · 100 + 2 · 150 = 700: more than the 450 of 2026, less than twice that."""
    pools = {"programme": "pools", "class": "all", "coverage": 1.0}
    assert conflicts(with_targets(toy, pools | {"year": 2027})) == []
    [sentence] = conflicts(with_targets(toy, pools | {"year": 2026}))
    assert sentence.startswith(
        "target 'swim' costs at least 700 million VND by 2026, 250 million VND more than the 450 million VND of the"
    )


def test_targets_that_can_be_paid_alone_but_not_together(toy: Case) -> None:
    """Near's lessons (400) and pools (400), each within its funds, against the 550 of 2026."""
    lessons = {"target": "learn", "class": "city", "coverage": 1.0, "year": 2026}
    pools = {"target": "build", "programme": "pools", "class": "city", "coverage": 1.0, "year": 2026}
    assert conflicts(with_targets(toy, lessons)) == []
    assert conflicts(with_targets(toy, pools)) == []
    assert conflicts(with_targets(toy, lessons, pools)) == [
        "the hard targets up to 2026 cost at least 800 million VND together, 250 million VND more than the 550 million "
        "VND of all funds; look at 'learn', 'build' in table targets, and at table funds"
    ]


def test_targets_about_the_same_children_count_once(toy: Case) -> None:
    one = {"class": "city", "coverage": 1.0, "year": 2026}
    assert conflicts(with_targets(toy, one | {"target": "a"}, one | {"target": "b"})) == []
