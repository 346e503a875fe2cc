"""Rules on services: the coverage that documents promise, and what limits or ties services together."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.inputs.rules import Coverage
from planning.model.rows import Evaluation, Extra, Rows, Sum, areas_and_years, by_area, only, over_years, rule
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
    row, a = np.nonzero(target_areas(case, table))
    need = np.bincount(row, case.need[a, p[row], t[row]], minlength=len(table))
    measure = Sum("units", row, (a * programmes + p[row]) * years + t[row], np.ones(row.size))
    index = table[["target", "programme", "class", "area", "year"]].reset_index(drop=True)
    level, weight = table["coverage"].to_numpy(float), table["weight"].to_numpy(float)
    priority = table["priority"].to_numpy(int)
    return Rows("targets", index, (measure,), ">=", level, need, strength, weight, priority=priority)


def target_areas(case: Case, table: pd.DataFrame) -> Array:
    """(n, A) True for the areas that each of n rows of table targets is about."""
    inside = np.ones((len(table), len(case.areas)), dtype=bool)
    for known, own, wanted in (
        (case.classes, case.area_class, table["class"]),
        (case.areas, np.arange(len(case.areas)), table["area"]),
    ):
        inside &= (wanted == ALL).to_numpy()[:, None] | (known.get_indexer(wanted)[:, None] == own)
    return inside


@rule(
    "share",
    vi="{programme}, {areas}, năm {year}: bao phủ {direction} {level}",
    en="{programme}, {areas}, {year}: {direction} {level} of the need is reached",
)
def coverage_floors(case: Case) -> Iterable[Rows]:
    """Each chosen programme reaches at least a share of its need, in each chosen area or in all of them together.

    Σ_{a∈G} y[a,p,t]  ≥  θ · Σ_{a∈G} N[a,p,t]        ∀ chosen p, groups of areas G, t
    """
    for wanted in case.scenario.rules.coverage_floors:
        yield _coverage("coverage_floors", case, wanted, ">=")


@rule(
    "share",
    vi="{programme}, {areas}, năm {year}: bao phủ {direction} {level}",
    en="{programme}, {areas}, {year}: {direction} {level} of the need is reached",
)
def coverage_caps(case: Case) -> Iterable[Rows]:
    """Each chosen programme reaches at most a share of its need, in each chosen area or in all of them together.

    Σ_{a∈G} y[a,p,t]  ≤  θ · Σ_{a∈G} N[a,p,t]        ∀ chosen p, groups of areas G, t
    """
    for wanted in case.scenario.rules.coverage_caps:
        yield _coverage("coverage_caps", case, wanted, "<=")


def _coverage(name: str, case: Case, wanted: Coverage, sense: str) -> Rows:
    chosen = np.flatnonzero(case.select_areas(wanted.areas))
    groups = np.arange(chosen.size) if wanted.each else np.zeros(chosen.size, int)
    names = case.areas[chosen] if wanted.each else [wanted.areas]
    p = np.flatnonzero(case.select_programmes(wanted.programmes))
    t = np.array([t for t, year in enumerate(case.years) if wanted.year in (None, year)])
    i, q, u = (some.ravel() for some in np.meshgrid(np.arange(chosen.size), np.arange(p.size), t, indexing="ij"))
    key, row = np.unique((groups[i] * p.size + q) * len(case.years) + u, return_inverse=True)
    need = np.bincount(row, case.need[chosen[i], p[q], u])
    index = pd.DataFrame(
        {
            "programme": case.programmes[p[key // len(case.years) % p.size]],
            "areas": np.array(names)[key // len(case.years) // p.size],
            "year": np.array(case.years)[key % len(case.years)],
        }
    )
    some = need > 0
    position = np.where(some, np.cumsum(some) - 1, -1)[row]
    kept = position >= 0
    at = ((chosen[i] * case.shape[1] + p[q]) * len(case.years) + u)[kept]
    measure = Sum("units", position[kept], at, np.ones(at.size))
    index = index[some].reset_index(drop=True)
    level = np.full(len(index), wanted.share)
    return Rows(name, index, (measure,), sense, level, need[some], wanted.strength, wanted.price)


@rule(
    "money",
    vi="{programme}, {area}, năm {year}: không chi, hoặc ít nhất {level}",
    en="{programme}, {area}, {year}: nothing, or at least {level}",
)
def minimum_grants(case: Case) -> Iterable[Rows | Extra]:
    """An area receives nothing for a programme in a year, or at least the least grant μ that makes sense.

    μ · b[a,p,t]  ≤  m[a,p,t]  ≤  M[a,p,t] · b[a,p,t],   b ∈ {0, 1}        ∀ chosen a, p, t
    """
    for number, wanted in enumerate(case.scenario.rules.minimum_grants):
        a, p = np.nonzero(np.outer(case.select_areas(wanted.areas), case.select_programmes(wanted.programmes)))
        years = len(case.years)
        cells = ((a * case.shape[1] + p)[:, None] * years + np.arange(years)).ravel()
        most = case.full_cost.ravel()[cells]
        cells, most = cells[most > 0], most[most > 0]
        index, name = _cell_index(case, cells), f"granted_{number}"
        each, one = np.arange(cells.size), np.ones(cells.size)
        level, value = np.full(cells.size, wanted.amount), _grants(cells, most)
        if wanted.strength == "report":
            yield Rows("minimum_grants", index, (), ">=", level, one, "report", value=value)
            continue
        yield Extra(name, one, whole=True)
        spent, opened = Sum("money", each, cells, one), Sum(name, each, each, -most)
        yield Rows("minimum_grants", index, (spent, opened), "<=", 0 * one, one, link=True)
        given = Sum(name, each, each, one)
        yield Rows("minimum_grants", index, (spent,), ">=", level, (given,), wanted.strength, wanted.price, value)


def _grants(cells: Array, most: Array) -> Evaluation:
    """The money of the cells that receive any: more than a millionth of all that they can cost, as solvers are exact
    to a ten-millionth of that."""

    def value(money: Array, _: Array) -> Array:
        paid = money.ravel()[cells]
        return np.where(paid > 1e-6 * np.maximum(most, 1.0), paid, np.nan)

    return value


@rule(
    "money",
    vi="{area}, năm {year}: nhiều nhất {level} theo khả năng hấp thụ",
    en="{area}, {year}: at most {level}, what it can absorb",
)
def absorption(case: Case) -> Iterable[Rows]:
    """No area's yearly total grows faster than γ a year from its baseline X⁰.

    Σ_p m[a,p,t]  ≤  (1 + γ)^(t − t₀ + 1) · Σ_p X⁰[a,p]        ∀ a, t
    """
    wanted = case.scenario.rules.absorption
    if wanted == "off":
        return
    growth = (1 + wanted.growth) ** np.arange(1, len(case.years) + 1)
    level = (case.baseline.sum(axis=1)[:, None] * growth).ravel()
    measure = (by_area(case, "money", np.ones(case.shape[:2])),)
    base = np.ones(level.size)
    yield Rows("absorption", areas_and_years(case), measure, "<=", level, base, wanted.strength, wanted.price)


@rule(
    "number",
    vi="{area}, năm {year}: {programmes} phục vụ chung nhiều nhất {level} trẻ",
    en="{area}, {year}: {programmes} together reach at most {level} children",
)
def substitutes(case: Case) -> Iterable[Rows]:
    """Programmes P that reach the same children reach no more of them together than the largest of their needs.

    Σ_{p∈P} k[p]·y[a,p,t]  ≤  max_{p∈P} k[p]·N[a,p,t]        ∀ a, t
    """
    children = case.tables["programmes"]["children_per_unit"].to_numpy(float)
    for wanted in case.scenario.rules.substitutes:
        chosen = children * case.programmes.isin(wanted.programmes)
        measure = by_area(case, "units", np.ones(case.shape[:2]) * chosen)
        level = (case.need * chosen[:, None]).max(axis=1).ravel()
        index = areas_and_years(case, programmes=", ".join(wanted.programmes))
        base = np.ones(level.size)
        yield Rows("substitutes", index, (measure,), "<=", level, base, wanted.strength, wanted.price)


@rule(
    "share",
    vi="{area}, năm {year}: {programme} bao phủ không quá {level} độ bao phủ của {needs}",
    en="{area}, {year}: {programme} covers at most {level} of the coverage of {needs}",
)
def complements(case: Case) -> Iterable[Rows]:
    """A programme p reaches no larger share of its need than the programme q it depends on.

    y[a,p,t] / N[a,p,t]  ≤  y[a,q,t] / N[a,q,t]        ∀ a, t
    """
    for wanted in case.scenario.rules.complements:
        p, q = (case.programmes.get_loc(code) for code in (wanted.programme, wanted.needs))
        both = ((case.need[:, p] > 0) & (case.need[:, q] > 0)).ravel()
        index = areas_and_years(case, programme=wanted.programme, needs=wanted.needs)[both].reset_index(drop=True)
        level = np.ones(len(index))
        own, other = (only(_coverage_of(case, programme), both) for programme in (p, q))
        yield Rows("complements", index, (own,), "<=", level, (other,), wanted.strength, wanted.price)


def _coverage_of(case: Case, programme: int) -> Sum:
    """y/N of one programme, one row per area and year; nothing where there is no need."""
    share = np.zeros(case.shape)
    need = case.need[:, programme]
    share[:, programme] = np.divide(1.0, need, out=np.zeros_like(need), where=need > 0)
    return by_area(case, "units", share)


@rule(
    "number",
    vi="{resource}, năm {year}: dùng nhiều nhất {level}",
    en="{resource}, {year}: at most {level} is used",
)
def resources(case: Case) -> Iterable[Rows]:
    """Staff and other resources r are not exceeded.

    Σ_{a,p} u[r,p] · y[a,p,t]  ≤  C[r,t]        ∀ r, t
    """
    wanted, table = case.scenario.rules.resources, case.tables.get("resources")
    if wanted == "off" or table is None:
        return
    use = case.tables["resource_use"]
    years = len(case.years)
    for resource, ceilings in table.groupby("resource", sort=False):
        per_unit = np.zeros(len(case.programmes))
        own = use[use["resource"] == resource]
        per_unit[case.programmes.get_indexer(own["programme"])] = own["per_unit"].to_numpy(float)
        _, p, t = np.indices(case.shape).reshape(3, -1)
        used = np.flatnonzero(per_unit[p] > 0)
        measure = Sum("units", t[used], used, per_unit[p[used]])
        level = ceilings.set_index("year")["ceiling"].reindex(case.years).to_numpy(float)
        index = over_years(case, resource=resource)
        yield Rows("resources", index, (measure,), "<=", level, np.ones(years), wanted.strength, wanted.price)


def _cell_index(case: Case, cells: Array) -> pd.DataFrame:
    _, programmes, years = case.shape
    return pd.DataFrame(
        {
            "programme": case.programmes[cells // years % programmes],
            "area": case.areas[cells // years // programmes],
            "year": np.array(case.years)[cells % years],
        }
    )
