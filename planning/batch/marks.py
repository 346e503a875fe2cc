"""Runs that were submitted or approved: who said so, when and why, and whether anything has changed since."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pandas as pd

from planning.batch.words import PLAN
from planning.disk import on_disk, staged, write_files
from planning.errors import InputError, Problem
from planning.inputs import fingerprint
from planning.reports.files import as_json
from planning.reports.run_folder import MARK, RunError, content_hash, damaged, mark_of, read_run
from planning.solver.certificate import hash_of
from planning.vocabulary import Language, Text

Mark = Literal["submitted", "approved"]
FILES_CHANGED = Text("tệp của lần chạy đã đổi", "files of the run have changed")
INPUTS_CHANGED = Text("số liệu của phương án đã đổi", "inputs of the scenario have changed")
INPUTS_GONE = Text("không còn tệp phương án", "the scenario file is gone")


def mark_run(run: Path, mark: Mark, office: str, reason: str) -> None:
    """Mark a whole run that has a plan; what was said before is kept in the mark.

    Raises InputError where office or reason is empty, and RunError where the run cannot be marked so.
    """
    said = {"--office": office, "--reason": reason}
    if empty := [option for option, text in said.items() if not text.strip()]:
        problems = [Problem(option, "say it in a few words; the mark is kept with the run") for option in empty]
        raise InputError(problems)
    facts, before = read_run(run), mark_of(run)
    if facts["status"] != PLAN:
        raise RunError(f"{run.name} holds no plan ({facts['status']}); only a plan can be {mark}")
    if before.get("mark") == "approved":
        text = f"{run.name} was approved by {before['office']} on {before['time'][:10]} and stays so"
        raise RunError(f"{text}; plan under changed inputs to approve something else")
    if damage := damaged(run, facts):
        raise RunError(f"{run.name} was changed after it was saved ({damage}); delete it and run the scenario again")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    value = {
        "mark": mark,
        "office": office.strip(),
        "reason": reason.strip(),
        "time": now,
        "content": content_hash(run),
    }
    write_files(run, {MARK: as_json(value | {"before": before})})


def delete_run(run: Path) -> None:
    """Delete a run that is not approved, all of it or nothing. Raises RunError and OutputError."""
    if mark_of(run).get("mark") == "approved":
        raise RunError(f"{run.name} is an approved run, which is never deleted")
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
