"""The questions that the command line answers, one module each."""
