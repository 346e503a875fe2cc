"""A batch: every scenario comes to something that is said, what is there is left, and no kill leaves half a run."""

import contextlib
import dataclasses
import json
import os
import pickle
import shutil
import signal
import subprocess
import time

import pytest

from planning.batch import words
from planning.batch.catalogue import runs_of
from planning.batch.lock import BusyError, only_batch
from planning.batch.pool import warm_context
from planning.batch.refusals import NotebookError
from planning.batch.run import BatchError, foreseen, outcome, run_batch
from planning.batch.solving import Order, broken_off, carry_out
from planning.batch.tasks import task_of, tasks_of
from planning.disk import OutputError
from planning.errors import InputError
from planning.inputs import load_case
from planning.reports.run_folder import read_run
from planning.reports.saved import FRAMES, open_run
from planning.solver.plan import solve
from planning.vocabulary import Text
from tests.languages import vietnamese


def status_of(done):
    return {one.task.name: (one.status, one.kept, one.reported) for one in done}


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def lasting(out):
    """What the catalogue says that does not depend on the clock."""
    return runs_of(out).drop(columns=["seconds", "time"]).to_json(orient="records")


def test_each_scenario_comes_to_something_and_a_second_time_nothing_is_done(job, tmp_path):
    work = job("base", "impossible", "wrong")
    done = run_batch(work)
    assert status_of(done) == {
        "base": (words.PLAN, False, True),
        "impossible": (words.NO_PLAN, False, False),
        "wrong": (words.REFUSED, False, False),
    }
    base, impossible, wrong = (one.folder for one in done)
    assert "There is no plan that keeps every rule" in (impossible / "refusal.txt").read_text()
    assert "did you mean 'remote_share'?" in (wrong / "refusal.txt").read_text()
    assert (impossible / read_run(impossible)["inputs"]).is_file()
    report = json.loads((base / "report-en" / "manifest.json").read_text())
    assert report["figures"]["money"] == read_run(base)["figures"]["money"]
    assert ".writing-" not in (base / "report-en" / "small.ipynb").read_text()
    assert "report-en: written in" in (base / "log.txt").read_text()
    with pytest.raises(BatchError, match=r"2 of 3 scenarios did not .*: impossible, wrong") as error:
        outcome(done, work.out)
    assert error.value.exit_code == 1
    before = files(base) | files(impossible)
    again = run_batch(work)
    assert [one.kept for one in again] == [True, True, False]
    assert files(base) | files(impossible) == before
    assert [path.name for path in work.out.iterdir() if path.name.startswith(".")] == []
    assert not list(tmp_path.glob("toy/*/.writing*"))


def test_what_a_batch_refuses_is_in_its_language(job):
    work = job("impossible", "wrong", language="vi")
    done = run_batch(work)
    said = [(one.folder / "refusal.txt").read_text(encoding="utf-8") for one in done]
    assert said[0].startswith("Không có phương án nào giữ được mọi quy định:\n- ")
    assert said[1].startswith("1 lỗi trong wrong.yaml:\n- dòng 4: ")
    assert "có phải ý là 'remote_share'?" in said[1]
    assert [read_run(one.folder)["refusal"] + "\n" for one in done] == said
    with pytest.raises(BatchError) as error:
        outcome(done, work.out)
    assert vietnamese(error.value) == (
        "2 trong 2 phương án chưa lập được hoặc thiếu báo cáo: impossible, wrong.\n"
        f"Xin xem lý do trong refusal.txt ở thư mục của từng phương án đó trong {work.out}."
    )


def test_a_report_that_fails_says_why_in_the_language_of_the_batch(job, small):
    small.write_text(small.read_text().replace("plan_of(scenario)", "plan_of(scenario + 'x', language)"))
    (done,) = run_batch(job("base", language="vi"))
    failed = done.folder / "report-vi.failed"
    said = (failed / "refusal.txt").read_text(encoding="utf-8")
    assert said.startswith(f"1 lỗi trong {done.folder.name}x:\n- ")
    assert said.endswith(f"\nSổ tay, đến chỗ đã chạy được: {failed / 'small.failed.ipynb'}\n")
    assert "report-vi: 1 lỗi trong " in (done.folder / "log.txt").read_text(encoding="utf-8")


def test_a_refusal_with_a_code_of_its_own_crosses_processes():
    for kind in (BatchError, NotebookError):
        refusal = kind(Text("một", "one"), 3)
        refusal.language = "vi"
        again = pickle.loads(pickle.dumps(refusal))
        assert (str(again), again.told("en"), again.exit_code) == ("một", "one", 3)


def test_a_saved_run_is_the_plan_of_the_scenario(job, folder):
    (done,) = run_batch(job("floor"))
    plan, opened = solve(load_case(folder / "floor.yaml")), open_run(done.folder)
    for name in FRAMES:
        assert getattr(plan, name).equals(getattr(opened, name))


def test_only_what_changed_is_done_again(job, folder):
    run_batch(job("base", "floor"))
    path = folder / "floor.yaml"
    path.write_text(path.read_text().replace("0.1", "0.2"))
    todo = {task.name: what for task, what in foreseen(job("base", "floor"))}
    assert todo == {"base": "leave", "floor": "solve"}
    assert [one.kept for one in run_batch(job("base", "floor"))] == [True, False]
    assert runs_of(job().out)["scenario"].tolist() == ["base", "floor", "floor"]
    assert [one.kept for one in run_batch(job("base", afresh=True))] == [False]


