"""What a notebook may be told."""

import pytest

from planning.batch.parameters import checked, declared, named
from planning.errors import InputError


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
    ("name", "value", "wanted"),
    [
        ("share", "0,25", "a number such as 0.5, not '0,25'"),
        ("share", "nan", "a number such as 0.5, not 'nan'"),
        ("share", "", "a number such as 0.5, not ''"),
        ("count", 2.5, "a whole number such as 5, not 2.5"),
        ("count", True, "a whole number such as 5, not True"),
    ],
)
def test_what_is_no_number(notebook, name, value, wanted):
    with pytest.raises(InputError, match=f"parameter '{name}' must be {wanted}"):
        checked(notebook("some", parameters=NUMBERS), {name: value})


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
    with pytest.raises(InputError, match=words):
        named(texts, ["scenario"])


def test_every_wrong_parameter_is_named_at_once(notebook):
    with pytest.raises(InputError) as error:
        checked(notebook("some"), {"out": "a", "years": "b", "scenario": 7, "language": "v\ni"})
    assert len(error.value.problems) == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "there is no such notebook"),
        ("", "this is not a notebook that can be read"),
        ("[]", "this is not a notebook that can be read"),
        ('{"cells": []}', "no cell is tagged 'parameters'; tag the cell"),
        (
            '{"cells": [{"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": "a = "}]}',
            "the parameters cell is not valid Python: invalid syntax in line 1",
        ),
    ],
)
def test_what_is_not_a_notebook_with_parameters(tmp_path, text, sentence):
    path = tmp_path / "some.ipynb"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=sentence):
        declared(path)
