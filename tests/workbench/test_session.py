"""Editing a table without a browser: what goes in, what comes out, what is written."""

import pytest

from planning.errors import InputError, Problem
from planning.workbench.grid import changes_grid, table_grid
from planning.workbench.session import Session
from planning.workbench.tablefile import open_table
from tests.languages import assert_told_in_both_languages
from tests.servers import PROJECT


@pytest.fixture
def needs(folder):
    """A session on the needs of the toy scenario; rows 0 to 3, columns area, programme, year, need, …"""
    return Session(open_table(folder / "base.yaml", "needs"), "en")


def of(replies, kind):
    return next(reply for reply in replies if reply["kind"] == kind)


def put(session, *cells):
    return session.answer({"do": "set", "cells": cells})


def said(session, deed="check"):
    return [mark.text for mark in of(session.answer({"do": deed}), "marks")["marks"]]


def saved(session):
    state = of(session.answer({"do": "save"}), "state")
    return state["notice"]


def test_it_opens_with_headings_choices_and_no_fault(needs):
    replies = needs.answer({"do": "open"})
    columns = of(replies, "open")["columns"]
    assert [column["label"] for column in columns[:4]] == ["Area", "Programme", "Year", "Need"]
    assert columns[0]["options"] == [("near", "Near"), ("hill", "Hill")]
    assert [code for code, _ in columns[5]["options"]] == ["sourced", "derived", "assumed"]
    assert of(replies, "marks")["marks"] == []
    assert of(replies, "rows")["rows"][0][1][:4] == ("near", "lessons", "all", "400")
    column = Session(needs.book, "vi").answer({"do": "open"})[0]["columns"][3]
    assert (column["label"], column["meaning"]) == ("Nhu cầu", "Số đơn vị cần có (need: số, từ 0 trở lên)")


def test_every_shipped_table_opens_without_fault():
    shipped = PROJECT / "scenarios" / "hanoi-districts-2024"
    for file in sorted((shipped / "data").glob("*.csv")):
        book = open_table(shipped / "base.yaml", file.stem)
        assert [book.faults(book.rows), book.written(book.rows)] == [[], file.read_bytes()], file
        assert [heading.name for heading in book.headings("vi")] == list(book.raw.names)


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        (3, "1.234,5", "need '1.234,5' has a point and a comma; write 1234.5"),
        (3, "1.234", "need '1.234' can mean 1,234 or 1.234; write 1234 or 1.2340"),
        (3, "abc", "need 'abc' is not a number; write a number, at least 0"),
        (3, "=B2*2", "need '=B2*2' is a formula or its error; in the spreadsheet paste it as a value"),
        (3, "", "need is empty; write a number, at least 0"),
        (3, "-1", "need -1 is not allowed; write a number, at least 0"),
        (3, "1e999", "need inf is too large to be right; check the digits"),
        (0, "Near", "area 'Near' is not a code; use lower-case letters without accents, digits and _"),
        (0, "nea", "unknown area 'nea'; did you mean 'near'?"),
        (2, "26", "year '26' is not a year; write four digits, for instance 2026, or all"),
        (5, "guess", "unknown status 'guess'; known: sourced, derived, assumed"),
        (0, "hill", "area 'hill', programme 'lessons', year 'all' stands already in row"),
        (3, "2000", "need 2,000 of 'lessons' is more than the 1,000 children of 'near'"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_saved(needs, column, text, sentence):
    before = needs.book.path.read_bytes()
    put(needs, (0, column, text))
    marks = of(needs.answer({"do": "check"}), "marks")["marks"]
    assert [mark for mark in marks if sentence in mark.text and mark.blocking]
    assert saved(needs).startswith("Not saved: ")
    assert needs.book.path.read_bytes() == before
    found = needs.book.faults(needs.rows) or needs.book.disagreements(needs.rows)
    assert_told_in_both_languages(InputError(Problem("needs.csv", mark.text) for mark in found))


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        (3, "1.234,5", "need '1.234,5' có cả dấu chấm và dấu phẩy; hãy ghi 1234.5"),
        (3, "1.234", "need '1.234' có thể là 1.234 (số nguyên) hoặc 1,234 (số thập phân); hãy ghi 1234 hoặc 1.2340"),
        (3, "-1", "need -1 không hợp lệ; hãy ghi số, từ 0 trở lên"),
        (0, "nea", "area 'nea' chưa có trong areas.csv; có phải ý là 'near'?"),
        (5, "guess", "status không nhận giá trị 'guess'; tên đã biết: sourced, derived, assumed"),
    ],
)
def test_a_vietnamese_page_marks_cells_in_vietnamese(needs, column, text, sentence):
    page = Session(needs.book, "vi")
    put(page, (0, column, text))
    assert said(page) == [sentence]


