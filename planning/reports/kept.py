"""Answers kept on the disk: a finding is worked out once, then read again while its inputs are the same."""

import json
from collections.abc import Callable
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import pandas as pd

from planning.disk import write_files
from planning.inputs.case import Case
from planning.insight.finding import Finding
from planning.reports.files import as_json, as_parquet
from planning.solver.certificate import input_hash
from planning.vocabulary import Text

_WORDS = "finding.json"


def kept(folder: Path, name: str, case: Case, make: Callable[[], Finding]) -> Finding:
    """The finding that `folder`/`name` holds for the same inputs and version of the program, or else made and kept.

    What is there of other inputs, or cannot be read, is made anew and replaced. Raises what `make` raises, OutputError.
    """
    place, key = folder / name, f"{input_hash(case)} {version('planning')}"
    if (found := _read(place, key, case)) is not None:
        return found
    finding = make()
    words = {
        "key": key,
        "name": finding.name,
        "tables": list(finding.tables),
        "sentences": {language: list(said) for language, said in finding.sentences.items()},
        "headings": {column: [text.vi, text.en] for column, text in finding.headings.items()},
        "kinds": dict(finding.kinds),
    }
    tables = {f"{table}.parquet": as_parquet(frame) for table, frame in finding.tables.items()}
    write_files(place, tables | {_WORDS: as_json(words)})
    return finding


def _read(place: Path, key: str, case: Case) -> Finding | None:
    try:
        words = json.loads((place / _WORDS).read_text(encoding="utf-8"))
        if words["key"] != key:
            return None
        tables = {name: pd.read_parquet(BytesIO((place / f"{name}.parquet").read_bytes())) for name in words["tables"]}
        headings = {column: Text(*pair) for column, pair in words["headings"].items()}
        sentences = {language: tuple(said) for language, said in words["sentences"].items()}
        return Finding(words["name"], case, tables, sentences, headings, words["kinds"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
