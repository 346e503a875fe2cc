"""Who gains and who loses: the sentence says what the table of areas prints, in its unit."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from planning.numbers import BILLION, MILLION
from planning.reports import measures, tables
from planning.reports.brief.checklist import checklist
from planning.reports.brief.effects import counted, extremes
from planning.reports.brief.questions import Answers
from planning.vocabulary import Text


@pytest.fixture
def by_area(plan):
    """The table of areas with changes that rounding made otherwise than they are."""
    sheet = tables.by_area(plan, "en")
    frame = sheet.frame.assign(Change=[16_700.0, -2_900.0, 13_800.0])
    return replace(sheet, frame=frame, unit=BILLION)


def test_the_largest_changes_are_those_of_the_table(plan, by_area):
    near, hill = by_area.frame["Area"][:2]
    said = counted(plan, by_area)
    assert said.endswith(f"Largest gain: {near} (+16.7 billion VND). Largest loss: {hill} (−2.9 billion VND).")


def test_where_none_loses_no_loss_is_named(plan, by_area):
    said = counted(plan, replace(by_area, frame=by_area.frame.assign(Change=[16_700.0, 0.0, 16_700.0])))
    assert "Largest gain" in said
    assert "Largest loss" not in said


def test_no_area_that_gains_stands_among_the_losses(by_area, monkeypatch):
    """Of twenty areas three lose and one neither gains nor loses."""
    change = [10.0 * n for n in range(-3, 17)]
    frame = pd.DataFrame({"Area": [str(value) for value in change], "Change": change})
    monkeypatch.setattr(measures, "areas", lambda _: pd.DataFrame({"change": change}))
    plan = SimpleNamespace(case=SimpleNamespace(areas=change))
    (sheet,) = extremes(plan, replace(by_area, frame=frame, unit=MILLION))
    assert sheet.frame["Change"].tolist() == [*change[:-9:-1], -10.0, -20.0, -30.0]


def test_the_check_list_has_the_years_of_the_tables(plan):
    """Two years of 100.04 each make 200.1, so that one of them is printed as 100.1."""
    whole = plan.lines.groupby("year")["amount"].transform("sum")
    even = replace(plan, lines=plan.lines.assign(amount=plan.lines["amount"] / whole * 100.04))
    assert measures.money(even, ["year"])["amount"].tolist() == pytest.approx([100.04, 100.04])
    nothing = Answers(*[Text("chưa hỏi", "not asked")] * 3)
    (sheet,) = checklist(even, nothing, "en").parts
    assert "from 100.1 million VND in the first year to 100.0 million VND in the last" in sheet.frame.iloc[0, 1]
    total = tables.by_field(even, "en").frame.iloc[-1]
    assert total.iloc[1:3].tolist() == [100.1, 100.0]