def test_a_table_without_rows_is_no_table(needs):
    page = Session(needs.book, "vi")
    page.answer({"do": "delete", "rows": [row.id for row in page.rows]})
    assert said(page) == ["bảng chưa có dòng nào; hãy thêm ít nhất một dòng"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("195.25", "195.25"),
        ("12,5", "12.5"),
        ("1.234.567", "1234567"),
        ("1 000", "1000"),
        ("  7 ", "7"),
        ("0,125", "0.125"),
    ],
)
def test_a_figure_that_reads_in_one_way_is_written_as_the_file_writes_it(needs, text, kept):
    put(needs, (0, 3, text))
    assert needs.rows[0].cells[3] == kept


def test_codes_keep_their_zeros(folder):
    session = Session(open_table(folder / "base.yaml", "programmes"), "en")
    at = session.book.raw.names.index("category")
    put(session, (0, at, "0701"))
    assert saved(session) == "Saved programmes.csv"
    assert ",0701," in session.book.path.read_text(encoding="utf-8")


def test_a_file_of_a_vietnamese_spreadsheet_stays_one(folder):
    file = folder / "data" / "needs.csv"
    text = file.read_text(encoding="utf-8").replace(",", ";").replace(";400;", ";399,5;")
    file.write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
    session = Session(open_table(folder / "base.yaml", "needs"), "vi")
    put(session, (1, 3, "99.75"))
    assert said(session) == []
    assert saved(session) == "Đã lưu needs.csv"
    assert file.read_bytes() == ("\ufeff" + text.replace("\n", "\r\n").replace(";100;", ";99,75;")).encode()


def test_undo_and_redo_go_through_every_step(needs):
    steps = [needs.rows]
    for message in (
        {"do": "set", "cells": [(0, 3, "1"), (1, 3, "2"), ("+0", 0, "near"), ("+1", 0, "hill")]},
        {"do": "add", "at": 1, "count": 2},
        {"do": "delete", "rows": [0, 2]},
    ):
        needs.answer(message)
        steps.append(needs.rows)
    assert [len(rows) for rows in steps] == [4, 6, 8, 6]
    for rows in reversed(steps[:-1]):
        state = of(needs.answer({"do": "undo"}), "state")
        assert needs.rows == rows
    assert (state["undo"], state["redo"], state["unsaved"]) == (False, True, 0)
    for rows in steps[1:]:
        needs.answer({"do": "redo"})
        assert needs.rows == rows


def test_an_unknown_code_is_seen_beside_another_fault_and_known_once_it_is_there(folder, needs):
    put(needs, (0, 0, "far"), (1, 3, "1.234"))
    assert sorted(said(needs)) == [
        "need '1.234' can mean 1,234 or 1.234; write 1234 or 1.2340",
        "unknown area 'far'; known: near, hill",
    ]
    areas = folder / "data" / "areas.csv"
    areas.write_text(areas.read_text(encoding="utf-8").replace("near,", "far,"), encoding="utf-8")
    assert "unknown area 'far'; known: near, hill" not in said(needs)


def test_what_does_not_fit_another_file_yet_can_be_saved(folder):
    session = Session(open_table(folder / "base.yaml", "areas"), "en")
    put(session, *(("+0", at, cell) for at, cell in enumerate(session.rows[0].cells)), ("+0", 0, "far"))
    marks = of(session.answer({"do": "check"}), "marks")["marks"]
    assert not [mark for mark in marks if mark.blocking]
    assert any("no need is stated for 'far'" in mark.text for mark in marks)
    other = next(mark.text for mark in session.book.disagreements(session.rows) if "'far'" in mark.text.en)
    assert (other.vi.startswith("data/"), other.en.startswith("data/")) == (True, True)
    assert_told_in_both_languages(InputError([Problem("", other)]))
    assert saved(session) == "Saved areas.csv"


def test_the_later_of_two_is_asked(folder):
    one, two = (Session(open_table(folder / "base.yaml", "needs"), "en") for _ in "ab")
    put(one, (0, 3, "350"), (1, 3, "90"))
    put(two, (0, 3, "360"), (2, 3, "3"), ("+0", 0, "x"))
    assert saved(one) == "Saved needs.csv"
    after = one.book.path.read_bytes()
    two.answer({"do": "delete", "rows": [two.rows[-1].id]})
    state = of(two.answer({"do": "save"}), "state")
    assert (state["buttons"], one.book.path.read_bytes()) == ("compare,carry,reload", after)
    cells = of(two.answer({"do": "compare"}), "compare")["cells"]
    assert [tuple(cell)[2:] for cell in cells] == [("400", "350", "360"), ("100", "90", "100"), ("4", "4", "3")]
    assert of(two.answer({"do": "carry"}), "state")["notice"].endswith(
        "1 cells that both sides changed stay as on the disk"
    )
    assert saved(two) == "Saved needs.csv"
    assert two.book.path.read_bytes() == after.replace(b"near,pools,all,4,", b"near,pools,all,3,")


