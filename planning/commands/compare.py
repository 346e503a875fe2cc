"""planning compare: scenarios side by side."""

from pathlib import Path
from typing import Annotated

import typer

from planning.commands.common import JOBS, Jobs, Lang, Out, bar, print_path, print_sheet, screen

Scenarios = Annotated[
    list[Path],
    typer.Argument(
        help="Scenario files, solved now, or folders of saved runs; the first is the base", metavar="BASE OTHER..."
    ),
]
Quick = Annotated[bool, typer.Option("--quick", help="Do not explain the differences change by change")]
Boundaries = Annotated[
    Path | None,
    typer.Option("--boundaries", help="GeoJSON file with the outline of every area, for the maps; tiles if absent"),
]


def compare(
    scenarios: Scenarios,
    out: Out,
    quick: Quick = False,
    boundaries: Boundaries = None,
    jobs: Jobs = JOBS,
    lang: Lang = "en",
) -> None:
    """Compare scenarios or saved runs with the first: what was changed, who gains and loses, which targets turn."""
    from planning.reports.boundaries import read_outlines
    from planning.reports.comparison.compare import compare as compared
    from planning.reports.comparison.compare import write_comparison
    from planning.reports.comparison.pictures import comparison_pictures
    from planning.reports.comparison.sheets import comparison_sheets, short_sheet
    from planning.reports.comparison.together import plan_at, together

    plans = []
    with bar({"vi": "Phương án", "en": "Scenarios"}[lang]) as watch:
        for done, path in enumerate(scenarios):
            watch(done, len(scenarios))
            plans.append(plan_at(path, lang))
    plans = together(plans)
    outlines = read_outlines(boundaries, plans[0].case) if boundaries else None
    with bar({"vi": "Giải thích", "en": "Explanations"}[lang]) as watch:
        comparison = compared(plans, explain=not quick, watch=watch, jobs=jobs, journals=out)
    write_comparison(comparison, comparison_pictures(comparison, lang, outlines), out)
    for journal in out.glob("difference-*.journal"):
        journal.unlink()
    sheets = comparison_sheets(comparison, lang)
    for sheet in (short_sheet(comparison, lang), *(sheets[name] for name in ("inputs", "rules", "targets"))):
        if len(sheet.frame):
            print_sheet(sheet)
    for sentence in comparison.sentences[lang]:
        screen.print(f"• {sentence}", markup=False, highlight=False)
    print_path(out)
