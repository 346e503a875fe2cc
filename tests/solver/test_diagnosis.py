"""What must give: the rules that cannot be kept, with the level that can be reached."""

from unittest import mock

import pytest

from planning.errors import NoPlanError, UnprovenError
from planning.solver import plan
from planning.solver.diagnosis import MORE, what_must_give
from planning.solver.live import Infeasible
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
    (reason, _) = what_must_give(poor)
    assert reason.en == (
        "Sample plan: Swimming lessons, Remote, 2027: 80.0%, 10.0% is needed (exactly, in the file: 0.0999993); "
        "table targets, row 2; Sample plan; Culture office"
    )
    assert reason.vi.startswith(
        "Kế hoạch mẫu: Dạy bơi, Vùng xa, năm 2027: 80,0%, cần 10,0% (chính xác, ghi trong tệp: 0.0999993)"
    )


def test_a_largest_rise_beside_a_hard_target(toy):
    """80 lessons in hill in 2027 cost 160, and its baseline of 90 may rise to 99 only: 49.5 lessons of 100."""
    rise = {"decrease": 1.0, "increase": 0.1}
    case = with_rules(toy, targets={"strength": "hard"}, stability=rise)
    assert "80.0%, 49.5% is needed" in what_must_give(case)[0].en


def test_the_refusal_is_in_the_language_that_is_asked_for(toy):
    case = with_rules(toy, remote_share={"share": 0.99}, stability={"decrease": 0.3})
    with pytest.raises(NoPlanError, match="Không có phương án nào") as refused:
        solve(case, "vi")
    assert refused.value.told("en").startswith("There is no plan that keeps every rule:\n- ")
    assert all(reason.vi != reason.en for reason in refused.value.reasons)


def test_what_addition_shows_is_told_in_both_languages(toy):
    """Floors of 50 million a child, which no ceiling can pay."""
    with pytest.raises(NoPlanError) as refused:
        solve(with_rules(toy, per_child_floor={"amount": 50.0}))
    first, *_, last = refused.value.reasons
    assert first.en.startswith("the floors of the areas in 2026 add up to")
    assert first.vi.startswith("tổng mức sàn của các địa bàn năm 2026 là")
    assert last == MORE


def test_nothing_that_stands_in_the_way_is_no_proof_that_there_is_no_plan(toy, monkeypatch):
    monkeypatch.setattr(plan, "what_must_give", lambda case: [])
    monkeypatch.setattr(plan, "_whole", mock.Mock(side_effect=Infeasible))
    with pytest.raises(UnprovenError) as refused:
        solve(toy)
    assert str(refused.value) == (
        "There is no proven plan:\n"
        "- the solver neither found a plan nor a rule that stands in the way; please report this case"
    )


def test_nothing_must_give_where_there_is_a_plan(toy):
    assert what_must_give(toy) == []
