"""The budget calendar: the next date from any day, and where the scenario stands."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from planning.reports.brief.calendar import calendar, next_step, standing
from tests.cases import with_table

STEPS = [("directive", "Directive", 5, 15), ("decision", "Council decides", 12, 10)]


@pytest.fixture(scope="module")
def case(toy):
    rows = [
        (code, name, name, month, day, 1, "Hội đồng", "Council", "law", "sourced", "")
        for code, name, month, day in STEPS
    ]
    columns = [
        "step",
        "name_vi",
        "name_en",
        "month",
        "day",
        "years_before",
        "agency_vi",
        "agency_en",
        "source",
        "status",
        "note",
    ]
    return with_table(toy, "calendar", pd.DataFrame(rows, columns=columns))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 23), "10 December 2026, in 17 days: Council decides (Council), for budget year 2027"),
        (date(2026, 12, 8), "10 December 2026, in 2 days: Council decides"),
        (date(2026, 12, 9), "10 December 2026, tomorrow: Council decides"),
        (date(2026, 12, 10), "10 December 2026, today: Council decides"),
        (date(2026, 12, 11), "15 May 2027, in 155 days: Directive (Council), for budget year 2028"),
        (date(2024, 1, 1), "15 May 2024, in 135 days"),
    ],
)
def test_the_next_date_is_counted_from_the_day(case, day, said):
    assert said in next_step(case, day, "en")


@pytest.mark.parametrize(("day", "said"), [(8, "còn 2 ngày"), (9, "ngày mai"), (10, "hôm nay")])
def test_the_next_date_in_vietnamese(case, day, said):
    assert f"10/12/2026, {said}: " in next_step(case, date(2026, 12, day), "vi")


def test_what_has_passed_for_the_first_year_is_said(plan, case):

    section = calendar(replace(plan, case=case), date(2025, 6, 1), {}, "vi")
    points, sheet = section.parts
    assert "dự thảo" in points.sentences[0]
    assert sheet.frame.iloc[:, 0].tolist() == ["15/5/2025", "10/12/2025"]
    assert sheet.frame.iloc[:, 3].tolist() == ["đã qua", "192"]


def test_without_a_calendar_it_is_not_known(plan):
    (points,) = calendar(plan, date(2026, 1, 1), {}, "en").parts
    assert "not known" in points.sentences[-1]


def test_an_approved_run_says_by_whom():
    mark = {"mark": "approved", "office": "Council", "reason": "voted", "time": "2026-12-10T08:00:00+00:00"}
    assert standing(date(2026, 12, 11), mark, "en") == (
        "On 11 December 2026 this scenario is approved by Council on 10 December 2026: voted."
    )
