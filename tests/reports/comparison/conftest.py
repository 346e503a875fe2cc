"""Comparisons of the toy: with the toy under another rule, and with many scenarios."""

import dataclasses

import pytest

from planning.reports.comparison.compare import compare
from planning.reports.comparison.together import FRAMES


def renamed(plan, name):
    """The plan under another name."""
    case = dataclasses.replace(plan.case, scenario=plan.case.scenario.model_copy(update={"name": name}))
    return dataclasses.replace(plan, case=case, **{f: getattr(plan, f).assign(scenario=name) for f in FRAMES})


@pytest.fixture(scope="session")
def comparison(plan, other):
    """The toy against the toy with more for remote areas, explained."""
    return compare([plan, other])


@pytest.fixture(scope="session")
def many(plan, other):
    """Twelve scenarios against a base, every second one like the base."""
    return compare([plan, *(renamed((plan, other)[n % 2], f"s{n:02d}") for n in range(12))])
