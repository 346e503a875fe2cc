"""The scenarios of a folder and how far each has come: checked, wrong, planned and when."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from planning.errors import InputError, PlanningError
from planning.inputs import load_case, load_scenario
from planning.inputs.arithmetic import conflicts
from planning.solver.certificate import input_hash
from planning.vocabulary import Language
from planning.workbench.form_words import say

BASE = "base"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a scenario has come: in a word each for its inputs and its results."""

    inputs: str
    results: str


def folders(scenarios: Path) -> list[Path]:
    """The folders that hold scenarios, those with their own tables."""
    return sorted(path.parent for path in scenarios.glob(f"*/{BASE}.yaml"))


def scenarios_of(folder: Path) -> list[Path]:
    """The scenario files of a folder, the base first."""
    return sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != BASE, path.stem))


def title_of(path: Path, language: Language) -> str:
    """The title of a scenario; its file's name where it cannot be read."""
    try:
        return load_scenario(path).title.text[language]
    except (PlanningError, OSError):
        return path.name


def results_of(results: Path, scenario: Path) -> Path:
    """The folder that a run of the scenario writes to."""
    return results / scenario.parent.name / scenario.stem


def standing(scenario: Path, results: Path, language: Language) -> Standing:
    """How far a scenario has come: its inputs checked now, its results compared with them."""
    try:
        case = load_case(scenario)
    except InputError as refusal:
        known = _when(results_of(results, scenario), "", language)
        return Standing(say("wrong", language, count=len(refusal.problems)), known)
    except OSError:
        return Standing(say("unreadable", language), say("never", language))
    inputs = say("conflict" if conflicts(case) else "fine", language)
    return Standing(inputs, _when(results_of(results, scenario), input_hash(case), language))


def _when(folder: Path, stamp: str, language: Language) -> str:
    """When the results were made, and whether they are of the inputs as they are now."""
    manifest = folder / _MANIFEST
    try:
        known = json.loads(manifest.read_text(encoding="utf-8"))["input_hash"]
        when = datetime.fromtimestamp(manifest.stat().st_mtime)
    except (OSError, ValueError, KeyError, TypeError):
        return say("never", language)
    word = "current" if known == stamp else "older"
    return say(word, language, when=f"{when:%d/%m/%Y %H:%M}" if language == "vi" else f"{when:%Y-%m-%d %H:%M}")
