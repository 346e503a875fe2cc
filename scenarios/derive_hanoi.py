"""Make every table of the two shipped Hanoi data folders from the facts in `facts/`.

    python scenarios/derive_hanoi.py [OUT]

Facts and assumptions are *figures* with a name and an id (facts/city_totals.csv, facts/assumptions.csv). Needs, prices,
ceilings and targets are *formulas* over these names, kept in facts/programmes.csv, funds.csv, targets.csv. What is made
here is evaluation, sharing among areas by a stated rule, and whole numbers that add up. A row whose formula or rule
uses an assumption is `assumed`; a row made of sourced figures only is `derived`.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent
FACTS = HERE / "facts"
CITY = "Thành phố Hà Nội"
NAME = re.compile(r"[a-z_]\w*")
ENDING = {"urban district": "district", "rural district": "district"}


@dataclass(frozen=True)
class World:
    """One of the two maps of Hanoi: its data folder, its years, the file of its areas and their year of population."""

    folder: str
    years: tuple[int, ...]
    places: str
    population: str


DISTRICTS = World("hanoi-districts-2024", (2025, 2026, 2027, 2028, 2029), "districts_2024", "2018")
COMMUNES = World("hanoi-communes-2026", (2026, 2027, 2028, 2029, 2030), "communes_2025", "2025")
WORLDS = (DISTRICTS, COMMUNES)


# ---- figures and formulas -------------------------------------------------------------------------------------------
def facts(name: str, world: World) -> pd.DataFrame:
    """A file of facts, with the rows that hold in this world."""
    table = pd.read_csv(FACTS / f"{name}.csv", dtype=str, keep_default_na=False)
    if "data" in table:
        table = table[table["data"].isin(["both", world.folder])].drop(columns="data")
    return table.reset_index(drop=True)


def figures(world: World) -> pd.DataFrame:
    """All named figures: value, id, and whether it is assumed."""
    sourced = facts("city_totals", world).assign(assumed=False)
    table = pd.concat([sourced, facts("assumptions", world).assign(assumed=True)])
    table = table[["name", "value", "id", "assumed"]].set_index("name")
    table["value"] = pd.to_numeric(table["value"])
    table.loc["first_year"] = [world.years[0], "", False]
    table.loc["city_part"] = [np.nan, "", False]
    return table


def evaluate(formula: str, known: pd.DataFrame) -> float:
    """The number that a formula over named figures comes to."""
    values = {name: float(known.at[name, "value"]) for name in NAME.findall(formula)}
    return float(pd.eval(formula, local_dict=values, engine="python"))


def basis(formulas: Iterable[str], known: pd.DataFrame) -> tuple[str, str]:
    """The ids that formulas rest on, and the status of what they come to."""
    names = dict.fromkeys(name for formula in formulas for name in NAME.findall(formula))
    used = known.loc[list(names)]
    ids = ", ".join(dict.fromkeys(used.loc[used["id"] != "", "id"]))
    return ids, "assumed" if used["assumed"].any() else "derived"


def whole(total: int, weights: pd.Series, least: int = 0) -> pd.Series:
    """Whole numbers that add up to the total, at least `least` each, the rest by weight and largest remainder."""
    exact = (total - least * len(weights)) * weights / weights.sum()
    share = np.floor(exact)
    rank = (exact - share).rank(ascending=False, method="first")
    share += rank <= round(exact.sum() - share.sum())
    return share.astype(int) + least


def at_least_one(total: int, weights: pd.Series) -> pd.Series:
    """Whole numbers by weight; where some area would get none, every area first gets one."""
    shared = whole(total, weights)
    return shared if shared.min() > 0 else whole(total, weights, least=1)


# ---- areas and classes ----------------------------------------------------------------------------------------------
def classes(world: World, known: pd.DataFrame) -> pd.DataFrame:
    """The four classes with their cost coefficient and need weight, which other tables use."""
    table = facts("classes", world)
    table["source"], table["status"] = zip(*(basis([f], known) for f in table["coefficient"]), strict=True)
    table["source"] += "; distance line A02"
    table["status"] = "assumed"
    table["coefficient"] = [_ratio(formula, known) for formula in table["coefficient"]]
    table["outer"] = [evaluate(formula, known) for formula in table["outer"]]
    table["note"] = "Cost coefficient " + table["coefficient"].map("{:.5g}".format) + "; who belongs here is our choice"
    return table


def _ratio(formula: str, known: pd.DataFrame) -> float:
    """A ratio of two norms to three decimals, as printed; a figure that stands alone as it is."""
    return round(evaluate(formula, known), 3 if "/" in formula else 6)


def district_class(places: pd.DataFrame, far_km: float) -> pd.Series:
    """Urban districts; Ba Vì is mountain; other districts with minority communes, or beyond the line, are far."""
    far = (places["distance_km"] >= far_km) | (places["minority_communes"] == "yes")
    kinds = [places["type_vi"] == "Quận", places["slug"] == "ba-vi", far]
    return pd.Series(np.select(kinds, ["urban", "mountain", "far"], "plain"), places.index)


def commune_class(places: pd.DataFrame, far_km: float) -> pd.Series:
    """The listed minority communes are mountain; wards are urban; communes beyond the line are far."""
    kinds = [
        places["minority_mountain"] == "yes",
        places["type_vi"] == "Phường",
        places["distance_km"] >= far_km,
    ]
    return pd.Series(np.select(kinds, ["mountain", "urban", "far"], "plain"), places.index)


def places(world: World, known: pd.DataFrame) -> pd.DataFrame:
    """The facts on areas with class, children and lower units."""
    table = facts(world.places, world).rename(columns={"population_2018": "population"})
    number = ["population", "area_km2", "latitude", "longitude", "distance_km"]
    table[number] = table[number].apply(pd.to_numeric)
    classify = district_class if world is DISTRICTS else commune_class
    table["area"] = table["slug"].str.replace("-", "_")
    table["class"] = classify(table, known.at["far_km", "value"])
    table["children"] = whole(int(known.at["children_city", "value"]), table["population"])
    table["access"] = access(table, known.at["surface_part", "value"])
    if world is DISTRICTS:
        table["lower_units"] = table["lower_units_2024"].astype(int)
    else:
        table["lower_units"] = whole(int(known.at["lower_units", "value"]), table["access"], least=1)
    return table


def access(table: pd.DataFrame, surface: float) -> pd.Series:
    """Share of facilities: part by children, part by surface."""
    children, size = (table[column] / table[column].sum() for column in ("children", "area_km2"))
    return (1 - surface) * children + surface * size


def areas(world: World, table: pd.DataFrame) -> pd.DataFrame:
    """Table areas."""
    ending = table["type_en"].replace(ENDING)
    note = f"Children: city total (F001) shared by population of {world.population}"
    if "lead_district" in table:
        note = note + "; mostly in former " + table["lead_district"]
    table = table.assign(
        name_en=table["name_short"] + " " + ending,
        type=table["type_vi"],
        parent=CITY,
        population=table["population"].astype(int),
        source=table["source"].str.replace(" ", ", ") + ", F001",
        status="derived",
        note=note,
    )
    columns = "area name_vi name_en type parent class population children area_km2 latitude longitude distance_km"
    return table[[*columns.split(), "source", "status", "note"]]


# ---- programmes, needs, costs ---------------------------------------------------------------------------------------
def programme_facts(world: World, known: pd.DataFrame) -> pd.DataFrame:
    """The facts on programmes with their formulas worked out."""
    table = facts("programmes", world).merge(facts("agencies", world), on="agency", suffixes=("", "_agency"))
    table["weight"] = [float(known.at[f"depth_{depth}", "value"]) for depth in table["depth"]]
    table["per_unit"] = [round(evaluate(formula, known), 3) for formula in table["children_per_unit"]]
    table["total"] = [round(evaluate(formula, known)) for formula in table["need"]]
    table["price"] = [evaluate(formula, known) for formula in table["unit_cost"]]
    table["price_at"] = [int(evaluate(formula, known)) for formula in table["price_year"]]
    table["growing"] = [evaluate(formula, known) for formula in table["growth"]]
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
            "need": at_least_one(row.total, where[row.rule]),
            "source": f"{ids}: {row.need}; rule {row.rule}",
            "status": status,
            "note": row.note,
        }
    )


def unit_costs(table: pd.DataFrame, kinds: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Table unit_costs: the price of a programme times the coefficient of the class, cash benefits excepted."""
    pairs = table.merge(kinds[["class", "coefficient"]], how="cross", suffixes=("_used", ""))
    factor = pairs["coefficient"].where(pairs["coefficient_used"] == "yes", 1.0)
    found = [basis([row.unit_cost, row.growth], known) for row in pairs.itertuples()]
    ids, status = (pd.Series(part, pairs.index) for part in zip(*found, strict=True))
    scaled = factor != 1
    ids = ids.where(~scaled, ids + ", " + np.where(pairs["class"] == "far", "A01", "F076"))
    return pd.DataFrame(
        {
            "programme": pairs["programme"],
            "class": pairs["class"],
            "unit_cost": (pairs["price"] * factor).round(4),
            "price_year": pairs["price_at"],
            "growth": pairs["growing"],
            "source": ids + ": (" + pairs["unit_cost"] + ") × " + factor.map("{:.5g}".format),
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


# ---- funds ----------------------------------------------------------------------------------------------------------
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


# ---- targets and baseline -------------------------------------------------------------------------------------------
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
    columns = "target document_vi document_en programme class area year coverage weight strength agency_vi agency_en"
    return wanted[[*columns.split(), "source", "status", "note"]]


def full_cost(tables: dict[str, pd.DataFrame], years: int) -> pd.DataFrame:
    """Million VND a year that all needs cost at the prices stated: capital spread evenly over the plan."""
    table = tables["needs"].merge(tables["areas"][["area", "class"]], on="area")
    table = table.merge(tables["unit_costs"][["programme", "class", "unit_cost"]], on=["programme", "class"])
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
    return table[table["amount"] > 0].reset_index(drop=True)


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


# ---- all ------------------------------------------------------------------------------------------------------------
def make(world: World) -> dict[str, pd.DataFrame]:
    """Every table of one data folder."""
    known = figures(world)
    kinds = classes(world, known)
    where = places(world, known).merge(kinds[["class", "coefficient", "outer"]], on="class", how="left")
    where["norm"] = where["children"] * where["coefficient"]
    work = programme_facts(world, known)
    tables = {
        "classes": kinds[["class", "name_vi", "name_en", "remote", "source", "status", "note"]],
        "areas": areas(world, where),
        "programmes": programmes(work, known),
        "needs": needs(world, work, where, known),
        "unit_costs": unit_costs(work, kinds, known),
        "bands": bands(work),
        "funds": funds(world, known),
        "fund_shares": fund_shares(world, where, known),
        "eligibility": eligibility(world),
        "targets": targets(world, work, known),
    }
    return tables | {"baseline": baseline(world, tables, where, known.at["baseline_part", "value"])}


def write(out: Path) -> None:
    """Write both data folders below `out`."""
    for world in WORLDS:
        folder = out / world.folder / "data"
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in make(world).items():
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
