"""The pages of the workbook that a finance office forwards: sheets of the reports, amounts to the last digit.

All amounts are those of the written plan (see `in_thousandths`): million VND with three decimals.
"""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from planning.numbers import NOTHING, MoneyUnit
from planning.reports import building, given, measures, promises, sources, tables
from planning.reports.excel.cells import Chart, Page
from planning.reports.excel.forms import form_pages
from planning.reports.files import in_thousandths
from planning.reports.layout import dressed, with_totals
from planning.reports.proof import certificate_sheet
from planning.reports.sheet import Kind, Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.solver.results import level_words
from planning.vocabulary import MONEY_UNIT, Language, Text

THOUSANDTHS = MoneyUnit(1, 3, MONEY_UNIT)
SHOWN = 200  # rows of the rules that hold the plan back
TABS = {
    "by_field": Text("Lĩnh vực", "Fields"),
    "by_programme": Text("Chương trình", "Programmes"),
    "by_area": Text("Địa bàn", "Areas"),
    "area_programme": Text("Địa bàn × chương trình", "Areas × programmes"),
    "remote": Text("Vùng khó khăn", "Remote areas"),
    "coverage": Text("Độ bao phủ", "Coverage"),
    "coverage_areas": Text("Độ bao phủ theo địa bàn", "Coverage by area"),
    "targets": Text("Chỉ tiêu", "Targets"),
    "rules": Text("Quy định", "Rules"),
    "binding": Text("Quy định giữ lại", "Binding rules"),
    "rule_rows": Text("Từng dòng quy định", "Rules row by row"),
    "funds": Text("Nguồn vốn", "Funds"),
    "projects": Text("Dự án", "Projects"),
    "not_chosen": Text("Dự án không chọn", "Projects not chosen"),
    "running": Text("Vốn và vận hành", "Building and running"),
    "status": Text("Độ tin cậy số liệu", "Status of figures"),
    "assumed": Text("Số liệu giả định", "Assumed figures"),
    "inputs": Text("Số liệu đầu vào", "Inputs"),
    "lines": Text("Dòng phân bổ", "Allocation lines"),
}


def as_written(plan: Plan) -> Plan:
    """The plan with the amounts that its files hold: whole thousandths of a million VND that add up."""
    lines, funds = in_thousandths(plan)
    return replace(plan, lines=lines, funds=funds)


def pages(plans: Sequence[Plan], language: Language) -> list[Page]:
    """Every page but the first and the last ones; `plans` are as written, the first is the one proposed."""
    found = [
        *form_pages(plans[0], plans[0].lines, language, THOUSANDTHS),
        *_of_money(plans, language),
        *_of_promises(plans, language),
        *_of_projects(plans, language),
        *_of_trust(plans, language),
        _rule_rows(plans, language),
        _lines(plans, language),
    ]
    return [page for page in found if len(page.sheet.frame)]


def _page(key: str, sheet: Sheet, **more: object) -> Page:
    return Page(key, TABS[key][sheet.language], sheet, **more)  # type: ignore[arg-type]


def _of_money(plans: Sequence[Plan], language: Language) -> list[Page]:
    field, total = heading("field", language), heading("total", language)
    years = [str(year) for year in sorted({year for plan in plans for year in plan.case.years})]
    by_field = tables.by_field(plans, language, THOUSANDTHS)
    stacked = Chart("column", by_field.title, field, years, by_rows=True, stacked=True)
    remote = tables.remote_against_rest(plans, language, THOUSANDTHS)
    shares = [heading("money_share", language), heading("children_share", language)]
    funds = tables.by_fund(plans, language, THOUSANDTHS)
    return [
        _page("by_field", by_field, across={total: years}, chart=stacked),
        _page("by_programme", tables.by_programme(plans, language, THOUSANDTHS), across={total: years}),
        _page("by_area", tables.by_area(plans, language, THOUSANDTHS)),
        _area_programme(plans, language),
        _page("remote", remote, chart=Chart("column", remote.title, heading("group", language), shares)),
        _page("funds", funds),
    ]


def _area_programme(plans: Sequence[Plan], language: Language) -> Page:
    """Areas × programmes, all years, with totals both ways."""
    table = measures.money(plans, ["area", "programme"])
    programmes = list(dict.fromkeys(code for plan in plans for code in plan.case.programmes))
    wide = table.pivot_table(index=["scenario", "area"], columns="programme", values="amount", aggfunc="sum")
    every = [(plan.case.scenario.name, area) for plan in plans for area in plan.case.areas]
    wide = wide.reindex(pd.MultiIndex.from_tuples(every, names=["scenario", "area"]), columns=programmes)
    wide = wide.fillna(0.0).rename_axis(columns=None).assign(total=lambda rows: rows.sum(axis=1)).reset_index()
    wide = with_totals(wide, "area", [*programmes, "total"])
    kinds: dict[str, Kind] = {"area": "text", **dict.fromkeys([*programmes, "total"], "money")}
    title = Text("Phân bổ theo địa bàn và chương trình, cả giai đoạn", "Allocation by area and programme, all years")
    sheet, names = _named(dressed(title, _cases(plans), wide, kinds, language, THOUSANDTHS), plans, programmes)
    return _page("area_programme", sheet, across={heading("total", language): names})


