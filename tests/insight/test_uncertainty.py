"""A fixed plan under ranges: what it says without any range, closed forms, and the same draws again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.ranges import VALUES, draw, ranges, with_factors
from planning.insight.fixed import Fixed
from planning.insight.reallocated import KEPT, reallocated
from planning.insight.uncertainty import uncertainty
from planning.insight.work import JournalError
from planning.model.build import build
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from planning.solver.plan import solve
from tests import random_cases
from tests.cases import with_rules, with_table
from tests.edits import cell, text
from tests.project_cases import with_two_pools

QUIET = settings(max_examples=20)
SURE = {"needs": 0.0, "unit_costs": 0.0, "funds": 0.0}


def ones(case, draws=1):
    return {name: np.ones((draws, len(case.tables[name]))) for name in VALUES}


def ranged(case, table, low, high, shape="uniform", rows=slice(None)):
    """The case in which rows of a table may come out between two shares of their value."""
    frame = case.tables[table].assign(low=np.nan, high=np.nan, shape="")
    some = frame.index[rows]
    frame.loc[some, "low"] = low * frame.loc[some, VALUES[table]]
    frame.loc[some, "high"] = high * frame.loc[some, VALUES[table]]
    frame.loc[some, "shape"] = shape
    return with_table(case, table, frame)


def row(finding, view, what):
    table = finding.table
    return table[(table["view_en"] == view) & (table["what_en"] == what)].iloc[0]


# ---- nothing uncertain ----------------------------------------------------------------------------------------------
@QUIET
@given(data=st.data())
def test_without_ranges_the_plan_is_told_as_it_is(toy, data):
    case = data.draw(random_cases.cases_with_projects(toy) if data.draw(st.booleans()) else random_cases.cases(toy))
    plan = solve(with_rules(case, targets={}))
    fixed = Fixed(build(plan.case), plan.x)
    for reached in (fixed.with_units_kept(ones(case)), fixed.with_money_kept(ones(case))):
        done, every = fixed.reach(reached)
        assert done[0] == pytest.approx(plan.certificate["reach_checked"] * every[0], rel=1e-7, abs=1e-9)
        assert fixed.targets(reached)[0] == pytest.approx(plan.targets["value"].to_numpy(), abs=1e-7)
    spent = plan.funds.pivot(index="fund", columns="year", values="spent").loc[list(case.funds)].to_numpy()
    assert fixed.spending(ones(case))[0] == pytest.approx(spent, abs=1e-5)
    assert (fixed.spending(ones(case)) <= fixed.available(ones(case)) + 1e-5).all()


# ---- closed forms ---------------------------------------------------------------------------------------------------
def test_one_uniform_price_gives_the_chance_and_the_mean_of_a_uniform(toy):
    """All money goes to lessons in near, whose price lies anywhere from −20 % to +30 %: 3 in 5 draws cost too much."""
    needs = toy.tables["needs"].assign(need=[900.0, 0.0, 0.0, 0.0])
    funds = toy.tables["funds"].assign(carry_over=0.0)
    shares = toy.tables["fund_shares"].assign(share=[1.0, 0.0])
    targets = toy.tables["targets"].assign(**{"class": "city"})
    tables = {"needs": needs, "funds": funds, "fund_shares": shares, "targets": targets}
    case = replace(toy, tables={**toy.tables, **tables})
    case = with_rules(ranged(case, "unit_costs", 0.8, 1.3, rows=slice(0, 1)))
    plan = solve(case)
    finding = uncertainty(plan, ranges(case, {}), draws=4000, seed=7)
    spent = finding.tables["draws"]["spent"]
    assert plan.lines["amount"].sum() == pytest.approx(1000)
    assert spent.mean() == pytest.approx(1050, rel=0.01)
    assert spent.min() >= 800
    assert spent.max() <= 1300
    city = finding.tables["funds"].set_index(["fund", "year"]).loc[("city", 2026)]
    assert city["chance"] == pytest.approx(0.6, abs=0.03)
    assert city["over_mean"] == pytest.approx(400 * 0.3**2 / 2 / 0.5, rel=0.05)
    reach = row(finding, "Money kept", "Child-years reached, against the plan")
    assert 0.8 < reach["low"] < reach["mean"] < 1.05
    assert row(finding, "Units kept", "Child-years reached, against the plan")["mean"] == pytest.approx(1)


def test_money_kept_buys_what_the_drawn_price_allows(toy):
    case = with_rules(toy)
    plan = solve(case)
    fixed = Fixed(build(case), plan.x)
    dearer = ones(case) | {"unit_costs": np.full((1, 4), 1.25)}
    at = fixed.bought.ravel()[fixed.cells] > 0
    first = fixed.with_money_kept(dearer).units[0]
    assert first[at] == pytest.approx(fixed.with_units_kept(ones(case)).units[0][at] / 1.25)


def test_money_is_cut_where_revenue_is_short_and_projects_are_paid_first(toy):
    case = with_rules(with_two_pools(toy))
    plan = solve(case)
    fixed = Fixed(build(case), plan.x)
    short = ones(case) | {"funds": np.full((1, 6), 0.8)}
    part = fixed.with_money_kept(short).units.sum() / fixed.with_units_kept(ones(case)).units.sum()
    assert 0 < part < 1
    pools = case.programmes.get_loc("pools")
    which = fixed.cells // len(case.years) % case.shape[1] == pools
    assert fixed.with_money_kept(short).units[0, which] == pytest.approx(
        fixed.with_units_kept(ones(case)).units[0, which]
    )


@pytest.mark.parametrize(("shape", "mean"), [("uniform", (0.7 + 1.2) / 2), ("triangular", (0.7 + 1 + 1.2) / 3)])
def test_draws_have_the_mean_of_their_shape_and_stay_inside(toy, shape, mean):
    case = ranged(toy, "needs", 0.7, 1.2, shape)
    drawn = np.array([draw(ranges(case, {}), 3, i)["needs"] for i in range(3000)])
    assert drawn.mean(axis=0) == pytest.approx(np.full(4, mean), abs=0.01)
    assert drawn.min() >= 0.7
    assert drawn.max() <= 1.2
    assert np.abs(np.corrcoef(drawn.T)[0, 1:]).max() < 0.06


def test_together_all_rows_stand_at_the_same_point(toy):
    found = ranges(toy, {"needs": 0.1, "unit_costs": 0.3})
    drawn = draw(found, 3, 0, together=True)
    assert np.ptp(drawn["needs"]) == np.ptp(drawn["unit_costs"]) == 0
    assert (drawn["funds"] == 1).all()


def test_a_draw_depends_on_the_seed_and_its_number_alone(toy):
    found = ranges(toy, {"needs": 0.1, "unit_costs": 0.3, "funds": 0.2})
    first, again, other = (draw(found, seed, 5) for seed in (1, 1, 2))
    assert all((first[name] == again[name]).all() for name in VALUES)
    assert any((first[name] != other[name]).any() for name in VALUES)
    plan = solve(toy)
    few, many = (uncertainty(plan, found, draws=n).tables["draws"] for n in (60, 110))
    assert few.to_numpy() == pytest.approx(many.head(60).to_numpy(), rel=1e-12)


# ---- allocated anew -------------------------------------------------------------------------------------------------
def test_each_draw_is_the_best_plan_of_its_figures(toy):
    case = with_two_pools(with_rules(toy))
    plan = solve(case)
    found = ranges(case, {"needs": 0.3, "unit_costs": 0.3, "funds": 0.3})
    finding = reallocated(plan, found, draws=4, searched=4, seed=5)
    table = finding.tables["draws"].set_index(["way", "draw"])
    stated = Fixed(build(case), plan.x)
    whole = stated.reach(stated.with_units_kept(ones(case)))[0][0]
    for number in range(4):
        other = with_factors(case, draw(found, 5, number))
        try:
            model = build(other)
            best = Hot(model, gap=1e-9).best()
            reach = model.reach.gain @ best.answer.x * model.reach.size / whole
        except Infeasible:
            reach = np.nan
        assert table.loc[("searched", number), "reach"] == pytest.approx(reach, rel=1e-4, nan_ok=True)
        assert not table.loc[(KEPT, number), "reach"] > reach + 1e-6


def test_money_that_is_kept_reaches_no_more_than_the_same_projects_with_all_else_allocated_anew(toy_projects):
    found = ranges(toy_projects, {"needs": 0.1, "unit_costs": 0.1, "funds": 0.1})
    table = reallocated(solve(toy_projects), found, draws=8, searched=0).tables["draws"]
    anew = table[table["way"] == KEPT]
    assert len(anew) == 8
    assert (anew["reach_fixed"] <= anew["reach"] + 1e-9).all()


def test_of_projects_that_cannot_be_paid_in_full_the_part_opens_that_is(toy_projects):
    plan = solve(toy_projects)
    fixed = Fixed(build(toy_projects), plan.x)
    factors = np.ones((1, len(toy_projects.tables["funds"])))
    factors[0, toy_projects.tables["funds"]["year"] == 2026] = 0.05
    poor = fixed.with_money_kept(ones(toy_projects) | {"funds": factors})
    rich = fixed.with_money_kept(ones(toy_projects))
    pools = fixed.cells // len(toy_projects.years) % toy_projects.shape[1] == toy_projects.programmes.get_loc("pools")
    assert (poor.units[0, pools] < rich.units[0, pools] - 1e-6).any()
    assert (poor.units[0] <= rich.units[0] + 1e-9).all()


def test_a_stopped_run_goes_on_to_the_same_numbers(toy, tmp_path):
    plan = solve(with_two_pools(with_rules(toy)))
    found = ranges(plan.case, {"unit_costs": 0.3})
    journal = tmp_path / "reallocated.journal"

    def stop(done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reallocated(plan, found, 5, 2, journal=journal, watch=stop)
    resumed = reallocated(plan, found, 5, 2, journal=journal).tables["draws"]
    straight = reallocated(plan, found, 5, 2).tables["draws"]
    assert resumed.drop(columns=["way", "gap"]).to_numpy() == pytest.approx(
        straight.drop(columns=["way", "gap"]).to_numpy(), nan_ok=True
    )
    with pytest.raises(JournalError, match="was left by other work"):
        reallocated(plan, found, 5, 2, seed=2, journal=journal)


def test_knowing_is_worth_nothing_where_nothing_is_uncertain_but_one_ceiling_that_binds_nobody(toy):
    case = with_rules(toy)
    plan = solve(case)
    finding = reallocated(plan, ranges(case, {"unit_costs": 1e-9}), 2, 0)
    assert finding.table["knowing"].iloc[0] == pytest.approx(0, abs=1e-6)


# ---- what is refused ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("spread", "words"),
    [
        (SURE, "so nothing is uncertain; fill in their columns low, high and shape"),
        ({"unit_costs": 10.0}, "--costs 10 is not allowed; write a share of the stated value from 0 to below 1: 0.1"),
        ({"needs": -0.1}, "--needs -0.1 is not allowed"),
        ({"funds": float("nan")}, "--revenues nan is not allowed"),
    ],
)
def test_spreads_that_cannot_be(toy, spread, words):
    with pytest.raises(InputError) as refused:
        ranges(toy, spread)
    assert words in str(refused.value)


def test_a_spread_beside_ranges_of_the_table(toy):
    with pytest.raises(InputError, match=r"because needs\.csv states ranges of its own; leave --needs out"):
        ranges(ranged(toy, "needs", 0.9, 1.1), {"needs": 0.1})


def with_range(*cells):
    """An edit that adds the columns of ranges to unit_costs.csv, filled in the second row only."""

    def edit(folder):
        path = folder / "data" / "unit_costs.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        added = ["low,high,shape", ",".join(map(str, cells)), *[",,"] * (len(lines) - 2)]
        path.write_text("\n".join(f"{a},{b}" for a, b in zip(lines, added, strict=True)) + "\n", encoding="utf-8")

    return edit


def test_ranges_are_read_and_follow_a_change(folder):
    with_range(0.9, 1.2, "triangular")(folder)
    case = load_case(folder / "base.yaml")
    found = ranges(case, {})["unit_costs"]
    assert found.low == pytest.approx([0.9, 1, 1, 1])
    assert found.high == pytest.approx([1.2, 1, 1, 1])
    assert list(found.triangular) == [True, False, False, False]
    text("base.yaml", "rules:", "changes:\n- {table: unit_costs, multiply: 2, note: n}\nrules:")(folder)
    twice = load_case(folder / "base.yaml")
    assert ranges(twice, {})["unit_costs"].high == pytest.approx([1.2, 1, 1, 1])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ((0.9, "", ""), "row 2: low of the range stands without high, shape; fill in low, high and shape, or none"),
        ((0.9, 1.2, ""), "row 2: low, high of the range stands without shape"),
        (("", "", "uniform"), "row 2: shape of the range stands without low, high"),
        ((1.1, 1.2, "uniform"), "row 2: unit_cost 1 lies outside its range from 1.1 to 1.2; write low ≤ unit_cost"),
        ((0.9, 0.95, "uniform"), "row 2: unit_cost 1 lies outside its range from 0.9 to 0.95"),
        ((-1, 1.2, "uniform"), "row 2: low -1 is not allowed; write a number, at least 0"),
        ((0.9, 1.2, "normal"), "row 2: unknown shape 'normal'"),
    ],
)
def test_ranges_that_cannot_be(folder, cells, words):
    with_range(*cells)(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    assert words in str(refused.value)


def test_a_range_around_nothing(folder):
    with_range("", "", "")(folder)
    assert "low" not in load_case(folder / "base.yaml").tables["unit_costs"]
    cell("needs", 2, "need", 0)(folder)
    path = folder / "data" / "needs.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    added = ["low,high,shape", "0,5,uniform", *[",,"] * (len(lines) - 2)]
    path.write_text("\n".join(f"{a},{b}" for a, b in zip(lines, added, strict=True)) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2: a range stands around a need of 0; leave low, high and shape empty"):
        load_case(folder / "base.yaml")


def test_a_change_of_a_column_that_the_table_does_not_hold(folder):
    text("base.yaml", "rules:", "changes:\n- {table: unit_costs, column: low, set: 1, note: n}\nrules:")(folder)
    with pytest.raises(InputError, match=r"unit_costs\.csv holds no low; fill in that column first"):
        load_case(folder / "base.yaml")
