"""Rows become a named PuLP problem here and nowhere else.

Every column lies between 0 and 1 (layout.py); every row is divided by its largest coefficient. `Model` keeps the matrix
beside the problem, so that rules can be evaluated and optimality proven without the solver.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product, repeat
from types import MappingProxyType

import numpy as np
import pulp

from planning.inputs.case import Array, Case
from planning.model import fairness, inequality, money, projects, services
from planning.model.entries import Entries, added_up, scaled
from planning.model.layout import Layout
from planning.model.objectives import Goal, goals, reach
from planning.model.protection import Protection
from planning.model.rows import Extra, Rows, RuleKind, Sum

RULES: Mapping[str, RuleKind] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            services.targets,
            fairness.remote_share,
            fairness.per_child_floor,
            services.coverage_floors,
            services.coverage_caps,
            fairness.gaps,
            fairness.parity,
            inequality.concentration,
            inequality.hoover,
            inequality.gini,
            inequality.theil,
            inequality.bottom_share,
            inequality.index_floors,
            fairness.stability,
            inequality.losers,
            services.absorption,
            services.minimum_grants,
            services.substitutes,
            services.complements,
            services.resources,
            projects.projects_per_area,
            projects.projects_per_year,
            money.minimum_use,
            money.expiry,
            money.matching,
            money.co_funding,
            money.additionality,
            money.virement,
            money.fund_ceiling,
        )
    }
)
Amount = Array | Entries | tuple[Sum, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows of one rule over the columns: measure and base in million VND or units, not yet scaled.

    `start` is the position of the first row in the matrix, or None for rows that are only shown; `short` that of its
    first short column, or None where it is not soft. Sums of what only a plan can tell stay sums.
    """

    rows: Rows
    start: int | None
    short: int | None
    measure: Amount
    base: Amount

    def evaluate(self, layout: Layout, x: Array) -> tuple[Array, Array]:
        """(n,) measure and (n,) base at the column values x."""
        n = len(self.rows)
        base = _amount(self.base, layout, x, n)
        if self.rows.value is not None:
            value = self.rows.value(layout.money(x), layout.units(x))
            return (value, base) if isinstance(self.base, np.ndarray) else (value * base, base)
        return _amount(self.measure, layout, x, n), base


