"""A book that cannot be taken is refused with the sheet, the row and what to do; the tables stay as they are."""

import datetime as dt
import shutil
from pathlib import Path

import openpyxl
import pytest

from planning.errors import InputError
from planning.workbench.excel.bringing import bring_in, compare_book
from planning.workbench.excel.export import export_book
from tests.edits import cell, text
from tests.languages import assert_told_in_both_languages


def put(sheet, at, value):
    def edit(book):
        book[sheet][at] = value

    return edit


REFUSED = {
    "a formula that Excel has not worked out": (
        put("needs", "D3", "=100+1"),
        r"needs:\n- row 3: need holds a formula without a value",
    ),
    "an error": (put("needs", "D3", "#N/A"), r"row 3: need holds the error #N/A"),
    "a date where a code belongs": (
        put("needs", "A3", dt.datetime(2026, 3, 1)),
        r"row 3: area holds a date, 2026-03-01",
    ),
    "a date where a figure belongs": (
        put("needs", "D3", dt.date(2026, 3, 1)),
        r"row 3: need holds a date, .*; format the cell as Number and write the number again",
    ),
    "a number where text belongs": (put("programmes", "M3", 701), r"row 3: category holds the number 701, where zeros"),
    "a truth where a flag belongs": (put("classes", "D3", True), r"row 3: remote holds TRUE; write yes or no"),
    "a truth where a figure belongs": (put("needs", "D3", True), r"row 3: need holds TRUE; write a number, at least 0"),
    "a number as text that reads two ways": (
        put("needs", "D3", "1.234"),
        r"row 3: need '1.234' is text and not a number",
    ),
    "a Vietnamese number as text": (
        put("needs", "D3", "1.234,5"),
        r"need '1\.234,5' is text and not a number; delete it",
    ),
    "a page of text where a word belongs": (
        put("needs", "F3", "x" * 30_000),
        r"status holds a text of 30,000 signs; write sourced or",
    ),
    "merged cells": ((lambda book: book["needs"].merge_cells("A3:A4")), r"cells A3:A4 are merged; take them apart"),
    "a new sheet": ((lambda book: book.create_sheet("Nháp")), r"unknown sheet 'Nháp'"),
    "a renamed sheet": (
        (lambda book: setattr(book["needs"], "title", "need")),
        r"unknown sheet 'need'; rename it, .*; did you mean 'needs'\?",
    ),
    "a sheet that is gone": ((lambda book: book.remove(book["bands"])), r"sheet 'bands' is missing; put it back"),
    "an unknown column": (put("needs", "D1", "needs"), r"unknown column 'needs'; did you mean 'need'\?"),
    "a column twice": (put("needs", "D1", "area"), r"column 'area' stands twice"),
    "a column that is gone": ((lambda book: book["needs"].delete_cols(4)), r"column 'need' is missing; put it back"),
    "a row of headings that is gone": (
        (lambda book: book["needs"].delete_rows(2)),
        r"row 2 does not hold the headings",
    ),
    "a row above the names": (
        (lambda book: book["needs"].insert_rows(1)),
        r"^1 problem in tables.xlsx, sheet needs:\n- row 1: the first row must hold the column names \(area, .*"
        r"delete what stands above them$",
    ),
    "a cell under no heading": (
        put("needs", "Z9", "nhớ hỏi lại"),
        r"row 9: a cell in column 26 stands under no heading",
    ),
    "an empty table": ((lambda book: book["needs"].delete_rows(3, 9)), r"needs:\n- the table has no rows below"),
    "a doubled key": (
        put("needs", "A4", "near"),
        r"row 4: area 'near', programme 'lessons', year 'all' stands already in row 3",
    ),
    "an unknown code": (put("needs", "A4", "hil"), r"row 4: unknown area 'hil'; did you mean 'hill'\?"),
    "a percentage": (put("unit_costs", "E3", 4), r"row 3: growth 4"),
    "a figure out of bounds": (put("areas", "H3", -1), r"row 3: children -1 is not allowed"),
    "a missing row": ((lambda book: book["needs"].delete_rows(3)), r"no need is stated for 'near' and 'lessons'"),
    "a table that says nothing alone": (
        (lambda book: book["resource_use"].append(["x", "lessons", 1, "toy", "assumed"])),
        r"the table says nothing without resources\.csv",
    ),
    "a formula as text": ((lambda book: as_text(book["needs"]["E3"], "=1+1")), r"row 3: source '=1\+1' is a formula"),
}  # fmt: skip


def as_text(cell, value):
    cell.value = value
    cell.data_type = "s"


@pytest.mark.parametrize("edit", REFUSED)
def test_a_book_is_refused(edit, edited, folder, files):
    change, sentence = REFUSED[edit]
    before = files()
    with pytest.raises(InputError, match=sentence) as refused:
        compare_book(edited(change), folder / "data")
    assert files() == before
    assert_told_in_both_languages(refused.value)


