"""The public edition: no masked count can be worked out from anything else that is printed."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd
import pytest

from planning.errors import PlanningError
from planning.reports import promises, sources, tables
from planning.reports.brief.masked_book import mask_of
from planning.reports.brief.public import HIDDEN, counts_of, counts_sheet, sensitive_programmes
from planning.reports.brief.shortfalls import coverage_sheet, masked_targets
from planning.reports.brief.trust import masked_assumptions
from planning.reports.masking import left_open
from planning.reports.workbook import workbook
from tests.cases import with_table
from tests.languages import vietnamese


@pytest.fixture(scope="module")
def protected(plan):
    """The toy plan, its lessons now counting children in hard circumstances: 398 reached near, 3 on the hill."""
    programmes = plan.case.tables["programmes"].assign(sensitive=["yes", "no"])
    coverage = plan.coverage.copy()
    few = (coverage["area"] == "hill") & (coverage["programme"] == "lessons")
    coverage.loc[few, "reached"] = 3.0
    return replace(plan, case=with_table(plan.case, "programmes", programmes), coverage=coverage)


def test_sensitive_is_what_the_table_says_or_else_protection_of_single_children(plan):
    case, table = plan.case, plan.case.tables["programmes"]
    assert sensitive_programmes(case) == []
    assert sensitive_programmes(with_table(case, "programmes", table.assign(field="protection"))) == ["lessons"]
    stated = table.assign(field="protection", sensitive=["no", "yes"])
    assert sensitive_programmes(with_table(case, "programmes", stated)) == ["pools"]


def test_an_internal_edition_shows_every_count(protected):
    counts = counts_of(protected, public=False, threshold=5)
    assert not counts.hidden.to_numpy().any()
    assert counts.frame.at["hill", "lessons"] == 3
    assert counts.frame.at["total", "lessons"] == counts.frame.loc[["near", "hill"], "lessons"].sum()


def test_a_small_count_hides_with_what_would_give_it_away(protected):
    counts = counts_of(protected, public=True, threshold=5)
    hidden = counts.hidden["lessons"]
    assert hidden["hill"]
    assert hidden["remote"]  # the only remote area is its group
    relations = [(2, (1,)), (3, (0,)), (4, (2, 3))]
    spans = left_open(counts.frame["lessons"].to_numpy(), relations, hidden.to_numpy())
    assert (np.diff(spans[hidden.to_numpy()], axis=1) >= 5).all()
    sheet = counts_sheet(protected, counts, tables.by_area(protected, "en"), "en")
    assert sheet.frame.iloc[:, 1].tolist().count(HIDDEN) == hidden.sum()


def test_coverage_and_targets_hide_alike(protected):
    counts = counts_of(protected, public=True, threshold=5)
    row = coverage_sheet(protected, counts, "en").frame.iloc[0]
    assert row["Coverage, remote"] == HIDDEN
    target = masked_targets(promises.targets(protected, "en"), protected, counts).frame.iloc[0]
    assert (target["Reached"], target["Shortfall"]) == (HIDDEN, HIDDEN)
    assert target["Asked for"] == 0.8


def test_how_few_need_it_somewhere_is_not_told_by_the_assumptions(protected):
    counts = counts_of(protected, public=True, threshold=5)
    frame = masked_assumptions(sources.assumed_figures(protected.case, "en"), protected, counts).frame
    needs = frame[(frame["Table"] == "Needs") & (frame["Programme or fund"] == "Swimming lessons")]
    assert needs["Least – most"].tolist() == [HIDDEN]


def test_money_that_would_give_a_count_away_is_refused(protected):
    lines = protected.lines[(protected.lines["area"] != "hill") | (protected.lines["programme"] == "lessons")]
    with pytest.raises(PlanningError, match="all money of 'hill' is for 'lessons'") as refusal:
        counts_of(replace(protected, lines=lines), public=True, threshold=5)
    assert vietnamese(refusal.value) == (
        "toàn bộ tiền của 'hill' là cho 'lessons', nên làm lộ một số đã che; hãy bỏ --public, hoặc gộp địa bàn này với "
        "một địa bàn khác"
    )


def test_the_workbook_shows_no_detail_and_the_same_masks(protected, day):
    counts = counts_of(protected, public=True, threshold=5)
    mask = mask_of(protected, counts)
    by_area = tables.by_area(protected, "en")
    assert mask("by_area", by_area) is by_area
    pd.testing.assert_frame_equal(mask("coverage", by_area).frame, coverage_sheet(protected, counts, "en").frame)
    book = openpyxl.load_workbook(BytesIO(workbook([protected], "en", day, mask)))
    for name in ("Areas × programmes", "Coverage by area", "Allocation lines", "Form 43 2026"):
        cells = [cell.value for row in book[name].iter_rows() for cell in row]
        assert HIDDEN in cells
        assert not [value for value in cells if isinstance(value, float) or str(value).startswith("=")]


def test_where_no_count_is_small_the_workbook_is_whole(protected, plan):
    whole = replace(protected, coverage=plan.coverage)
    mask = mask_of(whole, counts_of(whole, public=True, threshold=5))
    by_area = tables.by_area(whole, "en")
    assert mask("lines", by_area) is by_area
