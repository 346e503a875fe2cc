"""The command that shows the price of a rule."""

from typing import Annotated

import typer

from planning.commands.common import Lang, Out, Scenario, bar, give


def frontier(
    scenario: Scenario,
    out: Out,
    rule: Annotated[str, typer.Option("--rule", help="Rule whose level is moved, or envelope")] = "remote_share",
    low: Annotated[float, typer.Option("--from", help="Lowest level")] = 0.10,
    high: Annotated[float, typer.Option("--to", help="Highest level")] = 0.60,
    entry: Annotated[str | None, typer.Option("--entry", help="Which entry, where the rule is a list")] = None,
    field: Annotated[str | None, typer.Option("--field", help="Which number of the rule, where it has several")] = None,
    points: Annotated[int, typer.Option("--points", help="Levels at which projects are searched anew")] = 9,
    lang: Lang = "en",
) -> None:
    """What each level of a rule costs in children reached, and who gains and loses."""
    from planning.inputs import load_case
    from planning.inputs.levels import find_level
    from planning.insight.frontier import frontier as answer
    from planning.insight.frontier_words import level_name
    from planning.reports.findings import finding_sheet
    from planning.reports.pictures.frontier import frontier as curve
    from planning.reports.pictures.frontier import frontier_areas
    from planning.solver.plan import solve

    case = load_case(scenario)
    level = find_level(case, rule, entry, field)
    journal = out / "frontier.journal"
    with bar("frontier") as watch:
        finding = answer(solve(case), level, low, high, points=points, journal=journal, watch=watch)
    pictures = {"frontier": curve(finding, lang), "frontier_areas": frontier_areas(finding, lang)}
    name = level_name(level, lang)
    title = {"vi": f"Cái giá của quy định: {name}", "en": f"The price of a rule: {name}"}[lang]
    give(finding, pictures, finding_sheet(finding, title, lang, "summary"), out)
    journal.unlink(missing_ok=True)
