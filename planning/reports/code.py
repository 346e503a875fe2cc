"""Which code a plan was made with: a run of other code is not the same run."""

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

import planning

_ROOMS = ("inputs", "model", "solver", "numbers.py", "vocabulary.py")


@cache
def code_version() -> str:
    """The version of the program, of the code that plans depend on, and of the solver."""
    home = Path(planning.__file__).parent
    files = [
        file for room in _ROOMS for file in ([home / room] if room.endswith(".py") else (home / room).glob("*.py"))
    ]
    sums = [(file.name, hashlib.sha256(file.read_bytes()).hexdigest()) for file in sorted(files)]
    code = hashlib.sha256(json.dumps(sums).encode()).hexdigest()
    return f"{version('planning')}+{code[:8]} HiGHS {version('highspy')}"
