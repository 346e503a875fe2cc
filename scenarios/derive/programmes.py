"""Tables programmes, needs, unit_costs and bands."""

import numpy as np
import pandas as pd

from derive.figures import COMMUNES, World, at_least_one, basis, evaluate, facts


def programme_facts(world: World, known: pd.DataFrame) -> pd.DataFrame:
    """The facts on programmes with their formulas worked out."""
    table = facts("programmes", world).merge(facts("agencies", world), on="agency", suffixes=("", "_agency"))
    table["weight"] = [float(known.at[f"depth_{depth}", "value"]) for depth in table["depth"]]
    table["per_unit"] = [round(evaluate(formula, known), 3) for formula in table["children_per_unit"]]
    table["total"] = [round(evaluate(formula, known)) for formula in table["need"]]
    table["by_projects"] = (table["existing"] != "") & (table["cost_type"] == "capital")
    return table


def programmes(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table programmes."""
    ids = [basis([f"depth_{row.depth}", row.children_per_unit], known)[0] for row in table.itertuples()]
    category = np.where(table["category"] == "", "", "Category: read in a budgeting program, not in the circular. ")
    columns = "programme name_vi name_en field cost_type unit_vi unit_en children_per_unit weight agency_vi agency_en"
    table = table.assign(
        children_per_unit=table["per_unit"],
        chapter="",
        item="",
        source=ids,
        status="assumed",
        note=category + "Agency: " + table["note_agency"],
    )
    return table[[*columns.split(), "chapter", "category", "item", "source", "status", "note"]]


def needs(world: World, table: pd.DataFrame, where: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table needs: each programme's city total, shared among the areas in whole units by the programme's rule."""
    where = where.assign(outer=where["children"] * where["outer"])
    return pd.concat([_need(world, row, where, known) for row in table.itertuples()], ignore_index=True)


def _need(world: World, row: tuple, where: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    ids, status = basis([row.need], known)
    if row.rule in ("outer", "access") or (row.rule == "lower_units" and world is COMMUNES):
        status = "assumed"
    return pd.DataFrame(
        {
            "area": where["area"],
            "programme": row.programme,
            "year": "all",
            "need": at_least_one(row.total, where[row.rule]) if row.total else 0,
            "source": f"{ids}: {row.need}; rule {row.rule}" if row.total else "facts/programmes.csv: none of its own",
            "status": status,
            "note": row.note,
        }
    )


def unit_costs(table: pd.DataFrame, kinds: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table unit_costs: the price of a programme times the coefficient of the class, cash benefits excepted.

    Programmes that only projects deliver have no price of their own.
    """
    pairs = table[~table["by_projects"]].merge(kinds[["class", "coefficient"]], how="cross", suffixes=("_used", ""))
    factor = pairs["coefficient"].where(pairs["coefficient_used"] == "yes", 1.0)
    found = [basis([row.unit_cost, row.growth], known) for row in pairs.itertuples()]
    ids, status = (pd.Series(part, pairs.index) for part in zip(*found, strict=True))
    scaled = factor != 1
    ids = ids.where(~scaled, ids + ", " + np.where(pairs["class"] == "far", "A01", "F076"))
    said = ids.where(ids != "", "facts/programmes.csv")
    return pd.DataFrame(
        {
            "programme": pairs["programme"],
            "class": pairs["class"],
            "unit_cost": ([evaluate(formula, known) for formula in pairs["unit_cost"]] * factor).round(4),
            "price_year": [int(evaluate(formula, known)) for formula in pairs["price_year"]],
            "growth": [evaluate(formula, known) for formula in pairs["growth"]],
            "source": said + ": (" + pairs["unit_cost"] + ") × " + factor.map("{:.5g}".format),
            "status": status.where(~scaled, "assumed"),
            "note": "",
        }
    )


def bands(table: pd.DataFrame) -> pd.DataFrame:
    """Table bands, written `share:effect` one after the other in facts/programmes.csv."""
    table = table[["programme", "bands"]].assign(bands=table["bands"].str.split(" ")).explode("bands")
    table["band"] = table.groupby("programme").cumcount() + 1
    table[["share", "effect"]] = table["bands"].str.split(":", expand=True).astype(float)
    table["source"] = "facts/programmes.csv, column bands"
    table["status"] = "assumed"
    table["note"] = "The first reached gain most; how fast the effect falls was not measured"
    table.loc[table["bands"] == "1:1", "note"] = "Every unit counts alike"
    return table.drop(columns="bands").sort_values(["programme", "band"], ignore_index=True)
