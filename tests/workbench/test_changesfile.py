"""The changes of a scenario as rows, and back into its file."""

import pytest

from planning.errors import InputError, Problem
from planning.inputs import load_case
from planning.workbench.changesfile import open_changes
from planning.workbench.session import Session
from tests.languages import assert_told_in_both_languages

CHILD = """\
# A remark at the top
title: {vi: a, en: b}
note: c
extends: base.yaml
changes:
  # the city is short of money
  - table: funds
    where: {fund: city, year: 2026}
    multiply: 0.90   # tenth
    note: "why, oh why"

  - {table: needs, set: 50, where: {area: hill, programme: lessons}, note: fewer}
rules:   # after
  remote_share:
    share: 0.1
"""


@pytest.fixture
def child(folder):
    path = folder / "child.yaml"
    path.write_bytes(CHILD.encode())
    return path


def session(path, language="en"):
    return Session(open_changes(path), language)


def put(one, *cells):
    one.answer({"do": "set", "cells": cells})


def notice(one, deed):
    return one.answer({"do": deed})[-1]["notice"]


def marks(one):
    return [mark for reply in one.answer({"do": "check"}) if reply["kind"] == "marks" for mark in reply["marks"]]


def test_the_entries_are_rows(child):
    one = session(child)
    assert [row.cells for row in one.rows] == [
        ("funds", "fund: city, year: 2026", "", "multiply", "0.9", "why, oh why"),
        ("needs", "area: hill, programme: lessons", "", "set", "50", "fewer"),
    ]
    assert marks(one) == []
    assert one.book.written(one.rows) == CHILD.encode()


def test_what_was_not_changed_stays_as_it_was(child):
    one = session(child)
    put(one, (1, 4, "60,5"), *(("+0", at, cell) for at, cell in enumerate(("funds", "fund = city", "name_en", "set"))))
    put(one, (2, 4, "no: City's"), (2, 5, "name"))
    assert notice(one, "save") == "Saved child.yaml"
    now = child.read_text(encoding="utf-8")
    start = CHILD.index("  - {table")
    new = [
        *("  - table: needs", "    where: {area: hill, programme: lessons}", "    set: 60.5", '    note: "fewer"'),
        *(
            "  - table: funds",
            "    where: {fund: city}",
            "    column: name_en",
            """    set: "no: City's\"""",
            '    note: "name"',
        ),
    ]
    assert now == CHILD[:start] + "\n".join(new) + "\n" + CHILD[CHILD.index("rules:") :]
    case = load_case(child)
    assert case.tables["funds"].query("fund == 'city'")["ceiling"].tolist() == [360, 400]
    assert case.tables["needs"].query("area == 'hill'")["need"].tolist() == [60.5, 2]


