"""Small counts of children in hard circumstances, masked so that no published total gives them away.

Cells i with whole counts v_i ≥ 0 and relations R (a total and its parts, all of them cells). Masked at first are the
cells with 0 < v < k; a nought is published. Then further cells are masked until the published figures leave open, for
every masked cell, an interval of at least k: with y_i = v_i where i is published and y_i ≥ 1 where it is masked,

    max y_i − min y_i ≥ k     subject to     y_total = Σ y_parts   for every relation.

Both ends are found by linear programmes (HiGHS). The further cells are those whose change, weighed by their counts,
lets the weak cell rise by k at the least cost: complementary cell suppression as in Fischetti and Salazar-González
(2001), "Solving the cell suppression problem on tabular data with linear constraints", taken cell by cell; the
result is safe, not the smallest possible.
"""

from collections.abc import Sequence

import numpy as np

from planning.errors import PlanningError
from planning.inputs.case import Array
from planning.inputs.words import number
from planning.solver.small import Equations, Solver
from planning.vocabulary import Text

THRESHOLD = 5
Relation = tuple[int, tuple[int, ...]]
_EXACT = 1e-6


def masks(counts: Array, relations: Sequence[Relation], threshold: int = THRESHOLD) -> Array:
    """(n,) True for each cell that may not be published; `counts` (n,) are whole numbers that keep the relations.

    Raises PlanningError where a total is not the sum of its parts.
    """
    _agree(counts, relations)
    hidden = (counts > 0) & (counts < threshold)
    safe = np.zeros(counts.size, dtype=bool)
    while (open_cells := np.flatnonzero(hidden & ~safe)).size:
        cell = int(open_cells[0])
        low, high = _solver(counts, relations, hidden).span(cell)
        if high - low >= threshold - _EXACT:
            safe[cell] = True
        else:
            hidden = hidden | _companions(counts, relations, hidden, cell, threshold)
    return hidden


def left_open(counts: Array, relations: Sequence[Relation], hidden: Array) -> Array:
    """(n, 2) the least and the most that each cell can be for one who knows what is published and no more.

    Where nothing limits a cell the most is ten times the largest count and ten thousand.
    """
    solver = _solver(counts, relations, hidden)
    spans = np.column_stack([counts, counts]).astype(float)
    for cell in np.flatnonzero(hidden):
        spans[cell] = solver.span(int(cell))
    return spans


def _solver(counts: Array, relations: Sequence[Relation], hidden: Array) -> Solver:
    """What a reader of the published cells knows: y = v where published, y ≥ 1 where masked."""
    lower, upper = np.where(hidden, 1.0, counts), np.where(hidden, _beyond(counts), counts)
    return Solver(Equations(_matrix(counts.size, relations), np.zeros(len(relations)), lower, upper))


def _beyond(counts: Array) -> float:
    """More than any cell needs to be called open: what stands for no limit, so that every question has an answer."""
    return 10.0 * (counts.max(initial=0) + 1000)


def _companions(counts: Array, relations: Sequence[Relation], hidden: Array, cell: int, threshold: int) -> Array:
    """(n,) True for the cells that change when the cell rises by `threshold` at least cost; noughts never change."""
    size = counts.size
    movable = counts > 0
    up, down = np.where(movable, max(_beyond(counts), threshold), 0.0), np.maximum(counts - 1.0, 0.0)
    lower = np.zeros(2 * size)
    upper = np.concatenate([up, down])
    lower[cell] = upper[cell] = threshold
    upper[size + cell] = 0.0
    cost = np.tile(np.where(hidden, 0.0, 1.0 + counts), 2)
    matrix = _matrix(size, relations)
    solver = Solver(Equations(np.hstack([matrix, -matrix]), np.zeros(len(relations)), lower, upper))
    change = solver.least(cost)
    return (change[:size] > _EXACT) | (change[size:] > _EXACT)


def _matrix(size: int, relations: Sequence[Relation]) -> Array:
    """(relations, cells): total − parts."""
    matrix = np.zeros((len(relations), size))
    for row, (total, parts) in enumerate(relations):
        matrix[row, total] = 1.0
        matrix[row, list(parts)] = -1.0
    return matrix


def _agree(counts: Array, relations: Sequence[Relation]) -> None:
    for total, parts in relations:
        if counts[total] != counts[list(parts)].sum():
            text = Text(
                f"tổng {number(counts[total], 'vi')} không bằng các phần của nó cộng lại; chưa công khai gì",
                f"a total of {counts[total]:g} is not the sum of its parts; nothing was published",
            )
            raise PlanningError(text)
