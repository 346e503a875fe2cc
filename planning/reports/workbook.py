"""The workbook that a finance office forwards: every table of a plan in Excel, to the last digit of its files.

The first page holds the headline figures and what stands where, the last one checks by formulas that all tables add up
to the same money. The bytes depend on the plans, the language and the date alone.
"""

import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from planning.disk import write_files
from planning.errors import InputError, Problem
from planning.reports.excel.cells import HEAD, Look, Page, Placed, in_cell, looks, write_text
from planning.reports.excel.page import for_paper, lines_of, write_page
from planning.reports.excel.pages import THOUSANDTHS, as_written, pages
from planning.reports.headline import FIGURES, MONEY, headline
from planning.reports.layout import footer, titles
from planning.reports.measures import Plans, cases, every
from planning.reports.sheet import Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Mask = Callable[[str, Sheet], Sheet]
_WIDE = 3  # the last column that a note is written across
FIRST, LAST = Text("Tóm tắt", "Summary"), Text("Đối chiếu", "Checks")
_TITLE = Text("Phương án phân bổ ngân sách cho trẻ em", "Allocation of the budget for children")
_CONTENTS = Text("Các trang", "Pages")
_TABLE, _DIFFERENCE = Text("Bảng", "Table"), Text("Lệch so với dòng phân bổ", "Off the allocation lines")
# Page → the column whose total is all the money; the first is what the others are held against.
_TOTALS = {
    "lines": "amount", "by_field": "total", "by_programme": "total", "by_area": "amount", "area_programme": "total",
    "remote": "amount", "funds": "spent",
}  # fmt: skip
_CHECKED = Text(
    "Tổng tiền của từng bảng, cộng bằng công thức, so với tổng của từng dòng phân bổ",
    "The money of each table, added up by formulas, against the lines of the allocation",
)


def write_workbook(
    plans: Plans, path: Path | str, language: Language = "vi", on: dt.date | None = None, mask: Mask | None = None
) -> Path:
    """Write the workbook of one plan, or of several of which the first is the one proposed; returns its path.

    `on` is the date that it bears, today where none is given. `mask` may change each page before it is written: it
    takes the page's key (such as `coverage_areas`) and its sheet and returns the sheet to be published. Raises
    InputError when the file is not named as a workbook, OutputError when it cannot be written.
    """
    path = as_xlsx(path)
    write_files(path.parent, {path.name: workbook(plans, language, on or dt.datetime.now(dt.UTC).date(), mask)})
    return path


def as_xlsx(path: Path | str) -> Path:
    """The path of a workbook. Raises InputError when its name does not say so."""
    path = Path(path)
    if path.suffix.lower() != ".xlsx" or path.is_dir():
        text = Text(
            "hãy nêu một tệp có đuôi .xlsx, ví dụ plan.xlsx",
            "name a file that ends in .xlsx, for instance plan.xlsx",
        )
        raise InputError([Problem(str(path), text)])
    return path


def workbook(plans: Plans, language: Language, on: dt.date, mask: Mask | None = None) -> bytes:
    """The bytes of the workbook."""
    import xlsxwriter

    written = [as_written(plan) for plan in every(plans)]
    shown = pages(written, language)
    if mask:
        shown = [replace(page, sheet=mask(page.key, page.sheet)) for page in shown]
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    stamp = f"{footer(cases(plans), language)} · {Text(f'{on:%d/%m/%Y}', on.isoformat())[language]}"
    book.set_properties(_properties(written, language, on))
    look, first = looks(book), book.add_worksheet(FIRST[language])
    tables = {page.key: (page, write_page(book, page, look, stamp)) for page in shown}
    _summary(first, written, shown, look, language, stamp)
    last = book.add_worksheet(LAST[language])
    _checks(last, written, tables, look, language)
    for place in (first, last):
        for_paper(place, stamp, language)
    first.fit_to_pages(1, 1)
    book.close()
    return content.getvalue()


def _properties(plans: Sequence[Plan], language: Language, on: dt.date) -> dict[str, object]:
    named = titles([plan.case for plan in plans], language)
    return {
        "title": _TITLE[language],
        "subject": " · ".join(named.values())[:255],
        "author": "planning",
        "created": dt.datetime.combine(on, dt.time()),
    }


