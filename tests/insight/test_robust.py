"""Robust budgets: the worst of all choices of programmes, tried one by one, stays within the money and uses it up."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import InputError
from planning.inputs.ranges import ranges
from planning.insight.robust import WorstCase, read_gammas, rise_of, robust
from planning.model.build import build
from planning.model.protection import Protection, groups_of_funds
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from tests import random_cases
from tests.cases import with_rules, with_table
from tests.languages import vietnamese
from tests.project_cases import with_two_pools

QUIET = settings(max_examples=25)


def best(case, gamma, rise):
    """Model and column values of the best plan, safe against `gamma` programmes."""
    model = build(case, protection=Protection(gamma, rise))
    return model, Hot(model, gap=1e-9).best().answer.x[: model.columns]


def worst(model, x, rise, gamma):
    """(S, T) most that is missing in a group of funds over all choices of at most `gamma` programmes, tried out."""
    programmes = len(model.case.programmes)
    choices = [
        np.isin(np.arange(programmes), some)
        for n in range(gamma + 1)
        for some in itertools.combinations(range(programmes), n)
    ]
    return WorstCase(model, x).short(np.array([chosen * rise for chosen in choices])).max(axis=0)


@QUIET
@given(data=st.data(), gamma=st.integers(0, 2))
def test_the_worst_choice_of_programmes_is_within_the_money(toy, data, gamma):
    case = data.draw(random_cases.cases_with_projects(toy) if data.draw(st.booleans()) else random_cases.cases(toy))
    rise = np.array([[data.draw(st.sampled_from([0.0, 0.1, 0.5])) for _ in range(2)] for _ in range(2)])
    try:
        model, x = best(with_rules(case), gamma, rise)
    except Infeasible:
        return
    assert worst(model, x, rise, gamma).max() <= 1e-4


def test_where_money_is_short_the_worst_case_uses_all_of_it(toy):
    funds = toy.tables["funds"].assign(ceiling=[200.0, 200, 50, 50, 0, 0], carry_over=0.0)
    case = with_rules(with_table(toy, "funds", funds))
    rise = np.full((2, 2), 0.25)
    groups = groups_of_funds(case)
    everything = next(i for i, (funds, _) in enumerate(groups) if funds.all())
    for gamma in (1, 2):
        model, x = best(case, gamma, rise)
        assert worst(model, x, rise, gamma)[everything] == pytest.approx(np.zeros(2), abs=1e-4)
    assert model.layout.money(x).sum() == pytest.approx(500 / 1.25, rel=1e-6)


def test_no_programme_at_its_highest_is_the_plan_itself(toy):
    rise = np.full((2, 2), 0.3)
    model, x = best(toy, 0, rise)
    stated = build(toy)
    assert model.reach.gain @ x == pytest.approx(stated.reach.gain @ Hot(stated).best().answer.x)


def test_all_programmes_at_their_highest_is_the_plan_at_those_prices(toy):
    """With one purse and no rule, safety against everything is what dearer prices leave."""
    funds = toy.tables["funds"].iloc[:2].assign(carry_over=0.0)
    eligibility = toy.tables["eligibility"].iloc[:1]
    tables = {**toy.tables, "funds": funds, "eligibility": eligibility}
    del tables["fund_shares"]
    case = with_rules(replace(toy, tables=tables))
    model, x = best(case, 2, np.full((2, 2), 0.5))
    dearer = with_table(case, "unit_costs", case.tables["unit_costs"].assign(unit_cost=[1.5, 3.0, 150, 225]))
    stated = build(dearer)
    assert model.reach.gain @ x == pytest.approx(stated.reach.gain @ Hot(stated).best().answer.x)


def test_money_of_a_fund_that_may_not_pay_is_no_reserve(toy):
    """The donor pays pools in hill only: what it has left does not make lessons safe."""
    groups = {tuple(toy.funds[funds]): inside for funds, inside in groups_of_funds(toy)}
    lessons, pools = (toy.programmes.get_loc(name) for name in ("lessons", "pools"))
    near, hill = (toy.areas.get_loc(name) for name in ("near", "hill"))
    assert groups["city", "local"][:, lessons].all()
    assert groups["city", "local"][near, pools]
    assert not groups["city", "local"][hill, pools]
    assert groups["city",][near, pools]


def test_a_curve_falls_and_its_chances_are_those_of_draws(toy):
    case = with_rules(with_two_pools(toy))
    finding = robust(case, ranges(case, {"unit_costs": 0.4}), [0, 0.5, 1, 2], draws=500)
    table = finding.table
    assert list(table["gamma"]) == [0, 0.5, 1, 2]
    assert (np.diff(table["reach"]) <= 1e-7).all()
    assert (np.diff(table["lost"]) >= -1e-7).all()
    assert table["lost"].iloc[0] == 0
    assert table["lost"].iloc[-1] > 0.01
    assert table["chance"].iloc[0] > 0.3
    assert table["chance"].iloc[-1] == 0
    spent = finding.tables["programmes"].groupby("gamma")["amount"].sum()
    assert table["kept_back"].to_numpy() == pytest.approx(case.ceiling.sum() - spent.to_numpy())


def test_a_level_without_a_plan_is_said(toy):
    table = toy.tables["targets"].assign(strength="hard", coverage=1.0)
    funds = toy.tables["funds"].assign(ceiling=[210.0, 210, 0, 0, 0, 0], carry_over=0.0)
    case = with_rules(with_table(with_table(toy, "targets", table), "funds", funds), targets={})
    finding = robust(case, ranges(case, {"unit_costs": 0.3}), [0, 1])
    assert list(finding.table["with_plan"]) == ["yes", "no"]
    assert np.isnan(finding.table["reach"].iloc[1])
    assert "For Γ = 1 no plan keeps every rule." in finding.sentences["en"]


def test_a_run_goes_on_from_its_journal(toy, tmp_path):
    case = with_rules(toy)
    found = ranges(case, {"unit_costs": 0.4})
    journal = tmp_path / "robust.journal"
    robust(case, found, [0, 1], journal=journal)
    kept = journal.read_bytes()
    resumed = robust(case, found, [0, 1, 2], journal=journal)
    assert journal.read_bytes().startswith(kept)
    straight = robust(case, found, [0, 1, 2])
    numbers = ["gamma", "reach", "lost", "kept_back", "chance"]
    assert resumed.table[numbers].to_numpy() == pytest.approx(straight.table[numbers].to_numpy(), abs=1e-6)


def test_prices_that_only_fall_need_no_safety(toy):
    costs = toy.tables["unit_costs"]
    case = with_table(toy, "unit_costs", costs.assign(low=0.5, high=costs["unit_cost"], shape="uniform"))
    assert not rise_of(case, ranges(case, {})).any()
    with pytest.raises(InputError, match="no unit cost can rise above what is stated") as refused:
        robust(case, ranges(case, {}), [1])
    assert vietnamese(refused.value).endswith(
        "\n- không đơn giá nào có thể cao hơn mức đã ghi; hãy điền low, high và shape trong unit_costs.csv, hoặc giả "
        "định mức tăng bằng --costs, ví dụ --costs 0.1"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [("a", "--gamma 'a' is not a number"), ("1,-1", "--gamma -1 is not allowed"), ("3", "from 0 to 2"), ("nan", "nan")],
)
def test_numbers_that_cannot_be(toy, text, words):
    with pytest.raises(InputError) as refused:
        robust(toy, ranges(toy, {"unit_costs": 0.1}), read_gammas(text))
    assert words in str(refused.value)
    vietnamese(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a", "--gamma 'a' không phải là số; hãy ghi các số cách nhau bằng dấu phẩy, ví dụ 0,1,2,5"),
        ("2.5", "--gamma 2.5 không hợp lệ; hãy ghi số chương trình từ 0 đến 2, ví dụ 0,1,2"),
    ],
)
def test_numbers_that_cannot_be_in_vietnamese(toy, text, words):
    with pytest.raises(InputError) as refused:
        robust(toy, ranges(toy, {"unit_costs": 0.1}), read_gammas(text))
    assert vietnamese(refused.value).endswith(f"\n- {words}")
