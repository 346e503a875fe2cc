"""How firm the plan is: other figures, what one more billion is worth, and plans nearly as good."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from planning.errors import InputError, NoPlanError
from planning.insight.alternatives import alternatives
from planning.insight.finding import Finding
from planning.insight.prices import marginal_values
from planning.insight.sensitivity import sensitivity
from planning.insight.words import DECISIONS, FLAGS
from planning.insight.work import Watch, unwatched
from planning.reports.brief.content import Part, Points, Section, image
from planning.reports.findings import finding_sheet, in_words
from planning.reports.kept import kept
from planning.reports.pictures.prices import worth_of_funds
from planning.solve.plan import Plan
from planning.vocabulary import Language, Text

OTHERS = 2
_TITLE = Text("Độ nhạy và phương án khác", "Sensitivity and alternatives")
_IF = Text("Nếu số liệu khác đi, giải lại từ đầu", "If the figures were others, each solved anew")
_OTHER = Text("Phương án gần tốt nhất nhưng khác nhiều nhất", "Plans nearly as good that differ most")
_WORTH = Text("Giá trị của một tỷ đồng", "What one billion is worth")
_UNASKED = Text("Không trả lời được câu hỏi “{question}”: {why}", "Not answered, “{question}”: {why}")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers that a brief prints; where a question cannot be asked of the plan, the sentence that says why."""

    sensitivity: Finding | str
    prices: Finding | str
    alternatives: Finding | str


def answers(plan: Plan, folder: Path, watch: Watch = unwatched) -> Answers:
    """The answers about a plan, read from `folder` where they were kept for these inputs, else worked out and kept."""
    asked: dict[str, Callable[[], Finding]] = {
        "sensitivity": lambda: sensitivity(plan),
        "prices": lambda: marginal_values(plan, search=False),
        "alternatives": lambda: alternatives(plan, OTHERS).finding,
    }
    found: dict[str, Finding | str] = {}
    for done, (name, ask) in enumerate(asked.items()):
        watch(done, len(asked))
        try:
            found[name] = kept(folder, name, plan.case, ask)
        except (InputError, NoPlanError) as refusal:
            found[name] = " ".join(str(refusal).split())
    watch(len(asked), len(asked))
    return Answers(**found)


def questions(found: Answers, language: Language) -> Section:
    """The section of the brief."""
    parts: list[Part] = []
    if isinstance(found.sensitivity, Finding):
        columns = (
            f"what_{language}", "found", "services", "change_share", "coverage", "targets_met", "remote_share", "projects",
        )  # fmt: skip
        shown = in_words(found.sensitivity, "sensitivity", {"found": FLAGS}, language, columns)
        parts += [finding_sheet(shown, _IF[language], language), Points(found.sensitivity.sentences[language])]
    if isinstance(found.prices, Finding):
        parts += [
            f"{_WORTH[language]}:", Points(found.prices.sentences[language]),
            image(worth_of_funds(found.prices, language), 0.85),
        ]  # fmt: skip
    if isinstance(found.alternatives, Finding):
        other = replace(found.alternatives, tables={"alternatives": found.alternatives.tables["alternatives"]})
        shown = in_words(other, "alternatives", {"search": DECISIONS}, language)
        parts += [finding_sheet(shown, _OTHER[language], language), Points(other.sentences[language])]
    titles = {"sensitivity": _IF, "prices": _WORTH, "alternatives": _OTHER}
    for name, title in titles.items():
        if isinstance(why := getattr(found, name), str):
            parts.append(_UNASKED[language].format(question=title[language], why=why))
    return Section(_TITLE[language], tuple(parts))
