"""Rules on services: the coverage that documents promise."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.model.rows import Rows, Sum, rule
from planning.vocabulary import ALL


@rule(
    "share",
    vi="{target}: {programme}, {place}, bao phủ ít nhất {level} vào năm {year}",
    en="{target}: {programme}, {place}, reaches at least {level} of the need in {year}",
)
def targets(case: Case) -> Iterable[Rows]:
    """Coverage promised in a document is reached; what is missing from a soft target is its shortfall s.

    Σ_{a∈g} y[a,p,t]  ≥  T[g]·(1 − s[g]) · Σ_{a∈g} N[a,p,t]        ∀ targets g = (areas, programme p, year t)
    """
    wanted = case.scenario.rules.targets
    if wanted == "off":
        return
    table = case.tables["targets"]
    if wanted.strength != "as_stated":
        table = table.assign(strength=wanted.strength)
    for strength, group in table.groupby("strength", sort=False):
        yield _target_rows(case, group, strength)


def _target_rows(case: Case, table: pd.DataFrame, strength: str) -> Rows:
    _, programmes, years = case.shape
    p = case.programmes.get_indexer(table["programme"])
    t = pd.Index(case.years).get_indexer(table["year"])
    row, a = np.nonzero(np.array([target_areas(case, item) for item in table.to_dict("records")]))
    need = np.bincount(row, case.need[a, p[row], t[row]], minlength=len(table))
    measure = Sum("units", row, (a * programmes + p[row]) * years + t[row], np.ones(row.size))
    index = table[["target", "programme", "class", "area", "year"]].reset_index(drop=True)
    level, weight = table["coverage"].to_numpy(float), table["weight"].to_numpy(float)
    return Rows("targets", index, (measure,), ">=", level, need, strength, weight)


def target_areas(case: Case, target: dict) -> Array:
    """(A,) True for the areas that one row of table targets is about."""
    areas = case.tables["areas"]
    inside = np.ones(len(areas), dtype=bool)
    if target["class"] != ALL:
        inside &= (areas["class"] == target["class"]).to_numpy()
    if target["area"] != ALL:
        inside &= (areas["area"] == target["area"]).to_numpy()
    return inside
