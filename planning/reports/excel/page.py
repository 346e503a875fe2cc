"""One sheet of a report as one worksheet: its cells, its look, and how it prints."""

import math
from typing import TYPE_CHECKING

from planning.reports.excel.cells import (
    GREY,
    HEAD,
    HEADER,
    UNKNOWN,
    Look,
    Page,
    Placed,
    in_cell,
    kind_of,
    write_cell,
)
from planning.reports.excel.chart import draw
from planning.reports.excel.sums import formulas
from planning.reports.sheet import Sheet
from planning.vocabulary import Language

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

WIDEST = 48  # characters, of a column
A4, A3, _A4_COLUMNS = 9, 8, 14  # Excel's numbers of paper sizes; more figures in a row than so many are printed on A3
_MONEY = {"vi": "Đơn vị tiền", "en": "Money in"}
_PAGE = {"vi": "Trang", "en": "Page"}


def write_page(book: "Workbook", page: Page, look: Look, stamp: str) -> Placed:
    """Write a page as a new worksheet of `book`; `stamp` is what its printed footer says on the left."""
    place, sheet = book.add_worksheet(page.name), page.sheet
    placed = Placed(
        page.name,
        HEADER + 1,
        HEADER + 1 + len(sheet.frame) - sheet.totals,
        {str(column): at for at, column in enumerate(sheet.frame.columns)},
    )
    place.write_string(0, 0, sheet.title, look(bold=True, font_size=14, text_wrap=False))
    if "money" in sheet.kinds.values():
        place.write_string(
            1, 0, f"{_MONEY[sheet.language]}: {sheet.unit.words[sheet.language]}", look(italic=True, text_wrap=False)
        )
    for column, at in placed.columns.items():
        place.write_string(HEADER, at, column, look(bold=True, bg_color=HEAD, border=1, align="center"))
    for at in range(len(placed.columns)):
        _column(place, page, placed, at, look)
    _below(place, page, placed, look)
    _set_up(place, page, placed, stamp)
    if page.chart and placed.total > placed.first:
        draw(book, place, page, placed, page.chart)
    return placed


def _column(place: "Worksheet", page: Page, placed: Placed, at: int, look: Look) -> None:
    """The cells of one column; one that nothing is known of is shaded and empty."""
    sheet, kind = page.sheet, kind_of(page.sheet, at)
    values = sheet.frame.iloc[:, at].tolist()
    unknown = kind != "text" and all(value != value for value in values)
    sums = formulas(page, placed, at)
    for row, value in enumerate(values, placed.first):
        if unknown:
            place.write_blank(row, at, None, look(bg_color=UNKNOWN))
            continue
        write_cell(place, row, at, value, kind, look, sheet, row >= placed.total, sums.get(row, ""))


def _below(place: "Worksheet", page: Page, placed: Placed, look: Look) -> None:
    """The notes and the footer of the sheet, below its table."""
    row = placed.total + page.sheet.totals + 1
    for line in (*page.notes, *page.sheet.footer.splitlines()):
        place.write_string(row, 0, line, look(font_color=GREY, font_size=9, text_wrap=False))
        row += 1


def _set_up(place: "Worksheet", page: Page, placed: Placed, stamp: str) -> None:
    """Widths, heights, frozen panes, shades, a filter where asked for, and how the page prints."""
    sheet, last = page.sheet, max(len(placed.columns) - 1, 0)
    texts = [column for column in placed.columns if sheet.kinds.get(column, "text") == "text"]
    _sizes(place, sheet, placed)
    led = next((at for column, at in placed.columns.items() if column not in texts), 1)
    place.freeze_panes(HEADER + 1, min(led, 2))
    for column in page.scale:
        at = placed.columns[column]
        shade = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#7FB2DB"}
        shade |= {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
        place.conditional_format(placed.first, at, placed.total - 1, at, shade)
    if page.filtered and placed.total > placed.first:
        place.autofilter(HEADER, 0, placed.total - 1, last)
    place.repeat_rows(HEADER)
    for_paper(place, stamp, sheet.language)


def for_paper(place: "Worksheet", stamp: str, language: Language) -> None:
    """A4 landscape, as wide as the page, with a footer."""
    place.set_landscape()
    if not place.paper_size:
        place.set_paper(A4)
    place.fit_to_pages(1, 0)
    place.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    place.set_footer(f"&L&8{stamp.replace('&', '&&')[:200]}&R&8{_PAGE[language]} &P/&N")
    place.hide_gridlines(2)


def _sizes(place: "Worksheet", sheet: Sheet, placed: Placed) -> None:
    """Columns as wide as their figures and no wider than a page can spare, rows as high as their wrapped texts."""
    lines = [1] * (len(sheet.frame) + 1)
    for at, column in enumerate(sheet.frame.columns):
        if kind_of(sheet, at) == "text":
            texts = [str(column), *map(str, sheet.frame.iloc[:, at])]
            width = min(max(map(len, texts[1:]), default=0) * 1.1 + 2, WIDEST)
        else:
            texts, width = [str(column)], _figures(sheet, at)
        width = max(width, 9, 1.2 * max((len(word) for word in str(column).split()), default=0) + 2)
        place.set_column(at, at, width)
        lines[: len(texts)] = map(max, lines, (lines_of(text, width) for text in texts))
    for row, count in enumerate(lines, HEADER):
        if count > 1:
            place.set_row(row, 13.5 * count + 2)
    if sum(kind != "text" for kind in sheet.kinds.values()) > _A4_COLUMNS:
        place.set_paper(A3)


def _figures(sheet: Sheet, at: int) -> float:
    """Characters that the largest figure of a column takes, with its groups and decimals."""
    kind = kind_of(sheet, at)
    values = [value for value in sheet.frame.iloc[:, at] if not isinstance(value, str) and value == value]
    largest = max((abs(in_cell(value, kind, sheet)) for value in values), default=0.0)
    decimals = sheet.unit.decimals + 1 if kind == "money" else 3
    return 1.1 * (len(f"{largest:,.0f}") + decimals) + 2


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column so many characters wide."""
    return sum(max(1, math.ceil(len(line) / width)) for line in text.splitlines()) or 1
