"""The changes of a scenario, applied to its tables in the order in which the scenario states them."""

from collections.abc import Mapping

import pandas as pd

from planning.errors import Problem
from planning.inputs.cells import read_column
from planning.inputs.limits import FIRST_YEAR, LAST_YEAR, inside, refusal
from planning.inputs.scenario import Change, Scenario
from planning.inputs.words import did_you_mean, number
from planning.vocabulary import TABLES, Column, Table, Text

Tables = dict[str, pd.DataFrame]
WORDS = ("code", "text", "choice", "flag")


def apply_changes(scenario: Scenario, tables: Mapping[str, pd.DataFrame]) -> tuple[Tables, list[Problem]]:
    """The tables after the scenario's changes, and a problem for each change that cannot be made.

    `tables` are indexed by row number; those that are absent could not be read, and changes of them are only checked as
    far as the vocabulary goes. A row whose figure a scenario changes says so: its status becomes `assumed`, and its
    source goes on with the scenario file and the change's note. Whole numbers are rounded after `multiply`.
    """
    changed = dict(tables)
    problems = []
    files: list[str] = []
    for at, change in enumerate(scenario.changes):
        file, line = scenario.origin[f"changes.{at}"]
        files.append(file)
        try:
            table, column = _target(change)
            if table.name in changed:
                changed[table.name] = _edited(changed[table.name], table, column, change, file)
        except ValueError as fault:
            place = Text(f"thay đổi {files.count(file)}: ", f"change {files.count(file)}: ")
            problems.append(Problem(file, place + fault.args[0], line))
    return changed, problems


def _target(change: Change) -> tuple[Table, Column]:
    """The table and the column that the change edits, whose kind its value fits.

    Raises ValueError with a Text, as all that edits a table does.
    """
    if change.table not in TABLES:
        text = Text(
            f"không có bảng '{change.table}'; {did_you_mean(change.table, TABLES, 'vi')}",
            f"unknown table '{change.table}'; {did_you_mean(change.table, TABLES)}",
        )
        raise ValueError(text)
    table = TABLES[change.table]
    names = [column.name for column in table.columns]
    for name in filter(None, (*change.where, change.column)):
        if name not in names:
            text = Text(
                f"bảng {table.name} không có cột '{name}'; {did_you_mean(name, names, 'vi')}",
                f"table {table.name} has no column '{name}'; {did_you_mean(name, names)}",
            )
            raise ValueError(text)
    name = change.column or table.value
    if not name:
        text = Text(
            f"hãy ghi rõ cột được đổi của bảng {table.name}, ví dụ `column: {names[-4]}`",
            f"say which column of {table.name} changes, for instance `column: {names[-4]}`",
        )
        raise ValueError(text)
    if name in table.key:
        text = Text(
            f"{name} dùng để phân biệt các dòng của bảng {table.name} nên không đổi được; hãy sửa {table.file}",
            f"{name} tells the rows of {table.name} apart and cannot be changed; edit {table.file} instead",
        )
        raise ValueError(text)
    column = table.column(name)
    if (column.kind in WORDS) != isinstance(change.set, str):
        raise ValueError(_other_kind(column, change))
    return table, column


def _other_kind(column: Column, change: Change) -> Text:
    """The sentence for a number where words belong, or words where a number belongs."""
    if column.kind in WORDS:
        return Text(
            f"cột {column.name} là chữ; hãy đổi bằng `set:` với giá trị mới trong dấu nháy",
            f"{column.name} is text; change it with `set:` and the new value between quotes",
        )
    return Text(
        f"cột {column.name} là số; hãy ghi `set:` không có dấu nháy, ví dụ 1234.5, thay cho '{change.set}'",
        f"{column.name} is a number; write `set:` without quotes, such as 1234.5, not '{change.set}'",
    )


