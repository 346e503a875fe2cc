"""What the committee is asked to decide, and whether ceilings and floors are kept."""

from collections.abc import Iterator

from planning import numbers
from planning.inputs.arithmetic import conflicts
from planning.numbers import money_unit
from planning.reports import charts, tables
from planning.reports.brief.content import Part, Points, Section, image
from planning.reports.headline import headline
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

_DECISION = Text("Điều xin quyết định", "The decision asked for")
_ASKED = Text(
    "Đề nghị thông qua việc phân bổ {money} trong các năm {first}–{last} cho {areas} địa bàn, {programmes} chương "
    "trình "
    "ngân sách cho trẻ em, lấy từ {funds} nguồn vốn.",
    "The committee is asked to approve the allocation of {money} over {first}–{last} to {areas} areas and {programmes} "
    "budget programmes for children, from {funds} funds.",
)
_REACH = Text(
    "Phương án phục vụ {services} lượt trẻ em (mỗi chương trình, mỗi năm tính một lượt) và đạt {met}/{targets} chỉ "
    "tiêu.",
    "It reaches children {services} times (once for each programme and year) and meets {met} of {targets} targets.",
)
_BUILD = Text(
    "Thông qua {count} dự án với {building} vốn trong giai đoạn; sau giai đoạn còn phải trả {tail} để hoàn thành và "
    "vận "
    "hành đến hết tuổi thọ.",
    "With it, {count} projects are approved: {building} for building within the plan, and {tail} after it to finish "
    "and run them to the end of their lives.",
)
_MISSED = Text(
    "{missed} chỉ tiêu không đạt; mục “Điều chưa đạt” nêu từng chỉ tiêu, cơ quan chịu trách nhiệm và chi phí để đạt.",
    "{missed} targets are not met; the section on what is not met names each with its responsible agency and what "
    "meeting it would cost.",
)
_ASSUMED = Text(
    "{share} số tiền tính theo đơn giá, giá dự án giả định; hãy đọc mục “Con số dựa vào đâu” trước khi quyết định.",
    "{share} of the money is priced with assumed unit costs or project costs; read the section on what the figures "
    "rest "
    "on before deciding.",
)
_WHY = Text("Lý do lập phương án: {note}", "Why this scenario exists: {note}")
_KEPT = Text("Trong trần và đúng quy định", "Within the ceilings and the rules")
_SPENT = Text(
    "Chi {spent} trong tổng trần {ceilings} của cả giai đoạn; hủy dự toán {lapsed}. Không nguồn vốn nào vượt trần "
    "trong "
    "năm nào.",
    "{spent} is spent of ceilings of {ceilings} over the plan; {lapsed} lapses. No fund exceeds its ceiling in any "
    "year.",
)
_CHECKED = Text(
    "{count} nhóm quy định được tính lại độc lập từ phân bổ; mức lệch lớn nhất là {excess} của mức quy định.",
    "{count} groups of rules were worked out again from the allocation, independently of the model; the largest excess "
    "is {excess} of a level.",
)
_SOFT = Text(
    "Không nhóm quy định bắt buộc nào bị vi phạm; cộng trừ trước khi giải cũng không thấy mâu thuẫn nào.",
    "No hard rule is broken, and addition alone shows no conflict between the rules.",
)


def decision(plan: Plan, language: Language) -> Section:
    """What is asked, in a handful of sentences, with the headline facts."""
    return Section(_DECISION[language], (Points(tuple(_asked(plan, language))),))


def _asked(plan: Plan, language: Language) -> Iterator[str]:
    case, figures = plan.case, headline(plan)
    unit = money_unit([figures["ceilings"]])

    def money(value: float) -> str:
        return numbers.money(value, language, unit)

    yield _ASKED[language].format(
        money=money(figures["money"]), first=case.years[0], last=case.years[-1], areas=len(case.areas),
        programmes=len(case.programmes), funds=len(case.funds),
    )  # fmt: skip
    missed = figures["targets"] - figures["targets_met"]
    yield _REACH[language].format(
        services=numbers.number(figures["services"], language), met=figures["targets_met"], targets=figures["targets"]
    )
    if figures["projects"]:
        yield _BUILD[language].format(
            count=figures["projects"], building=money(figures["building"]), tail=money(figures["tail"])
        )
    if missed:
        yield _MISSED[language].format(missed=missed)
    if figures["assumed_money_share"] > 0:
        yield _ASSUMED[language].format(share=numbers.percent(figures["assumed_money_share"], language))
    yield _WHY[language].format(note=case.scenario.why(language))


def envelope(plan: Plan, language: Language) -> Section:
    """Funds against their ceilings, and each rule in words."""
    figures, proof = headline(plan), plan.certificate
    unit = money_unit([figures["ceilings"]])
    excess = max((check["largest_excess"] for check in proof["checks"]), default=0.0)
    said = [
        _SPENT[language].format(
            spent=numbers.money(figures["money"], language, unit),
            ceilings=numbers.money(figures["ceilings"], language, unit),
            lapsed=numbers.money(figures["lapsed"], language, unit),
        ),
        _CHECKED[language].format(count=len(proof["checks"]), excess=numbers.percent(excess, language, 4)),
    ]
    if not conflicts(plan.case):
        said.append(_SOFT[language])
    parts: tuple[Part, ...] = (
        Points(tuple(said)), image(charts.money_by_fund(plan, language), 0.82), tables.by_fund(plan, language),
    )  # fmt: skip
    return Section(_KEPT[language], parts)
