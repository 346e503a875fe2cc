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

RUN, MARK, REFUSAL, LOG = "run.json", "mark.json", "refusal.txt", "log.txt"
INPUTS = "inputs"
FORMAT = 1


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
        raise RunError(f"{folder} is no saved run: there is no {RUN} in it") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"{folder} is damaged: {RUN} cannot be read ({error}); run the scenario again") from None
    if found != FORMAT:
        text = f"was made by another version of this program (format {found}, not {FORMAT}); run the scenario again"
        raise RunError(f"{folder} {text}")
    return facts


def damaged(folder: Path, facts: Mapping[str, Any]) -> str:
    """The first file of a run that is missing or not as it was saved, in words; empty where all are whole."""
    for name, saved in facts["files"].items():
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except OSError:
            return f"{name} is missing"
        if found != saved:
            return f"{name} is not as it was"
    return ""


def content_hash(folder: Path) -> str:
    """SHA-256 over all files of a run, its reports among them: it changes when any of them does."""
    return hashlib.sha256(json.dumps(sums_of(folder), sort_keys=True).encode()).hexdigest()


def check_free(folder: Path) -> None:
    """Nothing but a run that nobody approved is replaced. Raises RunError."""
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir()) and not is_run(folder)):
        raise RunError(f"{folder} holds something other than a run; name another folder")
    if mark_of(folder).get("mark") == "approved":
        raise RunError(f"{folder} is an approved run, which is never replaced; name another folder")


def mark_of(folder: Path) -> dict[str, str]:
    """Who submitted or approved a run, when and why; empty for a run that nobody marked. Raises RunError."""
    try:
        return dict(json.loads((folder / MARK).read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, TypeError) as error:
        raise RunError(f"{folder / MARK} cannot be read ({error}); restore it from a copy") from None


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
            raise InputError([Problem(name, f"cannot be read any more ({error.strerror}); run again")]) from None
        if hashlib.sha256(data).hexdigest() != read:
            raise InputError([Problem(name, "was changed while the plan was being made; run again")])
        copy = Path(os.path.normpath(inside / name))
        with on_disk(copy):
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_down(copy, data)
    return inside
