"""Tidy tables become sheets: what is spread over columns and what totals add up to, counted by hand."""

import pandas as pd

from planning.reports.layout import by_year, spread, with_totals

PAID = pd.DataFrame(
    {
        "scenario": ["a", "a", "a", "b", "a"],
        "project": ["p", "p", "q", "p", "unknown"],
        "year": [2026, 2026, 2027, 2026, 2026],
        "amount": [1.0, 2.0, 4.0, 8.0, 16.0],
    }
)


def test_amounts_of_a_key_are_summed_and_others_left_out():
    wide = spread(PAID, ["scenario", "project"], [("a", "q"), ("a", "p"), ("b", "p")], "year", [2026, 2028])
    assert wide.to_dict("list") == {
        "scenario": ["a", "a", "b"], "project": ["q", "p", "p"], 2026: [0.0, 3.0, 8.0], 2028: [0.0, 0.0, 0.0],
    }  # fmt: skip


def test_a_key_asked_for_twice_is_answered_twice():
    assert spread(PAID, ["project"], [("p",), ("p",)], "year", [2026])[2026].tolist() == [11.0, 11.0]


def test_no_keys_no_rows():
    assert list(spread(PAID, ["scenario", "project"], [], "year", [2026]).columns) == ["scenario", "project", 2026]


def test_a_total_for_each_scenario_in_their_order():
    table = with_totals(PAID.assign(places=[1, 2, 3, 4, 5]), "project", ["amount", "places"])
    assert table.tail(2)[["scenario", "project", "amount", "places"]].to_numpy().tolist() == [
        ["a", "total", 23.0, 11], ["b", "total", 8.0, 4],
    ]  # fmt: skip
    assert table["places"].dtype == int


def test_years_have_totals_both_ways():
    table = by_year(["a"], [2026, 2027], PAID, ["project"], [("p",), ("q",)])
    assert table[[2026, 2027, "total"]].to_numpy().tolist() == [[3.0, 0.0, 3.0], [0.0, 4.0, 4.0], [3.0, 4.0, 7.0]]
