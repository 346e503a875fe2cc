"""What the figures rest on: assumptions, the age of the data, rules in words, and the certificate."""

from collections.abc import Iterator
from dataclasses import replace

from planning import numbers
from planning.reports import given, measures, promises, proof, sources
from planning.reports.brief.content import Part, Points, Section
from planning.reports.brief.public import HIDDEN, Counts, note, sensitive_programmes
from planning.reports.sheet import Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import TABLES, Language, Text

_TITLE = Text("Con số dựa vào đâu", "What the figures rest on")
_RULES = Text("Quy định của phương án", "The rules of the scenario")
_SHARE = Text(
    "{share} số tiền tính theo đơn giá hoặc giá dự án giả định. Số giả định của các bảng {tables} được liệt kê dưới "
    "đây; các bảng khác xem cột status.",
    "{share} of the money is priced with assumed unit or project costs. The assumed figures of the tables {tables} "
    "are listed below; for the other tables see their column status.",
)
_VINTAGE = Text(
    "Mặt bằng giá của năm {prices}; nguồn và tình trạng của từng con số nằm trong bảng số liệu, cột source và status.",
    "Prices are those of {prices}; source and status of each figure stand in its table, columns source and status.",
)
_CHANGED = Text("Phương án đổi {table}: {note}", "The scenario changes {table}: {note}")


def trust(plan: Plan, counts: Counts, language: Language) -> Section:
    """Money by status, the inputs and assumed figures, and the certificate."""
    parts: list[Part] = [Points(tuple(_said(plan, counts, language)))]
    parts += [sources.money_by_status(plan, language), given.input_summary(plan.case, language)]
    assumed = masked_assumptions(sources.assumed_figures(plan.case, language), plan, counts)
    assumed = replace(assumed, frame=assumed.frame.drop(columns=heading("source", language)))
    parts += [assumed, proof.certificate_sheet(plan, language)]
    return Section(_TITLE[language], tuple(parts))


def _said(plan: Plan, counts: Counts, language: Language) -> Iterator[str]:
    status = measures.money_by_status(plan).set_index("status")["money_share"]
    listed = ", ".join(TABLES[name].title[language] for name in sources.listed(plan.case))
    yield _SHARE[language].format(
        share=numbers.percent(float(status.get("assumed", 0.0)), language), tables=listed.lower()
    )
    years = sorted(set(plan.case.tables["unit_costs"]["price_year"]))
    yield _VINTAGE[language].format(prices=", ".join(map(str, years)))
    for change in plan.case.scenario.changes:
        yield _CHANGED[language].format(table=TABLES[change.table].title[language], note=change.note)
    if counts.public:
        yield note(counts, language)


def masked_assumptions(sheet: Sheet, plan: Plan, counts: Counts) -> Sheet:
    """The assumed figures; in a public edition not how few children need a sensitive programme somewhere."""
    if not counts.public:
        return sheet
    language = sheet.language
    labels, frame = plan.case.labels(language)["programme"], sheet.frame.astype(object)
    secret = frame[heading("item", language)].isin([labels[name] for name in sensitive_programmes(plan.case)])
    needs = frame[heading("table", language)] == TABLES["needs"].title[language]
    frame.loc[needs & secret, heading("range", language)] = HIDDEN
    return replace(sheet, frame=frame)


def rule_list(plan: Plan, language: Language) -> Section:
    """The rules in words."""
    return Section(_RULES[language], (promises.rules(plan, language),))
