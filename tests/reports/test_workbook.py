"""The workbook: totals as in the files to the last digit, formulas that give what they carry, names that stay text."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import openpyxl
import pandas as pd
import pytest

from planning.errors import InputError
from planning.inputs.case import Case
from planning.reports.files import write_plan
from planning.reports.headline import headline
from planning.reports.workbook import workbook, write_workbook
from planning.solver.plan import Plan
from tests.cases import with_table
from tests.languages import vietnamese

DAY = dt.date(2026, 12, 10)
FIRST = 5  # the first row of every table
NASTY = ("=1+1", "+84 912", "-x", "@SUM(A1)", "<b>&amp;", 'say "no"', "Đồi", "Đồi", "x" * 300, "0701", "_x0041_")


def opened(content: bytes, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def table(book: openpyxl.Workbook, name: str) -> pd.DataFrame:
    """The table of a sheet, down to the first row without a first cell."""
    rows = list(book[name].iter_rows(min_row=FIRST - 1, values_only=True))
    width = sum(cell is not None for cell in rows[0])
    end = next((at for at, row in enumerate(rows) if not any(row[:2])), len(rows))
    return pd.DataFrame([row[:width] for row in rows[1:end]], columns=rows[0][:width])


def renamed(plan: Plan, names: dict[str, dict[str, str]]) -> Plan:
    """The plan with other names: table → code → name in both languages."""
    case: Case = plan.case
    for name, known in names.items():
        frame, code = case.tables[name].copy(), case.tables[name].columns[0]
        for column in ("name_vi", "name_en"):
            frame[column] = frame[code].map(known).fillna(frame[column])
        case = with_table(case, name, frame)
    return replace(plan, case=case)


@pytest.fixture(scope="module")
def written(communes, tmp_path_factory):
    """The files of the plan of 126 communes as they are read back."""
    folder = tmp_path_factory.mktemp("plan")
    write_plan(communes, folder)
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("allocations", "funds")}


@pytest.fixture(scope="module")
def of_communes(communes):
    """Language → the workbook of the 126 communes, made once."""
    return cache(lambda language: workbook(communes, language, DAY))


@pytest.mark.parametrize(
    ("language", "tabs"),
    [
        ("vi", ("Lĩnh vực", "Địa bàn", "Địa bàn × chương trình", "Nguồn vốn", "Đối chiếu", "Biểu {} năm {}")),
        ("en", ("Fields", "Areas", "Areas × programmes", "Funds", "Checks", "Form {} {}")),
    ],
)
def test_every_total_is_that_of_the_files(communes, of_communes, written, language, tabs):
    by_field, areas, matrix, funds, checks, forms = tabs
    book = opened(of_communes(language))
    lines, total = written["allocations"], written["allocations"]["amount_million_vnd"].sum().round(3)
    for tab, column in ((by_field, -1), (areas, 3), (matrix, -1), (funds, 4)):
        assert table(book, tab).iloc[-1, column] == total, tab
    field = lines["programme"].map(communes.case.tables["programmes"].set_index("programme")["field"])
    sums = lines.groupby([field, "year"])["amount_million_vnd"].sum().round(3)
    figures = table(book, by_field).iloc[:-1, 1:-1].to_numpy(float).ravel()
    assert sorted(figures) == sorted([*sums, *[0.0] * (figures.size - len(sums))])
    by_area = lines.groupby("area")["amount_million_vnd"].sum().round(3).reindex(communes.case.areas, fill_value=0.0)
    assert table(book, areas).iloc[:-1, 3].tolist() == by_area.tolist()
    spent = written["funds"].set_index(["fund", "year"])["spent"]
    assert table(book, funds).iloc[:-1, 4].tolist() == spent.tolist()
    social = set(communes.case.tables["funds"].query("kind == 'social'")["fund"])
    for year, rows in lines.groupby("year"):
        formed = sum(table(book, forms.format(form, year)).iloc[-1, at] for form, at in ((43, 2), (42, 7)))
        state = rows[~rows["fund"].isin(social)]["amount_million_vnd"].sum()
        assert formed == pytest.approx(state, abs=1e-6)
    off = [row[3] for row in book[checks].iter_rows(min_row=4, values_only=True)]
    assert off == [0] * 7


def value(book: openpyxl.Workbook, sheet: str, formula: str) -> float:
    """What the few kinds of formulas of a workbook come to, added up from the cells."""
    if found := re.fullmatch(r"=ROUND\((.+)-(.+),3\)", formula):
        return round(value(book, sheet, f"={found[1]}") - value(book, sheet, f"={found[2]}"), 3) + 0.0
    if found := re.fullmatch(r"=SUM\((\w+):(\w+)\)", formula):
        cells = book[sheet][f"{found[1]}:{found[2]}"]
        return sum(cell.value for row in cells for cell in row if isinstance(cell.value, int | float))
    if found := re.fullmatch(r"=SUMIF\((.+?),(.+?),(.+?)\)", formula):
        names, name, figures = (book[sheet][part.replace("$", "")] for part in found.groups())
        pairs = zip(names, figures, strict=True)
        return sum(figure.value for (known,), (figure,) in pairs if known.value == name.value)
    if found := re.fullmatch(r"='(.+)'!(\$\w+\$\d+)", formula):
        return book[found[1]][found[2].replace("$", "")].value
    return sum(book[sheet][cell].value for cell in formula[1:].split("+"))


@pytest.mark.parametrize("several", [False, True], ids=["one plan", "two plans"])
def test_every_formula_gives_the_value_that_it_carries(built, plan, other, several):
    content = workbook([plan, other] if several else built, "en", DAY)
    values, formulas = opened(content), opened(content, values=False)
    count = 0
    for place in formulas.worksheets:
        for cell in (cell for row in place.iter_rows() for cell in row if cell.data_type == "f"):
            carried = values[place.title][cell.coordinate].value
            assert value(values, place.title, cell.value) == pytest.approx(carried, abs=1e-6), (
                place.title,
                cell.coordinate,
            )
            count += 1
    assert count > 60


def test_totals_across_and_down_are_formulas(plan):
    fields = opened(workbook(plan, "vi", DAY), values=False)["Lĩnh vực"]
    assert [cell.value for cell in fields[5]][-1] == "=SUM(B5:C5)"
    assert [cell.value for cell in fields[12]] == ["Tổng cộng", "=SUM(B5:B11)", "=SUM(C5:C11)", "=SUM(D5:D11)"]


def test_the_first_page_holds_numbers(built):
    book = opened(workbook(built, "en", DAY))
    figures = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert figures["Money allocated (million VND)"] == round(headline(built)["money"], 3)
    assert figures["Share of money for remote areas"] == headline(built)["remote_money_share"]
    assert figures["Targets met"] == "{targets_met}/{targets}".format(**headline(built))
    links = [cell.hyperlink.location for row in book["Summary"].iter_rows() for cell in row if cell.hyperlink]
    assert {link.split("!")[0].strip("'") for link in links} == set(book.sheetnames) - {"Summary"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_names_stay_text(plan, language):
    """No name becomes a formula, a link or markup, whatever it begins with."""
    for first in range(0, len(NASTY), 4):
        names = NASTY[first : first + 4]
        nasty = renamed(
            plan,
            {
                "areas": dict(zip(plan.case.areas, names, strict=False)),
                "programmes": dict(zip(plan.case.programmes, names[2:], strict=False)),
                "funds": dict(zip(plan.case.funds, names, strict=False)),
            },
        )
        content = workbook(nasty, language, DAY)
        book = opened(content, values=False)
        texts = {cell.value for place in book for row in place.iter_rows() for cell in row if cell.data_type == "s"}
        assert set(names) <= texts
        formulas = {cell.value for place in book for row in place.iter_rows() for cell in row if cell.data_type == "f"}
        assert all(re.match(r"=(SUM|ROUND|'|[A-Z]+\d+\+)", formula) for formula in formulas)
        assert "=1+1" not in formulas


def test_what_is_not_known_is_empty_and_said(plan):
    book = opened(workbook(plan, "en", DAY))
    form = table(book, "Form 43 2026")
    assert form["For national target programmes\n4"].isna().all()
    below = [row[0] for row in book["Form 43 2026"].iter_rows(min_row=9, values_only=True)]
    assert any("Column 4 is empty" in (line or "") for line in below)
    assert any("50.000 million VND of social contributions in 2026" in (line or "") for line in below)
    assert table(book, "Form 42 2026").iloc[:, 2:7].isna().all(axis=None)


def test_a_page_looks_and_prints_well(communes, of_communes):
    book = opened(of_communes("vi"), values=False)
    assert all(len(name) <= 31 for name in book.sheetnames)
    for place in book:
        assert place.page_setup.orientation == "landscape"
        assert place.sheet_properties.pageSetUpPr.fitToPage
        assert f"base {communes.certificate['input_hash']} · 10/12/2026" in place.oddFooter.left.text
    assert book["Địa bàn"].freeze_panes == "C5"
    assert book["Địa bàn"].print_title_rows == "$4:$4"
    assert book["Địa bàn"]["D5"].number_format == "#,##0.000"
    assert book["Địa bàn"]["J5"].number_format == "0.0%"
    assert sum(len(place._charts) for place in book) == 4


def test_the_same_plan_gives_the_same_bytes(plan):
    content = workbook(plan, "vi", DAY)
    assert content == workbook(plan, "vi", DAY)
    assert content != workbook(plan, "vi", dt.date(2026, 12, 11))
    properties = opened(content).properties
    assert (properties.creator, properties.created) == ("planning", dt.datetime(2026, 12, 10))
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not any(b"/tmp" in parts.read(part) or b"/home" in parts.read(part) for part in parts.namelist())


def test_a_mask_changes_what_is_published(plan):
    def mask(key, sheet):
        if key != "by_area":
            return sheet
        frame = sheet.frame.astype(object)
        frame.iloc[0, 2] = "< 5"
        return replace(sheet, frame=frame)

    book = opened(workbook(plan, "en", DAY, mask), values=False)
    children = [row[2].value for row in book["Areas"].iter_rows(min_row=FIRST, max_row=FIRST + 2)]
    assert children == ["< 5", 200, 1200], "a total that its cells do not add up to any more is no formula"


def test_a_workbook_is_named_as_one(plan, tmp_path):
    with pytest.raises(InputError, match=r"name a file that ends in \.xlsx") as refusal:
        write_workbook(plan, tmp_path / "plan.pdf")
    assert vietnamese(refusal.value)
    assert write_workbook(plan, tmp_path / "new" / "plan.xlsx", on=DAY).read_bytes() == workbook(plan, "vi", DAY)
