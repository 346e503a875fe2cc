"""Names and parts of names in place of codes."""

import pytest

from planning.errors import InputError
from planning.insight.naming import position
from planning.insight.whynot import wish_of
from planning.insight.words import PROGRAMME


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("Đồi", "did you mean 'hill'?"),
        ("đồi", "did you mean 'hill'?"),
        ("HILL", "did you mean 'hill'?"),
        ("bể gần", "did you mean 'pool_near'?"),
        ("Near pool", "did you mean 'pool_near'?"),
        ("zzz", "known: "),
    ],
)
def test_a_name_stands_for_its_code(toy_projects, word, answer):
    with pytest.raises(InputError) as refused:
        wish_of(toy_projects, word)
    assert f"unknown area or project '{word}'; {answer}" in str(refused.value)


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("bơi", "did you mean 'lessons' or 'pools'?"),
        ("dạy", "did you mean 'lessons'?"),
        ("zzz", "known: lessons, pools"),
    ],
)
def test_a_part_of_one_name_stands_for_its_code(toy, word, answer):
    with pytest.raises(InputError) as refused:
        position(toy, PROGRAMME, word, toy.programmes)
    assert f"unknown programme '{word}'; {answer}" in str(refused.value)


def test_a_code_stands_where_it_stands(toy):
    assert [position(toy, PROGRAMME, code, toy.programmes) for code in ("lessons", "pools")] == [0, 1]
