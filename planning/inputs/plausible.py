"""Checks for figures that cannot be right, or that are certainly in another unit than the table's."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from operator import itemgetter
from statistics import median
from typing import Any

import numpy as np
import pandas as pd

from planning.inputs.codes import places, records, rows_of
from planning.inputs.words import listing, money, number
from planning.vocabulary import ALL, Text

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, Text]
Years = tuple[int, ...]
_CEILINGS = Text("; hãy ghi trần bằng triệu đồng", "; write ceilings in million VND")
_BOTH = Text("; hãy ghi đơn giá và trần bằng triệu đồng", "; write unit costs and ceilings in million VND")
FAR = 100  # no real price differs so much between classes, no real ceiling from year to year or from needs


def children(tables: Tables, years: Years) -> Iterator[Finding]:
    """No area has more children than people."""
    table = tables["areas"]
    for row in table.index[table["children"] > table["population"]]:
        area = table.loc[row]
        young, people = area["children"], area["population"]
        text = Text(
            f"'{area['area']}' có {number(young, 'vi')} trẻ em, nhiều hơn số dân {number(people, 'vi')}; hãy kiểm tra "
            "cả hai con số",
            f"{young:,} children of '{area['area']}' are more than its {people:,} people; check both figures",
        )
        yield "areas", row, text


def needs(tables: Tables, years: Years) -> Iterator[Finding]:
    """Where one unit is one child, an area cannot need more units than it has children."""
    single = tables["programmes"].loc[tables["programmes"]["children_per_unit"] == 1, "programme"]
    table = tables["needs"]
    most = tables["areas"]["children"].to_numpy()[places(tables["areas"]["area"], table["area"])]
    over = np.flatnonzero(table["programme"].isin(single) & (table["need"] > most))
    for (row, cell), limit in zip(table.iloc[over].iterrows(), most[over], strict=True):
        text = Text(
            f"nhu cầu {number(cell['need'], 'vi')} của '{cell['programme']}' nhiều hơn {number(limit, 'vi')} trẻ em "
            f"của '{cell['area']}'; hãy kiểm tra need, hoặc children_per_unit của chương trình",
            f"need {number(cell['need'])} of '{cell['programme']}' is more than the {number(limit)} children of "
            f"'{cell['area']}'; check the need, or children_per_unit of the programme",
        )
        yield "needs", row, text


def unit_costs(tables: Tables, years: Years) -> Iterator[Finding]:
    """The unit costs of one programme are in one unit of money."""
    for programme, entries in rows_of(tables["unit_costs"], "programme", "unit_cost").items():
        (low, least), (high, most) = (end(entries, key=itemgetter(1)) for end in (min, max))
        if most > FAR * least:
            text = Text(
                f"đơn giá {number(most, 'vi')} của '{programme}' gấp {number(most // least, 'vi')} lần đơn giá "
                f"{number(least, 'vi')} ở dòng {low}; hãy ghi cả hai bằng triệu đồng",
                f"unit_cost {number(most)} of '{programme}' is {number(most // least)} times the {number(least)} of "
                f"row {low}; write both in million VND",
            )
            yield "unit_costs", high, text


def ceilings(tables: Tables, years: Years) -> Iterator[Finding]:
    """The ceilings of one fund are in one unit of money; 0 stands for no money."""
    paid = tables["funds"][tables["funds"]["ceiling"] > 0]
    for fund, entries in rows_of(paid, "fund", "year", "ceiling").items():
        for at, (row, year, ceiling) in enumerate(entries):
            others = [other for *_, other in entries[:at] + entries[at + 1 :]]
            usual = median(others) if others else ceiling
            if ceiling * FAR < usual or (ceiling > FAR * usual and len(others) > 1):
                text = Text(
                    f"trần {number(ceiling, 'vi')} của '{fund}' năm {year} chênh quá xa so với các năm khác "
                    f"({money(usual, 'vi')}); hãy ghi tất cả bằng triệu đồng",
                    f"ceiling {number(ceiling)} of '{fund}' in {year} is far from that of its other years, "
                    f"{money(usual)}; write all of them in million VND",
                )
                yield "funds", row, text


def envelope(tables: Tables, years: Years) -> Iterator[Finding]:
    """Ceilings and unit costs are in one unit of money: the funds are neither vast nor nothing beside the needs."""
    areas, needs, costs = tables["areas"], tables["needs"], tables["unit_costs"]
    programmes, classes = (pd.Index(column.unique()) for column in (needs["programme"], areas["class"]))
    price = np.full((len(programmes) + 1, len(classes) + 1), np.nan)
    price[places(programmes, costs["programme"]), places(classes, costs["class"])] = costs["unit_cost"]
    a, p = places(areas["area"], needs["area"]), places(programmes, needs["programme"])
    times = np.bincount(a * len(programmes) + p)[a * len(programmes) + p]
    cost = float(np.nansum(price[p, places(classes, areas["class"])[a]] * needs["need"] / times))
    funds = tables["funds"]
    ceiling = float(funds.loc[funds["year"].isin(years), "ceiling"].sum() / len(years))
    if cost > 0 and ceiling > FAR * cost:
        yield "funds", None, _beside(ceiling, cost) + _CEILINGS
    elif 0 < ceiling < cost / FAR**2:
        yield "unit_costs", None, _beside(ceiling, cost) + _BOTH


def _beside(ceiling: float, cost: float) -> Text:
    return Text(
        f"tổng trần các nguồn vốn là {money(ceiling, 'vi')} một năm, còn mọi nhu cầu của một năm cần "
        f"{money(cost, 'vi')}",
        f"all ceilings add up to {money(ceiling)} a year, beside {money(cost)} that one year of all needs costs",
    )


def targets(tables: Tables, years: Years) -> Iterator[Finding]:
    """A target is due within the plan, and is about areas that need the programme."""
    areas, classes = (tables["areas"][name].to_numpy(object) for name in ("area", "class"))
    programmes = pd.Index(tables["programmes"]["programme"])
    needs_it = {year: _needed(tables, programmes, year) for year in set(tables["targets"]["year"])}
    for row, target in zip(tables["targets"].index, records(tables["targets"]), strict=True):
        if target["year"] not in years:
            yield "targets", row, _outside(target, years)
        of_class = (classes == target["class"]) | (target["class"] == ALL)
        if target["area"] != ALL and not of_class[named := areas == target["area"]].all():
            yield "targets", row, _of_another_class(target, classes[named][0])
            continue
        about = of_class & ((areas == target["area"]) | (target["area"] == ALL))
        if not needs_it[target["year"]][programmes.get_loc(target["programme"]), about].any():
            text = Text(
                f"chỉ tiêu '{target['target']}' nói về địa bàn không có nhu cầu '{target['programme']}' năm "
                f"{target['year']}; hãy kiểm tra class, area và bảng needs",
                f"target '{target['target']}' is about areas that need nothing of '{target['programme']}' in "
                f"{target['year']}; check class, area and table needs",
            )
            yield "targets", row, text


def _outside(target: dict[str, Any], years: Years) -> Text:
    return Text(
        f"chỉ tiêu '{target['target']}' phải đạt năm {target['year']}, ngoài các năm của phương án "
        f"({listing(years, 10, 'vi')}); hãy sửa năm của chỉ tiêu, hoặc các năm của phương án",
        f"target '{target['target']}' is due in {target['year']}, outside the plan years {listing(years, 10)}; change "
        "its year, or the years of the scenario",
    )


def _of_another_class(target: dict[str, Any], its: str) -> Text:
    return Text(
        f"chỉ tiêu '{target['target']}' ghi địa bàn '{target['area']}' thuộc nhóm '{its}', không phải "
        f"'{target['class']}'; hãy ghi all cho một trong hai",
        f"target '{target['target']}' names area '{target['area']}', which is of class '{its}', not "
        f"'{target['class']}'; write all for one of them",
    )


def _needed(tables: Tables, programmes: pd.Index, year: int) -> np.ndarray:
    """(P, A) True where an area needs a programme in a year: as stated for the year, else for all years."""
    needs = tables["needs"]
    at = places(programmes, needs["programme"]), places(tables["areas"]["area"], needs["area"])
    needed = np.zeros((len(programmes), len(tables["areas"])), bool)
    for stated in (ALL, str(year)):
        rows = (needs["year"].astype(str) == stated).to_numpy()
        needed[at[0][rows], at[1][rows]] = needs["need"].to_numpy(float)[rows] > 0
    return needed


def ranges_of_needs(tables: Tables, years: Years) -> Iterator[Finding]:
    """The range of a need holds the need."""
    yield from _ranges(tables, "needs", "need")


def ranges_of_unit_costs(tables: Tables, years: Years) -> Iterator[Finding]:
    """The range of a unit cost holds the unit cost."""
    yield from _ranges(tables, "unit_costs", "unit_cost")


def ranges_of_ceilings(tables: Tables, years: Years) -> Iterator[Finding]:
    """The range of a ceiling holds the ceiling."""
    yield from _ranges(tables, "funds", "ceiling")


def _ranges(tables: Tables, name: str, value: str) -> Iterator[Finding]:
    """low, high and shape stand all three or not at all, and low ≤ value ≤ high around a value above 0."""
    table = tables[name]
    if not {"low", "high", "shape"} & set(table):
        return
    table = table.reindex(columns=[value, "low", "high", "shape"])
    stated = table[["low", "high"]].notna().assign(shape=table["shape"].notna() & (table["shape"] != ""))
    for row, given in stated[stated.any(axis=1) & ~stated.all(axis=1)].iterrows():
        there, left = list(given.index[given]), list(given.index[~given])
        text = Text(
            f"khoảng giá trị có {listing(there, language='vi')} mà thiếu {listing(left, language='vi')}; hãy điền cả "
            "low, high và shape, hoặc để trống cả ba",
            f"{listing(there)} of the range stands without {listing(left)}; fill in low, high and shape, or none of "
            "them",
        )
        yield name, int(str(row)), text
    whole = table[stated.all(axis=1)]
    for row in whole.index[whole[value] <= 0]:
        text = Text(
            f"không thể có khoảng giá trị quanh {value} bằng 0; hãy để trống low, high và shape ở đó",
            f"a range stands around a {value} of 0; leave low, high and shape empty there",
        )
        yield name, int(row), text
    kept = whole[whole[value] > 0]
    for row, cell in kept[(kept["low"] > kept[value]) | (kept["high"] < kept[value])].iterrows():
        text = Text(
            f"{value} {number(cell[value], 'vi')} nằm ngoài khoảng từ {number(cell['low'], 'vi')} đến "
            f"{number(cell['high'], 'vi')}; hãy ghi low ≤ {value} ≤ high, cùng một đơn vị",
            f"{value} {number(cell[value])} lies outside its range from {number(cell['low'])} to "
            f"{number(cell['high'])}; write low ≤ {value} ≤ high, all in one unit",
        )
        yield name, int(str(row)), text


def calendar(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each date of the budget calendar stands in every year."""
    table = tables["calendar"]
    for row, step in table.iterrows():
        last = monthrange(2001, step["month"])[1]
        if step["day"] > last:
            text = Text(
                f"tháng {step['month']} không phải năm nào cũng có ngày {step['day']}; hãy ghi ngày từ 1 đến {last}",
                f"month {step['month']} has no day {step['day']} in every year; write a day from 1 to {last}",
            )
            yield "calendar", row, text
