"""The first sheet of a book for editing: what stands where, what may be changed, and how to bring it back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planning.inputs.limits import wanted
from planning.vocabulary import Column, Language, Table, Text
from planning.workbench.excel.book import GUIDE, label

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_TITLE = Text("Các bảng số liệu của {name}", "The tables of {name}")
_RULES = (
    Text(
        "Mỗi trang là một bảng. Dòng 1 là tên cột, dòng 2 là tên gọi: không sửa, không xóa hai dòng này.",
        "Each sheet is a table. Row 1 names the columns, row 2 says what they are: leave both rows as they are.",
    ),
    Text(
        "Được sửa ô, thêm dòng, xóa dòng, đổi thứ tự dòng. Không đổi tên trang, không thêm trang, không gộp ô.",
        "You may change cells, add, delete and move rows. Do not rename or add sheets, do not merge cells.",
    ),
    Text(
        "Tỷ lệ ghi từ 0 đến 1 (0,35 là 35 %). Tiền ghi bằng triệu đồng. Mã và chữ giữ dạng văn bản (Text).",
        "Shares are between 0 and 1 (0.35 is 35 %). Money is in million VND. Codes and texts stay in the format Text.",
    ),
    Text(
        "Khi đổi một con số, sửa cả cột source (nguồn) và status (tình trạng): có nguồn, suy ra hay giả định.",
        "When you change a figure, change its source and status too: sourced, derived or assumed.",
    ),
    Text(
        "Lưu dạng .xlsx, rồi gõ: planning import <sổ.xlsx> <thư mục data>. Mọi thay đổi hiện ra trước khi ghi.",
        "Save as .xlsx, then run: planning import <book.xlsx> <data folder>. Changes are listed before any is made.",
    ),
    Text(
        "Chỉ vào tên cột ở dòng 2 để đọc ý nghĩa và giá trị được phép của cột.",
        "Point at a heading in row 2 to read what the column means and what it allows.",
    ),
)
_HEADS = (
    Text("Trang", "Sheet"),
    Text("Bảng", "Table"),
    Text("Số dòng", "Rows"),
    Text("Ý nghĩa", "Meaning"),
    Text("Không trùng", "No two rows share"),
)
_MAY_BE_EMPTY = Text("có thể để trống", "may be empty")


def write_guide(book: "Workbook", tables: Sequence[tuple[Table, int]], name: str, language: Language) -> None:
    """Write the guide as the next worksheet of the book; `tables` come with their numbers of rows."""
    place = book.add_worksheet(GUIDE[language])
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DCE6F1"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    count = book.add_format({"align": "left", "valign": "top"})
    link = book.add_format({"font_color": "#1F4E79", "underline": 1, "valign": "top"})
    place.write_string(0, 0, _TITLE[language].format(name=name), bold)
    for row, rule in enumerate(_RULES, 2):
        place.write_string(row, 0, f"{row - 1}. {rule[language]}")
    top = len(_RULES) + 3
    for at, text in enumerate(_HEADS):
        place.write_string(top, at, text[language], head)
    for row, (table, rows) in enumerate(tables, top + 1):
        place.write_url(row, 0, f"internal:'{table.name}'!A3", link, table.name)
        place.write_string(row, 1, table.title[language], wrapped)
        place.write_number(row, 2, rows, count)
        place.write_string(row, 3, table.meaning[language], wrapped)
        place.write_string(row, 4, ", ".join(table.key), wrapped)
        place.set_row(row, 30 if len(table.meaning[language]) > 75 else 15)
    for at, width in enumerate((18, 24, 9, 75, 34)):
        place.set_column(at, at, width)
    place.set_landscape()
    place.set_paper(9)
    place.fit_to_pages(1, 1)
    place.hide_gridlines(2)


def column_words(column: Column, language: Language) -> str:
    """What a column is and what it allows, for the note on its heading."""
    lines = [label(column, language), column.meaning[language], f"{column.name}: {wanted(column, language)}"]
    lines += [f"→ {column.refers_to}"] if column.refers_to else []
    lines += [_MAY_BE_EMPTY[language]] if column.optional else []
    return "\n".join(lines)
