"""A draft says exactly what differs, and the file that it becomes is the scenario on the screen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from planning.errors import InputError
from planning.inputs import load_case, load_scenario
from planning.inputs.show import new_scenario
from planning.solver.plan import solve
from planning.workbench.draft import Draft
from planning.workbench.saving import save
from planning.workbench.schema import NOTHING, codes, entry_to_begin_with, objective_fields, rule_forms

TABLES = ("lines", "coverage", "targets", "rules", "projects", "funds")
RULES = [rule for _, rules in rule_forms() for rule in rules]


def changed(draft, *steps):
    for path, value in steps:
        draft = draft.with_value(path, value)
    return draft


def test_a_draft_that_changes_nothing_says_nothing(toy):
    assert Draft.of(toy).said == {}
    assert Draft.of(toy).text == ""


def test_it_says_only_what_differs(toy):
    draft = changed(
        Draft.of(toy),
        (("rules", "remote_share", "share"), 0.3),
        (("rules", "targets"), "off"),
        (("rules", "stability"), {"strength": "hard", "price": 1.0, "decrease": 0.5, "increase": None}),
        (("objective", "discount"), 0.03),
        (("money", "all"), 0.9),
    )
    assert draft.said["rules"] == {"targets": "off", "remote_share": {"share": 0.3}, "stability": {"decrease": 0.5}}
    assert draft.said["objective"] == {"discount": 0.03}
    assert [(change["table"], change["multiply"]) for change in draft.said["changes"]] == [("funds", 0.9)]
    assert draft.case.ceiling == pytest.approx(0.9 * toy.ceiling)


def test_a_change_taken_back_is_not_said(toy):
    draft = changed(Draft.of(toy), (("rules", "remote_share", "share"), 0.3), (("rules", "remote_share", "share"), 0.2))
    assert draft.said == {}


def test_what_no_scenario_may_say_is_refused_in_a_sentence(toy):
    with pytest.raises(InputError, match="looks like a percentage"):
        _ = Draft.of(toy).with_value(("rules", "remote_share", "share"), 35.0).case
    with pytest.raises(InputError, match="needs"):
        _ = Draft.of(toy).with_value(("rules", "complements"), [{"programme": "lessons"}]).case
    with pytest.raises(InputError, match="unknown 'nobody'"):
        _ = Draft.of(toy).with_value(("rules", "expiry"), [{"fund": "nobody", "year": 2026}]).case


def test_every_rule_can_be_switched_on_and_saved(toy_projects, toy_projects_folder, tmp_path):
    case = toy_projects
    for rule in RULES:
        entry = entry_to_begin_with(rule, case)
        if rule.name == "projects":
            entry = {"per_area": 1}
        draft = Draft.of(case).with_value(("rules", rule.name), [entry] if rule.many else entry)
        wanted = draft.case
        name = f"on-{rule.name.replace('_', '-')}"
        path = new_scenario(name, toy_projects_folder / "base.yaml", "a test", tmp_path, says=draft.text)
        assert load_scenario(path).rules == wanted.scenario.rules
        assert list(draft.said["rules"]) == [rule.name]


def values_of(field, case):
    """What may stand in a field."""
    match field.kind:
        case "flag":
            return st.booleans()
        case "choice":
            return st.sampled_from(field.choices)
        case "code":
            return st.sampled_from([code for _, code in codes(field, case, "en")])
        case "codes":
            return st.lists(
                st.sampled_from([code for _, code in codes(field, case, "en")]), min_size=2, max_size=2, unique=True
            )
        case "order":
            return st.lists(st.sampled_from(field.choices), min_size=1, unique=True)
        case "by_key":
            known = [code for _, code in codes(field, case, "en")]
            return st.dictionaries(st.sampled_from(known), st.sampled_from([0.0, 0.5, 1 / 3, 1.0]))
        case "whole":
            found = st.sampled_from(case.years) if field.name == "year" else st.integers(0, 9)
        case _:
            most = 1.0 if field.most is None else field.most
            found = st.floats(0.001, most * 0.999, allow_subnormal=False)
            if field.split:
                found |= st.dictionaries(st.sampled_from(["all", "recurrent"]), found, min_size=1)
    return found | st.none() if field.optional else found


@settings(max_examples=40)
@given(data=st.data())
def test_the_file_says_what_the_screen_says(toy_projects, toy_projects_folder, tmp_path_factory, data):
    draft = Draft.of(toy_projects)
    for rule in data.draw(st.lists(st.sampled_from(RULES), unique_by=lambda rule: rule.name, max_size=4)):
        entry = {
            field.name: data.draw(values_of(field, toy_projects))
            for field in rule.fields
            if field.default is NOTHING or data.draw(st.booleans())
        }
        draft = draft.with_value(("rules", rule.name), [entry] if rule.many else entry)
    fields = st.lists(st.sampled_from(objective_fields()), unique_by=lambda field: field.name, max_size=3)
    for field in data.draw(fields):
        draft = draft.with_value(("objective", field.name), data.draw(values_of(field, toy_projects)))
    draft = draft.with_value(("money", "all"), data.draw(st.floats(0.01, 3)))
    try:
        wanted = draft.case.scenario
    except InputError:
        return  # the tables do not know what was drawn
    note, folder = 'with "quotes": and # signs', tmp_path_factory.mktemp("child")
    path = new_scenario("child", toy_projects_folder / "base.yaml", note, folder, says=draft.text)
    read = load_scenario(path)
    assert (read.rules, read.objective, read.note) == (wanted.rules, wanted.objective, note)
    assert [change.multiply for change in read.changes] == [
        each for each in draft.values["money"].values() if each != 1
    ]


@pytest.mark.parametrize(
    "steps",
    [
        [(("rules", "remote_share", "share"), 0.31), (("money", "all"), 0.93)],
        [(("rules", "targets"), {"strength": "soft"}), (("money", "state"), 1.1)],
        [(("objective", "goals"), ["max_min", "reach"])],
    ],
    ids=["share-and-envelope", "soft-targets", "worst-first"],
)
def test_the_saved_file_gives_the_plan_on_the_screen_to_the_last_digit(folder, steps):
    opened = folder / "base.yaml"
    case = load_case(opened)
    steps = [(path if path[1] != "state" else ("money", case.funds[0]), value) for path, value in steps]
    draft = changed(Draft.of(case), *steps)
    path, _ = save(draft, opened, "child", "a test")
    on_screen, of_file = solve(draft.case), solve(load_case(path))
    for table in TABLES:
        mine, its = getattr(on_screen, table), getattr(of_file, table)
        assert_frame_equal(mine.drop(columns="scenario"), its.drop(columns="scenario"), check_exact=True)
    assert np.array_equal(on_screen.x, of_file.x)


def test_a_name_that_is_taken_is_left_alone(folder):
    opened = folder / "base.yaml"
    draft = Draft.of(load_case(opened)).with_value(("rules", "remote_share", "share"), 0.3)
    path, stamp = save(draft, opened, "mine", "first")
    before = path.read_bytes()
    with pytest.raises(InputError, match="exists already"):
        save(draft, opened, "mine", "of the second tab")
    assert path.read_bytes() == before
    again, other = save(draft, opened, "mine", "second thought", replaces=stamp)
    assert again == path
    assert "second thought" in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8") + "# by hand\n", encoding="utf-8")
    with pytest.raises(InputError, match="changed or taken away"):
        save(draft, opened, "mine", "third", replaces=other)
    assert path.read_text(encoding="utf-8").endswith("# by hand\n")


@pytest.mark.parametrize("name", ["", "Hà Nội", "a b", "../up", "CON", "con", "x.yaml"])
def test_a_name_that_no_file_may_have(folder, name):
    draft = Draft.of(load_case(folder / "base.yaml")).with_value(("money", "all"), 0.9)
    with pytest.raises(InputError, match="cannot name a scenario"):
        save(draft, folder / "base.yaml", name, "why")


def test_the_opened_file_has_changed_meanwhile(folder):
    opened = folder / "base.yaml"
    draft = Draft.of(load_case(opened)).with_value(("money", "all"), 0.9)
    opened.write_text(opened.read_text(encoding="utf-8").replace("0.2", "0.25"), encoding="utf-8")
    with pytest.raises(InputError, match="changed since this form was opened") as refused:
        save(draft, opened, "late", "why")
    assert refused.value.told("vi") == (
        "1 lỗi trong base.yaml:\n- tệp đã đổi từ khi mở biểu mẫu này nên kết quả trên màn hình không còn là kết quả "
        "của tệp; hãy mở lại phương án rồi lưu"
    )
    assert not (folder / "late.yaml").exists()
