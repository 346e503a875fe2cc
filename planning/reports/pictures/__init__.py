"""Pictures of what was found, one module for each question."""
