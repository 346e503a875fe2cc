"""`planning alternatives`: plans nearly as good that differ as much as they can."""

from typing import Annotated

import typer

from planning.commands.common import Lang, Out, Scenario, bar, give


def alternatives(
    scenario: Scenario,
    out: Out,
    count: Annotated[int, typer.Option("--count", help="How many other plans, 1 to 50")] = 5,
    within: Annotated[str, typer.Option("--within", help="Share of the best that may be given up")] = "0.01",
    lang: Lang = "en",
) -> None:
    """Plans nearly as good as the best that differ most, each written in full, and what all of them share."""
    from planning.commands.answers import one_share
    from planning.inputs import load_case
    from planning.insight.alternatives import alternatives as answer
    from planning.insight.words import DECISIONS
    from planning.reports.files import write_plan
    from planning.reports.findings import finding_sheet, in_words
    from planning.reports.pictures.alternatives import fields_beside
    from planning.solver.plan import solve

    share = one_share("--within", within)
    plan = solve(load_case(scenario))
    journal = out / "alternatives.journal"
    with bar("alternatives") as watch:
        found = answer(plan, count, share, journal=journal, watch=watch)
    for place, other in enumerate(found.plans):
        write_plan(other, out / f"plan_{place}")
    title = {"vi": "Các phương án gần tốt nhất", "en": "Plans near the best"}[lang]
    shown = in_words(found.finding, "alternatives", {"search": DECISIONS}, lang)
    pictures = {f"alternatives_{name}": fields_beside(found.finding, name) for name in ("vi", "en")}
    give(found.finding, pictures, finding_sheet(shown, title, lang), out)
    journal.unlink(missing_ok=True)
