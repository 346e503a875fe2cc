"""What is not met and what it would cost: targets with their price, coverage, and the cost of every need."""

from dataclasses import replace

import numpy as np
import pandas as pd

from planning import numbers
from planning.model.services import target_areas
from planning.numbers import money_unit
from planning.reports import charts, given, measures, promises, tables
from planning.reports.brief.content import Points, Section, image
from planning.reports.brief.public import HIDDEN, Counts, few_in_all, hidden_targets
from planning.reports.layout import TOTAL, dressed
from planning.reports.measures import GROUPS, cases
from planning.reports.sheet import Kind, Sheet
from planning.reports.words import heading
from planning.rounding import round_to_total
from planning.solver.described import Outcome, described_cells
from planning.solver.plan import Plan
from planning.vocabulary import NO, Language, Text

_UNMET = Text("Điều chưa đạt và chi phí để đạt", "What is not met, and what it would cost")
_COUNT = Text(
    "{missed}/{all} chỉ tiêu không đạt. Chi phí tính theo giá bình quân của phần nhu cầu còn có thể phục vụ thêm với "
    "năng lực của phương án, năm của chỉ tiêu; số tiền đó chưa có trong phương án.",
    "{missed} of {all} targets are not met. The cost is that of the missing units at the average price of the need "
    "not yet reached that the plan's capacity could still serve, in the year of the target; this money is not in the "
    "plan.",
)
_ALL = Text("Mọi chỉ tiêu ({all}) đều đạt.", "All {all} targets are met.")
_BY_PROJECTS = Text(
    "Dấu – ở cột chi phí: năng lực hiện có và của các dự án trong phương án không đủ để đạt; phải thêm dự án, chỉ thêm "
    "tiền thì không đạt.",
    "A dash for the cost: what exists and the plan's projects add has not room enough for the target; it takes more "
    "projects, money alone does not meet it.",
)
_MET = Text("Đạt {met}/{all} chỉ tiêu.", "{met} of {all} targets met.")
_PRICED = Text(
    "Đạt thêm {count} chỉ tiêu cần thêm {cost} theo giá bình quân",
    "Meeting {count} of the others takes {cost} more at average prices",
)
_EACH = Text(" (tính riêng từng chỉ tiêu rồi cộng lại)", " (each by itself, added up)")
_PROJECTS = Text(
    "{count} chỉ tiêu chỉ đạt được khi có thêm dự án.", "{count} cannot be met by money alone, only by more projects."
)
_TITLE = Text("Chỉ tiêu không đạt và chi phí để đạt", "Targets not met, and the cost of meeting them")
_MISSING = Text("Thiếu (đơn vị)", "Missing (units)")
_PRICE = Text("Chi phí để đạt", "Cost of meeting it")
_PROMISES = Text("Chỉ tiêu: văn bản, năm, cơ quan", "Targets: document, year, responsible agency")
_NOISE = 1e-6


def shortfalls(plan: Plan, counts: Counts, language: Language) -> Section:
    """Targets not met with their cost, coverage by programme, and every need against the ceilings."""
    missed = int((plan.targets["met"] == NO).sum())
    words = _COUNT if missed else _ALL
    said = [words[language].format(missed=missed, all=len(plan.targets))]
    sheets = []
    if missed:
        if np.isnan(costs(plan)["price"][(plan.targets["met"] == NO).to_numpy()]).any():
            said.append(_BY_PROJECTS[language])
        sheets.append(missed_sheet(plan, counts, language))
    hidden = counts.hidden.loc[[*GROUPS, TOTAL]].to_numpy().any()
    drawn = () if hidden else (image(charts.coverage_by_programme(plan, language), 0.62),)
    parts = (
        Points(tuple(said)), *sheets, *drawn,
        coverage_sheet(plan, counts, language), given.need_against_ceilings(plan.case, language),
    )  # fmt: skip
    return Section(_UNMET[language], parts)


def missed_sheet(plan: Plan, counts: Counts, language: Language) -> Sheet:
    """Each target that is not met: level, reached, units missing and their cost (million VND)."""
    table = plan.targets.assign(**costs(plan))
    hidden = hidden_targets(plan, counts)
    table["document"], table["agency"] = table[f"document_{language}"], table[f"agency_{language}"]
    table["year"] = table["year"].astype(str)
    unit = money_unit(table["price"].fillna(0.0))
    known = table["price"].notna() & (table["met"] == NO)
    table.loc[known, "price"] = round_to_total(table.loc[known, "price"], unit.step)
    table = table.astype(dict.fromkeys(("value", "shortfall", "missing", "price"), object))
    table.loc[hidden, ["value", "shortfall", "missing", "price"]] = HIDDEN
    kinds: dict[str, Kind] = {
        "document": "text", "programme": "text", "class": "text", "year": "text", "level": "share", "value": "share",
        "missing": "count", "price": "money", "agency": "text",
    }  # fmt: skip
    table = table[table["met"] == NO].reset_index(drop=True)
    sheet = dressed(_TITLE, cases(plan), table, kinds, language, unit)
    names = {"missing": _MISSING[language], "price": _PRICE[language]}
    return replace(
        sheet,
        frame=sheet.frame.rename(columns=names),
        kinds={names.get(column, column): kind for column, kind in sheet.kinds.items()},
    )


