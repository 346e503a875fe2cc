"""A large CSV file by whole columns, many times faster than record by record."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

_QUOTE, _ENDS = ord('"'), (ord("\n"), ord("\r"))


@dataclass(frozen=True, slots=True, eq=False)
class Cells(Sequence[str]):
    """The cells of one column: its distinct texts, each at least once, and which of them stands in each row."""

    distinct: Sequence[str]
    which: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """The cells with these texts."""
        place: dict[str, int] = {}
        which = [place.setdefault(text, len(place)) for text in texts]
        return cls([*place], np.array(which, int))

    def __len__(self) -> int:
        return self.which.size

    def __getitem__(self, row: int) -> str:  # type: ignore[override]
        return self.distinct[self.which[row]]

    def __iter__(self) -> Iterator[str]:
        return map(self.distinct.__getitem__, self.which.tolist())


def read_block(text: str, separator: str, width: int) -> list[Cells] | None:
    """The cells below a header in the first line, `width` columns, surrounding spaces and blank rows as they are.

    None for a file that only reading record by record can judge: with records of another width, or quotes that do not
    just surround a cell.
    """
    import pyarrow as pa
    from pyarrow import csv

    content = text.encode()
    if not _plainly_quoted(content, separator):
        return None
    names = [str(at) for at in range(width)]
    kinds = dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))
    try:
        table = csv.read_csv(
            pa.BufferReader(content),
            csv.ReadOptions(use_threads=False, column_names=names, skip_rows_after_names=1),
            csv.ParseOptions(delimiter=separator, newlines_in_values=True, ignore_empty_lines=False),
            csv.ConvertOptions(column_types=kinds, check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None
    columns = [column.combine_chunks() for column in table.unify_dictionaries().columns]
    return [Cells(column.dictionary.to_pylist(), column.indices.to_numpy()) for column in columns]


def _plainly_quoted(content: bytes, separator: str) -> bool:
    """Whether quotes stand in pairs, one where a cell begins and one where it ends, and nowhere else."""
    signs = np.frombuffer(content, np.uint8)
    quotes = np.flatnonzero(signs == _QUOTE)
    edge = np.isin(np.arange(256), (ord(separator), *_ENDS))
    around = np.pad(signs, 1, constant_values=_ENDS[0])
    opened, closed = quotes[::2], quotes[1::2]
    return opened.size == closed.size and bool(edge[around[opened]].all() and edge[around[closed + 2]].all())
