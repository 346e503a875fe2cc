"""The pictures of answers, one module for each question."""