def costs(plan: Plan) -> dict[str, np.ndarray]:
    """For each target: units missing, and what they cost at the average price of what can still be served.

    missing = shortfall · Σ need,  room = min(need, capacity with the plan's projects) − reached,
    price = missing · Σ c·room / Σ room; NaN where the missing units are more than the room, because then it is projects
    that are missing, not money.
    """
    case = plan.case
    cells = described_cells(case, Outcome(plan.lines, plan.coverage, plan.projects))
    need, reached, capacity, unit_cost = (
        cells[name].to_numpy(float).reshape(case.shape) for name in ("need", "reached", "capacity", "price")
    )
    room = np.clip(np.minimum(need, capacity) - reached, 0, None)
    missing, price = [], []
    for target, inside in zip(plan.targets.to_dict("records"), target_areas(case, plan.targets), strict=True):
        at = inside, case.programmes.get_loc(target["programme"]), case.years.index(target["year"])
        units, left = target["shortfall"] * need[at].sum(), room[at].sum()
        enough = 0 < units <= left * (1 + _NOISE)
        missing.append(units)
        price.append(units * (room[at] * unit_cost[at]).sum() / left if enough else np.nan)
    return {"missing": np.array(missing), "price": np.array(price)}


def coverage_sheet(plan: Plan, counts: Counts, language: Language) -> Sheet:
    """Coverage by programme, the counts of sensitive programmes as they are printed by area, hidden where those are."""
    sheet = tables.coverage_by_programme(plan, language)
    order = measures.programme_coverage(plan)["programme"]
    frame = sheet.frame.astype(object)
    names = {key: heading(key, language) for key in ("need", "reached", "coverage", "coverage_remote", "coverage_rest")}
    single = plan.case.tables["programmes"].set_index("programme")["children_per_unit"] == 1
    for row, programme in enumerate(order):
        if programme not in counts.frame or not single[programme]:
            continue
        hidden, few = counts.hidden[programme], few_in_all(plan, counts, programme)
        needed = plan.case.need[:, plan.case.programmes.get_loc(programme), -1].sum()
        frame.loc[row, names["reached"]] = HIDDEN if few or hidden[TOTAL] else float(counts.frame.at[TOTAL, programme])
        frame.loc[row, names["need"]] = HIDDEN if few else float(round(needed))
        for key, at in (("coverage", TOTAL), ("coverage_remote", "remote"), ("coverage_rest", "rest")):
            if hidden[at] or few:
                frame.loc[row, names[key]] = HIDDEN
    return replace(sheet, frame=frame)


def promises_section(plan: Plan, counts: Counts, language: Language) -> Section:
    """Every target with its document, year and agency."""
    sheet = masked_targets(promises.targets(plan, language), plan, counts)
    frame = sheet.frame
    dropped = [heading(key, language) for key in ("priority", "shortfall")]
    dropped += [heading("area", language)] if _alike(frame, heading("area", language)) else []
    return Section(_PROMISES[language], (replace(sheet, frame=frame.drop(columns=dropped)),))


def masked_targets(sheet: Sheet, plan: Plan, counts: Counts) -> Sheet:
    """The table of targets of one plan without the shares that a public edition may not show."""
    frame, hidden = sheet.frame.astype(object), hidden_targets(plan, counts).to_numpy()
    for key in ("value", "shortfall"):
        frame.loc[hidden, heading(key, sheet.language)] = HIDDEN
    return replace(sheet, frame=frame)


def _alike(frame: pd.DataFrame, column: str) -> bool:
    """Whether a column says the same in every row."""
    return frame[column].nunique() < 2


def met_in_words(plan: Plan, language: Language) -> str:
    """How many targets are met, and what it would take to meet the others, for one line of a check list."""
    missed = (plan.targets["met"] == NO).to_numpy()
    if not missed.any():
        return _ALL[language].format(all=missed.size)
    known = costs(plan)["price"][missed]
    priced = int(np.isfinite(known).sum())
    said = [_MET[language].format(met=int((~missed).sum()), all=missed.size)]
    if priced:
        cost = numbers.money(float(np.nansum(known)), language)
        each = _EACH[language] if priced > 1 else ""
        said.append(f"{_PRICED[language].format(count=priced, cost=cost)}{each}.")
    if priced < known.size:
        said.append(_PROJECTS[language].format(count=known.size - priced))
    return " ".join(said)
