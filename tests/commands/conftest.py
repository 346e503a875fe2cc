"""Running a command as from the shell."""

import sys

import pytest

from planning.__main__ import main


@pytest.fixture
def planning(monkeypatch, capsys):
    """`planning("ranges", path)` runs a command and returns its exit code, standard output and standard error."""
    monkeypatch.setenv("COLUMNS", "160")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["planning", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code or 0, *capsys.readouterr()

    return run
