"""A book that a planner edited, read back as text cells; whatever cannot be taken as it stands gets a sentence.

Every sentence names the sheet, the row that Excel shows and the column. Formulas count as the value that Excel stored.
"""

import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from planning.errors import InputError, Problem
from planning.inputs.csvblock import Cells
from planning.inputs.csvfile import TOP, Sheet, no_names
from planning.inputs.limits import wanted
from planning.inputs.words import did_you_mean, number
from planning.vocabulary import TABLES, Column, Table, Text
from planning.workbench.excel.book import FIRST_ROW, FORMAT, GUIDE, LISTS, ORIGIN, WORDS, label

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_A_BOOK = Text(
    "đây không phải là sổ Excel (.xlsx); hãy mở trong Excel và lưu thành «Excel Workbook (.xlsx)»",
    "this is not an Excel book (.xlsx); open it in Excel and save it as «Excel Workbook (.xlsx)»",
)
_OLD = Text(
    "đây là sổ .xls kiểu cũ hoặc sổ có mật khẩu; hãy lưu thành «Excel Workbook (.xlsx)» không có mật khẩu",
    "this is an old .xls book or one with a password; save it as «Excel Workbook (.xlsx)» without a password",
)
_NOT_OURS = Text(
    "sổ này không do `planning export` của phiên bản này làm ra; hãy xuất các bảng lại rồi sửa trong sổ đó",
    "this book was not made by `planning export` of this version; export the tables again and edit that book",
)
_NO_HEADINGS = Text(
    "dòng 2 không còn tên gọi của các cột; hãy ghi lại như cũ, số liệu bắt đầu từ dòng 3",
    "row 2 does not hold the headings any more; put them back, the data begin in row 3",
)
_PUT_BACK = Text("; hãy đặt lại như cũ, hoặc xuất các bảng lại", "; put it back, or export the tables again")
_AS_TEXT = Text("; hãy đặt định dạng ô là Text rồi ghi lại", "; format the cell as Text and write it again")
_AS_NUMBER = Text(
    "; hãy đặt định dạng ô là Number rồi ghi lại số", "; format the cell as Number and write the number again"
)
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}", re.ASCII)
_LONGEST = 200  # signs, of anything but a text
_DATES = (dt.datetime, dt.date, dt.time, dt.timedelta)


@dataclass(frozen=True, slots=True)
class Read:
    """What a book says: the folder it is of, the hash of each table at export, the cells of each table by name.

    A spare column that the book does not have is none of the cells.
    `formulas` counts the formulas whose stored values were taken.
    """

    folder: str
    hashes: Mapping[str, str]
    sheets: Mapping[str, Sheet]
    formulas: int


def sheet_of(book: Path, name: str) -> str:
    """A sheet as a planner knows it."""
    return f"{book.name}, sheet {name}"


def read_book(path: Path) -> Read:
    """The tables of a book. Raises InputError with everything that cannot be taken."""
    book, values = _opened(path)
    origin = _origin(path, book)
    problems = list(_strangers(path, book))
    sheets, formulas = {}, 0
    for name, table in TABLES.items():
        if name not in book.sheetnames and name not in origin:
            continue  # an optional table that the version which made the book did not know
        if name not in book.sheetnames:
            text = Text(f"thiếu trang '{name}'", f"sheet '{name}' is missing") + _PUT_BACK
            problems.append(Problem(path.name, text))
            continue
        found, sheets[name], count = _table(path, table, book[name], values[name])
        problems += found
        formulas += count
    if problems:
        raise InputError(problems)
    hashes = {key: value for key, value in origin.items() if key in TABLES}
    return Read(origin["folder"], hashes, sheets, formulas)


def _opened(path: Path) -> tuple["Workbook", "Workbook"]:
    """The book with its formulas, and with the values that Excel stored for them."""
    import openpyxl

    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError([Problem(str(path), _unreadable(error))]) from error
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError([Problem(path.name, _OLD)])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content))
            values = openpyxl.load_workbook(io.BytesIO(content), data_only=True) if _has_formulas(book) else book
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, SyntaxError, EOFError, OSError) as error:
        raise InputError([Problem(path.name, _NOT_A_BOOK)]) from error
    return book, values


