"""The commands on the runs of a folder: list, mark, delete, compare, and ask in SQL."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from planning.commands.common import Lang, print_path, print_sheet, print_table, screen
from planning.errors import InputError, Problem
from planning.vocabulary import Text

Folder = Annotated[Path, typer.Argument(help="Folder that `planning batch` wrote to")]
HOW = {
    "mark": Text(
        "mark RUN submitted, hoặc mark RUN approved, kèm --office và --reason",
        "mark RUN submitted, or mark RUN approved, with --office and --reason",
    ),
    "delete": Text("delete RUN", "delete RUN"),
    "compare": Text("compare RUN RUN", "compare RUN RUN"),
}
_NO_CSV = Text(
    "câu trả lời được ghi thành tệp CSV; hãy nêu một tệp có đuôi .csv, ví dụ money.csv",
    "the answer is written as a CSV file; name a file that ends in .csv, for instance money.csv",
)
_WRITE = Text("hãy ghi: planning runs FOLDER ", "write: planning runs FOLDER ")


def runs(
    folder: Folder,
    action: Annotated[
        Literal["list", "mark", "delete", "compare"], typer.Argument(help="What to do; list if absent")
    ] = "list",
    names: Annotated[
        list[str] | None, typer.Argument(help="Runs by id, folder or scenario; after mark also submitted or approved")
    ] = None,
    scenario: Annotated[str | None, typer.Option("--scenario", help="List this scenario alone")] = None,
    status: Annotated[str | None, typer.Option("--status", help="List this outcome alone: optimal, no plan …")] = None,
    mark: Annotated[str | None, typer.Option("--mark", help="List this mark alone: submitted, approved")] = None,
    office: Annotated[str, typer.Option("--office", help="Who marks the run")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why")] = "",
    lang: Lang = "vi",
) -> None:
    """List the runs of a folder; mark one as submitted or approved, delete one, or compare some."""
    from planning.batch.catalogue import find_run

    given = names or []
    if action == "list":
        _list(folder, lang, [*given], scenario=scenario, status=status, mark=mark)
    elif action == "mark" and len(given) == 2 and given[1] in ("submitted", "approved"):
        from planning.batch.marks import mark_run

        run = find_run(folder, given[0])
        mark_run(run, given[1], office, reason)
        print_path(run)
    elif action == "delete" and len(given) == 1:
        from planning.batch.marks import delete_run

        run = find_run(folder, given[0])
        delete_run(run)
        print_path(run)
    elif action == "compare" and given:
        _compare([find_run(folder, name) for name in given], lang)
    else:
        raise InputError([Problem("runs", _WRITE + HOW[action])])


def _list(folder: Path, lang: str, given: list[str], **wanted: str | None) -> None:
    from planning.batch.summary import listing, none_listed
    from planning.batch.words import HEADINGS

    if given:
        text = Text(
            f"'{given[0]}' đứng sau list; hãy dùng --scenario, --status hoặc --mark để chọn",
            f"'{given[0]}' follows list; use --scenario, --status or --mark to choose",
        )
        raise InputError([Problem("runs", text)])
    runs = listing(folder, lang, **wanted)
    if runs.empty:
        screen.print(none_listed(folder, wanted)[lang], markup=False, highlight=False, soft_wrap=True)
    for dataset, table in runs.groupby(HEADINGS["dataset"][lang], sort=False):
        print_table(str(dataset), table.drop(columns=HEADINGS["dataset"][lang]))


def _compare(runs: list[Path], lang: str) -> None:
    from planning.batch.summary import compared

    print_sheet(compared(runs, lang))


def query(
    sql: Annotated[str, typer.Argument(help="A question that begins with SELECT")],
    folder: Annotated[Path, typer.Option("--in", help="Folder that `planning batch` wrote to")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the answer to this CSV file instead")] = None,
    lang: Lang = "vi",
) -> None:
    """Ask all runs of a folder in SQL; views: allocations, coverage, targets, rules, funds, projects, runs."""
    from planning.batch.query import query as ask

    if out is not None and not out.is_dir() and out.suffix.lower() != ".csv":
        raise InputError([Problem(str(out), _NO_CSV)])
    answer = ask(folder, sql)
    if out is None:
        print_table("", answer)
        return
    from planning.disk import write_files
    from planning.reports.files import as_csv

    (path,) = write_files(out.parent, {out.name: as_csv(answer, 6)})
    print_path(path)
