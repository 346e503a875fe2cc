"""Written files add up to the last digit, and appear all together or not at all."""

import dataclasses
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning import disk
from planning.disk import OutputError, write_files
from planning.reports import files
from planning.reports.comparison.compare import Comparison, write_comparison
from planning.reports.files import in_thousandths, write_model, write_plan
from planning.reports.saved import RunError, save_run
from tests.languages import vietnamese

NAMED = ("allocations", "coverage", "targets", "rules", "funds", "projects")
NAMES = {f"{name}.{kind}" for name in NAMED for kind in ("csv", "parquet")}
NAMES |= {"certificate.json"}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_written(plan, tmp_path):
    written = write_plan(plan, tmp_path / "new" / "folder")
    assert {path.name for path in written} == NAMES == set(contents(tmp_path / "new" / "folder"))
    text = (tmp_path / "new" / "folder" / "allocations.csv").read_bytes()
    assert text.startswith(b"scenario,area,programme,fund,year,amount_million_vnd\nbase,near,lessons,")
    assert b"\r" not in text
    rules = (tmp_path / "new" / "folder" / "rules.csv").read_bytes()
    assert rules.startswith(b"\xef\xbb\xbfscenario,rule,index,words_vi"), "Excel needs the mark for Vietnamese"
    certificate = json.loads((tmp_path / "new" / "folder" / "certificate.json").read_text(encoding="utf-8"))
    assert certificate == json.loads(json.dumps(dict(plan.certificate)))


def test_amounts_add_up_and_keep_every_ceiling(communes, tmp_path):
    write_plan(communes, tmp_path)
    lines, funds = pd.read_csv(tmp_path / "allocations.csv"), pd.read_csv(tmp_path / "funds.csv")
    spent = lines.groupby(["fund", "year"])["amount_million_vnd"].sum()
    funds = funds.set_index(["fund", "year"])
    assert spent.reindex(funds.index, fill_value=0.0).to_numpy() == pytest.approx(funds["spent"].to_numpy(), abs=1e-6)
    assert (funds["spent"] <= funds["ceiling"] + funds["carried_in"] + 1e-9).all()
    assert (lines["amount_million_vnd"] > 0).all()
    coverage = pd.read_csv(tmp_path / "coverage.csv")
    assert coverage["amount_million_vnd"].sum() == pytest.approx(lines["amount_million_vnd"].sum(), abs=1e-6)


def test_csv_and_parquet_say_the_same(plan, tmp_path):
    write_plan(plan, tmp_path)
    for name in ("allocations", "coverage", "funds", "targets", "rules"):
        text, binary = pd.read_csv(tmp_path / f"{name}.csv"), pd.read_parquet(tmp_path / f"{name}.parquet")
        pd.testing.assert_frame_equal(text, binary, check_dtype=False, atol=1e-6)


def test_projects_are_written_with_their_names(built, plan, tmp_path):
    write_plan(built, tmp_path / "built")
    table = pd.read_csv(tmp_path / "built" / "projects.csv").set_index("project")
    assert table["project_en"].to_dict() == {
        "old_near": "Old pool", "pool_near": "Near pool", "pool_hill": "Hill pool", "shed_hill": "Shed"
    }  # fmt: skip
    assert table.loc["pool_hill", ["area_vi", "start", "opening", "building", "tail"]].tolist() == [
        "Đồi", 2026, 2027, 120.0, 108.0
    ]  # fmt: skip
    write_plan(plan, tmp_path / "none")
    nothing, binary = (tmp_path / "none" / f"projects.{kind}" for kind in ("csv", "parquet"))
    assert nothing.read_text(encoding="utf-8").count("\n") == 1
    assert list(pd.read_parquet(binary)) == list(pd.read_csv(nothing))
    assert set(pd.read_csv(nothing)) == {"project", *table}


def test_targets_are_written_with_priority_and_agency(plan, tmp_path):
    write_plan(plan, tmp_path)
    targets = pd.read_csv(tmp_path / "targets.csv")
    assert targets["priority"].tolist() == [1]
    assert targets["agency_en"].notna().all()


