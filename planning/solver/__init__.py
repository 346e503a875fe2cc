"""The only door to a solver."""
