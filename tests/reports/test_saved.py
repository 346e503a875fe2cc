"""A saved run opens again as the same plan; what was damaged, changed or is of another kind is refused."""

import dataclasses
import errno
import json
import os
import shutil

import pandas as pd
import pytest

from planning import disk
from planning.disk import OutputError
from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.whatif import with_money
from planning.reports.files import write_plan
from planning.reports.run_folder import read_run
from planning.reports.saved import FRAMES, RunError, is_run, open_run, plan_of, save_run
from planning.solver.certificate import input_hash
from planning.solver.plan import solve
from tests.languages import vietnamese


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def kept(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kept") / "run"
    save_run(plan, folder)
    return folder


@pytest.fixture
def saved(kept, tmp_path):
    return shutil.copytree(kept, tmp_path / "run")


@pytest.mark.parametrize("which", ["plan", "built"])
def test_an_opened_run_is_the_plan_to_the_last_digit(which, request, tmp_path):
    plan = request.getfixturevalue(which)
    save_run(plan, tmp_path / "run")
    again = open_run(tmp_path / "run")
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(plan, name), check_exact=True)
    assert again.x.tobytes() == plan.x.tobytes()
    assert again.certificate == plan.certificate
    assert input_hash(again.case) == input_hash(plan.case)


def test_an_opened_run_is_written_and_saved_like_the_plan(plan, saved, tmp_path):
    again = open_run(saved)
    write_plan(plan, tmp_path / "a")
    write_plan(again, tmp_path / "b")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    save_run(again, tmp_path / "second")
    first, second = read_run(saved), read_run(tmp_path / "second")
    assert first | {"time": ""} == second | {"time": ""}
    assert set(second["files"]) == set(files(tmp_path / "second")) - {"run.json"}


