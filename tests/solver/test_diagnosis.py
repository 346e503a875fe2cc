"""What must give: the rules that cannot be kept, with the level that can be reached."""

import pytest

from planning.errors import NoPlanError
from planning.solver.diagnosis import what_must_give
from planning.solver.plan import solve
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
    assert what_must_give(poor)[:-1] == [
        "Sample plan: Swimming lessons, Remote, 2027: 80.0%, 10.0% is needed (exactly, in the file: 0.0999993); "
        "table targets, row 2; Sample plan; Culture office"
    ]
    assert what_must_give(poor, "vi")[0].startswith(
        "Kế hoạch mẫu: Dạy bơi, Vùng xa, năm 2027: 80,0%, cần 10,0% (chính xác, ghi trong tệp: 0.0999993)"
    )


def test_a_largest_rise_beside_a_hard_target(toy):
    """80 lessons in hill in 2027 cost 160, and its baseline of 90 may rise to 99 only: 49.5 lessons of 100."""
    rise = {"decrease": 1.0, "increase": 0.1}
    case = with_rules(toy, targets={"strength": "hard"}, stability=rise)
    assert "80.0%, 49.5% is needed" in what_must_give(case)[0]


def test_the_refusal_is_in_the_language_that_is_asked_for(toy):
    case = with_rules(toy, remote_share={"share": 0.99}, stability={"decrease": 0.3})
    with pytest.raises(NoPlanError, match="Không có phương án nào"):
        solve(case, "vi")


def test_nothing_must_give_where_there_is_a_plan(toy):
    assert what_must_give(toy) == []
