"""planning prices: what one more billion, or one step of a rule, is worth."""

from pathlib import Path
from typing import Annotated

import typer

from planning.commands.common import Lang, Out, Scenario, bar, give

TITLE = {"vi": "Giá trị của một bước thêm và một bước bớt", "en": "What one step more and one step less is worth"}
SHOWN = 40
COLUMNS = ("words", "rate", "more", "less")


def prices(
    scenario: Scenario,
    out: Out = Path("results"),
    lang: Lang = "en",
    search: Annotated[
        bool, typer.Option(help="Also choose the projects anew for each fund, by the cost of one typical project")
    ] = True,
) -> None:
    """What one billion VND more or less of each fund, and one step of each binding rule, is worth."""
    from planning.inputs import load_case
    from planning.insight.price_words import unit_of
    from planning.insight.prices import marginal_values
    from planning.reports.findings import finding_sheet
    from planning.reports.pictures.prices import worth_of_funds, worth_of_rules
    from planning.solver.plan import solve

    plan = solve(load_case(scenario))
    with bar(TITLE[lang]) as watch:
        finding = marginal_values(plan, search=search, watch=watch)
    pictures = {"prices_funds": worth_of_funds(finding, lang), "prices_rules": worth_of_rules(finding, lang)}
    objective = plan.case.scenario.objective
    unit = unit_of(objective.goals[-1] if objective.method == "lexicographic" else objective.method)[lang]
    title = f"{TITLE[lang]}: {unit}"
    give(finding, pictures, finding_sheet(finding, title, lang, columns=COLUMNS, rows=SHOWN), out)
