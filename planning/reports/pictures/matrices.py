"""Areas by programmes: how much each child receives, and how much of the need is not met."""

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import Normalize, PowerNorm

from planning import numbers
from planning.inputs.case import Array, Case
from planning.numbers import PER_CHILD, MoneyUnit, money_unit
from planning.reports import measures, style
from planning.reports.comparison.printed import shown_change
from planning.reports.layout import footer, titles
from planning.reports.measures import Plans, cases, every
from planning.reports.pictures import grid
from planning.reports.style import LOOK, Picture
from planning.solver.plan import Plan
from planning.vocabulary import FIELDS, Language, Text

MOST = 40  # more areas than these are not shown one by one
_ENDS = 12
_STRETCH = 0.5
_WORDS = {
    "allocation": Text(
        "Tiền cho mỗi trẻ em mỗi năm, theo địa bàn và {by} (nghìn đồng)",
        "Money per child and year by area and {by} (thousand VND)",
    ),
    "gap": Text(
        "Phần nhu cầu chưa được đáp ứng năm {year}, theo địa bàn và {by} (%)",
        "Share of the need that is not met in {year}, by area and {by} (%)",
    ),
    "change": Text(
        "“{other}” so với “{base}”: tiền thêm, bớt theo địa bàn và chương trình ({unit}, cả giai đoạn)",
        "“{other}” against “{base}”: money more or less by area and programme ({unit}, all years)",
    ),
    "programme": Text("chương trình", "programme"),
    "field": Text("lĩnh vực", "field"),
    "all": Text("Tổng cộng", "Total"),
    "others": Text("{kind}: {count} địa bàn khác", "{kind}: {count} other areas"),
    "some": Text(
        "Từng địa bàn một: những nơi nhiều nhất và ít nhất; các nơi khác gộp theo nhóm.",
        "One by one: the areas with most and least; the others together by class.",
    ),
    "dash": Text("– : không có nhu cầu.", "– : no need."),
}


@mpl.rc_context(LOOK)
def allocation_matrix(plans: Plans, language: Language) -> Picture:
    """Money for each child in an average year, area × programme; of several plans area × field side by side.

    Of more than forty areas those with most and least are shown by themselves, the others as averages of their class.
    """
    plans = every(plans)
    rows = _rows(plans[0].case, measures.areas(plans[0])["per_child"].to_numpy(), language)
    grids = []
    for plan in plans:
        case, amount = plan.case, _columns(plan, _money(plan), len(plans) > 1)
        groups = np.array([mask for _, mask in rows], float)
        children = (groups @ case.children)[:, None] * len(case.years)
        values = groups @ amount / children
        grids.append(np.column_stack([values, values.sum(axis=1)]))
    top = max(values[:, :-1].max() for values in grids)
    scale = PowerNorm(_STRETCH, 0, top or 1.0)
    written = [[[numbers.amount(v, language, PER_CHILD) for v in row] for row in values] for values in grids]
    return _side_by_side("allocation", plans, rows, grids, written, scale, language)


@mpl.rc_context(LOOK)
def coverage_gap(plans: Plans, language: Language) -> Picture:
    """Share of the last year's need that is not met, area × programme; of several plans area × field side by side."""
    plans = every(plans)
    missing = 1 - measures.areas(plans[0])["coverage"].to_numpy()
    rows = _rows(plans[0].case, np.nan_to_num(missing), language)
    grids = []
    for plan in plans:
        groups = np.array([mask for _, mask in rows], float)
        need, reached = (groups @ _columns(plan, values, len(plans) > 1) for values in _needs(plan))
        need, reached = (np.column_stack([part, part.sum(axis=1)]) for part in (need, reached))
        part = np.divide(reached, need, out=np.full(need.shape, np.nan), where=need > 0)
        grids.append(np.clip(1 - part, 0.0, 1.0))
    written = [
        [[numbers.NOTHING if np.isnan(v) else numbers.number(100 * v, language) for v in row] for row in values]
        for values in grids
    ]
    return _side_by_side("gap", plans, rows, grids, written, Normalize(0, 1), language)