@dataclass(frozen=True, eq=False)
class Model:
    """A case as a linear model: maximise a goal subject to lower ≤ A·x ≤ upper, 0 ≤ x ≤ 1, some x whole.

    `matrix`, `lower`, `upper` are scaled: one unit of row i stands for `scale[i]` of its natural unit. `short` holds
    for each short column the matrix row it softens, `price` and `priority` what it counts for and in which goal;
    `other_goals` stand in the place of the scenario's.
    """

    case: Case
    layout: Layout
    blocks: tuple[Block, ...]
    matrix: Entries
    lower: Array
    upper: Array
    scale: Array
    short: Array
    price: Array
    priority: Array
    other_goals: tuple[Goal, ...] = ()

    @property
    def columns(self) -> int:
        return self.layout.columns + self.short.size

    @cached_property
    def whole(self) -> Array:
        """(columns,) True where a column is 0 or 1."""
        return np.concatenate([self.layout.whole, np.zeros(self.short.size, bool)])

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        return self.other_goals or goals(self.case, self.layout, self.price, self.priority)

    @cached_property
    def reach(self) -> Goal:
        """Weighted children reached, whether or not the scenario seeks it."""
        return reach(self.layout, self.short.size)

    @cached_property
    def row_names(self) -> list[str]:
        """Names of the rows: the rule and its index; rows of one rule that share an index are numbered."""
        names: list[str] = []
        for block in self.blocks:
            if block.start is not None:
                kind = "link_" * (block.rows.link and block.rows.rule in RULES) + block.rows.rule
                parts = (_as_names(column.tolist()) for _, column in block.rows.index.items())
                names += map("".join, zip(repeat(kind), *parts))
        return names if len(set(names)) == len(names) else _numbered(names)

    @cached_property
    def column_names(self) -> list[str]:
        """Names of the columns: served, paid, carried, start with their codes; short with the row it softens."""
        case, layout = self.case, self.layout
        years = [str(year) for year in case.years]
        areas, programmes, funds = (some.tolist() for some in (case.areas, case.programmes, case.funds))
        bands = case.band_share.shape[1]
        heads = [f"served__{area}__{programme}__" for area, programme in product(areas, programmes)]
        tails = [f"{year}__{band + 1}" for year, band in product(years, range(bands))]
        pair, t = np.divmod(layout.cell, len(years))
        served = zip(pair.tolist(), (t * bands + layout.served_index[3]).tolist(), strict=True)
        names = [heads[i] + tails[j] for i, j in served]
        purse = [f"{funds[f]}{'__' + areas[a] if a >= 0 else ''}" for f, a in case.purses.to_numpy().tolist()]
        kinds = zip(*(part.tolist() for part in layout.payment), strict=True)
        names += [f"paid__{purse[h]}__{years[t]}__class_{k}" for k, h, t in kinds]
        names += [f"carried__{purse[i // len(years)]}__{years[i % len(years)]}" for i in layout.carrying.tolist()]
        codes = case.projects["project"].tolist()
        starts = zip(case.starts.project.tolist(), case.starts.year.tolist(), strict=True)
        names += [f"start__{codes[j]}__{year}" for j, year in starts]
        names += [f"{extra.name}__{i}" for extra in layout.extras for i in range(extra.size.size)]
        return names + [f"short__{self.row_names[row]}" for row in self.short]

    def problem(self, goal: Goal) -> pulp.LpProblem:
        """The PuLP problem of one goal, with every row and column named."""
        problem = pulp.LpProblem("allocation", pulp.LpMaximize)
        x = problem.add_variable_matrix("%s", self.column_names, 0, 1)
        for j in np.flatnonzero(self.whole).tolist():
            x[j].cat = pulp.LpInteger
        problem.setObjective(pulp.lpSum_vars_coefs((x[j], goal.gain[j]) for j in np.flatnonzero(goal.gain).tolist()))
        start = np.searchsorted(self.matrix.row, np.arange(self.lower.size + 1)).tolist()
        column, value = self.matrix.column.tolist(), self.matrix.value.tolist()
        bounds = zip(self.lower.tolist(), self.upper.tolist(), self.row_names, strict=True)
        for i, (low, high, name) in enumerate(bounds):
            entries = slice(start[i], start[i + 1])
            terms = pulp.lpSum_vars_coefs((x[j], v) for j, v in zip(column[entries], value[entries], strict=True))
            row = terms == high if low == high else terms <= high if np.isfinite(high) else terms >= low
            problem.addConstraint(row, name)
        return problem


def build(case: Case, *, elastic: bool = False, steady: bool = False, protection: Protection | None = None) -> Model:
    """The model of a case: its rules' rows, then the links that no scenario can switch off.

    An elastic model lets every hard rule but the ceilings be missed at an equal price, and soft rules for nothing: its
    goal *targets* finds the least that would have to give. A steady model keeps its rows and columns when needs change,
    so that one live model can follow them. `protection` adds what keeps the money of a year enough when prices rise.
    """
    stated = [item for kind in RULES.values() for item in kind.rows(case)]
    stated += [item for function in (fairness.worst_covered, fairness.moved) for item in function(case)]
    stated += protection.extras(case) if protection else ()
    layout = Layout(case, tuple(item for item in stated if isinstance(item, Extra)), steady)
    rows = [item for item in stated if isinstance(item, Rows)]
    if elastic:
        rows = [_loosened(item) for item in rows]
    rows += [*_links(layout), *(protection.rows(layout) if protection else ())]
    return _assembled(layout, [item for item in rows if len(item)])


