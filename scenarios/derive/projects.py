"""Tables capacities, projects and project_effects: worked examples placed by a stated rule, never real projects."""

from collections import Counter

import numpy as np
import pandas as pd

from derive.figures import World, basis, evaluate, facts, whole
from derive.places import ENDING

PAID_IN = ("first_year", "second_year", "third_year")
SPOKEN = {"candidate": ("đề xuất", "Proposed"), "ongoing": ("giả định chuyển tiếp", "Assumed ongoing")}


def capacities(work: pd.DataFrame, where: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table capacities: what exists in the city for a programme, shared among the areas by the programme's rule."""
    parts = []
    for row in work[work["existing"] != ""].itertuples():
        ids, _ = basis([row.existing], known)
        part = where[["area"]].assign(
            programme=row.programme,
            existing=whole(round(evaluate(row.existing, known)), where[row.rule]),
            source=f"{ids}: {row.existing}; rule {row.rule}" if ids else "facts/programmes.csv, column existing",
            status="assumed",
            note="" if ids else "What exists is not counted anywhere; only projects deliver",
        )
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def unmet_need(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Need less existing capacity: a row for each area, a column for each programme of table capacities."""
    table = tables["capacities"].merge(tables["needs"][["area", "programme", "need"]], on=["area", "programme"])
    return table.assign(unmet=table["need"] - table["existing"]).pivot(
        index="area", columns="programme", values="unmet"
    )


# ---- where ----------------------------------------------------------------------------------------------------------
def sites(world: World, where: pd.DataFrame, unmet: pd.DataFrame, choices: pd.DataFrame) -> pd.DataFrame:
    """The areas of each family of projects: in each class those with the largest unmet need, equal ones by access.

    A family that is kept apart takes areas with the fewest other candidates first. A choice with `at` puts the first
    site of its family where that of the other family stands.
    """
    held = choices.query("at != ''").set_index(["family", "class"])["at"]
    taken: Counter[str] = Counter()
    found: dict[tuple[str, str], list[str]] = {}
    rows = []
    for place in facts("project_places", world).to_dict("records"):
        key = (place["family"], place["class"])
        inside = where[where["class"] == place["class"]].set_index("area")
        order = inside.assign(
            taken=[-taken[area] if place["apart"] == "yes" else 0 for area in inside.index],
            unmet=unmet[place["unmet"]].reindex(inside.index),
        ).sort_values(["taken", "unmet", "access"], ascending=False, kind="stable")
        first = found[held[key], place["class"]][:1] if key in held.index else []
        found[key] = [*first, *order.index.drop(first)][: int(place["number"])]
        taken.update(found[key])
        for rank, area in enumerate(found[key], 1):
            row = {name: place[name] for name in ("family", "class", "unmet")}
            rows.append(row | {"rank": str(rank), "area": area, "left": order.at[area, "unmet"]})
    return pd.DataFrame(rows)


def sized(table: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """Sites with their kind: the largest that the unmet need fills, or the smallest; an alternative is one smaller."""
    found = []
    for row in table.to_dict("records"):
        fits = kinds[(kinds["family"] == row["family"]) & kinds["class"].isin(["all", row["class"]])]
        fits = fits.sort_values("size")
        at = max(int((fits["size"] <= row["left"]).sum()) - 1, 0)
        project = f"{row['family']}_{row['area']}"
        found.append(row | {"project": project, "kind": fits["kind"].iloc[at], "excludes": ""})
        if row["alternative"] == "yes" and at > 0:
            smaller = {"project": f"{project}_smaller", "kind": fits["kind"].iloc[at - 1], "excludes": project}
            found.append(row | smaller)
    return pd.DataFrame(found)


# ---- what -----------------------------------------------------------------------------------------------------------
def projects(world: World, tables: dict[str, pd.DataFrame], where: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """The columns of table projects, and what table project_effects needs besides."""
    choices, kinds = facts("project_choices", world), facts("project_kinds", world)
    kinds["size"] = [evaluate(formula, known) for formula in kinds["places"]]
    table = sites(world, where, unmet_need(tables), choices).merge(choices, on=["family", "class", "rank"], how="left")
    table = sized(table.fillna({"stage": "candidate", "start": "", "alternative": "", "at": "", "note": ""}), kinds)
    table = table.merge(kinds.drop(columns=["family", "class", "size"]), on="kind")
    about = where[["area", "name_vi", "name_short", "type_en", "coefficient"]]
    table = table.merge(about, on="area", suffixes=("", "_area"))
    table["requires"] = [row.at and f"{row.at}_{row.area}" for row in table.itertuples()]
    return priced(timed(named(table), world), known).sort_values("project", ignore_index=True)


def named(table: pd.DataFrame) -> pd.DataFrame:
    """Names that say that a project is proposed or assumed."""
    words = [SPOKEN.get(stage, SPOKEN["candidate"]) for stage in table["stage"]]
    said_vi, said_en = (pd.Series(part) for part in zip(*words, strict=True))
    place = table["name_vi_area"].str[0].str.lower() + table["name_vi_area"].str[1:]
    kind = table["type_en"].replace(ENDING)
    return table.assign(
        name_vi=table["name_vi"] + " " + said_vi + ", " + place,
        name_en=said_en + " " + table["name_en"] + ", " + table["name_short"] + " " + kind,
    )


def timed(table: pd.DataFrame, world: World) -> pd.DataFrame:
    """Windows: what begins is paid for and open within the plan; an ongoing project has begun or begins at once."""
    table[[*PAID_IN, "delay", "life", "wait"]] = table[[*PAID_IN, "delay", "life", "wait"]].apply(pd.to_numeric)
    payments = np.select([table["third_year"] > 0, table["second_year"] > 0], [2, 1], 0)
    fixed = pd.to_numeric(table["start"])
    table["earliest"] = (world.years[0] + fixed.fillna(table["wait"])).astype(int)
    last = world.years[-1] - np.maximum(payments, table["delay"])
    table["latest"] = table["earliest"].where(fixed.notna(), last).astype(int)
    return table


def priced(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Cost and running cost, with the coefficient of the class where the price is not already that of the class."""
    factor = table["coefficient_area"].where(table["coefficient"] == "yes", 1.0)
    ids = pd.Series([basis([row.cost, row.running], known)[0] for row in table.itertuples()])
    ids = ids.where(factor == 1, ids + ", " + np.where(table["class"] == "far", "A01", "F076"))
    times = " × " + factor.map("{:.5g}".format)
    why = np.where(table["at"] == "", "unmet need of " + table["unmet"], "place of " + table["at"])
    place = "; " + table["class"] + " " + table["rank"] + " by " + why
    said = table["note"].where(table["note"] == "", table["note"] + ". ")
    return table.assign(
        cost=([evaluate(formula, known) for formula in table["cost"]] * factor).round(1),
        running_cost=([evaluate(formula, known) for formula in table["running"]] * factor).round(1),
        price_year=2025,
        growth=float(known.at["price_growth", "value"]),
        running_programme="facility_running",
        source=ids + ": (" + table["cost"] + ")" + times + "; running (" + table["running"] + ")" + times + place,
        status="assumed",
        note=said + "Worked example, not a real project",
    )


def effects(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table project_effects, written `programme:capacity ; …` in facts/project_kinds.csv."""
    table = table[["project", "effects"]].assign(effects=table["effects"].str.split(" ; ")).explode("effects")
    table[["programme", "formula"]] = table["effects"].str.split(":", expand=True)
    table["capacity"] = [round(evaluate(formula, known)) for formula in table["formula"]]
    ids = pd.Series([basis([formula], known)[0] for formula in table["formula"]], table.index)
    said = ids + ": " + table["formula"]
    table["source"] = said.where(ids != "", "facts/project_kinds.csv, column effects")
    return table.assign(status="assumed", note="")[["project", "programme", "capacity", "source", "status", "note"]]


COLUMNS = (
    "project", "name_vi", "name_en", "area", "programme", "cost", "price_year", "growth", *PAID_IN, "earliest",
    "latest", "delay", "life", "running_cost", "running_programme", "requires", "excludes", "stage", "source",
    "status", "note",
)  # fmt: skip


def invest(world: World, tables: dict[str, pd.DataFrame], where: pd.DataFrame, known: pd.DataFrame) -> dict:
    """Tables projects and project_effects."""
    table = projects(world, tables, where, known)
    return {"projects": table[[*COLUMNS]], "project_effects": effects(table, known)}
