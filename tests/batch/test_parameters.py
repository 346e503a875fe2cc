"""What a notebook may be told."""

import pytest

from planning.batch.parameters import checked, declared
from planning.errors import InputError


def test_names_are_read_from_the_code_itself(notebook):
    source = 'a: str | None = "x = y"\nb = 1  # two = signs\nc: float\nimport os\nd.e = 2'
    assert declared(notebook("some", parameters=source)) == ("a", "b", "c")


def test_paths_become_absolute_and_words_stay(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    values = checked(notebook("some"), {"scenario": "x/a.yaml", "language": "en"})
    assert values == {"scenario": str(tmp_path / "x" / "a.yaml"), "language": "en"}


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
