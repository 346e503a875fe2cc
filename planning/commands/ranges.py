"""`planning ranges`: what could be otherwise while the plan stays near the best."""

from typing import Annotated, Literal

import typer

from planning.commands.common import JOBS, Jobs, Lang, Out, Scenario, bar, give


def ranges(
    scenario: Scenario,
    out: Out,
    within: Annotated[
        str, typer.Option("--within", help="Shares of the best that may be given up, with commas between them")
    ] = "0.001,0.01,0.05",
    by: Annotated[
        Literal["field", "programme"], typer.Option("--by", help="Group the money by field or programme")
    ] = "field",
    jobs: Jobs = JOBS,
    lang: Lang = "en",
) -> None:
    """What could be otherwise: least and most for each area, and each project, near the best plan."""
    from planning.commands.answers import shares_of
    from planning.inputs import load_case
    from planning.insight.ranges import CLASSES, PROJECTS_SHOWN
    from planning.insight.ranges import ranges as answer
    from planning.insight.words import FLAGS
    from planning.reports.findings import finding_sheet, in_words
    from planning.reports.pictures.ranges import range_matrix
    from planning.solver.plan import solve

    shares = shares_of("--within", within)
    plan = solve(load_case(scenario))
    journal = out / "ranges.journal"
    with bar("ranges") as watch:
        finding = answer(plan, shares, by, journal=journal, watch=watch, jobs=jobs)
    title = {"vi": "Điều gì có thể khác: các dự án", "en": "What could be otherwise: projects"}[lang]
    shown = in_words(finding, "projects", {"kind": CLASSES, "chosen": FLAGS}, lang, PROJECTS_SHOWN)
    sheet = finding_sheet(shown, title, lang, "projects", rows=len(plan.case.projects))
    give(finding, {f"ranges_{name}": range_matrix(finding, name) for name in ("vi", "en")}, sheet, out)
    for left in out.glob("ranges_*.journal"):
        left.unlink()
