"""The tables of a scenario as one Excel book and back, with nothing lost on the way."""
