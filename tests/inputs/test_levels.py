"""The one number of a rule: found by name, said otherwise, refused where it is none."""

import pytest

from planning.errors import InputError
from planning.inputs.levels import Level, find_level
from planning.inputs.whatif import with_rules

GAPS = {"gaps": [{"ratio": 0.5}, {"ratio": 0.7, "programmes": "lessons"}]}


def test_the_level_of_a_rule(toy):
    level = find_level(toy, "remote_share")
    assert level.of(toy) == 0.2
    assert level.at(toy, 0.4).scenario.rules.remote_share.share == 0.4


def test_the_level_of_an_entry(toy):
    case = with_rules(toy, **GAPS)
    level = find_level(case, "gaps", "2")
    assert (level, level.name, level.of(case)) == (Level("gaps", "ratio", 1), "gaps 2 ratio", 0.7)
    assert [gap.ratio for gap in level.at(case, 0.9).scenario.rules.gaps] == [0.5, 0.9]


def test_a_number_for_each_year_or_programme(toy):
    case = with_rules(toy, remote_share={"share": {"lessons": 0.1, "pools": 0.3}})
    level = find_level(case, "remote_share", "pools")
    assert level.of(case) == 0.3
    assert level.at(case, 0.2).scenario.rules.remote_share.share == {"lessons": 0.1, "pools": 0.2}


def test_the_envelope(toy):
    level = find_level(toy, "envelope")
    assert level.of(toy) == 1
    assert level.at(toy, 0.5).ceiling == pytest.approx(toy.ceiling / 2)


@pytest.mark.parametrize(
    ("rule", "entry", "field", "words", "viet"),
    [
        (
            "remote",
            None,
            None,
            "no rule 'remote'; this scenario can be asked about: remote_share, envelope",
            "không có quy định 'remote'; với phương án này hỏi được về: remote_share, envelope",
        ),
        (
            "targets",
            None,
            None,
            "targets has no level that is one number",
            "targets không có mức nào là một con số; với phương án này hỏi được về: remote_share, envelope",
        ),
        (
            "gaps",
            None,
            None,
            "gaps is not a rule of this scenario",
            "gaps không phải là quy định của phương án này; hãy ghi vào phương án trước, hoặc hỏi về: remote_share, "
            "envelope",
        ),
        (
            "remote_share",
            "3",
            None,
            "states one number only; leave out the entry '3'",
            "remote_share chỉ có một con số; hãy bỏ '3' đi",
        ),
        (
            "remote_share",
            None,
            "amount",
            "no level 'amount'; it has: share",
            "remote_share không có mức 'amount'; các mức có: share",
        ),
        (
            "envelope",
            "1",
            None,
            "envelope has no entry",
            "envelope không có entry và field; hãy bỏ hai phần đó",
        ),
    ],
)
def test_what_cannot_be_asked_about(toy, rule, entry, field, words, viet):
    with pytest.raises(InputError, match=words) as refused:
        find_level(toy, rule, entry, field)
    assert refused.value.told("vi") == f"1 lỗi trong base:\n- {viet}"


@pytest.mark.parametrize("entry", [None, "0", "3", "first"])
def test_an_entry_that_is_none(toy, entry):
    with pytest.raises(InputError, match="from 1 to 2") as refused:
        find_level(with_rules(toy, **GAPS), "gaps", entry)
    said = f"'{entry}' không phải là một trong số đó; " if entry else ""
    assert refused.value.problems[0].text.vi == f"gaps có 2 mục; {said}hãy chọn một bằng --entry, từ 1 đến 2"


def test_a_level_that_no_scenario_could_state(toy):
    with pytest.raises(InputError, match=r"remote_share share cannot be 1.5: input should be less than") as refused:
        find_level(toy, "remote_share").at(toy, 1.5)
    assert refused.value.problems[0].text.vi == "remote_share share không thể là 1,5: phải không quá 1"


def test_a_level_of_several_that_no_scenario_could_state(toy):
    case = with_rules(toy, remote_share={"share": {"lessons": 0.1, "pools": 0.3}})
    with pytest.raises(InputError, match=r"pools share cannot be -0.5: input should be greater") as refused:
        find_level(case, "remote_share", "pools").at(case, -0.5)
    assert refused.value.problems[0].text.vi == "remote_share pools share không thể là -0,5: phải từ 0 trở lên"


def test_one_of_several_numbers_must_be_named(toy):
    case = with_rules(toy, remote_share={"share": {"lessons": 0.1, "pools": 0.3}})
    with pytest.raises(InputError, match="states several numbers; name one with --entry: lessons, pools") as refused:
        find_level(case, "remote_share")
    assert refused.value.problems[0].text.vi == (
        "remote_share có nhiều con số; hãy chọn một bằng --entry: lessons, pools"
    )


def test_a_number_that_is_not_stated(toy):
    case = with_rules(toy, stability={"decrease": 0.1})
    with pytest.raises(InputError, match="stability states no increase; write it into the scenario first") as refused:
        find_level(case, "stability", field="increase")
    assert refused.value.problems[0].text.vi == "stability chưa có increase; hãy ghi vào phương án trước"
