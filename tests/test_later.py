"""Modules that are put off look installed, and load when something of them is used."""

import sys

import pytest

from planning.later import put_off


@pytest.fixture
def lazy_module(tmp_path, monkeypatch):
    (tmp_path / "loaded_late.py").write_text("WORD = 'here'\n")
    monkeypatch.syspath_prepend(tmp_path)
    put_off("loaded_late", "loaded_late_and_not_installed")
    yield
    sys.modules.pop("loaded_late")


def test_a_module_is_loaded_when_something_of_it_is_used(lazy_module):
    import loaded_late

    assert "WORD" not in vars(loaded_late)
    assert loaded_late.WORD == "here"
    assert vars(sys.modules["loaded_late"])["WORD"] == "here"
    with pytest.raises(AttributeError, match="ABSENT"):
        loaded_late.ABSENT  # noqa: B018


def test_a_module_that_is_not_installed_stays_absent(lazy_module):
    with pytest.raises(ModuleNotFoundError):
        import loaded_late_and_not_installed  # noqa: F401


def test_a_module_that_is_loaded_stays_as_it_is():
    put_off("pytest")
    assert sys.modules["pytest"] is pytest