def _summary(
    place: "Worksheet", plans: Sequence[Plan], shown: Sequence[Page], look: Look, language: Language, stamp: str
) -> None:
    """The first page: which scenarios, their headline figures, and the pages with links."""
    named = titles([plan.case for plan in plans], language)
    write_text(place, 0, 0, _TITLE[language], look, bold=True, font_size=16, text_wrap=False)
    row = 2
    for plan in plans:
        write_text(place, row, 0, named[plan.case.scenario.name], look, bold=True, text_wrap=False)
        note = plan.case.scenario.why(language)
        place.merge_range(row + 1, 0, row + 1, _WIDE, "", look(italic=True))
        write_text(place, row + 1, 0, note, look, italic=True)
        place.set_row(row + 1, 13.5 * lines_of(note, 130) + 2)
        row += 2
    row = _figures(place, row + 1, plans, look, language)
    write_text(place, row + 1, 0, _CONTENTS[language], look, bold=True, font_size=12)
    names = [*((page.name, page.sheet.title) for page in shown), (LAST[language], _CHECKED[language])]
    for at, (tab, title) in enumerate(names, row + 2):
        link = f"internal:'{tab.replace(chr(39), chr(39) * 2)}'!A1"
        place.write_url(at, 0, link, look(font_color="#1F4E79", underline=1), tab)
        write_text(place, at, 1, title, look, text_wrap=False)
    write_text(place, row + 3 + len(names), 0, stamp, look, font_color="#555555", font_size=9, text_wrap=False)
    place.set_column(0, 0, 52)
    place.set_column(1, max(len(plans), _WIDE), 26)


def _figures(place: "Worksheet", row: int, plans: Sequence[Plan], look: Look, language: Language) -> int:
    """The headline figures as numbers, one column a scenario; returns the row below them."""
    told = [headline(plan) for plan in plans]
    named = titles([plan.case for plan in plans], language)
    write_text(place, row, 0, heading("figure", language), look, bold=True, bg_color=HEAD, border=1)
    place.set_row(row, 30)
    for at, plan in enumerate(plans, 1):
        write_text(place, row, at, named[plan.case.scenario.name], look, bold=True, bg_color=HEAD, border=1)
    for name, words in FIGURES.items():
        row += 1
        money = name in MONEY
        label = f"{words[language]} ({THOUSANDTHS.words[language]})" if money else words[language]
        write_text(place, row, 0, label, look)
        for at, figures in enumerate(told, 1):
            if name == "targets_met":
                write_text(place, row, at, f"{figures['targets_met']}/{figures['targets']}", look, align="right")
            else:
                kind = "money" if money else "whole" if name in ("services", "projects") else "share"
                style = (
                    look(kind, decimals=3)
                    if money
                    else look(kind)
                    if name != "gap"
                    else look(num_format="0.0000%", align="right")
                )
                place.write_number(row, at, round(figures[name], 3 if money else 8), style)
    return row + 1


def _checks(
    place: "Worksheet",
    plans: Sequence[Plan],
    tables: Mapping[str, tuple[Page, Placed]],
    look: Look,
    language: Language,
) -> None:
    """The last page: the total of each table of money by a formula, and how far it is off the allocation lines."""
    named = titles([plan.case for plan in plans], language)
    write_text(place, 0, 0, _CHECKED[language], look, bold=True, font_size=12, text_wrap=False)
    headings = [heading("scenario", language), _TABLE[language], heading("amount", language), _DIFFERENCE[language]]
    for at, text in enumerate(headings):
        write_text(place, 2, at, text, look, bold=True, bg_color=HEAD, border=1)
    row, style = 2, look("money", decimals=THOUSANDTHS.decimals)
    for at, plan in enumerate(plans):
        found = [entry for key, name in _TOTALS.items() if (entry := _total(tables, key, heading(name, language), at))]
        for tab, formula, value in found:
            row += 1
            write_text(place, row, 0, named[plan.case.scenario.name], look)
            write_text(place, row, 1, tab, look)
            place.write_formula(row, 2, f"={formula}", style, value)
            off = round(value - found[0][2], THOUSANDTHS.decimals) + 0.0
            place.write_formula(row, 3, f"=ROUND({formula}-{found[0][1]},{THOUSANDTHS.decimals})", style, off)
    place.set_column(0, 1, 40)
    place.set_column(2, 3, 24)
    place.freeze_panes(3, 0)


def _total(tables: Mapping[str, tuple[Page, Placed]], key: str, column: str, at: int) -> tuple[str, str, float] | None:
    """Tab, cell and value of the total of one scenario in one table; nothing where it is masked or not there."""
    if key not in tables:
        return None
    page, placed = tables[key]
    value = page.sheet.frame[column].iloc[placed.total - placed.first + at]
    if isinstance(value, str):
        return None
    return page.name, placed.cells(column, placed.total + at), in_cell(value, "money", page.sheet)
