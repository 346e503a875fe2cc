"""One batch at a time in a folder; the lock goes with the process that held it, however that ended."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from planning.disk import on_disk
from planning.errors import PlanningError
from planning.vocabulary import Text

LOCK = "batch.lock"


class BusyError(PlanningError):
    """Another batch is writing into the folder."""


@contextmanager
def only_batch(folder: Path) -> Iterator[None]:
    """Hold the folder, which is made if need be. Raises BusyError and OutputError."""
    with on_disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            text = Text(
                f"một đợt chạy khác đang ghi vào {folder}; hãy chờ đợt đó kết thúc, hoặc nêu thư mục khác ({error})",
                f"another batch is writing into {folder}; wait until it has ended, or name another folder ({error})",
            )
            raise BusyError(text) from None
        yield
