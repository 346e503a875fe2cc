"""Files onto the disk, all of them or none.

Everything is first written beside its place; only when all of it is on the disk are the files moved in. When a file
cannot be moved, those moved before it are put back.
"""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from planning.errors import PlanningError
from planning.vocabulary import Text

_WHY = MappingProxyType(
    {
        errno.ENOSPC: Text(
            "ổ đĩa đã đầy; hãy giải phóng chỗ trống hoặc chọn thư mục trên ổ đĩa khác, rồi chạy lại",
            "the disk is full; free some space or choose a folder on another disk, then run again",
        ),
        errno.EDQUOT: Text(
            "phần ổ đĩa dành cho bạn đã dùng hết; hãy giải phóng chỗ trống hoặc chọn ổ đĩa khác, rồi chạy lại",
            "your share of the disk is used up; free some space or choose another disk, then run again",
        ),
        errno.EROFS: Text(
            "ổ đĩa chỉ cho đọc; hãy chọn thư mục khác",
            "the disk is read-only; choose another folder",
        ),
        errno.EACCES: Text(
            "không được phép ghi, hoặc tệp đang mở trong chương trình khác; hãy đóng tệp ở đó hoặc chọn thư mục khác",
            "not permitted, or open in another program; close it there or choose another folder",
        ),
        errno.EPERM: Text(
            "không được phép ghi ở đó; hãy chọn thư mục khác",
            "writing there is not permitted; choose another folder",
        ),
    }
)
_STAGE = ".writing-"
_INPUTS_ALONE = ("needs.csv", "unit_costs.csv", "eligibility.csv", "bands.csv", "classes.csv", "baseline.csv")
_DAY = 86_400


class OutputError(PlanningError):
    """Results cannot be written; whatever stood in the folder before still stands there."""


def keep_off_inputs(folder: Path | str) -> None:
    """No results among input tables, some of which bear the names of results. Raises OutputError."""
    found = [file for file in _INPUTS_ALONE if (Path(folder) / file).is_file()]
    if found:
        text = Text(
            f"{folder} chứa các bảng số liệu đầu vào ({found[0]}), kết quả không được ghi đè lên chúng; hãy nêu "
            "một thư mục khác cho kết quả",
            f"{folder} holds input tables ({found[0]}), which results must not overwrite; name another folder for "
            "the results",
        )
        raise OutputError(text)


def write_files(folder: Path | str, contents: Mapping[str, bytes | Future[bytes]]) -> tuple[Path, ...]:
    """Write files into a folder, which is made if need be: all of them or none. Raises OutputError.

    What is still being made is waited for when its turn comes.
    """
    folder = Path(folder)
    with staged(folder) as fresh:
        for file, content in contents.items():
            data = content.result() if isinstance(content, Future) else content
            with on_disk(folder / file):
                write_down(fresh / file, data)
        move_in(fresh, folder, list(contents))
    return tuple(folder / file for file in contents)


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """A private place inside a folder, which is made if need be, for files that are to be moved in together.

    Afterwards the place is gone; folders made for nothing are gone too. Raises OutputError.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        with on_disk(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _sweep(folder)
            place = tempfile.TemporaryDirectory(prefix=_STAGE, dir=folder, ignore_cleanup_errors=True)
        with place as name:
            yield Path(name)
    finally:
        for made in missing:
            if made.is_dir() and not any(made.iterdir()):
                made.rmdir()


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A private place beside `folder` that takes its name when all in it is written; what stood there before is gone.

    Whatever happens, under that name stands the old folder, the new one, or none. Raises OutputError.
    """
    with staged(folder.parent) as place:
        fresh, before = place / "fresh", place / "before"
        with on_disk(folder):
            fresh.mkdir()
        try:
            yield fresh
        except OutputError as error:
            said = (error.told(language).replace(str(fresh), str(folder)) for language in ("vi", "en"))
            raise OutputError(Text(*said)) from error
        with on_disk(folder):
            take_place(fresh, folder, before)


def take_place(fresh: Path, folder: Path, before: Path) -> None:
    """Give a folder its final name; what stood there is moved to `before`, and back when that fails."""
    if folder.exists():
        folder.replace(before)
    try:
        fresh.replace(folder)
    except OSError:
        if before.exists():
            before.replace(folder)
        raise


def _sweep(folder: Path) -> None:
    """Take away the places that killed processes left behind; none in use is a day old."""
    for place in folder.glob(f"{_STAGE}*"):
        if time.time() - place.stat().st_mtime > _DAY:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def on_disk(shown: Path) -> Iterator[None]:
    """Whatever the disk refuses inside becomes an OutputError that names `shown` and says what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(cannot_write(shown, error)) from error


def write_down(path: Path, data: bytes) -> None:
    """Write one file down to the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def move_in(fresh: Path, folder: Path, files: Sequence[str]) -> None:
    """Move every file into its place; when that fails or is stopped, put back what stood there before.

    A folder never gives way to a file. Raises OutputError.
    """
    for file in files:
        if (folder / file).is_dir():
            raise OutputError(_folder_in_the_way(folder / file))
    before = fresh / "before"
    moved: list[str] = []
    try:
        for file in files:
            moved.append(file)
            for place in (before / file, folder / file):
                place.parent.mkdir(parents=True, exist_ok=True)
            if (folder / file).exists():
                (folder / file).replace(before / file)
            (fresh / file).replace(folder / file)
    except BaseException as error:
        for done in moved:
            if (before / done).exists():
                (before / done).replace(folder / done)
            elif not (fresh / done).exists():
                (folder / done).unlink()
        if isinstance(error, OSError):
            raise OutputError(cannot_write(folder / moved[-1], error)) from error
        raise


def cannot_write(path: Path, error: OSError) -> Text:
    """Why the disk refused, and what to do."""
    if isinstance(error, IsADirectoryError):
        return _folder_in_the_way(path)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return Text(
            f"không ghi được vào {path}: đã có một tệp mang tên đó; hãy nêu một thư mục",
            f"cannot write into {path}: a file of that name is in the way; name a folder instead",
        )
    why = _WHY.get(error.errno or 0) or Text(
        f"{error.strerror}; hãy chọn thư mục khác",
        f"{error.strerror}; choose another folder",
    )
    return Text(
        f"không ghi được {path}: {why.vi}. Ở đó không có gì bị thay đổi.",
        f"cannot write {path}: {why.en}. Nothing there was changed.",
    )


def _folder_in_the_way(path: Path) -> Text:
    return Text(
        f"không ghi được {path}: đã có một thư mục mang tên đó; hãy nêu tên tệp khác, hoặc đổi tên thư mục ấy",
        f"cannot write {path}: a folder of that name is in the way; name a file instead, or rename that folder",
    )
