"""What every refusal does: it is told in both languages, survives a change of process, and ends with its own code."""

import ast
import builtins
import pickle
from pathlib import Path

import pytest

from planning.errors import InputError, NoPlanError, PlanningError, Problem, UnprovenError, speaking
from planning.vocabulary import Text

ROOT = Path(__file__).parents[1] / "planning"
EMPTY = Text("ô trống", "the cell is empty")


def test_problems_are_told_by_file_and_row():
    refusal = InputError(
        [
            Problem("data/needs.csv", EMPTY, 3),
            Problem("base.yaml", Text("thiếu note", "note is missing"), 2),
            Problem("data/needs.csv", EMPTY),
            Problem("options", EMPTY),
        ]
    )
    assert refusal.told("en") == (
        "2 problems in data/needs.csv:\n- row 3: the cell is empty\n- the cell is empty\n\n"
        "1 problem in base.yaml:\n- line 2: note is missing\n\n1 problem in options:\n- the cell is empty"
    )
    assert refusal.told("vi") == (
        "2 lỗi trong data/needs.csv:\n- dòng 3: ô trống\n- ô trống\n\n"
        "1 lỗi trong base.yaml:\n- dòng 2: thiếu note\n\n1 lỗi trong các tùy chọn:\n- ô trống"
    )


def test_very_many_alike_are_counted():
    alike = [Problem("needs.csv", Text(f"nhu cầu {n}", f"need '{n}' is odd"), n) for n in range(2, 32)]
    refusal = InputError([*alike, Problem("needs.csv", EMPTY, 40)])
    lines = refusal.told("vi").splitlines()
    assert lines[0] == "31 lỗi trong needs.csv:"
    assert lines[1:7] == [f"- dòng {n}: nhu cầu {n}" for n in range(2, 7)] + ["- và 25 lỗi tương tự"]
    assert lines[7:] == ["- dòng 40: ô trống"]
    assert refusal.told("en").splitlines()[6] == "- and 25 more like it"


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        (NoPlanError, "Không có phương án nào giữ được mọi quy định:"),
        (UnprovenError, "Chưa có phương án nào được chứng minh:"),
    ],
)
def test_reasons_stand_under_a_heading(kind, heading):
    refusal = kind([Text("thiếu tiền", "money is short")])
    assert refusal.told("vi") == f"{heading}\n- thiếu tiền"
    assert refusal.told("en").endswith(":\n- money is short")
    assert refusal.exit_code == 3


def test_a_refusal_answers_in_the_language_of_who_asked():
    with pytest.raises(PlanningError) as refused, speaking("vi"):
        raise PlanningError(EMPTY)
    assert str(refused.value) == "ô trống"
    assert str(PlanningError(EMPTY)) == "the cell is empty"


@pytest.mark.parametrize(
    "refusal", [PlanningError(EMPTY), InputError([Problem("a.csv", EMPTY, 2)]), NoPlanError([EMPTY])]
)
def test_a_refusal_crosses_processes_with_its_language(refusal):
    with pytest.raises(PlanningError) as refused, speaking("vi"):
        raise refusal
    other = pickle.loads(pickle.dumps(refused.value))
    assert type(other) is type(refusal)
    assert (str(other), other.told("en")) == (refusal.told("vi"), refusal.told("en"))


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_refusal_is_a_sentence_in_one_language(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if name == "Problem" or (name.endswith("Error") and not hasattr(builtins, name)):
            sentence = node.args[1 if name == "Problem" else 0]
            assert not isinstance(sentence, ast.JoinedStr | ast.Constant), f"line {node.lineno}: a Text is needed"
