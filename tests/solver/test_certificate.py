"""The second look catches what a wrong model would hide: each kind of broken allocation, on the toy case."""

import pandas as pd
import pytest

from planning.errors import NoPlanError, UnprovenError
from planning.solver.certificate import certify
from planning.solver.plan import Step, solve
from planning.solver.second_look import recheck
from tests.cases import outcome, with_rules


@pytest.fixture(scope="module")
def ruled(toy):
    return with_rules(
        toy,
        targets={"strength": "hard"},
        remote_share={"share": 0.2},
        per_child_floor={"amount": 0.2},
        stability={"decrease": 0.5, "increase": 3.0},
    )


@pytest.fixture(scope="module")
def plan(ruled):
    return solve(ruled)


def excess(case, lines: pd.DataFrame) -> dict[str, float]:
    return dict(recheck(case, outcome(lines))[1])


def paying(**line: object) -> pd.DataFrame:
    return pd.DataFrame([{"area": "near", "programme": "lessons", "fund": "city", "year": 2026, "amount": 10.0} | line])


def test_a_good_plan_has_no_excess(ruled, plan):
    assert max(excess(ruled, plan.lines).values()) < 1e-9
    assert [check["rule"] for check in plan.certificate["checks"]] == [
        "eligibility", "need", "coverage", "capacity", "started", "fund_ceiling",
        "targets", "projects", "remote_share", "per_child_floor", "stability",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "rule", "amount"),
    [
        (paying(fund="donor"), "eligibility", 1.0),
        (paying(fund="local", programme="pools"), "eligibility", 1.0),
        (paying(amount=600.0), "need", 0.5),
        (paying(programme="pools", amount=500.0), "need", 0.25),
        (paying(amount=440.0), "fund_ceiling", 0.1),
        (paying(fund="local", amount=96.0), "fund_ceiling", 0.2),
        (paying(amount=40.0), "targets", 0.8),
        (paying(amount=40.0), "remote_share", 0.2),
        (paying(amount=50.0), "per_child_floor", 1.0),
        (paying(amount=65.0), "stability", 0.5),
    ],
)
def test_each_kind_of_broken_allocation_is_seen(ruled, lines, rule, amount):
    assert excess(ruled, lines)[rule] == pytest.approx(amount)


def test_carried_money_counts_and_the_cap_on_it_too(toy):
    """The city may carry 200 of its 400: 600 in 2027 is within, 610 is 10 over a ceiling of 400."""
    case = with_rules(toy)
    within, over = (paying(year=2027, programme="pools", area="near", amount=amount) for amount in (600.0, 610.0))
    assert excess(case, within)["fund_ceiling"] <= 1e-12
    assert excess(case, over)["fund_ceiling"] == pytest.approx(10 / 400)


def test_a_disagreement_is_refused(ruled, plan):
    wrong = plan.lines.assign(amount=plan.lines["amount"] * 1.2)
    with pytest.raises(NoPlanError, match="second check"):
        certify(ruled, outcome(wrong), 0.5, [Step("reach", 0.5, 0.5, 0.0, 0.0)], True, {})


def test_a_wrong_goal_value_is_refused(ruled, plan):
    reach = plan.certificate["reach_checked"]
    with pytest.raises(NoPlanError, match="worked out again"):
        certify(ruled, outcome(plan.lines), reach + 1e-4, [Step("reach", reach, reach, 0.0, 0.0)], True, {})


def test_a_failed_second_check_is_not_called_a_lack_of_plans(ruled, plan):
    """The city pays 440 of its 400 in 2026, and the plan reaches 0.0625 of the weighted need, not half of it."""
    with pytest.raises(UnprovenError) as refused:
        certify(ruled, outcome(paying(amount=440.0)), 0.5, [Step("reach", 0.5, 0.5, 0.0, 0.0)], True, {})
    english, told = str(refused.value).splitlines(), refused.value.told("vi").splitlines()
    assert refused.value.exit_code == 3
    assert english[:2] == [
        "There is no proven plan:",
        "- the allocation failed its second check; please report this case",
    ]
    assert "- fund_ceiling: off by 0.1 of its level" in english
    assert told[:2] == [
        "Chưa có phương án nào được chứng minh:",
        "- phân bổ không qua được lần kiểm tra thứ hai; xin báo lại trường hợp này",
    ]
    assert "- fund_ceiling: lệch 0,1 lần mức phải giữ" in told
    assert english[-1].endswith("worked out again, 0.500000000 stated by the model")
    assert told[-1].startswith("- mục tiêu reach: tính lại được 0,")
    assert told[-1].endswith(", mô hình ghi 0,500000000")


def test_what_a_certificate_says(plan):
    certificate = plan.certificate
    assert certificate["status"] == "optimal"
    assert certificate["gap"] <= 1e-6
    assert certificate["unique"] is True
    assert {"planning", "pulp", "highspy", "python"} <= set(certificate["versions"])
    assert all(len(digest) == 64 for digest in certificate["inputs"].values())
    assert [goal["name"] for goal in certificate["goals"]][:2] == ["reach", "least_change"]
