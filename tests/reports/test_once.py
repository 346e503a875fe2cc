"""A measure is worked out once for a plan, and what one caller does to it is not seen by the next."""

import dataclasses
import gc
import weakref

import pandas as pd

from planning.reports.once import once


def test_worked_out_once_for_each_plan_and_value(plan):
    calls = []

    @once
    def some(plan, name):
        calls.append(name)
        return pd.DataFrame({name: [1.0, 2.0]})

    first = some(plan, "a")
    first.loc[0, "a"] = 99.0
    first["b"] = 0
    assert some(plan, "a").equals(pd.DataFrame({"a": [1.0, 2.0]}))
    some(plan, "b")
    some(dataclasses.replace(plan), "a")
    assert calls == ["a", "b", "a"]


def test_a_plan_that_is_gone_is_not_kept(plan):
    @once
    def some(plan):
        return plan.lines

    twin = dataclasses.replace(plan)
    some(twin)
    seen = weakref.ref(twin)
    del twin
    gc.collect()
    assert seen() is None
