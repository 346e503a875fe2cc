"""What is worked out from a plan once, however many tables and pictures ask for it."""

from collections.abc import Callable, Hashable
from functools import wraps
from weakref import WeakKeyDictionary

import pandas as pd

from planning.solver.plan import Plan


def once[**P](measure: Callable[P, pd.DataFrame]) -> Callable[P, pd.DataFrame]:
    """A function of a plan and of values that can be keys, which keeps each frame for as long as the plan is there.

    Every call gets a frame of its own: what is changed in it is not changed in the kept one.
    """
    kept: WeakKeyDictionary[Plan, dict[Hashable, pd.DataFrame]] = WeakKeyDictionary()

    @wraps(measure)
    def once_per_plan(plan: Plan, *given: Hashable) -> pd.DataFrame:
        frames = kept.setdefault(plan, {})
        if given not in frames:
            frames[given] = measure(plan, *given)  # type: ignore[call-arg]
        return frames[given].copy(deep=False)

    return once_per_plan  # type: ignore[return-value]
