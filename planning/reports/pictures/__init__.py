"""The pictures of the answers to questions, one module per question."""
