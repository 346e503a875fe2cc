"""A CSV file as cells that remember how they were written: what nobody changed is written back byte for byte."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

BOM = "\ufeff"
_SEPARATORS = ",;"


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands in the file: its cells with their quotes, and its line end with empty lines after it."""

    fields: tuple[str, ...]
    end: str

    def cells(self, width: int) -> tuple[str, ...]:
        """What the cells hold, without quotes and surrounding spaces, in Unicode's composed form."""
        texts = [unicodedata.normalize("NFC", _unquoted(field)).strip() for field in self.fields[:width]]
        return (*texts, *[""] * (width - len(texts)))


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file in rows: `head` is all up to the first of them, `names` the columns, `newline` the line end."""

    head: str
    names: tuple[str, ...]
    separator: str
    newline: str
    records: tuple[Record, ...]

    def written(self, rows: Iterable[tuple[Record | None, Sequence[str]]]) -> bytes:
        """The file with these rows: the record each came from, if any, and its cells now; empty rows are left out."""
        lines = [_line(self, record, cells) for record, cells in rows if any(cells)]
        for at, line in enumerate(lines[:-1]):
            if not line.endswith(("\n", "\r")):
                lines[at] = line + self.newline
        head = self.head if self.head.endswith(("\n", "\r")) or not lines else self.head + self.newline
        return (head + "".join(lines)).encode()


def read_raw(content: bytes) -> RawFile:
    """The rows of a CSV file that `read_sheet` can read."""
    text = content.decode()
    first = next(line for line in text.removeprefix(BOM).splitlines() if line.strip(",; \t"))
    separator = ";" if first.count(";") > first.count(",") else ","
    records = list(_records(text, separator))
    at = next(at for at, record in enumerate(records) if _filled(record))
    rest = next((after for after in range(at + 1, len(records)) if _filled(records[after])), len(records))
    head = "".join(_text(record, separator) for record in records[:rest])
    names = [name.removeprefix(BOM).strip() for name in records[at].cells(len(records[at].fields))]
    while not names[-1]:
        names.pop()
    newline = re.search(r"\r\n|\n|\r", head)
    gathered = tuple(_gathered(records[rest:], separator))
    return RawFile(head, tuple(names), separator, newline[0] if newline else "\n", gathered)


def _filled(record: Record) -> bool:
    return any(record.cells(len(record.fields)))


@cache
def _field(separator: str) -> re.Pattern[str]:
    """One cell and what ends it."""
    return re.compile(rf'({BOM}?"(?:[^"]|"")*"|[^{separator}\r\n]*)({separator}|\r\n|\n|\r|\Z)')


def _records(text: str, separator: str) -> Iterable[Record]:
    """Every row of the text, empty ones too."""
    pattern, at, fields = _field(separator), 0, []
    while at < len(text) or fields:
        found = pattern.match(text, at)
        if found is None:
            raise ValueError(f"the text after {text[:at][-20:]!r} is not CSV")
        at = found.end()
        fields.append(found[1])
        if found[2] != separator:
            yield Record(tuple(fields), found[2])
            fields = []
            if not found[2]:
                return


def _gathered(records: Sequence[Record], separator: str) -> list[Record]:
    """The rows that hold something; an empty one becomes part of the line end of the row before it."""
    rows: list[Record] = []
    for record in records:
        if _filled(record):
            rows.append(record)
        else:
            rows[-1] = Record(rows[-1].fields, rows[-1].end + _text(record, separator))
    return rows


def _text(record: Record, separator: str) -> str:
    return separator.join(record.fields) + record.end


def _line(file: RawFile, record: Record | None, cells: Sequence[str]) -> str:
    """A row as text: cells that are what they were keep the way in which they were written."""
    if record is None:
        return file.separator.join(_quoted(cell, file.separator) for cell in cells) + file.newline
    fields = [*record.fields, *[""] * (len(cells) - len(record.fields))]
    for at, (old, new) in enumerate(zip(record.cells(len(cells)), cells, strict=True)):
        if old != new:
            fields[at] = _quoted(new, file.separator, fields[at].startswith('"'))
    kept = fields if record.cells(len(cells)) != tuple(cells) else record.fields
    return file.separator.join(kept) + record.end


def _unquoted(field: str) -> str:
    return field[1:-1].replace('""', '"') if field.startswith('"') else field


def _quoted(cell: str, separator: str, quoted: bool = False) -> str:
    needed = quoted or any(sign in cell for sign in (separator, '"', "\n", "\r"))
    return '"' + cell.replace('"', '""') + '"' if needed else cell