@given(
    st.lists(st.floats(1e-7, 1e4), min_size=2, max_size=12),
    st.floats(0, 1),
    st.floats(0, 100),
)
def test_thousandths_balance(plan, amounts, kept, slack):
    first, second = amounts[::2], amounts[1::2]
    carried = kept * sum(second)
    lines = pd.DataFrame(
        {
            "scenario": "base", "area": "near", "programme": "lessons", "fund": "city",
            "year": [2026] * len(first) + [2027] * len(second), "amount": first + second,
        }
    )  # fmt: skip
    funds = pd.DataFrame(
        {
            "scenario": "base", "fund": "city", "year": [2026, 2027],
            "ceiling": [sum(first) + carried + slack, sum(second) - carried], "carried_in": [0.0, carried],
            "spent": [sum(first), sum(second)], "carried_out": [carried, 0.0], "lapsed": [slack, 0.0],
        }
    )  # fmt: skip
    fine, balance = in_thousandths(dataclasses.replace(plan, lines=lines, funds=funds))
    spent = fine.groupby("year")["amount"].sum().reindex([2026, 2027], fill_value=0.0).to_numpy()
    assert spent == pytest.approx(balance["spent"].to_numpy(), abs=1e-6)
    assert (balance["ceiling"] <= funds["ceiling"] + 1e-6).all()
    have = balance["ceiling"] + balance["carried_in"]
    assert have.to_numpy() == pytest.approx((balance["spent"] + balance["carried_out"] + balance["lapsed"]).to_numpy())
    assert (balance[["spent", "carried_out", "lapsed"]] >= 0).all(axis=None)
    assert balance["carried_in"].tolist() == [0.0, balance["carried_out"].iloc[0]]


def test_writing_again_gives_the_same_bytes_whatever_the_hash_seed(toy_folder, tmp_path):
    program = (
        "import sys; from planning.inputs import load_case; from planning.solver.plan import solve;"
        "from planning.reports.files import write_plan; write_plan(solve(load_case(sys.argv[1])), sys.argv[2])"
    )
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program, str(toy_folder / "base.yaml"), str(tmp_path / seed)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, timeout=60)
    first, second = contents(tmp_path / "1"), contents(tmp_path / "2")
    for name in NAMES - {"certificate.json"}:
        assert first[name] == second[name], name


def fail_at(monkeypatch, place, name, count, code):
    """Let the call of that number fail as the disk would."""
    real, calls = getattr(place, name), []

    def failing(*args):
        calls.append(args)
        if len(calls) == count:
            raise OSError(code, os.strerror(code))
        return real(*args)

    monkeypatch.setattr(place, name, failing)


@pytest.mark.parametrize("count", [1, 7, 11])
def test_a_full_disk_leaves_everything_as_it_was(plan, tmp_path, monkeypatch, count):
    write_files(tmp_path, {"allocations.csv": b"old", "notes.txt": b"mine"})
    fail_at(monkeypatch, disk.os, "fsync", count, errno.ENOSPC)
    with pytest.raises(OutputError, match=r"cannot write .*\.(csv|parquet|json): the disk is full; free some space"):
        write_plan(plan, tmp_path)
    assert contents(tmp_path) == {"allocations.csv": b"old", "notes.txt": b"mine"}


def test_folders_made_for_nothing_are_taken_away(plan, tmp_path, monkeypatch):
    fail_at(monkeypatch, disk.os, "fsync", 3, errno.ENOSPC)
    with pytest.raises(OutputError):
        write_plan(plan, tmp_path / "a" / "b")
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_file_that_is_open_elsewhere_stops_all_of_them(tmp_path, monkeypatch, count):
    old = {"a.csv": b"1", "b.csv": b"2"}
    write_files(tmp_path, old)
    fail_at(monkeypatch, Path, "replace", count, errno.EACCES)
    with pytest.raises(OutputError, match="open in another program; close it there") as refusal:
        write_files(tmp_path, {"a.csv": b"new", "b.csv": b"new", "c.csv": b"new"})
    assert contents(tmp_path) == old
    assert "tệp đang mở trong chương trình khác; hãy đóng tệp ở đó" in vietnamese(refusal.value)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM])
