"""Why the result changed: effects by hand, adding up exactly, and refused where nothing can be compared."""

from dataclasses import replace

import pandas as pd
import pytest

from planning.errors import InputError, NoPlanError
from planning.inputs.scenario import Change
from planning.inputs.whatif import with_changes, with_rules
from planning.insight.difference import _Mixtures, changed, difference
from planning.insight.difference_words import MEASURES, printed, sentences
from planning.solver.plan import solve
from tests.languages import vietnamese


def other(case, name: str = "other", factor: float = 0.5, **rules):
    """Another scenario: ceilings times a factor, and other rules."""
    changes = [Change(table="funds", multiply=factor, note="less money")] if factor != 1 else []
    made = with_rules(with_changes(case, changes), **rules)
    scenario = made.scenario.model_copy(update={"name": name, "changes": tuple(changes)})
    return replace(made, scenario=scenario)


def children(case) -> float:
    return float(solve(case).coverage["children_reached"].sum())


def test_two_changes_are_told_by_the_mean_of_both_orders(toy):
    second = other(toy, remote_share={"share": 0.6})
    finding = difference(toy, second)
    table = finding.tables["difference"].set_index("part")
    money, rule = other(toy), other(toy, factor=1, remote_share={"share": 0.6})
    start, end = children(toy), children(second)
    of_money = ((children(money) - start) + (end - children(rule))) / 2
    of_rule = ((children(rule) - start) + (end - children(money))) / 2
    assert table.loc["funds", "children"] == pytest.approx(of_money)
    assert table.loc["remote_share", "children"] == pytest.approx(of_rule)
    assert of_money < 0
    assert len(finding.sentences["vi"]) == len(finding.sentences["en"]) == 4
    assert "less money" in finding.sentences["en"][1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_effects_add_up_to_the_whole_difference(toy, jobs):
    second = other(toy, remote_share={"share": 0.5}, per_child_floor={"amount": 0.01}, stability={"decrease": 0.9})
    table = difference(toy, second, jobs=jobs).tables["difference"]
    inner = table[table["kind"] != "plan"]
    assert set(inner["part"]) == {"funds", "remote_share", "per_child_floor", "stability"}
    for measure in MEASURES:
        whole = table[measure].iloc[-1] - table[measure].iloc[0]
        assert inner[measure].sum() == pytest.approx(whole, abs=1e-9)


def test_the_way_back_is_the_way_there_with_the_other_sign(toy):
    second = other(toy, remote_share={"share": 0.5})
    there, back = (difference(*pair).tables["difference"].set_index("part") for pair in ((toy, second), (second, toy)))
    for part in ("funds", "remote_share"):
        assert there.loc[part, "children"] == pytest.approx(-back.loc[part, "children"])


def test_where_a_mixture_has_no_plan_the_order_is_stated(toy):
    """The floor of each child cannot be kept with half the money: the floor has to be lowered first."""
    first = other(toy, "first", 1, per_child_floor={"amount": 0.4})
    second = other(toy, "second", 0.5, per_child_floor={"amount": 0.01})
    with pytest.raises(NoPlanError):
        solve(other(toy, "mixed", 0.5, per_child_floor={"amount": 0.4}))
    finding = difference(first, second)
    table = finding.tables["difference"]
    inner = table[table["kind"] != "plan"]
    assert inner["children"].sum() == pytest.approx(table["children"].iloc[-1] - table["children"].iloc[0])
    assert "one after another" in finding.sentences["en"][-1]
    assert "lần lượt" in finding.sentences["vi"][-1]


def test_more_than_six_changes_are_told_in_order(toy):
    rules = {
        "remote_share": {"share": 0.3}, "per_child_floor": {"amount": 0.01}, "stability": {"decrease": 0.9},
        "absorption": {"growth": 9.0}, "losers": {"share": 1.0}, "gaps": [{"ratio": 0.1}],
    }  # fmt: skip
    second = other(toy, **rules)
    finding = difference(toy, second)
    table = finding.tables["difference"]
    assert len(table) == 9
    inner = table[table["kind"] != "plan"]
    assert inner["children"].sum() == pytest.approx(table["children"].iloc[-1] - table["children"].iloc[0])
    assert "one after another" in finding.sentences["en"][-1]


def test_a_scenario_without_a_plan_is_named(toy):
    with pytest.raises(NoPlanError, match="'other' has no plan") as refused:
        difference(toy, other(toy, per_child_floor={"amount": 50.0}))
    assert vietnamese(refused.value) == (
        "Không có phương án nào giữ được mọi quy định:\n"
        "- 'other' không có lời giải; hãy chạy planning explain cho phương án đó trước"
    )


def test_no_order_of_the_changes_has_a_plan_at_every_step(toy, monkeypatch):
    """Both scenarios have plans, and no mixture of the two has one."""
    monkeypatch.setattr(_Mixtures, "__call__", lambda self, name: None if name in ("0", "1") else {})
    with pytest.raises(NoPlanError, match="neither the stated order of the changes nor its reverse") as refused:
        difference(toy, other(toy, per_child_floor={"amount": 0.01}))
    assert vietnamese(refused.value).endswith(
        "\n- dù theo thứ tự đã nêu hay thứ tự ngược lại, vẫn có bước thay đổi không có lời giải; hãy so sánh ít thay "
        "đổi hơn"
    )


def test_nothing_to_compare(toy):
    with pytest.raises(InputError, match="nothing that a plan depends on differs") as refused:
        difference(toy, replace(toy))
    assert vietnamese(refused.value).endswith("\n- mọi thứ mà kết quả phụ thuộc vào đều giống của 'base'")
    years = toy.scenario.model_copy(update={"years": (2026,)})
    with pytest.raises(InputError, match="its years are not those of 'base'") as refused:
        changed(toy, replace(toy, scenario=years))
    assert vietnamese(refused.value).endswith(
        "\n- các năm không giống của 'base'; hãy so sánh phương án trong cùng thư mục"
    )


@pytest.fixture
def steps():
    """Two effects between two plans, each rounded to something else than it leads to."""
    rows = [
        ["plan", "base", 1000.4, 0.2434, 7.0, 0.2434, 5756.94],
        ["table", "funds", 259.7, 0.0001, 0.5, 0.0001, 52.04],
        ["table", "needs", -0.3, 0.0001, 0.5, 0.0001, 0.0],
        ["plan", "other", 1259.8, 0.2436, 8.0, 0.2436, 5808.98],
    ]
    table = pd.DataFrame(rows, columns=["kind", "part", *MEASURES])
    return table.assign(words_vi=table["part"], words_en=table["part"])


def test_printed_effects_lead_from_one_plan_to_the_other(steps):
    table = printed(steps)
    for measure in MEASURES:
        assert table[measure].iloc[:-1].sum() == pytest.approx(table[measure].iloc[-1], abs=1e-9)
    assert table["children"].tolist() == [1000, 260, 0, 1260]
    assert table["remote_share"].tolist() == [0.243, 0.001, 0.0, 0.244]


def test_sentences_say_what_is_printed(toy, steps):
    said = {language: sentences(toy, other(toy), steps, False, language) for language in ("vi", "en")}
    assert "reached +260, targets missed +1, share of money for remote areas +0.1 percentage points" in said["en"][0]
    assert "phần tiền cho địa bàn khó khăn +0,1 điểm %" in said["vi"][0]
    assert said["en"][1:3] == ("funds: +260 child-years.", "needs: 0 child-years.")
