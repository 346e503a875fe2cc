"""A screen wide enough for the words that tests look for."""

import pytest


@pytest.fixture(autouse=True)
def wide_screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
