"""The plans of a cluster are those of this machine, also when a worker is killed half way."""

import os
import signal
import threading
import time
import warnings

import pytest

from planning.batch import words
from planning.batch.run import run_batch
from planning.reports.run_folder import read_run

distributed = pytest.importorskip("distributed")


def killed_soon(cluster, out):
    """Kill one worker as soon as the first run is there."""
    pids = [worker.process.pid for worker in cluster.workers.values()]

    def kill():
        while not list(out.glob("toy.*")):
            time.sleep(0.05)
        os.kill(pids[0], signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


@pytest.mark.filterwarnings("ignore")
def test_a_worker_that_is_killed_costs_nothing(job, folder, tmp_path):
    for share in (11, 12, 13, 14):
        text = (folder / "floor.yaml").read_text().replace("0.1", f"0.{share}")
        (folder / f"floor{share}.yaml").write_text(text)
    names = [f"floor{share}" for share in (11, 12, 13, 14)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as cluster:
            killer = killed_soon(cluster, tmp_path / "out")
            done = run_batch(job(*names, "impossible", address=cluster.scheduler_address))
            killer.join(10)
    assert [one.status for one in done] == [words.PLAN] * 4 + [words.NO_PLAN]
    (tmp_path / "out").rename(tmp_path / "clustered")
    for here in run_batch(job(*names)):
        there = read_run(tmp_path / "clustered" / here.folder.name)
        assert there["figures"] == read_run(here.folder)["figures"]
