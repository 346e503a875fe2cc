"""The runs of a folder in one list: an SQLite index beside the run folders, which hold all that it says.

The index is brought in line with the folders whenever it is opened, so it may be deleted at any time.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from planning.disk import on_disk
from planning.errors import PlanningError
from planning.inputs.words import number
from planning.reports.run_folder import MARK, RUN, RunError, mark_of, read_run
from planning.vocabulary import Text

CATALOGUE = "catalogue.sqlite"
COLUMNS = (
    "id", "folder", "dataset", "scenario", "title_vi", "title_en", "status", "input_hash", "code", "gap", "seconds",
    "time", "figures", "source", "mark", "office", "reason", "marked", "content", "reports",
)  # fmt: skip
_OTHERS = ", ".join(column for column in COLUMNS if column != "folder")
_TABLE = f"CREATE TABLE IF NOT EXISTS runs (folder TEXT PRIMARY KEY, stamp TEXT, {_OTHERS})"


class CatalogueError(PlanningError):
    """A folder holds no runs, or the run asked for is not there or not to be told apart."""

    exit_code = 2


class IndexDamagedError(CatalogueError):
    """The index beside the run folders cannot be used."""

    exit_code = 1


def runs_of(folder: Path | str) -> pd.DataFrame:
    """Every run of a folder: a row each, columns COLUMNS, in the order of their names. Raises CatalogueError.

    Nothing is written to a folder that holds neither runs nor an index.

    `figures` and `source` are JSON; `status` is damaged where run.json cannot be read.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise CatalogueError(_no_folder(folder))
    with on_disk(folder):
        if not (folder / CATALOGUE).exists() and not any(folder.glob(f"*/{RUN}")):
            return pd.DataFrame(columns=list(COLUMNS))
    try:
        with _opened(folder) as index:
            _bring_up(index, folder)
            rows = index.execute(f"SELECT {', '.join(COLUMNS)} FROM runs ORDER BY folder").fetchall()
    except sqlite3.DatabaseError as error:
        raise IndexDamagedError(_damaged_index(folder / CATALOGUE, error)) from None
    return pd.DataFrame(rows, columns=list(COLUMNS))


def find_run(folder: Path, name: str) -> Path:
    """The one run folder that is meant by an id or its beginning, a folder's name, or a scenario's name.

    Raises CatalogueError where there is none or more than one.
    """
    runs = runs_of(folder)
    exact = runs[(runs["folder"] == name) | (runs["scenario"] == name) | (runs["id"] == name)]
    found = exact if len(exact) else runs[runs["id"].fillna("").str.startswith(name) & bool(name)]
    if len(found) == 1:
        return folder / found["folder"].iloc[0]
    if len(found):
        raise CatalogueError(_several(name, list(found["folder"])))
    raise CatalogueError(_no_run(name, folder, list(runs["folder"])))


def _no_folder(folder: Path) -> Text:
    return Text(
        f"không có thư mục {folder}; hãy nêu thư mục mà `planning batch` đã ghi",
        f"there is no folder {folder}; name the folder that `planning batch` wrote to",
    )


def _damaged_index(path: Path, error: Exception) -> Text:
    return Text(
        f"không dùng được {path} ({error}); hãy xóa tệp này: nó được lập lại từ các thư mục lần chạy",
        f"{path} cannot be used ({error}); delete it: it is made anew from the run folders",
    )


def _several(name: str, folders: Sequence[str]) -> Text:
    which = ", ".join(folders)
    return Text(
        f"có {number(len(folders), 'vi')} lần chạy mang tên '{name}'; hãy nói rõ lần nào: {which}",
        f"'{name}' is the name of {len(folders)} runs; say which: {which}",
    )


def _no_run(name: str, folder: Path, folders: Sequence[str]) -> Text:
    known = ", ".join(folders[:8]) + (" …" if len(folders) > 8 else "")
    there = Text(f"ở đó có: {known}", f"there are: {known}")
    none = Text("ở đó chưa có lần chạy nào", "there is none at all")
    text = Text(f"không có lần chạy '{name}' trong {folder}; ", f"there is no run '{name}' in {folder}; ")
    return text + (there if folders else none)


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    """The index, made if need be; what is written in the block counts only if the block ends well."""
    with closing(sqlite3.connect(folder / CATALOGUE, timeout=30)) as index:
        index.execute("PRAGMA journal_mode=WAL")
        with index:
            index.execute(_TABLE)
            yield index


def _bring_up(index: sqlite3.Connection, folder: Path) -> None:
    """Read anew the runs that have changed, and forget those that are gone."""
    with on_disk(folder):
        there = {path.parent: _stamp(path.parent) for path in sorted(folder.glob(f"*/{RUN}"))}
    known = dict(index.execute("SELECT folder, stamp FROM runs"))
    gone = known.keys() - {path.name for path in there}
    index.executemany("DELETE FROM runs WHERE folder = ?", [(name,) for name in gone])
    fresh = [(stamp, *_row(path)) for path, stamp in there.items() if known.get(path.name) != stamp]
    marks = ", ".join("?" * (len(COLUMNS) + 1))
    index.executemany(f"INSERT OR REPLACE INTO runs (stamp, {', '.join(COLUMNS)}) VALUES ({marks})", fresh)


def _stamp(run: Path) -> str:
    """What changes when run.json, the mark or the list of reports of a run does."""
    files = [path.stat() for name in (RUN, MARK) if (path := run / name).is_file()]
    return json.dumps([[(file.st_mtime_ns, file.st_size) for file in files], _reports(run)])


def _reports(run: Path) -> str:
    return " ".join(sorted(path.name.removeprefix("report-") for path in run.glob("report-*/") if path.suffix == ""))


def _row(run: Path) -> list[Any]:
    """The values of COLUMNS for a run folder."""
    try:
        facts, mark = read_run(run), mark_of(run)
    except RunError:
        return [run.name if column == "folder" else "damaged" if column == "status" else None for column in COLUMNS]
    title = facts.get("title", {})
    values = {
        **{name: facts.get(name) for name in COLUMNS},
        "folder": run.name,
        "title_vi": title.get("vi"),
        "title_en": title.get("en"),
        "figures": json.dumps(facts.get("figures", {})),
        "source": json.dumps(facts.get("source", {})),
        "mark": mark.get("mark", ""),
        **{name: mark.get(name) for name in ("office", "reason", "content")},
        "marked": mark.get("time"),
        "reports": _reports(run),
    }
    return [values[name] for name in COLUMNS]
