"""Tables by their codes: where each code stands among the known ones, and the rows of each; rows as dictionaries."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import compute


def places(known: pd.Index | pd.Series, codes: pd.Series) -> np.ndarray:
    """The place of each code, which is text, among the known ones, −1 where it is none of them."""
    among, of = (pa.array(some, pa.large_string()) for some in (known, codes))
    return compute.index_in(of, among).fill_null(-1).to_numpy().astype(int)


def records(table: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries, of all its columns or of those named; `to_dict` takes many times as long."""
    names = columns or tuple(table.columns)
    rows = zip(*(table[name].tolist() for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def rows_of(table: pd.DataFrame, code: str, *columns: str) -> dict[Any, list[tuple[Any, ...]]]:
    """Each code of a column with its rows, as row number and the values of `columns`, all in the order of the table."""
    rows: dict[Any, list[tuple[Any, ...]]] = {}
    entries = zip(table.index.tolist(), *(table[name].tolist() for name in columns), strict=True)
    for key, entry in zip(table[code].tolist(), entries, strict=True):
        rows.setdefault(key, []).append(entry)
    return rows
