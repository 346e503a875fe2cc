"""Forked kernels run one notebook after another, and none sees what an earlier one left."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from planning.batch import kernel_fork
from planning.batch.kernel_fork import Kernels
from planning.batch.notebooks import NotebookError, run_notebook

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
PROCESS = "import os\nprint(os.getpid())"
LEAVE = """
print("left" in globals(), os.environ.get("LEFT"))
left, os.environ["LEFT"] = True, "x"
"""


@pytest.fixture
def kernels():
    """`kernels(keep)`, one at a time, ended at the end."""
    made = []

    def make(keep):
        made.append(Kernels(1, keep))
        return made[-1]

    yield make
    for one in made:
        one.end()


def outputs(kernels, notebook, folder):
    """The kernel's process, the count of each cell, what the cells printed."""
    path = run_notebook(notebook, folder, {}, kernels=kernels).notebook
    cells = [cell for cell in json.loads(path.read_text())["cells"] if cell["cell_type"] == "code"]
    process, *texts = ["".join(output["text"]) for cell in cells for output in cell["outputs"]]
    return int(process), [cell["execution_count"] for cell in cells], texts


def test_a_kept_kernel_forgets_variables_and_counts_anew(kernels, notebook, tmp_path):
    kept, source = kernels(True), notebook("good", PROCESS, LEAVE)
    one, other = (outputs(kept, source, tmp_path / name) for name in "ab")
    assert one[0] == other[0]
    assert one[1] == other[1] == [1, 2, 3, 4, 5]
    assert (one[2], other[2]) == (["False None\n"], ["False x\n"])


def test_a_kernel_that_is_not_kept_leaves_nothing(kernels, notebook, tmp_path):
    once, source = kernels(False), notebook("good", PROCESS, LEAVE)
    one, other = (outputs(once, source, tmp_path / name) for name in "ab")
    assert one[0] != other[0]
    assert one[1:] == other[1:]


def test_after_a_failure_or_a_death_the_next_kernel_is_a_new_one(kernels, notebook, tmp_path):
    kept = kernels(True)
    good, bad = notebook("good", PROCESS), notebook("bad", PROCESS, "1 / 0")
    seen = [outputs(kept, good, tmp_path / "a")[0]]
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        outputs(kept, bad, tmp_path / "b")
    seen.append(outputs(kept, good, tmp_path / "c")[0])
    os.kill(seen[-1], 9)
    while not kept._free[0].is_dead:
        pass
    seen.append(outputs(kept, good, tmp_path / "d")[0])
    assert len(set(seen)) == 3


def test_a_kept_kernel_is_replaced_after_many_notebooks(kernels, notebook, tmp_path, monkeypatch):
    monkeypatch.setattr(kernel_fork, "MANY", 2)
    kept, source = kernels(True), notebook("good", PROCESS)
    one, two, three = (outputs(kept, source, tmp_path / name)[0] for name in "abc")
    assert one == two != three


class _Stand:
    """In the place of a kernel."""

    is_dead, kept, has_run = False, True, 0


class _Asked(list):
    """A list that tells two who ask how long it is the same, before either takes anything."""

    both = Barrier(2)

    def __len__(self):
        length = super().__len__()
        self.both.wait(timeout=5)
        return length


def test_two_reports_at_once_do_not_take_the_same_free_kernel(monkeypatch):
    monkeypatch.setattr(Kernels, "_new", lambda self: _Stand())
    kernels, together = Kernels(2, keep=True), Barrier(2)
    kernels._free = _Asked([_Stand()])

    def report(_):
        with kernels.one() as kernel:
            together.wait(timeout=5)
            return kernel

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(report, range(2))
    assert one is not other
