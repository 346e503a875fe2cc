"""What a planner edits with in JupyterLab."""
