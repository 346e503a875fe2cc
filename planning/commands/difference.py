"""planning difference: why the result changed between two scenarios."""

from pathlib import Path
from typing import Annotated

import typer

from planning.commands.common import JOBS, Jobs, Lang, Out, bar, give

First = Annotated[Path, typer.Argument(help="The scenario that is compared with, for instance base.yaml")]
Second = Annotated[Path, typer.Argument(help="The scenario whose difference is explained")]
TITLE = {"vi": "Vì sao kết quả thay đổi", "en": "Why the result changed"}


def difference(first: First, second: Second, out: Out, jobs: Jobs = JOBS, lang: Lang = "en") -> None:
    """What each change between two scenarios does to the result; the effects add up to the whole difference."""
    from planning.inputs import load_case
    from planning.insight.difference import difference as explained
    from planning.reports.findings import difference_sheet
    from planning.reports.pictures.difference import steps_between

    cases = load_case(first), load_case(second)
    journal = out / "difference.journal"
    with bar(TITLE[lang]) as watch:
        finding = explained(*cases, journal=journal, watch=watch, jobs=jobs)
    sheet = difference_sheet(finding, TITLE[lang], lang)
    give(finding, {"difference": steps_between(finding, lang)}, sheet, out)
    journal.unlink(missing_ok=True)
