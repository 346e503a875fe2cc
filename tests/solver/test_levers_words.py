"""A number of a rule, what it should be and by how much it moves: one unit of money for all three."""

import math

import pytest

from planning.solver.levers import Lever
from planning.solver.levers_words import both_words, change_words


@pytest.fixture
def ceiling():
    return Lever(
        "funds.city.2026.ceiling", "fund_ceiling", "ceiling", "0", 500_000.0, math.inf, 1.0, "money", False,
        lambda case, _: case,
    )  # fmt: skip


def test_money_has_the_unit_of_the_change(ceiling):
    assert both_words(ceiling, 503_240.0, "en") == ("500,000.0 million VND", "503,240.0 million VND")
    assert change_words(ceiling, 503_240.0, "en") == "+3,240.0 million VND"
    assert both_words(ceiling, 512_300.0, "vi") == ("500,0 tỷ đồng", "512,3 tỷ đồng")
    assert change_words(ceiling, 512_300.0, "vi") == "+12,3 tỷ đồng"


def test_what_is_switched_off_has_no_unit(ceiling):
    assert both_words(ceiling, math.inf, "en") == ("500.0 billion VND", "switched off")
