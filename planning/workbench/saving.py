"""A draft as a scenario file: written whole or not at all, and read back before it is called saved."""

import hashlib
from pathlib import Path

import numpy as np

from planning.errors import InputError, PlanningError, Problem
from planning.inputs import load_case
from planning.inputs.show import new_scenario
from planning.vocabulary import Text
from planning.workbench.draft import Draft

_CHANGED = Text(
    "tệp đã đổi từ khi mở biểu mẫu này nên kết quả trên màn hình không còn là kết quả của tệp; "
    "hãy mở lại phương án rồi lưu",
    "the file has changed since this form was opened, so the result on the screen is no longer its result; open the "
    "scenario again, then save",
)


class SavingError(PlanningError):
    """The file that was written does not say what stood on the screen; it was taken away again."""


def save(draft: Draft, opened: Path, name: str, note: str, replaces: str = "") -> tuple[Path, str]:
    """Write the draft as `name`.yaml beside the scenario that was opened: the file, and its SHA-256.

    `replaces` is the SHA-256 of what this page saved under that name before. Raises InputError where the name, the note
    or the draft cannot be used, another file is in the way, or what was opened has changed on the disk since;
    OutputError where the disk refuses.
    """
    wanted = draft.case
    changed = [file for file, stamp in load_case(opened).hashes.items() if draft.opened.hashes.get(file) != stamp]
    if changed:
        raise InputError([Problem(file, _CHANGED) for file in changed])
    path = new_scenario(name.strip(), opened, note, says=draft.text, replaces=replaces)
    read = load_case(path)
    same = read.scenario.rules == wanted.scenario.rules and read.scenario.objective == wanted.scenario.objective
    if not same or not np.array_equal(read.ceiling, wanted.ceiling):
        path.unlink()
        text = Text(
            f"{path.name} không ghi đúng những gì trên màn hình nên không được giữ lại; xin báo lại trường hợp này",
            f"{path.name} would not say what is on the screen and was not kept; please report this case",
        )
        raise SavingError(text)
    return path, hashlib.sha256(path.read_bytes()).hexdigest()
