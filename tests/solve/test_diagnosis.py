"""What must give: the rules that cannot be kept, with the level that can be reached."""

import pytest

from planning.errors import NoPlanError
from planning.solve.diagnosis import what_must_give
from planning.solve.plan import solve
from tests.cases import with_cell, with_rules


def test_a_remote_share_beside_a_floor_elsewhere(toy):
    """Hill can absorb 200 for lessons and 300 for pools in 2026, near must get 180: at most 500 of 680."""
    case = with_rules(toy, remote_share={"share": 0.99}, stability={"decrease": 0.3})
    with pytest.raises(NoPlanError) as refused:
        solve(case)
    assert "remote areas" in str(refused.value) or "baseline" in str(refused.value)


def test_the_level_that_can_be_reached_is_named(toy):
    """The donor pays only pools in hill and the city is broke, so lessons in hill have the local 20: 10 of 100."""
    poor = with_cell(with_rules(toy, targets={"strength": "hard"}), "funds", "ceiling", 0.0, fund="city")
    assert what_must_give(poor) == [
        "Sample plan: Swimming lessons, Remote, reaches at least 80.0% of the need in 2027: "
        "at most 10.0% can be reached"
    ]
    assert what_must_give(poor, "vi") == [
        "Kế hoạch mẫu: Dạy bơi, Vùng xa, bao phủ ít nhất 80,0% vào năm 2027: nhiều nhất chỉ đạt 10,0%"
    ]


def test_a_largest_rise_beside_a_hard_target(toy):
    """80 lessons in hill in 2027 cost 160, and its baseline of 90 may rise to 99 only."""
    rise = {"decrease": 1.0, "increase": 0.1}
    case = with_rules(toy, targets={"strength": "hard"}, stability=rise)
    assert what_must_give(case) == ["Hill, 2027: at most 110.0% of the baseline: at least 177.8% is needed"]
    bare = case
    for programme in case.programmes:
        bare = with_cell(bare, "baseline", "amount", 0.0, area="hill", programme=programme)
    with pytest.raises(NoPlanError, match=r"Hill, 2027: .* of the baseline: at least 160\.0 million VND is needed"):
        solve(bare)


def test_nothing_must_give_where_there_is_a_plan(toy):
    assert what_must_give(toy) == []