def test_a_run_needs_nothing_outside_its_folder(folder, tmp_path):
    (folder / "deep").mkdir()
    path = folder / "deep" / "share.yaml"
    path.write_text(
        "title: {vi: Con, en: Child}\nnote: A test.\nextends: ../base.yaml\nrules: {per_child_floor: {amount: 0.1}}"
    )
    plan = solve(load_case(path))
    save_run(plan, tmp_path / "run")
    folder.rename(tmp_path / "gone")
    again = open_run(tmp_path / "run")
    assert again.case.scenario.name == "share"
    assert again.case.hashes == plan.case.hashes
    facts = read_run(tmp_path / "run")
    assert facts["dataset"] == "deep"
    assert facts["figures"]["money"] == pytest.approx(plan.lines["amount"].sum())


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("exact/lines.parquet", r"was changed after it was saved \(exact/lines.parquet is not as it was\); delete it"),
        ("inputs/toy/data/needs.csv", r"inputs/toy/data/needs.csv is not as it was"),
        ("allocations.csv", r"allocations.csv is not as it was"),
        ("run.json", r"is damaged: run.json cannot be read"),
    ],
)
def test_damage_is_refused(saved, name, sentence):
    data = (saved / name).read_bytes()
    (saved / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(RunError, match=sentence) as refusal:
        open_run(saved)
    assert refusal.value.told("vi").startswith((f"{saved} bị hỏng: ", f"{saved} đã bị thay đổi sau khi lưu ("))


def test_damage_is_told_in_the_language_that_is_asked_for(saved):
    (saved / "allocations.csv").write_text("x")
    with pytest.raises(RunError) as refusal:
        plan_of(saved, "vi")
    assert str(refusal.value) == vietnamese(refusal.value)
    assert str(refusal.value) == (
        f"{saved} đã bị thay đổi sau khi lưu (allocations.csv không còn như cũ); hãy xóa đi rồi chạy lại phương án"
    )


def test_a_scenario_file_is_refused_in_the_language_that_is_asked_for(folder):
    for language, begin in (("vi", "1 lỗi trong nowhere.yaml:"), ("en", "1 problem in nowhere.yaml:")):
        with pytest.raises(InputError) as refusal:
            plan_of(folder / "nowhere.yaml", language)
        assert str(refusal.value).startswith(begin)
    with pytest.raises(InputError, match="there is no language 'fr' here"):
        plan_of(folder / "nowhere.yaml", "fr")


def test_a_missing_file_is_refused(saved):
    (saved / "exact" / "x.parquet").unlink()
    with pytest.raises(RunError, match=r"\(exact/x.parquet is missing\)") as refusal:
        open_run(saved)
    assert "(thiếu exact/x.parquet)" in vietnamese(refusal.value)


def edit(saved, **facts):
    path = saved / "run.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))


@pytest.mark.parametrize("facts", [{"format": 0}, {"code": "other", "columns": "other"}, {"input_hash": "other"}])
def test_a_run_of_another_version_is_refused(saved, facts):
    edit(saved, **facts)
    with pytest.raises(
        RunError, match=r"was made by another version of this program.*; run the scenario again"
    ) as told:
        open_run(saved)
    assert vietnamese(told.value).startswith(f"{saved} do phiên bản khác của chương trình này tạo ra")


def test_a_run_without_plan_says_so(saved):
    edit(saved, status="no plan")
    with pytest.raises(RunError, match=r"holds no plan \(no plan\); refusal.txt in it says why") as refusal:
        open_run(saved)
    assert vietnamese(refusal.value) == f"{saved} không có phương án; xin xem lý do trong refusal.txt ở đó"


def test_what_is_no_run_is_refused(tmp_path, toy_folder):
    for path in (tmp_path, tmp_path / "nowhere", toy_folder / "base.yaml"):
        assert not is_run(path)
        with pytest.raises(
            RunError, match=r"no run.json in it; name the folder of a run that .* the scenario's \.yaml"
        ):
            open_run(path)


def test_only_a_run_is_replaced_and_no_approved_one(plan, other, saved, folder, tmp_path):
    save_run(plan, saved)
    before = files(folder)
    with pytest.raises(RunError, match="holds something other than a run; name another folder") as something:
        save_run(plan, folder)
    assert vietnamese(something.value)
    assert files(folder) == before
    (saved / "mark.json").write_text('{"mark": "approved"}')
    before = files(saved)
    with pytest.raises(RunError, match="is an approved run, which is never replaced") as approved:
        save_run(plan, saved)
    assert vietnamese(approved.value)
    assert files(saved) == before


def test_files_that_changed_meanwhile_are_not_saved(folder, tmp_path):
    plan = solve(load_case(folder / "base.yaml"))
    (folder / "base.yaml").write_text((folder / "base.yaml").read_text() + "\n")
    with pytest.raises(InputError, match="was changed while the plan was being made; run again") as changed:
        save_run(plan, tmp_path / "run")
    assert vietnamese(changed.value) == (
        "1 lỗi trong base.yaml:\n- đã bị thay đổi trong khi đang lập phương án; hãy chạy lại"
    )
    (folder / "base.yaml").unlink()
    with pytest.raises(InputError, match="cannot be read any more") as gone:
        save_run(plan, tmp_path / "run")
    assert "không đọc được nữa (" in gone.value.told("vi")
    assert not (tmp_path / "run").exists()


def test_a_plan_that_the_files_do_not_state_is_not_saved(toy, other, plan, tmp_path):
    for strange in (other, solve(with_money(toy, 0.9)), dataclasses.replace(plan, case=other.case)):
        with pytest.raises(InputError, match="of other rules or figures than the files state") as refusal:
            save_run(strange, tmp_path / "run")
        assert vietnamese(refusal.value)
    assert not (tmp_path / "run").exists()


def test_data_at_the_root_of_the_disk_is_refused(folder, tmp_path):
    path = folder / "base.yaml"
    path.write_text(path.read_text().replace("data: data", f"data: {folder / 'data'}"))
    words = "begins at the root of the disk; write it as seen from the scenario file"
    with pytest.raises(InputError, match=words) as refusal:
        save_run(solve(load_case(path)), tmp_path / "run")
    assert vietnamese(refusal.value) == (
        f"1 lỗi trong base.yaml:\n- data: {folder / 'data'} bắt đầu từ gốc của ổ đĩa; hãy ghi đường dẫn tính từ tệp "
        "phương án"
    )


@pytest.mark.parametrize("count", [1, 15, 30])
def test_a_full_disk_leaves_the_run_before_it_whole(plan, saved, monkeypatch, count):
    real, calls, before = os.fsync, [], files(saved)

    def full(*args):
        calls.append(args)
        if len(calls) == count:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args)

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OutputError, match="the disk is full; free some space") as refusal:
        save_run(plan, saved)
    assert ".writing-" not in str(refusal.value)
    assert ".writing-" not in vietnamese(refusal.value)
    assert str(saved) in vietnamese(refusal.value)
    assert files(saved) == before
    assert [path.name for path in saved.parent.iterdir()] == ["run"]


def test_inputs_are_checked_again_only_by_other_code(saved, monkeypatch):
    checked = []
    monkeypatch.setattr("planning.reports.saved.load_case", lambda path: checked.append(path) or load_case(path))
    mine = open_run(saved)
    assert not checked
    edit(saved, code="other")
    other = open_run(saved)
    assert len(checked) == 1
    assert all(table.equals(other.case.tables[name]) for name, table in mine.case.tables.items())
