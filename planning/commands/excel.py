"""planning workbook, export and import: plans and tables in Excel."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planning.commands.common import Lang, print_path, screen
from planning.errors import InputError, Problem
from planning.vocabulary import Language, Text

if TYPE_CHECKING:
    from planning.solver.plan import Plan

Target = Annotated[Path, typer.Argument(help="Scenario file, or the data folder with its tables")]
_ASK = {"vi": "Ghi các thay đổi này?", "en": "Write these changes?"}
_LEFT = {"vi": "Không ghi gì.", "en": "Nothing was written."}


def workbook(
    runs: Annotated[list[Path], typer.Argument(help="Scenario files, solved now, or folders of saved runs")],
    out: Annotated[Path, typer.Option("--out", help="The workbook to write, for instance plan.xlsx")],
    lang: Lang = "vi",
    date: Annotated[str, typer.Option(help="Date that the workbook bears, such as 2026-12-10; today if absent")] = "",
) -> None:
    """Write plans as an Excel workbook with traceable totals, charts and council forms; the first one is proposed."""
    from planning.reports.workbook import as_xlsx, write_workbook

    day, out = _day(date), as_xlsx(out)
    print_path(write_workbook([_plan(path, lang) for path in runs], out, lang, day))


def export(
    target: Target,
    book: Annotated[Path, typer.Argument(help="The book to make, for instance tables.xlsx")],
    lang: Lang = "vi",
) -> None:
    """Write all tables of a scenario into one Excel book to edit there; bring it back with `planning import`."""
    from planning.workbench.excel.export import export_book

    print_path(export_book(target, book, lang))


def import_(
    book: Annotated[Path, typer.Argument(help="The book that was edited")],
    target: Target,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change")] = False,
    lang: Lang = "vi",
) -> None:
    """Bring the tables of an edited Excel book back: checked, shown, then written whole or not at all."""
    from planning.workbench.excel.bringing import bring_in, compare_book
    from planning.workbench.excel.words import told

    found = compare_book(book, target)
    for line in told(found, lang):
        screen.print(line, markup=False, highlight=False, soft_wrap=True)
    if not found.changes or dry_run:
        return
    if not yes and not typer.confirm(_ASK[lang]):
        screen.print(_LEFT[lang])
        raise typer.Exit(1)
    for path in bring_in(found):
        print_path(path)


def _day(text: str) -> dt.date | None:
    """The date that a planner typed, if any. Raises InputError."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        said = Text(
            f"'{text}' không phải là ngày; hãy ghi năm-tháng-ngày, ví dụ 2026-12-10",
            f"'{text}' is not a date; write year-month-day, for instance 2026-12-10",
        )
        raise InputError([Problem("--date", said)]) from None


def _plan(path: Path, lang: Language) -> "Plan":
    """The plan of a saved run or, solved now, of a scenario file."""
    from planning.inputs import load_case
    from planning.reports.saved import open_run
    from planning.solver.plan import solve

    return open_run(path) if path.is_dir() else solve(load_case(path), lang)
