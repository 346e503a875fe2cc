"""What a notebook's last cell leaves behind: that it ran to its end, for which inputs, and with what result."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from planning.disk import write_files
from planning.inputs.case import Case
from planning.reports.files import as_json
from planning.reports.headline import headline
from planning.solver.certificate import input_hash
from planning.solver.plan import Plan

MANIFEST = "manifest.json"


def write_manifest(out_dir: Path | str, result: Plan | Case, files: Iterable[Path] = ()) -> Path:
    """Write manifest.json: scenario, status, input hash, figures (money in million VND), SHA-256 of each file."""
    figures = _plan_figures(result) if isinstance(result, Plan) else _case_figures(result)
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    (path,) = write_files(out_dir, {MANIFEST: as_json(figures | {"files": sums})})
    return path


def read_manifest(out_dir: Path | str) -> Mapping[str, Any]:
    """The manifest of a finished run."""
    return json.loads((Path(out_dir) / MANIFEST).read_text(encoding="utf-8"))


def _plan_figures(plan: Plan) -> dict[str, Any]:
    funds = plan.lines.groupby("fund", sort=False)["amount"].sum().reindex(plan.case.funds, fill_value=0.0)
    started = plan.projects.groupby("programme", sort=False)["project"].nunique()
    return {
        "scenario": plan.case.scenario.name,
        "status": plan.certificate["status"],
        "input_hash": plan.certificate["input_hash"],
        "figures": {**headline(plan), "funds": funds.round(6).to_dict(), "started": started.to_dict()},
    }


def _case_figures(case: Case) -> dict[str, Any]:
    return {
        "scenario": case.scenario.name,
        "status": "checked",
        "input_hash": input_hash(case),
        "figures": {
            "areas": len(case.areas),
            "programmes": len(case.programmes),
            "children": float(case.children.sum()),
            "ceilings": float(case.ceiling.sum()),
            "projects": len(case.projects),
        },
    }
