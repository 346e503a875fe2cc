"""Unsaved edits, kept beside the table as `.needs.csv.draft` until they are saved or dropped."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planning.disk import write_files
from planning.workbench.rows import Row


@dataclass(frozen=True, slots=True)
class Draft:
    """Edits of a grid: `of` says of which content, `rows` each the place in that content (None: new) and its cells."""

    grid: str
    of: str
    when: datetime
    rows: tuple[tuple[int | None, tuple[str, ...] | None], ...]


def draft_path(path: Path) -> Path:
    """Where the draft of a file is kept."""
    return path.with_name(f".{path.name}.draft")


def fingerprint(content: bytes | None) -> str:
    """What tells one content of a file from another; empty where there is no file."""
    return "" if content is None else hashlib.sha256(content).hexdigest()


def write_draft(path: Path, grid: str, content: bytes | None, base: Sequence[Row], rows: Sequence[Row]) -> None:
    """Keep what a grid holds of the file at `path`. Raises OutputError."""
    places = {row.id: (place, row.cells) for place, row in enumerate(base)}
    kept = []
    for row in rows:
        place, before = places.get(row.id, (None, None))
        kept.append([place, None if before == row.cells else row.cells])
    data = json.dumps({"grid": grid, "of": fingerprint(content), "rows": kept}, ensure_ascii=False)
    write_files(path.parent, {draft_path(path).name: data.encode()})


def read_draft(path: Path) -> Draft | None:
    """The draft of the file at `path`; None where there is none, or nothing can be made of it."""
    place = draft_path(path)
    try:
        said = json.loads(place.read_bytes())
        rows = tuple((at, None if cells is None else tuple(map(str, cells))) for at, cells in said["rows"])
        return Draft(str(said["grid"]), str(said["of"]), datetime.fromtimestamp(place.stat().st_mtime), rows)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def drop_draft(path: Path) -> None:
    """Take the draft away."""
    draft_path(path).unlink(missing_ok=True)


def taken_up(draft: Draft, base: Sequence[Row], first_id: int) -> tuple[Row, ...] | None:
    """The rows that a draft holds, over those of the file as it stands; None where they do not fit each other."""
    width = len(base[0].cells) if base else None
    rows = []
    for number, (place, cells) in enumerate(draft.rows, first_id):
        old = base[place] if place is not None and 0 <= place < len(base) else None
        if (old is None and (cells is None or place is not None)) or (cells and width not in (None, len(cells))):
            return None
        rows.append(Row(number, None, cells or ()) if old is None else old._replace(cells=cells or old.cells))
    return tuple(rows)
