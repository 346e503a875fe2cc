"""Nonzeros of many rows in coordinate form: how they are put in order, added up, and told apart."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from planning.inputs.case import Array

_DIGIT = 16  # bits by which NumPy sorts in linear time
_DENSE = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Nonzeros of many rows in coordinate form: row, column, coefficient."""

    row: Array
    column: Array
    value: Array


def added_up(entries: Entries, rows: int, columns: int) -> Entries:
    """The same coefficients by row, then by column, each place once: repeats are added up."""
    key = entries.row * columns + entries.column
    if rows * columns <= min(_DENSE, 4 * key.size):
        kept = np.flatnonzero(np.bincount(key, minlength=rows * columns))
        return Entries(kept // columns, kept % columns, np.bincount(key, entries.value, rows * columns)[kept])
    if _rises(key):
        return entries
    order = _by_digits(entries.row)
    if not _rises(key[order]):
        order = order[np.argsort(key[order], kind="stable")]
    key, value = key[order], entries.value[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: key.size])
    if first.size < key.size:
        order, value = order[first], np.add.reduceat(value, first)
    return Entries(entries.row[order], entries.column[order], value)


def scaled(entries: Entries, rows: int) -> tuple[Entries, Array]:
    """The entries with each row divided by its largest coefficient, and what it was divided by (rows,)."""
    scale = np.zeros(rows)
    np.maximum.at(scale, entries.row, np.abs(entries.value))
    scale[scale == 0] = 1.0
    return Entries(entries.row, entries.column, entries.value / scale[entries.row]), scale


def alike(*keys: Array) -> Array:
    """(n,) numbers 0, 1, … in order of appearance, equal where all keys (n,) are; found by hashing, without sorting."""
    number, *others = (pd.factorize(key)[0] for key in keys)
    for other in others:
        number = pd.factorize(number * (int(other.max(initial=0)) + 1) + other)[0]
    return number


def _rises(key: Array) -> bool:
    return bool((key[1:] > key[:-1]).all())


def _by_digits(number: Array) -> Array:
    """(n,) positions that put whole numbers in order; equal ones stay in theirs."""
    order = np.argsort((number & (2**_DIGIT - 1)).astype(np.uint16), kind="stable")
    shift = _DIGIT
    while int(number.max(initial=0)) >> shift:
        digit = (number[order] >> shift) & (2**_DIGIT - 1)
        order = order[np.argsort(digit.astype(np.uint16), kind="stable")]
        shift += _DIGIT
    return order
