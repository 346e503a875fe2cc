"""Codes of a table: where they stand, and their rows."""

import pandas as pd

from planning.inputs.codes import places, records, rows_of

TABLE = pd.DataFrame({"fund": ["city", "donor", "city"], "year": [2026, 2026, 2027]}, index=[2, 3, 5])


def test_places_among_known_codes():
    known = pd.Series(["donor", "city"])
    assert places(known, TABLE["fund"]).tolist() == [1, 0, 1]
    assert places(pd.Index(known), pd.Series(["state", "donor"])).tolist() == [-1, 0]


def test_rows_as_dictionaries():
    assert records(TABLE) == TABLE.to_dict("records")
    assert records(TABLE, "year") == [{"year": 2026}, {"year": 2026}, {"year": 2027}]
    assert records(TABLE.iloc[:0]) == []


def test_rows_of_each_code_in_the_order_of_the_table():
    assert rows_of(TABLE, "fund", "year") == {"city": [(2, 2026), (5, 2027)], "donor": [(3, 2026)]}
    assert list(rows_of(TABLE, "year")) == [2026, 2027]
