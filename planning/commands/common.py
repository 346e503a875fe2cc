"""What the commands share: their arguments, a progress bar, and how an answer is printed and written."""

import gc
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from planning.disk import keep_off_inputs
from planning.vocabulary import Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame

    from planning.insight.finding import Finding
    from planning.insight.work import Watch
    from planning.reports.sheet import Sheet
    from planning.reports.style import Picture

_FIGURE = re.compile(r"[\d.,/+−–-]*( ?%)?")  # dates too
screen = Console()
aside = Console(stderr=True)

Scenario = Annotated[Path, typer.Argument(help="Scenario file, for instance scenarios/hanoi-communes-2026/base.yaml")]


def _for_results(out: Path) -> Path:
    """The folder of --out, refused before anything is worked out where it holds input tables. Raises OutputError."""
    keep_off_inputs(out)
    return out


Out = Annotated[Path, typer.Option("--out", callback=_for_results, help="Folder for the results; made if absent")]


def _spoken(language: str) -> str:
    spoken[:] = [language]
    return language


spoken: list[Language] = ["en"]  # the language that the command was asked to answer in
Lang = Annotated[
    Literal["vi", "en"],
    typer.Option(
        "--lang",
        envvar="PLANNING_LANG",
        callback=_spoken,
        is_eager=True,  # what is wrong with another option is told in this language
        help="Language of what is printed: vi or en",
    ),
]
STOPPED = Text(
    "Đã dừng trước khi xong; không để lại kết quả dở dang.",
    "Stopped before the end; no half-made result was left.",
)
Jobs = Annotated[
    int, typer.Option("--jobs", min=1, max=64, help="Processes that share the work; as many as processors if absent")
]
JOBS = os.process_cpu_count() or 1


@contextmanager
def without_search() -> Iterator[None]:
    """No search for objects that only refer to each other: one plan leaves few, and looking takes long.

    Nor are those of now looked through afterwards, as would be done at once.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def bar(title: str) -> Iterator["Watch"]:
    """A progress bar on standard error while there is a terminal; nothing where there is none."""
    with bars(title) as (watch,):
        yield watch


@contextmanager
def bars(*titles: str) -> Iterator[tuple["Watch", ...]]:
    """A progress bar for each title, as `bar` gives one."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=aside, transient=True, disable=not aside.is_terminal) as progress:
        tasks = [progress.add_task(title, total=None) for title in titles]
        yield tuple(lambda done, total, task=task: progress.update(task, completed=done, total=total) for task in tasks)


def give(finding: "Finding", pictures: "dict[str, Picture]", sheet: "Sheet", out: Path) -> None:
    """Write a finding and print its sheet, what it says in words, and where it is."""
    from planning.reports.findings import write_finding

    written = write_finding(finding, pictures, out)
    print_sheet(sheet)
    for sentence in finding.sentences[sheet.language]:
        screen.print(f"• {sentence}", markup=False, highlight=False)
    print_path(written[0].parent)


def print_path(path: Path) -> None:
    """A path that can be copied, however narrow the screen."""
    screen.print(str(path), markup=False, highlight=False, soft_wrap=True)


def print_sheet(sheet: "Sheet") -> None:
    """A sheet as a table with its footer."""
    print_table(sheet.heading, sheet.printed())
    screen.print(sheet.footer, markup=False, highlight=False)


def print_table(title: str, frame: "DataFrame") -> None:
    """A frame of text as a table."""
    table = Table(title=title or None, show_header=True, header_style="bold")
    for position, column in enumerate(frame.columns):
        longest = max((len(word) for cell in frame[column] for word in str(cell).split()), default=0)
        table.add_column(str(column), overflow="fold", min_width=None if position else min(longest, 32))
    for row in frame.itertuples(index=False):
        table.add_row(*(str(cell) for cell in row))
    if Measurement.get(screen, screen.options, table).maximum >= screen.width:
        _keep_figures_whole(table)
    screen.print(table)


def _keep_figures_whole(table: Table) -> None:
    """Give columns of figures and dates the width of their longest, so that only columns of words are folded."""
    for column in table.columns:
        cells = [str(cell) for cell in column.cells]
        if any(cells) and all(_FIGURE.fullmatch(cell) for cell in cells):
            column.width = max(map(len, [*cells, *str(column.header).split()]))
