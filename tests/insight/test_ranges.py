"""Classes of ranges, worked out by hand, and the ranges of the toy."""

import numpy as np
import pandas as pd
import pytest

from planning.insight.ranges import kind_of, project_kind, ranges, share_words
from planning.insight.work import JournalError
from planning.solver.plan import solve


@pytest.fixture(scope="module")
def plan(toy_projects):
    return solve(toy_projects)


@pytest.fixture(scope="module")
def finding(plan):
    return ranges(plan)


@pytest.mark.parametrize(
    ("present", "least", "most", "kind"),
    [
        (100, 90, 120, "certain"),
        (100, 89, 120, "open"),
        (0, 0, 0.9, "never"),
        (0, 0, 1.1, "open"),
        (0, 0, 0, "never"),
    ],
)
def test_classes_of_cells(present, least, most, kind):
    assert kind_of(*(np.array([value], float) for value in (present, least, most, 1000))).tolist() == [kind]


@pytest.mark.parametrize(
    ("chosen", "loss", "unsure", "promises", "reason", "kind"),
    [
        ("yes", 11, 0.5, 0, "", "certain"),
        ("yes", 10.4, 0.5, 0, "", "open"),
        ("no", 11, 0.5, 0, "", "never"),
        ("no", 5, 0, 0, "", "open"),
        ("no", -5, 0, 0.1, "", "never"),
        ("no", np.nan, np.nan, np.nan, "rules", "never"),
        ("yes", np.nan, np.nan, np.nan, "begun", "certain"),
        ("no", np.nan, np.nan, np.nan, "stopped", "open"),
    ],
)
def test_classes_of_projects(chosen, loss, unsure, promises, reason, kind):
    row = {"chosen": chosen, "loss": loss, "loss_share": loss / 1000, "unsure": unsure}
    table = pd.DataFrame([row | {"promises": promises, "reason": reason}])
    assert project_kind(table, 0.01).tolist() == [kind]


def test_the_plan_lies_inside_and_ranges_grow(finding):
    table = finding.table
    assert (table["least"] <= table["present"] + 1e-6).all()
    assert (table["present"] <= table["most"] + 1e-6).all()
    wide = table.assign(width=table["most"] - table["least"]).pivot(
        index=["area", "field"], columns="within", values="width"
    )
    assert (np.diff(wide.to_numpy(), axis=1) >= -1e-6).all()


def test_projects_of_the_toy(finding):
    """The pool of hill is worth 74 of 1142.45 weighted child-years: 6.5 %; the annex would cost 21: 1.8 %."""
    table = finding.tables["projects"].set_index(["project", "within"])
    assert table.loc[("pool_hill", 0.05), "kind"] == "certain"
    assert table.loc[("annex_hill", 0.01), "kind"] == "never"
    assert table.loc[("annex_hill", 0.05), "kind"] == "open"
    assert table.loc[("annex_hill", 0.05), "loss"] == pytest.approx(21.0)


def test_a_stopped_run_goes_on_and_other_options_are_refused(plan, finding, tmp_path):
    journal = tmp_path / "ranges.journal"
    assert ranges(plan, journal=journal).table.equals(ranges(plan, journal=journal).table)
    assert ranges(plan, journal=journal).table["most"].to_numpy() == pytest.approx(finding.table["most"].to_numpy())
    with pytest.raises(JournalError, match="other work"):
        ranges(plan, [0.02], journal=journal)


def test_sentences_count_every_cell(finding):
    assert "of 4 cells (area × field)" in finding.sentences["en"][0]
    assert "4 certain, 3 never, 0 open (of 7)" in finding.sentences["en"][3]
    assert len(finding.sentences["vi"]) == len(finding.sentences["en"])


def test_all_areas_together_are_a_row_of_their_own(finding):
    """What all areas get for a field is at least the sum of what each must, and at most of what each may."""
    table = finding.table.set_index(["area", "field", "within"]).sort_index()
    for (field, within), row in table.loc["all"].iterrows():
        parts = table.loc[["near", "hill"]].xs((field, within), level=["field", "within"])
        assert row["present"] == pytest.approx(parts["present"].sum())
        assert parts["least"].sum() - 1e-6 <= row["least"] <= row["most"] <= parts["most"].sum() + 1e-6


def test_shares_keep_their_digits():
    assert [share_words(share, "en") for share in (0.05, 0.001, 0.0001, 0.00002)] == ["5.0%", "0.1%", "0.01%", "0.002%"]
