"""Reading a data folder: forms of CSV that must do, and what comes out."""

import time
from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs.tables import read_tables
from planning.vocabulary import TABLES
from tests.edits import Edit, cell, content, semicolons, text, without, without_row


def same(folder: Path, toy_folder: Path, name: str) -> bool:
    return read_tables(folder / "data")[name].equals(read_tables(toy_folder / "data")[name])


def test_dtypes_follow_the_vocabulary(toy_folder: Path) -> None:
    tables = read_tables(toy_folder / "data")
    assert list(tables) == [name for name in TABLES if name in tables]
    kinds = {(name, column): dtype for name, table in tables.items() for column, dtype in table.dtypes.items()}
    assert kinds["needs", "year"] == kinds["areas", "area"] == kinds["areas", "note"] == "str"
    assert kinds["funds", "year"] == kinds["areas", "children"] == kinds["bands", "band"] == "int64"
    assert kinds["needs", "need"] == kinds["bands", "share"] == kinds["funds", "ceiling"] == "float64"
    assert (tables["areas"]["note"] == "").all()
    assert list(tables["needs"].index) == [2, 3, 4, 5]


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(semicolons("needs"), id="semicolons"),
        pytest.param(text("data/needs.csv", "area,", "\ufeffarea,"), id="byte order mark"),
        pytest.param(
            text("data/needs.csv", "hill,lessons,all,100,toy", " hill ,lessons , all,100\u00a0, toy "), id="spaces"
        ),
        pytest.param(
            text("data/needs.csv", "hill,pools,all,2,toy,assumed,\n", "hill,pools,all,2,toy,assumed"), id="short row"
        ),
        pytest.param(
            text("data/needs.csv", "hill,pools,all,2,toy,assumed,\n", "hill,pools,all,2,toy,assumed,\n,,,,,,\n\n ,,\n"),
            id="empty rows at the end",
        ),
        pytest.param(
            text("data/needs.csv", "need,source,status,note", "need,source,status,note,,"), id="empty columns"
        ),
    ],
)
def test_forms_that_mean_the_same(folder: Path, toy_folder: Path, edit: Edit) -> None:
    edit(folder)
    assert same(folder, toy_folder, "needs")


def test_windows_line_ends(folder: Path, toy_folder: Path) -> None:
    path = folder / "data" / "needs.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert same(folder, toy_folder, "needs")


def test_vietnamese_letters_are_composed(folder: Path, toy_folder: Path) -> None:
    text("data/areas.csv", "Gần", "Ga\u0302\u0300n")(folder)
    assert same(folder, toy_folder, "areas")


def test_a_table_with_semicolons_and_decimal_commas(folder: Path) -> None:
    cell("unit_costs", 2, "unit_cost", "12,5")(folder)
    cell("unit_costs", 3, "unit_cost", "20")(folder)
    cell("unit_costs", 4, "unit_cost", "1.250")(folder)
    semicolons("unit_costs")(folder)
    assert list(read_tables(folder / "data")["unit_costs"]["unit_cost"]) == [12.5, 20, 1250, 150]


def test_rows_keep_the_numbers_that_a_spreadsheet_shows(folder: Path) -> None:
    two_lines = '"toy\nof two lines"'
    text(
        "data/needs.csv", "near,lessons,all,400,toy,assumed,\n", f"near,lessons,all,400,{two_lines},assumed,\n\n,,,\n"
    )(folder)
    assert list(read_tables(folder / "data")["needs"].index) == [2, 5, 6, 7]


def test_an_optional_table_may_be_absent(folder: Path) -> None:
    without("data/fund_shares.csv")(folder)
    assert "fund_shares" not in read_tables(folder / "data")


def test_the_empty_template_of_an_optional_table_counts_as_absent(folder: Path) -> None:
    without_row("fund_shares", 2, 3)(folder)
    assert "fund_shares" not in read_tables(folder / "data")


def test_an_optional_table_with_a_wrong_header_is_refused_all_the_same(folder: Path) -> None:
    content("data/fund_shares.csv", "fund,area,part\n")(folder)
    with pytest.raises(InputError, match=r"fund_shares\.csv:\n- row 1: unknown column 'part'"):
        read_tables(folder / "data")


def test_two_thousand_rows_are_read_at_once(folder: Path) -> None:
    header = "area,programme,year,need,source,status,note\n"
    rows = "".join(f"area_{i},lessons,all,{i}.5,toy,assumed,\n" for i in range(2016))
    content("data/needs.csv", header + rows)(folder)
    begin = time.perf_counter()
    needs = read_tables(folder / "data")["needs"]
    assert time.perf_counter() - begin < 1
    assert needs["need"].sum() == sum(i + 0.5 for i in range(2016))


def test_a_table_that_is_read_again_is_the_file_as_it_is_now(folder):
    first = read_tables(folder / "data")["areas"]
    name = first.loc[2, "name_vi"]
    first.loc[2, "name_vi"] = "of one caller"
    assert read_tables(folder / "data")["areas"].loc[2, "name_vi"] == name
    path = folder / "data" / "areas.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(name, "Tên khác"), encoding="utf-8")
    assert read_tables(folder / "data")["areas"].loc[2, "name_vi"] == "Tên khác"
