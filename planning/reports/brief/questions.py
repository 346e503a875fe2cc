"""How firm the plan is: other figures, what one more billion is worth, and plans nearly as good."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from planning.errors import InputError, NoPlanError
from planning.insight.alternatives import alternatives
from planning.insight.finding import Finding
from planning.insight.prices import marginal_values
from planning.insight.sensitivity import sensitivity
from planning.insight.words import DECISIONS, FLAGS
from planning.insight.work import Watch, carry_out, unwatched
from planning.reports.brief.content import Part, Points, Section, image
from planning.reports.findings import finding_sheet, in_words
from planning.reports.kept import kept
from planning.reports.pictures.prices import worth_of_funds
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

OTHERS = 2
ASKED: Mapping[str, Callable[[Plan], Finding]] = {
    "prices": lambda plan: marginal_values(plan, search=False),
    "alternatives": lambda plan: alternatives(plan, OTHERS).finding,
    "sensitivity": sensitivity,
}  # the longest first
_TITLE = Text("Độ nhạy và phương án khác", "Sensitivity and alternatives")
_IF = Text("Nếu số liệu khác đi, giải lại từ đầu", "If the figures were others, each solved anew")
_OTHER = Text("Phương án gần tốt nhất nhưng khác nhiều nhất", "Plans nearly as good that differ most")
_WORTH = Text("Giá trị của một tỷ đồng", "What one billion is worth")
_COLUMNS = ("found", "services", "change_share", "coverage", "targets_met", "remote_share", "projects")
_UNASKED = Text("Không trả lời được câu hỏi “{question}”: {why}", "Not answered, “{question}”: {why}")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers that a brief prints; where a question cannot be asked of the plan, the sentence that says why."""

    sensitivity: Finding | Text
    prices: Finding | Text
    alternatives: Finding | Text


def answers(plan: Plan, folder: Path, watch: Watch = unwatched, jobs: int = 1) -> Answers:
    """The answers about a plan, read from `folder` where they were kept for these inputs, else worked out and kept.

    With `jobs` above one, processes share the questions. Raises WorkerError where one was ended, OutputError.
    """
    jobs = 1 if all((folder / name).is_dir() for name in ASKED) else jobs
    refused = carry_out(list(ASKED), partial(_refused, plan, folder), key="brief", watch=watch, jobs=jobs)
    return Answers(**{name: refused[name] or _kept(plan, folder, name) for name in ASKED})


def _kept(plan: Plan, folder: Path, name: str) -> Finding:
    return kept(folder, name, plan.case, lambda: ASKED[name](plan))


def _refused(plan: Plan, folder: Path, name: str) -> Text | None:
    """Work out the answer to one question and keep it; why it has none, or None where it has one."""
    try:
        _kept(plan, folder, name)
    except (InputError, NoPlanError) as refusal:
        return Text(*(" ".join(refusal.told(language).split()) for language in ("vi", "en")))
    return None


def questions(found: Answers, language: Language) -> Section:
    """The section of the brief."""
    parts: list[Part] = []
    if isinstance(found.sensitivity, Finding):
        columns = (f"what_{language}", *_COLUMNS)
        shown = in_words(found.sensitivity, "sensitivity", {"found": FLAGS}, language, columns)
        parts += [finding_sheet(shown, _IF[language], language), Points(found.sensitivity.sentences[language])]
    if isinstance(found.prices, Finding):
        parts += [
            f"{_WORTH[language]}:", Points(found.prices.sentences[language]),
            image(worth_of_funds(found.prices, language), 0.75),
        ]  # fmt: skip
    if isinstance(found.alternatives, Finding):
        other = replace(found.alternatives, tables={"alternatives": found.alternatives.tables["alternatives"]})
        shown = in_words(other, "alternatives", {"search": DECISIONS}, language)
        parts += [finding_sheet(shown, _OTHER[language], language), Points(other.sentences[language])]
    titles = {"sensitivity": _IF, "prices": _WORTH, "alternatives": _OTHER}
    for name, title in titles.items():
        if isinstance(why := getattr(found, name), Text):
            parts.append(_UNASKED[language].format(question=title[language], why=why[language]))
    return Section(_TITLE[language], tuple(parts))
