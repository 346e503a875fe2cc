"""planning pack: three files of one edition, answers kept for the next time, and refusals that leave nothing behind."""

import shutil

import pytest

DAY = ("--date", "2026-11-23", "--jobs", "1")


@pytest.fixture(scope="module")
def run(toy, tmp_path_factory):
    """The toy plan as a saved run."""
    from planning.reports.saved import save_run
    from planning.solver.plan import solve

    folder = tmp_path_factory.mktemp("runs") / "toy.base"
    save_run(solve(toy), folder)
    return folder


def test_a_saved_run_gives_three_files_and_keeps_its_answers_beside_it(planning, run, tmp_path):
    out = tmp_path / "pack"
    code, said, _ = planning("pack", run, "--out", out, "--lang", "en", *DAY)
    assert code == 0
    names = ["brief-en.html", "brief-en.pdf", "workbook-en.xlsx"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert all(name in said for name in names)
    assert (out / "brief-en.pdf").read_bytes().startswith(b"%PDF")
    answers = sorted((run.parent / "findings" / run.name).rglob("finding.json"))
    assert [path.parent.name for path in answers] == ["alternatives", "prices", "sensitivity"]
    before = [(path.stat().st_mtime_ns, path.stat().st_ino) for path in answers]
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert planning("pack", run, "--out", out, "--lang", "en", *DAY)[0] == 0
    assert [(path.stat().st_mtime_ns, path.stat().st_ino) for path in answers] == before
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


def test_a_public_edition_stands_beside_the_other(planning, run, tmp_path):
    assert planning("pack", run, "--out", tmp_path, "--public", *DAY)[0] == 0
    assert (tmp_path / "brief-vi-public.pdf").exists()
    assert "bản công khai" in (tmp_path / "brief-vi-public.html").read_text(encoding="utf-8")


def test_the_day_may_come_from_the_environment(monkeypatch):
    from datetime import date

    from planning.commands.pack import day_of

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    assert day_of(None) == date(2026, 11, 23)
    assert day_of("2026-01-31") == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("arguments", "code", "vi", "en"),
    [
        (
            ["--date", "23/11/2026"],
            2,
            "'23/11/2026' không phải là ngày; hãy ghi năm-tháng-ngày, ví dụ 2026-11-20",
            "'23/11/2026' is no date; write year-month-day, for instance 2026-11-20",
        ),
        (["--base", "{nowhere}"], 2, "1 lỗi trong nowhere.yaml: - không có tệp này", "nowhere.yaml"),
        (["--base", "{other}"], 2, "ở đây không phải là", "are not"),
        (["--threshold", "1"], 2, "threshold", "threshold"),
    ],
)
def test_bad_options_are_refused(planning, run, toy_projects_folder, tmp_path, arguments, code, vi, en):
    places = {"nowhere": tmp_path / "nowhere.yaml", "other": toy_projects_folder / "base.yaml"}
    arguments = [part.format(**places) for part in arguments]
    for language, said in (("vi", vi), ("en", en)):
        ended, _, error = planning("pack", run, "--out", tmp_path / "pack", "--lang", language, *DAY, *arguments)
        assert ended == code
        assert said in " ".join(error.split())
    assert not (tmp_path / "pack").exists()


def test_a_folder_that_is_no_run_is_refused(planning, tmp_path):
    code, _, error = planning("pack", tmp_path, "--out", tmp_path / "pack", *DAY)
    assert code == 2
    assert error == (
        f"{tmp_path} không phải là lần chạy đã lưu: trong đó không có run.json; hãy nêu thư mục của một lần chạy do "
        "`planning batch` ghi, hoặc tệp .yaml của phương án\n"
    )


def test_a_damaged_run_is_refused(planning, run, tmp_path):
    copy = shutil.copytree(run, tmp_path / "copy")
    (copy / "allocations.csv").write_text("gone")
    code, _, error = planning("pack", copy, "--out", tmp_path / "pack", "--lang", "en", *DAY)
    assert code == 2
    assert "allocations.csv is not as it was" in error
    assert planning("pack", copy, "--out", tmp_path / "pack", *DAY)[2] == (
        f"{copy} đã bị thay đổi sau khi lưu (allocations.csv không còn như cũ); hãy xóa đi rồi chạy lại phương án\n"
    )


def test_where_nothing_can_be_written_nothing_is_left(planning, run, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("mine")
    code, _, error = planning("pack", run, "--out", blocked, "--lang", "en", *DAY)
    assert code == 1
    assert "a file of that name is in the way" in error
    assert blocked.read_text() == "mine"
