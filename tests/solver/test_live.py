"""The live model: bounds that prove, faces that stay optimal, uniqueness that is told truly."""

from unittest import mock

import numpy as np
import pytest

from planning.model.build import build
from planning.solver.live import Infeasible, Live, highspy
from tests.cases import with_rules


@pytest.fixture
def live(toy):
    model = build(with_rules(toy))
    return Live(model, model.goals[0]), model.goals[0].gain


def test_the_bound_holds_for_any_prices(live):
    """Weak duality: even wrong prices give a bound that no allocation passes."""
    held, gain = live
    best = held.maximise(gain).value
    rng = np.random.default_rng(5)
    for _ in range(20):
        assert held._bound(gain, rng.normal(size=held.row_lower.size)) >= best - 1e-12


def test_the_bound_meets_the_value(live):
    held, gain = live
    answer = held.maximise(gain)
    assert answer.gap < 1e-9


def test_a_held_goal_is_not_given_up(live):
    held, gain = live
    best = held.maximise(gain)
    held.hold(gain, best.value - 1e-9)
    against = held.maximise(-gain)
    assert -against.value == pytest.approx(best.value, abs=1e-7)


def test_the_optimal_face_is_optimal_everywhere(live):
    held, gain = live
    best = held.maximise(gain)
    held.stay_optimal(best)
    rng = np.random.default_rng(5)
    for _ in range(5):
        anywhere = held.maximise(rng.normal(size=gain.size))
        assert gain @ anywhere.x == pytest.approx(best.value, abs=1e-7)


def test_ties_are_seen(toy):
    """Without a tie-break the toy has equally good plans; with every price different it has one."""
    model = build(with_rules(toy))
    gain = model.goals[0].gain
    tied = Live(model, model.goals[0])
    assert not tied.unique(tied.maximise(gain), np.arange(model.columns))
    rng = np.random.default_rng(5)
    spread = gain - rng.random(gain.size) * 1e-3
    single = Live(model, model.goals[0])
    assert single.unique(single.maximise(spread), np.arange(model.columns))


def test_a_long_search_says_how_near_it_came_and_what_to_do():
    highs = mock.Mock(
        **{"modelStatusToString.return_value": "Time limit reached", "getInfo.return_value.mip_gap": 0.0123}
    )
    text = Live._unfinished(mock.Mock(highs=highs, whole=np.zeros(3)), highspy.HighsModelStatus.kTimeLimit)
    assert text.vi == (
        "bộ giải dừng trước khi chứng minh được phân bổ tốt nhất (hết thời gian); phân bổ tốt nhất đã tìm được cách "
        "mức tốt nhất có thể không quá 1,23%; hãy tăng objective.seconds hoặc objective.gap, hoặc ghi strength: "
        "report cho các chỉ tiêu về kết quả của dự án, vì muốn đạt đúng các chỉ tiêu đó thì phải tìm ra đúng một bộ "
        "dự án"
    )
    assert text.en == (
        "the solver stopped before the best allocation was proven (Time limit reached); the best found is within "
        "1.23% of the best possible; allow more with objective.seconds or objective.gap, or make targets on what "
        "projects deliver report-only, because meeting them exactly asks for the one right set of projects"
    )


def test_rules_that_cannot_all_be_kept():
    assert Infeasible().told("vi") == (
        "Không có phương án nào giữ được mọi quy định:\n- không thể cùng giữ mọi quy định"
    )