VIETNAMESE = {
    "a date where a code belongs": (
        "tables.xlsx, sheet needs",
        "dòng 3: area chứa ngày tháng, 2026-03-01 00:00:00; hãy đặt định dạng ô là Text rồi ghi lại",
    ),
    "a date where a figure belongs": (
        "tables.xlsx, sheet needs",
        "dòng 3: need chứa ngày tháng, 2026-03-01 00:00:00; hãy đặt định dạng ô là Number rồi ghi lại số",
    ),
    "a truth where a figure belongs": ("tables.xlsx, sheet needs", "dòng 3: need chứa TRUE; hãy ghi số, từ 0 trở lên"),
    "a number where text belongs": (
        "tables.xlsx, sheet programmes",
        "dòng 3: category chứa số 701, có thể đã mất số 0 ở đầu; hãy đặt định dạng ô là Text rồi ghi lại",
    ),
    "a Vietnamese number as text": (
        "tables.xlsx, sheet needs",
        "dòng 3: need '1.234,5' là chữ, không phải là số; hãy xóa, đặt định dạng ô là Number rồi gõ lại số",
    ),
    "a page of text where a word belongs": (
        "tables.xlsx, sheet needs",
        "dòng 3: status chứa đoạn chữ dài 30.000 ký tự; hãy ghi sourced hoặc derived hoặc assumed",
    ),
    "a sheet that is gone": (
        "tables.xlsx",
        "thiếu trang 'bands'; hãy đặt lại như cũ, hoặc xuất các bảng lại",
    ),
    "an unknown column": (
        "tables.xlsx, sheet needs",
        "dòng 1: không có cột nào tên là 'needs'; có phải ý là 'need'?",
    ),
    "a percentage": (
        "tables.xlsx, sheet unit_costs",
        "dòng 3: growth 4 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 0.5: 0.04",
    ),
}


@pytest.mark.parametrize("edit", VIETNAMESE)
def test_a_book_is_refused_in_vietnamese(edit, edited, folder):
    with pytest.raises(InputError) as refused:
        compare_book(edited(REFUSED[edit][0]), folder / "data")
    assert VIETNAMESE[edit] in [(problem.where, problem.told("vi")) for problem in refused.value.problems]


def test_a_book_of_an_earlier_version_is_taken(edited, folder, files):
    """A spare column and an optional table that came later are no reason to lose a planner's edits."""

    def edit(book):
        heads = [cell.value for cell in book["needs"][1]]
        book["needs"].delete_cols(heads.index("low") + 1)
        book.remove(book["resources"])
        names = [cell.value for cell in book["_planning"][1]]
        book["_planning"].delete_cols(names.index("resources") + 1)
        book["needs"]["D3"] = 401

    found = compare_book(edited(edit), folder / "data")
    assert [change.table.name for change in found.changes] == ["needs"]
    bring_in(found)
    assert b"near,lessons,all,401," in files()["needs.csv"]


def test_a_column_of_the_file_is_not_lost(edited, folder):
    text("data/needs.csv", ",note\n", ",note,low\n")(folder)

    def edit(book):
        heads = [cell.value for cell in book["needs"][1]]
        book["needs"].delete_cols(heads.index("low") + 1)

    with pytest.raises(InputError, match=r"row 1: column 'low' is missing; put it back"):
        compare_book(edited(edit), folder / "data")


def test_everything_wrong_is_listed_at_once(edited, folder):
    def edit(book):
        book["needs"]["D3"] = -4
        book["funds"]["F3"] = -1
        book["areas"]["F4"] = "hills"

    with pytest.raises(InputError) as refusal:
        compare_book(edited(edit), folder / "data")
    told = {(problem.where, problem.row) for problem in refusal.value.problems}
    assert told >= {(f"tables.xlsx, sheet {name}", row) for name, row in (("needs", 3), ("funds", 3), ("areas", 4))}


def test_a_scenario_that_would_break_is_a_reason(edited, folder):
    """A child scenario changes a row that the book deletes."""
    (folder / "child.yaml").write_text(
        "title: {vi: Con, en: Child}\nnote: A test.\nextends: base.yaml\n"
        "changes:\n  - {table: targets, where: {target: swim}, multiply: 0.9, note: less}\n",
        encoding="utf-8",
    )

    def edit(book):
        book["targets"]["A3"] = "swim_more"

    with pytest.raises(InputError, match=r"child\.yaml:\n- line 5: change 1: no row of targets\.csv has target 'swim'"):
        compare_book(edited(edit), folder / "base.yaml")


def test_a_scenario_that_is_broken_already_is_none(edited, folder):
    (folder / "child.yaml").write_text(
        "title: {vi: Con, en: Child}\nnote: A test.\nextends: base.yaml\n"
        "changes:\n  - {table: targets, where: {target: gone}, multiply: 0.9, note: less}\n",
        encoding="utf-8",
    )
    assert len(compare_book(edited(put("needs", "D3", 401)), folder / "base.yaml").changes) == 1


