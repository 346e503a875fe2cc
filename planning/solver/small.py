"""Small linear programmes as arrays, apart from the model: unknowns bound by equations, one question after another."""

from dataclasses import dataclass

import numpy as np

from planning.errors import PlanningError
from planning.inputs.case import Array
from planning.solver.handover import no_banner
from planning.vocabulary import Text

import highspy  # isort: skip  after PuLP, which handover.py imports: both share the solver's library


@dataclass(frozen=True, slots=True, eq=False)
class Equations:
    """matrix · y = right with lower ≤ y ≤ upper, both finite; y (n,) real, matrix (m, n) dense, right (m,)."""

    matrix: Array
    right: Array
    lower: Array
    upper: Array


class Solver:
    """HiGHS holding one set of equations, asked for the least value of one cost after another."""

    def __init__(self, equations: Equations) -> None:
        with no_banner():
            self.highs = highspy.Highs()
            for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("presolve", "off")):
                self.highs.setOptionValue(option, value)
        count = equations.lower.size
        self.columns = np.arange(count, dtype=np.int32)
        for low, high in zip(equations.lower, equations.upper, strict=True):
            self.highs.addVar(float(low), float(high))
        for row, right in zip(equations.matrix, equations.right, strict=True):
            at = np.flatnonzero(row).astype(np.int32)
            self.highs.addRow(float(right), float(right), at.size, at, row[at].astype(float))

    def least(self, cost: Array) -> Array:
        """A y with the least cost · y. Raises PlanningError where no y fits."""
        self.highs.changeColsCost(self.columns.size, self.columns, cost.astype(float))
        self.highs.run()
        status = self.highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            found = self.highs.modelStatusToString(status)
            raise PlanningError(
                Text(
                    f"các phương trình phải khớp nhau lại không khớp (HiGHS: {found})",
                    f"equations that must agree do not ({found})",
                )
            )
        return np.array(self.highs.getSolution().col_value)

    def span(self, column: int) -> tuple[float, float]:
        """The least and the most that one unknown can be."""
        cost = np.zeros(self.columns.size)
        ends = []
        for sign in (1.0, -1.0):
            cost[column] = sign
            ends.append(float(self.least(cost)[column]))
        return ends[0], ends[1]
