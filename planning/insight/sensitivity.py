"""What the plan would be if the figures were others: less or more money, higher prices; every row is a plan."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planning import numbers
from planning.errors import NoPlanError
from planning.inputs.case import Case
from planning.inputs.scenario import Change
from planning.inputs.whatif import with_changes
from planning.insight.finding import Finding
from planning.insight.work import Watch, unwatched
from planning.solver.plan import Plan, solve
from planning.vocabulary import NO, YES, Language, Text

PART = 0.1
WORDS = {
    "as_proposed": Text("Như đề xuất", "As proposed"),
    "less_money": Text("Mọi nguồn vốn giảm {part}", "Every fund {part} smaller"),
    "more_money": Text("Mọi nguồn vốn tăng {part}", "Every fund {part} larger"),
    "higher_prices": Text("Mọi đơn giá, giá dự án tăng {part}", "Unit costs and projects {part} dearer"),
}
_SAID = Text(
    "{what}: {reached} lượt trẻ em được phục vụ ({change}), đạt {met}/{targets} chỉ tiêu.",
    "{what}: children reached {reached} times ({change}), {met} of {targets} targets met.",
)
_NONE = Text("{what}: không có phương án nào giữ được mọi quy định.", "{what}: no plan keeps every rule.")
HEADINGS = {
    "what": Text("Nếu", "If"),
    "found": Text("Có phương án", "A plan exists"),
    "money": Text("Số tiền", "Money"),
    "services": Text("Lượt trẻ em được phục vụ", "Children reached"),
    "change_share": Text("Thay đổi", "Change"),
    "coverage": Text("Độ bao phủ năm cuối", "Coverage, last year"),
    "targets_met": Text("Chỉ tiêu đạt", "Targets met"),
    "remote_share": Text("Tiền cho vùng khó khăn", "Money for remote areas"),
    "projects": Text("Dự án", "Projects"),
}
KINDS = {
    "money": "money", "services": "whole", "change_share": "change", "coverage": "share", "targets_met": "whole",
    "remote_share": "share", "projects": "whole",
}  # fmt: skip


def sensitivity(plan: Plan, watch: Watch = unwatched, part: float = PART) -> Finding:
    """The plan beside the best plans with every fund `part` smaller and larger, and with all prices `part` higher.

    Table `sensitivity`, one row each: what, what_vi, what_en, found (yes, or no where no plan keeps every rule), money
    (million VND), services (children, each programme and year counted), change_share against the plan, coverage of the
    last year, targets_met, targets, remote_share, projects. Baseline and rules stay as they are.
    """
    rows = [_row(plan, "as_proposed", part)]
    for done, (name, changes) in enumerate(variants(plan.case, part).items()):
        watch(done, len(WORDS) - 1)
        try:
            rows.append(_row(solve(with_changes(plan.case, changes)), name, part))
        except NoPlanError:
            rows.append(_words(name, part) | {"found": NO})
    watch(1, 1)
    table = pd.DataFrame(rows)
    table["change_share"] = table["services"] / rows[0]["services"] - 1 if rows[0]["services"] else np.nan
    said = {language: tuple(_sentences(table, language)) for language in ("vi", "en")}
    return Finding("sensitivity", plan.case, {"sensitivity": table}, said, HEADINGS, KINDS)


def variants(case: Case, part: float) -> dict[str, list[Change]]:
    """Name of each what-if → the changes of the tables that make it."""

    def scaled(table: str, factor: float, column: str | None = None) -> Change:
        return Change(table=table, column=column, multiply=factor, note="what if")

    dearer = [scaled("unit_costs", 1 + part)]
    if len(case.projects):
        dearer += [scaled("projects", 1 + part), scaled("projects", 1 + part, "running_cost")]
    return {
        "less_money": [scaled("funds", 1 - part)],
        "more_money": [scaled("funds", 1 + part)],
        "higher_prices": dearer,
    }


def _row(plan: Plan, name: str, part: float) -> dict[str, object]:
    case, coverage = plan.case, plan.coverage
    last = coverage[coverage["year"] == case.years[-1]].merge(
        case.tables["programmes"][["programme", "children_per_unit"]], on="programme"
    )
    needed, reached = ((last[column] * last["children_per_unit"]).sum() for column in ("need", "reached"))
    money = plan.lines["amount"].sum()
    remote = plan.lines["area"].isin(case.areas[case.remote])
    return _words(name, part) | {
        "found": YES,
        "money": money,
        "services": coverage["children_reached"].sum(),
        "coverage": reached / needed if needed else np.nan,
        "targets_met": float((plan.targets["met"] == YES).sum()),
        "targets": float(len(plan.targets)),
        "remote_share": plan.lines.loc[remote, "amount"].sum() / money if money else np.nan,
        "projects": float(plan.projects["project"].nunique()),
    }


def _words(name: str, part: float) -> dict[str, object]:
    said = {f"what_{lang}": WORDS[name][lang].format(part=numbers.percent(part, lang, 0)) for lang in ("vi", "en")}
    return {"what": name} | said


def _sentences(table: pd.DataFrame, language: Language) -> Iterator[str]:
    for row in table.iloc[1:].to_dict("records"):
        if row["found"] == NO:
            yield _NONE[language].format(what=row[f"what_{language}"])
            continue
        sign = "+" if row["change_share"] > 0 else ""
        yield _SAID[language].format(
            what=row[f"what_{language}"],
            reached=numbers.number(row["services"], language),
            change=sign + numbers.percent(row["change_share"], language),
            met=numbers.number(row["targets_met"], language),
            targets=numbers.number(row["targets"], language),
        )
