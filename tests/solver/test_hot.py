"""The live model under changing numbers gives what building it anew gives."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.inputs.whatif import with_money, with_rules, with_values
from planning.model.build import build
from planning.solver import live
from planning.solver.hot import Hot
from planning.solver.live import Infeasible, Live
from tests import random_cases
from tests.project_cases import with_two_pools

QUIET = settings(max_examples=25)


def values(hot: Hot) -> tuple[float, ...] | None:
    try:
        return hot.best().values
    except Infeasible:
        return None


def same(one: tuple[float, ...] | None, other: tuple[float, ...] | None) -> bool:
    return (one is None) == (other is None) and (one is None or one == pytest.approx(other, abs=1e-6))


@QUIET
@given(data=st.data(), many=st.sampled_from([0, 50_000]))
def test_changed_money_needs_and_prices_are_solved_as_if_built_anew(toy, data, many):
    """Whether coefficients are changed one by one or the model is handed over whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "MANY", many)
        compare_changed(toy, data)


def compare_changed(toy, data) -> None:
    case = data.draw(random_cases.cases(toy))
    case = with_rules(case, **data.draw(random_cases.rules()))
    hot = Hot(build(case))
    for _ in range(4):
        rng = np.random.default_rng(data.draw(st.integers(0, 10**6)))
        other = with_values(
            case,
            need=case.need * rng.uniform(0.5, 1.5, case.need.shape),
            unit_cost=case.unit_cost * rng.uniform(0.5, 1.5, case.unit_cost.shape),
            ceiling=case.ceiling * rng.uniform(0.5, 1.5, case.ceiling.shape),
        )
        hot.change(build(other))
        assert same(values(hot), values(Hot(build(other))))


@QUIET
@given(data=st.data())
def test_projects_are_searched_again(toy, data):
    case = data.draw(random_cases.cases_with_projects(toy))
    hot = Hot(build(case), gap=1e-9)
    for factor in (1.3, 0.4, 2.0, 1.0):
        other = build(with_money(case, factor))
        hot.change(other)
        assert same(values(hot), values(Hot(other, gap=1e-9)))


@QUIET
@given(data=st.data())
def test_what_rounding_proves_is_what_a_search_finds(toy, data):
    model = build(data.draw(random_cases.cases_with_projects(toy)))
    rounding, searching = Hot(model), Hot(model, gap=1e-9)
    searching._rounded = lambda whole: None
    assert same(values(rounding), values(searching))


@pytest.mark.parametrize(("money", "searched"), [(20.0, False), (1.0, True)])
def test_a_search_is_left_out_only_where_rounding_proves_the_best(toy_projects, monkeypatch, money, searched):
    """With money for every project nothing is fractional; else what parts of projects reach is out of reach."""
    runs = []
    run = Live._run
    monkeypatch.setattr(Live, "_run", lambda self: [runs.append(self.whole.size > 0), run(self)][1])
    point = Hot(build(with_money(toy_projects, money))).best()
    assert any(runs) == searched
    assert point.steps[-1].gap < 1e-6


def test_a_level_that_multiplies_money_is_changed_in_place(toy):
    cases = [with_rules(toy, remote_share={"share": share}) for share in (0.5, 0.2, 0.7)]
    hot = Hot(build(cases[0]))
    hot.best()
    for case in cases[1:]:
        hot.change(build(case))
        assert values(hot) == pytest.approx(values(Hot(build(case))))
    assert not hot.rebuilt


def test_another_structure_is_built_anew_and_says_why(toy):
    hot = Hot(build(toy))
    hot.best()
    hot.change(build(with_rules(toy, per_child_floor={"amount": 0.01})))
    [why] = hot.rebuilt
    assert why.en == "rules have other rows: per_child_floor"
    assert why.vi == "quy định có các ràng buộc khác trước: per_child_floor"
    assert values(hot) == pytest.approx(values(Hot(hot.model)))


def test_unmet_targets_are_followed(toy):
    """Where a target cannot be met its shortfall is found anew for each amount of money, and held for what follows."""
    table = toy.tables["targets"].assign(strength="soft", coverage=1.0)
    case = with_rules(replace(toy, tables={**toy.tables, "targets": table}), targets={})
    hot = Hot(build(case))
    for factor in (1.0, 3.0, 0.5, 8.0, 1.0):
        other = build(with_money(case, factor))
        hot.change(other)
        assert values(hot) == pytest.approx(values(Hot(other)), abs=1e-7)


def test_kept_projects_stay_when_all_else_changes(toy):
    case = with_two_pools(toy)
    hot = Hot(build(case))
    x = hot.best().answer.x
    whole = np.flatnonzero(hot.model.whole)
    hot.keep_projects(x)
    hot.change(build(with_money(case, 0.9)))
    assert hot.best().answer.x[whole] == pytest.approx(np.round(x[whole]))
    hot.change(build(with_rules(case, per_child_floor={"amount": 0.01})))
    assert hot.rebuilt
    assert hot.best().answer.x[np.flatnonzero(hot.model.whole)] == pytest.approx(np.round(x[whole]))
