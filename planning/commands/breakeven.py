"""`planning breakeven`: the level of a price, need, weight or envelope at which a decision turns."""

from typing import Annotated, Literal

import typer

from planning.commands.common import Lang, Out, Scenario, bar, give


def breakeven(
    scenario: Scenario,
    out: Out,
    of: Annotated[Literal["price", "need", "weight", "money"], typer.Option("--of", help="What is varied")] = "price",
    project: Annotated[str | None, typer.Option("--project", help="Code of a project")] = None,
    area: Annotated[str | None, typer.Option("--area", help="Code of an area, with --programme")] = None,
    programme: Annotated[str | None, typer.Option("--programme", help="Code of a programme, with --area")] = None,
    lang: Lang = "en",
) -> None:
    """Break-even: how far a price, need, weight or the envelope may move before a decision turns."""
    from planning.inputs import load_case
    from planning.insight.breakeven import break_even
    from planning.insight.words import DECISIONS
    from planning.reports.findings import finding_sheet, in_words
    from planning.reports.pictures.breakeven import decision_ladder
    from planning.solver.plan import solve

    plan = solve(load_case(scenario))
    journal = out / "breakeven.journal"
    with bar("breakeven") as watch:
        subject = {"project": project, "area": area, "programme": programme}
        finding = break_even(plan, of, **subject, journal=journal, watch=watch)
    title = {"vi": "Ngưỡng làm đổi quyết định", "en": "Where the decision turns"}[lang]
    shown = in_words(finding, "breakeven", {"becomes": DECISIONS, "direction": DECISIONS}, lang)
    pictures = {f"breakeven_{name}": decision_ladder(finding, name) for name in ("vi", "en")}
    give(finding, pictures, finding_sheet(shown, title, lang), out)
    journal.unlink(missing_ok=True)
