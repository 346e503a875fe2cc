"""The certificate of a plan: what was proven, with what, and what a second look found."""

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

from planning import numbers
from planning.errors import UnprovenError
from planning.inputs.case import Case
from planning.inputs.words import number
from planning.solver.second_look import Outcome, recheck
from planning.vocabulary import Text

TOLERANCE = 1e-6
_FAILED = Text(
    "phân bổ không qua được lần kiểm tra thứ hai; xin báo lại trường hợp này",
    "the allocation failed its second check; please report this case",
)


def certify(
    case: Case, outcome: Outcome, stated: float, steps: Sequence[Any], unique: bool, seconds: dict[str, float]
) -> dict[str, Any]:
    """The certificate as plain values for JSON; `stated` is the goal *reach* as the model counts it.

    A plan that does not seek reach may count units in a later band than needed; there the second look may find more.
    Raises UnprovenError when the second look disagrees with the model.
    """
    reach, checks = recheck(case, outcome)
    wrong = [_off(name, excess) for name, excess in checks if excess > TOLERANCE]
    sought = any(step.name in ("reach", "weighted") for step in steps)
    if stated - reach > TOLERANCE or (sought and reach - stated > TOLERANCE):
        wrong.append(_other_reach(reach, stated))
    if wrong:
        raise UnprovenError([_FAILED, *wrong])
    return {
        "status": "optimal",
        "gap": max(step.gap for step in steps),
        "unique": unique,
        "goals": [
            {"name": s.name, "value": s.value, "bound": s.bound, "gap": s.gap, "seconds": round(s.seconds, 3)}
            for s in steps
        ],
        "reach_checked": reach,
        "checks": [{"rule": name, "largest_excess": max(excess, 0.0)} for name, excess in checks],
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "versions": {"python": platform.python_version(), **_versions()},
        "solver": "HiGHS",
        "inputs": dict(case.hashes),
        "input_hash": input_hash(case),
    }


def _off(rule: str, excess: float) -> Text:
    return Text(
        f"{rule}: lệch {number(float(f'{excess:.3g}'), 'vi')} lần mức phải giữ",
        f"{rule}: off by {excess:.3g} of its level",
    )


def _other_reach(reach: float, stated: float) -> Text:
    again, before = (numbers.number(value, "vi", 9) for value in (reach, stated))
    return Text(
        f"mục tiêu reach: tính lại được {again}, mô hình ghi {before}",
        f"goal reach: {reach:.9f} worked out again, {stated:.9f} stated by the model",
    )


@cache
def _versions() -> dict[str, str]:
    """Of this program and what it solves with; each is read from a file."""
    return {name: version(name) for name in ("planning", "pulp", "highspy", "pandas", "numpy")}


def input_hash(case: Case) -> str:
    """Twelve hexadecimal digits that change when any input file of the case changes."""
    return hash_of(case.hashes)


def hash_of(hashes: Mapping[str, str]) -> str:
    """Twelve hexadecimal digits that change when any of these hashes of files does."""
    return hashlib.sha256(json.dumps(dict(hashes), sort_keys=True).encode()).hexdigest()[:12]
