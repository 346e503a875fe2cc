"""The names of `import planning`, in a process of its own: what is loaded before must not change what they are."""

import re
import subprocess
import sys
from pathlib import Path

import planning

ROOT = Path(__file__).parents[1]
LOAD_EVERYTHING = """
import importlib, pkgutil, planning
for module in pkgutil.walk_packages(planning.__path__, "planning."):
    if not module.name.endswith(("__main__", ".warm")):
        importlib.import_module(module.name)
"""
TWICE = """
import planning
for name in planning.__all__:
    first, again = getattr(planning, name), getattr(planning, name)
    assert first is again and callable(again) and again.__name__ == name, (name, first, again)
"""


def run(program: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_public_names_stay_what_they_are():
    run(TWICE)


def test_public_names_are_not_hidden_by_a_folder_of_the_package():
    run(LOAD_EVERYTHING + TWICE)


def test_every_public_name_is_offered():
    assert set(planning.__all__) <= set(dir(planning))


def test_what_the_readme_shows_can_be_run_twice():
    (shown,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert "planning.solve(" in shown
    run(f"{shown}\n{shown}")
