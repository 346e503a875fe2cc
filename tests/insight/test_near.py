"""The ends of ranges are attained by plans that keep every row, and no plan near the best lies outside them."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning.errors import InputError, NoPlanError
from planning.insight.near import Near, answerable, money_weight
from planning.model.build import build
from planning.solver.hot import Hot
from planning.solver.plan import solve
from tests import random_cases
from tests.cases import with_rules
from tests.languages import vietnamese

QUIET = settings(max_examples=20)
WITHIN = (0.001, 0.01, 0.05)


def excess(model, x):
    """How far x misses the worst row or bound of the model, scaled."""
    value = np.bincount(model.matrix.row, model.matrix.value * x[model.matrix.column], minlength=model.lower.size)
    return max((model.lower - value).max(), (value - model.upper).max(), -x.min(), x.max() - 1)


def directly(model, x, weight, within):
    """The greatest Σ weight·x by one solve with the level as a row."""
    hot = Hot(model)
    hot.keep_projects(x)
    best = hot.best().values[-1]
    hot.live.hold(model.goals[-1].gain, best - within * abs(best))
    size = np.abs(weight).max() or 1.0
    return hot.live.maximise(weight / size).value * size


@QUIET
@given(data=st.data())
def test_ends_are_attained_and_no_plan_goes_further(toy, data):
    case = data.draw(st.one_of(random_cases.cases(toy), random_cases.cases_with_projects(toy)))
    case = with_rules(case, **data.draw(random_cases.rules(most=2)))
    try:
        plan = solve(case)
    except NoPlanError:
        assume(False)
    model = build(case)
    near = Near(model, plan.x)
    rng = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    mask = rng.random(case.shape[:2]) < 0.5
    weight = money_weight(model.layout, mask, near.live.columns) * rng.choice([-1.0, 1.0])
    for within, end in zip(WITHIN, near.ends(weight, WITHIN), strict=True):
        x = end.x[: model.columns]
        assert excess(model, x) < 1e-6
        assert model.goals[-1].gain @ x >= near.level(within) - 1e-7
        for goal, value in zip(model.goals[:-1], near.point.values[:-1], strict=True):
            assert goal.gain @ x >= value - 1e-6
        assert weight @ end.x == pytest.approx(end.value, abs=1e-6 * max(1.0, abs(end.value)))
        wide = max(1.0, np.abs(weight).sum())
        assert end.value == pytest.approx(directly(model, plan.x, weight, within), abs=1e-4 * wide)
        assert end.value - 1e-6 * wide <= end.bound <= end.value + 2e-4 * wide


@QUIET
@given(data=st.data())
def test_plans_of_random_wishes_lie_inside(toy, data):
    case = data.draw(random_cases.cases(toy))
    try:
        plan = solve(with_rules(case))
    except NoPlanError:
        assume(False)
    model = build(plan.case)
    near = Near(model, plan.x)
    weight = money_weight(model.layout, np.eye(*case.shape[:2], dtype=bool), near.live.columns)
    (most,), (least,) = near.ends(weight, [0.01]), near.ends(-weight, [0.01])
    hot = Hot(model)
    best = hot.best().values[-1]
    hot.live.hold(model.goals[-1].gain, best - 0.01 * abs(best))
    rng = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    for _ in range(5):
        x = hot.live.maximise(rng.normal(size=hot.live.columns)).x
        slack = 1e-5 * max(1.0, weight.sum())
        assert -least.value - slack <= weight @ x <= most.value + slack


def test_more_given_up_is_never_narrower(toy):
    model = build(toy)
    near = Near(model, solve(toy).x)
    weight = money_weight(model.layout, np.array([[True, False], [False, False]]), near.live.columns)
    for sign in (1, -1):
        values = [end.value for end in near.ends(sign * weight, (0.0001, 0.01, 0.05, 0.5))]
        assert values == sorted(values)
        assert values[0] < values[-1]


def test_leximin_is_refused_in_one_sentence(toy):
    case = with_rules(toy, objective={"goals": ["leximin"]})
    with pytest.raises(InputError, match="write max_min instead of leximin") as refused:
        answerable(build(case))
    assert vietnamese(refused.value) == (
        "1 lỗi trong base.yaml:\n- mục tiêu 'leximin' nâng lần lượt từng địa bàn thiếu nhất, nên không có một con số "
        "nào cho biết phương án khác gần đến đâu; hãy ghi max_min thay cho leximin trong objective.goals để hỏi câu này"
    )
