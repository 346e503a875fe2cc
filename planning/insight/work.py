"""Long work in pieces: shown as it goes, and stopped without losing what was computed."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from planning.disk import on_disk, write_down
from planning.errors import PlanningError

Watch = Callable[[int, int], None]


class JournalError(PlanningError):
    """What an earlier run left behind cannot be read, or belongs to other inputs."""


def unwatched(done: int, total: int) -> None:
    """Nobody looks on."""


def carry_out[Value](
    pieces: Sequence[str],
    do: Callable[[str], Value],
    *,
    key: str,
    journal: Path | None = None,
    watch: Watch = unwatched,
) -> dict[str, Value]:
    """What `do` gives for each piece, in their order.

    With a journal each value (plain JSON) is written down as soon as it is there; a later call with the same key goes
    on where the last one stopped. `key` names all that the values depend on. Raises JournalError where the journal is
    that of other work.
    """
    kept = _read(journal, key) if journal else {}
    values: dict[str, Value] = {}
    for place, piece in enumerate(pieces):
        watch(place, len(pieces))
        if piece not in kept:
            kept[piece] = do(piece)
            if journal:
                _write(journal, key, piece, kept[piece])
        values[piece] = kept[piece]
    watch(len(pieces), len(pieces))
    return values


def _read(journal: Path, key: str) -> dict[str, Any]:
    """The values kept so far; a line that was cut off in the middle is taken out of the file."""
    if not journal.exists():
        return {}
    data = journal.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    kept = {}
    for line in whole.splitlines():
        try:
            entry = json.loads(line)
            found, piece, value = entry["key"], entry["piece"], entry["value"]
        except (ValueError, KeyError, TypeError):
            raise JournalError(f"{journal} is not a journal of this work; delete it or name another folder") from None
        if found != key:
            text = "the inputs or the options have changed since; delete it to begin anew, or name another folder"
            raise JournalError(f"{journal} was left by other work: {text}")
        kept[piece] = value
    if len(whole) < len(data):
        with on_disk(journal):
            write_down(journal, whole)
    return kept


def _write(journal: Path, key: str, piece: str, value: object) -> None:
    line = json.dumps({"key": key, "piece": piece, "value": value}, ensure_ascii=False) + "\n"
    with on_disk(journal):
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("ab") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
