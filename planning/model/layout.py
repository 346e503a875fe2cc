"""The columns of the model, each in its natural unit: a share between 0 and 1 of a need, a ceiling or a level.

Coefficients near 1 are what makes the solver's answer right: with money in million VND beside goals of 1e-6, a plan
2.6 % below the best was once reported as optimal.

Columns, in this order:
  served[a,p,t,s]  share reached of band s of the need; of a lasting programme: share of the band built in year t
  paid[k,h,t]      share of twice what purse h can at most pay for funding class k
  carried[h,t]     share of what purse h may carry from year t into t+1
  start[j,t]       1 where project j starts in year t
  extra[i]         what a rule declares for itself
  short[i]         share that soft row i misses (build.py)
A *funding class* k is a set of cells (area × programme) that exactly the same purses may pay and that no fund rule
tells apart; they are paid together and the money is split afterwards pro rata.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planning.inputs.case import Array, Case
from planning.model.entries import Entries, alike
from planning.model.rows import Extra, Sum


@dataclass(frozen=True, eq=False)
class Layout:
    """Positions and natural sizes of the columns of a case; `extras` are what its rules declare.

    A `steady` layout has the same columns and rows whatever the needs: also those of bands beyond all capacity, which
    are then of no width.
    """

    case: Case
    extras: tuple[Extra, ...] = ()
    steady: bool = False

    # ---- served -----------------------------------------------------------------------------------------------------
    @cached_property
    def _served(self) -> tuple[Array, ...]:
        case = self.case
        width = case.need[..., None] * case.band_share[None, :, None, :]
        before = np.cumsum(width, axis=3) - width
        needed = width
        width = np.clip(self.most_capacity[..., None] - before, 0, width)
        a, p, t, s = np.nonzero((needed if self.steady else width) > 0)
        return a, p, t, s, width[a, p, t, s]

    @cached_property
    def most_capacity(self) -> Array:
        """(A, P, T) units that can be served with every project open; infinite where capacity is no limit."""
        case = self.case
        added = np.zeros(case.need.size)
        _, once = np.unique(np.column_stack([self.capacity.row, self.capacity_project]), axis=0, return_index=True)
        np.add.at(added, self.capacity.row[once], self.capacity.value[once])
        most = case.existing[..., None] + added.reshape(case.shape)
        return np.where(case.limited[None, :, None], most, np.inf)

    @property
    def served(self) -> int:
        """Number of served columns."""
        return self._served[0].size

    @property
    def served_index(self) -> tuple[Array, Array, Array, Array]:
        """Area, programme, year and band of each served column."""
        return self._served[:4]

    @cached_property
    def cell(self) -> Array:
        """(served,) flat cell a·P·T + p·T + t of each served column; ascending, so a cell's bands stand together."""
        a, p, t, _, _ = self._served
        _, programmes, years = self.case.shape
        return (a * programmes + p) * years + t

    @cached_property
    def width(self) -> Array:
        """(served,) units that a full served column stands for."""
        return self._served[4]

    @cached_property
    def cost(self) -> Array:
        """(served,) million VND of a full served column."""
        a, p, t, _, width = self._served
        return width * self.case.unit_cost[a, p, t]

    @cached_property
    def gain(self) -> Array:
        """(served,) weighted child-years of a full column: worth · effect · units · discounted years they serve."""
        a, p, t, s, width = self._served
        case = self.case
        still = np.cumsum(case.discount[::-1])[::-1]
        return case.worth[a, p] * case.band_effect[p, s] * width * np.where(case.lasting[p], still[t], case.discount[t])

    @cached_property
    def lasting(self) -> Array:
        """(served,) True where the column builds something that stands from then on."""
        return self.case.lasting[self._served[1]]

    # ---- starts of projects -----------------------------------------------------------------------------------------
    @property
    def starts(self) -> int:
        """Number of start columns."""
        return self.case.starts.project.size

    @cached_property
    def _start_money(self) -> Entries:
        """Money of projects: cell, start, million VND; building under its programme, running under the other."""
        starts, projects = self.case.starts, self.case.projects
        _, programmes, years = self.case.shape
        parts = []
        for money, programme in ((starts.building, "p"), (starts.running, "running_p")):
            c, t = np.nonzero(money)
            j = starts.project[c]
            a, p = projects["a"].to_numpy()[j], projects[programme].to_numpy()[j]
            parts.append(((a * programmes + p) * years + t, c, money[c, t]))
        cell, c, value = (np.concatenate(some) for some in zip(*parts, strict=True))
        order = np.argsort(cell, kind="stable")
        return Entries(cell[order], c[order], value[order])

    @cached_property
    def capacity(self) -> Entries:
        """Capacity from projects: cell, start, units that it adds while open."""
        starts, effects = self.case.starts, self.case.effects
        _, programmes, years = self.case.shape
        e, c = np.nonzero(effects["project"].to_numpy()[:, None] == starts.project[None, :])
        i, t = np.nonzero(starts.open[c])
        e, c = e[i], c[i]
        a = self.case.projects["a"].to_numpy()[starts.project[c]]
        p = effects["programme"].to_numpy()[e]
        cell = (a * programmes + p) * years + t
        order = np.argsort(cell, kind="stable")
        return Entries(cell[order], c[order], effects["capacity"].to_numpy()[e][order])

    @cached_property
    def capacity_project(self) -> Array:
        """Project of each entry of `capacity`."""
        return self.case.starts.project[self.capacity.column]

    # ---- paid -------------------------------------------------------------------------------------------------------
    @cached_property
    def _classes(self) -> tuple[Array, tuple[Array, Array], Array]:
        """(A·P,) funding class of each cell pair, each class with each purse that may pay it, and the group of each."""
        case = self.case
        areas, programmes, _ = case.shape
        held_by = np.full((len(case.funds), areas + 1), -1)
        held_by[case.purses["fund"], case.purses["area"]] = np.arange(len(case.purses))
        own = held_by[:, -1] < 0
        allowed = case.eligible.reshape(len(case.funds), -1).T
        area = np.where(allowed[:, own].any(axis=1), np.repeat(np.arange(areas), programmes), -1)
        group = np.tile(case.programme_groups, areas)
        kinds, of_cell = _distinct(np.column_stack([area, group, allowed]))
        k, f = np.nonzero(kinds[:, 2:])
        return of_cell, (k, held_by[f, np.where(own[f], kinds[k, 0], -1)]), kinds[:, 1]

    @cached_property
    def class_of_cell(self) -> Array:
        """(A·P,) funding class of each area × programme."""
        return self._classes[0]

    @property
    def classes(self) -> int:
        """Number of funding classes."""
        return self._classes[2].size

    @cached_property
    def reachable(self) -> Array:
        """(H, T) million VND that a purse can have in a year: its ceiling and the most that can be carried in."""
        carried = self.case.ceiling * self.case.carry_over
        return self.case.ceiling + np.pad(carried, ((0, 0), (1, 0)))[:, :-1]

    @cached_property
    def _paid(self) -> tuple[Array, ...]:
        of_cell, (k, h), group = self._classes
        years = len(self.case.years)
        cells = np.arange(self.case.need.size)
        class_year = of_cell[cells // years] * years + cells % years
        full = np.bincount(class_year, self.case.full_cost.ravel(), minlength=self.classes * years)
        # Twice what can be paid, so that a ceiling is felt by its row and its price, never by the bound of a column.
        size = 2 * np.minimum(full.reshape(-1, years)[k], self.reachable[h])
        pair, t = np.nonzero(size > 0)
        order = np.lexsort((k[pair], group[k[pair]], t, h[pair]))
        pair, t = pair[order], t[order]
        return k[pair], h[pair], t, size[pair, t]

    @property
    def paid(self) -> int:
        """Number of paid columns."""
        return self._paid[0].size

    @cached_property
    def payment(self) -> tuple[Array, Array, Array]:
        """(paid,) funding class, purse and year of each paid column, ordered by purse, year and programme group."""
        return self._paid[:3]

    @cached_property
    def payment_size(self) -> Array:
        """(paid,) million VND of a full paid column."""
        return self._paid[3]

    # ---- carried ----------------------------------------------------------------------------------------------------
    @cached_property
    def _most_carried(self) -> Array:
        most = self.case.ceiling * self.case.carry_over
        most[:, -1] = 0
        return most.ravel()

    @cached_property
    def carrying(self) -> Array:
        """(carried,) flat purse-year h·T + t of each carried column; the last year carries nothing."""
        return np.flatnonzero(self._most_carried)

    @cached_property
    def carrying_size(self) -> Array:
        """(carried,) million VND of a full carried column."""
        return self._most_carried[self.carrying]

    # ---- where each kind of column begins ---------------------------------------------------------------------------
    @cached_property
    def begin(self) -> dict[str, int]:
        """First column of each kind; `end` is their number."""
        sizes = {"served": self.served, "paid": self.paid, "carried": self.carrying.size, "start": self.starts}
        sizes |= {extra.name: extra.size.size for extra in self.extras}
        firsts = np.concatenate([[0], np.cumsum(list(sizes.values()))]).tolist()
        return dict(zip([*sizes, "end"], firsts, strict=True))

    @property
    def columns(self) -> int:
        """Number of all columns but the short ones."""
        return self.begin["end"]

    @property
    def own(self) -> int:
        """Number of the columns that are the plan itself: served, paid, carried and start."""
        return self.begin["start"] + self.starts

    @cached_property
    def whole(self) -> Array:
        """(columns,) True where a column is 0 or 1."""
        whole = np.zeros(self.columns, dtype=bool)
        whole[self.begin["start"] : self.begin["start"] + self.starts] = not self.case.scenario.rules.projects.divisible
        for extra in self.extras:
            whole[self.begin[extra.name] : self.begin[extra.name] + extra.size.size] = extra.whole
        return whole

    # ---- from quantities to columns ---------------------------------------------------------------------------------
    def expand(self, sums: tuple[Sum, ...]) -> Entries:
        """The sums written over the columns, in million VND or units; entries of one row and column may repeat."""
        parts = [(np.zeros(0, int), np.zeros(0, int), np.zeros(0))]
        for item in sums:
            known = getattr(self, f"_expand_{item.quantity}", None)
            if known:
                parts.append(known(item.row, item.at, item.weight))
            else:
                size = next(extra.size for extra in self.extras if extra.name == item.quantity)
                parts.append((item.row, self.begin[item.quantity] + item.at, item.weight * size[item.at]))
        return Entries(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def _expand_served(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        return row, at, weight

    def _expand_start(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        return row, self.begin["start"] + at, weight

    def _expand_payment(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        return row, self.begin["paid"] + at, weight * self.payment_size[at]

    def _expand_money(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        column, entry = _runs(self._cell_start, at)
        spend, from_project = _runs(self._start_money_begin, at)
        return (
            np.concatenate([row[entry], row[from_project]]),
            np.concatenate([column, self.begin["start"] + self._start_money.column[spend]]),
            np.concatenate([weight[entry] * self.cost[column], weight[from_project] * self._start_money.value[spend]]),
        )

    def _expand_units(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        years = len(self.case.years)
        lasting = self.case.lasting[at // years % self.case.shape[1]]
        back, entry = _countdown(np.where(lasting, at % years + 1, 1))
        column, inner = _runs(self._cell_start, at[entry] - back)
        entry = entry[inner]
        return row[entry], column, weight[entry] * self.width[column]

    def _expand_granted(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        column, entry = _runs(self._purse_start, at)
        return row[entry], self.begin["paid"] + column, weight[entry] * self.payment_size[column]

    def _expand_carried(self, row: Array, at: Array, weight: Array) -> tuple[Array, Array, Array]:
        position = np.searchsorted(self.carrying, at)
        exists = position < self.carrying.size
        exists[exists] = self.carrying[position[exists]] == at[exists]
        column = position[exists]
        return row[exists], self.begin["carried"] + column, weight[exists] * self.carrying_size[column]

    @cached_property
    def _cell_start(self) -> Array:
        return np.searchsorted(self.cell, np.arange(self.case.need.size + 1))

    @cached_property
    def _start_money_begin(self) -> Array:
        return np.searchsorted(self._start_money.row, np.arange(self.case.need.size + 1))

    @cached_property
    def _purse_start(self) -> Array:
        k, h, t = self.payment
        groups = int(self.case.programme_groups.max()) + 1
        key = (h * len(self.case.years) + t) * groups + self._classes[2][k]
        return np.searchsorted(key, np.arange(self.case.ceiling.size * groups + 1))

    # ---- from column values back to quantities ----------------------------------------------------------------------
    def money(self, x: Array) -> Array:
        """(A, P, T) million VND that each cell costs at the column values x."""
        spent = np.bincount(self.cell, self.cost * x[: self.served], minlength=self.case.need.size)
        return spent.reshape(self.case.shape) + self.project_money(x)

    def project_money(self, x: Array) -> Array:
        """(A, P, T) million VND of building and running projects at the column values x."""
        begun, spend = x[self.begin["start"] : self.begin["start"] + self.starts], self._start_money
        spent = np.bincount(spend.row, spend.value * begun[spend.column], minlength=self.case.need.size)
        return spent.reshape(self.case.shape)

    def told(self, x: Array) -> Array:
        """(H·T·P,) million VND that each purse pays in each year for each programme, a class's money split pro rata."""
        areas, programmes, years = self.case.shape
        spent = self.money(x).transpose(0, 2, 1)
        of_cell = self.class_of_cell.reshape(areas, programmes)
        class_year = of_cell[:, None, :] * years + np.arange(years)[:, None]
        key = class_year * programmes + np.arange(programmes)
        by_class = np.bincount(key.ravel(), spent.ravel(), self.classes * years * programmes).reshape(-1, programmes)
        total = by_class.sum(axis=1, keepdims=True)
        share = np.divide(by_class, total, out=np.zeros_like(by_class), where=total > 0)
        k, h, t = self.payment
        paid = self.payment_size * x[self.begin["paid"] : self.begin["carried"]]
        told = np.zeros((self.case.ceiling.size, programmes))
        np.add.at(told, h * years + t, paid[:, None] * share[k * years + t])
        return told.ravel()

    def units(self, x: Array) -> Array:
        """(A, P, T) units reached at the column values x; of a lasting programme everything built so far."""
        served = np.bincount(self.cell, self.width * x[: self.served], minlength=self.case.need.size)
        served = served.reshape(self.case.shape)
        return np.where(self.case.lasting[None, :, None], served.cumsum(axis=2), served)


def _distinct(lines: Array) -> tuple[Array, Array]:
    """The distinct lines (n, k) of whole numbers in order, and (n,) which of them each line is."""
    number = alike(*lines.T)
    first = np.unique(number, return_index=True)[1]
    kinds, which = np.unique(lines[first], axis=0, return_inverse=True)
    return kinds, which.ravel()[number]


def _runs(start: Array, at: Array) -> tuple[Array, Array]:
    """The columns start[i] … start[i+1]−1 of every i in `at`, and the entry of `at` that each belongs to."""
    back, entry = _countdown(start[at + 1] - start[at])
    return start[at + 1][entry] - 1 - back, entry


def _countdown(count: Array) -> tuple[Array, Array]:
    """For counts (2, 3): the numbers 1 0 · 2 1 0 and the entry 0 0 · 1 1 1 each belongs to."""
    entry = np.repeat(np.arange(count.size), count)
    return np.cumsum(count)[entry] - 1 - np.arange(entry.size), entry
