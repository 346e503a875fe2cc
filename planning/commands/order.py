"""The command that makes a stable order of funding."""

from typing import Annotated

import typer

from planning.commands.common import Lang, Out, Scenario, bar, give


def order(
    scenario: Scenario,
    out: Out,
    low: Annotated[float, typer.Option("--from", help="Smallest share of the envelope")] = 0.7,
    high: Annotated[float, typer.Option("--to", help="Largest share of the envelope")] = 1.2,
    step: Annotated[float, typer.Option("--step", help="Step between shares")] = 0.1,
    lang: Lang = "en",
) -> None:
    """A list from first funded to last funded that holds whatever the envelope turns out to be."""
    from planning.inputs import load_case
    from planning.insight.order import order as answer
    from planning.insight.order import shares
    from planning.reports.findings import order_sheet
    from planning.reports.pictures.order import order as picture
    from planning.solver.plan import solve

    case = load_case(scenario)
    envelopes = shares(case.scenario.name, low, high, step)
    journal = out / "order.journal"
    with bar("order") as watch:
        finding = answer(solve(case), envelopes, journal=journal, watch=watch)
    title = {"vi": "Thứ tự cấp vốn ổn định", "en": "A stable order of funding"}[lang]
    give(finding, {"order": picture(finding, lang)}, order_sheet(finding, title, lang), out)
    journal.unlink(missing_ok=True)
