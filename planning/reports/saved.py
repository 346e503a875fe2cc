"""A plan as a folder that can be opened again: the same plan to the last digit, without solving.

inputs/   the scenario's chain of files and its tables as they were, in the same places seen from each other
exact/    the plan's tables and column values, unrounded, as Parquet
run.json  what the run is, and the SHA-256 of every file
*.csv, *.parquet, certificate.json   the rounded tables, as `write_plan` writes them
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from planning.disk import on_disk, whole_folder, write_down
from planning.errors import InputError, Problem, speaking
from planning.inputs import load_again, load_case, load_scenario
from planning.inputs.case import Case
from planning.inputs.scenario import Scenario
from planning.inputs.whatif import VALUES
from planning.inputs.words import refuse_other_languages
from planning.model.build import Model, build
from planning.reports.code import code_version
from planning.reports.files import as_parquet, read_parquet, write_plan
from planning.reports.headline import headline
from planning.reports.run_folder import (
    INPUTS,
    LOG,
    REFUSAL,
    RunError,
    changed_since,
    check_free,
    copy_inputs,
    damaged,
    is_run,
    read_run,
    seal,
)
from planning.solver.certificate import input_hash
from planning.solver.plan import Plan, model_of, solve
from planning.vocabulary import Language, Text

__all__ = ["RunError", "is_run", "open_run", "plan_of", "save_run", "write_tables"]

EXACT = "exact"
FRAMES = ("lines", "coverage", "targets", "rules", "projects", "funds")
_OTHER_PLAN = Text(
    "phương án được lập theo quy định hoặc số liệu khác với các tệp; hãy ghi thay đổi vào một tệp phương án",
    "its plan is of other rules or figures than the files state; write the change into a scenario file",
)


def save_run(
    plan: Plan,
    folder: Path | str,
    facts: Mapping[str, Any] = MappingProxyType({}),
    log: str = "",
    *,
    as_read: bool = False,
) -> None:
    """Save a plan as a run folder that is there whole or not at all; an earlier run there is replaced.

    `facts` are added to run.json, `log` is written to log.txt. `as_read` says that the case came straight from
    `load_case`; otherwise the copied files are read again to make sure that they state it.

    Raises InputError where the scenario's files do not state the plan's case (any more), RunError where the folder
    holds something else or an approved run, OutputError.
    """
    folder, case = Path(folder).absolute(), plan.case
    check_free(folder)
    with whole_folder(folder) as fresh:
        scenario = copy_inputs(Path(case.scenario.folder), case.hashes, fresh / INPUTS) / case.scenario.files[-1]
        _check_inside(load_scenario(scenario), fresh / INPUTS)
        if not as_read:
            _check_same(case, load_case(scenario))
        write_plan(plan, fresh)
        with on_disk(folder):
            _write_exact(plan, fresh / EXACT)
            if log:
                write_down(fresh / LOG, log.encode())
        seal(fresh, _facts(plan) | {"inputs": scenario.relative_to(fresh).as_posix()} | dict(facts))


def plan_of(path: Path | str, language: Language = "en") -> Plan:
    """The plan of a scenario file, solved, or that of a run folder, opened.

    Raises what `load_case`, `solve` and `open_run` do, which speaks `language`.
    """
    refuse_other_languages(language)
    with speaking(language):
        return open_run(path) if is_run(path) else solve(load_case(path), language)


def write_tables(plan: Plan, path: Path | str, folder: Path | str) -> tuple[Path, ...]:
    """`write_plan` into a folder, unless the plan was opened from a run folder, which has these tables already."""
    return () if is_run(path) else write_plan(plan, folder)


def _facts(plan: Plan) -> dict[str, Any]:
    case, proof = plan.case, plan.certificate
    return {
        "status": proof["status"],
        "scenario": case.scenario.name,
        "dataset": Path(case.scenario.folder).name,
        "title": case.scenario.title.model_dump(),
        "input_hash": proof["input_hash"],
        "figures": headline(plan),
        "gap": proof["gap"],
        "seconds": round(sum(proof["seconds"].values()), 3),
        "versions": proof["versions"],
        "code": code_version(),
        "columns": _columns_hash(model_of(plan)),
    }


def open_run(folder: Path | str) -> Plan:
    """The plan that was saved in a run folder, without solving. Raises RunError."""
    folder = Path(folder)
    facts = read_run(folder)
    if facts["status"] != "optimal":
        raise RunError(_no_plan(folder, facts["status"]))
    if damage := damaged(folder, facts):
        raise RunError(changed_since(folder, damage))
    try:
        case, same_code = _case_of(folder / facts["inputs"], facts)
        same_columns = same_code or _columns_hash(build(case)) == facts["columns"]
        known = same_columns and input_hash(case) == facts["input_hash"]
    except InputError:
        known = False
    if not known:
        raise RunError(_other_version(folder))
    frames = {name: read_parquet(folder / EXACT / f"{name}.parquet") for name in (*FRAMES, "x")}
    certificate = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    x = frames.pop("x")["x"].to_numpy(float)
    return Plan(case=case, certificate=certificate, x=x, **frames)


def _no_plan(folder: Path, status: str) -> Text:
    return Text(
        f"{folder} không có phương án; xin xem lý do trong {REFUSAL} ở đó",
        f"{folder} holds no plan ({status}); {REFUSAL} in it says why",
    )


def _other_version(folder: Path) -> Text:
    return Text(
        f"{folder} do phiên bản khác của chương trình này tạo ra; hãy chạy lại phương án",
        f"{folder} was made by another version of this program; run the scenario again",
    )


def _case_of(scenario: Path, facts: Mapping[str, Any]) -> tuple[Case, bool]:
    """The case of a run whose files are whole, and whether this code saved it; then it need not be checked again."""
    same_code = facts.get("code") == code_version()
    return (load_again if same_code else load_case)(scenario), same_code


def _check_inside(copied: Scenario, inputs: Path) -> None:
    """The copied files need nothing outside their folder. Raises InputError."""
    home = Path(copied.folder)
    for key, place in (("data", Path(copied.data)), *(("extends", home / file) for file in copied.files)):
        if not Path(os.path.normpath(place)).is_relative_to(inputs):
            text = Text(
                f"{key}: {place} bắt đầu từ gốc của ổ đĩa; hãy ghi đường dẫn tính từ tệp phương án",
                f"{key}: {place} begins at the root of the disk; write it as seen from the scenario file",
            )
            raise InputError([Problem(copied.files[-1], text)])


def _check_same(case: Case, copied: Case) -> None:
    """The copied files give the same case. Raises InputError."""
    scenario, other = case.scenario, copied.scenario
    same = other == scenario.model_copy(update={"folder": other.folder, "data": other.data})
    tables = case.tables.keys() == copied.tables.keys() and all(
        table.equals(copied.tables[name]) for name, table in case.tables.items()
    )
    values = all(np.array_equal(getattr(case, name), getattr(copied, name)) for name in VALUES)
    if not (same and tables and values):
        raise InputError([Problem(scenario.files[-1], _OTHER_PLAN)])


def _write_exact(plan: Plan, folder: Path) -> None:
    folder.mkdir()
    frames = {name: getattr(plan, name) for name in FRAMES} | {"x": pd.DataFrame({"x": plan.x})}
    for name, frame in frames.items():
        write_down(folder / f"{name}.parquet", as_parquet(frame))


def _columns_hash(model: Model) -> str:
    """A hash of the names of the model's columns, which `x` is read by."""
    return hashlib.sha256("\n".join(model.column_names).encode()).hexdigest()
