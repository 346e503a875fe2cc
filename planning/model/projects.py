"""Projects: indivisible, each begun once at most, in an order, within the capacity that they create."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from planning.inputs.case import Array, Case
from planning.model.layout import Layout
from planning.model.rows import Rows, Sum, only, over_years, rule


@rule(
    "number",
    vi="{area}: khởi công {direction} {level} dự án trong cả giai đoạn",
    en="{area}: {direction} {level} projects are started over the plan",
)
def projects_per_area(case: Case) -> Iterable[Rows]:
    """At most n projects are started in one area; what began before the plan is no start of it.

    Σ_{j∈a, t} z[j,t]  ≤  n        ∀ a
    """
    wanted = case.scenario.rules.projects
    if wanted.per_area is None:
        return
    inside = np.flatnonzero(case.starts.year >= case.years[0])
    areas, row = np.unique(case.projects["a"].to_numpy()[case.starts.project[inside]], return_inverse=True)
    index = pd.DataFrame({"area": case.areas[areas]})
    measure = Sum("start", row, inside, np.ones(inside.size))
    level, base = np.full(len(index), float(wanted.per_area)), np.ones(len(index))
    yield Rows("projects_per_area", index, (measure,), "<=", level, base, wanted.strength, wanted.price)


@rule(
    "number",
    vi="Năm {year}: khởi công {direction} {level} dự án",
    en="{year}: {direction} {level} projects are started",
)
def projects_per_year(case: Case) -> Iterable[Rows]:
    """At most n projects are started in one year.

    Σ_j z[j,t]  ≤  n        ∀ t
    """
    wanted = case.scenario.rules.projects
    if wanted.per_year is None:
        return
    row = case.starts.year - case.years[0]
    inside = np.flatnonzero(row >= 0)
    measure = Sum("start", row[inside], inside, np.ones(inside.size))
    level, base = np.full(len(case.years), float(wanted.per_year)), np.ones(len(case.years))
    yield Rows("projects_per_year", over_years(case), (measure,), "<=", level, base, wanted.strength, wanted.price)


def begun_once(layout: Layout) -> Iterable[Rows]:
    """A project is started once at most; one that is ongoing or must be built, once.

    Σ_t z[j,t]  ≤  1,   = 1 for ongoing projects and those that must be built        ∀ j
    """
    case = layout.case
    chosen, row = np.unique(case.starts.project, return_inverse=True)
    bound = case.projects["stage"].isin(["ongoing", "must"]).to_numpy()[chosen]
    for sense, part in (("<=", ~bound), ("==", bound)):
        position = np.cumsum(part) - 1
        kept = np.flatnonzero(part[row])
        index = pd.DataFrame({"project": case.projects["project"].to_numpy()[chosen[part]]})
        measure = Sum("start", position[row[kept]], kept, np.ones(kept.size))
        yield Rows("begun_once", index, (measure,), sense, np.ones(len(index)), np.ones(len(index)), link=True)


def requires(layout: Layout) -> Rows:
    """A project starts no earlier than the one it requires.

    Σ_{u≤t} z[i,u] − Σ_{u≤t} z[j,u]  ≥  0        ∀ j that requires i, t
    """
    case = layout.case
    pairs = _pairs(case, "requires")
    years = len(case.years)
    parts = []
    for sign, column in ((-1.0, 0), (1.0, 1)):
        n, c = np.nonzero(pairs[:, column][:, None] == case.starts.project[None, :])
        begun = case.starts.year[c][:, None] <= np.array(case.years)
        i, t = np.nonzero(begun)
        parts.append(Sum("start", n[i] * years + t, c[i], np.full(i.size, sign)))
    codes = case.projects["project"].to_numpy()
    index = pd.DataFrame({"project": np.repeat(codes[pairs[:, 0]], years), "year": np.tile(case.years, len(pairs))})
    return Rows("requires", index, tuple(parts), ">=", np.zeros(len(index)), np.ones(len(index)), link=True)


def excludes(layout: Layout) -> Rows:
    """Of two projects that exclude each other one at most is started.

    Σ_t z[i,t] + Σ_t z[j,t]  ≤  1        ∀ i that excludes j
    """
    case = layout.case
    pairs = _pairs(case, "excludes")
    n, c = np.nonzero((pairs[:, :, None] == case.starts.project).any(axis=1))
    index = pd.DataFrame({"project": case.projects["project"].to_numpy()[pairs[:, 0]]})
    measure = Sum("start", n, c, np.ones(n.size))
    return Rows("excludes", index, (measure,), "<=", np.ones(len(index)), np.ones(len(index)), link=True)


def within_capacity(layout: Layout) -> Iterable[Rows]:
    """A capacity-limited programme serves at most what exists, G⁰, and what open projects add, G, band after band.

    Σ_{r≤s} q[a,p,t,r]  ≤  C[s](G⁰) + Σ_{j,u: open in t} (C[s](G⁰ + G[j,p]) − C[s](G⁰))·z[j,u]        ∀ a, p, t, s

    with C[s](G) = min(G, L[1] + … + L[s]). For whole projects the rows of the last band say y ≤ G⁰ + Σ G·z; the others
    only cut off parts of projects that would serve the best band alone. What is built stands: for a capital programme
    whose need exceeds all its projects the last row is an equation (never in a steady layout, where needs vary).
    """
    case = layout.case
    a, p, t, s = layout.served_index
    grows = np.isin(layout.cell, layout.capacity.row)
    columns = np.flatnonzero(grows)
    cell, existing = layout.cell[columns], case.existing[a[columns], p[columns]]
    upto = np.cumsum(case.band_share, axis=1)[p[columns], s[columns]] * case.need.ravel()[cell]
    each = np.arange(columns.size)
    first = np.searchsorted(cell, cell)
    row, inside = _upto(each - first)
    served = Sum("served", row, columns[first[row] + inside], layout.width[columns[first[row] + inside]])
    begin = np.searchsorted(layout.capacity.row, [cell, cell + 1])
    row, extra = _upto(begin[1] - begin[0] - 1)
    entry = begin[0][row] + extra
    more = np.minimum(existing[row] + layout.capacity.value[entry], upto[row]) - np.minimum(existing[row], upto[row])
    opened = Sum("start", row, layout.capacity.column[entry], -more)
    index = pd.DataFrame(
        {
            "area": case.areas[a[columns]],
            "programme": case.programmes[p[columns]],
            "year": np.array(case.years)[t[columns]],
            "band": (s[columns] + 1).astype(str),
        }
    )
    level = np.minimum(existing, upto)
    last = np.append(cell[1:] != cell[:-1], True)[: each.size]
    exact = last & case.capital[p[columns]] & (layout.most_capacity.ravel()[cell] <= case.need.ravel()[cell] + 1e-9)
    exact &= not layout.steady
    for sense, chosen in (("<=", ~exact), ("==", exact)):
        parts = (only(served, chosen), only(opened, chosen))
        rows = index[chosen].reset_index(drop=True)
        yield Rows("within_capacity", rows, parts, sense, level[chosen], np.ones(len(rows)), link=True)


def _upto(last: Array) -> tuple[Array, Array]:
    """For each row i the numbers 0 … last[i], and the row that each belongs to."""
    row = np.repeat(np.arange(last.size), last + 1)
    return row, np.arange(row.size) - np.repeat(np.cumsum(last + 1) - last - 1, last + 1)


def built_once(layout: Layout) -> Rows:
    """Each band of what lasts is built once at most.

    Σ_t served[a,p,t,s]  ≤  1        ∀ a, lasting p, s
    """
    case = layout.case
    a, p, _, s = layout.served_index
    built = np.flatnonzero(layout.lasting)
    key = (a[built] * case.shape[1] + p[built]) * case.band_share.shape[1] + s[built]
    unique, row = np.unique(key, return_inverse=True)
    pair, band = unique // case.band_share.shape[1], unique % case.band_share.shape[1]
    index = pd.DataFrame(
        {
            "area": case.areas[pair // case.shape[1]],
            "programme": case.programmes[pair % case.shape[1]],
            "band": (band + 1).astype(str),
        }
    )
    measure = Sum("served", row, built, np.ones(built.size))
    return Rows("built_once", index, (measure,), "<=", np.ones(len(index)), np.ones(len(index)), link=True)


def _pairs(case: Case, column: str) -> Array:
    """(n, 2) positions of the projects that name another in the column, and of the one they name."""
    projects = case.projects
    naming = np.flatnonzero(projects[column].fillna("") != "")
    named = pd.Index(projects["project"]).get_indexer(projects[column].iloc[naming])
    return np.column_stack([naming, named])
