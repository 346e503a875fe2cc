"""Findings as people read them: codes in words, sentences as a list, figures as the language writes them."""

from dataclasses import replace

import pandas as pd
import pytest

from planning.inputs.levels import Level
from planning.insight.difference_words import HEADINGS, KINDS, MEASURES
from planning.insight.finding import Finding
from planning.insight.frontier_words import level_name
from planning.insight.order_words import HEADINGS as ORDER_WORDS
from planning.insight.order_words import KINDS as ORDER
from planning.insight.whynot import HEADINGS as WHY_NOT_WORDS
from planning.insight.whynot import KINDS as WHY_NOT
from planning.insight.words import DECISIONS
from planning.reports.findings import difference_sheet, finding_sheet, in_words, order_sheet, said, whynot_sheet
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


def test_steps_of_a_difference_add_up_and_have_signs(toy):
    rows = [
        ["plan", "a", 1000.4, 0.5684, 7.0, 0.2434, 5756.94],
        ["table", "b", 259.7, -0.0184, 0.5, 0.0002, 52.04],
        ["rules", "c", -10.2, 0.0, -0.5, 0.0, 0.0],
        ["plan", "d", 1249.9, 0.55, 7.0, 0.2436, 5808.98],
    ]
    table = pd.DataFrame(rows, columns=["kind", "words_en", *MEASURES])
    finding = Finding("difference", toy, {"difference": table}, {}, HEADINGS, KINDS)
    assert difference_sheet(finding, "Why", "en").printed().to_numpy().tolist() == [
        ["a", "1,000", "56.8%", "7", "24.3%", "5,756.9"],
        ["b", "+260", "−1.8 percentage points", "+0.5", "+0.1 percentage points", "+52.1"],
        ["c", "−10", "0.0 percentage points", "−0.5", "0.0 percentage points", "0.0"],
        ["d", "1,250", "55.0%", "7", "24.4%", "5,809.0"],
    ]


def test_lines_that_move_subtract_and_have_the_unit_of_their_changes(toy):
    lines = pd.DataFrame({"area": ["near", "hill", "near"], "programme": ["pools", "lessons", "lessons"]})
    lines["before"], lines["after"] = [20_004.57, 300.02, 5.0], [20_002.87, 300.08, 6.0]
    lines["change"] = lines["after"] - lines["before"]
    finding = Finding("whynot", toy, {"answer": pd.DataFrame(), "lines": lines}, {}, WHY_NOT_WORDS, WHY_NOT)
    sheet = whynot_sheet(finding, "Who", "en")
    assert sheet.heading == "Who (million VND)"
    assert sheet.printed().iloc[:, 2:].to_numpy().tolist() == [
        ["20,004.6", "20,002.9", "−1.7"],
        ["300.0", "300.1", "0.1"],
        ["5.0", "6.0", "1.0"],
    ]
    still = replace(finding, tables={**finding.tables, "lines": lines.assign(after=lines["before"] + 0.01)})
    assert whynot_sheet(still, "Who", "en").frame.empty


def test_an_order_shows_no_loss_where_child_years_do_not_compare(toy):
    row = {"envelope": 0.8, "state_en": "Plan found", "reached": 200.4, "free": 943.7, "loss": 743.3}
    table = pd.DataFrame([row | {"missed": 0.01, "missed_free": 0.0}, row | {"missed": 0.0, "missed_free": 0.0}])
    finding = Finding("order", toy, {"order": table, "summary": table}, {}, ORDER_WORDS, ORDER)
    printed = order_sheet(finding, "Order", "en").printed()
    assert printed.iloc[:, 2:5].to_numpy().tolist() == [["200", "944", "–"], ["200", "944", "744"]]