def _links(layout: Layout) -> Iterable[Rows]:
    yield money.paid_for(layout)
    yield projects.built_once(layout)
    yield from projects.within_capacity(layout)
    yield from projects.begun_once(layout)
    yield projects.requires(layout)
    yield projects.excludes(layout)


def _assembled(layout: Layout, stated: list[Rows]) -> Model:
    blocks, parts, lower, upper, scales = [], [], [], [], []
    short, price, priority = [np.zeros(0, int)], [np.zeros(0)], [np.zeros(0, int)]
    position, shorts = 0, 0
    for rows in stated:
        measure, base = _written(layout, rows.measure), _written(layout, rows.base)
        n = len(rows)
        held, soft = bool(rows.measure) and rows.strength != "report", rows.strength == "soft"
        blocks.append(Block(rows, position if held else None, shorts if held and soft else None, measure, base))
        if not held:
            continue
        entries, low, high = _with_room(blocks[-1], layout.columns)
        entries, scale = scaled(added_up(entries, n, layout.columns + shorts + n), n)
        parts.append((entries.row + position, entries.column, entries.value))
        scales.append(scale)
        lower.append(low / scale)
        upper.append(high / scale)
        if soft:
            short.append(position + np.arange(n))
            price.append(np.broadcast_to(np.asarray(rows.price, float), n))
            priority.append(np.broadcast_to(np.asarray(rows.priority, int), n))
            shorts += n
        position += n
    matrix = Entries(*(np.concatenate(some) for some in zip(*parts, strict=True)))
    tail = (np.concatenate(some) for some in (lower, upper, scales, short, price, priority))
    return Model(layout.case, layout, tuple(blocks), matrix, *tail)


def restated(model: Model, rule: str, case: Case) -> Model:
    """The model of a case that says only the numbers of one rule otherwise: as `build(case)`, in far less time.

    Raises ValueError where the rule has other rows, or counts other columns, than before.
    """
    fresh = [item for item in RULES[rule].rows(case) if isinstance(item, Rows) and len(item)]
    old = [block for block in model.blocks if block.rows.rule == rule]
    if [(len(rows), rows.strength) for rows in fresh] != [(len(block.rows), block.rows.strength) for block in old]:
        raise ValueError(f"{rule} has other rows than before")
    value, lower, upper, scale = (part.copy() for part in (model.matrix.value, model.lower, model.upper, model.scale))
    now = {}
    for block, rows in zip(old, fresh, strict=True):
        measure, base = _written(model.layout, rows.measure), _written(model.layout, rows.base)
        now[block] = Block(rows, block.start, block.short, measure, base)
        if block.start is None:
            continue
        here = slice(block.start, block.start + len(rows))
        entries, low, high = _with_room(now[block], model.layout.columns)
        part, scale[here] = scaled(added_up(entries, len(rows), model.columns), len(rows))
        first, last = np.searchsorted(model.matrix.row, [here.start, here.stop])
        if not np.array_equal(part.column, model.matrix.column[first:last]):
            raise ValueError(f"{rule} counts other columns than before")
        value[first:last] = part.value
        lower[here], upper[here] = low / scale[here], high / scale[here]
    blocks = tuple(now.get(block, block) for block in model.blocks)
    matrix = Entries(model.matrix.row, model.matrix.column, value)
    return replace(model, case=case, blocks=blocks, matrix=matrix, lower=lower, upper=upper, scale=scale)


def at_levels(model: Model, block: Block, level: Array) -> Model:
    """The same model with the rows of one block, which stands in the matrix, at other levels (n,); scales stay."""
    other = replace(block, rows=replace(block.rows, level=level))
    n = len(block.rows)
    entries, low, high = _with_room(other, model.layout.columns)
    here = slice(block.start, block.start + n)
    first, last = np.searchsorted(model.matrix.row, (here.start, here.stop))
    known = (model.matrix.row[first:last] - block.start) * model.columns + model.matrix.column[first:last]
    place = np.searchsorted(known, entries.row * model.columns + entries.column)
    value, lower, upper = model.matrix.value.copy(), model.lower.copy(), model.upper.copy()
    value[first:last] = (
        np.bincount(place, entries.value, minlength=known.size) / model.scale[model.matrix.row[first:last]]
    )
    lower[here], upper[here] = low / model.scale[here], high / model.scale[here]
    blocks = tuple(other if each is block else each for each in model.blocks)
    matrix = Entries(model.matrix.row, model.matrix.column, value)
    return replace(model, blocks=blocks, matrix=matrix, lower=lower, upper=upper)


