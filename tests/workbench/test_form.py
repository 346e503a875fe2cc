"""The form without a browser: what a planner does goes in, what the page would show comes out."""

import asyncio
from collections.abc import Awaitable, Callable

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from planning.errors import InputError, UnprovenError
from planning.inputs import load_case
from planning.solver.plan import solve
from planning.vocabulary import Text
from planning.workbench.answer import Search, is_proven
from planning.workbench.form import Form

SHARE = ("rules", "remote_share", "share")


def with_form(folder, do: Callable[[Form], Awaitable[None]], language="en", **more) -> Form:
    """The form of the toy scenario after `do`, which runs as the page would run it."""

    async def session() -> Form:
        form = Form(folder / "base.yaml", language, **more)
        await form.settled()
        await do(form)
        return form

    return asyncio.run(session())


def shown(form: Form) -> str:
    return form._status.value + form._reasons.value


def greyed(form: Form) -> bool:
    return "board-greyed" in form._shown_box._dom_classes


def test_it_opens_with_the_proven_plan_of_the_file(folder):
    async def nothing(form):
        pass

    form = with_form(folder, nothing)
    plan = solve(load_case(folder / "base.yaml"))
    assert is_proven(form.shown)
    assert_frame_equal(form.shown.lines, plan.lines, check_exact=True)
    assert "proven" in shown(form)
    assert "<img alt=" in form._picture.value
    assert "Headline figures" in form._tables.value


def test_a_change_is_answered_at_once_and_then_proven(folder):
    pictures = []

    async def move(form):
        before = form._picture.value
        form.change(SHARE, 0.6)
        show = form._show
        form._show = lambda plan: (show(plan), pictures.append((is_proven(plan), form._picture.value != before)))
        await form.settled()

    form = with_form(folder, move)
    assert pictures == [(False, True), (True, True)]
    share = form.shown.rules.query("rule == 'remote_share'")["level"]
    assert share.tolist() == [0.6, 0.6]
    assert form._undo.disabled is False


def test_tables_of_the_last_proven_plan_are_greyed_until_the_next(folder):
    seen = []

    async def move(form):
        before = form._tables.value
        form.change(SHARE, 0.6)
        show = form._show

        def look(plan):
            show(plan)
            stale = form._tables.value == before
            seen.append((stale, "board-greyed" in form._tables._dom_classes, form._tables_said.value != ""))

        form._show = look
        await form.settled()

    form = with_form(folder, move)
    assert seen == [(True, True, True), (False, False, False)]
    assert not greyed(form)


def test_what_is_on_the_screen_is_what_the_saved_file_gives(folder):
    async def save(form):
        form.change(SHARE, 0.45)
        form.change(("money", "all"), 0.9)
        await form.settled()
        form.name.value, form.note.value = "mine", "Vì sao không?"
        form.save()

    saved = []
    form = with_form(folder, save, saved=saved.append)
    assert saved == [folder / "mine.yaml"]
    assert "Saved mine.yaml" in form._save_said.value
    plan = solve(load_case(folder / "mine.yaml"))
    for table in ("lines", "coverage", "rules", "funds", "targets"):
        mine, its = getattr(form.shown, table), getattr(plan, table)
        assert_frame_equal(mine.drop(columns="scenario"), its.drop(columns="scenario"), check_exact=True)
    assert np.array_equal(form.shown.x, plan.x)


def test_an_impossible_choice_is_explained_and_the_last_plan_stays(folder):
    async def ask_too_much(form):
        before = form.shown
        form.change(("rules", "per_child_floor"), {"strength": "hard", "price": 1.0, "amount": 1000.0})
        await form.settled()
        assert form.shown is before

    form = with_form(folder, ask_too_much)
    assert "There is no plan for this choice. The greyed result below is that of the last choice" in shown(form)
    assert "look at «Floor per child: Million VND»" in shown(form)
    assert "base.yaml line" not in shown(form)
    assert greyed(form)


