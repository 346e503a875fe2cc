"""The command that says why a scenario has no plan."""

from dataclasses import replace
from typing import Annotated

import typer

from planning.commands.common import Lang, Out, Scenario, bar, give, print_table, screen

SHOWN = ("words_vi", "words_en", "now", "needed", "advised", "change_vi", "change_en", "set_by_vi", "set_by_en")


def explain(
    scenario: Scenario,
    out: Out,
    lang: Lang = "en",
    iis: Annotated[
        bool, typer.Option("--iis", help="Also list a set of rules that contradict each other (20 seconds at most)")
    ] = False,
) -> None:
    """Say why there is no plan, and the least change of rules or money with which there would be one."""
    from planning.inputs import load_case
    from planning.insight.explain import explain as answer
    from planning.reports.findings import finding_sheet
    from planning.reports.pictures.explain import levels
    from planning.solver.contradiction import contradiction

    case = load_case(scenario)
    with bar("explain") as watch:
        finding = answer(case, watch)
    pictures = {} if finding.table.empty else {"explain": levels(finding, lang)}
    title = {"vi": "Vì sao không có phương án", "en": "Why there is no plan"}[lang]
    shown = replace(finding, tables={"package": finding.table[[*SHOWN]]})
    give(finding, pictures, finding_sheet(shown, title, lang), out)
    if iis and not finding.tables["packages"].empty:
        found = contradiction(case, lang)
        screen.print(found.heading, markup=False, highlight=False)
        print_table("", found.table)
