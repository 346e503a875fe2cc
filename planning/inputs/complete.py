"""Checks that nothing is left open: a missing need, cost or ceiling is never taken as zero."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from planning.inputs.codes import places, rows_of
from planning.inputs.words import listing, number
from planning.vocabulary import ALL, CAPITAL

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, str]
Years = tuple[int, ...]


def needs(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every area has a need for every programme, be it 0."""
    areas, programmes = tables["areas"]["area"], tables["programmes"]["programme"]
    missing = _missing_pairs(tables["needs"], "area", areas, "programme", programmes)
    if missing:
        yield (
            "needs",
            None,
            f"no need is stated for {_pairs(missing)}; write a row for each, with 0 where nothing is needed",
        )


def baseline(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every area has a baseline for every programme, be it 0."""
    areas, programmes = tables["areas"]["area"], tables["programmes"]["programme"]
    missing = _missing_pairs(tables["baseline"], "area", areas, "programme", programmes)
    if missing:
        yield "baseline", None, f"no amount is stated for {_pairs(missing)}; write a row for each, with 0 for no money"


def unit_costs(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every programme has a unit cost in every class that has areas, unless projects alone deliver it."""
    programmes, classes = tables["programmes"]["programme"], tables["areas"]["class"].drop_duplicates()
    if "capacities" in tables:
        capital = tables["programmes"]["cost_type"] == CAPITAL
        programmes = programmes[~(capital & programmes.isin(tables["capacities"]["programme"].unique()))]
    missing = _missing_pairs(tables["unit_costs"], "programme", programmes, "class", classes)
    if missing:
        yield "unit_costs", None, f"no unit cost is stated for {_pairs(missing)}; write a row for each"


def years_of_needs(tables: Tables, years: Years) -> Iterator[Finding]:
    """A need is stated once for all years or once for each plan year; that of a capital programme once."""
    table = tables["needs"]
    capital = tables["programmes"].loc[tables["programmes"]["cost_type"] == CAPITAL, "programme"]
    dated = table[table["year"] != ALL]
    if dated.empty:
        return
    built = dated["programme"].isin(capital)
    for row, cell in dated[built].iterrows():
        text = f"programme '{cell['programme']}' is capital, so its need is what is built over the whole plan"
        yield "needs", row, f"{text}; write year all, not {cell['year']}"
    dated = dated[~built]
    every = table[table["year"] == ALL].reset_index().set_index(["area", "programme"])["row"]
    both = every.reindex(pd.MultiIndex.from_frame(dated[["area", "programme"]]))
    for (row, cell), other in zip(dated.iterrows(), both, strict=True):
        if not np.isnan(other):
            text = f"area '{cell['area']}', programme '{cell['programme']}' has a need for {cell['year']} here and for"
            yield "needs", row, f"{text} all years in row {other:.0f}; keep one or the other"
    wanted = [str(year) for year in years]
    for (area, programme), group in dated[both.isna().to_numpy()].groupby(["area", "programme"], sort=False):
        if left := [year for year in wanted if year not in set(group["year"])]:
            text = f"area '{area}', programme '{programme}' has no need for {listing(left)}"
            yield "needs", group.index[0], f"{text}; write a row for each plan year, or one row with all"


def bands(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every programme has bands 1, 2, …; their shares add up to 1 and no band does more good than the one before."""
    table = tables["bands"].sort_values(["programme", "band"])
    bare = tables["programmes"].loc[~tables["programmes"]["programme"].isin(table["programme"]), "programme"]
    if len(bare):
        text = f"no band is stated for {listing(list(bare))}; write one row for each, band 1 with share 1 and effect 1"
        yield "bands", None, text
    for programme, entries in rows_of(table, "programme", "band", "share", "effect").items():
        rows, numbers, shares, effects = zip(*entries, strict=True)
        if list(numbers) != list(range(1, len(rows) + 1)):
            text = f"the bands of '{programme}' are {listing(numbers, 10)}; number them 1, 2, … without gaps"
            yield "bands", min(rows), text
        if abs(more := sum(shares) - 1) > 1e-9:
            text = f"the shares of '{programme}' add up to {number(1 + more)}; they must add up to 1"
            yield "bands", min(rows), text
        for row, band, effect, before in zip(rows[1:], numbers[1:], effects[1:], effects, strict=False):
            if effect > before:
                text = f"band {band} of '{programme}' has effect {number(effect)}, more than the band before"
                yield "bands", row, f"{text}; put the bands in order of falling effect"


def funds(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every fund has a ceiling for every plan year, and the same names and kind in all its rows."""
    names = ("name_vi", "name_en", "kind")
    for fund, entries in rows_of(tables["funds"], "fund", "year", *names).items():
        rows, stated, *columns = zip(*entries, strict=True)
        if left := [year for year in years if year not in stated]:
            text = (
                f"fund '{fund}' has no ceiling for {listing(left)}; write a row for each plan year, with 0 for no money"
            )
            yield "funds", rows[0], text
        for name, values in zip(names, columns, strict=True):
            for row, value in zip(rows, values, strict=True):
                if value != values[0]:
                    text = f"{name} '{value}' of fund '{fund}' is '{values[0]}' in row {rows[0]}"
                    yield "funds", row, f"{text}; write the same in both"


def fund_shares(tables: Tables, years: Years) -> Iterator[Finding]:
    """The areas' parts of a fund add up to 1 and leave no area out."""
    areas = tables["areas"]["area"]
    for fund, group in tables["fund_shares"].groupby("fund", sort=False):
        first = int(group.index[0])
        left = list(areas[~areas.isin(group["area"])])
        if left:
            yield "fund_shares", first, f"fund '{fund}' has no share for {listing(left)}; write 0 for an area without"
        elif abs(group["share"].sum() - 1) > 1e-9:
            total = group["share"].sum()
            yield "fund_shares", first, f"the shares of fund '{fund}' add up to {total:.10g}; they must add up to 1"


def eligibility(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every fund may pay for something, and every row allows something."""
    table = tables["eligibility"]
    nothing = ~_programmes_allowed(table, tables["programmes"]).any(axis=1)
    for row in table.index[nothing]:
        yield "eligibility", row, "no programme has this field and cost type together; correct one, or write all"
    idle = sorted(set(tables["funds"]["fund"]) - set(table["fund"]))
    if idle:
        text = f"no row says what {listing(idle)} may pay for; write a row for each, with all for no limit"
        yield "eligibility", None, text


def payable(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every need may be paid by some fund."""
    table, programmes = tables["eligibility"], pd.Index(tables["programmes"]["programme"])
    classes = pd.Index(tables["areas"]["class"].unique())
    limit = table["class"].to_numpy()[:, None]
    allowed = _programmes_allowed(table, tables["programmes"])[:, :, None]
    paid = (allowed & ((limit == ALL) | (limit == classes.to_numpy()))[:, None, :]).any(axis=0)
    needed = tables["needs"][tables["needs"]["need"] > 0]
    kind = places(classes, tables["areas"]["class"])[places(tables["areas"]["area"], needed["area"])]
    asked = np.zeros_like(paid)
    asked[places(programmes, needed["programme"]), kind] = True
    bare = [(programmes[p], classes[k]) for p, k in np.argwhere(asked & ~paid)]
    if bare:
        yield "eligibility", None, f"no fund may pay for {_pairs(bare)}; write a row for a fund that may"


def _programmes_allowed(table: pd.DataFrame, programmes: pd.DataFrame) -> np.ndarray:
    """(rows, P) True where a row of table eligibility is about the programme, by its code, field and cost type."""
    allowed = np.ones((len(table), len(programmes)), dtype=bool)
    for name in ("programme", "field", "cost_type"):
        limit = table[name].to_numpy()[:, None]
        allowed &= (limit == ALL) | (limit == programmes[name].to_numpy())
    return allowed


def _missing_pairs(
    table: pd.DataFrame, first: str, firsts: pd.Series, second: str, seconds: pd.Series
) -> list[tuple[str, str]]:
    """The pairs of known codes for which the table has no row."""
    rows, columns = pd.Index(firsts), pd.Index(seconds)
    there = np.zeros((len(rows), len(columns)), dtype=bool)
    at, under = places(rows, table[first]), places(columns, table[second])
    known = (at >= 0) & (under >= 0)
    there[at[known], under[known]] = True
    return [(rows[i], columns[j]) for i, j in np.argwhere(~there)]


def _pairs(pairs: list[tuple[str, str]]) -> str:
    return listing([f"'{first}' and '{second}'" for first, second in pairs])
