"""Small linear programmes: what the unknowns can be, and equations that contradict each other."""

import numpy as np
import pytest

from planning.errors import PlanningError
from planning.solver.small import Equations, Solver


def test_the_span_of_an_unknown():
    """The two add up to 5, and neither is above 3."""
    solver = Solver(Equations(np.array([[1.0, 1.0]]), np.array([5.0]), np.zeros(2), np.full(2, 3.0)))
    assert solver.span(0) == pytest.approx((2.0, 3.0))


def test_equations_that_contradict_each_other():
    solver = Solver(Equations(np.array([[1.0], [1.0]]), np.array([1.0, 2.0]), np.zeros(1), np.full(1, 3.0)))
    with pytest.raises(PlanningError) as refused:
        solver.least(np.ones(1))
    assert str(refused.value) == "equations that must agree do not (Infeasible)"
    assert refused.value.told("vi") == "các phương trình phải khớp nhau lại không khớp (HiGHS: Infeasible)"
