"""What a batch is to do: each scenario with the identity of its run and the folder that the run goes to."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planning.errors import InputError, Problem
from planning.inputs import fingerprint
from planning.reports.code import code_version
from planning.reports.run_folder import RunError, damaged, read_run
from planning.solver.certificate import hash_of
from planning.vocabulary import Text

_NONE_NAMED = Text(
    "chưa nêu phương án nào; hãy nêu các tệp phương án, hoặc thư mục chứa chúng",
    "no scenario is named; name scenario files, or a folder of them",
)
_NONE_INSIDE = Text(
    "thư mục không có tệp phương án (.yaml) nào; hãy nêu thư mục khác",
    "the folder holds no scenario file (.yaml); name another",
)


_NOT_THERE = Text(
    "không có tệp hay thư mục này; hãy kiểm tra đường dẫn",
    "there is no such file or folder; check the path",
)


@dataclass(frozen=True, slots=True)
class Task:
    """One scenario to be solved.

    `path` is the file that is read, `source` what run.json says of where it came from. `id` is a hash of all that the
    plan depends on: the input files and the code; `refusal` what is wrong where no id could be had from the inputs.
    """

    name: str
    dataset: str
    path: Path
    id: str
    source: dict[str, Any] = field(default_factory=dict)
    refusal: InputError | None = None

    @property
    def folder(self) -> str:
        """The name of the run folder."""
        return f"{self.dataset}.{self.name}.{self.id[:8]}"


def check_there(paths: Iterable[Path | str]) -> None:
    """Raises InputError with every path where nothing is."""
    if missing := [path for path in paths if not Path(path).exists()]:
        raise InputError([Problem(str(path), _NOT_THERE) for path in missing])


def tasks_of(paths: Sequence[Path | str]) -> list[Task]:
    """A task for each scenario file, and for each scenario file of each folder; what is named twice is done once.

    Raises InputError for paths where nothing is, for a folder without scenario files and where nothing is named.
    """
    check_there(paths)
    files = list(dict.fromkeys(file for path in paths for file in _files(Path(path).absolute())))
    if not files:
        raise InputError([Problem("batch", _NONE_NAMED)])
    return [task_of(file) for file in files]


def task_of(path: Path, source: dict[str, Any] | None = None) -> Task:
    """The task of one scenario file; problems of the file itself are kept in it."""
    dataset = path.parent.name
    try:
        inputs = fingerprint(path)
    except InputError as refusal:
        data = path.read_bytes() if path.is_file() else b""
        return Task(path.stem, dataset, path, _hash([path.name, hashlib.sha256(data).hexdigest()]), {}, refusal)
    source = source or {"path": str(path), "input_hash": hash_of(inputs)}
    return Task(path.stem, dataset, path, _hash([inputs, code_version()]), source)


def is_done(task: Task, out: Path, retry: Iterable[str]) -> bool:
    """Whether the run of a task is there and whole, with another outcome than those that are tried again."""
    folder = out / task.folder
    try:
        facts = read_run(folder)
        return facts["id"] == task.id and facts["status"] not in retry and not damaged(folder, facts)
    except (RunError, KeyError):
        return False


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.yaml"))
    if not files:
        raise InputError([Problem(path.name, _NONE_INSIDE)])
    return files
