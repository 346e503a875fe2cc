"""Files in: a scenario file and its tables become a checked, frozen case."""

from planning.inputs.load import fingerprint, load_again, load_case
from planning.inputs.resolve import load_scenario

__all__ = ["fingerprint", "load_again", "load_case", "load_scenario"]
