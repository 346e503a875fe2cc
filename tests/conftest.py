"""What every test may use: the toy case, and a copy of its files to edit."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

# Numbers of whatever code happens to be loaded are not drawn: they would make cases depend on the order of tests.
NOTHING = providers.Constants()
providers._get_local_constants = lambda: NOTHING
# The same random cases at every run, so that a red run is the work of a change; `make fuzz` draws new ones.
QUIET = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("same", derandomize=True, **QUIET)
settings.register_profile("fuzz", print_blob=True, **QUIET)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
TOY = Path(__file__).parent / "toy"


@pytest.fixture(scope="session")
def toy_folder() -> Path:
    """The folder of the toy scenario as it stands in the repository; not to be written to."""
    return TOY


@pytest.fixture(scope="session")
def toy(toy_folder: Path):
    """The case of tests/toy/base.yaml."""
    from planning.inputs import load_case

    return load_case(toy_folder / "base.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the toy scenario that a test may edit."""
    return Path(shutil.copytree(TOY, tmp_path / "toy"))


@pytest.fixture(scope="session")
def toy_projects_folder() -> Path:
    """The folder of the toy scenario with projects; not to be written to."""
    return TOY.with_name("toy_projects")


@pytest.fixture(scope="session")
def toy_projects(toy_projects_folder: Path):
    """The case of tests/toy_projects/base.yaml: capacities, projects and resources, under no rule."""
    from planning.inputs import load_case

    return load_case(toy_projects_folder / "base.yaml")


@pytest.fixture
def planning(monkeypatch, capsys):
    """`planning("check", path)` runs a command and returns its exit code, standard output and standard error."""
    from planning.__main__ import main
    from planning.commands import common

    def run(*arguments):
        # A console keeps the width it was made with, whichever test came first.
        for console in (common.screen, common.aside):
            console.width = int(os.environ.get("COLUMNS", "80"))
        monkeypatch.setattr(sys, "argv", ["planning", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code or 0, *capsys.readouterr()

    return run
