"""What a resolved scenario says in rows, and new scenario files."""

from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs import load_case, load_scenario
from planning.inputs.show import new_scenario, show
from tests.edits import child


def test_each_value_with_the_file_and_line_that_set_it(folder: Path) -> None:
    share = "rules: {remote_share: {share: {2026: 0.2, 2027: 0.3}}}"
    child(f"{share}\nchanges:\n- {{table: funds, where: {{fund: city}}, add: 5, note: n}}")(folder)
    table = show(load_scenario(folder / "child.yaml"))
    assert list(table.columns) == ["path", "value", "file", "line"]
    rows = {path: rest for path, *rest in table.itertuples(index=False)}
    assert rows["years"] == ["2026, 2027", "base.yaml", "6"]
    assert rows["rules.remote_share.share.2027"] == ["0.3", "child.yaml", "4"]
    assert rows["rules.remote_share.strength"] == ["hard", "built in", ""]
    assert rows["rules.stability"] == ["off", "built in", ""]
    assert rows["objective.goals"] == ["targets, reach", "built in", ""]
    assert rows["changes.1"] == ["funds, fund = city: ceiling + 5 (n)", "child.yaml", "6"]


@pytest.mark.parametrize("note", ["Why not", 'Vì "sao": # không\n- hai dòng', "'", "070"])
def test_a_new_scenario_is_its_parent_until_it_is_edited(folder: Path, note: str) -> None:
    path = new_scenario("remote-first", folder / "base.yaml", note)
    assert path == folder / "remote-first.yaml"
    case, base = load_case(path), load_case(folder / "base.yaml")
    assert case.scenario.note == note
    assert case.scenario.title.en == "Toy: remote first"
    assert case.scenario.rules == base.scenario.rules
    assert not list(folder.glob("*.part"))


def test_a_new_scenario_in_another_folder(folder: Path) -> None:
    path = new_scenario("mine", folder / "base.yaml", "n", folder.parent / "my own")
    assert load_scenario(path).files == ("../toy/base.yaml", "mine.yaml")


@pytest.mark.parametrize("name", ["", "Remote", "remote first", "../x", "con", "a--b", "xã", "a.yaml"])
def test_a_name_that_cannot_name_a_file(folder: Path, name: str) -> None:
    with pytest.raises(InputError, match="use lower-case letters, digits and hyphens"):
        new_scenario(name, folder / "base.yaml", "n")


def test_a_file_that_exists_is_left_as_it_is(folder: Path) -> None:
    before = (folder / "base.yaml").read_bytes()
    with pytest.raises(InputError, match="the file exists already and is left as it is; choose another name"):
        new_scenario("base", folder / "base.yaml", "n")
    assert (folder / "base.yaml").read_bytes() == before


def test_a_note_is_asked_for(folder: Path) -> None:
    with pytest.raises(InputError, match="the note is empty"):
        new_scenario("new", folder / "base.yaml", "  ")


def test_a_wrong_parent_is_refused_before_anything_is_written(folder: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        new_scenario("new", folder / "bsae.yaml", "n")
    assert not (folder / "new.yaml").exists()


@pytest.mark.parametrize(
    ("name", "note", "viet"),
    [
        (
            "Vùng xa",
            "n",
            "'Vùng xa' không thể là tên phương án; hãy dùng chữ thường không dấu, chữ số và gạch nối, ví dụ vung-xa",
        ),
        ("base", "n", "tệp đã có và được giữ nguyên; hãy chọn tên khác"),
        ("new", " ", "ghi chú để trống; hãy viết một câu vì sao cần phương án này"),
    ],
)
def test_what_cannot_be_a_new_scenario_is_told_in_vietnamese(folder: Path, name: str, note: str, viet: str) -> None:
    with pytest.raises(InputError) as refused:
        new_scenario(name, folder / "base.yaml", note)
    assert refused.value.told("vi") == f"1 lỗi trong {name}.yaml:\n- {viet}"


def test_a_file_that_another_has_changed_is_left_as_it_is(folder: Path) -> None:
    with pytest.raises(InputError, match="the file was changed or taken away since it was last saved here") as refused:
        new_scenario("base", folder / "base.yaml", "n", replaces="an older one")
    assert refused.value.problems[0].text.vi == (
        "tệp đã bị sửa hoặc bị xóa từ lần lưu trước ở đây và được giữ nguyên như vậy; hãy chọn tên khác"
    )
