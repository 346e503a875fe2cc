"""The command line. Heavy libraries are loaded only by the command that needs them."""

import gc
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from planning.commands.alternatives import alternatives
from planning.commands.batch import batch
from planning.commands.breakeven import breakeven
from planning.commands.common import (
    STOPPED,
    Lang,
    Out,
    Scenario,
    print_path,
    print_sheet,
    print_table,
    screen,
    spoken,
    without_search,
)
from planning.commands.compare import compare
from planning.commands.difference import difference
from planning.commands.excel import export, import_, workbook
from planning.commands.explain import explain
from planning.commands.frontier import frontier
from planning.commands.order import order
from planning.commands.pack import pack
from planning.commands.prices import prices
from planning.commands.ranges import ranges
from planning.commands.runs import query, runs
from planning.commands.schema import schema
from planning.commands.uncertainty import regret, robust, uncertainty
from planning.commands.whynot import whynot
from planning.errors import NoPlanError, PlanningError

app = typer.Typer(
    help="Allocate child-programme budgets across areas, years and funds, and show why.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
INTERRUPTED = 130  # what Typer ends with on Ctrl-C


@app.command()
def check(scenario: Scenario, lang: Lang = "en") -> None:
    """Read a scenario and its tables, and list everything that is wrong with them."""
    from planning.inputs import load_case
    from planning.inputs.arithmetic import conflicts
    from planning.reports.given import input_summary

    case = load_case(scenario)
    print_sheet(input_summary(case, lang))
    if found := conflicts(case):
        raise NoPlanError(found)
    screen.print(
        {"vi": "Dữ liệu đầy đủ và khớp nhau.", "en": "The inputs are complete and agree with each other."}[lang]
    )


@app.command()
def show(scenario: Scenario, lang: Lang = "en") -> None:
    """Print the resolved scenario with the file and line that set each value."""
    from planning.inputs import load_scenario
    from planning.inputs.show import show as rows_of

    print_table("", rows_of(load_scenario(scenario)))


@app.command()
@without_search()
def solve(
    scenario: Scenario,
    out: Out,
    lang: Lang = "en",
    model: Annotated[bool, typer.Option("--model", help="Also write model.lp, the model as solvers read it")] = False,
) -> None:
    """Find the best allocation and write its tables (CSV and Parquet) and certificate."""
    from planning.inputs import load_case
    from planning.reports.files import write_model, write_plan
    from planning.reports.headline import headline_sheet
    from planning.solver.plan import solve as best

    plan = best(load_case(scenario), lang)
    write_plan(plan, out)
    if model:
        write_model(plan, out)
    print_sheet(headline_sheet(plan, lang))
    print_path(out)


@app.command()
def run(
    scenario: Scenario,
    out: Out = Path("results"),
    lang: Lang = "vi",
    notebook: Annotated[
        Path | None, typer.Option(help="Notebook to run; 02_plan.ipynb of the project if absent")
    ] = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter", "-p", metavar="NAME=VALUE", help="Another parameter of the notebook; may be repeated"
        ),
    ] = None,
) -> None:
    """Run the plan notebook for a scenario; leaves it executed (.ipynb) and as a page without code (.html)."""
    from planning.batch.notebooks import project_notebook, run_notebook
    from planning.batch.parameters import named

    source = notebook or project_notebook("02_plan.ipynb")
    given = {"scenario": str(scenario), "out_dir": str(out), "language": lang}
    result = run_notebook(source, out, given | named(parameters or (), tuple(given)))
    for path in (result.notebook, result.page):
        print_path(path)


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the new scenario: lower-case letters, digits, hyphens")],
    parent: Annotated[Path, typer.Option("--from", help="Scenario that the new one starts from")],
    note: Annotated[str, typer.Option(prompt="Why this scenario", help="Why the scenario exists")],
    lang: Lang = "en",
) -> None:
    """Write a new scenario file that says only what differs from its parent."""
    from planning.inputs.show import new_scenario

    print_path(new_scenario(name, parent, note))


@app.command()
def crosswalk(
    results: Annotated[Path, typer.Argument(help="Folder that `planning solve` or `planning run` wrote")],
    table: Annotated[
        Path,
        typer.Option(
            "--table",
            help="Shares of districts in communes, as in scenarios/crosswalk_districts_2024_communes_2026.csv",
        ),
    ],
    to: Annotated[Literal["communes", "districts"], typer.Option("--to", help="The map to carry to")],
    out: Out,
    lang: Lang = "en",
) -> None:
    """Carry the allocations of a plan from districts to communes or back, by shares of surface; totals are kept."""
    from planning.crosswalk import carry_result

    for path in carry_result(results, table, to, out):
        print_path(path)


@app.command()
def templates(
    folder: Annotated[Path, typer.Argument(help="Folder for the empty tables; must not hold tables yet")],
    lang: Lang = "en",
) -> None:
    """Write an empty table for each kind of data, with a page that explains every column."""
    from planning.inputs.templates import write_templates

    write_templates(folder)
    print_path(folder)


app.command()(pack)
app.command(rich_help_panel="Excel")(workbook)
app.command(rich_help_panel="Excel")(export)
app.command("import", rich_help_panel="Excel")(import_)

for many in (batch, runs, query, compare):
    app.command(rich_help_panel="Many scenarios")(many)

app.command()(schema)
for question in (
    explain,
    prices,
    ranges,
    alternatives,
    frontier,
    order,
    difference,
    whynot,
    uncertainty,
    robust,
    regret,
    breakeven,
):
    app.command(rich_help_panel="Questions about a plan")(question)


def main() -> None:
    """Run a command; a refusal is printed as it stands and ends with its exit code, so does a stop with Ctrl-C."""
    try:
        app(prog_name="planning")
    except PlanningError as refusal:
        print(refusal.told(spoken[0]), file=sys.stderr)
        sys.exit(refusal.exit_code)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            print(STOPPED[spoken[0]], file=sys.stderr)
        raise
    finally:
        if "duckdb" not in sys.modules:  # its last objects are found by that search alone, else it complains of them
            gc.freeze()  # Python's last search for objects that only refer to each other can take half a second


if __name__ == "__main__":
    main()
