"""`planning pack`: the committee's papers from saved runs or scenarios: a PDF, a page and a workbook."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planning.commands.common import JOBS, Jobs, Lang, Out, bar, print_path
from planning.errors import InputError, Problem
from planning.vocabulary import Text

if TYPE_CHECKING:
    from planning.reports.brief.build import Edition
    from planning.reports.brief.questions import Answers
    from planning.solver.plan import Plan

Runs = Annotated[
    list[Path], typer.Argument(help="Saved runs or scenario files; the first is proposed, the others are options")
]


def pack(
    runs: Runs,
    out: Out,
    lang: Lang = "vi",
    public: Annotated[
        bool, typer.Option("--public", help="For everybody: small counts of children in hard circumstances are masked")
    ] = False,
    threshold: Annotated[
        int, typer.Option("--threshold", min=2, max=1000, help="Counts below it are masked in a public edition")
    ] = 5,
    base: Annotated[
        Path | None, typer.Option("--base", help="Saved run or scenario that the proposed one is compared with")
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="Date of the papers, such as 2026-11-20; today if absent")
    ] = None,
    jobs: Jobs = JOBS,
) -> None:
    """The papers of a committee: a brief as PDF and as a page, and the workbook, all with the same totals."""
    from planning.disk import write_files
    from planning.reports.brief.build import Edition
    from planning.reports.brief.questions import answers
    from planning.reports.comparison.together import plan_at

    edition = Edition(lang, day_of(day), public, threshold)
    plans = [plan_at(run, lang) for run in runs]
    against = plan_at(base, lang) if base else None
    with bar({"vi": "Câu hỏi", "en": "Questions"}[lang]) as watch:
        found = answers(plans[0], findings_of(runs[0], out), watch, jobs)
    contents = papers(plans, found, edition, against, mark(runs[0]))
    for path in write_files(out, contents):
        print_path(path)


def findings_of(path: Path, out: Path) -> Path:
    """Where the answers about a run are kept: beside it, or among the results where there is only a scenario."""
    place = path.parent if path.is_dir() else out
    return place / "findings" / path.stem if path.is_file() else place / "findings" / path.name


def mark(path: Path) -> dict[str, str]:
    """Who submitted or approved a saved run; nothing for a scenario."""
    from planning.reports.run_folder import mark_of

    return mark_of(path) if path.is_dir() else {}


def papers(
    plans: "list[Plan]", found: "Answers", edition: "Edition", base: "Plan | None", marked: dict[str, str]
) -> dict[str, bytes]:
    """File name → content: the brief as PDF and HTML and the workbook, of one edition."""
    from planning.reports.brief.build import brief
    from planning.reports.brief.content import printed
    from planning.reports.brief.masked_book import mask_of
    from planning.reports.brief.page import as_page
    from planning.reports.brief.pdf import as_pdf
    from planning.reports.brief.public import counts_of
    from planning.reports.workbook import workbook

    content = printed(brief(plans, found, edition, base, marked))
    stem = f"{edition.language}-public" if edition.public else edition.language
    told, mask = plans, None
    if edition.public:
        told, mask = plans[:1], mask_of(plans[0], counts_of(plans[0], True, edition.threshold))
    return {
        f"brief-{stem}.pdf": as_pdf(content),
        f"brief-{stem}.html": as_page(content),
        f"workbook-{stem}.xlsx": workbook(told, edition.language, edition.day, mask),
    }


def day_of(text: str | None) -> date:
    """The day of the papers: as given, else that of SOURCE_DATE_EPOCH, else today. Raises InputError."""
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdecimal() else datetime.now().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = Text(
            f"'{text}' không phải là ngày; hãy ghi năm-tháng-ngày, ví dụ 2026-11-20",
            f"'{text}' is no date; write year-month-day, for instance 2026-11-20",
        )
        raise InputError([Problem("--date", said)]) from None
