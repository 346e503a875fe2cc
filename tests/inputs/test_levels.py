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
    ("rule", "entry", "field", "words"),
    [
        ("remote", None, None, "no rule 'remote'; this scenario can be asked about: remote_share, envelope"),
        ("targets", None, None, "targets has no level that is one number"),
        ("gaps", None, None, "gaps is not a rule of this scenario"),
        ("remote_share", "3", None, "states one number only; leave out the entry '3'"),
        ("remote_share", None, "amount", "no level 'amount'; it has: share"),
        ("envelope", "1", None, "envelope has no entry"),
    ],
)
def test_what_cannot_be_asked_about(toy, rule, entry, field, words):
    with pytest.raises(InputError, match=words):
        find_level(toy, rule, entry, field)


@pytest.mark.parametrize("entry", [None, "0", "3", "first"])
def test_an_entry_that_is_none(toy, entry):
    with pytest.raises(InputError, match="from 1 to 2"):
        find_level(with_rules(toy, **GAPS), "gaps", entry)


def test_a_level_that_no_scenario_could_state(toy):
    with pytest.raises(InputError, match=r"remote_share share cannot be 1.5"):
        find_level(toy, "remote_share").at(toy, 1.5)
