"""Findings as people read them: codes in words, sentences as a list, figures as the language writes them."""

import pandas as pd
import pytest

from planning.inputs.levels import Level
from planning.insight.finding import Finding
from planning.insight.frontier_words import level_name
from planning.insight.words import DECISIONS
from planning.reports.findings import finding_sheet, in_words, said
from planning.vocabulary import Text


@pytest.fixture
def finding(toy):
    table = pd.DataFrame(
        {"words": ["a"], "becomes": ["no"], "first_other": [1.23456], "with_plan": ["yes"], "least": [-1005.5]}
    )
    kinds = {"first_other": "factor", "least": "count"}
    headings = {name: Text(name, name) for name in table}
    return Finding("some", toy, {"some": table}, {"vi": ("Thử <b>",), "en": ("Try",)}, headings, kinds)


def test_codes_and_figures_in_the_language(finding):
    shown = in_words(finding, "some", {"becomes": DECISIONS}, "vi")
    row = finding_sheet(shown, "Thử", "vi").printed().iloc[0].tolist()
    assert row == ["a", "không có trong phương án", "1,235", "có", "−1.006"]
    assert finding.table["becomes"].tolist() == ["no"]


def test_columns_that_are_named_are_kept(finding):
    shown = in_words(finding, "some", {}, "en", ("words", "least"))
    assert list(shown.table.columns) == ["words", "least"]


def test_sentences_are_a_list(finding):
    assert str(said(finding, "en")) == "• Try"
    assert said(finding, "vi")._repr_html_() == "<ul><li>Thử &lt;b&gt;</li></ul>"


@pytest.mark.parametrize(
    ("level", "name"),
    [
        (Level("remote_share", "share"), "Share of remote areas"),
        (Level("stability", "increase"), "Stability against the baseline (increase)"),
        (Level("matching", "ratio", 1), "Matching 2"),
        (Level("envelope"), "The envelope"),
    ],
)
def test_levels_have_names(level, name):
    assert level_name(level, "en") == name
