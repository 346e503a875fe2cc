"""Scenarios side by side: what was changed in each, and what that does to areas, programmes, funds and targets."""
