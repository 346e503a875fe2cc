"""What must hold for every case: random figures, projects, rules and goals on the toy case."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import NoPlanError, UnprovenError
from planning.model.build import build
from planning.solver.described import Outcome
from planning.solver.live import Infeasible, Live
from planning.solver.plan import Plan, solve
from planning.solver.second_look import recheck
from tests.cases import with_rules, with_table
from tests.random_cases import cases, cases_with_projects, objectives, pairs, rules, stated

STAGES = ("candidate", "candidate", "ongoing", "must", "never")
GAP = 2e-4  # goals of plans with projects are proven to 1e-4 of their value


def attempt(case) -> Plan | NoPlanError:
    """The plan of a case, or why there is none."""
    try:
        return solve(case)
    except NoPlanError as refused:
        return refused


def goal_values(plan: Plan) -> list[float]:
    """The values of the scenario's goals in their order, without those that only choose between equally good plans."""
    names = ("least_change", "stated_order")
    goals = plan.certificate["goals"]
    while goals and goals[-1]["name"] in names and len(goals) > len(plan.case.scenario.objective.goals):
        goals = goals[:-1]
    return [goal["value"] for goal in goals]


def assert_no_worse(better: Plan, worse: Plan) -> None:
    """Goal by goal: the first that differs must be higher."""
    for high, low in zip(goal_values(better), goal_values(worse), strict=True):
        assert high >= low - GAP * max(1.0, abs(low))
        if abs(high - low) > 1e-7:
            return


@settings(max_examples=20)
@given(data=st.data())
def test_a_plan_passes_its_second_check_or_is_refused_in_words(toy, data):
    """Whatever the case: a certificate, or sentences on what cannot be kept."""
    drawn = data.draw(st.one_of(cases(toy), cases_with_projects(toy, STAGES)))
    wanted = data.draw(rules(strengths=("hard", "soft", "report")))
    if data.draw(st.booleans()):
        wanted["targets"] = {}
    case = with_rules(drawn, data.draw(objectives()), **wanted)
    found = attempt(case)
    if isinstance(found, NoPlanError):
        assert found.reasons
        assert not isinstance(found, UnprovenError)
    else:
        assert max(check["largest_excess"] for check in found.certificate["checks"]) < 1e-6


@settings(max_examples=20)
@given(data=st.data())
def test_a_looser_rule_never_makes_a_plan_worse(toy, data):
    """The same rules, one of them at a looser level: there is a plan where there was one, and none of its goals is
    worse before another is better."""
    drawn = data.draw(st.one_of(cases(toy), cases_with_projects(toy)))
    others = data.draw(rules(most=2, strengths=("hard",)))
    name = data.draw(st.sampled_from(sorted(others)))
    tight, loose = data.draw(pairs(name))
    goals = data.draw(st.sampled_from([("reach",), ("max_min", "reach"), ("targets", "reach")]))
    extra = {"targets": {}} if "targets" in goals else {}
    narrow, wide = (
        with_rules(drawn, {"goals": goals}, **others | extra | {name: stated(name, words)}) for words in (tight, loose)
    )
    kept = attempt(narrow)
    if isinstance(kept, Plan):
        assert_no_worse(solve(wide), kept)


@settings(max_examples=15)
@given(data=st.data())
def test_rules_that_are_only_reported_change_nothing(toy, data):
    drawn = data.draw(st.one_of(cases(toy), cases_with_projects(toy)))
    shown = data.draw(rules(most=6, strengths=("report",)))
    shown.pop("projects", None)
    free, reported = solve(with_rules(drawn)), solve(with_rules(drawn, **shown))
    pd.testing.assert_frame_equal(reported.lines, free.lines)
    pd.testing.assert_frame_equal(reported.projects, free.projects)


# ---- every choice of projects ---------------------------------------------------------------------------------------
def best_of_every_choice(case) -> float:
    """The greatest reach over all choices of starts, each choice a linear programme of its own; −∞ without any."""
    table, best = case.tables["projects"], -np.inf
    choices = [
        [None, *range(max(row["earliest"], case.years[0]), min(row["latest"], case.years[-1]) + 1)]
        for row in table.to_dict("records")
    ]
    for starts in product(*choices):
        fixed = table.assign(
            stage=["never" if start is None else "must" for start in starts],
            earliest=[case.years[0] if start is None else start for start in starts],
            latest=[case.years[0] if start is None else start for start in starts],
        )
        model = build(with_table(case, "projects", fixed))
        live = Live(model, model.reach)
        live.relax()
        try:
            best = max(best, live.maximise(model.reach.gain).value)
        except Infeasible:
            continue
    return best