def test_the_key_comes_and_goes_with_the_entries(folder):
    path = folder / "base.yaml"
    before = path.read_bytes()
    one = session(path)
    put(one, *(("+0", at, cell) for at, cell in enumerate(("funds", "", "ceiling", "add", "10", "more"))))
    assert notice(one, "save") == "Saved base.yaml"
    assert (
        path.read_bytes()
        == before + b'changes:\n  - table: funds\n    column: ceiling\n    add: 10\n    note: "more"\n'
    )
    again = session(path)
    again.answer({"do": "delete", "rows": [0]})
    assert notice(again, "save") == "Saved base.yaml"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (("fundz", "", "", "multiply", "2", "x"), 0, "unknown table 'fundz'; did you mean 'funds'?"),
        (("", "", "", "multiply", "2", "x"), 0, "table is empty"),
        (("funds", "fund city", "", "multiply", "2", "x"), 1, "'fund city' names no rows"),
        (
            ("funds", "fund: citi", "", "multiply", "2", "x"),
            1,
            "no row of funds.csv has fund 'citi'; did you mean 'city'?",
        ),
        (("funds", "", "fund", "set", "a", "x"), None, "fund tells the rows of funds apart and cannot be changed"),
        (("funds", "", "", "double", "2", "x"), 3, "edit 'double' is not known; write set, multiply, add"),
        (("funds", "", "", "multiply", "1.234", "x"), 4, "value '1.234' can mean 1,234 or 1.234"),
        (("funds", "", "", "multiply", "", "x"), 4, "value is empty"),
        (("funds", "", "", "multiply", "-1", "x"), None, "multiply -1 is not allowed; write a number at least 0"),
        (("funds", "", "", "multiply", "2", ""), 5, "note is missing; add it (Why)"),
    ],
)
def test_a_wrong_entry_is_named_and_not_saved(child, cells, column, sentence):
    one = session(child)
    put(one, *(("+0", at, cell) for at, cell in enumerate(cells)))
    found = [mark for mark in marks(one) if sentence in mark.text]
    assert [(mark.row, mark.column) for mark in found] == [(2, column)]
    assert notice(one, "save").startswith("Not saved: 1 to mend first")
    assert child.read_bytes() == CHILD.encode()
    found = one.book.faults(one.rows) or one.book.disagreements(one.rows)
    assert_told_in_both_languages(InputError(Problem(child.name, mark.text) for mark in found))


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        (("fundz", "", "", "multiply", "2", "x"), 0, "không có bảng 'fundz'; có phải ý là 'funds'?"),
        (("funds", "fund: citi", "", "multiply", "2", "x"), 1,
         "không dòng nào của funds.csv có fund 'citi'; có phải ý là 'city'?"),
        (("funds", "", "", "multiply", "1,234", "x"), 4,
         "value '1,234' có thể là 1.234 (số nguyên) hoặc 1,234 (số thập phân); hãy ghi 1234 hoặc 1.2340"),
        (("funds", "", "", "multiply", "1.234,5", "x"), 4,
         "value '1.234,5' có cả dấu chấm và dấu phẩy; hãy ghi 1234.5"),
        (("funds", "", "", "", "2", "x"), 3, "không có cách đổi ''; hãy ghi set, multiply, add"),
        (("funds", "", "", "multiply", "nửa", "x"), 4, "value 'nửa' không phải là số; hãy ghi một số, ví dụ 0.9"),
        (("funds", "", "", "multiply", "2", ""), 5, "note còn thiếu; hãy thêm vào (Vì sao)"),
    ],
)  # fmt: skip
def test_a_vietnamese_page_says_it_in_vietnamese(child, cells, column, sentence):
    one = session(child, "vi")
    put(one, *(("+0", at, cell) for at, cell in enumerate(cells)))
    assert [(mark.column, mark.text) for mark in marks(one)] == [(column, sentence)]


def test_what_is_wrong_below_the_changes_belongs_to_none_of_them(child):
    child.write_text(CHILD.replace("share: 0.1", "share: 35"), encoding="utf-8")
    said = "rules.remote_share.share 35 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 1: 0.35"
    assert [tuple(mark) for mark in marks(session(child, "vi"))] == [(None, None, f"dòng 15: {said}", True)]


def test_a_change_says_only_once_which_it_is(child):
    child.write_text(CHILD.replace("area: hill", "area: hil"), encoding="utf-8")
    said = {"vi": "không dòng nào của needs.csv có area 'hil'; có phải ý là 'hill'?",
            "en": "no row of needs.csv has area 'hil'; did you mean 'hill'?"}  # fmt: skip
    for language, sentence in said.items():
        assert [tuple(mark) for mark in marks(session(child, language))] == [(1, 1, sentence, True)]


def test_windows_line_ends_stay(child):
    child.write_bytes(CHILD.replace("\n", "\r\n").encode())
    one = session(child)
    put(one, (0, 4, "0.8"))
    assert notice(one, "save") == "Saved child.yaml"
    assert b"\n" not in child.read_bytes().replace(b"\r\n", b"")
    assert load_case(child).tables["funds"].query("fund == 'city'")["ceiling"].tolist() == [320, 400]


@pytest.mark.parametrize("changes", ["changes: [{table: funds, add: 1, note: x}]", "changes: 3", "changes: [3]"])
def test_other_forms_are_left_to_the_text_editor(child, changes):
    child.write_text(f"title: {{vi: a, en: b}}\nnote: c\nextends: base.yaml\n{changes}\n", encoding="utf-8")
    with pytest.raises(InputError, match="mend them in the text editor") as refused:
        open_changes(child)
    assert_told_in_both_languages(refused.value)
