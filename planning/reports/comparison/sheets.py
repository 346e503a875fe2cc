"""The tables of a comparison as a committee reads them.

Two scenarios stand side by side; with more, one column for each scenario holds its change against the base. Amounts are
rounded as in the tables of each plan, so that they agree with those to the last printed digit.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from planning.numbers import MILLION, MoneyUnit, money_unit
from planning.reports import measures
from planning.reports.comparison.compare import Comparison
from planning.reports.comparison.printed import KEYS, printed_money
from planning.reports.layout import TOTAL, footer, labels_of, titles
from planning.reports.measures import cases
from planning.reports.sheet import Kind, Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import COST_TYPES, TABLES, Language, Text

_WORDS = {
    "scenarios": Text("Các phương án", "The scenarios"),
    "inputs": Text("Số liệu đầu vào được thay đổi", "Inputs that were changed"),
    "rules": Text("Quy định và mục tiêu được thay đổi", "Rules and goals that were changed"),
    "areas": Text("Địa bàn: ai được, ai mất, cả giai đoạn", "Areas: who gains, who loses, all years"),
    "programmes": Text("Chương trình, cả giai đoạn", "Programmes, all years"),
    "fields": Text("Lĩnh vực, cả giai đoạn", "Fields, all years"),
    "cost_types": Text("Loại chi, cả giai đoạn", "Cost types, all years"),
    "remote": Text("Địa bàn khó khăn và địa bàn khác, cả giai đoạn", "Remote areas and the others, all years"),
    "funds": Text("Chi theo nguồn vốn, cả giai đoạn", "Spent by fund, all years"),
    "targets": Text("Chỉ tiêu đạt thêm hoặc không còn đạt", "Targets newly met or no longer met"),
    "projects": Text("Dự án khác nhau", "Projects that differ"),
    "moved": Text("Số tiền phải chuyển", "Money that would have to move"),
    "change_of": Text("{title}: thay đổi so với {base}", "{title}: change against {base}"),
    "file": Text("Tên tệp", "File"),
    "cost_type": Text("Loại chi", "Cost type"),
    "services": Text("Trẻ em-năm", "Child-years"),
    "services_change": Text("Trẻ em-năm, thay đổi", "Child-years, change"),
    "moved_money": Text("Tiền phải chuyển", "Money moved"),
    "gaining": Text("Địa bàn được", "Areas gaining"),
    "losing": Text("Địa bàn mất", "Areas losing"),
    "remote_share": Text("Phần tiền vùng khó khăn", "Share for remote areas"),
    "what": Text("Thay đổi", "What changes"),
    "nothing": Text("Không có khác biệt.", "Nothing differs."),
    "before": Text("Trước", "Before"),
    "after": Text("Sau", "After"),
    "between": Text("Giữa", "Between"),
    "share": Text("Phần tiền của phương án gốc", "Share of the base's money"),
    "turn": Text("Kết quả", "Outcome"),
    "building": Text("Vốn trong giai đoạn", "Building within the plan"),
    "targets_met": Text("Chỉ tiêu đạt", "Targets met"),
    "projects_built": Text("Dự án", "Projects"),
}
_SHOWN = 3  # decimals of a share that are printed
_BETWEEN = {
    "areas": Text("các địa bàn", "areas"),
    "programmes": Text("các chương trình", "programmes"),
    "funds": Text("các nguồn vốn", "funds"),
    "cells": Text("các ô: địa bàn, chương trình, năm", "cells: area, programme and year"),
}
_TARGETS = {"won": Text("đạt thêm", "newly met"), "lost": Text("không còn đạt", "no longer met")}
_PROJECTS = {
    "won": Text("chọn thêm", "chosen in addition"),
    "lost": Text("không còn chọn", "no longer chosen"),
    "moved": Text("đổi năm hoặc phần", "another year or part"),
}


def comparison_sheets(comparison: Comparison, language: Language) -> dict[str, Sheet]:
    """Every table of a comparison for people, by name, in the order in which they are read."""
    told = {"scenarios": _scenarios, "inputs": _inputs, "rules": _rules}
    sheets = {name: make(comparison, language) for name, make in told.items()}
    sheets |= {name: money_sheet(comparison, name, language) for name in KEYS}
    told = {"targets": _targets, "projects": _projects, "moved": _moved}
    return sheets | {name: make(comparison, language) for name, make in told.items()}


def money_sheet(comparison: Comparison, name: str, language: Language) -> Sheet:
    """Money by areas, programmes, fields, cost_types, remote or funds: before, after and change.

    With more than one other scenario: the base, and the change of each.
    """
    plans, key = comparison.plans, KEYS[name]
    wide, unit = printed_money(plans, name)
    base, *others = wide.columns
    exact = comparison.tables[name].groupby("scenario", sort=False)
    kinds: dict[str, Kind] = {key: "text"}
    frame = pd.DataFrame({key: wide.index, base: wide[base].to_numpy()})
    if len(others) > 1:
        frame[others] = wide[others].sub(wide[base], axis=0).to_numpy()
        kinds |= dict.fromkeys([base, *others], "money")
        title = _WORDS["change_of"][language].format(title=_WORDS[name][language], base=base)
    else:
        sides = exact.get_group(others[0]).set_index(key).reindex(wide.index)
        frame[others[0]] = wide[others[0]].to_numpy()
        frame["change"] = frame[others[0]] - frame[base]
        money = "spent" if name == "funds" else "amount"
        share = measures.ratio(sides[f"{money}_change"], sides[f"{money}_base"])
        frame["change_share"] = share.round(_SHOWN).to_numpy() + 0.0
        kinds |= dict.fromkeys([base, others[0], "change"], "money") | {"change_share": "change"}
        for measure, kind in (("per_child", "per_child"), ("coverage", "share")):
            for column, name_ in ((f"{measure}_base", base), (measure, others[0])) if measure in sides else ():
                shown = f"{heading(measure, language)}: {name_}"
                frame[shown], kinds[shown] = sides[column].to_numpy(), kind
        title = _WORDS[name][language]
    sums = [column for column, kind in kinds.items() if kind == "money"]
    total = frame[sums].sum().to_dict() | {key: TOTAL}
    if len(others) == 1:
        whole = exact.get_group(others[0])[[f"{money}_change", f"{money}_base"]].sum()
        total["change_share"] = round(whole.iloc[0] / whole.iloc[1], _SHOWN) + 0.0 if whole.iloc[1] else float("nan")
    frame = pd.concat([frame, pd.DataFrame([total])], ignore_index=True)
    return _sheet(plans, title, frame, kinds, language, unit, totals=1)


def short_sheet(comparison: Comparison, language: Language) -> Sheet:
    """The scenarios by the names of their files, with as many figures as a narrow screen holds."""
    kept = ("file", "services_change", "remote_share", "targets_met", "moved_money", "gaining", "losing")
    return _scenarios(comparison, language, kept)


def _scenarios(comparison: Comparison, language: Language, kept: Sequence[str] = ()) -> Sheet:
    """One row per scenario: what is reached, for whom, and how much money would have to move; all or some figures."""
    table = comparison.tables["scenarios"]
    unit = money_unit(table["money"])
    frame = pd.DataFrame({"scenario": table["scenario"], "file": table["scenario"]})
    frame["services"] = table["services"].round()
    frame["services_change"] = frame["services"] - frame["services"].iloc[0]
    frame["coverage"], frame["remote_share"] = table["coverage"], table["remote_money_share"]
    frame["targets_met"] = [f"{met}/{of}" for met, of in zip(table["targets_met"], table["targets"], strict=True)]
    frame["projects_built"] = table["projects"]
    frame["amount"] = (table["money"] / unit.step).round() * unit.step
    frame["moved_money"] = (table["moved"] / unit.step).round() * unit.step
    frame["gaining"], frame["losing"] = table["gaining"], table["losing"]
    kinds: dict[str, Kind] = {
        "scenario": "text", "file": "text", "services": "whole", "services_change": "whole", "coverage": "share",
        "remote_share": "share", "targets_met": "text", "projects_built": "whole", "amount": "money",
        "moved_money": "money", "gaining": "whole", "losing": "whole",
    }  # fmt: skip
    kinds = {column: kinds[column] for column in kept or kinds}
    return _sheet(comparison.plans, _WORDS["scenarios"][language], frame, kinds, language, unit)


def _inputs(comparison: Comparison, language: Language) -> Sheet:
    """What was changed in the tables, cells that change alike in one line."""
    table = comparison.tables["inputs"]
    frame = table.assign(what=table[f"words_{language}"])
    kinds: dict[str, Kind] = {"scenario": "text", "table": "text", "what": "text", "rows": "whole", "note": "text"}
    return _sheet(comparison.plans, _WORDS["inputs"][language], frame, kinds, language)


def _rules(comparison: Comparison, language: Language) -> Sheet:
    """What was changed in rules and goals, in words."""
    table = comparison.tables["rules"]
    frame = table.assign(
        what=table[f"part_{language}"], before=table[f"before_{language}"], after=table[f"after_{language}"]
    )
    kinds: dict[str, Kind] = dict.fromkeys(("scenario", "what", "before", "after"), "text")
    return _sheet(comparison.plans, _WORDS["rules"][language], frame, kinds, language)


def _targets(comparison: Comparison, language: Language) -> Sheet:
    """The targets that are met in one plan and missed in the other."""
    table = comparison.tables["targets"]
    table = table[table["turn"].isin(_TARGETS)]
    frame = table.assign(
        document=table[f"document_{language}"], year=table["year"].astype(str), before=table["value_base"],
        after=table["value"], turn=[_TARGETS[turn][language] for turn in table["turn"]],
        agency=table[f"agency_{language}"],
    )  # fmt: skip
    kinds: dict[str, Kind] = {
        "scenario": "text", "document": "text", "programme": "text", "year": "text", "level": "share",
        "before": "share", "after": "share", "turn": "text", "agency": "text",
    }  # fmt: skip
    return _sheet(comparison.plans, _WORDS["targets"][language], frame, kinds, language)


def _projects(comparison: Comparison, language: Language) -> Sheet:
    """The projects that one plan chooses and the other does not, or begins in another year."""
    table = comparison.tables["projects"]
    frame = table.assign(turn=[_PROJECTS[turn][language] for turn in table["turn"]])
    for side, column in (("before", "start_base"), ("after", "start")):
        frame[side] = ["" if pd.isna(year) else str(int(year)) for year in table[column]]
    unit = money_unit(table["building_change"])
    frame["building"] = (table["building_change"].astype(float) / unit.step).round() * unit.step
    kinds: dict[str, Kind] = {
        "scenario": "text", "project": "text", "area": "text", "turn": "text", "before": "text", "after": "text",
        "building": "money",
    }  # fmt: skip
    return _sheet(comparison.plans, _WORDS["projects"][language], frame, kinds, language, unit)


def _moved(comparison: Comparison, language: Language) -> Sheet:
    """Half the sum of all differences, between areas, programmes, funds and cells."""
    table = comparison.tables["moved"]
    unit = money_unit(table["moved"])
    frame = table.assign(
        between=[_BETWEEN[name][language] for name in table["between"]],
        moved_money=(table["moved"] / unit.step).round() * unit.step,
    )
    kinds: dict[str, Kind] = {"scenario": "text", "between": "text", "moved_money": "money", "share": "share"}
    return _sheet(comparison.plans, _WORDS["moved"][language], frame, kinds, language, unit)


def _sheet(
    plans: Sequence[Plan], title: str, frame: pd.DataFrame, kinds: Mapping[str, Kind], language: Language,
    unit: MoneyUnit = MILLION, totals: int = 0,
) -> Sheet:  # fmt: skip
    """The columns of `kinds` with names for codes and headings; columns that are scenarios keep their names."""
    labels = labels_of(cases(plans), language) | {
        "cost_type": {code: text[language] for code, text in COST_TYPES.items()},
        "table": {code: table.title[language] for code, table in TABLES.items()},
        "scenario": titles(cases(plans), language),
    }
    shown = frame[list(kinds)].copy()
    for column in labels.keys() & {name for name, kind in kinds.items() if kind == "text"}:
        known = labels[column] | {TOTAL: heading(TOTAL, language)}
        shown[column] = pd.Series([known.get(code, code) for code in shown[column]], index=shown.index, dtype=object)
    names = {plan.case.scenario.name for plan in plans}
    below = footer(cases(plans), language)
    below = below if len(shown) else f"{_WORDS['nothing'][language]} {below}"
    headings = {column: column if column in names else _heading(column, language) for column in kinds}
    return Sheet(
        title, shown.rename(columns=headings), {headings[column]: kind for column, kind in kinds.items()}, language,
        unit, below, totals,
    )  # fmt: skip


def _heading(column: str, language: Language) -> str:
    if column in _WORDS:
        return _WORDS[column][language]
    return column if ": " in column else heading(column, language)
