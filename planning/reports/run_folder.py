"""The folder of a run: what run.json says of it, whether its files are as they were saved, and who marked it."""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from planning.disk import on_disk, write_down
from planning.errors import InputError, PlanningError, Problem
from planning.reports.files import as_json
from planning.vocabulary import Text

RUN, MARK, REFUSAL, LOG = "run.json", "mark.json", "refusal.txt", "log.txt"
INPUTS = "inputs"
FORMAT = 1
_CHANGED = Text(
    "đã bị thay đổi trong khi đang lập phương án; hãy chạy lại",
    "was changed while the plan was being made; run again",
)


class RunError(PlanningError):
    """A folder is no run, was damaged, was made by another version, or may not be replaced."""

    exit_code = 2


def is_run(path: Path | str) -> bool:
    """Whether a path is a folder with a run in it."""
    return (Path(path) / RUN).is_file()


def read_run(folder: Path | str) -> dict[str, Any]:
    """What run.json says. Raises RunError where it is not there, cannot be read or is of another version."""
    try:
        facts = json.loads((Path(folder) / RUN).read_text(encoding="utf-8"))
        found = facts["format"]
    except (FileNotFoundError, NotADirectoryError):
        raise RunError(_no_run(folder)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(_unreadable(folder, error)) from None
    if found != FORMAT:
        raise RunError(_other_format(folder, found))
    return facts


def _no_run(folder: Path | str) -> Text:
    return Text(
        f"{folder} không phải là lần chạy đã lưu: trong đó không có {RUN}; hãy nêu thư mục của một lần chạy do "
        "`planning batch` ghi, hoặc tệp .yaml của phương án",
        f"{folder} is no saved run: there is no {RUN} in it; name the folder of a run that `planning batch` wrote, or "
        "the scenario's .yaml file",
    )


def _unreadable(folder: Path | str, error: Exception) -> Text:
    return Text(
        f"{folder} bị hỏng: không đọc được {RUN} ({error}); hãy chạy lại phương án",
        f"{folder} is damaged: {RUN} cannot be read ({error}); run the scenario again",
    )


def _other_format(folder: Path | str, found: object) -> Text:
    return Text(
        f"{folder} do phiên bản khác của chương trình này tạo ra (định dạng {found}, không phải {FORMAT}); hãy chạy "
        "lại phương án",
        f"{folder} was made by another version of this program (format {found}, not {FORMAT}); run the scenario again",
    )


def damaged(folder: Path, facts: Mapping[str, Any]) -> Text | None:
    """The first file of a run that is missing or not as it was saved, in words; None where all are whole."""
    for name, saved in facts["files"].items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            return Text(f"thiếu {name}", f"{name} is missing")
        if found != saved:
            return Text(f"{name} không còn như cũ", f"{name} is not as it was")
    return None


def changed_since(run: Path | str, damage: Text) -> Text:
    """What is said of a run that is not whole any more."""
    return Text(
        f"{run} đã bị thay đổi sau khi lưu ({damage.vi}); hãy xóa đi rồi chạy lại phương án",
        f"{run} was changed after it was saved ({damage.en}); delete it and run the scenario again",
    )


def content_hash(folder: Path) -> str:
    """SHA-256 over all files of a run, its reports among them: it changes when any of them does."""
    return hashlib.sha256(json.dumps(sums_of(folder), sort_keys=True).encode()).hexdigest()


def check_free(folder: Path) -> None:
    """Nothing but a run that nobody approved is replaced. Raises RunError."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not is_run(folder)):
        text = Text(
            f"{folder} chứa thứ khác chứ không phải một lần chạy; hãy nêu thư mục khác",
            f"{folder} holds something other than a run; name another folder",
        )
        raise RunError(text)
    if mark_of(folder).get("mark") == "approved":
        text = Text(
            f"{folder} là lần chạy đã duyệt, không bao giờ bị ghi đè; hãy nêu thư mục khác",
            f"{folder} is an approved run, which is never replaced; name another folder",
        )
        raise RunError(text)


def mark_of(folder: Path) -> dict[str, str]:
    """Who submitted or approved a run, when and why; empty for a run that nobody marked. Raises RunError."""
    try:
        return dict(json.loads((folder / MARK).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, TypeError) as error:
        text = Text(
            f"không đọc được {folder / MARK} ({error}); hãy khôi phục tệp từ một bản sao",
            f"{folder / MARK} cannot be read ({error}); restore it from a copy",
        )
        raise RunError(text) from None


def seal(folder: Path, facts: Mapping[str, Any]) -> None:
    """Write run.json: these facts, the time, and the hash of every file but the log. Raises OutputError."""
    head = {"format": FORMAT, "program": version("planning"), "time": datetime.now(UTC).isoformat(timespec="seconds")}
    with on_disk(folder / RUN):
        sums = sums_of(folder)
        write_down(folder / RUN, as_json(head | dict(facts) | {"files": sums}))


def sums_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a run that neither marks it nor logs it, by its path in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in (MARK, LOG))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def copy_inputs(home: Path, hashes: Mapping[str, str], folder: Path) -> Path:
    """Copy the files of a case, seen from the folder `home` of its scenario, into `folder`; returns the copy of `home`.

    The files keep their places seen from each other. Raises InputError for a file that is no longer the one that was
    read, and OutputError.
    """
    up = max(Path(name).parts.count("..") for name in hashes)
    inside = folder / Path(*home.parts[-up - 1 :])
    for name, read in hashes.items():
        try:
            data = (home / name).read_bytes()
        except OSError as error:
            text = Text(
                f"không đọc được nữa ({error.strerror}); hãy chạy lại",
                f"cannot be read any more ({error.strerror}); run again",
            )
            raise InputError([Problem(name, text)]) from None
        if hashlib.sha256(data).hexdigest() != read:
            raise InputError([Problem(name, _CHANGED)])
        copy = Path(os.path.normpath(inside / name))
        with on_disk(copy):
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_down(copy, data)
    return inside