def test_a_table_changed_since_the_export_is_not_overwritten(edited, folder):
    book = edited(put("needs", "D3", 401))
    cell("needs", 3, "need", 99)(folder)
    with pytest.raises(InputError, match=r"data/needs\.csv:\n- the table was changed here after the book") as refused:
        compare_book(book, folder / "data")
    assert refused.value.told("vi") == (
        "1 lỗi trong data/needs.csv:\n- bảng ở đây đã được sửa sau khi xuất sổ, mà sổ cũng sửa bảng này; "
        "hãy xuất lại rồi sửa lại"
    )


def test_a_table_changed_since_the_export_that_the_book_agrees_with(edited, folder):
    """The same change on both sides is no conflict."""
    book = edited(put("needs", "D3", 401))
    cell("needs", 2, "need", 401)(folder)
    assert compare_book(book, folder / "data").changes == []


def test_a_table_changed_while_the_planner_thinks_is_not_overwritten(edited, folder, files):
    found = compare_book(edited(put("needs", "D3", 401)), folder / "data")
    cell("needs", 3, "need", 99)(folder)
    before = files()
    with pytest.raises(InputError, match="the table was changed meanwhile; try again") as refused:
        bring_in(found)
    assert_told_in_both_languages(refused.value)
    assert files() == before


def test_a_book_of_other_tables_is_refused(edited, folder, tmp_path):
    other = shutil.copytree(folder, tmp_path / "other")
    book = edited(put("needs", "D3", 401))
    assert len(compare_book(book, other / "data").changes) == 1, "a copy of the same tables is as good"
    cell("needs", 2, "need", 99)(other)
    with pytest.raises(
        InputError, match=r"the book holds the tables of toy/data, and those of other/data are others"
    ) as refused:
        compare_book(book, other / "data")
    assert refused.value.told("vi") == (
        "1 lỗi trong tables.xlsx:\n- sổ chứa các bảng của toy/data, khác với các bảng của other/data; "
        "hãy ghi đúng thư mục"
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"area,need\n", r"this is not an Excel book"),
        (b"PK\x03\x04broken", r"this is not an Excel book"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"an old \.xls book or one with a password"),
        (b"", r"this is not an Excel book"),
    ],
)
def test_what_is_no_book_is_refused(content, sentence, folder, tmp_path):
    (tmp_path / "tables.xlsx").write_bytes(content)
    with pytest.raises(InputError, match=sentence) as refused:
        compare_book(tmp_path / "tables.xlsx", folder / "data")
    assert_told_in_both_languages(refused.value)


def test_a_book_of_another_program_is_refused(folder, tmp_path):
    openpyxl.Workbook().save(tmp_path / "mine.xlsx")
    with pytest.raises(InputError, match=r"was not made by `planning export`") as refused:
        compare_book(tmp_path / "mine.xlsx", folder / "data")
    assert_told_in_both_languages(refused.value)
    with pytest.raises(InputError, match="there is no such book") as refused:
        compare_book(tmp_path / "none.xlsx", folder / "data")
    assert refused.value.told("vi").endswith("none.xlsx:\n- không có sổ này; xin kiểm tra lại tên")


def test_what_stands_for_no_tables_is_refused(folder, tmp_path):
    with pytest.raises(InputError, match="the folder holds no tables; name a scenario file") as refused:
        export_book(folder, tmp_path / "tables.xlsx")
    assert_told_in_both_languages(refused.value)
    lonely = Path(shutil.copytree(folder / "data", tmp_path / "lonely" / "data"))
    book = export_book(lonely, tmp_path / "tables.xlsx")
    with pytest.raises(InputError, match="no scenario beside this folder uses it") as refused:
        compare_book(book, lonely)
    assert_told_in_both_languages(refused.value)
    with pytest.raises(InputError, match="there is a book of that name, left as it is") as refused:
        export_book(lonely, book)
    assert_told_in_both_languages(refused.value)


def test_a_table_that_cannot_be_read_is_not_exported(folder, tmp_path):
    text("data/needs.csv", "need,", "needs,")(folder)
    with pytest.raises(InputError, match="unknown column 'needs'"):
        export_book(folder / "data", tmp_path / "tables.xlsx")


def test_a_text_too_long_for_excel_is_not_cut(folder, tmp_path):
    cell("needs", 2, "note", "x" * 40_000)(folder)
    said = r"row 2: note has 40,000 signs or one that Excel cannot hold; at most 32,767"
    with pytest.raises(InputError, match=said) as refused:
        export_book(folder / "data", tmp_path / "tables.xlsx")
    assert refused.value.problems[0].told("vi") == (
        "dòng 2: note có 40.000 ký tự, hoặc có ký tự mà Excel không chứa được; nhiều nhất là 32.767"
    )


def test_a_cell_that_is_wrong_already_is_mended_in_the_book(folder, tmp_path):
    cell("needs", 2, "need", "nhiều")(folder)
    path = export_book(folder / "data", tmp_path / "tables.xlsx")
    with pytest.raises(InputError, match="need 'nhiều' is text and not a number"):
        compare_book(path, folder / "data")
    book = openpyxl.load_workbook(path)
    book["needs"]["D3"] = 400
    book.save(path)
    assert [change.new for change in compare_book(path, folder / "data").changes[0].cells] == ["400"]
