"""Tables areas and classes."""

import numpy as np
import pandas as pd

from derive.figures import DISTRICTS, World, basis, evaluate, facts, whole

CITY = "Thành phố Hà Nội"
ENDING = {"urban district": "district", "rural district": "district"}


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
