"""Totals as formulas: a cell is one only where adding up the cells it names gives its value to the last digit."""

import math
from collections.abc import Sequence
from typing import Any

from planning.reports.excel.cells import Page, Placed, in_cell, kind_of, letters_of
from planning.reports.sheet import Kind, Sheet


def formulas(page: Page, placed: Placed, at: int) -> dict[int, str]:
    """Row → formula, for the cells of a column that are the sum of others as shown."""
    sheet, kind = page.sheet, kind_of(page.sheet, at)
    if kind not in ("money", "whole", "share"):
        return {}
    values = sheet.frame.iloc[:, at].tolist()
    within = _within_rows(page, placed, at, kind, values)
    return within | _down(sheet, placed, at, kind, values)


def _within_rows(page: Page, placed: Placed, at: int, kind: Kind, values: Sequence[Any]) -> dict[int, str]:
    """Sums within a row, such as all years."""
    frame = page.sheet.frame
    parts = [placed.columns[part] for part in page.across.get(str(frame.columns[at]), ())]
    if not parts:
        return {}
    ends, beside = [letters_of(part) for part in parts], parts == list(range(parts[0], parts[-1] + 1))
    found = {}
    for row, cells in enumerate(zip(*(frame.iloc[:, part].tolist() for part in parts), strict=True), placed.first):
        if _adds_up(cells, values[row - placed.first], kind, page.sheet):
            named = [f"{end}{row + 1}" for end in ends]
            found[row] = f"=SUM({named[0]}:{named[-1]})" if beside else "=" + "+".join(named)
    return found


def _down(sheet: Sheet, placed: Placed, at: int, kind: Kind, values: Sequence[Any]) -> dict[int, str]:
    """Sums of a column in the total rows, each of its own scenario where there are several."""
    letters, first, last = letters_of(at), placed.first + 1, placed.total
    led = sheet.frame.iloc[:, 0].tolist()
    count, found = last - placed.first, {}
    for row in range(placed.total, placed.total + sheet.totals):
        if sheet.totals == 1:
            above, formula = values[:count], f"=SUM({letters}{first}:{letters}{last})"
        else:
            above = [value for value, name in zip(values[:count], led, strict=False) if name == led[row - placed.first]]
            formula = f"=SUMIF($A${first}:$A${last},$A{row + 1},{letters}${first}:{letters}${last})"
        if _adds_up(above, values[row - placed.first], kind, sheet):
            found[row] = formula
    return found


def _adds_up(parts: Sequence[Any], value: float, kind: Kind, sheet: Sheet) -> bool:
    """Whether the cells shown add up to the value shown."""
    cells = [in_cell(part, kind, sheet) for part in parts if not isinstance(part, str) and part == part]
    return (
        bool(cells)
        and not isinstance(value, str)
        and value == value
        and math.isclose(math.fsum(cells), in_cell(value, kind, sheet), rel_tol=1e-12, abs_tol=1e-7)
    )
