"""Checks for figures that cannot be right, or that are certainly in another unit than the table's."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from operator import itemgetter
from statistics import median

import numpy as np
import pandas as pd

from planning.inputs.codes import places, records, rows_of
from planning.inputs.words import listing, money, number
from planning.vocabulary import ALL

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, str]
Years = tuple[int, ...]
FAR = 100  # no real price differs so much between classes, no real ceiling from year to year or from needs


def children(tables: Tables, years: Years) -> Iterator[Finding]:
    """No area has more children than people."""
    table = tables["areas"]
    for row in table.index[table["children"] > table["population"]]:
        area = table.loc[row]
        text = f"{area['children']:,} children of '{area['area']}' are more than its {area['population']:,} people"
        yield "areas", row, f"{text}; check both figures"


def needs(tables: Tables, years: Years) -> Iterator[Finding]:
    """Where one unit is one child, an area cannot need more units than it has children."""
    single = tables["programmes"].loc[tables["programmes"]["children_per_unit"] == 1, "programme"]
    table = tables["needs"]
    most = tables["areas"]["children"].to_numpy()[places(tables["areas"]["area"], table["area"])]
    over = np.flatnonzero(table["programme"].isin(single) & (table["need"] > most))
    for (row, cell), limit in zip(table.iloc[over].iterrows(), most[over], strict=True):
        text = f"need {number(cell['need'])} of '{cell['programme']}' is more than the {number(limit)} children"
        yield "needs", row, f"{text} of '{cell['area']}'; check the need, or children_per_unit of the programme"


def unit_costs(tables: Tables, years: Years) -> Iterator[Finding]:
    """The unit costs of one programme are in one unit of money."""
    for programme, entries in rows_of(tables["unit_costs"], "programme", "unit_cost").items():
        (low, least), (high, most) = (end(entries, key=itemgetter(1)) for end in (min, max))
        if most > FAR * least:
            text = f"unit_cost {number(most)} of '{programme}' is {number(most // least)} times the {number(least)} of"
            yield "unit_costs", high, f"{text} row {low}; write both in million VND"


def ceilings(tables: Tables, years: Years) -> Iterator[Finding]:
    """The ceilings of one fund are in one unit of money; 0 stands for no money."""
    paid = tables["funds"][tables["funds"]["ceiling"] > 0]
    for fund, entries in rows_of(paid, "fund", "year", "ceiling").items():
        for at, (row, year, ceiling) in enumerate(entries):
            others = [other for *_, other in entries[:at] + entries[at + 1 :]]
            usual = median(others) if others else ceiling
            if ceiling * FAR < usual or (ceiling > FAR * usual and len(others) > 1):
                text = f"ceiling {number(ceiling)} of '{fund}' in {year} is far from that of its other years"
                yield "funds", row, f"{text}, {money(usual)}; write all of them in million VND"


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
    text = f"all ceilings add up to {money(ceiling)} a year, beside {money(cost)} that one year of all needs costs"
    if cost > 0 and ceiling > FAR * cost:
        yield "funds", None, f"{text}; write ceilings in million VND"
    elif 0 < ceiling < cost / FAR**2:
        yield "unit_costs", None, f"{text}; write unit costs and ceilings in million VND"


def targets(tables: Tables, years: Years) -> Iterator[Finding]:
    """A target is due within the plan, and is about areas that need the programme."""
    areas, classes = (tables["areas"][name].to_numpy(object) for name in ("area", "class"))
    programmes = pd.Index(tables["programmes"]["programme"])
    needs_it = {year: _needed(tables, programmes, year) for year in set(tables["targets"]["year"])}
    for row, target in zip(tables["targets"].index, records(tables["targets"]), strict=True):
        name = f"target '{target['target']}'"
        if target["year"] not in years:
            text = f"{name} is due in {target['year']}, outside the plan years {listing(years, 10)}"
            yield "targets", row, f"{text}; change its year, or the years of the scenario"
        of_class = (classes == target["class"]) | (target["class"] == ALL)
        if target["area"] != ALL and not of_class[named := areas == target["area"]].all():
            text = f"{name} names area '{target['area']}', which is of class '{classes[named][0]}'"
            yield "targets", row, f"{text}, not '{target['class']}'; write all for one of them"
            continue
        about = of_class & ((areas == target["area"]) | (target["area"] == ALL))
        if not needs_it[target["year"]][programmes.get_loc(target["programme"]), about].any():
            text = f"{name} is about areas that need nothing of '{target['programme']}' in {target['year']}"
            yield "targets", row, f"{text}; check class, area and table needs"


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
        text = f"{listing(there)} of the range stands without {listing(left)}"
        yield name, int(str(row)), f"{text}; fill in low, high and shape, or none of them"
    whole = table[stated.all(axis=1)]
    for row in whole.index[whole[value] <= 0]:
        yield name, int(row), f"a range stands around a {value} of 0; leave low, high and shape empty there"
    kept = whole[whole[value] > 0]
    for row, cell in kept[(kept["low"] > kept[value]) | (kept["high"] < kept[value])].iterrows():
        text = f"{value} {number(cell[value])} lies outside its range from {number(cell['low'])} to"
        yield name, int(str(row)), f"{text} {number(cell['high'])}; write low ≤ {value} ≤ high, all in one unit"


def calendar(tables: Tables, years: Years) -> Iterator[Finding]:
    """Each date of the budget calendar stands in every year."""
    table = tables["calendar"]
    for row, step in table.iterrows():
        last = monthrange(2001, step["month"])[1]
        if step["day"] > last:
            text = f"month {step['month']} has no day {step['day']} in every year; write a day from 1 to {last}"
            yield "calendar", row, text
