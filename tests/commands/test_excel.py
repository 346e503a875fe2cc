"""The commands workbook, export and import: what they write, what they ask, how they refuse."""

import io

import openpyxl
import pytest

from tests.edits import cell


@pytest.fixture
def book(planning, folder, tmp_path):
    """A book of the toy's tables with one need changed."""
    path = tmp_path / "tables.xlsx"
    assert planning("export", folder / "base.yaml", path) == (0, f"{path}\n", "")
    edited = openpyxl.load_workbook(path)
    edited["needs"]["D3"] = 401
    edited.save(path)
    return path


@pytest.mark.parametrize(("lang", "tab"), [("vi", "Tóm tắt"), ("en", "Summary")])
def test_workbook(planning, folder, tmp_path, lang, tab):
    out = tmp_path / "plan.xlsx"
    assert planning("workbook", folder / "base.yaml", "--out", out, "--lang", lang, "--date", "2026-12-10")[0] == 0
    assert openpyxl.load_workbook(out).sheetnames[0] == tab


def test_workbook_of_a_saved_run(planning, folder, tmp_path):
    from planning.inputs import load_case
    from planning.reports.saved import save_run
    from planning.solver.plan import solve

    save_run(solve(load_case(folder / "base.yaml")), tmp_path / "run")
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for source, out in ((tmp_path / "run", first), (folder / "base.yaml", second)):
        assert planning("workbook", source, "--out", out, "--date", "2026-12-10")[0] == 0
    sheets = [openpyxl.load_workbook(path)["Địa bàn"].values for path in (first, second)]
    assert list(sheets[0]) == list(sheets[1])


@pytest.mark.parametrize(
    ("arguments", "vi", "en"),
    [
        (("--out", "plan.pdf"), "hãy nêu một tệp có đuôi .xlsx, ví dụ plan.xlsx", "name a file that ends in .xlsx"),
        (
            ("--out", "plan.xlsx", "--date", "10/12/2026"),
            "'10/12/2026' không phải là ngày; hãy ghi năm-tháng-ngày, ví dụ 2026-12-10",
            "'10/12/2026' is not a date; write year-month-day",
        ),
    ],
)
def test_workbook_refuses_before_it_solves(planning, folder, arguments, vi, en):
    for options, sentence in (((), vi), (("--lang", "en"), en)):
        code, _, refused = planning("workbook", folder / "nowhere.yaml", *arguments, *options)
        assert (code, sentence in refused) == (2, True)


def test_a_dry_run_shows_and_writes_nothing(planning, folder, book):
    before = (folder / "data" / "needs.csv").read_bytes()
    code, printed, _ = planning("import", book, folder / "data", "--dry-run", "--lang", "en")
    assert code == 0
    assert "row 3, near, lessons, all: need 400 → 401" in printed
    assert (folder / "data" / "needs.csv").read_bytes() == before


@pytest.mark.parametrize(("answer", "code", "need"), [("y", 0, b"401"), ("n", 1, b"400"), ("", 1, b"400")])
def test_import_asks_first(planning, monkeypatch, folder, book, answer, code, need):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n" if answer else ""))
    assert planning("import", book, folder / "data")[0] == code
    assert need in (folder / "data" / "needs.csv").read_bytes()


def test_import_without_asking(planning, folder, book):
    code, printed, _ = planning("import", book, folder / "base.yaml", "--yes")
    assert (code, str(folder / "data" / "needs.csv") in printed) == (0, True)
    again = planning("import", book, folder / "base.yaml", "--yes")
    assert again[:2] == (0, "Sổ không thay đổi bảng nào.\n")


def test_import_refuses_what_was_changed_elsewhere(planning, folder, book):
    cell("needs", 3, "need", 99)(folder)
    code, printed, refused = planning("import", book, folder / "data", "--yes", "--lang", "en")
    assert (code, printed) == (2, "")
    assert "the table was changed here after the book was made" in refused
    assert planning("import", book, folder / "data", "--yes")[2].startswith("1 lỗi trong data/needs.csv:\n")


def test_an_unchanged_book_asks_nothing(planning, folder, tmp_path):
    planning("export", folder / "data", tmp_path / "same.xlsx")
    assert planning("import", tmp_path / "same.xlsx", folder / "data", "--lang", "en") == (
        0,
        "The book changes no table.\n",
        "",
    )
