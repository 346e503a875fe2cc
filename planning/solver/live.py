"""A model held in HiGHS: built once through PuLP, then solved again and again as numbers change."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from planning.solver.handover import handed  # before highspy: it loads PuLP, so that both share the solver's library

import highspy  # isort: skip

from planning import numbers
from planning.errors import NoPlanError, UnprovenError
from planning.inputs.case import Array
from planning.model.build import Model
from planning.model.entries import Entries
from planning.model.objectives import Goal
from planning.vocabulary import Text

_NO_PLAN = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


OPTIONS = {
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",
    "mip_abs_gap": 0.0,
    "primal_feasibility_tolerance": 1e-9,
    "mip_heuristic_run_feasibility_jump": False,
}
_ZERO, _STILL = 1e-7, 1e-6
HELD = 1e-9  # what a goal may give up, beside its tolerance, while later ones are sought
MANY = 50_000  # from so many changed coefficients on the model is handed over whole (measured)
_NOT_AT_ONCE = Text("không thể cùng giữ mọi quy định", "the rules cannot all be kept at once")
_LONG_SEARCH = Text(
    "; hãy tăng objective.seconds hoặc objective.gap, hoặc ghi strength: report cho các chỉ tiêu về kết quả của dự án, "
    "vì muốn đạt đúng các chỉ tiêu đó thì phải tìm ra đúng một bộ dự án",
    "; allow more with objective.seconds or objective.gap, or make targets on what projects deliver report-only, "
    "because meeting them exactly asks for the one right set of projects",
)


class Infeasible(NoPlanError):
    """The solver proved that no allocation keeps every row."""

    def __init__(self) -> None:
        super().__init__([_NOT_AT_ONCE])


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One optimum: column values, prices of the scaled rows, the goal's value and a proven bound on it.

    The bound is what the prices prove or, while some columns are whole, what the solver's search proves; prices, `held`
    and `tight` are then empty. `held` are the columns that no other optimum can move, `tight` the rows that every
    optimum keeps at their bound (complementary slackness): together they are the optimal face.
    """

    x: Array
    price: Array
    held: Array
    tight: Array
    value: float
    bound: float
    seconds: float

    @property
    def gap(self) -> float:
        """Relative distance between the value and the bound that the row prices prove."""
        return abs(self.bound - self.value) / max(1.0, abs(self.value))


