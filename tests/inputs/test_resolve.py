"""Precedence: what a child inherits, replaces and removes, and where each value was set."""

from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs import load_scenario
from tests.edits import child, content


def test_a_child_that_says_nothing_is_its_parent_under_another_name(folder: Path) -> None:
    child("")(folder)
    base, same = load_scenario(folder / "base.yaml"), load_scenario(folder / "child.yaml")
    assert (same.name, same.title.en, same.note) == ("child", "Child", "A test.")
    assert same.files == ("base.yaml", "child.yaml")
    for field in ("data", "years", "objective", "rules", "changes"):
        assert getattr(same, field) == getattr(base, field)


def test_rules_go_rule_by_rule_and_key_by_key(folder: Path) -> None:
    child("rules:\n  targets: off\n  remote_share: {strength: soft}\n  stability: {decrease: 0.1}")(folder)
    rules = load_scenario(folder / "child.yaml").rules
    assert rules.targets == "off"
    assert (rules.remote_share.strength, rules.remote_share.share) == ("soft", 0.2)
    assert rules.stability.decrease == 0.1
    assert rules.per_child_floor == "off"


def test_a_rule_that_is_off_inherits_nothing_when_it_comes_back(folder: Path) -> None:
    child("rules:\n  remote_share: off")(folder)
    text = "title: {vi: a, en: b}\nnote: n\nextends: child.yaml\nrules:\n  remote_share: {strength: soft}\n"
    content("grandchild.yaml", text)(folder)
    with pytest.raises(InputError, match=r"line 5: rules.remote_share.share is missing"):
        load_scenario(folder / "grandchild.yaml")


def test_the_objective_goes_key_by_key_and_its_maps_whole(folder: Path) -> None:
    child("objective: {method: weighted, class_weights: {remote: 2, city: 3}}")(folder)
    text = "title: {vi: a, en: b}\nnote: n\nextends: child.yaml\nobjective: {class_weights: {remote: 4}}\n"
    content("grandchild.yaml", text)(folder)
    objective = load_scenario(folder / "grandchild.yaml").objective
    assert (objective.method, objective.class_weights) == ("weighted", {"remote": 4})


def test_an_empty_key_says_nothing(folder: Path) -> None:
    child("rules:\nyears:\nchanges:")(folder)
    assert load_scenario(folder / "child.yaml").rules == load_scenario(folder / "base.yaml").rules


def test_changes_of_the_root_come_first_with_their_own_lines(folder: Path) -> None:
    child("changes:\n- {table: funds, add: 1, note: first}\n- {table: funds, add: 2, note: second}")(folder)
    text = "title: {vi: a, en: b}\nnote: n\nextends: child.yaml\nchanges:\n- {table: funds, add: 3, note: third}\n"
    content("grandchild.yaml", text)(folder)
    scenario = load_scenario(folder / "grandchild.yaml")
    assert [change.note for change in scenario.changes] == ["first", "second", "third"]
    places = [scenario.origin[f"changes.{i}"] for i in range(3)]
    assert places == [("child.yaml", 5), ("child.yaml", 6), ("grandchild.yaml", 5)]


def test_origin_names_the_file_and_line_that_set_a_value(folder: Path) -> None:
    child("rules:\n  remote_share:\n    share: {2026: 0.2, 2027: 0.3}")(folder)
    content(
        "grandchild.yaml", "title: {vi: a, en: b}\nnote: n\nextends: child.yaml\nrules: {remote_share: {share: 0.4}}\n"
    )(folder)
    origin = load_scenario(folder / "grandchild.yaml").origin
    assert origin["rules.remote_share.share"] == ("grandchild.yaml", 4)
    assert origin["years"] == ("base.yaml", 6)
    assert "rules.remote_share.share.2026" not in origin
    assert "objective.method" not in origin


def test_data_is_relative_to_the_file_that_states_it(folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    content("far.yaml", f"title: {{vi: a, en: b}}\nnote: n\nextends: ../{folder.name}/base.yaml\n")(other)
    scenario = load_scenario(other / "far.yaml")
    assert Path(scenario.data) == folder / "data"
    assert scenario.files == (f"../{folder.name}/base.yaml", "far.yaml")


def test_a_wrong_parent_is_told_once(folder: Path) -> None:
    child("rules: {remote_share: {share: 30}}")(folder)
    content("grandchild.yaml", "title: {vi: a, en: b}\nnote: n\nextends: child.yaml\nyears: [2026, 2028]\n")(folder)
    with pytest.raises(InputError) as refused:
        load_scenario(folder / "grandchild.yaml")
    assert [(problem.where, problem.row) for problem in refused.value.problems] == [
        ("child.yaml", 4),
        ("grandchild.yaml", 4),
    ]
