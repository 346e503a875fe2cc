"""The commands batch, runs and query: what they print, what they leave, what they end with."""

import shutil
import subprocess
import sys

import pandas as pd
import pytest

CHILD = "title: {vi: Con, en: Child}\nnote: A test.\nextends: base.yaml\n"


@pytest.fixture(scope="module")
def toys(tmp_path_factory, toy_folder):
    folder = shutil.copytree(toy_folder, tmp_path_factory.mktemp("toys") / "toy")
    (folder / "impossible.yaml").write_text(CHILD + "rules: {per_child_floor: {amount: 9}}\n")
    return folder


def test_a_batch_of_a_folder_its_runs_and_questions(planning, toys, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    out = tmp_path / "out"
    arguments = ("batch", toys, "--out", out, "--lang", "en", "--jobs", 2)
    code, printed, _ = planning(*arguments, "--dry-run")
    assert code == 0
    assert printed.count("solve, then write the report") == 2
    assert not out.exists()
    code, printed, said = planning(*arguments)
    assert code == 3
    assert "1 of 2 scenarios did not come to a plan with a report: impossible." in said
    assert ["base", "plan", "897", "67.1%", "1/1"] in [
        line.replace("│", " ").split()[:5] for line in printed.splitlines()
    ]
    assert "no plan" in printed
    run = next(out.glob("toy.base.*"))
    assert {"02_plan.html", "02_plan.ipynb", "manifest.json", "report.json"} <= {
        path.name for path in (run / "report-en").iterdir()
    }
    before = {path: path.stat().st_mtime_ns for path in run.rglob("*")}
    assert planning(*arguments)[0] == 3
    assert {path: path.stat().st_mtime_ns for path in run.rglob("*")} == before

    assert planning("runs", out, "mark", "base", "approved", "--office", "UBND", "--reason", "họp")[0] == 0
    code, printed, _ = planning("runs", out, "--mark", "approved", "--lang", "vi")
    assert code == 0
    assert "duyệt" in printed
    assert "UBND" in printed
    assert "impossible" not in printed
    assert "67.1%" in planning("runs", out, "compare", "base", "--lang", "en")[1]
    assert planning("runs", out, "delete", "base")[::2] == (
        2,
        f"{run.name} là lần chạy đã duyệt, không bao giờ xóa được\n",
    )
    assert planning("runs", out, "delete", "impossible")[0] == 0

    asked = "SELECT scenario, sum(spent) AS spent FROM funds GROUP BY 1"
    assert "1100.0" in planning("query", asked, "--in", out)[1]
    assert planning("query", asked, "--in", out, "--out", tmp_path / "answer.csv")[0] == 0
    assert pd.read_csv(tmp_path / "answer.csv")["scenario"].tolist() == ["base"]
    before = sorted(out.rglob("*"))
    code, _, said = planning("query", asked, "--in", out, "--out", out, "--lang", "en")
    assert code == 1
    assert "a folder of that name is in the way" in said
    assert sorted(out.rglob("*")) == before
    alone = subprocess.run([sys.executable, "-m", "planning", "query", asked, "--in", out], capture_output=True)
    assert (alone.returncode, alone.stderr) == (0, b"")
    code, _, said = planning("query", "SELECT nothing FROM funds", "--in", out)
    assert code == 2
    assert said.startswith("Không trả lời được câu hỏi: Binder Error: ")
    assert 'column "nothing" not found' in said
    assert ". Có: allocations (run, dataset, scenario, " in said


def test_a_family_in_a_dry_run(planning, toys, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    grid = ("--grid", "remote_share=0.1,0.2", "--grid", "envelope=0.9,1")
    code, printed, _ = planning("batch", toys / "base.yaml", *grid, "--out", tmp_path / "out", "--dry-run")
    assert code == 0
    assert printed.count("giải và viết báo cáo") == 4
    assert "base+remote_share@0.2+envelope@0.9" in printed


@pytest.mark.parametrize(
    ("arguments", "code", "vi", "en"),
    [
        (
            ["batch", "{toys}", "--out", "{out}", "--grid", "x"],
            2,
            "'x' không có dạng NAME=v1,v2; hãy ghi ví dụ remote_share=0.2,0.3",
            "'x' is not NAME=v1,v2",
        ),
        (
            ["batch", "{toys}/base.yaml", "--out", "{out}", "--grid", "remote=0.1"],
            2,
            "1 lỗi trong base",
            "there is no rule 'remote'",
        ),
        (
            ["batch", "{toys}/data", "--out", "{out}"],
            2,
            "1 lỗi trong data:\n- thư mục không có tệp phương án (.yaml) nào; hãy nêu thư mục khác",
            "the folder holds no scenario file",
        ),
        (
            ["batch", "{toys}", "--out", "{out}", "--notebook", "nine.ipynb"],
            2,
            "không có sổ tay này",
            "there is no such notebook",
        ),
        (
            ["batch", "{toys}", "--out", "{out}", "--limit", "0"],
            2,
            "Invalid value for '--limit'",
            "Invalid value for '--limit'",
        ),
        (
            ["batch", "{toys}/base.yaml", "--out", "{out}", "--cluster", "tcp://127.0.0.1:1"],
            1,
            "không có cụm máy nào trả lời ở tcp://127.0.0.1:1",
            "no cluster answers at",
        ),
        (
            ["batch", "{toys}/base.yaml", "--out", "{toys}/base.yaml"],
            1,
            "không ghi được vào {toys}/base.yaml: đã có một tệp mang tên đó; hãy nêu một thư mục",
            "a file of that name is in the way",
        ),
        (
            ["runs", "{out}"],
            2,
            "không có thư mục {out}; hãy nêu thư mục mà `planning batch` đã ghi",
            "there is no folder",
        ),
        (
            ["runs", "{toys}", "mark", "base"],
            2,
            "hãy ghi: planning runs FOLDER mark RUN submitted, hoặc mark RUN approved, kèm --office và --reason",
            "write: planning runs FOLDER mark RUN submitted",
        ),
        (
            ["runs", "{toys}", "delete", "base"],
            2,
            "không có lần chạy 'base' trong {toys}; ở đó chưa có lần chạy nào",
            "there is no run 'base'",
        ),
        (
            ["runs", "{toys}", "list", "base"],
            2,
            "'base' đứng sau list; hãy dùng --scenario, --status hoặc --mark để chọn",
            "'base' follows list; use --scenario",
        ),
        (
            ["batch", "{toys}/nowhere", "--out", "{out}"],
            2,
            "1 lỗi trong {toys}/nowhere:\n- không có tệp hay thư mục này; hãy kiểm tra đường dẫn",
            "there is no such file or folder; check the path",
        ),
        (
            ["query", "SELECT 1", "--in", "{out}", "--out", "{out}.xlsx"],
            2,
            "1 lỗi trong {out}.xlsx:\n- câu trả lời được ghi thành tệp CSV; hãy nêu một tệp có đuôi .csv, ví dụ",
            "the answer is written as a CSV file; name a file that ends in .csv",
        ),
        (["query", "SELECT 1", "--in", "{out}"], 2, "không có thư mục {out}", "there is no folder"),
    ],
)
def test_what_is_refused(planning, toys, tmp_path, arguments, code, vi, en, monkeypatch):
    monkeypatch.setattr("planning.batch.cluster.WAIT", 0.5)
    out = tmp_path / "out"
    given = [argument.format(toys=toys, out=out) for argument in arguments]
    for language, words in (("vi", vi), ("en", en)):
        ended, _, said = planning(*given, "--lang", language)
        assert ended == code
        assert words.format(toys=toys, out=out) in said
    assert not list(out.glob("toy.*"))


def test_a_batch_without_plan_says_so_in_its_language(planning, toys, tmp_path):
    out = tmp_path / "out"
    code, _, said = planning("batch", toys / "impossible.yaml", "--out", out, "--lang", "vi")
    assert code == 3
    assert said == (
        "1 trong 1 phương án chưa lập được hoặc thiếu báo cáo: impossible.\n"
        f"Xin xem lý do trong refusal.txt ở thư mục của từng phương án đó trong {out}.\n"
    )
    (run,) = out.glob("toy.impossible.*")
    assert (run / "refusal.txt").read_text(encoding="utf-8").startswith("Không có phương án nào giữ được mọi quy định:")
