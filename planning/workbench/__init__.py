"""What a planner edits with in JupyterLab: grids for tables, forms for scenarios, and the settings of Lab."""
