"""How long the grid of the needs of 126 communes takes in the kernel: opening, an edit, the check of all files, saving.

Prints rows of a Markdown table: what is done, median of five runs in milliseconds.
"""

import itertools
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026"
RUNS = 5


def median(deed, prepare=lambda: None) -> float:
    """Median milliseconds of a deed, each time after `prepare`."""
    taken = []
    for _ in range(RUNS):
        prepare()
        start = time.perf_counter()
        deed()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def main() -> None:
    from planning.workbench.session import Session
    from planning.workbench.tablefile import open_table

    with tempfile.TemporaryDirectory() as place:
        scenario = Path(shutil.copytree(SHIPPED, Path(place) / "communes")) / "base.yaml"
        session = Session(open_table(scenario, "needs"), "vi")
        figures = itertools.cycle(range(1, 98))  # small enough for every area, so that saving is not refused

        def edit(cells: int = 1) -> None:
            session.answer({"do": "set", "cells": [(row, 3, str(next(figures))) for row in range(cells)]})

        rows = {
            "open 2,394 rows": median(lambda: Session(open_table(scenario, "needs"), "vi").answer({"do": "open"})),
            "change a cell, all cells checked": median(edit),
            "paste 500 cells": median(lambda: edit(500)),
            "check against all other tables, keep the draft": median(lambda: session.answer({"do": "check"}), edit),
            "save": median(lambda: session.answer({"do": "save"}), edit),
        }
    for what, milliseconds in rows.items():
        print(f"| grid: {what} | {milliseconds:.0f} ms |")


if __name__ == "__main__":
    sys.exit(main())