def test_a_changed_notebook_or_a_damaged_report_is_rendered_again(job, small):
    (done,) = run_batch(job("base"))
    plan = files(done.folder / "exact")
    for change in (
        lambda: (done.folder / "report-en" / "small.html").unlink(),
        lambda: small.write_text(small.read_text() + "\n"),
    ):
        change()
        assert [what for _, what in foreseen(job("base"))] == ["render"]
        assert run_batch(job("base"))[0].kept
        assert [what for _, what in foreseen(job("base"))] == ["leave"]
    assert files(done.folder / "exact") == plan


def test_a_damaged_run_is_made_again(job):
    (done,) = run_batch(job("base"))
    (done.folder / "exact" / "x.parquet").unlink()
    (again,) = run_batch(job("base"))
    assert not again.kept
    assert open_run(again.folder).x.size


def test_a_report_that_fails_leaves_its_plan_and_says_why(job, small):
    small.write_text(small.read_text().replace("plan_of(scenario)", "plan_of(no_such_name)"))
    (done,) = run_batch(job("base"))
    assert (done.status, done.reported) == (words.PLAN, False)
    said = (done.folder / "report-en.failed" / "refusal.txt").read_text()
    assert "NameError: name 'no_such_name' is not defined" in said
    assert str(done.folder / "report-en.failed" / "small.failed.ipynb") in said
    assert (done.folder / "report-en.failed" / "small.failed.ipynb").is_file()
    with pytest.raises(BatchError, match="1 of 1 scenarios"):
        outcome([done], job().out)


def test_the_time_limit_ends_a_search_inside_the_solver(job, monkeypatch):
    (done,) = run_batch(job("base", limit=0.01))
    assert done.status == words.STOPPED
    assert (
        "within 0.01 seconds, so the search was stopped. Allow more time" in (done.folder / "refusal.txt").read_text()
    )
    assert "Timeout" in (done.folder / "log.txt").read_text()
    assert run_batch(job("base"))[0].status == words.PLAN


def test_a_fault_and_a_killed_process_are_saved_as_such(folder, tmp_path, monkeypatch):
    task = task_of(folder / "base.yaml")
    order = Order(task, tmp_path / "run", tmp_path / "watch", 60, "vi")
    monkeypatch.setattr("planning.batch.solving.solve", lambda *_: 1 / 0)
    assert carry_out(order) == words.CRASHED
    assert "ZeroDivisionError: division by zero" in (order.folder / "refusal.txt").read_text()
    assert "Traceback" in (order.folder / "log.txt").read_text()
    from concurrent.futures.process import BrokenProcessPool

    assert broken_off(order, BrokenProcessPool("died")) == words.CRASHED
    assert "bị ngắt từ bên ngoài" in (order.folder / "refusal.txt").read_text()


def test_one_batch_at_a_time(job):
    with only_batch(job().out), pytest.raises(BusyError, match="another batch is writing into") as busy:
        run_batch(job("base"))
    assert busy.value.told("vi").startswith(f"một đợt chạy khác đang ghi vào {job().out}; hãy chờ đợt đó kết thúc")


def test_nothing_to_do_is_refused(tmp_path, job):
    with pytest.raises(InputError, match="no scenario is named") as none:
        tasks_of([])
    assert vietnamese(none.value) == (
        "1 lỗi trong batch:\n- chưa nêu phương án nào; hãy nêu các tệp phương án, hoặc thư mục chứa chúng"
    )
    with pytest.raises(InputError, match="holds no scenario file") as empty:
        tasks_of([tmp_path])
    assert vietnamese(empty.value)


def test_a_path_where_nothing_is_makes_no_run(job):
    given = job("base", "nowhere")
    with pytest.raises(InputError, match=r"nowhere\.yaml:\n- there is no such file or folder; check the path") as error:
        run_batch(given)
    assert vietnamese(error.value) == (
        f"1 lỗi trong {given.scenarios[1]}:\n- không có tệp hay thư mục này; hãy kiểm tra đường dẫn"
    )
    assert not given.out.exists()
    with pytest.raises(InputError, match="there is no such file or folder"):
        foreseen(given)


def whole(out):
    """Every folder under a final name is a whole run, and so is every report."""
    for run in out.glob("toy.*"):
        stated = read_run(run)
        assert all((run / name).is_file() for name in stated["files"])
        for report in run.glob("report-*"):
            assert (report / "report.json").is_file()
    return True


def test_a_kill_at_any_moment_loses_nothing(job, tmp_path):
    work = job("base", "floor", "impossible")
    start = time.perf_counter()
    run_batch(work)
    took, expected = time.perf_counter() - start, lasting(work.out)
    work.out.rename(tmp_path / "undisturbed")
    for moment in (0.15, 0.4, 0.75):
        driver = warm_context().Process(target=run_batch, args=(work,))
        driver.start()
        driver.join(moment * took)
        with contextlib.suppress(ProcessLookupError):
            os.kill(driver.pid, signal.SIGKILL)
        driver.join()
        assert whole(work.out)
    run_batch(work)
    assert whole(work.out)
    assert lasting(work.out) == expected


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of its own with room for little; skipped where none may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_full_disk_ends_the_batch_and_leaves_the_runs_before_it(job, tiny_disk):
    work = dataclasses.replace(job("base"), out=tiny_disk / "out")
    (done,) = run_batch(work)
    before = files(done.folder)
    (tiny_disk / "filler").write_bytes(b"x" * (shutil.disk_usage(tiny_disk).free - 40_000))
    with pytest.raises(OutputError, match="the disk is full; free some space or choose a folder on another disk"):
        run_batch(dataclasses.replace(job("floor"), out=work.out))
    assert files(done.folder) == before
    assert [path.name for path in work.out.glob("toy.*")] == [done.folder.name]
    (tiny_disk / "filler").unlink()
    assert run_batch(dataclasses.replace(job("floor"), out=work.out))[0].status == words.PLAN
