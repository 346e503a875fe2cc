"""One peer, one way, one data set, from files on disk to a table on disk: `run.py TOOL WAY FOLDER OUT`.

Prints the seconds of reading, building, solving and writing, and the objective, as one line of JSON.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path


def main(tool: str, way: str, folder: str, out: str) -> None:
    marks = [time.perf_counter()]
    build, solve, answer = import_module(f"with_{tool}").WAYS[way]
    from data import read, write

    marks.append(time.perf_counter())
    data = read(Path(folder))
    marks.append(time.perf_counter())
    made = build(data)
    marks.append(time.perf_counter())
    objective = solve(made)
    marks.append(time.perf_counter())
    write(data, answer(made), Path(out))
    marks.append(time.perf_counter())
    steps = ("import", "read", "build", "solve", "write")
    seconds = {name: after - before for name, before, after in zip(steps, marks[:-1], marks[1:], strict=True)}
    print(json.dumps(seconds | {"objective": objective}))


if __name__ == "__main__":
    main(*sys.argv[1:])
