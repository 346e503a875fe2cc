"""Every shipped scenario of the communes but the impossible one has a plan, and shows what its note says."""

import pytest

from planning.vocabulary import YES
from tests.scenarios.shipped import SCENARIOS, plan_of, possible

COMMUNES = "hanoi-communes-2026"


def plan(name):
    return plan_of(SCENARIOS / COMMUNES / f"{name}.yaml")


@pytest.mark.parametrize("file", possible(COMMUNES), ids=lambda file: file.stem)
def test_a_scenario_of_the_communes_has_a_plan(file):
    plan = plan_of(file)
    assert plan.certificate["status"] == "optimal"
    assert plan.certificate["gap"] <= plan.case.scenario.objective.gap


def test_the_base_plan_is_proven_to_a_ten_thousandth():
    assert plan("base").certificate["gap"] <= 1e-4


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("base", "matching"),
        ("base", "remote_share"),
        ("fair-coverage", "bottom_share"),
        ("staff-limited", "resources"),
        ("co-funded", "minimum_use"),
        ("co-funded", "co_funding"),
        ("capital-remote", "remote_share"),
        ("projects-limited", "projects_per_year"),
    ],
)
def test_the_rule_that_a_scenario_is_for_is_felt(name, rule):
    rows = plan(name).rules
    assert (rows.loc[rows["rule"] == rule, "binding"] == YES).any()


def test_three_in_five_swim_where_that_is_a_must():
    assert len(plan("swim-2030").projects) > len(plan("base").projects)
    for name, met in (("base", False), ("swim-2030", True), ("projects-limited", True)):
        target = plan(name).targets.set_index("target").loc["swimming_2030"]
        assert (target["met"] == YES) == met


def test_few_starts_a_year():
    starts = plan("projects-limited").projects
    inside = starts[starts["start"] >= 2026]
    assert inside["start"].value_counts().max() <= 4
    assert inside["area"].value_counts().max() == 1


def test_the_worst_covered_area_gains_where_it_comes_first():
    def worst(name):
        table = plan(name).coverage.merge(plan(name).case.tables["programmes"][["programme", "children_per_unit"]])
        for column in ("need", "reached"):
            table[column] *= table["children_per_unit"]
        sums = table.groupby("area")[["need", "reached"]].sum()
        return (sums["reached"] / sums["need"]).min()

    assert worst("worst-first") > worst("base") + 0.02


def test_capital_goes_to_remote_areas():
    case = plan("capital-remote").case
    capital = case.tables["programmes"].loc[case.capital, "programme"]
    remote = case.tables["areas"].loc[case.remote, "area"]
    lines = plan("capital-remote").lines
    built = lines[lines["programme"].isin(capital)]
    share = built[built["area"].isin(remote)].groupby("year")["amount"].sum() / built.groupby("year")["amount"].sum()
    assert (share >= 0.3 - 1e-9).all()
