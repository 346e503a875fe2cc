"""How the tables of the two Hanoi data folders are made from `facts/`; `derive_hanoi.py` runs it."""
