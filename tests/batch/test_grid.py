"""A family of scenarios: each member is a file that says what the level is."""

import numpy as np
import pytest

from planning.batch.grid import axes_of, family, named_level
from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.levels import Level
from tests.languages import vietnamese


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("remote_share", "is not NAME=v1,v2"),
        ("remote_share=", "is not NAME=v1,v2"),
        ("=0.2", "is not NAME=v1,v2"),
        ("remote_share=0.2,x", "is not NAME=v1,v2"),
        ("remote_share=nan", "is not NAME=v1,v2"),
        ("remote_share=0.2,0.20", "gives a value twice"),
    ],
)
def test_what_is_no_axis(text, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        axes_of([text])
    assert vietnamese(refusal.value)


def test_what_is_no_axis_in_vietnamese():
    with pytest.raises(InputError) as refusal:
        axes_of(["remote_share=0,2 0", "envelope=1,1.0"])
    assert refusal.value.told("vi") == (
        "2 lỗi trong --grid:\n"
        "- 'remote_share=0,2 0' không có dạng NAME=v1,v2; hãy ghi ví dụ remote_share=0.2,0.3, dùng dấu chấm thập phân\n"
        "- 'envelope=1,1.0' nêu một giá trị hai lần; hãy nêu mỗi giá trị một lần"
    )


def test_an_axis_given_twice():
    with pytest.raises(InputError, match="is given twice; write its values in one list") as refusal:
        axes_of(["remote_share=0.2", "remote_share=0.3"])
    assert vietnamese(refusal.value)


@pytest.fixture
def base(folder):
    path = folder / "base.yaml"
    path.write_text(path.read_text() + "  gaps:\n    - {ratio: 0.1}\n    - {ratio: 0.2, programmes: lessons}\n")
    return path


def test_the_members_say_what_the_levels_are(base, tmp_path):
    axes = axes_of(["remote_share=0.1,0.15", "envelope=0.9", "gaps.2=0.3", "gaps.1.ratio=0.05"])
    tasks = family(base, axes, tmp_path / "place")
    assert [task.name for task in tasks] == [
        "base+remote_share@0.1+envelope@0.9+gaps.2@0.3+gaps.1.ratio@0.05",
        "base+remote_share@0.15+envelope@0.9+gaps.2@0.3+gaps.1.ratio@0.05",
    ]
    assert {task.dataset for task in tasks} == {"toy"}
    assert tasks[0].source["path"] == str(base)
    stated, case = load_case(base), load_case(tasks[1].path)
    wanted = Level("remote_share", "share").at(stated, 0.15)
    for name, entry, value in (("gaps", 1, 0.3), ("gaps", 0, 0.05)):
        wanted = Level(name, "ratio", entry).at(wanted, value)
    assert case.scenario.rules == wanted.scenario.rules
    assert case.scenario.name == tasks[1].name
    assert np.array_equal(case.ceiling, Level("envelope").at(stated, 0.9).ceiling)
    assert sorted(path.name for path in base.parent.iterdir()) == ["base.yaml", "data"]


def test_the_same_member_has_the_same_run_wherever_it_is_written(base, tmp_path):
    first, second = (family(base, axes_of(["envelope=1.1"]), tmp_path / place)[0] for place in ("a", "b"))
    assert first.folder == second.folder
    other = family(base, axes_of(["envelope=1.2"]), tmp_path / "c")[0]
    assert other.id != first.id


@pytest.mark.parametrize(
    ("axis", "sentence"),
    [
        ("remote_shares=0.2", "there is no rule 'remote_shares'"),
        ("gaps=0.2", "gaps has 2 entries; name one"),
        ("gaps.3=0.2", "entry '3' is not one of them"),
        ("remote_share=1.2", "remote_share share cannot be 1.2"),
        ("envelope=0", "envelope cannot be 0: it must be greater than 0"),
        ("envelope.x=1", "envelope has no entry and no field"),
    ],
)
def test_what_is_no_level_or_no_value_of_it(base, tmp_path, axis, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        family(base, axes_of([axis]), tmp_path)
    assert vietnamese(refusal.value)


def test_one_level_by_two_names(base, tmp_path):
    with pytest.raises(InputError, match="are the same level") as refusal:
        family(base, axes_of(["remote_share=0.1", "remote_share.share=0.2"]), tmp_path)
    assert vietnamese(refusal.value)


def test_a_level_by_name(base):
    case = load_case(base)
    assert named_level(case, "gaps.2.ratio") == Level("gaps", "ratio", 1)
    assert named_level(case, "remote_share.share") == Level("remote_share", "share")
