"""The benchmark of one number's way finds the steps that it names."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_step_of_solving_is_timed():
    command = (sys.executable, ROOT / "benchmarks" / "spine.py", "split", ROOT / "tests" / "toy" / "base.yaml")
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True, timeout=120)
    found = json.loads(done.stdout.splitlines()[-1])
    steps = {"goals", "one plan among the equally good", "certificate and second check", "headline", "reach"}
    assert steps <= found.keys()
    assert all(found[step] > 0 for step in steps)
