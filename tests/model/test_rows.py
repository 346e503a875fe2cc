"""One hand-checked row for each rule on the toy case: near (city, 1,000 children) and hill (remote, 200 children).

A full served column of lessons is half the need: 200 children = 200 million in near, 50 children = 100 million in hill.
A full column of pools is the whole need: 4 pools = 400 million in near, 2 pools = 300 million in hill. A full paid
column is twice what can be paid at most.
"""

import pytest

from planning.model.build import Model, build
from tests.cases import with_cell, with_rules
from tests.model.matrix import INF, row


@pytest.fixture(scope="module")
def everything(toy) -> Model:
    """The toy case with every rule switched on."""
    return build(
        with_rules(
            toy,
            targets={},
            remote_share={"share": {2026: 0.2, 2027: 0.5}},
            per_child_floor={"amount": 0.3, "strength": "soft", "price": 2.0},
            stability={"decrease": 0.5, "increase": 1.0},
        )
    )


def test_fund_ceiling(everything):
    assert row(everything, "fund_ceiling__city__2027") == (
        {
            "paid__city__2027__class_0": 800.0,
            "paid__city__2027__class_1": 600.0,
            "paid__city__2027__class_2": 800.0,
            "paid__city__2027__class_3": 400.0,
            "carried__city__2026": -200.0,
        },
        -INF,
        400.0,
    )


def test_fund_ceiling_of_a_fund_held_by_areas(everything):
    assert row(everything, "fund_ceiling__local__hill__2026") == (
        {"paid__local__hill__2026__class_3": 40.0},
        -INF,
        20.0,
    )


def test_what_cannot_be_carried_has_no_column(everything):
    carried = [name for name in everything.column_names if name.startswith("carried")]
    assert carried == ["carried__city__2026", "carried__donor__2026"]


def test_paid_for(everything):
    assert row(everything, "paid_for__class_0__2026") == (
        {"served__near__pools__2026__1": 400.0, "paid__city__2026__class_0": -800.0},
        0.0,
        0.0,
    )


def test_built_once(everything):
    assert row(everything, "built_once__near__pools__1") == (
        {"served__near__pools__2026__1": 1.0, "served__near__pools__2027__1": 1.0},
        -INF,
        1.0,
    )


def test_targets(everything):
    assert row(everything, "targets__swim__lessons__remote__all__2027") == (
        {
            "served__hill__lessons__2027__1": 50.0,
            "served__hill__lessons__2027__2": 50.0,
            "short__targets__swim__lessons__remote__all__2027": 80.0,
        },
        80.0,
        INF,
    )


def test_a_target_on_something_built_counts_all_that_stands(toy):
    model = build(with_rules(with_cell(toy, "targets", "programme", "pools"), targets={"strength": "hard"}))
    assert row(model, "targets__swim__pools__remote__all__2027") == (
        {"served__hill__pools__2026__1": 2.0, "served__hill__pools__2027__1": 2.0},
        1.6,
        INF,
    )


def test_remote_share(everything):
    assert row(everything, "remote_share__all__2027") == (
        {
            "served__near__lessons__2027__1": -100.0,
            "served__near__lessons__2027__2": -100.0,
            "served__near__pools__2027__1": -200.0,
            "served__hill__lessons__2027__1": 50.0,
            "served__hill__lessons__2027__2": 50.0,
            "served__hill__pools__2027__1": 150.0,
        },
        0.0,
        INF,
    )


def test_per_child_floor(everything):
    assert row(everything, "per_child_floor__near__2026") == (
        {
            "served__near__lessons__2026__1": 200.0,
            "served__near__lessons__2026__2": 200.0,
            "served__near__pools__2026__1": 400.0,
            "short__per_child_floor__near__2026": 300.0,
        },
        300.0,
        INF,
    )


def test_stability(everything):
    money = {
        "served__hill__lessons__2026__1": 100.0,
        "served__hill__lessons__2026__2": 100.0,
        "served__hill__pools__2026__1": 300.0,
    }
    assert row(everything, "stability__hill__2026") == (money, 45.0, INF)
    assert row(everything, "stability__hill__2026__2") == (money, -INF, 180.0)


def test_prices_rise_after_the_price_year(toy):
    model = build(with_cell(toy, "unit_costs", "growth", 0.1, programme="lessons", class_="remote"))
    cost = dict(zip(model.column_names, model.layout.cost, strict=False))
    assert cost["served__hill__lessons__2027__1"] == pytest.approx(110.0)
    assert cost["served__hill__lessons__2026__1"] == pytest.approx(100.0)


def test_goal_targets(everything):
    goal = everything.goals[0]
    gains = {everything.column_names[j]: goal.gain[j] for j in goal.gain.nonzero()[0]}
    assert goal.name == "targets"
    assert gains["short__targets__swim__lessons__remote__all__2027"] == pytest.approx(-1 / 9)
    assert gains["short__per_child_floor__hill__2027"] == pytest.approx(-2 / 9)


def test_goal_reach(everything):
    """All needs met: lessons 2 years · (250 in band 1, half as much in band 2), pools 6 · 50 children · 2 years."""
    goal = everything.goals[1]
    assert goal.size == pytest.approx(2 * 250 * 1.5 + 6 * 50 * 2)
    gain = {name: goal.gain[j] * goal.size for j, name in enumerate(everything.column_names)}
    assert gain["served__near__lessons__2026__1"] == pytest.approx(200)
    assert gain["served__near__lessons__2026__2"] == pytest.approx(100)
    assert gain["served__hill__pools__2026__1"] == pytest.approx(200)
    assert gain["served__hill__pools__2027__1"] == pytest.approx(100)


def test_a_report_only_rule_states_rows_and_holds_nothing(toy):
    model = build(with_rules(toy, remote_share={"share": 0.9, "strength": "report"}))
    assert [block.rows.rule for block in model.blocks][:2] == ["remote_share", "fund_ceiling"]
    assert not any(name.startswith("remote_share") for name in model.row_names)


def test_the_problem_in_pulp_is_the_matrix(everything):
    problem = everything.problem(everything.goals[1])
    assert [c.name for c in problem.constraints()] == everything.row_names
    assert [v.name for v in problem.variables()] == everything.column_names
    share = problem.get_constraint_by_name("remote_share__all__2027")
    scale = everything.scale[everything.row_names.index("remote_share__all__2027")]
    assert {v.name: round(c * scale, 9) for v, c in share.items()} == row(everything, "remote_share__all__2027")[0]
    problem.checkDuplicateConstraints()
    problem.checkDuplicateVars()