def _unreadable(error: OSError) -> Text:
    check = Text("; xin kiểm tra lại tên", "; check the name")
    if isinstance(error, FileNotFoundError):
        return Text("không có sổ này", "there is no such book") + check
    return Text(f"không đọc được sổ ({error.strerror})", f"it cannot be read ({error.strerror})") + check


def _has_formulas(book: "Workbook") -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)


def _origin(path: Path, book: "Workbook") -> dict[str, str]:
    """What the hidden sheet says."""
    found = {}
    if ORIGIN in book.sheetnames:
        for column in book[ORIGIN].iter_cols(max_row=2, values_only=True):
            found[str(column[0])] = str(column[-1])
    if found.get("format") != FORMAT or "folder" not in found:
        raise InputError([Problem(path.name, _NOT_OURS)])
    return found


def _strangers(path: Path, book: "Workbook") -> Iterator[Problem]:
    """Sheets that are no table."""
    ours = {*TABLES, ORIGIN, LISTS, GUIDE.vi, GUIDE.en}
    for name in book.sheetnames:
        if name not in ours:
            text = Text(
                f"trang '{name}' không phải là bảng nào; hãy đổi tên, xóa, hoặc để ở sổ khác; "
                f"{did_you_mean(name, TABLES, 'vi')}",
                f"unknown sheet '{name}'; rename it, delete it or keep it in another book; "
                f"{did_you_mean(name, TABLES)}",
            )
            yield Problem(path.name, text)


def _table(path: Path, table: Table, place: "Worksheet", values: "Worksheet") -> tuple[list[Problem], Sheet, int]:
    """Problems, cells and the number of formulas of one sheet."""
    where = sheet_of(path, table.name)
    problems = [Problem(where, _merged(area)) for area in place.merged_cells.ranges]
    columns, found = _columns(table, place, where)
    problems += found
    if not columns:
        return [Problem(where, no_names(table, _headed(table, place)), 1)], Sheet({}, [], semicolon=False), 0
    rows, cells, formulas = [], {column.name: [] for column in columns.values()}, 0
    for row, record in enumerate(place.iter_rows(min_row=FIRST_ROW), FIRST_ROW):
        texts = {}
        for at, cell in enumerate(record):
            if cell.value is None:
                continue
            if at not in columns:
                problems.append(Problem(where, _under_nothing(at + 1), row))
                continue
            value = values.cell(row, at + 1).value if cell.data_type == "f" else cell.value
            formulas += cell.data_type == "f"
            try:
                texts[columns[at].name] = _text(columns[at], value, cell.data_type)
            except ValueError as fault:
                problems.append(Problem(where, fault.args[0], row))
                texts[columns[at].name] = "?"
        if any(texts.values()):
            rows.append(row)
            for name, column in cells.items():
                column.append(texts.get(name, ""))
    return problems, Sheet({name: Cells.of(column) for name, column in cells.items()}, rows, semicolon=False), formulas


def _headed(table: Table, place: "Worksheet") -> bool:
    """Whether a row below the first, among those on top of a sheet, holds names of columns of the table."""
    names = {column.name for column in table.columns}
    rows = place.iter_rows(min_row=2, max_row=TOP, values_only=True)
    return any(len(names & {str(value or "").strip() for value in row}) > 1 for row in rows)


def _merged(area: object) -> Text:
    return Text(
        f"các ô {area} bị gộp; hãy bỏ gộp ô (bấm lại Merge & Center) rồi điền đủ từng ô",
        f"cells {area} are merged; take them apart (Merge & Center again) and fill each of them in",
    )


def _under_nothing(column: int) -> Text:
    return Text(
        f"có ô ở cột {column} không nằm dưới tên cột nào; hãy xóa hoặc chuyển sang sổ khác",
        f"a cell in column {column} stands under no heading; delete it or move it to another book",
    )


def missing_column(name: str) -> Text:
    """What is said of a column that should be in a sheet."""
    return Text(f"thiếu cột '{name}'", f"column '{name}' is missing") + _PUT_BACK


