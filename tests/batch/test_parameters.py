"""What a notebook may be told."""

import pytest

from planning.batch.parameters import checked, declared, named
from planning.errors import InputError
from tests.languages import vietnamese


def test_names_are_read_from_the_code_itself(notebook):
    source = 'a: str | None = "x = y"\nb = 1  # two = signs\nc: float\nimport os\nd.e = 2'
    assert declared(notebook("some", parameters=source)) == ("a", "b", "c")


def test_paths_become_absolute_and_words_stay(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    values = checked(notebook("some"), {"scenario": "x/a.yaml", "language": "en"})
    assert values == {"scenario": str(tmp_path / "x" / "a.yaml"), "language": "en"}


def test_every_path_becomes_absolute(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    paths = ("compared_with", "also_with", "impossible")
    source = notebook("some", parameters="\n".join(f'{name}: str = "x.yaml"' for name in paths))
    assert checked(source, dict.fromkeys(paths, "a.yaml")) == dict.fromkeys(paths, str(tmp_path / "a.yaml"))


def test_several_paths_with_commas_between(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    values = checked(notebook("some", parameters='others: str = ""'), {"others": "a.yaml, b/c.yaml,"})
    assert values == {"others": f"{tmp_path / 'a.yaml'},{tmp_path / 'b' / 'c.yaml'}"}


NUMBERS = "share: float = 0.1\ncount: int = 3\nplain = 2"


def test_numbers_are_numbers(notebook):
    source = notebook("some", parameters=NUMBERS)
    values = checked(source, {"share": "0.25", "count": "5", "plain": 7})
    assert values == {"share": 0.25, "count": 5, "plain": 7}
    assert [type(value) for value in values.values()] == [float, int, int]


@pytest.mark.parametrize(
    ("name", "value", "vi", "wanted"),
    [
        ("share", "0,25", "một số, ví dụ 0.5, không phải '0,25'", "a number such as 0.5, not '0,25'"),
        ("share", "nan", "một số, ví dụ 0.5, không phải 'nan'", "a number such as 0.5, not 'nan'"),
        ("share", "", "một số, ví dụ 0.5, không phải ''", "a number such as 0.5, not ''"),
        ("count", 2.5, "một số nguyên, ví dụ 5, không phải 2.5", "a whole number such as 5, not 2.5"),
        ("count", True, "một số nguyên, ví dụ 5, không phải True", "a whole number such as 5, not True"),
    ],
)
def test_what_is_no_number(notebook, name, value, vi, wanted):
    with pytest.raises(InputError, match=f"parameter '{name}' must be {wanted}") as refusal:
        checked(notebook("some", parameters=NUMBERS), {name: value})
    assert vietnamese(refusal.value) == f"1 lỗi trong some.ipynb:\n- tham số '{name}' phải là {vi}"


def test_parameters_of_the_command_line():
    assert named(["amount=2000", "rule = a=b"], ["scenario"]) == {"amount": "2000", "rule": "a=b"}


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["amount"], "'amount' is not a parameter; write name=value"),
        (["=5"], "'=5' is not a parameter; write name=value"),
        (["scenario=x.yaml"], "'scenario' has a place of its own on the command line"),
        (["a=1", "a=2"], "'a' is given twice"),
    ],
)
def test_what_is_no_parameter_of_the_command_line(texts, words):
    with pytest.raises(InputError, match=words) as refusal:
        named(texts, ["scenario"])
    assert vietnamese(refusal.value)


def test_every_wrong_parameter_is_named_at_once(notebook):
    with pytest.raises(InputError) as error:
        checked(notebook("some"), {"out": "a", "years": "b", "scenario": 7, "language": "v\ni"})
    assert len(error.value.problems) == 4
    assert vietnamese(error.value).splitlines()[1:] == [
        "- không có tham số nào tên là 'out'; có phải ý là 'out_dir'?",
        "- không có tham số nào tên là 'years'; tên đã biết: scenario, out_dir, language",
        "- tham số 'scenario' phải là một dòng chữ hoặc một đường dẫn, không phải 7",
        r"- tham số 'language' phải là một dòng chữ hoặc một đường dẫn, không phải 'v\ni'",
    ]


@pytest.mark.parametrize(
    ("text", "vi", "sentence"),
    [
        (
            None,
            "không có sổ tay này; hãy kiểm tra đường dẫn và nêu một tệp .ipynb, ví dụ notebooks/02_plan.ipynb",
            "there is no such notebook; check the path and name an .ipynb file, for instance notebooks/02_plan.ipynb",
        ),
        ("", "đây không phải là sổ tay đọc được (", "this is not a notebook that can be read"),
        ("[]", "đây không phải là sổ tay đọc được (", "this is not a notebook that can be read"),
        (
            '{"cells": []}',
            "không có ô nào mang nhãn 'parameters'; hãy gắn nhãn đó cho ô đặt các tham số",
            "no cell is tagged 'parameters'; tag the cell",
        ),
        (
            '{"cells": [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "a = "}]}',
            "ô tham số không đúng cú pháp Python: invalid syntax ở dòng 1",
            "the parameters cell is not valid Python: invalid syntax in line 1",
        ),
    ],
)
def test_what_is_not_a_notebook_with_parameters(tmp_path, text, vi, sentence):
    path = tmp_path / "some.ipynb"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=sentence) as refusal:
        declared(path)
    assert refusal.value.told("vi").startswith(f"1 lỗi trong {path}:\n- {vi}")
