"""How far levers must move for a plan to exist: the least change, found by solving and proven by solving.

Every lever is one more column of the model, the change of its number as a share of its size, with an entry in each row
that the number moves (an elastic programme: Chinneck, Feasibility and Infeasibility in Optimization, 2008). Where the
number multiplies what a plan chooses, as a share of money does, the entry is the change at the plan last found, and is
found anew until nothing moves (Newton's method for a ratio: Dinkelbach, 1967).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from planning.errors import NoPlanError
from planning.inputs.case import Array, Case
from planning.inputs.whatif import with_values
from planning.model.build import RULES, Block, build
from planning.model.rows import Rows
from planning.solver.levers import Lever, applied
from planning.solver.live import Infeasible, Live

MOST = 1e4  # largest change that is looked for, in sizes of the lever
SAFE, BACK = 1e-6, 0.01
_STEP, _STILL, _ROUNDS = 1e-3, 1e-9, 30
_MOVED_BY_MONEY = ("fund_ceiling", "minimum_use")

Values = dict[Lever, float]


class Loosened:
    """A case that may have no plan, kept in the solver with a column for each of its levers.

    `within` are bounds (n,) of the model's first n columns.
    """

    def __init__(self, case: Case, levers: Sequence[Lever], within: tuple[Array, Array] | None = None) -> None:
        self.case, self.levers = case, tuple(levers)
        self.place = {lever: i for i, lever in enumerate(self.levers)}
        self.model = build(_with_ample_funds(case) if any(lever.money for lever in levers) else case)
        self.live = Live(self.model, self.model.goals[0], 1e-6)
        self.whole = self.live.relax()
        if within:
            self.live.set_columns(np.arange(within[0].size), *within)
        self.bounds = self.live.lower[self.whole], self.live.upper[self.whole]
        self.at: Values = {lever: lever.now for lever in self.levers}
        self.x = np.ones(self.model.columns)
        self.begun, self.chosen, self.basis = False, None, None
        self.proofs: list[Array] = []
        self.carried = self._carried_rows() if any(lever.money for lever in levers) else 0
        self._keep_ceilings()
        entries = [self._entries(lever) for lever in self.levers]
        row, value = (np.concatenate([entry[i] for entry in entries] or [np.zeros(0)]) for i in (0, 1))
        which = np.repeat(np.arange(len(entries)), [entry[0].size for entry in entries])
        self.columns = self.live.add_columns(row.astype(int), which, value, np.zeros(len(entries)))
        self.bent = {lever for lever in self.levers if lever.rule == "absorption" or self._multiplies(lever)}

    # ---- what the levers do to the rows ---------------------------------------------------------------------------
    def _keep_ceilings(self) -> None:
        """Ceilings as they are, however much room the columns of an ample model leave."""
        for block, rows in zip(self._blocks(_MOVED_BY_MONEY), _rows(self.case, _MOVED_BY_MONEY), strict=True):
            if block.start is None:
                continue
            here = block.start + np.arange(len(rows))
            level = rows.level * rows.base / self.live.scale[here]
            low, high = (level, np.full(level.size, np.inf)) if rows.sense == ">=" else (-np.inf + 0 * level, level)
            self.live.set_rows(here, low, high)

    def _carried_rows(self) -> int:
        """Rows that let no purse carry more than its share of its present ceiling. Returns the first."""
        layout, first = self.model.layout, self.live.row_lower.size
        for column, most in enumerate(_carry(self.case, layout.carrying) / layout.carrying_size):
            weight = np.zeros(self.live.columns)
            weight[layout.begin["carried"] + column] = -1.0
            self.live.hold(weight, -most)
        return first

    def _blocks(self, rules: Iterable[str]) -> list[Block]:
        return [block for name in rules for block in self.model.blocks if block.rows.rule == name]

    def _multiplies(self, lever: Lever) -> bool:
        blocks = self._blocks(lever.rows)
        moved = set(self._entries(lever)[0].tolist())
        return any(
            block.start is not None
            and not isinstance(block.base, np.ndarray)
            and moved & set(range(block.start, block.start + len(block.rows)))
            for block in blocks
        )

    def _entries(self, lever: Lever) -> tuple[Array, Array]:
        """Rows that the lever moves and what one size of change is worth in each, both as the solver holds them."""
        if lever.unit in ("switch", "year"):
            return self._dropped(lever)
        value = self.at[lever]
        step = _step(lever, value)
        here = applied(self.case, self.at)
        before, after = (_rows(case, lever.rows) for case in (here, lever.set_to(here, value + step)))
        found = []
        for block, old, new in zip(self._blocks(lever.rows), before, after, strict=True):
            if block.start is None:
                continue
            change = _change(block, old, new, self.x) / step
            moved = np.flatnonzero(np.abs(change) > 1e-12)
            rows = block.start + moved
            found.append((rows, -change[moved] * lever.sign * lever.size / self.live.scale[rows]))
        if lever.money:
            found.append(self._more_carried(here, lever.set_to(here, value + step), step / lever.size))
        return _joined(found)

    def _more_carried(self, old: Case, new: Case, step: float) -> tuple[Array, Array]:
        carrying = self.model.layout.carrying
        change = (_carry(new, carrying) - _carry(old, carrying)) / step / self.model.layout.carrying_size
        moved = np.flatnonzero(change)
        return self.carried + moved, change[moved]

    def _dropped(self, lever: Lever) -> tuple[Array, Array]:
        """For a rule without a number: as much as its rows could ever miss."""
        off = {rows.index.to_csv() for rows in _rows(lever.set_to(self.case, lever.limit), lever.rows)}
        found = []
        for block in self._blocks(lever.rows):
            if block.start is None or (block.rows.index.to_csv() in off and lever.unit == "switch"):
                continue
            if lever.unit == "year" and block.rows.index["fund"].iloc[0] != self._fund(lever):
                continue
            rows = block.start + np.arange(len(block.rows))
            inside = (self.live.matrix.row >= rows[0]) & (self.live.matrix.row <= rows[-1])
            size = np.bincount(
                self.live.matrix.row[inside] - rows[0], np.abs(self.live.matrix.value[inside]), minlength=rows.size
            )
            found.append((rows, size if block.rows.sense == ">=" else -size))
        return _joined(found)

    def _fund(self, lever: Lever) -> str:
        return self.case.scenario.rules.expiry[int(lever.entry) - 1].fund

    def _turn_to(self, values: Mapping[Lever, float]) -> None:
        """Stand at other values of the levers whose numbers multiply what a plan chooses."""
        bent = {lever: _standing(lever, values.get(lever, lever.now)) for lever in self.bent}
        if any(self.at[lever] != value for lever, value in bent.items()):
            self.at |= bent
            self.live.become(build(applied(self.case, bent)))
            self._keep_ceilings()
        for lever in self.bent:
            row, value = self._entries(lever)
            self.live.set_entries(int(self.columns[self.place[lever]]), row, value)

    # ---- solving ----------------------------------------------------------------------------------------------------
    def _sizes(self, lever: Lever, value: float) -> float:
        """A value as change from where the model stands, in sizes of the lever."""
        return float(np.clip((value - self.at[lever]) * lever.sign / lever.size, -MOST, MOST))

    def _least(self, price: Mapping[Lever, float], fixed: Values) -> Array | None:
        """The changes (levers,) of the least Σ price·change, levers without price at their fixed values; or None.

        Parts of projects are allowed first: where whole ones need no larger changes, nothing more is searched.
        """
        low, high, gain = np.zeros(len(self.levers)), np.zeros(len(self.levers)), np.zeros(self.live.columns)
        for lever, i in self.place.items():
            if lever in price:
                low[i], high[i] = self._sizes(lever, lever.now), MOST
                if np.isfinite(lever.limit) and lever not in self.bent:
                    high[i] = self._sizes(lever, lever.limit)
                gain[self.columns[i]] = -price[lever]
            else:
                low[i] = high[i] = self._sizes(lever, fixed.get(lever, lever.now))
        self.live.set_columns(self.columns, low, high)
        if any(self.live.impossible(price) for price in self.proofs):
            return None
        try:
            change = self._solved(gain)
            if self.whole.size:
                change = self._with_whole_projects(gain, change, high)
        except Infeasible:
            return None
        return change

    def _solved(self, gain: Array) -> Array:
        """The best for this gain; the first, with nothing to start from, by an interior point method."""
        if not self.begun:
            self.begun = True
            try:
                self._options(solver="ipm", presolve="on")
                self.live.maximise(gain)
            except NoPlanError:
                self.live.highs.clearSolver()
            self._options(solver="choose", presolve="off")
        priced = bool(gain.any()) and not self.live.whole.size
        if priced and self.basis is not None:
            self.live.highs.setBasis(self.basis)
        answer = self.live.maximise(gain)
        self.x = answer.x[: self.model.columns]
        if priced:
            self.basis = self.live.highs.getBasis()
            self.proofs = [answer.price, *self.proofs[:9]]
        return answer.x[self.columns]

    def _options(self, **options: str) -> None:
        for option, setting in options.items():
            self.live.highs.setOptionValue(option, setting)

    def _with_whole_projects(self, gain: Array, change: Array, high: Array) -> Array:
        """The least change with whole projects, `change` being that with parts of them.

        First the projects that served before, then any that need no more than parts of them do, then all.
        """
        low, needed = self.live.lower[self.columns].copy(), float(gain[self.columns] @ change)
        if self.chosen is not None:
            try:
                self.live.set_columns(self.whole, self.chosen, self.chosen)
                found = self._solved(gain)
                if float(gain[self.columns] @ found) >= needed - SAFE * (abs(needed) + SAFE):
                    return found
            except Infeasible:
                pass
            finally:
                self.live.set_columns(self.whole, *self.bounds)
        basis = self.live.highs.getBasis()
        self.live.restore(self.whole)
        try:
            least = np.where(gain[self.columns] < 0, np.minimum(change + SAFE / 2 * np.abs(change) + 1e-9, high), high)
            self.live.set_columns(self.columns, low, least)
            try:
                self._solved(np.zeros(self.live.columns))
            except Infeasible:
                self.live.set_columns(self.columns, low, high)
                change = self._solved(gain)
        finally:
            self.live.relax()
            self.live.highs.setBasis(basis)
        self.chosen = np.round(self.x[self.whole])
        return change

    def can(self, values: Values) -> bool:
        """Whether a plan exists with the levers at these values and the others as they are."""
        if any(lever.unit == "year" for lever in values):
            return is_possible(applied(self.case, values))
        self._turn_to(values)
        return self._least({}, values) is not None

    # ---- packages ---------------------------------------------------------------------------------------------------
    def package(self, levers: Sequence[Lever]) -> Values | None:
        """The cheapest package of changes of these levers, none of which is idle and none too large; or None.

        The least total change, each as a share of its size; then levers are given up, the least moved first, as long
        as the others suffice; then each is moved back as far as the others at their values allow.
        """
        values = self._cheapest(levers)
        if values is None:
            return None
        for lever in sorted(values, key=lambda one: abs(values[one] - one.now) / one.size):
            fewer = self._cheapest([other for other in values if other is not lever]) if len(values) > 1 else None
            if fewer is not None:
                values = fewer
        for lever in sorted(values, key=lambda one: not one.whole):
            values[lever] = self.tightest(lever, values) or values[lever]
        return {lever: value for lever, value in values.items() if abs(value - lever.now) > _STILL * lever.size}

    def _cheapest(self, levers: Sequence[Lever]) -> Values | None:
        values: Values = {}
        for _ in range(_ROUNDS):
            self._turn_to(values)
            change = self._least(dict.fromkeys(levers, 1.0), {})
            if change is None:
                return None
            last, values = values, self._values(levers, change)
            moved = [abs(values.get(one, one.now) - last.get(one, one.now)) / one.size for one in self.bent]
            if max(moved, default=0.0) <= 1e-7:
                break
        return values

    def _values(self, levers: Sequence[Lever], change: Array) -> Values:
        values = {lever: self._value(lever, change[self.place[lever]]) for lever in levers}
        return {lever: value for lever, value in values.items() if abs(value - lever.now) > 1e-8 * lever.size}

    def _value(self, lever: Lever, change: float) -> float:
        value = self.at[lever] + lever.sign * lever.size * change
        if lever.unit in ("switch", "year"):
            return lever.limit if change > 1e-8 else lever.now
        low, high = sorted((lever.now, lever.limit))
        return float(np.clip(value, low, high))

    def tightest(self, lever: Lever, values: Values) -> float | None:
        """The value nearest to the present one with which a plan exists, other levers at `values`; None without one."""
        others = {other: value for other, value in values.items() if other is not lever}
        value = values.get(lever, lever.now)
        for _ in range(_ROUNDS):
            self._turn_to(others | {lever: value})
            change = self._least({lever: 1.0}, others)
            if change is None:
                return None
            last, value = value, self._value(lever, change[self.place[lever]])
            if lever not in self.bent or abs(value - last) <= _STILL * lever.size:
                break
        if lever.whole:
            return self._first_whole(lever, others, value)
        return self._made_safe(lever, others, value)

    def _first_whole(self, lever: Lever, others: Values, value: float) -> float | None:
        """The nearest whole number from which on a plan exists."""
        if lever.unit == "switch":
            return value
        first = int(lever.now) + 1 if lever.unit == "year" else int(np.ceil(value - 1e-6))
        last = int(lever.limit) if np.isfinite(lever.limit) else max(first, len(self.case.projects))
        return next((float(n) for n in range(first, last + 1) if self.can(others | {lever: float(n)})), None)

    def _made_safe(self, lever: Lever, others: Values, value: float) -> float | None:
        """A little more than the least change, with which a plan exists although a hundredth less allows none.

        Where solving at these values says otherwise the least change is found by halving.
        """
        if value == lever.now:
            return value
        low, high = sorted((lever.now, lever.limit))
        safe = float(np.clip(lever.now + (value - lever.now) * (1 + SAFE), low, high))
        if not self.can(others | {lever: safe}):
            safe = self._halved(lever, others, safe, _farther(lever, safe))
        elif self.can(others | {lever: back(lever, safe)}):
            safe = self._halved(lever, others, lever.now, safe)
        return safe

    def _halved(self, lever: Lever, others: Values, without: float, with_: float) -> float | None:
        if not self.can(others | {lever: with_}):
            return None
        while abs(with_ - without) > BACK / 4 * abs(with_ - lever.now):
            middle = (with_ + without) / 2
            without, with_ = (without, middle) if self.can(others | {lever: middle}) else (middle, with_)
        return with_

    def proven(self, values: Values) -> bool:
        """Whether solving confirms the values: with them a plan exists, with any one change a hundredth less none."""
        return self.can(values) and not any(
            self.can(values | {lever: back(lever, value)}) for lever, value in values.items()
        )


def is_possible(case: Case) -> bool:
    """Whether any plan keeps every rule of the case: solved anew, parts of projects first, then whole ones."""
    model = build(case)
    live = Live(model, model.goals[0], 1e-6)
    whole = live.relax()
    try:
        live.maximise(np.zeros(live.columns))
        if whole.size:
            live.restore(whole)
            live.maximise(np.zeros(live.columns))
    except Infeasible:
        return False
    return True


def back(lever: Lever, value: float) -> float:
    """The value with a hundredth of its change taken back, of a whole number one step."""
    if lever.whole:
        return value - lever.sign
    return value - BACK * (value - lever.now)


def _step(lever: Lever, value: float) -> float:
    """A small change of the number to a value that a scenario can state with the rule on."""
    step = lever.sign * (1.0 if lever.whole else _STEP * lever.size)
    return -step if value + step > lever.most else step


def _standing(lever: Lever, value: float) -> float:
    """The value, or one some way before the limit: at the limit a rule may be off and have no rows."""
    room = 2 * _STEP * lever.size
    return value if abs(value - lever.limit) > room else lever.limit - lever.sign * room


def _farther(lever: Lever, value: float) -> float:
    return lever.limit if np.isfinite(lever.limit) else lever.now + 2 * (value - lever.now)


def _rows(case: Case, rules: Iterable[str]) -> list[Rows]:
    return [item for name in rules for item in RULES[name].rows(case) if isinstance(item, Rows) and len(item)]


def _change(block: Block, old: Rows, new: Rows, x: Array) -> Array:
    """(n,) by how much the right side of each row moves between two levels, at the plan x."""
    if isinstance(old.base, np.ndarray):
        change = new.level * new.base - old.level * old.base
    else:
        base, most = (
            np.bincount(block.base.row, block.base.value * some[block.base.column], minlength=len(old))
            for some in (x, np.ones(x.size))
        )
        change = (new.level - old.level) * np.maximum(base, 1e-4 * most)
    for before, after in zip(old.measure, new.measure, strict=True):
        change = change - np.bincount(before.row, after.weight - before.weight, minlength=len(old))
    return change


def _carry(case: Case, carrying: Array) -> Array:
    """(carrying,) million VND that each purse may carry over in the years in which it may."""
    return (case.ceiling * case.carry_over).ravel()[carrying]


def _joined(found: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    if not found:
        return np.zeros(0, int), np.zeros(0)
    return np.concatenate([rows for rows, _ in found]), np.concatenate([values for _, values in found])


def _with_ample_funds(case: Case) -> Case:
    """The case with so much more in every purse that no column is too small for it."""
    share = np.ones(case.ceiling.shape)
    return with_values(case, ceiling=case.ceiling + share * case.full_cost.sum(axis=(0, 1)))
