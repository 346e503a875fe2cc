"""Runs that were submitted or approved: who said so, when and why, and whether anything has changed since."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pandas as pd

from planning.batch.words import MARKS, PLAN, STATUS
from planning.disk import on_disk, staged, write_files
from planning.errors import InputError, Problem
from planning.inputs import fingerprint
from planning.reports.files import as_json
from planning.reports.run_folder import MARK, RunError, changed_since, content_hash, damaged, mark_of, read_run
from planning.solver.certificate import hash_of
from planning.vocabulary import Language, Text

Mark = Literal["submitted", "approved"]
FILES_CHANGED = Text("tệp của lần chạy đã đổi", "files of the run have changed")
INPUTS_CHANGED = Text("số liệu của phương án đã đổi", "inputs of the scenario have changed")
INPUTS_GONE = Text("không còn tệp phương án", "the scenario file is gone")
_UNSAID = Text(
    "hãy ghi vài chữ; đánh dấu được lưu cùng lần chạy",
    "say it in a few words; the mark is kept with the run",
)


def mark_run(run: Path, mark: Mark, office: str, reason: str) -> None:
    """Mark a whole run that has a plan; what was said before is kept in the mark.

    Raises InputError where office or reason is empty, and RunError where the run cannot be marked so.
    """
    said = {"--office": office, "--reason": reason}
    if empty := [option for option, text in said.items() if not text.strip()]:
        raise InputError([Problem(option, _UNSAID) for option in empty])
    facts, before = read_run(run), mark_of(run)
    if facts["status"] != PLAN:
        raise RunError(_no_plan(run, facts["status"], mark))
    if before.get("mark") == "approved":
        raise RunError(_stays_approved(run, before["office"], before["time"][:10]))
    if damage := damaged(run, facts):
        raise RunError(changed_since(run.name, damage))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    value = {
        "mark": mark,
        "office": office.strip(),
        "reason": reason.strip(),
        "time": now,
        "content": content_hash(run),
    }
    write_files(run, {MARK: as_json(value | {"before": before})})


def _no_plan(run: Path, status: str, mark: Mark) -> Text:
    return Text(
        f"{run.name} không có phương án ({STATUS[status].vi}); chỉ lần chạy có phương án mới đánh dấu "
        f"“{MARKS[mark].vi}” được",
        f"{run.name} holds no plan ({status}); only a plan can be {mark}",
    )


def _stays_approved(run: Path, office: str, day: str) -> Text:
    return Text(
        f"{run.name} đã được {office} duyệt ngày {date.fromisoformat(day):%d/%m/%Y} và giữ nguyên như vậy; muốn duyệt "
        "điều khác, hãy lập phương án với số liệu đã sửa",
        f"{run.name} was approved by {office} on {day} and stays so; plan under changed inputs to approve something "
        "else",
    )


def delete_run(run: Path) -> None:
    """Delete a run that is not approved, all of it or nothing. Raises RunError and OutputError."""
    if mark_of(run).get("mark") == "approved":
        text = Text(
            f"{run.name} là lần chạy đã duyệt, không bao giờ xóa được",
            f"{run.name} is an approved run, which is never deleted",
        )
        raise RunError(text)
    with staged(run.parent) as place, on_disk(run):
        run.replace(place / run.name)
        shutil.rmtree(place / run.name)


def changes(folder: Path, runs: pd.DataFrame, language: Language) -> list[str]:
    """For each run of the catalogue that is marked, what has changed since, in words; empty where nothing has."""
    return [_changed(folder / run["folder"], run, language) if run["mark"] else "" for run in runs.to_dict("records")]


def _changed(run: Path, row: dict, language: Language) -> str:
    found = [FILES_CHANGED[language]] if content_hash(run) != row["content"] else []
    source = json.loads(row["source"])
    if source:
        try:
            same = hash_of(fingerprint(source["path"])) == source["input_hash"]
            found += [] if same else [INPUTS_CHANGED[language]]
        except InputError:
            found.append(INPUTS_CHANGED[language] if Path(source["path"]).exists() else INPUTS_GONE[language])
    return "; ".join(found)
