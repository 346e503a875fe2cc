"""Commands on what is not known: uncertainty, robust, regret."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planning.commands.common import JOBS, Jobs, Lang, Out, Scenario, bar, give
from planning.errors import InputError, Problem
from planning.vocabulary import Text

if TYPE_CHECKING:
    from planning.solver.plan import Plan

Costs = Annotated[float | None, typer.Option("--costs", help="Assume unit costs ± this share, where none is stated")]
Needs = Annotated[float | None, typer.Option("--needs", help="Assume needs ± this share, where none is stated")]
Revenues = Annotated[float | None, typer.Option("--revenues", help="Assume revenues up to this share below ceilings")]
Draws = Annotated[int, typer.Option("--draws", min=1, max=100_000, help="How many times needs and prices are drawn")]
_NOTHING_TO_SHARE = Text(
    "cụm máy chỉ chia nhau các lần phân bổ lại; hãy thêm --reoptimise 200, hoặc bỏ --cluster",
    "a cluster shares draws that are allocated anew; add --reoptimise 200, or leave --cluster out",
)
Seed = Annotated[int, typer.Option("--seed", min=0, help="The same seed gives the same draws")]


def uncertainty(
    scenario: Scenario,
    out: Out,
    draws: Draws = 1000,
    seed: Seed = 1,
    costs: Costs = None,
    needs: Needs = None,
    revenues: Revenues = None,
    together: Annotated[bool, typer.Option("--together", help="All rows of a table rise and fall together")] = False,
    reoptimise: Annotated[int, typer.Option(min=0, help="Draws in which all but projects is allocated anew")] = 0,
    search: Annotated[int, typer.Option(min=0, help="Draws, of these, in which projects are chosen anew too")] = 20,
    jobs: Jobs = JOBS,
    address: Annotated[
        str | None, typer.Option("--cluster", metavar="ADDRESS", help="Allocate anew on a Dask cluster, as in batch")
    ] = None,
    lang: Lang = "en",
) -> None:
    """How likely the plan overspends or misses its targets when needs, prices and revenues come out otherwise."""
    from planning.batch.cluster import shared
    from planning.inputs import load_case
    from planning.inputs.ranges import ranges
    from planning.solver.plan import solve

    if address and not reoptimise:
        raise InputError([Problem("--cluster", _NOTHING_TO_SHARE)])
    with shared(address, jobs) as (executor, jobs):
        case = load_case(scenario)
        found = ranges(case, {"needs": needs, "unit_costs": costs, "funds": revenues})
        plan = solve(case)
        _plan_kept(plan, found, out, lang, (draws, seed), together=together)
        if reoptimise:
            options = {"together": together, "jobs": jobs, "executor": executor}
            _allocated_anew(plan, found, out, lang, (reoptimise, search, seed), options)


def _plan_kept(plan: "Plan", found: dict, out: Path, lang: Lang, how: tuple[int, int], *, together: bool) -> None:
    from planning.insight.uncertainty import uncertainty as evaluate
    from planning.reports.findings import finding_sheet
    from planning.reports.pictures.uncertainty import funds_at_risk, reach_of_draws, targets_at_risk

    finding = evaluate(plan, found, *how, together=together)
    pictures = {
        f"uncertainty_{name}": draw(finding, lang)
        for name, draw in (("reach", reach_of_draws), ("funds", funds_at_risk), ("targets", targets_at_risk))
    }
    title = {"vi": "Phương án khi số liệu thay đổi", "en": "The plan when figures come out otherwise"}[lang]
    short = int((~finding.table["what_en"].str.startswith("Target: ")).sum())
    give(finding, pictures, finding_sheet(finding, title, lang, rows=short), out)


def _allocated_anew(plan: "Plan", found: dict, out: Path, lang: Lang, how: tuple[int, int, int], options: dict) -> None:
    from planning.insight.reallocated import reallocated
    from planning.reports.findings import finding_sheet
    from planning.reports.pictures.uncertainty import projects_that_hold

    journal = out / "reallocated.journal"
    with bar("reallocate") as watch:
        anew = reallocated(plan, found, *how, journal=journal, watch=watch, **options)
    title = {"vi": "Phân bổ lại khi đã biết", "en": "Allocated anew once figures are known"}[lang]
    give(anew, {"reallocated_projects": projects_that_hold(anew, lang)}, finding_sheet(anew, title, lang), out)
    journal.unlink(missing_ok=True)


def robust(
    scenario: Scenario,
    out: Out,
    gamma: Annotated[
        str | None,
        typer.Option("--gamma", help="Programmes at their highest price at once; if absent 0,1,2,5, up to all"),
    ] = None,
    draws: Draws = 1000,
    seed: Seed = 1,
    costs: Costs = None,
    lang: Lang = "en",
) -> None:
    """Plans whose money is enough when some prices rise, and what that safety costs."""
    from planning.inputs import load_case
    from planning.inputs.ranges import ranges
    from planning.insight.robust import read_gammas, usual_gammas
    from planning.insight.robust import robust as protect
    from planning.reports.findings import finding_sheet
    from planning.reports.pictures.robust import price_of_safety

    asked = None if gamma is None else read_gammas(gamma)
    case = load_case(scenario)
    gammas = usual_gammas(case) if asked is None else asked
    found = ranges(case, {"unit_costs": costs})
    journal = out / "robust.journal"
    with bar("robust") as watch:
        finding = protect(case, found, gammas, draws, seed, journal=journal, watch=watch)
    title = {"vi": "Giá của sự an toàn", "en": "The price of safety"}[lang]
    give(finding, {"robust": price_of_safety(finding, lang)}, finding_sheet(finding, title, lang), out)
    journal.unlink(missing_ok=True)


def regret(
    scenarios: Annotated[list[Path], typer.Argument(help="Two or more scenario files")],
    out: Out,
    lang: Lang = "en",
) -> None:
    """What choosing the projects of one scenario costs if another one comes true."""
    from planning.inputs import load_case
    from planning.insight.regret import regret as compare
    from planning.reports.findings import finding_sheet
    from planning.reports.pictures.regret import regret_matrix

    cases = [load_case(path) for path in scenarios]
    journal = out / "regret.journal"
    with bar("regret") as watch:
        finding = compare(cases, journal=journal, watch=watch)
    title = {"vi": "Bộ dự án nào ít phải tiếc nhất", "en": "Which projects leave the least to regret"}[lang]
    give(finding, {"regret": regret_matrix(finding, lang)}, finding_sheet(finding, title, lang, "choices"), out)
    journal.unlink(missing_ok=True)
