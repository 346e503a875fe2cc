"""The formulation in PuLP: rules state rows, build.py alone turns rows into a problem."""
