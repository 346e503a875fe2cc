"""`planning whynot`: what one project, or more money for one area, would cost the others."""

from typing import Annotated

import typer

from planning.commands.common import Lang, Out, Scenario, bar, give


def whynot(
    wish: Annotated[str, typer.Argument(metavar="AREA|PROJECT", help="Code of a project or of an area")],
    scenario: Scenario,
    out: Out,
    amount: Annotated[float, typer.Option("--amount", help="How much more for the area, million VND")] = 1000.0,
    programme: Annotated[str | None, typer.Option("--programme", help="Only this programme of the area")] = None,
    search: Annotated[bool, typer.Option("--search", help="Choose projects again instead of keeping them")] = False,
    lang: Lang = "en",
) -> None:
    """Why not us: what it costs the others to build a project (or drop it), or to give an area more."""
    from planning.inputs import load_case
    from planning.insight.whynot import why_not_area, why_not_project, wish_of
    from planning.reports.findings import whynot_sheet
    from planning.reports.pictures.whynot import who_pays
    from planning.solver.plan import solve

    case = load_case(scenario)
    kind = wish_of(case, wish)
    plan = solve(case)
    with bar("whynot"):
        if kind == "project":
            finding = why_not_project(plan, wish)
        else:
            finding = why_not_area(plan, wish, amount, programme, search)
    title = {"vi": "Vì sao không: ai bị bớt, ai được thêm", "en": "Why not: who pays, who gains"}[lang]
    pictures = {f"whynot_{name}": who_pays(finding, name) for name in ("vi", "en")}
    give(finding, pictures, whynot_sheet(finding, title, lang), out)
