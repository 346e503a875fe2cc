"""YAML as plain values with their lines."""

from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs.document import read_document, scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("0.25", 0.25),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True),
        ("", None),
        ("null", None),
        ("070", "070"),
        ("NO", "NO"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0,3", "0,3"),
        (".nan", ".nan"),
        ("2026-07-01", "2026-07-01"),
    ],
)
def test_an_unquoted_value_is_what_it_looks_like(text: str, value: object) -> None:
    assert scalar(text) == value
    assert type(scalar(text)) is type(value)


def test_quotes_make_text_and_every_value_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "title:\n  vi: 'Kịch bản'\nyears: [2026, '2027']\nchanges:\n- set: 1\n- set: 2\n  note: >-\n    x\n"
    )
    document = read_document(path, "a.yaml")
    assert document.values == {
        "title": {"vi": "Kịch bản"},
        "years": [2026, "2027"],
        "changes": [{"set": 1}, {"set": 2, "note": "x"}],
    }
    lines = {("title",): 1, ("title", "vi"): 2, ("years", 1): 3, ("changes", 1): 6, ("changes", 1, "note"): 7}
    assert {path: document.lines[path] for path in lines} == lines


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xef\xbb\xbfnote: x\n")
    assert read_document(path, "a.yml").values == {"note": "x"}


@pytest.mark.parametrize(
    ("name", "sentence", "viet"),
    [
        (
            "needs.csv",
            "this is a .csv file; give the scenario's .yaml file, for instance base.yaml",
            "đây là tệp .csv; hãy chọn tệp .yaml của phương án, ví dụ base.yaml",
        ),
        (
            "base",
            "this is not a scenario file; give the scenario's .yaml file",
            "đây không phải là tệp phương án; hãy chọn tệp .yaml của phương án, ví dụ base.yaml",
        ),
        (
            "data",
            "this is a folder; give the scenario's .yaml file",
            "đây là một thư mục; hãy chọn tệp .yaml của phương án, ví dụ base.yaml",
        ),
        (
            "folder.yaml",
            "this is a folder; give the scenario's .yaml file",
            "đây là một thư mục; hãy chọn tệp .yaml của phương án, ví dụ base.yaml",
        ),
        (
            "khong",
            "there is no such file; the folder holds base.yaml",
            "không có tệp này; trong thư mục có base.yaml",
        ),
        (
            "khong.csv",
            "there is no such file; the folder holds base.yaml",
            "không có tệp này; trong thư mục có base.yaml",
        ),
        (
            "other/khong",
            "there is no such file; give the scenario's .yaml file, for instance base.yaml",
            "không có tệp này; hãy chọn tệp .yaml của phương án, ví dụ base.yaml",
        ),
        (
            "bse.yaml",
            "there is no such file; the folder holds base.yaml",
            "không có tệp này; trong thư mục có base.yaml",
        ),
    ],
)
def test_what_is_no_scenario_file_is_refused(tmp_path: Path, name: str, sentence: str, viet: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "base.yaml").write_text("note: x\n")
    for other in ("needs.csv", "base"):
        (tmp_path / other).write_text("x\n")
    if name == "folder.yaml":
        (tmp_path / name).mkdir()
    with pytest.raises(InputError) as refused:
        read_document(tmp_path / name, name)
    assert str(refused.value).startswith(f"1 problem in {name}:\n- {sentence}")
    assert refused.value.told("vi") == f"1 lỗi trong {name}:\n- {viet}"


@pytest.mark.parametrize(
    ("text", "said", "viet"),
    [
        (
            "? [a, b]\n: 1\n",
            "line 1: a key must be one word or a year, followed by a colon",
            "dòng 1: tên mục phải là một từ hoặc một năm, theo sau là dấu hai chấm",
        ),
        (
            "note: a\x07b\n",
            "the file holds characters that YAML does not allow",
            "tệp có ký tự mà YAML không cho phép",
        ),
    ],
)
def test_what_yaml_allows_but_a_scenario_does_not(tmp_path: Path, text: str, said: str, viet: str) -> None:
    with pytest.raises(InputError) as refused:
        read_document(tmp_path / "a.yaml", "a.yaml", text.encode())
    [problem] = refused.value.problems
    assert (problem.told("en"), problem.told("vi")) == (said, viet)
