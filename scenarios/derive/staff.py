"""Tables resources and resource_use: what money alone does not buy. Plans keep to them only where a scenario asks."""

import pandas as pd

from derive.figures import World, basis, evaluate, facts


def resources(world: World, known: pd.DataFrame) -> pd.DataFrame:
    """Table resources: the first year's ceiling by formula, later years by growth."""
    table = facts("resources", world)
    found = [basis([row.ceiling, row.growth], known) for row in table.itertuples()]
    table["ids"], table["status"] = zip(*found, strict=True)
    first = pd.Series([evaluate(formula, known) for formula in table["ceiling"]])
    rate = pd.Series([evaluate(formula, known) for formula in table["growth"]])
    table = table.assign(first=first, rate=rate)
    table = table.merge(pd.DataFrame({"year": world.years, "ahead": range(len(world.years))}), how="cross")
    power = " × (1 + " + table["growth"] + ")^" + table["ahead"].astype(str)
    table["source"] = table["ids"] + ": (" + table["ceiling"] + ")" + power
    table["ceiling"] = (table["first"] * (1 + table["rate"]) ** table["ahead"]).round().astype(int)
    return table[["resource", "year", "name_vi", "name_en", "ceiling", "source", "status", "note"]]


def resource_use(world: World, known: pd.DataFrame) -> pd.DataFrame:
    """Table resource_use: what one unit of a programme takes, by formula."""
    table = facts("resource_use", world)
    found = [basis([formula], known) for formula in table["per_unit"]]
    table["ids"], table["status"] = zip(*found, strict=True)
    table["source"] = table["ids"] + ": " + table["per_unit"]
    table["per_unit"] = [round(evaluate(formula, known), 6) for formula in table["per_unit"]]
    return table[["resource", "programme", "per_unit", "source", "status", "note"]]
