"""Notebooks run for one scenario or many."""
