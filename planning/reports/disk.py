"""Files onto the disk, all of them or none.

Everything is first written beside its place; only when all of it is on the disk are the files moved in. When a file
cannot be moved, those moved before it are put back.
"""

import errno
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from planning.errors import PlanningError

_WHY = MappingProxyType(
    {
        errno.ENOSPC: "the disk is full; free some space or choose a folder on another disk, then run again",
        errno.EDQUOT: "your share of the disk is used up; free some space or choose another disk, then run again",
        errno.EROFS: "the disk is read-only; choose another folder",
        errno.EACCES: "not permitted, or open in another program; close it there or choose another folder",
        errno.EPERM: "writing there is not permitted; choose another folder",
    }
)


class OutputError(PlanningError):
    """Results cannot be written; whatever stood in the folder before still stands there."""


def write_files(folder: Path | str, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, which is made if need be: all of them or none. Raises OutputError."""
    folder = Path(folder)
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".writing-", dir=folder, ignore_cleanup_errors=True) as name:
            fresh = Path(name)
            for file, data in contents.items():
                _write(fresh / file, data, folder / file)
            _move_in(fresh, folder, list(contents))
    except OSError as error:
        _remove_empty(made)
        raise OutputError(_sentence(folder, error)) from error
    except BaseException:
        _remove_empty(made)
        raise
    return tuple(folder / file for file in contents)


def _write(path: Path, data: bytes, shown: Path) -> None:
    """Write one file down to the disk; the sentence names the place where the reader would look for it."""
    try:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(_sentence(shown, error)) from error


def _move_in(fresh: Path, folder: Path, files: Sequence[str]) -> None:
    """Move every file into its place; when one cannot be moved, put back what stood there before."""
    before = fresh / "before"
    before.mkdir()
    moved: list[str] = []
    try:
        for file in files:
            moved.append(file)
            if (folder / file).exists():
                (folder / file).replace(before / file)
            (fresh / file).replace(folder / file)
    except OSError as error:
        for done in moved:
            if (before / done).exists():
                (before / done).replace(folder / done)
            elif not (fresh / done).exists():
                (folder / done).unlink()
        raise OutputError(_sentence(folder / moved[-1], error)) from error


def _sentence(path: Path, error: OSError) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"cannot write into {path}: a file of that name is in the way; name a folder instead"
    why = _WHY.get(error.errno or 0, f"{error.strerror}; choose another folder")
    return f"cannot write {path}: {why}. Nothing there was changed."


def _remove_empty(made: Sequence[Path]) -> None:
    """Take away the folders that were made for files that then could not be written."""
    for place in made:
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
