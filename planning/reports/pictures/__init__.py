"""Pictures of answers: one module for each question."""
