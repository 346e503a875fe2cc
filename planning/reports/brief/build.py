"""A brief put together from plans and their answers, in the order in which a committee asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planning import numbers
from planning.numbers import money_unit
from planning.reports import tables
from planning.reports.brief import calendar, capital, checklist, effects, opening, questions, shortfalls, trust
from planning.reports.brief.content import Brief, Section
from planning.reports.brief.public import Counts, counts_of, counts_sheet, note
from planning.reports.brief.questions import Answers
from planning.reports.comparison.together import together
from planning.reports.headline import headline
from planning.reports.layout import footer
from planning.reports.masking import THRESHOLD
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

_TITLE = Text("Phân bổ ngân sách cho trẻ em {first}–{last}", "Allocation of the budget for children {first}–{last}")
_PUBLIC = Text("bản công khai", "public edition")
_FACTS = {
    "money": Text("phân bổ trong cả giai đoạn", "allocated over the plan"),
    "services": Text("lượt trẻ em được phục vụ", "times children are reached"),
    "targets": Text("chỉ tiêu đạt", "targets met"),
    "coverage": Text("độ bao phủ năm cuối", "coverage of the last year"),
}
_AREAS = Text("Phụ lục: phân bổ theo địa bàn", "Annex: allocation by area")
_CHILDREN = Text("Phụ lục: trẻ em được bảo vệ, theo địa bàn", "Annex: children protected, by area")


@dataclass(frozen=True, slots=True)
class Edition:
    """How a brief is to be printed: language, day, public or not, and which counts a public edition masks."""

    language: Language
    day: date
    public: bool = False
    threshold: int = THRESHOLD


def brief(
    plans: Sequence[Plan],
    found: Answers,
    edition: Edition,
    base: Plan | None = None,
    mark: Mapping[str, str] | None = None,
) -> Brief:
    """The brief of the first plan, with the others as options and, if given, against a base plan.

    `mark` says whether the first plan was submitted or approved. Raises InputError where plans cannot be compared,
    and PlanningError where a public edition would give a small count away.
    """
    plans = together(plans) if len(plans) > 1 else plans
    first, language = plans[0], edition.language
    counts = counts_of(first, edition.public, edition.threshold)
    parts = [
        opening.decision(first, language),
        opening.envelope(first, language),
        effects.changes(first, base, counts.public, language),
        effects.gains(first, language),
        shortfalls.shortfalls(first, counts, language),
        capital.capital(first, language),
        questions.questions(found, language),
        *([effects.options(plans, language)] if len(plans) > 1 else []),
        shortfalls.promises_section(first, counts, language),
        calendar.calendar(first, edition.day, mark or {}, language),
        checklist.checklist(first, found, language),
        trust.trust(first, counts, language),
        trust.rule_list(first, language),
        *_annexes(first, counts, language),
    ]
    case = first.case
    title = _TITLE[language].format(first=case.years[0], last=case.years[-1])
    stamp = f"{footer([case], language)} · {calendar.written(edition.day, language)}"
    subtitle = f"{case.scenario.title.text[language]} · {stamp}"
    if edition.public:
        stamp, subtitle = (f"{text} · {_PUBLIC[language]}" for text in (stamp, subtitle))
    return Brief(title, subtitle, _facts(first, language), tuple(parts), stamp, language, edition.day)


def _annexes(plan: Plan, counts: Counts, language: Language) -> list[Section]:
    by_area = tables.by_area(plan, language)
    annexes = [Section(_AREAS[language], (by_area,), annex=True)]
    if len(counts.frame.columns):
        sheet = counts_sheet(plan, counts, by_area, language)
        parts = (note(counts, language), sheet) if counts.public else (sheet,)
        annexes.append(Section(_CHILDREN[language], parts, annex=True))
    return annexes


def _facts(plan: Plan, language: Language) -> tuple[tuple[str, str], ...]:
    figures = headline(plan)
    unit = money_unit([figures["ceilings"]])
    values = {
        "money": numbers.money(figures["money"], language, unit),
        "services": numbers.number(figures["services"], language),
        "targets": f"{figures['targets_met']}/{figures['targets']}",
        "coverage": numbers.percent(figures["coverage"], language),
    }
    return tuple((_FACTS[name][language], value) for name, value in values.items())