def _columns(table: Table, place: "Worksheet", where: str) -> tuple[dict[int, Column], list[Problem]]:
    """Position → column, by the names in row 1."""
    heads = [str(cell.value or "").strip() for cell in next(place.iter_rows(max_row=1))]
    names, problems, columns = [column.name for column in table.columns], [], {}
    for at, name in enumerate(heads):
        if name and name not in names:
            text = Text(
                f"không có cột nào tên là '{name}'; {did_you_mean(name, names, 'vi')}",
                f"unknown column '{name}'; {did_you_mean(name, names)}",
            )
            problems.append(Problem(where, text, 1))
        elif name and name in [column.name for column in columns.values()]:
            text = Text(
                f"cột '{name}' có hai lần; hãy giữ lại một cột", f"column '{name}' stands twice; keep one of them"
            )
            problems.append(Problem(where, text, 1))
        elif name:
            columns[at] = table.column(name)
    for name in names:
        if name not in heads and not table.column(name).spare:
            problems.append(Problem(where, missing_column(name), 1))
    if columns and not problems:
        at, column = next(iter(columns.items()))
        if place.cell(2, at + 1).value not in {label(column, "vi"), label(column, "en")}:
            problems.append(Problem(where, _NO_HEADINGS, 2))
    return columns, problems


def _text(column: Column, value: Any, kind: str) -> str:
    """A cell as the text that stands for it in a table. Raises ValueError with a Text of why it cannot be taken."""
    if fault := _unusable(column, value, kind):
        raise ValueError(fault)
    if isinstance(value, str):
        return _typed(column, unicodedata.normalize("NFC", value).strip())
    if column.kind in WORDS:
        text = Text(
            f"{column.name} chứa số {plain(value)}, có thể đã mất số 0 ở đầu",
            f"{column.name} holds the number {plain(value)}, where zeros in front may be lost",
        )
        raise ValueError(text + _AS_TEXT)
    return plain(value)


def _unusable(column: Column, value: Any, kind: str) -> Text | None:
    """Why what Excel stored in a cell is neither a text nor a number."""
    name = column.name
    if kind == "f" and value is None:
        return Text(
            f"{name} chứa công thức chưa có giá trị; hãy mở sổ trong Excel và lưu lại, hoặc dán thành giá trị",
            f"{name} holds a formula without a value; open and save the book in Excel, or paste it as a value",
        )
    if kind == "e" or (kind == "f" and isinstance(value, str) and value.startswith("#")):
        return Text(
            f"{name} chứa lỗi {value}; hãy sửa công thức, hoặc ghi giá trị",
            f"{name} holds the error {value}; mend the formula, or write the value",
        )
    if isinstance(value, _DATES):
        again = _AS_TEXT if column.kind in WORDS else _AS_NUMBER
        return Text(f"{name} chứa ngày tháng, {value}", f"{name} holds a date, {value}") + again
    if isinstance(value, bool):
        return Text(
            f"{name} chứa {str(value).upper()}; hãy ghi {wanted(column, 'vi')}",
            f"{name} holds {str(value).upper()}; write {wanted(column)}",
        )
    return None


def _typed(column: Column, text: str) -> str:
    """A text; where a figure belongs only one that can be read in a single way."""
    if column.kind != "text" and len(text) > _LONGEST:
        said = Text(
            f"{column.name} chứa đoạn chữ dài {number(len(text), 'vi')} ký tự; hãy ghi {wanted(column, 'vi')}",
            f"{column.name} holds a text of {len(text):,} signs; write {wanted(column)}",
        )
        raise ValueError(said)
    if not text or column.kind in WORDS or (column.kind == "year" and column.wildcard):
        return text
    if not _PLAIN.fullmatch(text) or _TWO_WAYS.fullmatch(text):
        said = Text(
            f"{column.name} '{text}' là chữ, không phải là số; hãy xóa, đặt định dạng ô là Number rồi gõ lại số",
            f"{column.name} '{text}' is text and not a number; delete it, format the cell as Number "
            "and type the figure again",
        )
        raise ValueError(said)
    return text


def plain(value: float) -> str:
    """A number as a table holds it: no more digits than it has, a point before decimals."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e16):
        return str(int(value))
    return np.format_float_positional(value, trim="-") if 1e-12 < abs(value) < 1e16 else repr(value)