def _edited(frame: pd.DataFrame, table: Table, column: Column, change: Change, file: str) -> pd.DataFrame:
    """The table with the change made in the rows that it names; a range keeps its proportion to its figure."""
    for name in (column.name, *change.where):
        if name not in frame:
            text = Text(
                f"{table.file} chưa có {name}; hãy điền cột đó trước",
                f"{table.file} holds no {name}; fill in that column first",
            )
            raise ValueError(text)
    rows = _rows(frame, table, change)
    old = frame.loc[rows, column.name]
    new = _words(column, change, old) if column.kind in WORDS else _figures(column, change, old)
    frame = frame.copy()
    frame[column.name] = frame[column.name].where(~rows, new.reindex(frame.index))
    if column.name == table.value and "low" in frame:
        factor = (new / old).where(old > 0, 1.0).reindex(frame.index, fill_value=1.0)
        frame[["low", "high"]] = frame[["low", "high"]].mul(factor, axis=0)
    if column.kind not in WORDS:
        frame["status"] = frame["status"].mask(rows, "assumed")
        frame["source"] = frame["source"].mask(rows, frame["source"] + f"; changed by {file}: {change.note}")
    return frame


def _rows(frame: pd.DataFrame, table: Table, change: Change) -> pd.Series:
    """True for each row that `where` names.

    Raises ValueError when there is none.
    """
    rows = pd.Series(True, index=frame.index)
    for name, value in change.where.items():
        column = frame[name]
        same = column.astype(str) == str(value) if column.dtype.kind != "f" else column == value
        if not same.any():
            known = [f"{each:g}" if isinstance(each, float) else str(each) for each in column.unique()]
            text = Text(
                f"không dòng nào của {table.file} có {name} '{value}'; {did_you_mean(value, known, 'vi')}",
                f"no row of {table.file} has {name} '{value}'; {did_you_mean(value, known)}",
            )
            raise ValueError(text)
        rows &= same
    if not rows.any():
        named = [f"{name} '{value}'" for name, value in change.where.items()]
        text = Text(
            f"không dòng nào của {table.file} có cùng lúc {' và '.join(named)}; hãy kiểm tra `where`",
            f"no row of {table.file} has {' and '.join(named)} together; check `where`",
        )
        raise ValueError(text)
    return rows


def _words(column: Column, change: Change, old: pd.Series) -> pd.Series:
    [value], faults = read_column(column, [str(change.set)], semicolon=False)
    for fault in faults.values():
        raise ValueError(fault)
    return pd.Series(value, index=old.index, dtype=old.dtype)


def _figures(column: Column, change: Change, old: pd.Series) -> pd.Series:
    """The new figures, which must be within the limits of the column."""
    if change.set is not None:
        new = pd.Series(float(change.set), index=old.index)
    elif change.multiply is not None:
        new = old * change.multiply
    else:
        new = old.astype(float) + (change.add or 0.0)
    if old.dtype.kind == "i":
        new = new.round() if change.multiply is not None else new
        for value in new[new % 1 != 0]:
            text = Text(
                f"{column.name} sẽ thành {number(value, 'vi')}, không phải là số nguyên",
                f"{column.name} would become {number(value)}, which is not a whole number",
            )
            raise ValueError(text)
    allowed = new.between(FIRST_YEAR, LAST_YEAR) if column.kind == "year" else inside(column, new) | new.isna()
    if not allowed.all():
        raise ValueError(_outside(column, change, new[~allowed]))
    return new.astype(old.dtype)


def _outside(column: Column, change: Change, wrong: pd.Series) -> Text:
    """The sentence for new figures that the column does not allow: the first of them, and how many more."""
    row, value = wrong.index[0], wrong.iloc[0]
    no_year = Text(f"{value:.0f} không phải là năm", f"{value:.0f} is not a year")
    others = len(wrong) - 1
    more = Text(f" (và {number(others, 'vi')} dòng nữa)", f" (and {number(others)} more)") if others else Text("", "")
    file = TABLES[change.table].file
    place = Text(
        f"dòng {row} của {file}{more.vi} khi đó sẽ sai: ", f"row {row} of {file}{more.en} would then be wrong: "
    )
    return place + (no_year if column.kind == "year" else refusal(column, value))
