"""A model handed to HiGHS: by PuLP, and after it one of the same rows and columns by its numbers alone.

Both ways the solver holds the same model to the last digit, so it finds the same answer.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pulp  # before highspy: PuLP loads the solver's library the way both can share

import highspy  # isort: skip

from planning.inputs.case import Array

_known: list[tuple[Array, ...]] = []  # the structure of the model that PuLP handed over last


def handed(model: Any, goal: Any) -> highspy.Highs:
    """A new HiGHS object with a model (as `Live` takes it) and its goal. Raises ValueError where HiGHS refuses it."""
    structure = _structure(model)
    if _known and all(map(np.array_equal, _known[0], structure)):
        return _by_numbers(model, np.asarray(getattr(goal, "gain", goal), float))
    problem, solver = model.problem(goal), pulp.HiGHS(msg=False, output_flag=False)
    with no_banner():
        solver.createAndConfigureSolver(problem)
    solver.buildSolverModel(problem)
    _known[:] = [structure]
    return problem.solverModel


def _structure(model: Any) -> tuple[Array, ...]:
    """Which columns each row counts, which columns are whole, which ends each row has."""
    sides = np.isfinite(model.lower), np.isfinite(model.upper), model.lower == model.upper
    return model.matrix.row, model.matrix.column, model.matrix.value != 0, model.whole, *sides


def _by_numbers(model: Any, gain: Array) -> highspy.Highs:
    with no_banner():
        highs = highspy.Highs()
    for option in ("output_flag", "log_to_console"):
        highs.setOptionValue(option, False)
    whole = np.zeros(model.columns, np.int32)
    whole[np.flatnonzero(model.whole)] = int(highspy.HighsVarType.kInteger)
    told = model.matrix.value != 0
    row, column, value = (part[told] for part in (model.matrix.row, model.matrix.column, model.matrix.value))
    start = np.searchsorted(row, np.arange(model.lower.size + 1)).astype(np.int32)
    sizes = model.columns, model.lower.size, value.size
    kinds = int(highspy.MatrixFormat.kRowwise), int(highspy.ObjSense.kMaximize), 0.0
    bounds = gain, np.zeros(model.columns), np.ones(model.columns), model.lower, model.upper
    status = highs.passModel(*sizes, *kinds, *bounds, start, column.astype(np.int32), value, whole)
    if status == highspy.HighsStatus.kError:
        raise ValueError("HiGHS refused the model")
    return highs


@contextmanager
def no_banner() -> Iterator[None]:
    """Keep the solver's banner, printed by C code whatever the options say, off standard output."""
    sys.stdout.flush()
    kept = os.dup(1)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
