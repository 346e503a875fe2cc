"""Capital with the running cost that it creates."""

from planning import numbers
from planning.numbers import money_unit
from planning.reports import building, timeline
from planning.reports.brief.content import Points, Section, image
from planning.reports.headline import headline
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

_TITLE = Text("Đầu tư và chi vận hành đi kèm", "Capital with its running cost")
_NONE = Text("Phương án không có dự án đầu tư nào.", "The plan holds no project.")
_SAID = Text(
    "{count} trong {all} dự án đề xuất nằm trong phương án. Vốn trong giai đoạn {building}; chi vận hành trong giai "
    "đoạn "
    "{running}. Sau năm {year} còn phải trả {tail} để hoàn thành và vận hành chúng.",
    "{count} of {all} proposed projects are in the plan. Building within the plan costs {building}, running within it "
    "{running}. After {year} another {tail} is needed to finish and run them.",
)
_WHOLE = Text(
    "Một dự án hoặc làm trọn, hoặc không; chi vận hành đã được giữ chỗ trong từng năm của phương án.",
    "A project is built whole or not at all, and its running cost is provided for in every year of the plan.",
)


def capital(plan: Plan, language: Language) -> Section:
    """Projects of the plan, building and running by year, also after the plan."""
    if plan.projects.empty:
        return Section(_TITLE[language], (_NONE[language],))
    figures = headline(plan)
    unit = money_unit([figures["building"]])
    said = _SAID[language].format(
        count=numbers.number(figures["projects"], language),
        all=numbers.number(len(plan.case.projects), language),
        building=numbers.money(figures["building"], language, unit),
        running=numbers.money(float(plan.projects["running"].sum()), language, unit),
        year=plan.case.years[-1],
        tail=numbers.money(figures["tail"], language, unit),
    )
    parts = (
        Points((said, _WHOLE[language])),
        image(timeline.capital_and_running(plan, language), 0.95),
        building.capital_and_running(plan, language),
        building.chosen(plan, language),
    )
    return Section(_TITLE[language], parts)