@settings(max_examples=10)
@given(data=st.data())
def test_no_choice_of_projects_is_better_than_the_plans(toy, data):
    case = with_rules(data.draw(cases_with_projects(toy)), {"goals": ("reach",)}, remote_share={"share": 0.2})
    reach = goal_values(solve(case))[0]
    assert reach == pytest.approx(best_of_every_choice(case), rel=1e-4, abs=1e-8)


# ---- random allocations ---------------------------------------------------------------------------------------------
class Purses:
    """What is left of every purse while a random allocation is drawn; nothing is carried over."""

    def __init__(self, case) -> None:
        self.case, self.lines = case, []
        names = zip(case.funds[case.purses["fund"]], case.purses["area"], strict=True)
        self.left = dict(zip(names, case.ceiling.copy(), strict=True))

    def pay(self, a: int, p: int, t: int, amount: float) -> float:
        """Pay for a cell from the purses that may, in their order. Returns what was paid."""
        paid = 0.0
        for (fund, area), money in self.left.items():
            f = self.case.funds.get_loc(fund)
            if self.case.eligible[f, a, p] and area in (-1, a):
                part = min(amount - paid, money[t])
                money[t] -= part
                paid += part
                self.lines.append((self.case.areas[a], self.case.programmes[p], fund, self.case.years[t], part))
        return paid


def random_allocation(case, rng: np.random.Generator) -> Outcome | None:
    """An allocation that keeps needs, capacities, ceilings and eligibility; None where its projects cannot be paid."""
    purses, starts = Purses(case), case.starts
    chosen = [
        rng.choice(np.flatnonzero(starts.project == j))
        for j in np.unique(starts.project)
        if rng.random() < 0.5
    ]  # fmt: skip
    capacity = np.where(case.limited[None, :, None], case.existing[..., None], np.inf) + np.zeros(case.shape)
    for c in chosen:
        j = case.projects.iloc[starts.project[c]]
        for programme, money in ((j["p"], starts.building[c]), (j["running_p"], starts.running[c])):
            for t, amount in enumerate(money):
                if purses.pay(j["a"], programme, t, amount) < amount - 1e-9:
                    return None
        for effect in case.effects[case.effects["project"] == starts.project[c]].to_dict("records"):
            capacity[j["a"], int(effect["programme"])] += effect["capacity"] * starts.open[c]
    reached = np.zeros(case.shape)
    for a, p, t in rng.permutation(list(np.ndindex(*case.shape))):
        most = min(case.need[a, p, t], capacity[a, p, t])
        if case.capital[p] and case.limited[p]:
            reached[a, p, t] = most
            continue
        open_units = (most - reached[a, p].sum() if case.lasting[p] else most) * rng.random()
        reached[a, p, t] = purses.pay(a, p, t, open_units * case.unit_cost[a, p, t]) / case.unit_cost[a, p, t]
    stands = np.where(case.lasting[None, :, None], reached.cumsum(axis=2), reached)
    a, p, t = np.indices(case.shape).reshape(3, -1)
    coverage = pd.DataFrame(
        {
            "area": case.areas[a],
            "programme": case.programmes[p],
            "year": np.array(case.years)[t],
            "reached": stands.ravel(),
        }
    )
    codes = case.projects["project"].to_numpy()[starts.project[chosen]] if chosen else []
    projects = pd.DataFrame({"project": codes, "start": starts.year[chosen] if chosen else [], "share": 1.0})
    lines = pd.DataFrame(purses.lines, columns=["area", "programme", "fund", "year", "amount"])
    return Outcome(lines, coverage, projects.astype({"project": str, "start": int, "share": float}))


@settings(max_examples=10)
@given(data=st.data())
def test_no_random_allocation_beats_the_plan(toy, data):
    drawn = data.draw(st.one_of(cases(toy), cases_with_projects(toy)))
    if "projects" in drawn.tables:
        free = drawn.tables["projects"].assign(requires="", excludes="")
        drawn = with_table(drawn, "projects", free)
    case = with_rules(drawn)
    plan = solve(case)
    best, checks = recheck(case, Outcome(plan.lines, plan.coverage, plan.projects))
    assert max(excess for _, excess in checks) < 1e-6
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    for _ in range(5):
        if other := random_allocation(case, rng):
            value, checks = recheck(case, other)
            assert max(excess for _, excess in checks) < 1e-6
            assert best >= value - 1e-4 * max(1.0, value) * ("projects" in case.tables) - 1e-9
