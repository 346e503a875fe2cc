"""Alternatives are plans: every rule kept, the last goal near its best, money moved as stated."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning.errors import InputError, NoPlanError
from planning.insight.alternatives import alternatives, moved_share
from planning.model.build import build
from planning.solver.plan import solve
from tests import random_cases
from tests.cases import with_rules
from tests.insight.test_near import excess
from tests.languages import vietnamese

QUIET = settings(max_examples=8)


@QUIET
@given(data=st.data())
def test_every_alternative_keeps_the_rules_and_the_value(toy, data):
    case = data.draw(st.one_of(random_cases.cases(toy), random_cases.cases_with_projects(toy)))
    case = with_rules(case, **data.draw(random_cases.rules(most=2, strengths=("hard",))))
    try:
        plan = solve(case)
    except NoPlanError:
        assume(False)
    model = build(case)
    assume(model.layout.money(plan.x).sum() > 1)
    gain = model.goals[-1].gain
    best = gain @ plan.x
    for other in alternatives(plan, 2, 0.02).plans[1:]:
        assert excess(model, other.x) < 1e-6
        assert gain @ other.x >= best - 0.02 * abs(best) - 1e-7
        whole = other.x[model.whole]
        assert whole == pytest.approx(np.round(whole), abs=1e-6)


def test_the_toy_moves_money_and_says_what_stays(toy_projects):
    found = alternatives(solve(toy_projects), 3, 0.01)
    table = found.finding.table
    assert len(found.plans) == 4
    assert table["moved"][0] == 0
    assert (table["moved"][1:] > 0.05).all()
    assert (table["loss_share"] <= 0.01 + 1e-6).all()
    robust = found.finding.tables["robust"].set_index(["area", "programme"])
    for other in found.plans:
        sums = other.lines.groupby(["area", "programme"])["amount"].sum()
        for key, row in robust.iterrows():
            assert sums[key] >= 0.9 * row["present"] - 1e-6
    assert found.plans[1].certificate["status"] == "near the best"


def test_money_moved_is_counted_once():
    one, other = np.array([[[60.0, 40.0]]]), np.array([[[30.0, 70.0]]])
    assert moved_share(one, other) == pytest.approx(0.3)


@pytest.mark.parametrize("count", [0, -1, 51])
def test_counts_that_are_none(toy, count):
    with pytest.raises(InputError, match="give a whole number from 1 to 50") as refused:
        alternatives(solve(toy), count)
    wanted = f"1 lỗi trong --count:\n- không thể tìm {count} phương án; hãy ghi một số nguyên từ 1 đến 50"
    assert vietnamese(refused.value) == wanted


def test_a_stopped_search_goes_on_where_it_was(toy_projects, tmp_path):
    """The second plan depends on the first: read from the journal it leads to the same second plan."""
    plan, journal = solve(toy_projects), tmp_path / "alternatives.journal"
    whole = alternatives(plan, 2, 0.01)
    alternatives(plan, 1, 0.01, journal=journal)
    again = alternatives(plan, 2, 0.01, journal=journal)
    assert len(journal.read_text().splitlines()) == 2
    for one, other in zip(whole.plans, again.plans, strict=True):
        assert one.x == pytest.approx(other.x, abs=1e-12)
    pd.testing.assert_frame_equal(whole.finding.table, again.finding.table)
