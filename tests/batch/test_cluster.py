"""Draws allocated anew on a Dask cluster of two processes of this machine."""

import os
import signal
import threading
import time

import pandas as pd
import pytest
from distributed import LocalCluster

from planning.batch.cluster import ClusterError, shared
from planning.inputs import load_case
from planning.inputs.ranges import ranges
from planning.insight.reallocated import reallocated
from planning.solver.plan import solve


@pytest.fixture(scope="module")
def running():
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
    with LocalCluster(**options, silence_logs=50) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def asked(toy_projects_folder):
    plan = solve(load_case(toy_projects_folder / "base.yaml"))
    return plan, ranges(plan.case, {"needs": 0.2, "unit_costs": 0.1, "funds": 0.1})


def test_a_cluster_finds_what_one_process_finds(running, asked):
    alone = reallocated(*asked, 12, 4)
    with shared(running.scheduler_address, 1) as (executor, jobs):
        assert jobs == 2
        together = reallocated(*asked, 12, 4, jobs=jobs, executor=executor)
    pd.testing.assert_frame_equal(alone.tables["draws"], together.tables["draws"], rtol=1e-7)
    pd.testing.assert_frame_equal(alone.tables["projects"], together.tables["projects"])


def test_a_worker_killed_half_way_loses_nothing(running, asked):
    alone = reallocated(*asked, 40, 0)
    some = threading.Event()

    def watch(done, total):
        if done and not some.is_set():
            some.set()
            os.kill(next(iter(running.workers.values())).pid, signal.SIGKILL)

    with shared(running.scheduler_address, 1) as (executor, jobs):
        together = reallocated(*asked, 40, 0, watch=watch, jobs=jobs, executor=executor)
    assert some.is_set()
    pd.testing.assert_frame_equal(alone.tables["draws"], together.tables["draws"], rtol=1e-7)


def test_no_cluster_there_is_one_sentence(monkeypatch):
    monkeypatch.setattr("planning.batch.cluster.WAIT", 0.2)
    begin = time.monotonic()
    with (
        pytest.raises(ClusterError, match="no cluster answers at tcp") as refusal,
        shared("tcp://127.0.0.1:9", 1),
    ):
        pass
    assert time.monotonic() - begin < 30
    said = refusal.value.told("vi")
    assert said.startswith("không có cụm máy nào trả lời ở tcp://127.0.0.1:9 (")
    assert said.endswith("); hãy khởi động bộ điều phối của cụm, hoặc bỏ --cluster")


def test_without_an_address_the_jobs_stay_as_they_are():
    with shared(None, 3) as (executor, jobs):
        assert executor is None
        assert jobs == 3