def test_unsaved_edits_outlive_the_page(folder, needs):
    put(needs, (0, 3, "350"), ("+0", 0, "near"))
    needs.answer({"do": "check"})
    again = Session(open_table(folder / "base.yaml", "needs"), "en")
    state = of(again.answer({"do": "open"}), "state")
    assert (state["locked"], state["buttons"]) == (True, "take,drop")
    assert of(put(again, (0, 3, "1")), "state")["locked"]
    again.answer({"do": "take"})
    assert [row.cells for row in again.rows] == [row.cells for row in needs.rows]
    again.answer({"do": "delete", "rows": [again.rows[-1].id]})
    assert saved(again) == "Saved needs.csv"
    assert not list((folder / "data").glob(".*"))
    put(again, (0, 3, "351"))
    again.answer({"do": "check"})
    third = Session(open_table(folder / "base.yaml", "needs"), "en")
    third.answer({"do": "drop"})
    assert third.rows == third.base
    assert not list((folder / "data").glob(".*"))


def test_a_draft_of_a_file_that_changed_is_not_taken_up(folder, needs):
    put(needs, (0, 3, "350"))
    needs.answer({"do": "check"})
    file = folder / "data" / "needs.csv"
    file.write_bytes(file.read_bytes().replace(b",100,", b",110,"))
    state = of(Session(open_table(folder / "base.yaml", "needs"), "en").answer({"do": "open"}), "state")
    assert state["buttons"] == "drop"
    assert "the file has changed since" in state["notice"]
    (folder / "data" / ".needs.csv.draft").write_bytes(b"{broken")
    assert Session(open_table(folder / "base.yaml", "needs"), "en").draft is None


def test_an_optional_table_begins_empty(folder):
    session = Session(open_table(folder / "base.yaml", "resources"), "en")
    put(
        session,
        *(("+0", at, text) for at, text in enumerate(["staff", "2026", "Người", "Staff", "5", "toy", "assumed"])),
    )
    assert saved(session) == "Saved resources.csv"
    assert session.book.path.read_bytes().startswith(b"\xef\xbb\xbfresource,year,")


@pytest.mark.parametrize(
    ("table", "content", "sentence"),
    [
        ("needz", None, "unknown table 'needz'; did you mean 'needs'?"),
        ("needs", b"area,programme\nnear,lessons\n", "column 'year' is missing"),
        ("needs", b"PK\x03\x04", "this is an Excel workbook with a .csv name"),
        ("needs", "area,nhu cầu".encode("utf-16"), "the file is UTF-16 text"),
        ("needs", b"", "the file is empty"),
    ],
)
def test_what_is_no_table_is_not_opened(folder, table, content, sentence):
    if content is not None:
        (folder / "data" / f"{table}.csv").write_bytes(content)
    with pytest.raises(InputError, match=sentence) as refused:
        open_table(folder / "base.yaml", table)
    assert_told_in_both_languages(refused.value)


def test_a_grid_is_refused_in_the_language_of_its_page(folder):
    with pytest.raises(InputError, match=r"không có bảng 'needz'; có phải ý là 'needs'\?"):
        table_grid(folder / "base.yaml", "needz")
    with pytest.raises(InputError, match="unknown table 'needz'"):
        table_grid(folder / "base.yaml", "needz", "en")
    (folder / "data" / "needs.csv").unlink()
    with pytest.raises(InputError, match="không có tệp này; xin xem lệnh `planning templates`"):
        table_grid(folder / "base.yaml", "needs")
    (folder / "child.yaml").write_text("title: {vi: a, en: b}\nnote: c\nchanges: 3\n", encoding="utf-8")
    with pytest.raises(InputError, match="dòng 3: các thay đổi chưa được ghi lần lượt"):
        changes_grid(folder / "child.yaml")


def test_a_full_disk_changes_nothing(needs, monkeypatch):
    import planning.disk

    def full(path, data):
        raise OSError(28, "No space left on device")

    before = needs.book.path.read_bytes()
    put(needs, (0, 3, "350"))
    monkeypatch.setattr(planning.disk, "write_down", full)
    assert "the disk is full" in saved(needs)
    needs.language = "vi"
    assert saved(needs) == (
        f"không ghi được {needs.book.path}: ổ đĩa đã đầy; hãy giải phóng chỗ trống hoặc chọn thư mục trên ổ đĩa khác, "
        "rồi chạy lại. Ở đó không có gì bị thay đổi."
    )
    assert needs.book.path.read_bytes() == before
    assert of(needs.answer({"do": "open"}), "state")["unsaved"] == 1
