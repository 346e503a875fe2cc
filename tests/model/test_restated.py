"""A model with one rule restated is the model built anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.inputs.levels import FIELDS, find_level
from planning.inputs.whatif import with_rules
from planning.model.build import build, restated
from tests import random_cases
from tests.random_cases import LOOSE, stated

QUIET = settings(max_examples=120)


@QUIET
@given(data=st.data())
def test_as_if_built_anew(toy, data):
    name = data.draw(st.sampled_from(sorted(set(FIELDS) & set(LOOSE))))
    words = data.draw(random_cases.pairs(name))[0]
    strength = data.draw(st.sampled_from(["hard", "soft", "report"]))
    others = data.draw(random_cases.rules())
    case = with_rules(data.draw(random_cases.cases(toy)), **(others | {name: stated(name, words, strength)}))
    entry = None if name in random_cases.ONCE else "1"
    other = find_level(case, name, entry).at(case, data.draw(st.sampled_from([0.05, 0.3, 0.45])))
    quick, anew = restated(build(case), name, other), build(other)
    for part in ("lower", "upper", "scale", "short", "price"):
        np.testing.assert_allclose(getattr(quick, part), getattr(anew, part), rtol=1e-12)
    np.testing.assert_array_equal(quick.matrix.row, anew.matrix.row)
    np.testing.assert_array_equal(quick.matrix.column, anew.matrix.column)
    np.testing.assert_allclose(quick.matrix.value, anew.matrix.value, rtol=1e-12)
    assert quick.row_names == anew.row_names
    x = np.random.default_rng(0).uniform(size=anew.columns)
    for one, two in zip(quick.blocks, anew.blocks, strict=True):
        assert (one.start, one.short, one.rows.rule) == (two.start, two.short, two.rows.rule)
        np.testing.assert_allclose(one.rows.level, two.rows.level)
        np.testing.assert_allclose(one.evaluate(quick.layout, x), two.evaluate(anew.layout, x))


def test_another_structure_is_refused(toy):
    model = build(toy)
    with pytest.raises(ValueError, match="remote_share has other rows"):
        restated(model, "remote_share", with_rules(toy, remote_share={"share": {"lessons": 0.1, "pools": 0.2}}))