class Live:
    """The HiGHS object of a model: rows may be added, bounds moved, and its numbers exchanged for another model's."""

    def __init__(self, model: Model, goal: Goal, gap: float | None = None) -> None:
        self.whole = np.flatnonzero(model.whole)
        self.highs = handed(model, goal)
        objective = model.case.scenario.objective
        search = {"mip_rel_gap": 0.9 * (objective.gap if gap is None else gap)} if self.whole.size else {}
        self.seconds = objective.seconds
        for option, setting in (OPTIONS | search).items():
            if self.highs.setOptionValue(option, setting) != highspy.HighsStatus.kOk:
                raise ValueError(f"HiGHS does not know the option {option}={setting}")
        self.columns = model.columns
        self.gain = np.zeros(0)
        self.lower, self.upper = np.zeros(self.columns), np.ones(self.columns)
        self.matrix, self.scale = model.matrix, model.scale
        self.row_lower, self.row_upper = model.lower.copy(), model.upper.copy()

    def become(self, model: Model) -> None:
        """Take over the numbers of a model of the same structure: coefficients and bounds of its rows.

        The rows keep the scale they were built with; rows added since stay as they are.
        """
        scale = model.scale / self.scale
        entries = model.matrix.value.size
        value = model.matrix.value * scale[model.matrix.row]
        before = self.matrix.value
        moved = np.flatnonzero(~np.isclose(value, before[:entries], rtol=1e-12, atol=0))
        self.matrix = Entries(self.matrix.row, self.matrix.column, np.concatenate([value, before[entries:]]))
        if moved.size > MANY:
            self.row_lower[: scale.size], self.row_upper[: scale.size] = model.lower * scale, model.upper * scale
            self._pass()
            return
        places = (part[moved].tolist() for part in (model.matrix.row, model.matrix.column, value))
        for row, column, new in zip(*places, strict=True):
            self.highs.changeCoeff(row, column, new)
        lower, upper = model.lower * scale, model.upper * scale
        new = np.flatnonzero((lower != self.row_lower[: scale.size]) | (upper != self.row_upper[: scale.size]))
        if new.size:
            self.set_rows(new, lower[new], upper[new])

    def _pass(self) -> None:
        """Hand the whole model over again, the basis kept: sooner done than many single changes."""
        basis = self.highs.getBasis()
        order = np.lexsort((self.matrix.row, self.matrix.column))
        start = np.searchsorted(self.matrix.column[order], np.arange(self.columns + 1)).astype(np.int32)
        if self.gain.size != self.columns:
            self.gain = np.zeros(self.columns)
        whole = np.zeros(self.columns, np.int32)
        whole[self.whole] = int(highspy.HighsVarType.kInteger)
        sizes = self.columns, self.row_lower.size, order.size
        kinds = int(highspy.MatrixFormat.kColwise), int(highspy.ObjSense.kMaximize), 0.0
        bounds = self.gain, self.lower, self.upper, self.row_lower, self.row_upper
        entries = start, self.matrix.row[order].astype(np.int32), self.matrix.value[order]
        if self.highs.passModel(*sizes, *kinds, *bounds, *entries, whole) == highspy.HighsStatus.kError:
            raise ValueError("HiGHS refused the model")
        if basis.valid:
            self.highs.setBasis(basis)

    def exchange(self, model: Any, start: tuple[Array, Array, Array] | None) -> None:
        """Go on with another linear model (columns, matrix, lower, upper), from a basis that need not be one.

        `start` says which columns (columns,) begin in the basis and which at their upper bound, and which rows (rows,)
        begin in the basis.
        """
        self.columns, self.matrix, self.scale = model.columns, model.matrix, model.scale
        self.lower, self.upper = np.zeros(self.columns), np.ones(self.columns)
        self.row_lower, self.row_upper = model.lower.copy(), model.upper.copy()
        self.gain = np.zeros(self.columns)
        self.highs.clearSolver()
        self._pass()
        if start is not None:
            self._begin(*start)

    def _begin(self, basic: Array, high: Array, rows: Array) -> None:
        kind, start = highspy.HighsBasisStatus, highspy.HighsBasis()
        start.alien, start.valid = True, True
        names = (kind.kBasic, kind.kUpper, kind.kLower)
        start.col_status = [names[i] for i in np.where(basic, 0, np.where(high, 1, 2)).tolist()]
        start.row_status = [names[i] for i in np.where(rows, 0, np.where(np.isfinite(self.row_lower), 2, 1)).tolist()]
        self.highs.setBasis(start)

    def basis(self) -> tuple[Array, Array]:
        """(columns,) and (rows,) True where the last optimum has a column or a row in its basis."""
        _, basic = self.highs.getBasicVariables()
        column, row = np.zeros(self.columns, bool), np.zeros(self.row_lower.size, bool)
        column[basic[basic >= 0]] = True
        row[-1 - basic[basic < 0]] = True
        return column, row

    def set_rows(self, rows: Array, lower: Array, upper: Array) -> None:
        """Give the rows (n,) other bounds."""
        self.row_lower[rows], self.row_upper[rows] = lower, upper
        self.highs.changeRowsBounds(rows.size, rows.astype(np.int32), self.row_lower[rows], self.row_upper[rows])

    def set_columns(self, columns: Array, lower: Array, upper: Array) -> None:
        """Give the columns (n,) other bounds."""
        self.lower[columns], self.upper[columns] = lower, upper
        self.highs.changeColsBounds(columns.size, columns.astype(np.int32), self.lower[columns], self.upper[columns])

    def maximise(self, gain: Array) -> Answer:
        """The best value of Σ gain·x. Raises Infeasible, or UnprovenError where optimality was not reached."""
        begin = time.perf_counter()
        size = np.abs(gain)
        unit = np.count_nonzero(size) / size.sum() if size.any() else 1.0
        self._seek(gain * unit)
        status = self._run()
        if status in _NO_PLAN and self.whole.size:
            status = self._run_simplified()
        if status in _NO_PLAN:
            raise Infeasible
        if status != highspy.HighsModelStatus.kOptimal:
            raise UnprovenError([self._unfinished(status)])
        solution = self.highs.getSolution()
        x = np.clip(np.array(solution.col_value), self.lower, self.upper)
        if self.whole.size:
            none = np.zeros(0, int)
            bound = self.highs.getInfo().mip_dual_bound / unit
            return Answer(x, none, none, none, float((gain * x).sum()), bound, time.perf_counter() - begin)
        price, reduced = np.array(solution.row_dual), np.array(solution.col_dual)
        bound = self._bound(gain, price / unit)
        held, tight = np.flatnonzero(np.abs(reduced) > _ZERO), np.flatnonzero(np.abs(price) > _ZERO)
        return Answer(x, price / unit, held, tight, float((gain * x).sum()), bound, time.perf_counter() - begin)

    def _seek(self, gain: Array) -> None:
        """Make this the goal; one that is sought again costs nothing."""
        if not np.array_equal(gain, self.gain):
            self.highs.changeColsCost(self.columns, np.arange(self.columns, dtype=np.int32), gain)
            self.gain = gain

    def _unfinished(self, status: highspy.HighsModelStatus) -> Text:
        """Why there is no proof yet, and what to do where whole projects made the search long."""
        words = self.highs.modelStatusToString(status)
        out_of_time = status == highspy.HighsModelStatus.kTimeLimit
        text = Text(
            f"bộ giải dừng trước khi chứng minh được phân bổ tốt nhất ({'hết thời gian' if out_of_time else words})",
            f"the solver stopped before the best allocation was proven ({words})",
        )
        if not self.whole.size:
            return text
        gap = self.highs.getInfo().mip_gap
        if np.isfinite(gap):
            text += Text(
                f"; phân bổ tốt nhất đã tìm được cách mức tốt nhất có thể không quá {numbers.percent(gap, 'vi', 2)}",
                f"; the best found is within {gap:.2%} of the best possible",
            )
        return text + _LONG_SEARCH

    def settle(self, x: Array) -> None:
        """Hold every whole column at its value in x; what is left is a linear programme with prices."""
        whole = self.relax()
        whole_x = np.round(x[whole])
        self.set_columns(whole, whole_x, whole_x)

    def relax(self) -> Array:
        """Let whole columns take any value between 0 and 1. Returns them."""
        self.highs.setOptionValue("time_limit", highspy.kHighsInf)
        whole, self.whole = self.whole, np.zeros(0, int)
        self._make(whole, highspy.HighsVarType.kContinuous)
        return whole

    def restore(self, whole: Array) -> None:
        """Make the columns whole again."""
        self.whole = whole
        self._make(whole, highspy.HighsVarType.kInteger)

    def _make(self, columns: Array, kind: highspy.HighsVarType) -> None:
        if columns.size:
            self.highs.changeColsIntegrality(columns.size, columns.astype(np.int32), np.full(columns.size, kind))

    def _run_simplified(self) -> highspy.HighsModelStatus:
        """A second opinion: where goals are held tightly, a search without presolve can miss every plan there is."""
        before = self.highs.getOptionValue("presolve")[1]
        self.simplify()
        status = self._run()
        self.highs.setOptionValue("presolve", before)
        return status

    def _run(self) -> highspy.HighsModelStatus:
        if self.whole.size:
            # The limit counts from the first run of the object, so each search is given its own end.
            self.highs.setOptionValue("time_limit", self.highs.getRunTime() + self.seconds)
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kNotset:
            # HiGHS refuses to run with another number of threads than some earlier solve of this process.
            highspy.Highs.resetGlobalScheduler(True)
            self.highs.run()
            status = self.highs.getModelStatus()
        return status

    def _bound(self, gain: Array, price: Array) -> float:
        """An upper bound on the goal from row prices π alone (weak duality), whatever the solver claims.

        Σ_i max(π_i·lower_i, π_i·upper_i) + Σ_j max(d_j·l_j, d_j·u_j) with d = gain − Aᵀπ; prices of the wrong sign for
        a one-sided row count as zero.
        """
        low, high = np.isfinite(self.row_lower), np.isfinite(self.row_upper)
        price = np.where((price > 0) & ~high, 0.0, np.where((price < 0) & ~low, 0.0, price))
        rows = np.where(price > 0, np.where(high, self.row_upper, 0), np.where(low, self.row_lower, 0)) * price
        matrix = self.matrix
        left = gain - np.bincount(matrix.column, matrix.value * price[matrix.row], minlength=self.columns)
        return float(rows.sum() + np.maximum(left * self.lower, left * self.upper).sum())

    def hold(self, weight: Array, at_least: float) -> int:
        """Add the row Σ weight·x ≥ at_least. Returns its position."""
        columns = np.flatnonzero(weight)
        self._append(np.zeros(columns.size, int), columns, weight[columns], [at_least], [np.inf])
        return self.row_lower.size - 1

    def simplify(self) -> None:
        """Simplify the model before each solve from now on: slower from a near start, far faster from none."""
        self.highs.setOptionValue("presolve", "on")

    def add_columns(self, row: Array, which: Array, value: Array, upper: Array) -> Array:
        """Add columns between 0 and `upper` (n,) with entries (row, which of the n, value). Returns the columns."""
        n = upper.size
        new = self.columns + np.arange(n)
        order = np.argsort(which, kind="stable")
        row, which, value = row[order], which[order], value[order]
        start = np.searchsorted(which, np.arange(n)).astype(np.int32)
        self.highs.addCols(n, np.zeros(n), np.zeros(n), upper, row.size, start, row.astype(np.int32), value)
        self.columns += n
        self.lower, self.upper = np.append(self.lower, np.zeros(n)), np.append(self.upper, upper)
        joined = zip((self.matrix.row, self.matrix.column, self.matrix.value), (row, new[which], value), strict=True)
        self.matrix = Entries(*(np.concatenate(pair) for pair in joined))
        return new

    def set_entries(self, column: int, row: Array, value: Array) -> None:
        """Give an added column these entries in place of its own."""
        kept = self.matrix.column != column
        for one in np.setdiff1d(self.matrix.row[~kept], row).tolist():
            self.highs.changeCoeff(one, column, 0.0)
        for one, number in zip(row.tolist(), value.tolist(), strict=True):
            self.highs.changeCoeff(one, column, number)
        own = (row, np.full(row.size, column), value)
        parts = (self.matrix.row, self.matrix.column, self.matrix.value)
        self.matrix = Entries(*(np.concatenate([part[kept], new]) for part, new in zip(parts, own, strict=True)))

    def impossible(self, price: Array) -> bool:
        """Whether these row prices prove, by weak duality, that nothing keeps every row within the bounds there are."""
        return self._bound(np.zeros(self.columns), price) < -_STILL

    def release(self, rows: Array, column: int, x: float) -> None:
        """Replace the column in these rows by its value x, so that it no longer depends on them."""
        entries = np.flatnonzero(np.isin(self.matrix.row, rows) & (self.matrix.column == column))
        of, value = self.matrix.row[entries], self.matrix.value.copy()
        self.row_lower[of] -= value[entries] * x
        value[entries] = 0.0
        self.matrix = Entries(self.matrix.row, self.matrix.column, value)
        for row in of.tolist():
            self.highs.changeCoeff(row, column, 0.0)
            self.highs.changeRowBounds(row, self.row_lower[row], self.row_upper[row])

    def reweigh(self, row: int, weight: Array) -> None:
        """Give a row that was held another weight in place of its own."""
        entries = np.flatnonzero(self.matrix.row == row)
        columns = self.matrix.column[entries]
        moved = np.flatnonzero(weight[columns] != self.matrix.value[entries])
        for column in columns[moved].tolist():
            self.highs.changeCoeff(row, column, weight[column])
        self.matrix.value[entries] = weight[columns]

    def stay_optimal(self, answer: Answer) -> Array:
        """Leave only the optimal face of the answer open. Returns the columns that can still move."""
        self.set_columns(answer.held, answer.x[answer.held], answer.x[answer.held])
        price = answer.price[answer.tight]
        level = np.where(price > 0, self.row_upper[answer.tight], self.row_lower[answer.tight])
        self.set_rows(answer.tight, level, level)
        return np.flatnonzero(self.lower < self.upper)

    def measure_distance(self, row: Array, column: Array, value: Array, wanted: Array, most: Array, x: Array) -> Array:
        """Add columns up and down, and rows Σ value·x − most·up + most·down = wanted. Returns the new columns.

        The entries stand in row order 0 … n−1; value, `wanted` and `most` (n,) share one unit; up and down are shares
        of `most`. The next search begins at x (columns,), the last optimum, with whichever of the two it needs.
        """
        n, basis, rows = wanted.size, self.highs.getBasis(), self.row_lower.size
        above = np.bincount(row, value * x[column], n) >= wanted
        new = self.columns + np.arange(2 * n)
        self.highs.addVars(2 * n, np.zeros(2 * n), np.ones(2 * n))
        self.columns += 2 * n
        self.lower, self.upper = np.append(self.lower, np.zeros(2 * n)), np.append(self.upper, np.ones(2 * n))
        each = np.arange(n)
        row = np.concatenate([row, each, each])
        order = np.argsort(row, kind="stable")
        column = np.concatenate([column, new])[order]
        value = (np.concatenate([value, -most, most]) / most[row])[order]
        self._append(row[order], column, value, wanted / most, wanted / most)
        if basis.valid:
            kind = highspy.HighsBasisStatus
            basis.col_status = basis.col_status + [
                kind.kBasic if needed else kind.kLower for needed in [*above.tolist(), *(~above).tolist()]
            ]
            basis.row_status = basis.row_status[:rows] + [kind.kLower] * n
            self.highs.setBasis(basis)
        return new

    def unique(self, answer: Answer, own: Array) -> bool:
        """True where no other allocation as good as the answer, which must be the last one, differs in columns `own`.

        Either every column and row out of the basis has a price, or both ends of a direction chosen at random lie at
        the answer: a set of more than one point is wide in such a direction with probability one.
        """
        self.stay_optimal(answer)
        solution, basis = self.highs.getSolution(), self.highs.getBasis()
        column = _loose(basis.col_status, solution.col_dual) & (self.lower < self.upper)
        row = _loose(basis.row_status, solution.row_dual) & (self.row_lower < self.row_upper)
        if not (column.any() or row.any()):
            return True
        direction = np.zeros(self.columns)
        direction[own] = np.random.default_rng(0).normal(size=own.size)
        here = float((direction * answer.x).sum())
        return all(abs(sign * self.maximise(sign * direction).value - here) <= _STILL for sign in (1, -1))

    def _append(self, row: Array, column: Array, value: Array, lower: Array, upper: Array) -> None:
        lower, upper = np.asarray(lower, float), np.asarray(upper, float)
        start = np.searchsorted(row, np.arange(lower.size)).astype(np.int32)
        self.highs.addRows(
            lower.size, lower, upper, column.size, start, column.astype(np.int32), np.asarray(value, float)
        )
        base = self.row_lower.size
        self.matrix = Entries(
            *(
                np.concatenate(pair)
                for pair in (
                    (self.matrix.row, base + row),
                    (self.matrix.column, column),
                    (self.matrix.value, value),
                )
            )
        )
        self.row_lower, self.row_upper = np.append(self.row_lower, lower), np.append(self.row_upper, upper)


def _loose(status: list, price: list) -> Array:
    """True where something is out of the basis and yet has no price."""
    out = np.array([one != highspy.HighsBasisStatus.kBasic for one in status])
    return out & (np.abs(np.array(price)) <= _ZERO)
