"""Projects on the toy with projects: money, capacity and order, each row by hand, and what plans choose.

near has room for 100 children in lessons and one pool; pool_near adds 200 and 1 a year after its start, old_near, begun
in 2025, 100 and 1 from 2026. hill has nothing; pool_hill adds 60 and 1 after a year, annex_hill 40, bath_hill 30 and
shed_hill 10 at once.
"""

import numpy as np
import pytest

from planning.solver.plan import solve
from tests.cases import with_cell, with_rules
from tests.model.matrix import INF, row, rows_of, under


@pytest.fixture(scope="module")
def model(toy_projects):
    return under(toy_projects)


def of_start(case, project: str, year: int) -> dict[str, object]:
    starts = case.starts
    codes = case.projects["project"].to_numpy()[starts.project]
    at = int(np.flatnonzero((codes == project) & (starts.year == year))[0])
    parts = {name: np.round(getattr(starts, name)[at], 6).tolist() for name in ("building", "running")} | {
        "open": starts.open[at].tolist()
    }
    return parts | {"tail": float(starts.tail[at]), "unfinished": float(starts.unfinished[at])}


def started(plan) -> dict[str, int]:
    return dict(zip(plan.projects["project"], plan.projects["start"].tolist(), strict=True))


def test_the_starts_that_a_plan_may_choose(model):
    assert [name for name in model.column_names if name.startswith("start")] == [
        *(f"start__pool_near__{year}" for year in (2026, 2027, 2028)),
        "start__old_near__2025",
        *(f"start__pool_hill__{year}" for year in (2026, 2027, 2028)),
        *(f"start__annex_hill__{year}" for year in (2026, 2027, 2028)),
        *(f"start__bath_hill__{year}" for year in (2026, 2027)),
        *(f"start__shed_hill__{year}" for year in (2027, 2028)),
    ]


def test_money_of_a_start_with_growth(toy_projects):
    """100 · 1.1 in 2027; running 10 · 1.1² in 2028, and 10 · 1.1³ … 10 · 1.1¹¹ in the nine years after the plan."""
    assert of_start(toy_projects, "pool_near", 2027) == {
        "building": [0.0, 110.0, 0.0],
        "running": [0.0, 0.0, 12.1],
        "open": [False, False, True],
        "tail": pytest.approx(sum(10 * 1.1**year for year in range(3, 12))),
        "unfinished": 0.0,
    }


def test_what_is_built_after_the_plan_is_told_apart(toy_projects):
    late = of_start(toy_projects, "pool_hill", 2028)
    assert (late["building"], late["unfinished"], late["tail"]) == ([0.0, 0.0, 60.0], 60.0, 20 * 6.0)


def test_an_ongoing_project_costs_what_is_left_and_closes_after_its_life(toy_projects):
    """Begun in 2025: the second half of 60 in 2026, open 2026 to 2028."""
    old = of_start(toy_projects, "old_near", 2025)
    assert (old["building"], old["running"], old["open"]) == ([30.0, 0.0, 0.0], [5.0] * 3, [True] * 3)
    assert (old["tail"], old["unfinished"]) == (0.0, 0.0)


def test_within_capacity_of_the_best_band(model):
    """100 exist; the first band is 200 children, so either pool can add no more than 100 to it."""
    assert row(model, "within_capacity__near__lessons__2027__1") == (
        {"served__near__lessons__2027__1": 200.0, "start__pool_near__2026": -100.0, "start__old_near__2025": -100.0},
        -INF,
        100.0,
    )


def test_within_capacity_of_all_bands(model):
    """Of both bands, 400 children: 100 exist, pool_near adds 200 and old_near 100."""
    assert row(model, "within_capacity__near__lessons__2027__2") == (
        {
            "served__near__lessons__2027__1": 200.0,
            "served__near__lessons__2027__2": 200.0,
            "start__pool_near__2026": -200.0,
            "start__old_near__2025": -100.0,
        },
        -INF,
        100.0,
    )


def test_a_band_beyond_every_project_has_no_column(model):
    """In 2026 near has room for 100 and the 100 of old_near: the first band and no more."""
    assert rows_of(model, "within_capacity__near__lessons__2026") == ["within_capacity__near__lessons__2026__1"]
    assert "served__near__lessons__2026__2" not in model.column_names


def test_a_new_start_counts_from_its_opening_and_to_every_later_year(model):
    assert row(model, "within_capacity__hill__lessons__2028__2")[0] == {
        "served__hill__lessons__2028__1": 50.0,
        "served__hill__lessons__2028__2": 50.0,
        "start__pool_hill__2026": -60.0,
        "start__pool_hill__2027": -60.0,
        "start__annex_hill__2026": -40.0,
        "start__annex_hill__2027": -40.0,
        "start__annex_hill__2028": -40.0,
        "start__bath_hill__2026": -30.0,
        "start__bath_hill__2027": -30.0,
        "start__shed_hill__2027": -10.0,
        "start__shed_hill__2028": -10.0,
    }


def test_what_projects_deliver_stands(model):
    """Pools are capital: one exists, and the pools that are open stand; a full column is the three that can be."""
    assert row(model, "within_capacity__near__pools__2027__1") == (
        {"served__near__pools__2027__1": 3.0, "start__pool_near__2026": -1.0, "start__old_near__2025": -1.0},
        1.0,
        1.0,
    )


