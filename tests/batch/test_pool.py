"""Work shared among processes: a death costs one piece, not the others."""

import os
import signal
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path

from planning.batch.pool import processes, results


def work(piece):
    if piece == "dies":
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGKILL)
    if piece == "fails":
        raise ValueError(piece)
    if piece.startswith("/"):
        if not Path(piece).exists():
            Path(piece).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "second"
    return piece.upper()


def test_a_death_costs_one_piece(tmp_path):
    once = str(tmp_path / "once")
    pieces = ["a", "dies", "b", "fails", once, "c"]
    found = dict(results(pieces, work, processes, 2))
    assert set(found) == set(pieces)
    assert [found[name] for name in ("a", "b", "c", once)] == ["A", "B", "C", "second"]
    assert isinstance(found["dies"], BrokenExecutor)
    assert isinstance(found["fails"], ValueError)