def _named(sheet: Sheet, plans: Sequence[Plan], programmes: list[str]) -> tuple[Sheet, list[str]]:
    """The sheet with the names of programmes as headings, and those names; two of one name keep their codes beside."""
    known: dict[str, str] = {}
    for plan in plans:
        known |= plan.case.labels(sheet.language)["programme"]
    taken = [*(known[code] for code in programmes), *(column for column in sheet.frame if column not in programmes)]
    names = {code: known[code] if taken.count(known[code]) == 1 else f"{known[code]} ({code})" for code in programmes}
    kinds = {names.get(column, column): kind for column, kind in sheet.kinds.items()}
    return replace(sheet, frame=sheet.frame.rename(columns=names), kinds=kinds), list(names.values())


def _of_promises(plans: Sequence[Plan], language: Language) -> list[Page]:
    coverage = tables.coverage_by_programme(plans, language)
    shown = [heading(name, language) for name in ("coverage_remote", "coverage_rest")]
    chart = Chart("bar", coverage.title, heading("programme", language), shown)
    return [
        _page("coverage", coverage, chart=chart),
        _coverage_areas(plans, language),
        _page("targets", promises.targets(plans, language), filtered=True),
        _page("rules", promises.rules(plans, language)),
        _page("binding", promises.binding_rules(plans, language, SHOWN), filtered=True),
    ]


def _coverage_areas(plans: Sequence[Plan], language: Language) -> Page:
    """Areas × programmes: the share of the need that is met in the last year."""
    table = measures.coverage(plans, ["area", "programme", "year"])
    last = {plan.case.scenario.name: plan.case.years[-1] for plan in plans}
    table = table[table["year"] == table["scenario"].map(last)]
    programmes = list(dict.fromkeys(code for plan in plans for code in plan.case.programmes))
    every = [(plan.case.scenario.name, area) for plan in plans for area in plan.case.areas]
    wide = table.pivot(index=["scenario", "area"], columns="programme", values="coverage").reindex(
        pd.MultiIndex.from_tuples(every, names=["scenario", "area"]), columns=programmes
    )
    kinds: dict[str, Kind] = {"area": "text", **dict.fromkeys(programmes, "share")}
    title = Text("Độ bao phủ theo địa bàn và chương trình, năm cuối", "Coverage by area and programme, last year")
    wide = wide.rename_axis(columns=None).reset_index()
    sheet, names = _named(dressed(title, _cases(plans), wide, kinds, language), plans, programmes)
    return _page("coverage_areas", sheet, scale=names)


def _rule_rows(plans: Sequence[Plan], language: Language) -> Page:
    """Every row of every rule in words, with what the plan does."""
    table = pd.concat([plan.rules for plan in plans], ignore_index=True)
    table["row_words"] = table[f"words_{language}"]
    written = zip(table["value"], table["unit"], strict=True)
    table["value"] = [level_words(value, unit, language) if value == value else NOTHING for value, unit in written]
    table["at_its_level"] = [heading(flag, language) for flag in table["binding"]]
    kinds: dict[str, Kind] = dict.fromkeys(("rule", "row_words", "strength", "value", "at_its_level"), "text")
    title = Text("Từng dòng của mỗi quy định", "Each row of each rule")
    return _page("rule_rows", dressed(title, _cases(plans), table, kinds, language), filtered=True)


def _of_projects(plans: Sequence[Plan], language: Language) -> list[Page]:
    chosen = building.chosen(plans, language, THOUSANDTHS)
    years = [str(year) for year in sorted({year for plan in plans for year in plan.case.years})]
    running = building.capital_and_running(plans, language, THOUSANDTHS)
    columns = [heading("building", language), heading("running", language)]
    return [
        _page("projects", chosen, across={heading("building_all", language): years}),
        _page("not_chosen", building.not_chosen(plans, language, THOUSANDTHS)),
        _page("running", running, chart=Chart("column", running.title, heading("year", language), columns)),
    ]


def _of_trust(plans: Sequence[Plan], language: Language) -> list[Page]:
    case = plans[0].case
    proofs = [
        Page(f"certificate_{at}", _certificate(at, len(plans), language), certificate_sheet(plan, language))
        for at, plan in enumerate(plans, 1)
    ]
    return [
        _page("status", sources.money_by_status(plans, language, THOUSANDTHS)),
        _page("assumed", sources.assumed_figures(case, language), filtered=True),
        _page("inputs", given.input_summary(case, language)),
        *proofs,
    ]


def _certificate(at: int, of: int, language: Language) -> str:
    name = {"vi": "Chứng nhận", "en": "Certificate"}[language]
    return name if of == 1 else f"{name} {at}"


def _lines(plans: Sequence[Plan], language: Language) -> Page:
    """Every amount of the plan, one a row: what the other pages add up."""
    table = pd.concat([plan.lines for plan in plans], ignore_index=True)
    table = with_totals(table.astype({"year": str}), "area", ["amount"]).fillna("")
    kinds: dict[str, Kind] = {
        "area": "text", "programme": "text", "fund": "text", "year": "text", "amount": "money",
    }  # fmt: skip
    title = Text("Từng dòng phân bổ", "Each line of the allocation")
    return _page("lines", dressed(title, _cases(plans), table, kinds, language, THOUSANDTHS), filtered=True)


def _cases(plans: Sequence[Plan]) -> tuple:
    return tuple(plan.case for plan in plans)
