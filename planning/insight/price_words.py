"""What marginal values say in words."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.case import Case
from planning.model.rule_names import RULE_NAMES
from planning.vocabulary import STRENGTHS, Language, Text

SHOWN = 3
HEADINGS = MappingProxyType(
    {
        "kind": Text("Loại", "Kind"),
        "index": Text("Dòng", "Row"),
        "words": Text("Nội dung", "In words"),
        "step": Text("Một bước", "One step"),
        "rate": Text("Tại phương án, mỗi bước", "Rate at the plan, per step"),
        "more": Text("Thêm một bước", "One step more"),
        "less": Text("Bớt một bước", "One step less"),
        "targets_more": Text("Phần chỉ tiêu thiếu, khi thêm", "Targets missed, one step more"),
        "targets_less": Text("Phần chỉ tiêu thiếu, khi bớt", "Targets missed, one step less"),
        "from": Text("Đúng từ mức", "Rate holds from"),
        "to": Text("đến mức", "to"),
        "unspent": Text("Chưa dùng hết", "Left unspent"),
        "change": Text("Thay đổi", "Change"),
        "least": Text("Ít nhất", "At least"),
        "most": Text("Nhiều nhất", "At most"),
    }
)
KINDS = MappingProxyType(
    {
        "rate": "count",
        "more": "count",
        "less": "count",
        "targets_more": "number",
        "targets_less": "number",
        "unspent": "money",
        "amount": "money",
        "change": "count",
        "least": "count",
        "most": "count",
    }
)
_ALL_FUNDS = Text("tất cả nguồn vốn", "all funds together")
_WORTH = Text(
    "{fund}{year}: thêm 1 tỷ đồng được thêm {more}, bớt 1 tỷ đồng mất {less} {unit}, khi giữ nguyên các dự án.",
    "{fund}{year}: one billion VND more brings {more}, one billion less costs {less} {unit}, "
    "the projects staying as they are.",
)
_LAST = Text(
    "{fund}{year}: thêm 1 tỷ đồng được thêm {more} {unit}; bớt 1 tỷ đồng thì không còn phương án với các dự án này.",
    "{fund}{year}: one billion VND more brings {more} {unit}; with one billion less these projects leave no plan.",
)
_USELESS = Text(
    "{fund}{year}: thêm tiền không thay đổi gì, vì phương án còn để lại {unspent} chưa dùng hết.",
    "{fund}{year}: more money changes nothing, because the plan leaves {unspent} of it unspent.",
)
_IDLE = Text(
    "{fund}{year}: thêm tiền không thay đổi gì, tuy đã dùng hết: không chương trình nào được chi có thể dùng thêm.",
    "{fund}{year}: more money changes nothing although all is spent: no programme that it may pay can use more.",
)
_RULE = Text(
    "Quy định “{rule}”: mức cao hơn {step}: {more}; thấp hơn {step}: {less} ({unit}).",
    "Rule “{rule}”: its level {step} higher: {more}; {step} lower: {less} ({unit}).",
)
_JUMP = Text(
    "{fund}, {direction} {amount}, dự án được chọn lại: {change} {unit}.",
    "{fund}, {amount} {direction}, with the projects chosen anew: {change} {unit}.",
)
_TO = Text(" đến ", " to ")
_POINT = Text("1 điểm phần trăm", "1 percentage point")
_NO_PLAN = Text("không có phương án", "no plan")
_DIRECTION = {1: Text("thêm", "more"), -1: Text("bớt", "less")}
_UNITS = MappingProxyType(
    {
        "reach": Text("trẻ em-năm có trọng số", "weighted child-years"),
        "weighted": Text("trẻ em-năm có trọng số", "weighted child-years"),
        "least_cost": Text("triệu đồng tiết kiệm", "million VND saved"),
        "least_change": Text("triệu đồng không phải thay đổi", "million VND left unchanged"),
        "max_min": Text("độ bao phủ của nơi kém nhất", "of the coverage of the worst-covered area"),
    }
)


def unit_of(goal: str) -> Text:
    """What the value of a goal counts, in words."""
    return _UNITS.get(goal.split("_")[0] if goal.startswith("targets") else goal, Text(goal, goal))


def sentences(case: Case, goal: str, tables: Mapping[str, pd.DataFrame]) -> dict[Language, tuple[str, ...]]:
    """All funds, the dearest and cheapest fund-years, what is worth nothing, the rules, and the jumps."""
    return {language: tuple(_said(case, goal, tables, language)) for language in ("vi", "en")}


def _said(case: Case, goal: str, tables: Mapping[str, pd.DataFrame], language: Language) -> Iterator[str]:
    table, unit = tables["prices"], unit_of(goal)[language]
    funds = table[table["kind"].isin(["fund", "envelope"])]
    worth = funds[funds["more"].abs() > 1e-9]
    yearly = worth[worth["year"] != ""].sort_values("more", ascending=False)
    chosen = pd.concat([worth[worth["kind"] == "envelope"], yearly.head(SHOWN), yearly.tail(1)]).drop_duplicates()
    for row in chosen.to_dict("records"):
        say = _LAST if np.isnan(row["less"]) else _WORTH
        yield say[language].format(
            **_fund(case, row, language),
            more=_count(row["more"], language),
            less=_count(-row["less"], language),
            unit=unit,
        )
    for row in funds[funds["more"].abs() <= 1e-9].head(SHOWN).to_dict("records"):
        say = _USELESS if row["unspent"] > 1e-6 else _IDLE
        yield say[language].format(**_fund(case, row, language), unspent=numbers.money(row["unspent"], language))
    for row in table[table["kind"] == "rule"].to_dict("records"):
        step = _step(row["step"], row["unit"], language)
        more, less = (_signed(row[side], language) for side in ("more", "less"))
        yield _RULE[language].format(rule=row[f"words_{language}"], step=step, more=more, less=less, unit=unit)
    for row in tables.get("jumps", pd.DataFrame()).head(2).to_dict("records"):
        yield _JUMP[language].format(
            fund=_fund(case, {"fund": row["fund"], "year": ""}, language)["fund"],
            direction=_DIRECTION[int(np.sign(row["amount"]))][language],
            amount=numbers.money(abs(row["amount"]), language),
            change=_TO[language].join(dict.fromkeys(_signed(row[end], language) for end in ("least", "most"))),
            unit=unit,
        )


def fund_words(case: Case, fund: str, year: str) -> dict[Language, str]:
    """A fund and a year as they are read; all funds and all years where they are empty."""
    row = {"fund": fund, "year": year}
    return {language: "{fund}{year}".format(**_fund(case, row, language)) for language in ("vi", "en")}


def rule_in_words(rule: str, strength: str) -> dict[Language, str]:
    """A rule as a whole, with its strength."""
    return {language: f"{RULE_NAMES[rule][language]} ({STRENGTHS[strength][language]})" for language in ("vi", "en")}


def _fund(case: Case, row: Mapping, language: Language) -> dict[str, str]:
    name = case.labels(language)["fund"][row["fund"]] if row["fund"] else _ALL_FUNDS[language]
    between = {"vi": ", năm ", "en": ", "}[language]
    return {"fund": name[0].upper() + name[1:], "year": f"{between}{row['year']}" if row["year"] else ""}


def _count(value: float, language: Language) -> str:
    return numbers.number(value, language, 0 if abs(value) >= 10 else 2)


def _step(step: float, unit: str, language: Language) -> str:
    match unit:
        case "share":
            return _POINT[language]
        case "money":
            return numbers.money(step, language)
        case "money_per_child":
            return numbers.money(step, language, numbers.MoneyUnit(0.001, 1, numbers.PER_CHILD.words))
    return numbers.number(step, language, 2 if step >= 0.01 else 4)


def _signed(value: float, language: Language) -> str:
    if np.isnan(value):
        return _NO_PLAN[language]
    return ("+" if value > 0 else "") + _count(value, language)