def test_begun_once(model):
    once = {f"start__pool_near__{year}": 1.0 for year in (2026, 2027, 2028)}
    assert row(model, "begun_once__pool_near") == (once, -INF, 1.0)
    assert row(model, "begun_once__old_near") == ({"start__old_near__2025": 1.0}, 1.0, 1.0)
    assert row(model, "begun_once__shed_hill") == (
        {"start__shed_hill__2027": 1.0, "start__shed_hill__2028": 1.0},
        1.0,
        1.0,
    )
    assert "begun_once__dream_near" not in model.row_names


def test_requires(model):
    """annex_hill by 2027 only if pool_hill by 2027."""
    assert row(model, "requires__annex_hill__2027") == (
        {
            "start__pool_hill__2026": 1.0,
            "start__pool_hill__2027": 1.0,
            "start__annex_hill__2026": -1.0,
            "start__annex_hill__2027": -1.0,
        },
        0.0,
        INF,
    )


def test_excludes(model):
    assert row(model, "excludes__bath_hill") == (
        {f"start__pool_hill__{year}": 1.0 for year in (2026, 2027, 2028)}
        | {"start__bath_hill__2026": 1.0, "start__bath_hill__2027": 1.0},
        -INF,
        1.0,
    )


def test_projects_per_area(toy_projects):
    """old_near began before the plan and is no start of it."""
    model = under(toy_projects, projects={"per_area": 1})
    assert row(model, "projects_per_area__near") == (
        {f"start__pool_near__{year}": 1.0 for year in (2026, 2027, 2028)},
        -INF,
        1.0,
    )


def test_projects_per_year(toy_projects):
    model = under(toy_projects, projects={"per_year": 2})
    starting = {f"start__{name}__2026": 1.0 for name in ("pool_near", "pool_hill", "annex_hill", "bath_hill")}
    assert row(model, "projects_per_year__2026") == (starting, -INF, 2.0)


def test_a_plan_by_hand(toy_projects):
    """Per million, pool_near begun in 2026 brings 50 children in 2027 and in 2028, and room for lessons beside: 1 and
    more. Lessons in near bring 1 up to 200 children. The city's 300 of 2026 pay 35 for old_near, 100 for pool_near, 10
    of the 60 for pool_hill (the donor pays 50) and 155 for lessons in near. In 2028 shed_hill takes 20 from the donor.
    """
    plan = solve(with_rules(toy_projects))
    assert started(plan) == {"pool_near": 2026, "old_near": 2025, "pool_hill": 2026, "shed_hill": 2028}
    reached = plan.coverage.set_index(["area", "programme", "year"])["reached"].sort_index()
    assert reached["near", "lessons", 2026] == pytest.approx(155)
    assert reached["near", "pools"].tolist() == pytest.approx([2, 3, 3])
    assert reached["hill", "pools"].tolist() == pytest.approx([0, 1, 1])
    assert reached["hill", "lessons", 2026] == 0  # no room before pool_hill opens
    tail = plan.projects.set_index("project")["tail"]
    assert tail["pool_near"] == pytest.approx(sum(10 * 1.1**year for year in range(3, 11)))
    assert plan.certificate["gap"] <= 1e-4


def test_one_start_in_each_area(toy_projects):
    """shed_hill must be built, so nothing else starts in hill."""
    plan = solve(with_rules(toy_projects, projects={"per_area": 1}))
    assert started(plan).keys() == {"pool_near", "old_near", "shed_hill"}


def test_what_requires_and_excludes_mean_in_a_plan(toy_projects):
    """With money for everything: annex_hill follows pool_hill, and bath_hill is left."""
    rich = with_cell(with_rules(toy_projects), "funds", "ceiling", 2000.0)
    begun = started(solve(rich))
    assert begun["pool_hill"] <= begun["annex_hill"]
    assert not {"bath_hill", "dream_near"} & begun.keys()
    without = started(solve(with_cell(rich, "projects", "stage", "never", project="pool_hill")))
    assert "bath_hill" in without
    assert not {"pool_hill", "annex_hill"} & without.keys()


def test_divisible_projects_reach_no_less(toy_projects):
    whole, parts = (solve(with_rules(toy_projects, projects={"divisible": some})) for some in (False, True))
    assert not under(toy_projects, projects={"divisible": True}).whole.any()
    assert set(whole.projects["share"].round(9)) == {1.0}
    assert parts.certificate["reach_checked"] >= whole.certificate["reach_checked"] - 1e-9


def test_a_soft_limit_on_starts_is_missed_rather_than_ending_the_plan(toy_projects):
    """What must be built stands whatever the limit says; the report-only limit shows the same number of starts."""
    soft = solve(with_rules(toy_projects, projects={"per_year": 0, "strength": "soft"}))
    shown = solve(with_rules(toy_projects, projects={"per_year": 0, "strength": "report"}))
    starts = soft.rules[soft.rules["rule"] == "projects_per_year"]["value"].sum()
    assert 0 < starts <= shown.rules[shown.rules["rule"] == "projects_per_year"]["value"].sum()
