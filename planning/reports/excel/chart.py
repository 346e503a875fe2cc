"""Native charts: what a reader can click on, restyle and copy into slides."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from planning.reports.excel.cells import HEADER, Chart, Page, Placed
from planning.reports.words import heading

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Picture
    from xlsxwriter.worksheet import Worksheet

FAINT = "#BFBFBF"
_PATTERNS = {2: "wide_upward_diagonal", 4: "percent_20", 5: "diagonal_brick"}
Area = tuple[int, ...]  # row, column of a cell; first row, first column, last row, last column of a range


def draw(book: "Workbook", place: "Worksheet", page: Page, placed: Placed, chart: Chart) -> None:
    """The chart of a page, of its first scenario: columns below the notes, bars beside the table."""
    from planning.reports.style import SERIES

    rows = _rows(page, placed)
    picture = book.add_chart({"type": chart.kind} | ({"subtype": "stacked"} if chart.stacked else {}))
    for at, (categories, values, name) in enumerate(_series(chart, placed, rows)):
        ends = {"categories": categories, "values": values, "name": name}
        told = {key: [page.name, *area] for key, area in ends.items()}
        picture.add_series(told | {"gap": 60, "border": {"color": "#444444", "width": 0.5}} | _filling(at, SERIES))
    title = f"{chart.title}: {_scenario(page)}" if _scenario(page) else chart.title
    picture.set_title({"name": title, "name_font": {"size": 12}, "overlay": False})
    picture.set_legend({"position": "bottom"})
    _axes(picture, chart, page)
    row, column = placed.total + page.sheet.totals + len(page.notes) + len(page.sheet.footer.splitlines()) + 2, 0
    if chart.kind == "bar":
        row, column = HEADER, len(placed.columns) + 1
        picture.set_size({"width": 620, "height": max(420, 24 * len(rows))})
    else:
        picture.set_size({"width": 900, "height": 340})
    place.insert_chart(row, column, picture, {"description": title})


def _rows(page: Page, placed: Placed) -> range:
    """The rows of the first scenario."""
    frame, count = page.sheet.frame, placed.total - placed.first
    if _scenario(page):
        count = int((frame.iloc[:count, 0] == frame.iloc[0, 0]).sum())
    return range(placed.first, placed.first + count)


def _scenario(page: Page) -> str:
    """The first scenario, where the page names its scenarios."""
    frame = page.sheet.frame
    return str(frame.iloc[0, 0]) if frame.columns[0] == heading("scenario", page.sheet.language) else ""


def _series(chart: Chart, placed: Placed, rows: range) -> Iterator[tuple[Area, Area, Area]]:
    """Categories, values and name of each series."""
    label, columns = placed.columns[chart.label], [placed.columns[column] for column in chart.columns]
    if chart.by_rows:
        for row in rows:
            yield (HEADER, columns[0], HEADER, columns[-1]), (row, columns[0], row, columns[-1]), (row, label)
    else:
        for at in columns:
            yield (rows[0], label, rows[-1], label), (rows[0], at, rows[-1], at), (HEADER, at)


def _axes(picture: "Picture", chart: Chart, page: Page) -> None:
    share = page.sheet.kinds[chart.columns[0]] == "share"
    axis = {"num_format": "0%", "min": 0, "max": 1} if share else {"num_format": "#,##0"}
    axis |= {"major_gridlines": {"visible": True, "line": {"color": FAINT}}}
    if chart.kind == "bar":
        picture.set_x_axis(axis)
        picture.set_y_axis({"reverse": True, "num_font": {"size": 8}})
    else:
        picture.set_y_axis(axis)


def _filling(at: int, colours: Sequence[str]) -> dict[str, Any]:
    """A colour, for some with a pattern as well, so that a copier keeps neighbours apart."""
    colour = colours[at % len(colours)]
    if at not in _PATTERNS:
        return {"fill": {"color": colour}}
    return {"pattern": {"pattern": _PATTERNS[at], "fg_color": "#222222", "bg_color": colour}}
