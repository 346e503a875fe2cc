"""What changes against the baseline, and who gains and who loses."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from planning import numbers
from planning.numbers import money_unit
from planning.reports import areamap, charts, measures, tables
from planning.reports.brief.content import Part, Points, Section, image
from planning.reports.comparison.compare import compare
from planning.reports.comparison.sentences import signed_money
from planning.reports.comparison.sheets import comparison_sheets
from planning.reports.comparison.together import together
from planning.reports.headline import headline_sheet
from planning.reports.layout import dressed, rounded, with_totals
from planning.reports.measures import cases
from planning.reports.sheet import Kind, Sheet
from planning.reports.words import heading
from planning.rounding import from_units
from planning.solver.plan import Plan
from planning.vocabulary import FIELDS, Language, Text

SHOWN = 8
_CHANGES = Text("Thay đổi so với cơ sở", "What changes against the baseline")
_BASELINE = Text(
    "Cơ sở là dự toán một năm trong bảng baseline ({status}); phương án tính bình quân năm.",
    "The baseline is the one-year allocation of table baseline ({status}); the plan is shown as a year on average.",
)
_WHOLE = Text(
    "Bình quân năm {yearly}, so với cơ sở {baseline}: {change}.",
    "A year on average {yearly}, against {baseline} in the baseline: {change}.",
)
_BY = Text("Bình quân năm so với cơ sở, theo chương trình", "A year on average against the baseline, by programme")
_GAIN = Text("Ai được, ai mất", "Who gains and who loses")
_COUNT = Text(
    "{up} địa bàn tăng, {down} địa bàn giảm, {same} địa bàn giữ nguyên so với cơ sở.",
    "{up} areas gain, {down} lose and {same} stay as they are against the baseline.",
)
_MOST = Text("Tăng nhiều nhất: {area} ({change}).", "Largest gain: {area} ({change}).")
_LEAST = Text("Giảm nhiều nhất: {area} ({change}).", "Largest loss: {area} ({change}).")
_SPREAD = Text(
    "Địa bàn nhiều nhất nhận {ratio} lần địa bàn ít nhất cho mỗi trẻ em; 20 % trẻ em ở nơi nhận ít nhất có {share} "
    "số tiền.",
    "For each child, the area with most receives {ratio} times that with least; the 20 % of children who live where "
    "least "
    "is given have {share} of the money.",
)
_ENDS = Text("Tăng nhiều nhất và giảm nhiều nhất", "Largest gains and largest losses")
_AGAINST = Text("So với phương án {name}", "Against scenario {name}")
_MOVED = Text(
    "So với “{name}”, {moved} ({share}) được đặt vào địa bàn, chương trình hoặc năm khác.",
    "Against “{name}”, {moved} ({share}) is put into another area, programme or year.",
)
_OPTIONS = Text("Các phương án để lựa chọn", "The options side by side")
_PROPOSED = Text(
    "Đề xuất là “{name}”. Các phương án khác dùng cùng số liệu địa bàn và chương trình.",
    "Proposed is “{name}”. The others stand on the same areas and programmes.",
)


def changes(plan: Plan, base: Plan | None, public: bool, language: Language) -> Section:
    """Money of an average year by programme against the baseline; and against another plan, if one is given."""
    by = by_programme(plan, language)
    areas = measures.areas(plan)
    yearly, before = areas["yearly"].sum(), areas["baseline"].sum()
    unit = money_unit([yearly])
    change = numbers.percent(yearly / before - 1, language) if before else numbers.NOTHING
    statuses = plan.case.tables["baseline"]["status"].unique()
    said = [
        _BASELINE[language].format(status=", ".join(heading(status, language).lower() for status in statuses)),
        _WHOLE[language].format(
            yearly=numbers.money(yearly, language, unit), baseline=numbers.money(before, language, unit),
            change=("+" if yearly > before else "") + change,
        ),
    ]  # fmt: skip
    parts: list[Part] = [Points(tuple(said)), by]
    if base is not None:
        pair = together([base, plan])
        shown = ("rules",) if public else ("rules", "inputs", "targets", "projects")
        parts += [Points((moved(pair[1], pair[0], language),)), headline_sheet(pair, language)]
        parts += _differing(pair, shown, language)
    return Section(_CHANGES[language], tuple(parts))


def by_programme(plan: Plan, language: Language) -> Sheet:
    """Each programme: baseline, a year on average, and the change; totals are those of the table of areas."""
    case = plan.case
    amount = measures.money(plan, ["programme"]).set_index("programme")["amount"]
    table = case.tables["programmes"][["field", "programme"]].assign(scenario=case.scenario.name)
    table["yearly"] = table["programme"].map(amount).fillna(0.0) / len(case.years)
    table["baseline"] = case.baseline.sum(axis=0)
    table = table.sort_values("field", key=lambda field: field.map(list(FIELDS).index), kind="stable")
    unit = money_unit([table["yearly"].sum() * len(case.years)])
    exact = with_totals(table, "field", ["yearly", "baseline"])
    for column in ("yearly", "baseline"):
        table[column] = rounded(table, column, ["field", "programme"], unit)
    table = with_totals(table, "field", ["yearly", "baseline"]).fillna({"programme": ""})
    table["change"] = table["yearly"] - table["baseline"]
    table["change_share"] = measures.ratio(exact["yearly"] - exact["baseline"], exact["baseline"])
    kinds: dict[str, Kind] = {
        "field": "text", "programme": "text", "baseline": "money", "yearly": "money", "change": "money",
        "change_share": "change",
    }  # fmt: skip
    return dressed(_BY, cases(plan), table, kinds, language, unit)


def gains(plan: Plan, language: Language) -> Section:
    """The map, remote areas against the rest, and the areas at both ends."""
    by_area = tables.by_area(plan, language)
    parts: tuple[Part, ...] = (
        Points((counted(plan, by_area), spread(measures.areas(plan), language))),
        image(areamap.money_per_child(plan, language), 0.75),
        tables.remote_against_rest(plan, language),
        *extremes(plan, by_area),
    )
    return Section(_GAIN[language], parts)


def counted(plan: Plan, by_area: Sheet) -> str:
    """How many areas gain and lose against the baseline, and which most, as the table of areas prints it."""
    language, exact = by_area.language, measures.areas(plan)["change"]
    up, down = int((exact > 0.05).sum()), int((exact < -0.05).sum())
    said = [_COUNT[language].format(up=up, down=down, same=len(exact) - up - down)]
    change, names = _changes_of(plan, by_area), by_area.frame[heading("area", language)]
    for words, at, sign in ((_MOST, change.index[0], 1), (_LEAST, change.index[-1], -1)):
        if sign * change[at] > 0:
            said.append(words[language].format(area=names[at], change=signed_money(change[at], language, by_area.unit)))
    return " ".join(said)


def _changes_of(plan: Plan, by_area: Sheet) -> pd.Series:
    """The changes that the table of areas prints, by its rows, the largest gain first."""
    exact = measures.areas(plan)["change"]
    shown = by_area.frame[heading("change", by_area.language)].loc[exact.index]
    unit = by_area.unit.step
    order = pd.DataFrame({"shown": (shown / unit).round(), "exact": exact})
    return from_units(order.sort_values(["shown", "exact"], ascending=False, kind="stable")["shown"], unit)


def spread(table: pd.DataFrame, language: Language) -> str:
    """The ratio of most to least money per child, and the share of the fifth of children with least."""
    least, most = table["per_child"].min(), table["per_child"].max()
    order = table.sort_values("per_child", kind="stable")
    children = np.concatenate([[0.0], order["children"].cumsum() / order["children"].sum()])
    money = np.concatenate([[0.0], order["amount"].cumsum() / order["amount"].sum()])
    ratio = numbers.number(most / least, language, 1) if least > 0 else numbers.NOTHING
    return _SPREAD[language].format(
        ratio=ratio, share=numbers.percent(float(np.interp(0.2, children, money)), language)
    )


def extremes(plan: Plan, by_area: Sheet) -> tuple[Sheet, ...]:
    """The rows of the table of areas that gain most, then those that lose most; nothing where areas are few."""
    change = _changes_of(plan, by_area)
    rows = [*change.index[change > 0][:SHOWN], *change.index[change < 0][-SHOWN:]]
    if len(plan.case.areas) <= 2 * SHOWN or not rows:
        return ()
    frame = by_area.frame.loc[rows].reset_index(drop=True)
    return (replace(by_area, title=_ENDS[by_area.language], frame=frame, totals=0),)


def moved(plan: Plan, base: Plan, language: Language) -> str:
    """How much money would have to move between cells and years to come from one plan to the other."""
    keys = ["area", "programme", "year"]
    one, other = (some.lines.groupby(keys)["amount"].sum() for some in (plan, base))
    amount = one.sub(other, fill_value=0.0).abs().sum() / 2
    share = numbers.percent(amount / max(one.sum(), 1e-9), language)
    name = base.case.scenario.title.text[language]
    return _MOVED[language].format(name=name, moved=numbers.money(amount, language), share=share)


def _differing(plans: Sequence[Plan], names: Sequence[str], language: Language) -> list[Sheet]:
    """What differs from the first plan: these tables of the comparison, as far as they hold anything."""
    sheets = comparison_sheets(compare(plans, explain=False), language)
    return [sheets[name] for name in names if name in sheets and len(sheets[name].frame)]


def options(plans: Sequence[Plan], language: Language) -> Section:
    """Several plans side by side; the first is the one proposed."""
    first, *others = plans
    said = [_PROPOSED[language].format(name=first.case.scenario.title.text[language])]
    said += [moved(first, other, language) for other in others]
    parts: tuple[Part, ...] = (
        Points(tuple(said)),
        headline_sheet(plans, language),
        *_differing(plans, ("rules",), language),
        tables.remote_against_rest(plans, language),
        image(charts.allocation_by_field(plans, language), 0.9),
    )
    return Section(_OPTIONS[language], parts)
