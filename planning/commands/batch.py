"""The command that plans many scenarios at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planning.commands.common import JOBS, Jobs, Lang, Out, bars, print_path, print_table

if TYPE_CHECKING:
    from planning.batch.run import Job


def batch(
    scenarios: Annotated[list[Path], typer.Argument(help="Scenario files, or folders of them")],
    out: Out,
    jobs: Jobs = JOBS,
    grid: Annotated[
        list[str] | None,
        typer.Option("--grid", metavar="NAME=V1,V2", help="Plan once for each value of a level; may be repeated"),
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume/--afresh", help="Leave runs whose inputs have not changed, or solve all again")
    ] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done")] = False,
    limit: Annotated[
        float, typer.Option("--limit", min=1, help="Longest time for one plan, and for one report, in seconds")
    ] = 600,
    notebook: Annotated[
        Path | None, typer.Option(help="Notebook of the reports; 02_plan.ipynb of the project if absent")
    ] = None,
    address: Annotated[
        str | None, typer.Option("--cluster", metavar="ADDRESS", help="Solve on a Dask cluster, tcp://127.0.0.1:8786")
    ] = None,
    lang: Lang = "vi",
) -> None:
    """Plan many scenarios: a folder for each with its tables and its report, and a catalogue of all."""
    if not dry_run and not (out.is_dir() and any(out.iterdir())):
        from planning.batch.pool import warm_up

        warm_up(scenarios)  # before all else, because solving waits for it
    from planning.batch.notebooks import project_notebook
    from planning.batch.rendering import Style
    from planning.batch.run import Job

    style = Style((notebook or project_notebook("02_plan.ipynb")).absolute(), lang, limit)
    given = tuple(grid or ())
    job = Job(tuple(scenarios), out, style, given, jobs, not resume, limit, address)
    if dry_run:
        _foretell(job)
    else:
        _carry_out(job)


def _foretell(job: "Job") -> None:
    from planning.batch.run import foreseen
    from planning.batch.summary import foretold

    print_table("", foretold(foreseen(job), job.style.language))


def _carry_out(job: "Job") -> None:
    from planning.batch.run import outcome, run_batch
    from planning.batch.summary import summary

    titles = {"vi": ("Giải", "Báo cáo"), "en": ("Plans", "Reports")}[job.style.language]
    with bars(*titles) as watches:
        done = run_batch(job, *watches)
    for title, table in summary(done, job.style.language).items():
        print_table(title, table)
    print_path(job.out)
    outcome(done, job.out)
