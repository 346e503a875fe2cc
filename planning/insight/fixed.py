"""A plan that is kept while needs, prices and revenues come out otherwise: what it then costs, or what it then reaches.

D draws are evaluated together; nothing is allocated anew. Axes: D draws, A areas, P programmes, T years, F funds,
K funding classes, C cells with need. Money in million VND.

*Units kept*: what the plan buys is bought at the drawn prices; each class of cells is paid by the same funds in the
same proportions, money is carried between years as planned, and areas that share a fund stand in for each other.
*Money kept*: each fund pays the plan's projects first; the rest buys units at the drawn prices, cut in one proportion
where its drawn revenue is smaller, at most the drawn need and the capacity that the plan opens. Of projects that cannot
be paid in full the part opens that is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planning.inputs.case import Array
from planning.inputs.ranges import rows_of_funds, rows_of_needs, rows_of_unit_costs
from planning.model.build import Model
from planning.model.services import target_areas

Drawn = Mapping[str, Array]


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """What D draws reach: `units` (D, C) standing and `need` (D, C) of the cells with need."""

    units: Array
    need: Array


@dataclass(frozen=True, eq=False)
class Fixed:
    """The column values x of a model, as units bought and money paid. Factors of draws have the shape (D, rows)."""

    model: Model
    x: Array

    # ---- the plan itself --------------------------------------------------------------------------------------------
    @cached_property
    def bought(self) -> Array:
        """(A, P, T) units that the plan buys in each year; of a lasting programme, builds."""
        layout = self.model.layout
        bought = np.bincount(layout.cell, layout.width * self.x[: layout.served], self.model.case.need.size)
        return bought.reshape(self.model.case.shape)

    @cached_property
    def cost(self) -> Array:
        """(A, P, T) what the plan pays for units, projects apart."""
        return self.bought * self.model.case.unit_cost

    @cached_property
    def paid(self) -> Array:
        """(F, K, T) what each fund pays for each funding class."""
        case, layout = self.model.case, self.model.layout
        k, h, t = layout.payment
        money = layout.payment_size * self.x[layout.begin["paid"] : layout.begin["carried"]]
        paid = np.zeros((len(case.funds), layout.classes, len(case.years)))
        np.add.at(paid, (case.purses["fund"].to_numpy()[h], k, t), money)
        return paid

    @cached_property
    def carried(self) -> Array:
        """(F, T) what is carried into each year less what is carried out of it."""
        case, layout = self.model.case, self.model.layout
        carried = np.zeros(case.ceiling.size)
        here = slice(layout.begin["carried"], layout.begin["carried"] + layout.carrying.size)
        carried[layout.carrying] = layout.carrying_size * self.x[here]
        out = self._by_fund(carried.reshape(case.ceiling.shape))
        return np.pad(out, ((0, 0), (1, 0)))[:, :-1] - out

    def _by_fund(self, values: Array) -> Array:
        total = np.zeros((len(self.model.case.funds), values.shape[1]))
        np.add.at(total, self.model.case.purses["fund"].to_numpy(), values)
        return total

    def _by_class(self, values: Array) -> Array:
        """(K, T) sums over the cells of each funding class; values (A, P, T)."""
        total = np.zeros((self.model.layout.classes, values.shape[2]))
        np.add.at(total, self.model.layout.class_of_cell, values.reshape(-1, values.shape[2]))
        return total

    @cached_property
    def _class_units(self) -> Array:
        return self._by_class(self.cost)

    @cached_property
    def _class_projects(self) -> Array:
        return self._by_class(self.model.layout.project_money(self.x))

    # ---- units kept -------------------------------------------------------------------------------------------------
    @cached_property
    def _class_shares(self) -> Array:
        """(F, K, T) part of a funding class's money that each fund pays; the same part of every cell."""
        total = self.paid.sum(axis=0)
        return np.divide(self.paid, total, out=np.zeros_like(self.paid), where=total > 0)

    @cached_property
    def _by_price(self) -> tuple[Array, Array]:
        """(J + 1, F, T) money by row of table unit_costs, fund and year, the last row for none; (F, T) for projects."""
        case, layout, part = self.model.case, self.model.layout, self._class_shares
        of_cell = part[:, layout.class_of_cell].reshape(len(case.funds), *case.shape)
        rows = len(case.tables["unit_costs"])
        money = np.zeros((rows + 1, len(case.funds), len(case.years)))
        row = np.where(rows_of_unit_costs(case) < 0, rows, rows_of_unit_costs(case))
        np.add.at(money, row.ravel(), (of_cell * self.cost).transpose(1, 2, 0, 3).reshape(row.size, *money.shape[1:]))
        return money, np.einsum("fkt,kt->ft", part, self._class_projects)

    def spending(self, drawn: Drawn) -> Array:
        """(D, F, T) what the planned units cost each fund at the drawn prices."""
        money, projects = self._by_price
        price = np.pad(drawn["unit_costs"], ((0, 0), (0, 1)), constant_values=1.0)
        return np.einsum("dj,jft->dft", price, money) + projects

    def available(self, drawn: Drawn) -> Array:
        """(D, F, T) drawn revenue of each fund, with what the plan carries in and without what it carries out."""
        ceiling = self._by_fund(self.model.case.ceiling)
        return ceiling * drawn["funds"][:, rows_of_funds(self.model.case)] + self.carried

    def with_units_kept(self, drawn: Drawn) -> Reached:
        """What the planned units reach of the drawn needs: a unit beyond the need reaches nobody."""
        need = self._need(drawn)
        return Reached(np.minimum(self._standing(self.bought.ravel()[self.cells][None]), need), need)

    # ---- money kept -------------------------------------------------------------------------------------------------
    def with_money_kept(self, drawn: Drawn) -> Reached:
        """What the planned money buys at drawn prices and revenues, within drawn needs and the plan's capacity."""
        case = self.model.case
        projects, units = self._class_shares * self._class_projects, self._class_shares * self._class_units
        available = self.available(drawn)
        left = available - projects.sum(axis=1)
        cut = np.einsum("dft,fkt->dkt", _covered(left, units.sum(axis=1)), units)
        part = _covered(cut, self._class_units)
        opened = _covered(
            np.einsum("dft,fkt->dkt", _covered(available, projects.sum(axis=1)), projects), self._class_projects
        )
        a, p, t = np.unravel_index(self.cells, case.shape)
        price = np.pad(drawn["unit_costs"], ((0, 0), (0, 1)), constant_values=1.0)[:, rows_of_unit_costs(case)[a, p]]
        kind = self.model.layout.class_of_cell[a * case.shape[1] + p]
        money = np.where(case.unit_cost[a, p, t] > 0, part[:, kind, t], 1.0)
        need = self._need(drawn)
        standing = self._standing(self.bought[a, p, t] * money / price)
        capacity = np.stack([self._capacity(paid)[a, p, t] for paid in opened])
        return Reached(np.minimum(np.minimum(standing, capacity), need), need)

    def _capacity(self, paid: Array) -> Array:
        """(A, P, T) units that what exists and the plan's projects can serve; infinite where capacity is no limit.

        `paid` (K, T) is the part of the money for projects that each funding class has in each year; what was unpaid
        once stays unbuilt.
        """
        case, capacity = self.model.case, self.model.layout.capacity
        begun = self.x[self.model.layout.begin["start"] :]
        project = case.starts.project[capacity.column]
        built_by = case.projects["a"].to_numpy()[project] * case.shape[1] + case.projects["p"].to_numpy()[project]
        part = np.minimum.accumulate(paid, axis=1)[
            self.model.layout.class_of_cell[built_by], capacity.row % len(case.years)
        ]
        added = np.bincount(capacity.row, capacity.value * begun[capacity.column] * part, case.need.size)
        return np.where(case.limited[:, None], case.existing[..., None] + added.reshape(case.shape), np.inf)

    # ---- what is reached --------------------------------------------------------------------------------------------
    @cached_property
    def cells(self) -> Array:
        """(C,) flat cells with need, those of one area and programme together in the order of the years."""
        return np.flatnonzero(self.model.case.need.ravel() > 0)

    def _need(self, drawn: Drawn) -> Array:
        row = rows_of_needs(self.model.case).ravel()[self.cells]
        return drawn["needs"][:, row] * self.model.case.need.ravel()[self.cells]

    def _standing(self, bought: Array) -> Array:
        """(D, C) units that stand: of a lasting programme everything bought so far."""
        case = self.model.case
        lasting = np.flatnonzero(case.lasting[self.cells // len(case.years) % case.shape[1]])
        if lasting.size:
            every = np.zeros((len(bought), case.need.size))
            every[:, self.cells[lasting]] = bought[:, lasting]
            built = every.reshape(-1, *case.shape)[:, :, case.lasting].cumsum(axis=3)
            every.reshape(-1, *case.shape)[:, :, case.lasting] = built
            bought = bought.copy()
            bought[:, lasting] = every[:, self.cells[lasting]]
        return bought

    def reach(self, reached: Reached) -> tuple[Array, Array]:
        """(D,) weighted child-years reached, bands filled from the most effective down, and those of every need met.

        Σ_s e[s]·clip(y − C[s−1]·n, 0, (C[s] − C[s−1])·n)  =  Σ_s (e[s] − e[s+1])·min(y, C[s]·n), C[s] the bands to s
        """
        case = self.model.case
        a, p, t = np.unravel_index(self.cells, case.shape)
        worth = case.worth[a, p] * case.discount[t]
        upto, effect = case.band_share.cumsum(axis=1)[p], case.band_effect[p]
        fall = effect - np.pad(effect, ((0, 0), (0, 1)))[:, 1:]
        done = np.zeros(len(reached.units))
        for s in range(upto.shape[1]):
            some = np.flatnonzero((fall[:, s] != 0) & (worth > 0))
            filled = np.minimum(reached.units[:, some], upto[some, s] * reached.need[:, some])
            done += filled @ (worth * fall[:, s])[some]
        return done, reached.need @ (worth * (case.band_share * case.band_effect).sum(axis=1)[p])

    def targets(self, reached: Reached) -> Array:
        """(D, G) share of the drawn need that is reached for each row of table targets."""
        return _share(reached, self._about_targets)

    @cached_property
    def _about_targets(self) -> Array:
        """(C, G) 1 for the cells that each target is about."""
        case = self.model.case
        inside = np.zeros((self.cells.size, len(case.tables["targets"])))
        a, p, t = np.unravel_index(self.cells, case.shape)
        areas = target_areas(case, case.tables["targets"])
        for g, target in enumerate(case.tables["targets"].to_dict("records")):
            about = (p == case.programmes.get_loc(target["programme"])) & (t == case.years.index(target["year"]))
            inside[:, g] = about & areas[g, a]
        return inside

    def coverage(self, reached: Reached, groups: Array) -> Array:
        """(D, G) share of the children in need in the last year who are reached, for groups (A, P, G) of cells."""
        case = self.model.case
        a, p, t = np.unravel_index(self.cells, case.shape)
        children = case.tables["programmes"]["children_per_unit"].to_numpy(float)[p] * (t == len(case.years) - 1)
        return _share(reached, groups[a, p] * children[:, None])


def _covered(have: Array, asked: Array) -> Array:
    """The part of what is asked that there is, between 0 and 1; 1 where nothing is asked."""
    return np.divide(have, asked, out=np.ones_like(have), where=asked > 0).clip(0, 1)


def _share(reached: Reached, weight: Array) -> Array:
    some = weight.any(axis=1)
    have, need = reached.units[:, some] @ weight[some], reached.need[:, some] @ weight[some]
    return np.divide(have, need, out=np.full_like(have, np.nan), where=need > 0)