def test_without_a_result_yet_none_is_said_to_be_below(folder):
    head = "title: {vi: a, en: a}\nnote: a\nextends: base.yaml\n"
    (folder / "never.yaml").write_text(head + "rules:\n  per_child_floor: {amount: 1000}\n", encoding="utf-8")

    async def opened():
        form = Form(folder / "never.yaml", "en")
        await form.settled()
        return form

    form = asyncio.run(opened())
    assert "There is no plan for this choice" in shown(form)
    assert "below" not in form._status.value


def test_a_value_that_no_scenario_may_hold_is_explained_in_place(folder):
    async def wrong(form):
        form.change(("rules", "per_child_floor"), {"strength": "hard", "price": 1.0, "amount": -1.0})
        await form.settled()

    form = with_form(folder, wrong)
    assert "amount -1 is not allowed; write a number above 0" in shown(form)
    assert greyed(form)


def test_a_vietnamese_form_refuses_in_vietnamese(folder):
    async def wrong(form):
        form.name.value, form.note.value = "base", "vì sao"
        form.change(("rules", "per_child_floor"), {"strength": "hard", "price": 1.0, "amount": -1.0})
        await form.settled()
        assert "Giá trị này không dùng được." in shown(form)
        assert "<li>rules.per_child_floor.amount -1 không hợp lệ; hãy ghi số lớn hơn 0</li>" in shown(form)
        form.save()
        assert "rules.per_child_floor.amount -1 không hợp lệ; hãy ghi số lớn hơn 0" in form._save_said.value
        form.change(("rules", "per_child_floor"), {"strength": "hard", "price": 1.0, "amount": 1000.0})
        await form.settled()
        assert "Không có phương án cho lựa chọn này." in shown(form)
        assert "There is no plan" not in shown(form)

    with_form(folder, wrong, language="vi")


@pytest.mark.parametrize(
    ("language", "rule"),
    [("vi", "xem «Mức sàn cho mỗi trẻ em: "), ("en", "look at «Floor per child: ")],
)
def test_no_plan_is_explained_by_the_names_of_the_controls_and_without_a_command(folder, language, rule):
    async def impossible(form):
        form.change(("rules", "per_child_floor"), {"strength": "hard", "price": 1.0, "amount": 1000.0})
        await form.settled()

    told = shown(with_form(folder, impossible, language=language))
    assert rule in told
    assert "rules." not in told
    assert "planning explain" not in told


def test_why_the_model_was_built_anew_is_said_in_the_language_of_the_page(folder):
    said = []

    async def switch(form):
        wait = form._wait
        form._wait = lambda *given: (said.append(form._rebuilt.value), wait(*given))[1]
        form.change(("rules", "per_child_floor"), {"strength": "hard", "price": 1.0, "amount": 0.01})
        await form.settled()

    with_form(folder, switch, language="vi")
    with_form(folder, switch)
    assert said == [
        "Mô hình được dựng lại: quy định có các ràng buộc khác trước: per_child_floor.",
        "The model was built anew: rules have other rows: per_child_floor.",
    ]


