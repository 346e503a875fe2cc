"""Projects that stand in every plan and cannot be paid, or cannot stand together, are named with what is missing."""

import pytest

from planning.errors import NoPlanError
from planning.solver.diagnosis import what_must_give
from planning.solver.plan import solve
from tests.cases import with_cell, with_rules
from tests.project_cases import with_two_pools

MUST = {"stage": "must", "latest": 2026}


def reasons(case) -> list[str]:
    """In English."""
    with pytest.raises(NoPlanError) as refused:
        solve(case)
    return [reason.en for reason in refused.value.reasons]


def test_two_pools_beyond_the_ceilings(toy):
    """Each takes 600 of the city in 2026, which has 400; the donor may pay 50 of the one in hill: 750 are missing."""
    case = with_two_pools(toy, MUST | {"cost": 1200.0}, MUST | {"cost": 1200.0, "second_year": 0.0, "third_year": 0.5})
    assert reasons(with_rules(case)) == [
        "2026: the projects that stand in every plan (pool_near, pool_hill) cost 1,200.0 million VND; the funds that "
        "may pay lack 750.0 million VND",
        "2027: the projects that stand in every plan (pool_near, pool_hill) cost 608.0 million VND; the funds that "
        "may pay lack 200.0 million VND",
    ]


def test_a_pool_that_nobody_can_run(toy):
    """It starts in 2026, opens in 2027 and takes 900 a year; the city has 400, and what near holds is 80."""
    case = with_two_pools(toy, MUST | {"cost": 1.0, "running_cost": 900.0, "latest": 2026})
    (reason,) = reasons(with_rules(with_cell(case, "funds", "carry_over", 0.0, fund="city")))
    assert reason == (
        "2027: the projects that stand in every plan (pool_near) cost 900.5 million VND; the funds that may pay lack "
        "420.5 million VND"
    )


def test_pools_that_exclude_each_other(toy):
    case = with_two_pools(toy, MUST, MUST | {"excludes": "pool_near"})
    (reason,) = reasons(with_rules(case, remote_share={"share": 0.1}))
    assert reason == (
        "the projects that stand in every plan (pool_hill) contradict what they require or exclude, or the years in "
        "which they may start"
    )


def test_a_least_grant_above_what_running_takes(toy):
    """The least grant can give, so it is what is named.

    The pool in near makes room for 10 lessons of 1 million and its running cost of 4 falls under them; a grant is 30.
    """
    case = with_two_pools(toy, MUST)
    case = with_cell(case, "capacities", "existing", 0.0, programme="lessons", area="near")
    case = with_cell(case, "project_effects", "capacity", 10.0, project="pool_near", programme="lessons")
    reason, _ = reasons(with_rules(case, minimum_grants=[{"programmes": "lessons", "amount": 30.0}]))
    assert reason.startswith("least grant, Swimming lessons: 30.0 million VND")


def test_in_vietnamese(toy):
    case = with_rules(with_two_pools(toy, MUST | {"cost": 2000.0}))
    assert what_must_give(case)[0].vi == (
        "năm 2026: các dự án phải có trong phương án (pool_near) cần 1.000,0 triệu đồng; các nguồn vốn được chi còn "
        "thiếu 600,0 triệu đồng"
    )


def test_one_unit_for_what_is_needed_and_what_is_missing(toy):
    (reason,) = reasons(with_rules(with_two_pools(toy, MUST | {"cost": 24_000.0})))[:1]
    assert "cost 12.0 billion VND" in reason
    assert "11.6 billion VND" in reason
    (reason,) = reasons(with_rules(with_two_pools(toy, MUST | {"cost": 20_400.0})))[:1]
    assert "cost 10,200.0 million VND" in reason
    assert "9,800.0 million VND" in reason


def test_a_rule_that_projects_break_is_named_before_them(toy):
    """One start a year where two must start in 2026: the rule can give, so it is what is named."""
    reason, _ = reasons(with_rules(with_two_pools(toy, MUST, MUST), projects={"per_year": 1}))
    assert reason.startswith("most project starts in one year: 1, 2 is needed (exactly, in the file: 2)")
