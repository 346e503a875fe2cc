"""Tables targets and baseline."""

import numpy as np
import pandas as pd

from derive.figures import World, basis, evaluate, facts


def targets(world: World, table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table targets: one row for each year from the first to the last that a target is set for."""
    wanted = facts("targets", world).merge(table[["programme", "agency_vi", "agency_en"]], on="programme")
    span = wanted[["first_year", "last_year"]].astype(int)
    wanted["year"] = [list(range(first, last + 1)) for first, last in span.itertuples(index=False)]
    found = [basis([formula], known) for formula in wanted["coverage"]]
    ids, status = (pd.Series(part, wanted.index) for part in zip(*found, strict=True))
    wanted["source"] = ids.where(ids != "", "facts/targets.csv")
    wanted["status"] = status.where(ids != "", "assumed")
    wanted["coverage"] = [evaluate(formula, known) for formula in wanted["coverage"]]
    wanted = wanted.explode("year", ignore_index=True).assign(area="all")
    wanted["target"] += "_" + wanted["year"].astype(str)
    columns = (
        "target document_vi document_en programme class area year coverage weight priority strength agency_vi agency_en"
    )
    return wanted[[*columns.split(), "source", "status", "note"]]


def full_cost(tables: dict[str, pd.DataFrame], years: int) -> pd.DataFrame:
    """Million VND a year that all needs cost at the prices stated: capital spread evenly over the plan.

    What only projects deliver has no unit cost and counts as 0.
    """
    table = tables["needs"].merge(tables["areas"][["area", "class"]], on="area")
    prices = tables["unit_costs"][["programme", "class", "unit_cost"]]
    table = table.merge(prices, on=["programme", "class"], how="left").fillna({"unit_cost": 0.0})
    table = table.merge(tables["programmes"][["programme", "field", "cost_type"]], on="programme")
    spread = np.where(table["cost_type"] == "capital", years, 1)
    return table.assign(cost=table["need"] * table["unit_cost"] / spread)


def baseline(world: World, tables: dict[str, pd.DataFrame], where: pd.DataFrame, part: float) -> pd.DataFrame:
    """Table baseline: part of each fund's first year, to areas by norm, in an area by full cost of what it may pay."""
    cost = full_cost(tables, len(world.years)).merge(where[["area", "norm"]], on="area")
    money = tables["funds"].query("year == @world.years[0]").set_index("fund")["ceiling"] * part
    shares = tables["fund_shares"].set_index(["fund", "area"])["share"]
    given = sum(_given(fund, amount, cost, tables["eligibility"], shares) for fund, amount in money.items())
    table = cost[["area", "programme"]].assign(
        amount=given.round(1),
        source="facts/funds.csv, A52: first year's ceilings × area's share of the norm × share of full cost",
        status="assumed",
        note="A norm, not an approved budget: the approved one was not found",
    )
    table.loc[table["amount"] == 0, "note"] = "Nothing: it follows from projects, and no approved project was found"
    return table.reset_index(drop=True)


def _given(fund: str, amount: float, cost: pd.DataFrame, rules: pd.DataFrame, shares: pd.Series) -> pd.Series:
    allowed = pd.Series(False, cost.index)
    for rule in rules[rules["fund"] == fund].to_dict("records"):
        keys = ("programme", "field", "class", "cost_type")
        allowed |= np.logical_and.reduce([(cost[key] == rule[key]) | (rule[key] == "all") for key in keys])
    if fund in shares.index.get_level_values("fund"):
        weight = cost["area"].map(shares[fund]).fillna(0.0)
    else:
        weight = cost["norm"]
    payable = cost["cost"].where(allowed, 0.0)
    in_area = payable.groupby(cost["area"]).transform("sum")
    weight = weight.where(in_area > 0, 0.0)
    per_area = weight / weight.groupby(cost["area"]).first().sum()
    return amount * per_area * payable / in_area.where(in_area > 0, 1.0)