def test_what_the_disk_refuses_is_told_in_both_languages(code):
    with pytest.raises(OutputError) as refusal, disk.on_disk(Path("a.csv")):
        raise OSError(code, os.strerror(code))
    told = vietnamese(refusal.value)
    assert told.startswith("không ghi được a.csv: ")
    assert "; hãy " in told
    assert told.endswith(". Ở đó không có gì bị thay đổi.")


def test_what_else_the_disk_says_is_quoted():
    with pytest.raises(OutputError) as refusal, disk.on_disk(Path("a.csv")):
        raise OSError(errno.EIO, "Input/output error")
    assert vietnamese(refusal.value) == (
        "không ghi được a.csv: Input/output error; hãy chọn thư mục khác. Ở đó không có gì bị thay đổi."
    )


def test_a_file_in_the_way_of_the_folder(plan, tmp_path):
    (tmp_path / "results").write_text("a file")
    for folder in (tmp_path / "results", tmp_path / "results" / "deeper"):
        with pytest.raises(OutputError, match="a file of that name is in the way; name a folder instead"):
            write_plan(plan, folder)
    assert (tmp_path / "results").read_text() == "a file"


def test_the_model_is_written_with_named_rows(plan, tmp_path):
    assert "remote_share__all__2026" in write_model(plan, tmp_path).read_text(encoding="utf-8")


def test_both_ways_of_writing_csv_give_the_same_bytes():
    """Figures, whole numbers and texts are written by Arrow, all else by pandas; a reader cannot tell which."""
    rng = np.random.default_rng(2)
    amounts = np.append(
        np.round(rng.normal(0, 10.0 ** rng.integers(-4, 9, 500)), 3) + 0.0, [0.0, np.nan, 2.675, -0.001]
    )
    n = amounts.size
    for texts in (["Ba Vì", "", "b c"], ['"Ba Vì", xã', "", "b\nc", None]):
        names = np.array(texts, object)[np.arange(n) % len(texts)]
        plain = pd.DataFrame({"tên": names, "year": np.arange(n), "x": amounts})
        expected = plain.to_csv(index=False, lineterminator="\n", float_format="%.3f")
        assert files._plain_csv(plain, 3).decode() == expected
        assert files.as_csv(plain, 3).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("cell", ["a,b", 'a"b', "a\nb", 1.23456, -0.0, np.inf, True, None, ["a"]])
def test_what_arrow_would_write_otherwise_is_left_to_pandas(cell):
    frame = pd.DataFrame({"a": [1, 2], "b": pd.Series(["x", cell] if not isinstance(cell, float) else [0.5, cell])})
    expected = frame.to_csv(index=False, lineterminator="\n", float_format="%.3f").encode()
    assert files.as_csv(frame, 3) == expected


def test_a_folder_never_gives_way_to_a_file(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("mine")
    for folder, file in ((tmp_path, "mine"), (tmp_path / "mine", "")):
        with pytest.raises(OutputError, match="a folder of that name is in the way; name a file instead") as error:
            write_files(folder, {"other.txt": b"x", file: b"x"})
        assert vietnamese(error.value).startswith(
            f"không ghi được {folder / file}: đã có một thư mục mang tên đó; hãy nêu tên tệp khác, hoặc"
        )
    assert contents(tmp_path / "mine") == {"work.txt": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_no_result_stands_among_input_tables(plan, folder):
    before = contents(folder / "data")
    writers = (
        lambda: write_plan(plan, folder / "data"),
        lambda: write_comparison(Comparison((plan,), {"funds": plan.funds}, {}, (), {}), {}, folder / "data"),
    )
    for write in writers:
        with pytest.raises(OutputError, match=r"holds input tables \(needs.csv\), which results must not") as error:
            write()
        assert vietnamese(error.value) == (
            f"{folder / 'data'} chứa các bảng số liệu đầu vào (needs.csv), kết quả không được ghi đè lên chúng; hãy "
            "nêu một thư mục khác cho kết quả"
        )
    with pytest.raises(RunError, match="holds something other than a run"):
        save_run(plan, folder / "data")
    assert contents(folder / "data") == before
