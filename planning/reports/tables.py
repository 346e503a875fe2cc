"""The tables of a plan, ready to print: each takes one plan or several and returns a sheet in the language asked for.

Printed figures add up: they are rounded once, here, by largest remainder, the total first and then its parts; row
totals are sums of what is printed. Money is in the unit that suits it, or in the one that is asked for.
"""

import pandas as pd

from planning.numbers import MoneyUnit, money_unit
from planning.reports import measures
from planning.reports.layout import by_year, dressed, rounded, with_totals
from planning.reports.measures import Plans, cases, every
from planning.reports.sheet import Kind, Sheet
from planning.vocabulary import FIELDS, Language, Text


def by_field(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Money of each field in each year."""
    table, unit = rounded_fields(plans, unit)
    title = Text("Phân bổ theo lĩnh vực và năm", "Allocation by field and year")
    return _through_the_years(title, plans, table, ["field"], [(field,) for field in FIELDS], language, unit)


def by_programme(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Money of each programme in each year, programmes in the order of the fields."""
    programmes = pd.concat([plan.case.tables["programmes"] for plan in every(plans)])[["field", "programme"]]
    in_order = programmes.drop_duplicates().sort_values(
        "field", key=lambda field: field.map(list(FIELDS).index), kind="stable"
    )
    table = measures.money(plans, ["year", "field", "programme"])
    unit = unit or _unit(table, "amount")
    table["amount"] = rounded(table, "amount", ["year", "field", "programme"], unit)
    title = Text("Phân bổ theo chương trình và năm", "Allocation by programme and year")
    return _through_the_years(
        title, plans, table, ["field", "programme"], list(in_order.itertuples(index=False, name=None)), language, unit
    )


def by_area(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Each area: children, money of all years, an average year against the baseline, money per child, coverage."""
    table = measures.areas(plans)
    unit = unit or _unit(table, "amount")
    money = ["amount", "yearly", "baseline"]
    exact = with_totals(table, "area", money)
    for column in money:
        table[column] = rounded(table, column, ["class", "area"], unit)
    whole = measures.whole(plans)
    table = with_totals(table, "area", ["children", *money])
    last = table.index[-len(whole) :]
    table.loc[last, ["per_child", "coverage"]] = whole[["per_child", "coverage"]].to_numpy()
    table["change"] = table["yearly"] - table["baseline"]
    table["change_share"] = measures.ratio(exact["yearly"] - exact["baseline"], exact["baseline"])
    kinds: dict[str, Kind] = {
        "area": "text", "class": "text", "children": "whole", "amount": "money", "yearly": "money", "baseline": "money",
        "change": "money", "change_share": "change", "per_child": "per_child", "coverage": "share",
    }  # fmt: skip
    title = Text("Phân bổ theo địa bàn, cả giai đoạn", "Allocation by area, all years")
    return dressed(title, cases(plans), table, kinds, language, unit)


def remote_against_rest(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Remote areas and the others over all years: money, children, shares of both, money per child, coverage."""
    table = measures.remote_against_rest(plans)
    unit = unit or _unit(table, "amount")
    table["amount"] = rounded(table, "amount", ["group"], unit)
    table = with_totals(table, "group", ["amount", "money_share", "children", "children_share"])
    whole = measures.whole(plans)
    last = table.index[-len(whole) :]
    table.loc[last, ["per_child", "coverage"]] = whole[["per_child", "coverage"]].to_numpy()
    kinds: dict[str, Kind] = {
        "group": "text", "amount": "money", "money_share": "share", "children": "whole", "children_share": "share",
        "per_child": "per_child", "coverage": "share",
    }  # fmt: skip
    title = Text("Địa bàn khó khăn và địa bàn khác, cả giai đoạn", "Remote areas against the others, all years")
    return dressed(title, cases(plans), table, kinds, language, unit)


def coverage_by_programme(plans: Plans, language: Language) -> Sheet:
    """Each programme in the last year: need, reached, coverage everywhere, in remote areas and elsewhere."""
    table = measures.programme_coverage(plans)
    programmes = pd.concat([plan.case.tables["programmes"] for plan in every(plans)])
    units = programmes.drop_duplicates("programme").set_index("programme")[f"unit_{language}"]
    table["unit"] = table["programme"].map(units)
    kinds: dict[str, Kind] = {
        "programme": "text", "unit": "text", "need": "count", "reached": "count", "coverage": "share",
        "coverage_remote": "share", "coverage_rest": "share",
    }  # fmt: skip
    title = Text("Độ bao phủ so với nhu cầu, năm cuối", "Coverage against need, last year")
    return dressed(title, cases(plans), table, kinds, language)


def by_fund(plans: Plans, language: Language, unit: MoneyUnit | None = None) -> Sheet:
    """Each fund in each year: ceiling, carried in, spent, carried out, lapsed. What is carried is not added up."""
    table, unit = rounded_funds(plans, unit)
    table["year"] = table["year"].astype(str)
    table = with_totals(table, "fund", ["ceiling", "spent", "lapsed"]).fillna({"year": ""})
    flows = ("ceiling", "carried_in", "spent", "carried_out", "lapsed")
    kinds: dict[str, Kind] = {"fund": "text", "year": "text", **dict.fromkeys(flows, "money")}
    title = Text("Tiền theo nguồn vốn và năm", "Money by fund and year")
    return dressed(title, cases(plans), table, kinds, language, unit)


def rounded_funds(plans: Plans, unit: MoneyUnit | None = None) -> tuple[pd.DataFrame, MoneyUnit]:
    """The funds as they are printed, and in which unit; ceiling + carried in = spent + carried out + lapsed.

    Rounded are the three uses, so that what is nothing stays nothing; a ceiling is what they add up to.
    """
    table = measures.funds(plans)
    unit = unit or _unit(table, "ceiling")
    for column in ("spent", "carried_out", "lapsed"):
        table[column] = rounded(table, column, ["year", "fund"], unit)
    table["carried_in"] = table.groupby(["scenario", "fund"], sort=False)["carried_out"].shift(fill_value=0.0)
    table["ceiling"] = table[["spent", "carried_out", "lapsed"]].sum(axis=1) - table["carried_in"]
    return table, unit


def rounded_fields(plans: Plans, unit: MoneyUnit | None = None) -> tuple[pd.DataFrame, MoneyUnit]:
    """Money by field and year as it is printed, and in which unit."""
    table = measures.money(plans, ["year", "field"])
    unit = unit or _unit(table, "amount")
    return table.assign(amount=rounded(table, "amount", ["year", "field"], unit)), unit


def _through_the_years(
    title: Text,
    plans: Plans,
    table: pd.DataFrame,
    rows: list[str],
    order: list[tuple],
    language: Language,
    unit: MoneyUnit,
) -> Sheet:
    """Rows × years of rounded amounts as a sheet."""
    years = sorted({year for case in cases(plans) for year in case.years})
    wide = by_year([case.scenario.name for case in cases(plans)], years, table, rows, order)
    wide = wide.fillna(dict.fromkeys(rows, ""))
    kinds: dict[str, Kind] = {column: "text" if column in rows else "money" for column in wide.columns.drop("scenario")}
    return dressed(title, cases(plans), wide, kinds, language, unit)


def _unit(table: pd.DataFrame, column: str) -> MoneyUnit:
    """The unit that suits the largest scenario."""
    return money_unit(table.groupby("scenario")[column].sum())
