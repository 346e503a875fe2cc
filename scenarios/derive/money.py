"""Tables funds, fund_shares and eligibility."""

import numpy as np
import pandas as pd

from derive.figures import DISTRICTS, World, basis, evaluate, facts, whole


def funds(world: World, known: pd.DataFrame) -> pd.DataFrame:
    """Table funds: the first year's ceiling by formula, later years by growth."""
    table = facts("funds", world)
    table["first"] = first_ceilings(table, known)
    table["rate"] = [evaluate(formula, known) for formula in table["growth"]]
    found = [basis([row.ceiling, row.growth, row.carry_over], known) for row in table.itertuples()]
    table["ids"], table["status"] = zip(*found, strict=True)
    table["carry_over"] = [evaluate(formula, known) for formula in table["carry_over"]]
    years = pd.DataFrame({"year": world.years, "ahead": range(len(world.years))})
    table = table.merge(years, how="cross")
    power = " × (1 + " + table["growth"] + ")^" + table["ahead"].astype(str)
    table["source"] = table["ids"] + ": (" + table["ceiling"] + ")" + power
    table["ceiling"] = (table["first"] * (1 + table["rate"]) ** table["ahead"]).round().astype(int)
    return table[["fund", "year", "name_vi", "name_en", "kind", "ceiling", "carry_over", "source", "status", "note"]]


def first_ceilings(table: pd.DataFrame, known: pd.DataFrame) -> list[float]:
    """Ceilings of the first year; `city_part` stands for what the funds of the city before it come to together."""
    found: list[float] = []
    for formula in table["ceiling"]:
        known.at["city_part", "value"] = sum(found)
        found.append(evaluate(formula, known))
    return found


def fund_shares(world: World, where: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table fund_shares: local budgets by children times class coefficient; the minority programme by communes."""
    local = where[["area"]].assign(
        fund="local_budget",
        share=whole(1_000_000, where["norm"]) / 1_000_000,
        source="F001, F076, A01: children × class coefficient",
        status="assumed",
        note="",
    )
    parts = [local]
    if world is DISTRICTS:
        parts.append(minority_shares(where, known.at["minority_communes", "value"]))
    return pd.concat(parts, ignore_index=True)[["fund", "area", "share", "source", "status", "note"]]


def minority_shares(where: pd.DataFrame, communes: float) -> pd.DataFrame:
    """The minority programme by minority communes of the district; where unknown, an equal part of the rest."""
    listed = pd.to_numeric(where["n_minority_communes"])
    unknown = listed.isna()
    count = listed.fillna((communes - listed.sum()) / unknown.sum())
    return where[["area"]].assign(
        fund="minority_programme",
        share=whole(1_000_000, count) / 1_000_000,
        source="F069: minority communes of the district, of 14 in the city",
        status=np.where(unknown, "assumed", "derived"),
        note=np.where(unknown, "How four communes divide among three districts is not known: equal parts", ""),
    )


def eligibility(world: World) -> pd.DataFrame:
    """Table eligibility."""
    table = facts("eligibility", world).assign(source="facts/eligibility.csv")
    return table[["fund", "programme", "field", "class", "cost_type", "source", "status", "note"]]
