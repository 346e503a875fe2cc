"""Out to Excel and back: what nobody changed keeps its bytes, what somebody changed is there and nothing else is."""

import unicodedata
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.inputs import load_case
from planning.inputs.tables import read_tables
from planning.workbench.excel.bringing import bring_in, compare_book
from planning.workbench.excel.export import export_book
from planning.workbench.excel.words import told

SCENARIOS = Path(__file__).parents[3] / "scenarios"


def rows(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


@pytest.mark.parametrize("shipped", ["hanoi-districts-2024", "hanoi-communes-2026"])
def test_an_unchanged_book_changes_nothing(shipped, tmp_path):
    data = SCENARIOS / shipped / "data"
    book = export_book(data, tmp_path / "tables.xlsx")
    found = compare_book(book, data)
    assert found.changes == []
    assert bring_in(found) == ()


def test_one_number_changes_one_row(edited, folder, files):
    before = files()

    def edit(book):
        book["needs"]["D4"] = 195.25

    found = compare_book(edited(edit), folder / "base.yaml")
    assert files() == before, "nothing is written before it is agreed to"
    bring_in(found)
    after = files()
    assert [name for name in after if after[name] != before[name]] == ["needs.csv"]
    assert after["needs.csv"] == before["needs.csv"].replace(b"hill,lessons,all,100,", b"hill,lessons,all,195.25,")
    assert told(found, "en") == [
        "needs.csv (Needs): 0 rows added, 0 removed, 1 cells changed",
        "  row 4, hill, lessons, all: need 100 → 195.25",
    ]


def test_a_file_of_a_vietnamese_excel_keeps_its_ways(edited, folder, files):
    """Semicolons, a byte order mark, CRLF, decimal commas, decomposed letters, spare separators, an empty row."""
    path = folder / "data" / "funds.csv"
    text = path.read_text(encoding="utf-8").replace(",", ";").replace("0.5", "0,50").replace("Tài trợ", '"Tài; trợ"')
    text = text.replace("\n", ";;\n").replace("local;2026", ";;\nlocal;2026", 1)
    path.write_bytes(unicodedata.normalize("NFD", text).replace("\n", "\r\n").encode("utf-8-sig"))
    before = files()["funds.csv"]
    assert compare_book(edited(lambda book: None), folder / "data").changes == []

    def edit(book):
        book["funds"]["F3"] = 399.125
        book["funds"]["F4"] = 400.5

    bring_in(compare_book(edited(edit), folder / "data"))
    after = files()["funds.csv"]
    assert rows(after)[3:] == rows(before)[3:]
    assert [row.split(b";")[5:7] for row in rows(after)[1:3]] == [[b"399,1250", b"0,50"], [b"400,5", b"0,50"]]
    assert read_tables(folder / "data")["funds"]["ceiling"].tolist() == [399.125, 400.5, 100, 100, 50, 50]


def test_rows_added_removed_and_moved(edited, folder, files):
    before = files()["targets.csv"]

    def add(book):
        first = [cell.value for cell in book["targets"][3]]
        book["targets"].append(["swim_2026", *first[1:6], 2026, *first[7:]])

    found = compare_book(edited(add), folder / "data")
    bring_in(found)
    assert rows(files()["targets.csv"])[:2] == rows(before)
    assert [key for _, key in found.changes[0].added] == [("swim_2026",)]

    def swap(book):
        cells = [[cell.value for cell in row] for row in book["targets"].iter_rows(min_row=3, max_row=4)]
        for at, values in zip((4, 3), cells, strict=True):
            for column, value in enumerate(values, 1):
                book["targets"].cell(at, column).value = value

    found = compare_book(edited(swap), folder / "data")
    assert told(found, "vi")[1:] == ["  các dòng đứng theo thứ tự khác"]
    bring_in(found)
    assert rows(files()["targets.csv"])[2] == rows(before)[1]

    found = compare_book(edited(lambda book: book["targets"].delete_rows(3)), folder / "data")
    assert list(found.changes[0].removed) == [("swim_2026",)]
    bring_in(found)
    assert files()["targets.csv"] == before


def test_a_column_that_the_file_lacks_is_added_when_filled(edited, folder, files):
    def edit(book):
        heads = [cell.value for cell in book["needs"][1]]
        for name, value in (("low", 90), ("high", 110), ("shape", "uniform")):
            book["needs"].cell(4, heads.index(name) + 1).value = value

    bring_in(compare_book(edited(edit), folder / "data"))
    lines = files()["needs.csv"].decode().splitlines()
    assert lines[0].endswith(",note,low,high,shape")
    assert [line.count(",") for line in lines] == [9] * 5
    assert lines[2] == "hill,lessons,all,100,toy,assumed,,90,110,uniform"
    assert load_case(folder / "base.yaml").tables["needs"]["high"].tolist()[1] == 110


def test_a_table_that_was_not_there_is_made(edited, folder, files):
    def edit(book):
        for year in (2026, 2027):
            book["resources"].append(["trainers", year, "Huấn luyện viên", "Trainers", 9, "toy", "assumed"])
        book["resource_use"].append(["trainers", "lessons", 0.004, "toy", "assumed"])

    bring_in(compare_book(edited(edit), folder / "data"))
    assert files()["resource_use.csv"] == (
        b"resource,programme,per_unit,source,status,note\ntrainers,lessons,0.004,toy,assumed,\n"
    )
    assert "resources" in load_case(folder / "base.yaml").tables


def test_codes_stay_text_and_formulas_become_their_values(edited, folder, files):
    def edit(book):
        heads = [cell.value for cell in book["programmes"][1]]
        book["programmes"].cell(3, heads.index("item") + 1).value = "0701"

    bring_in(compare_book(edited(edit), folder / "data"))
    assert b",0701," in files()["programmes.csv"]
    book = openpyxl.load_workbook(edited(lambda book: None))
    cells = {cell.value: cell.number_format for row in book["programmes"].iter_rows(min_row=3) for cell in row}
    assert cells["0701"] == "@"


def test_figures_changed_under_an_old_source_are_pointed_out(edited, folder):
    def edit(book):
        heads = [cell.value for cell in book["needs"][1]]
        status = heads.index("status") + 1
        for row in (3, 4):
            book["needs"].cell(row, status).value = "sourced"

    bring_in(compare_book(edited(edit), folder / "data"))

    def figure(book):
        book["needs"]["D3"] = 300

    assert (
        "1 rows change a figure and still name the old source"
        in told(compare_book(edited(figure), folder / "data"), "en")[-1]
    )


TEXTS = st.one_of(
    st.sampled_from(["+84 912 345", "@x", "-5", "<b>", 'say "no", twice;', "Đồi", "Đồi", "0701", "1.234,5", "a\nb"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=300),
).filter(lambda text: not text.strip().startswith(("=", "#")) and "_x" not in text)
FIGURES = st.one_of(
    st.sampled_from([195.25, 0.001, 1.125, 1e-9, 123456789.125, 1e12, 0.1 + 0.2, 7, 1234]),
    st.floats(min_value=1e-6, max_value=1e9, allow_subnormal=False),
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=TEXTS, source=TEXTS.filter(str.strip), weight=FIGURES, row=st.integers(3, 4))
def test_whatever_is_typed_is_what_the_tables_hold(edited, folder, files, note, source, weight, row):
    def edit(book):
        heads = [cell.value for cell in book["programmes"][1]]
        for name, value in (("note", note), ("source", source), ("weight", weight)):
            cell = book["programmes"].cell(row, heads.index(name) + 1)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"

    before = files()
    bring_in(compare_book(edited(edit), folder / "data"))
    after = files()
    read = read_tables(folder / "data")["programmes"].iloc[row - 3]
    texts = [unicodedata.normalize("NFC", text).strip() for text in (note, source)]
    assert read[["note", "source"]].tolist() == texts
    assert read["weight"] == pytest.approx(weight, rel=1e-14)
    assert {name for name in after if after[name] != before[name]} <= {"programmes.csv"}