def _as_names(codes: list) -> list[str]:
    """The codes of a column of an index as parts of a name; one that is empty leaves nothing."""
    parts = {code: f"__{code}".replace(", ", "_") if code != "" else "" for code in set(codes)}
    return [parts[code] for code in codes]


def _numbered(names: list[str]) -> list[str]:
    """The names, with a number behind each that stands before already."""
    seen: Counter[str] = Counter()
    numbered = []
    for name in names:
        seen[name] += 1
        numbered.append(name if seen[name] == 1 else f"{name}__{seen[name]}")
    return numbered


def _loosened(rows: Rows) -> Rows:
    if rows.link:
        return rows
    if rows.strength == "hard" and rows.rule != "fund_ceiling":
        return replace(rows, strength="soft", price=1.0, priority=1)
    return replace(rows, price=0.0)


def _matrix_rows(block: Block) -> tuple[Entries, Array, Array]:
    """measure − level·base compared with 0 where the base is a sum, measure compared with level·base where not."""
    rows, entries = block.rows, block.measure
    if isinstance(block.base, np.ndarray):
        bound = rows.level * block.base
    else:
        bound = np.zeros(len(rows))
        taken = -rows.level[block.base.row] * block.base.value
        entries = Entries(
            np.concatenate([entries.row, block.base.row]),
            np.concatenate([entries.column, block.base.column]),
            np.concatenate([entries.value, taken]),
        )
    nothing = np.full(len(rows), np.inf)
    low = bound if rows.sense in (">=", "==") else -nothing
    high = bound if rows.sense in ("<=", "==") else nothing
    return entries, low, high


def _with_room(block: Block, columns: int) -> tuple[Entries, Array, Array]:
    """The rows of a block with its short columns, which follow the other `columns`, where it has any."""
    entries, low, high = _matrix_rows(block)
    if block.short is None:
        return entries, low, high
    each = np.arange(len(block.rows))
    sign, size = _room(block)
    row = np.concatenate([entries.row, each])
    column = np.concatenate([entries.column, columns + block.short + each])
    return Entries(row, column, np.concatenate([entries.value, sign * size])), low, high


def _room(block: Block) -> tuple[float, Array]:
    """Sign and size of a full short column: the most that the row could ever miss, so a soft rule never ends a plan."""
    entries, low, high = _matrix_rows(block)
    n = len(block.rows)
    if block.rows.sense == ">=":
        least = np.bincount(entries.row, np.minimum(entries.value, 0), minlength=n)
        return 1.0, np.maximum(low - least, 1e-9)
    most = np.bincount(entries.row, np.maximum(entries.value, 0), minlength=n)
    return -1.0, np.maximum(most - high, 1e-9)


def _written(layout: Layout, some: Array | tuple[Sum, ...]) -> Amount:
    """Sums over the columns, but for those that only a plan can tell."""
    if isinstance(some, np.ndarray) or any(item.quantity == "told" for item in some):
        return some
    return layout.expand(some)


def _amount(some: Amount, layout: Layout, x: Array, rows: int) -> Array:
    """(rows,) what an amount comes to at the column values x."""
    if isinstance(some, np.ndarray):
        return some
    if isinstance(some, Entries):
        return _times(some, x, rows)
    told = layout.told(x)
    return sum((np.bincount(item.row, item.weight * told[item.at], rows) for item in some), np.zeros(rows))


def _times(entries: Entries, x: Array, rows: int) -> Array:
    return np.bincount(entries.row, entries.value * x[entries.column], minlength=rows)
