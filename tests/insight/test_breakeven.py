"""Just below and just above the turn the decisions really differ, by solves that share nothing with the search."""

import pandas as pd
import pytest

from planning.errors import InputError
from planning.insight import breakeven
from planning.insight.breakeven import PRECISION, RUNGS, Subject, break_even, money_of, scaled
from planning.model.build import build
from planning.solver.plan import solve
from tests.cases import with_rules, with_table
from tests.insight.test_whynot import sharp
from tests.languages import vietnamese


@pytest.fixture(scope="module")
def plan(toy_projects):
    """Searched to a gap of 1e-9, so that a decision near the turn is the solver's last word."""
    return solve(sharp(toy_projects))


def chosen(case, code):
    return code in set(solve(sharp(case)).projects["project"])


def by_table(case, code, of, factor):
    """The case with the figures of its tables multiplied, not its arrays."""
    if of == "money":
        table = case.tables["funds"]
        return with_table(case, "funds", table.assign(ceiling=table["ceiling"] * factor))
    table = case.tables["projects"]
    by = table["project"].eq(code).map({True: factor, False: 1.0})
    both = {column: table[column].astype(float) * by for column in ("cost", "running_cost")}
    return with_table(case, "projects", table.assign(**both))


@pytest.mark.parametrize(("code", "of"), [("pool_near", "price"), ("pool_near", "money"), ("annex_hill", "money")])
def test_a_project_turns_where_it_says(plan, code, of):
    finding = break_even(plan, of, project=code)
    turned = [row for row in finding.table.to_dict("records") if row["becomes"] in ("yes", "no")]
    assert turned, "the example must turn somewhere"
    for row in turned:
        near, far = row["last_same"], row["first_other"]
        assert abs(far - near) <= PRECISION * min(near, far) + 1e-12
        decisions = [chosen(by_table(plan.case, code, of, factor), code) for factor in (near, far)]
        assert decisions == [chosen(plan.case, code), not chosen(plan.case, code)]


def test_the_annex_by_hand(plan):
    """The table's margin is the loss of forcing it in."""
    finding = break_even(plan, "price", project="annex_hill")
    assert finding.tables["now"]["margin"][0] == pytest.approx(21.0)
    assert finding.tables["now"]["decision"][0] == "no"


def test_what_never_turns_says_so(toy):
    finding = break_even(solve(toy), "weight", area="hill", programme="pools")
    assert (finding.table["becomes"] == "").all()
    assert "same at every level tried from 1 to 4" in finding.sentences["en"][1]
    assert {round(factor, 6) for factor in RUNGS} <= {round(f, 6) for f in finding.tables["tries"]["factor"]}


def test_a_decision_stands_while_a_plan_that_keeps_it_is_as_good(toy):
    """Pools cost the same in both areas here, so that half of the money reaches as much with a pool in either."""
    costs = toy.tables["unit_costs"]
    alike = costs.assign(unit_cost=costs.groupby("programme")["unit_cost"].transform("first"))
    case = with_table(with_rules(toy), "unit_costs", alike)
    half = by_table(case, "", "money", 0.5)
    kept = with_rules(half, coverage_floors=[{"programmes": "pools", "areas": "near", "share": 0.01}])
    reached = [solve(one).certificate["goals"][-1]["value"] for one in (half, kept)]
    assert reached[0] == pytest.approx(reached[1], abs=1e-9)
    finding = break_even(solve(case), "money", area="near", programme="pools")
    assert finding.tables["now"]["decision"][0] == "yes"
    assert (finding.table["becomes"] == "").all()


def test_at_present_is_what_the_plan_decides(toy):
    for case in (with_rules(toy), toy):
        plan = solve(case)
        paid = plan.lines.groupby(["area", "programme"])["amount"].sum()
        for area, programme in [("hill", "pools"), ("near", "lessons")]:
            now = break_even(plan, "weight", area=area, programme=programme).tables["now"].iloc[0]
            assert now["amount"] == pytest.approx(paid.get((area, programme), 0.0))
            assert now["decision"] == ("yes" if now["amount"] > 0 else "no")


@pytest.mark.parametrize("of", ["price", "need", "weight", "money"])
def test_every_kind_scales_what_it_names(toy, of):
    subject = Subject(area=1, programme=0)
    other = scaled(toy, subject, of, 2.0)
    pairs = {"price": "unit_cost", "need": "need", "weight": "worth", "money": "ceiling"}
    for kind, name in pairs.items():
        changed = (getattr(other, name) != getattr(toy, name)).any()
        assert changed == (kind == of)


def test_money_of_a_cell_is_that_of_the_lines(toy):
    plan = solve(toy)
    weight, _ = money_of(build(toy), Subject(area=1, programme=1), plan.x.size)
    lines = plan.lines
    mine = lines[(lines["area"] == toy.areas[1]) & (lines["programme"] == toy.programmes[1])]
    assert weight @ plan.x == pytest.approx(mine["amount"].sum())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"of": "colour", "project": "annex_hill"}, "'colour' cannot be varied; write one of price"),
        ({"of": "price"}, "name either a project"),
        ({"of": "price", "area": "hill"}, "name either a project"),
        ({"of": "price", "project": "annex"}, "unknown project 'annex'"),
        ({"of": "price", "project": "old_near"}, "is not open to decision"),
        ({"of": "price", "area": "hill", "programme": "x"}, "unknown programme 'x'"),
    ],
)
def test_questions_that_cannot_be_put(plan, options, words):
    with pytest.raises(InputError, match=words) as refused:
        break_even(plan, **options)
    vietnamese(refused.value)


def test_a_decided_project_and_an_empty_cell_in_vietnamese(toy, plan):
    with pytest.raises(InputError) as refused:
        break_even(plan, "price", project="old_near")
    assert vietnamese(refused.value).endswith(
        "\n- dự án 'old_near' không còn để quyết định (stage ongoing, hoặc không có năm khởi công nào trong giai "
        "đoạn); hãy nêu dự án khác"
    )
    needs = toy.tables["needs"]
    none = (needs["area"] == "near") & (needs["programme"] == "pools")
    case = with_table(toy, "needs", needs.assign(need=needs["need"].mask(none, 0.0)))
    with pytest.raises(InputError, match="programme 'pools' has no need in area 'near'") as refused:
        break_even(solve(with_rules(case)), "price", area="near", programme="pools")
    assert vietnamese(refused.value).endswith(
        "\n- chương trình 'pools' không có nhu cầu ở địa bàn 'near' nên không có gì để quyết định ở đó; hãy nêu nơi "
        "khác"
    )


def test_a_stopped_ladder_goes_on_where_it_was(toy_projects, tmp_path, monkeypatch):
    """Every factor is solved once: with the journal of a whole run nothing is left to solve."""
    plan, journal = solve(toy_projects), tmp_path / "breakeven.journal"
    first = break_even(plan, "price", project="annex_hill", journal=journal)
    monkeypatch.setattr(breakeven._Ladder, "_search", None)
    again = break_even(plan, "price", project="annex_hill", journal=journal)
    for name, table in first.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])
