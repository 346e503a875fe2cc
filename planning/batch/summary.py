"""What a batch came to, and what a folder of runs holds, as tables of text for people."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from planning import numbers
from planning.batch import words
from planning.batch.catalogue import runs_of
from planning.batch.marks import changes
from planning.batch.run import Done
from planning.batch.tasks import Task
from planning.errors import InputError, Problem
from planning.reports.headline import side_by_side
from planning.reports.run_folder import RunError, is_run, read_run
from planning.reports.sheet import Sheet
from planning.vocabulary import Language, Text

_CHOICES: Mapping[str, Mapping[str, Text]] = {"status": words.STATUS, "mark": words.MARKS}
_TODO = {"solve": words.TO_SOLVE, "render": words.TO_RENDER, "leave": words.TO_LEAVE}


def foretold(tasks: Sequence[tuple[Task, str]], language: Language) -> pd.DataFrame:
    """What a batch would do with each scenario, and where the run would be."""
    columns = {"scenario": [task.name for task, _ in tasks], "todo": [_TODO[todo][language] for _, todo in tasks]}
    return _headed(columns | {"folder": [task.folder for task, _ in tasks]}, language)


def summary(done: Sequence[Done], language: Language) -> dict[str, pd.DataFrame]:
    """For each data set its scenarios with their outcome and headline figures."""
    runs = runs_of(done[0].folder.parent).set_index("folder")
    groups: dict[str, list[Done]] = {}
    for one in done:
        groups.setdefault(one.task.dataset, []).append(one)
    tables = {}
    for dataset, ones in groups.items():
        rows = [runs.loc[one.folder.name].to_dict() for one in ones]
        outcomes = [_outcome(row, one.reported, language) for one, row in zip(ones, rows, strict=True)]
        columns = {"scenario": [row["scenario"] for row in rows], "status": outcomes}
        tables[dataset] = _headed(columns | _figures(rows, language), language)
    return tables


def _outcome(row: Mapping[str, Any], reported: bool, language: Language) -> str:
    found = words.STATUS[row["status"]][language]
    missing = row["status"] == words.PLAN and not reported
    return f"{found}, {words.NO_REPORT[language]}" if missing else found


def listing(folder: Path, language: Language, **wanted: str | None) -> pd.DataFrame:
    """The runs of a folder, those alone where a column has the value that is wanted.

    Status and mark are wanted by their names or by the words that are shown. Raises InputError for others.
    """
    for column, known in _CHOICES.items():
        if (value := wanted.get(column)) is not None:
            wanted[column] = _meant(column, value, known)
    runs = runs_of(folder)
    for column, value in wanted.items():
        runs = runs if value is None else runs[runs[column] == value]
    rows = runs.to_dict("records")
    figures = _figures(rows, language)
    columns: dict[str, Sequence[str]] = {
        "run": [(row["id"] or row["folder"])[:8] for row in rows],
        "dataset": [row["dataset"] or "" for row in rows],
        "scenario": [row["scenario"] or row["folder"] for row in rows],
        "status": [words.STATUS[row["status"]][language] for row in rows],
        "services": figures["services"],
        "time": [(row["time"] or "")[:10] for row in rows],
    }
    if any(runs["mark"]):
        columns |= {"mark": [_marked(row, language) for row in rows], "change": changes(folder, runs, language)}
    return _headed(columns, language)


def none_listed(folder: Path, wanted: Mapping[str, str | None]) -> Text:
    """What is said where a listing of a folder comes out empty."""
    if is_run(folder):
        around = folder.absolute().parent
        return Text(
            f"{folder} là một lần chạy, không chứa lần chạy nào khác; hãy nêu thư mục chứa nó: {around}",
            f"{folder} is one run and holds no others; name the folder that it is in: {around}",
        )
    chosen = [f"--{name} {value!r}" for name, value in wanted.items() if value is not None]
    if chosen and len(runs_of(folder)):
        said = " ".join(chosen)
        return Text(
            f"Trong {folder} không có lần chạy nào ứng với {said}; bỏ lựa chọn đó thì thấy mọi lần chạy.",
            f"{folder} holds no run with {said}; leave that out to see every run.",
        )
    return Text(
        f"Trong {folder} chưa có lần chạy nào; hãy nêu thư mục mà `planning batch` đã ghi.",
        f"{folder} holds no run yet; name the folder that `planning batch` wrote to.",
    )


def _meant(column: str, value: str, known: Mapping[str, Text]) -> str:
    """The name of a status or mark that is given by its name or in words. Raises InputError."""
    names = {said.lower(): name for name, text in known.items() for said in (name, text.vi, text.en)}
    if value.lower() not in names:
        there = [text for name, text in known.items() if name]
        text = Text(
            f"không có giá trị {value!r}; hãy ghi một trong các giá trị: {', '.join(text.vi for text in there)}",
            f"there is no {value!r}; write one of: {', '.join(text.en for text in there)}",
        )
        raise InputError([Problem(f"--{column}", text)])
    return names[value.lower()]


def _marked(row: Mapping[str, Any], language: Language) -> str:
    return f"{words.MARKS[row['mark']][language]}: {row['office']}" if row["mark"] else ""


def _figures(rows: Sequence[Mapping[str, Any]], language: Language) -> dict[str, list[str]]:
    """The headline figures of runs as text; empty where there is no plan."""
    columns: dict[str, list[str]] = {name: [] for name in ("services", "coverage", "targets_met", "seconds")}
    for row in rows:
        found = json.loads(row["figures"] or "{}")
        columns["seconds"].append(numbers.number(row["seconds"] or float("nan"), language, 1))
        columns["services"].append(numbers.number(found["services"], language) if found else "")
        columns["coverage"].append(numbers.percent(found["coverage"], language) if found else "")
        columns["targets_met"].append(f"{found['targets_met']}/{found['targets']}" if found else "")
    return columns


def _headed(columns: Mapping[str, Sequence[str]], language: Language) -> pd.DataFrame:
    return pd.DataFrame({words.HEADINGS[name][language]: list(values) for name, values in columns.items()}, dtype=str)


def compared(runs: Sequence[Path], language: Language) -> Sheet:
    """Headline figures of runs side by side. Raises RunError where one of them holds no plan."""
    columns, below = {}, []
    for run in runs:
        facts = read_run(run)
        if facts["status"] != words.PLAN:
            text = Text(
                f"{run.name} không có phương án ({words.STATUS[facts['status']].vi}); hãy bỏ nó ra",
                f"{run.name} holds no plan ({facts['status']}); leave it out",
            )
            raise RunError(text)
        name = facts["title"][language]
        columns[f"{name} ({facts['id'][:8]})" if name in columns else name] = facts["figures"]
        below.append(f"{name}: {run.name}, {facts['input_hash']}")
    return side_by_side(columns, "\n".join(below), language)