@mpl.rc_context(LOOK)
def change_matrix(base: Plan, other: Plan, language: Language) -> Picture:
    """Money that each area has more or less for each programme over all years, in the other plan against the base."""
    case = base.case
    change = _money(other) - _money(base)
    rows = _rows(case, change.sum(axis=1), language)
    groups = np.array([mask for _, mask in rows], float)
    values = groups @ change
    table = pd.DataFrame(
        {"scenario": other.case.scenario.name, "area": case.areas, "amount_change": change.sum(axis=1)}
    )
    values = np.column_stack([values, groups @ shown_change([base, other], "areas", table)["amount_change"].to_numpy()])
    unit = money_unit([np.abs(values).max()])
    lone = [place for place, (_, mask) in enumerate(rows) if mask.sum() == 1]
    top = max(np.abs(values[lone][:, :-1]).max(initial=0.0), 10 * unit.step)
    columns = [case.labels(language)["programme"][code] for code in case.programmes]
    names = titles((case, other.case), language)
    title = _WORDS["change"][language].format(
        base=names[case.scenario.name], other=names[other.case.scenario.name], unit=unit.words[language]
    )
    below = footer((case, other.case), language)
    labels = [label for label, _ in rows]
    figure = style.picture(title, _noted(rows, below, language), *grid.size(labels, [*columns, ""]))
    written = [[_signed(value, unit, language) for value in row] for row in values]
    values[[place for place in range(len(rows)) if place not in lone]] = np.nan  # sums of many have no colour
    grid.draw(
        figure.subplots(), values, written, labels, [*columns, _WORDS["all"][language]],
        Normalize(-top, top, clip=True), style.CHANGES, plain=[len(columns)],
    )  # fmt: skip
    return figure


def _side_by_side(
    title: str, plans: Sequence[Plan], rows: list[tuple[str, Array]], grids: list[Array], written: list,
    scale: Normalize, language: Language,
) -> Picture:  # fmt: skip
    by = "field" if len(plans) > 1 else "programme"
    case = plans[0].case
    columns = (
        [text[language] for text in FIELDS.values()]
        if len(plans) > 1
        else [case.labels(language)["programme"][code] for code in case.programmes]
    )
    words = _WORDS[title][language].format(by=_WORDS[by][language], year=case.years[-1])
    below = _noted(rows, footer(cases(plans), language), language)
    if title == "gap":
        below = f"{_WORDS['dash'][language]} {below}"
    across = min(len(plans), 3)
    down = -(-len(plans) // across)
    labels = [label for label, _ in rows]
    width, height = grid.size(labels, [*columns, ""], across)
    figure = style.picture(words, below, width, height * down)
    panels = figure.subplots(down, across, squeeze=False, sharey=True).ravel()
    for axes in panels[len(plans) :]:
        axes.remove()
    named = titles(cases(plans), language)
    for plan, axes, values, text in zip(plans, panels, grids, written, strict=False):
        grid.draw(
            axes, values, text, labels, [*columns, _WORDS["all"][language]], scale, mpl.colormaps[style.SCALE],
            plain=[len(columns)],
        )  # fmt: skip
        if len(plans) > 1:
            axes.set_xlabel(named[plan.case.scenario.name], fontsize=9, fontweight="bold", wrap=True)
    return figure


def _rows(case: Case, rank: Array, language: Language) -> list[tuple[str, Array]]:
    """Label and (A,) mask of each row: all areas, or the ends of the ranking and between them the classes."""
    names = case.labels(language)
    order = np.argsort(-rank, kind="stable")
    label = [names["area"][code] for code in case.areas]
    if len(order) <= MOST:
        return [(label[a], np.arange(len(order)) == a) for a in order]
    alone = [*order[:_ENDS], *order[-_ENDS:]]
    single = [(label[a], np.arange(len(order)) == a) for a in alone]
    others = np.ones(len(order), bool)
    others[alone] = False
    middle = []
    for place, code in enumerate(case.classes):
        mask = others & (case.area_class == place)
        if mask.any():
            words = _WORDS["others"][language].format(kind=names["class"][code], count=mask.sum())
            middle.append((words, mask))
    return [*single[:_ENDS], *middle, *single[_ENDS:]]


def _noted(rows: list[tuple[str, Array]], below: str, language: Language) -> str:
    grouped = any(mask.sum() > 1 for _, mask in rows)
    return f"{_WORDS['some'][language]} {below}" if grouped else below


def _money(plan: Plan) -> Array:
    """(A, P) million VND of all years."""
    return plan.coverage["amount"].to_numpy().reshape(plan.case.shape).sum(axis=2)


def _needs(plan: Plan) -> tuple[Array, Array]:
    """(A, P) children needed and served in the last year: units times the children of one."""
    each = plan.case.tables["programmes"]["children_per_unit"].to_numpy(float)
    shape = plan.case.shape
    need, reached = (plan.coverage[name].to_numpy().reshape(shape)[:, :, -1] * each for name in ("need", "reached"))
    return need, reached


def _columns(plan: Plan, values: Array, fields: bool) -> Array:
    """(A, P), or (A, fields) where programmes are added up."""
    if not fields:
        return values
    of = plan.case.tables["programmes"]["field"].to_numpy()
    return np.column_stack([values[:, of == field].sum(axis=1) for field in FIELDS])


def _signed(value: float, unit: MoneyUnit, language: Language) -> str:
    """A change in the unit; nothing where it rounds to nothing."""
    if pd.isna(value) or abs(value) < unit.step / 2:
        return ""
    return ("+" if value > 0 else "") + numbers.amount(value, language, unit)
