"""Rows become a named PuLP problem here and nowhere else.

Every column lies between 0 and 1 (layout.py); every row is divided by its largest coefficient. `Model` keeps the matrix
beside the problem, so that rules can be evaluated and optimality proven without the solver.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pulp

from planning.inputs.case import Array, Case
from planning.model.fairness import per_child_floor, remote_share, stability
from planning.model.layout import Entries, Layout
from planning.model.money import fund_ceiling
from planning.model.objectives import Goal, goals
from planning.model.rows import Rows, RuleKind
from planning.model.services import targets

RULES: Mapping[str, RuleKind] = MappingProxyType(
    {kind.name: kind for kind in (targets, remote_share, per_child_floor, stability, fund_ceiling)}
)


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The rows of one rule over the columns: measure and base in million VND or units, not yet scaled.

    `start` is the position of the first row in the matrix, or None for a rule that is only reported.
    """

    rows: Rows
    start: int | None
    measure: Entries
    base: Entries | Array

    def evaluate(self, x: Array) -> tuple[Array, Array]:
        """(n,) measure and (n,) base at the column values x."""
        n = len(self.rows)
        base = self.base if isinstance(self.base, np.ndarray) else _times(self.base, x, n)
        return _times(self.measure, x, n), base


@dataclass(frozen=True, eq=False)
class Model:
    """A case as a linear model: maximise a goal subject to lower ≤ A·x ≤ upper, 0 ≤ x ≤ 1.

    `matrix`, `lower`, `upper` are scaled: one unit of row i stands for `scale[i]` of its natural unit. `short` holds
    for each short column the matrix row it softens, and `price` what it counts for in goal *targets*.
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

    @property
    def columns(self) -> int:
        return self.layout.columns + self.short.size

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        return goals(self.case, self.layout, self.price)

    @cached_property
    def row_names(self) -> list[str]:
        """Names of the rows: the rule and its index; accounting identities bear their own names."""
        names = []
        for block in self.blocks:
            if block.start is not None:
                parts = block.rows.index.astype(str).to_numpy()
                side = "" if block.rows.sense == ">=" or block.rows.rule != "stability" else "__most"
                names += ["__".join([block.rows.rule, *(part for part in row if part)]) + side for row in parts]
        classes, once = _identity_sizes(self.layout)
        names += [f"paid_for__{i}" for i in range(classes)]
        return names + [f"built_once__{i}" for i in range(once)]

    @cached_property
    def column_names(self) -> list[str]:
        """Names of the columns: served, paid, carried with their codes; short with the row it softens."""
        case, layout = self.case, self.layout
        years = [str(year) for year in case.years]
        a, p, t, s, _ = layout._served
        areas, programmes = list(case.areas), list(case.programmes)
        names = [
            f"served__{areas[i]}__{programmes[j]}__{years[k]}__{b + 1}"
            for i, j, k, b in zip(a.tolist(), p.tolist(), t.tolist(), s.tolist(), strict=True)
        ]
        purse = [f"{case.funds[f]}{'__' + areas[a] if a >= 0 else ''}" for f, a in case.purses.to_numpy().tolist()]
        kinds = zip(*(part.tolist() for part in layout.payment), strict=True)
        names += [f"paid__{purse[h]}__{years[t]}__class_{k}" for k, h, t in kinds]
        names += [f"carried__{purse[i // len(years)]}__{years[i % len(years)]}" for i in layout.carrying.tolist()]
        return names + [f"short__{self.row_names[row]}" for row in self.short]

    def problem(self, goal: Goal) -> pulp.LpProblem:
        """The PuLP problem of one goal, with every row and column named."""
        problem = pulp.LpProblem("allocation", pulp.LpMaximize)
        x = problem.add_variable_matrix("%s", self.column_names, 0, 1)
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


def build(case: Case, *, elastic: bool = False) -> Model:
    """The model of a case: its rules' rows, then the accounting identities that no scenario can switch off.

    An elastic model lets every hard rule but the ceilings be missed at an equal price, and soft rules for nothing: its
    goal *targets* finds the least that would have to give.

    paid_for    Σ_{(a,p)∈k} m[a,p,t] − Σ_h paid[k,h,t] = 0        ∀ funding classes k, t
    built_once  Σ_t served[a,p,t,s] ≤ 1                            ∀ a, capital p, s
    """
    layout = Layout(case)
    blocks, parts, lower, upper, short, price = [], [], [], [], [], []
    position = 0
    for rows in (rows for kind in RULES.values() for rows in kind.rows(case) if len(rows)):
        rows = _loosened(rows) if elastic else rows
        measure = layout.expand(rows.measure)
        base = rows.base if isinstance(rows.base, np.ndarray) else layout.expand(rows.base)
        held = rows.strength != "report"
        blocks.append(Block(rows, position if held else None, measure, base))
        if held:
            entries, low, high = _matrix_rows(blocks[-1])
            parts.append(Entries(entries.row + position, entries.column, entries.value))
            lower.append(low)
            upper.append(high)
            if rows.strength == "soft":
                room, size = _room(blocks[-1])
                first = layout.columns + sum(some.size for some in short)
                short.append(np.arange(position, position + len(rows)))
                price.append(np.broadcast_to(np.asarray(rows.price, float), len(rows)))
                parts.append(Entries(short[-1], first + np.arange(len(rows)), room * size))
            position += len(rows)
    for entries, low, high in _identities(layout):
        parts.append(Entries(entries.row + position, entries.column, entries.value))
        lower.append(low)
        upper.append(high)
        position += low.size
    joined = Entries(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("row", "column", "value")))
    empty = np.zeros(0, dtype=int)
    short_rows = np.concatenate([empty, *short])
    matrix, scale = _scaled(joined, position, layout.columns + short_rows.size)
    return Model(
        case,
        layout,
        tuple(blocks),
        matrix,
        np.concatenate(lower) / scale,
        np.concatenate(upper) / scale,
        scale,
        short_rows,
        np.concatenate([np.zeros(0), *price]),
    )


def _loosened(rows: Rows) -> Rows:
    if rows.strength == "hard" and rows.rule != "fund_ceiling":
        return replace(rows, strength="soft", price=1.0)
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
    return (entries, bound, nothing) if rows.sense == ">=" else (entries, -nothing, bound)


def _room(block: Block) -> tuple[float, Array]:
    """Sign and size of a full short column: the most that the row could ever miss, so a soft rule never ends a plan."""
    entries, low, high = _matrix_rows(block)
    n = len(block.rows)
    if block.rows.sense == ">=":
        least = np.bincount(entries.row, np.minimum(entries.value, 0), minlength=n)
        return 1.0, np.maximum(low - least, 1e-9)
    most = np.bincount(entries.row, np.maximum(entries.value, 0), minlength=n)
    return -1.0, np.maximum(most - high, 1e-9)


def _identities(layout: Layout) -> list[tuple[Entries, Array, Array]]:
    classes, once = _identity_sizes(layout)
    years = len(layout.case.years)
    k, _, t = layout.payment
    cell_class = layout.class_of_cell[layout.cell // years] * years + layout.cell % years
    paid_for = Entries(
        np.concatenate([cell_class, k * years + t]),
        np.arange(layout.served + layout.paid),
        np.concatenate([layout.cost, -layout.payment_size]),
    )
    return [
        (paid_for, np.zeros(classes), np.zeros(classes)),
        (layout.once, np.full(once, -np.inf), np.ones(once)),
    ]


def _identity_sizes(layout: Layout) -> tuple[int, int]:
    """Number of paid_for and built_once rows."""
    classes = (int(layout.class_of_cell.max()) + 1) * len(layout.case.years)
    return classes, int(layout.once.row.max(initial=-1)) + 1


def _scaled(entries: Entries, rows: int, columns: int) -> tuple[Entries, Array]:
    """The entries with repeats added up, in row order, each row divided by its largest coefficient."""
    key, where = np.unique(entries.row * columns + entries.column, return_inverse=True)
    value = np.bincount(where, entries.value)
    row, column = key // columns, key % columns
    scale = np.zeros(rows)
    np.maximum.at(scale, row, np.abs(value))
    scale[scale == 0] = 1.0
    return Entries(row, column, value / scale[row]), scale


def _times(entries: Entries, x: Array, rows: int) -> Array:
    return np.bincount(entries.row, entries.value * x[entries.column], minlength=rows)
