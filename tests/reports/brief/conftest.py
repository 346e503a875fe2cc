"""A plan of the toy case with everything that a brief asks of it."""

from datetime import date

import pytest


@pytest.fixture(scope="package")
def day():
    return date(2026, 11, 23)


@pytest.fixture(scope="package")
def plan(toy):
    from planning.solver.plan import solve

    return solve(toy)


@pytest.fixture(scope="package")
def found(plan, tmp_path_factory):
    """The answers about the toy plan."""
    from planning.reports.brief.questions import answers

    return answers(plan, tmp_path_factory.mktemp("findings"))


@pytest.fixture(scope="package")
def briefs(plan, found, day):
    """The brief of the toy plan in each language."""
    from planning.reports.brief.build import Edition, brief

    return {language: brief([plan], found, Edition(language, day)) for language in ("vi", "en")}