def test_a_form_of_a_file_that_cannot_be_read_is_refused_in_its_language(folder):
    (folder / "child.yaml").write_text("extends: base.yaml\nnote: a\ntitle: 3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"1 lỗi trong child\.yaml:\n- dòng 3: title 3 không hợp lệ"):
        Form(folder / "child.yaml")


def test_undo_and_redo_bring_values_and_answers_back(folder):
    async def there_and_back(form):
        first = form.shown
        form.change(SHARE, 0.6)
        await form.settled()
        second = form.shown
        form.undo()
        await form.settled()
        assert form.shown is first
        assert form.draft.said == {}
        form.redo()
        await form.settled()
        assert form.shown is second
        form.undo()
        form.change(("money", "all"), 0.9)
        form.redo()

    form = with_form(folder, there_and_back)
    assert form.draft.get(SHARE) == 0.2
    assert form._redo.disabled
    sliders = [box for box in walk(form.widget) if "rules-remote_share-share" in box._dom_classes]
    assert [slider.value for slider in walk(sliders[0]) if hasattr(slider, "readout_format")] == [20.0]


def test_only_the_latest_of_many_changes_is_answered(folder):
    searched = []

    async def drag(form):
        start = Search.__init__
        Search.__init__ = lambda self, case, language: (searched.append(case), start(self, case, language))[1]
        try:
            for share in (0.3, 0.4, 0.5, 0.6):
                form.change(SHARE, share)
                await asyncio.sleep(0)
            await form.settled()
        finally:
            Search.__init__ = start

    form = with_form(folder, drag)
    assert form.shown.case.hashes == form.draft.case.hashes
    assert len(searched) < 4


def test_switches_and_lists_of_rules(folder):
    async def switch(form):
        click(form, "rule-stability", True)
        click(form, "add-complements")

    form = with_form(folder, switch)
    first, second = form.draft.opened.programmes[:2]
    assert form.draft.said["rules"] == {
        "stability": {"decrease": 0.3},
        "complements": [{"programme": first, "needs": second}],
    }


@pytest.mark.parametrize(
    ("rule", "field", "label"),
    [("stability", "increase", "Largest rise,\u00a0%"), ("absorption", "growth", "Growth a year,\u00a0%")],
)
def test_a_share_that_may_be_above_1_is_typed_in_percent(folder, rule, field, label):
    async def type_percent(form):
        click(form, f"rule-{rule}", True)
        box = next(box for box in walk(form.widget) if f"rules-{rule}-{field}" in box._dom_classes)
        assert box.text.description == label
        for free in (each for each in walk(box) if each.__class__.__name__ == "Checkbox"):
            free.value = False
        box.text.value = "130,5 %"

    form = with_form(folder, type_percent)
    assert form.draft.get(("rules", rule, field)) == 1.305


def test_two_pages_on_one_name(folder):
    async def both(form):
        other = Form(folder / "base.yaml", "en")
        for page, share in ((form, 0.3), (other, 0.4)):
            page.change(SHARE, share)
            page.name.value, page.note.value = "ours", "why"
            page.save()
        assert "exists already" in other._save_said.value
        form.change(SHARE, 0.35)
        form.save()

    form = with_form(folder, both)
    assert "Saved" in form._save_said.value
    assert load_case(folder / "ours.yaml").scenario.rules.remote_share.share == 0.35


def test_nothing_to_save_is_said(folder):
    async def save(form):
        form.name.value, form.note.value = "same", "why"
        form.save()

    form = with_form(folder, save)
    assert "nothing to save" in form._save_said.value
    assert not (folder / "same.yaml").exists()


def test_a_search_that_dies_is_a_refusal(toy):
    search = Search(toy, "vi")
    search._process.kill()
    search._process.join()
    if not search._answer.poll():
        with pytest.raises(UnprovenError, match="đã dừng giữa chừng") as refused:
            search.plan()
        assert "the process that searched ended before its time" in refused.value.told("en")


def test_a_plan_that_was_not_proven_is_not_called_impossible(folder, monkeypatch):
    def unproven(search):
        return UnprovenError([Text("chưa đủ thời gian", "too little time")])

    async def nothing(form):
        pass

    monkeypatch.setattr("planning.workbench.form._found", unproven)
    assert "Chưa chứng minh được phương án nào cho lựa chọn này." in shown(with_form(folder, nothing, language="vi"))
    assert "No plan for this choice is proven." in shown(with_form(folder, nothing))


def walk(widget):
    """The widget and everything in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from walk(child)


def click(form, kind, value=None):
    """Press the button, or set the switch, that bears the class."""
    found = next(box for box in walk(form.widget) if kind in box._dom_classes)
    if value is None:
        found.click()
    else:
        found.value = value
