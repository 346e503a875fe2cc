"""The dozen figures that say what a plan is, as values for a manifest and as a sheet for a committee."""

import math
from collections.abc import Mapping
from typing import TypedDict

import pandas as pd

from planning import numbers
from planning.inputs.codes import places
from planning.reports import measures
from planning.reports.layout import footer, titles
from planning.reports.measures import Plans, cases, every
from planning.reports.sheet import Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import YES, Language, Text


class Headline(TypedDict):
    """Money in million VND; shares between 0 and 1; `services` counts a child once per programme and year.

    `projects` are those started or under way, `building` what they cost within the plan, `tail` what it takes to finish
    and run them after it, to the end of their lives.
    """

    money: float
    ceilings: float
    lapsed: float
    remote_money_share: float
    remote_children_share: float
    services: float
    coverage: float
    targets: int
    targets_met: int
    projects: int
    building: float
    tail: float
    assumed_money_share: float
    gap: float


FIGURES = {
    "money": Text("Tổng số tiền phân bổ", "Money allocated"),
    "ceilings": Text("Tổng trần các nguồn vốn", "Ceilings of all funds"),
    "lapsed": Text("Hủy dự toán", "Lapsed"),
    "remote_money_share": Text("Phần tiền cho địa bàn khó khăn", "Share of money for remote areas"),
    "remote_children_share": Text("Phần trẻ em ở địa bàn khó khăn", "Share of children in remote areas"),
    "services": Text(
        "Lượt trẻ em được phục vụ (mỗi chương trình, mỗi năm)", "Children reached (each programme and year counted)"
    ),
    "coverage": Text("Độ bao phủ năm cuối", "Coverage of the last year"),
    "targets_met": Text("Chỉ tiêu đạt", "Targets met"),
    "projects": Text("Dự án khởi công hoặc chuyển tiếp", "Projects started or under way"),
    "building": Text("Vốn cho dự án trong giai đoạn", "Building them within the plan"),
    "tail": Text("Vốn và chi vận hành còn phải trả sau giai đoạn", "Still to be paid for them after the plan"),
    "assumed_money_share": Text(
        "Phần tiền tính theo đơn giá giả định", "Share of money priced with assumed unit costs"
    ),
    "gap": Text("Khoảng cách đến phương án tốt nhất đã chứng minh", "Proven distance from the best plan"),
}

MONEY = ("money", "ceilings", "lapsed", "building", "tail")


def headline(plan: Plan) -> Headline:
    """The figures of one plan, worked out from its tables, without the noise beyond eight decimals."""
    case, amount = plan.case, plan.lines["amount"].to_numpy()
    remote = case.remote[places(case.areas, plan.lines["area"])]
    status = measures.money_by_status(plan).set_index("status")["money_share"]
    figures = {
        "money": float(plan.lines["amount"].sum()),
        "ceilings": float(plan.funds["ceiling"].sum()),
        "lapsed": float(plan.funds["lapsed"].sum()),
        "remote_money_share": _share(amount[remote].sum(), amount.sum()),
        "remote_children_share": _share(case.children[case.remote].sum(), case.children.sum()),
        "services": float(plan.coverage["children_reached"].sum()),
        "coverage": _share(_last_year(plan, "reached"), _last_year(plan, "need")),
        "targets": len(plan.targets),
        "targets_met": int((plan.targets["met"] == YES).sum()),
        "projects": plan.projects["project"].nunique(),
        "building": float(plan.projects["building"].sum()),
        "tail": float(plan.projects[["tail", "unfinished"]].sum(axis=None)),
        "assumed_money_share": float(status.get("assumed", 0.0)),
        "gap": float(plan.certificate["gap"]),
    }
    return Headline(**{name: round(value, 8) for name, value in figures.items()})


def _share(part: float, whole: float) -> float:
    """part / whole, NaN where there is no whole."""
    return float(part / whole) if whole else math.nan


def _last_year(plan: Plan, column: str) -> float:
    """A column of table coverage in the last year, each unit counted with the children it serves."""
    units = plan.coverage[column].to_numpy().reshape(plan.case.shape)[..., -1]
    return float(units.sum(axis=0) @ plan.case.tables["programmes"]["children_per_unit"].to_numpy(float))


def headline_sheet(plans: Plans, language: Language) -> Sheet:
    """The figures, one row each, one column per scenario; below them why each scenario exists."""
    plans = every(plans)
    named = titles(cases(plans), language)
    columns = {named[plan.case.scenario.name]: headline(plan) for plan in plans}
    notes = [f"{named[plan.case.scenario.name]}: {plan.case.scenario.why(language)}" for plan in plans]
    return side_by_side(columns, "\n".join([*notes, footer(cases(plans), language)]), language)


def side_by_side(columns: Mapping[str, Headline], below: str, language: Language) -> Sheet:
    """Figures that are known already, one column for each heading, over a footer."""
    written = {name: _written(figures, language) for name, figures in columns.items()}
    table = pd.DataFrame({heading("figure", language): [text[language] for text in FIGURES.values()], **written})
    title = Text("Những con số chính", "Headline figures")
    return Sheet(title[language], table, {}, language, numbers.MILLION, below)


def _written(figures: Headline, language: Language) -> list[str]:
    """The figures in the order of `FIGURES`, each as the language writes it."""
    unit = numbers.money_unit([figures["ceilings"]])
    written = {
        **{name: numbers.money(figures[name], language, unit) for name in MONEY},
        "projects": numbers.number(figures["projects"], language),
        "services": numbers.number(figures["services"], language),
        "targets_met": f"{figures['targets_met']}/{figures['targets']}",
        "gap": numbers.percent(figures["gap"], language, 4),
    }
    return [written.get(name) or numbers.percent(figures[name], language) for name in FIGURES]
