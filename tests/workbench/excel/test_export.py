"""A book for editing: headings in both languages, text where it belongs, checks while typing, a hidden origin."""

import openpyxl
import pytest

from planning.inputs.limits import bounds
from planning.inputs.tables import read_tables
from planning.vocabulary import TABLES, UNITS
from planning.workbench.excel.book import place_of
from planning.workbench.excel.export import book_of, export_book


@pytest.fixture
def book(toy_folder, tmp_path):
    return openpyxl.load_workbook(export_book(toy_folder / "data", tmp_path / "tables.xlsx"))


def validations(place):
    """First cell of the range → the check on it."""
    return {str(rule.sqref).split(":")[0]: rule for rule in place.data_validations.dataValidation}


def test_a_sheet_for_each_table_and_two_that_are_hidden(book):
    assert book.sheetnames == ["Hướng dẫn", *TABLES, "_lists", "_planning"]
    assert {place.title for place in book if place.sheet_state == "veryHidden"} == {"_lists", "_planning"}


def test_every_row_of_every_table_is_there(book, toy_folder):
    for name, frame in read_tables(toy_folder / "data").items():
        keys = [row[: len(TABLES[name].key)] for row in book[name].iter_rows(min_row=3, values_only=True)]
        wanted = frame[list(TABLES[name].key)].itertuples(index=False, name=None)
        assert [tuple(map(str, key)) for key in keys] == [tuple(map(str, key)) for key in wanted]


def test_headings_say_what_a_column_is(book, toy_folder, tmp_path):
    english = openpyxl.load_workbook(export_book(toy_folder / "base.yaml", tmp_path / "english.xlsx", "en"))
    assert [book["funds"][f"F{row}"].value for row in (1, 2)] == ["ceiling", "Trần (triệu đồng)"]
    assert [english["funds"][f"F{row}"].value for row in (1, 2)] == ["ceiling", "Ceiling (million VND)"]
    assert "Nhiều nhất được chi trong năm" in book["funds"]["F2"].comment.text
    assert book["funds"].freeze_panes == "C3"
    assert english.sheetnames[0] == "Guide"


def test_a_book_says_what_a_column_allows_in_its_language(book, toy_folder, tmp_path):
    english = openpyxl.load_workbook(export_book(toy_folder / "data", tmp_path / "english.xlsx", "en"))
    notes = [each["funds"]["F2"].comment.text.splitlines()[2] for each in (book, english)]
    assert notes == [
        "ceiling: số tiền bằng triệu đồng, từ 0 trở lên",
        "ceiling: an amount in million VND, at least 0",
    ]
    errors = [validations(each["areas"])["H3"].error for each in (book, english)]
    assert errors == [
        "Cột children cần: số nguyên, lớn hơn 0",
        "Column children wants a whole number, above 0",
    ]


def test_codes_and_choices_have_drop_downs(book):
    needs, lists = validations(book["needs"]), book["_lists"]
    assert needs["A3"].formula1.startswith("_lists!$")
    column = needs["A3"].formula1.split("$")[1]
    assert [cell.value for cell in lists[column][:3]] == ["areas", "near", "hill"]
    assert needs["A3"].errorStyle == "warning", "a code that was just added is not in the list yet"
    assert needs["F3"].formula1 == '"sourced,derived,assumed"'
    allowed = validations(book["eligibility"])["B3"].formula1.split("$")[1]
    assert [cell.value for cell in lists[allowed][:2]] == ["programmes+all", "all"]


def test_figures_have_their_limits(book):
    rule = validations(book["unit_costs"])["E3"]
    assert (rule.type, float(rule.formula1), float(rule.formula2)) == ("decimal", 0.0, 0.5)
    assert (float(rule.formula1), float(rule.formula2)) == bounds(TABLES["unit_costs"].column("growth"))[:2]
    assert validations(book["areas"])["H3"].type == "whole"


def test_text_columns_are_text_for_rows_to_come(book):
    programmes = book["programmes"]
    item = [cell.value for cell in programmes[1]].index("item") + 1
    formats = [each.number_format for each in programmes.column_dimensions.values() if each.min <= item <= each.max]
    assert formats == ["@"]


def test_the_same_tables_give_the_same_bytes(toy_folder):
    place = place_of(toy_folder / "data")
    assert book_of(place, "vi") == book_of(place_of(toy_folder / "base.yaml"), "vi")


def test_every_unit_has_words_in_both_languages():
    assert {column.unit for table in TABLES.values() for column in table.columns if column.unit} == set(UNITS)
