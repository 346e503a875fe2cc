"""A run tells the truth about how it ended, and leaves whole files or none."""

import errno
import json
import sys
import threading
from pathlib import Path

import pytest

from planning import disk
from planning.batch.notebooks import NotebookError, project_notebook, run_notebook
from planning.batch.refusals import refuse_in
from planning.disk import OutputError
from planning.errors import InputError, PlanningError
from tests.languages import vietnamese


def files(folder):
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_a_run_leaves_notebook_page_and_manifest(notebook, tmp_path):
    out = tmp_path / "Trẻ em {2027}"
    result = run_notebook(notebook("good", "print('chatter')", "6 * 7"), out, {"scenario": "Kế hoạch {x}.yaml"})
    assert files(out) == {"good.ipynb", "good.html", "manifest.json"}
    assert result.manifest["scenario"] == str(Path("Kế hoạch {x}.yaml").absolute())
    assert result.manifest["python"] == sys.executable
    assert result.manifest["folder"] == str(tmp_path)
    page = result.page.read_text(encoding="utf-8")
    assert '<html lang="vi">' in page
    assert "<title>Thử</title>" in page
    assert "42" in page
    assert "chatter" not in page
    assert "<script" not in page
    assert "scenario: str" not in page
    assert "chatter" in result.notebook.read_text(encoding="utf-8")


def test_a_notebook_does_not_run_into_input_tables(notebook, folder):
    before = {path.name: path.read_bytes() for path in (folder / "data").iterdir()}
    with pytest.raises(OutputError, match="chứa các bảng số liệu đầu vào") as error:
        run_notebook(notebook("good"), folder / "data", {"language": "vi"})
    assert "holds input tables (needs.csv)" in error.value.told("en")
    assert {path.name: path.read_bytes() for path in (folder / "data").iterdir()} == before


def test_the_page_is_in_the_language_of_the_run(notebook, tmp_path):
    result = run_notebook(notebook("good"), tmp_path / "out", {"language": "en"})
    page = result.page.read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "<title>A try</title>" in page
    assert "<h1>A try</h1>" in page
    assert "Thử" not in page


def test_text_in_no_two_languages_stays_whole(notebook, tmp_path):
    source = notebook("mixed")
    source.write_text(source.read_text(encoding="utf-8").replace("*A try*", "A *try*"), encoding="utf-8")
    page = run_notebook(source, tmp_path / "out", {"language": "en"}).page.read_text(encoding="utf-8")
    assert "<h1>Thử</h1>" in page
    assert "A <em>try</em>" in page


@pytest.mark.parametrize(
    ("cell", "sentence", "code"),
    [
        ("1 / 0", r"bad.ipynb failed in cell \[4\]: ZeroDivisionError: division by zero", 1),
        (
            "from planning.errors import *\nfrom planning.vocabulary import Text\n"
            "raise NoPlanError([Text('quá đắt', 'too dear')])",
            "no plan that keeps every rule:\n- too dear",
            3,
        ),
        (
            "from planning.errors import *\nfrom planning.vocabulary import Text\n"
            "raise InputError([Problem('data/needs.csv', Text('trống', 'is empty'))])",
            "1 problem in data/needs.csv:\n- is empty",
            2,
        ),
        ("import sys; sys.exit(0)", r"a cell ended the run \(exit\) before the last cell", 1),
        ("import sys; sys.exit(3)", r"failed in cell \[4\]: SystemExit: 3", 1),
    ],
    ids=["error", "no plan", "bad inputs", "exit 0", "exit 3"],
)
def test_a_cell_that_stops_the_run(notebook, tmp_path, cell, sentence, code):
    with pytest.raises(NotebookError, match=sentence) as error:
        run_notebook(notebook("bad", "1", cell), tmp_path / "out", {})
    assert error.value.exit_code == code
    assert str(tmp_path / "out" / "bad.failed.ipynb") in str(error.value)
    assert files(tmp_path / "out") == {"bad.failed.ipynb"}
    assert json.loads((tmp_path / "out" / "bad.failed.ipynb").read_text(encoding="utf-8"))["cells"]


REFUSES = """
from planning.batch.refusals import refuse_in
from planning.errors import InputError, Problem
from planning.vocabulary import Text

refuse_in(language)
raise InputError([Problem("data/needs.csv", Text("tệp trống", "the file is empty"))])
"""


@pytest.mark.parametrize(
    ("language", "begins", "kept"),
    [
        ("vi", "1 lỗi trong data/needs.csv:\n- tệp trống\n", "Sổ tay, đến chỗ đã chạy được: "),
        ("en", "1 problem in data/needs.csv:\n- the file is empty\n", "The notebook as far as it ran: "),
    ],
)
def test_a_refusal_is_told_in_the_language_of_the_notebook(notebook, tmp_path, language, begins, kept):
    with pytest.raises(NotebookError) as error:
        run_notebook(notebook("bad", REFUSES), tmp_path / "out", {"language": language})
    assert error.value.exit_code == 2
    assert str(error.value) == error.value.told(language)
    assert str(error.value) == f"{begins}{kept}{tmp_path / 'out' / 'bad.failed.ipynb'}"


def test_refusals_in_no_language_that_is_known():
    with pytest.raises(InputError, match="there is no language 'fr' here; write 'vi' or 'en'"):
        refuse_in("fr")
    assert PlanningError.language == "en"


def test_a_failed_cell_is_told_in_vietnamese(notebook, tmp_path):
    run_notebook(notebook("plan"), tmp_path / "out", {})
    with pytest.raises(NotebookError) as error:
        run_notebook(notebook("plan", "1 / 0"), tmp_path / "out", {"language": "vi"})
    assert str(error.value) == (
        "plan.ipynb gặp lỗi ở ô [3]: ZeroDivisionError: division by zero\n"
        f"Sổ tay, đến chỗ đã chạy được: {tmp_path / 'out' / 'plan.failed.ipynb'}\n"
        "Kết quả của lần chạy trước được giữ nguyên."
    )


def test_a_killed_kernel_is_no_success(notebook, tmp_path):
    with pytest.raises(NotebookError, match="its Python process ended without a word") as error:
        run_notebook(notebook("dead", "import os; os.kill(os.getpid(), 9)"), tmp_path / "out", {})
    assert files(tmp_path / "out") == set()
    assert vietnamese(error.value) == (
        "dead.ipynb: tiến trình Python của sổ tay tự kết thúc mà không báo gì, như khi hết bộ nhớ; hãy đóng các chương "
        "trình khác rồi chạy lại"
    )


def test_the_time_limit_is_for_the_whole_notebook(notebook, tmp_path):
    cells = ["import time; time.sleep(0.7)"] * 4
    with pytest.raises(NotebookError, match=r"was stopped after 1.5 seconds; allow more time") as error:
        run_notebook(notebook("slow", *cells), tmp_path / "out", {}, time_limit=1.5)
    assert files(tmp_path / "out") == set()
    assert vietnamese(error.value) == (
        "slow.ipynb bị dừng sau 1,5 giây; hãy cho thêm thời gian, hoặc thu nhỏ phương án"
    )


def test_a_kernel_that_does_not_start(notebook, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(NotebookError, match="no Python process for it started within 5 seconds") as error:
        run_notebook(notebook("good"), tmp_path / "out", {}, start_limit=5)
    assert error.value.told("vi").startswith("good.ipynb: không khởi động được tiến trình Python trong 5 giây (")


def test_a_run_without_manifest_does_not_count_even_over_an_old_one(notebook, tmp_path):
    run_notebook(notebook("good"), tmp_path / "out", {})
    with pytest.raises(NotebookError, match=r"wrote no manifest\.json; its last cell must write one") as error:
        run_notebook(notebook("silent", last="1"), tmp_path / "out", {})
    assert vietnamese(error.value).startswith(
        "silent.ipynb không ghi manifest.json; ô cuối phải ghi tệp này thì lần chạy mới được tính\n"
    )
    assert files(tmp_path / "out") == {"good.ipynb", "good.html", "manifest.json", "silent.failed.ipynb"}


def test_a_failed_run_leaves_the_results_of_the_one_before_whole(notebook, tmp_path):
    writes = "from pathlib import Path; _ = Path(out_dir, 'table.csv').write_text({!r})"
    run_notebook(notebook("plan", writes.format("old")), tmp_path / "out", {"scenario": "old.yaml"})
    before = {path: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    with pytest.raises(NotebookError, match="results of the run before this one were left as they are"):
        run_notebook(notebook("plan", writes.format("new"), "1 / 0"), tmp_path / "out", {"scenario": "new.yaml"})
    assert {path: path.read_bytes() for path in before} == before
    assert files(tmp_path / "out") - {path.name for path in before} == {"plan.failed.ipynb"}


def test_cells_write_into_folders_of_their_own_too(notebook, tmp_path):
    writes = (
        "from pathlib import Path; Path(out_dir, 'a').mkdir(); "
        "_ = Path(out_dir, 'a', 'b.csv').write_text(language); print(out_dir)"
    )
    for language in ("vi", "en"):
        result = run_notebook(notebook("deep", writes), tmp_path / "out", {"language": language})
        assert (tmp_path / "out" / "a" / "b.csv").read_text() == language
    assert files(tmp_path / "out") == {"deep.ipynb", "deep.html", "manifest.json", "a"}
    text = result.notebook.read_text(encoding="utf-8")
    assert f'out_dir = \\"{tmp_path / "out"}\\"' in text
    assert ".writing-" not in text


def test_a_full_disk_leaves_no_half_run(notebook, tmp_path, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)
    with pytest.raises(OutputError, match=r"cannot write .*good\.ipynb: the disk is full") as error:
        run_notebook(notebook("good"), tmp_path / "out", {})
    assert files(tmp_path / "out") == set()
    assert vietnamese(error.value) == (
        f"không ghi được {tmp_path / 'out' / 'good.ipynb'}: ổ đĩa đã đầy; hãy giải phóng chỗ trống hoặc chọn thư mục "
        "trên ổ đĩa khác, rồi chạy lại. Ở đó không có gì bị thay đổi."
    )


def test_a_good_run_takes_the_failed_one_away(notebook, tmp_path):
    with pytest.raises(NotebookError):
        run_notebook(notebook("again", "1 / 0"), tmp_path / "out", {})
    run_notebook(notebook("again"), tmp_path / "out", {})
    assert files(tmp_path / "out") == {"again.ipynb", "again.html", "manifest.json"}


def test_kernels_of_other_pythons_are_not_looked_at(notebook, tmp_path, monkeypatch):
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    false = {"argv": ["/bin/false", "{connection_file}"], "display_name": "other", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(false))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    assert run_notebook(notebook("good"), tmp_path / "out", {}).manifest["python"] == sys.executable


def test_two_runs_at_once_keep_apart(notebook, tmp_path):
    sources = {name: notebook(name, "import time; time.sleep(0.5)") for name in ("a", "b")}
    runs = [
        threading.Thread(target=run_notebook, args=(source, tmp_path / f"out-{name}", {"scenario": f"{name}.yaml"}))
        for name, source in sources.items()
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join(timeout=60)
    for name in sources:
        manifest = json.loads((tmp_path / f"out-{name}" / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["scenario"].endswith(f"{name}.yaml")


def test_a_file_in_place_of_the_folder(notebook, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="a file of that name is in the way"):
        run_notebook(notebook("good"), tmp_path / "out", {})


def test_the_projects_notebooks_are_found():
    assert project_notebook("02_plan.ipynb").is_file()
    with pytest.raises(NotebookError, match=r"there is no notebook nine\.ipynb") as error:
        project_notebook("nine.ipynb")
    assert vietnamese(error.value)


def test_what_the_notebook_does_not_declare_is_refused(notebook, tmp_path):
    with pytest.raises(InputError, match="no parameter is named 'scenaro'; did you mean 'scenario'"):
        run_notebook(notebook("good"), tmp_path / "out", {"scenaro": "a.yaml"})
    assert not (tmp_path / "out").exists()


def test_the_page_shows_tables_as_they_are(notebook, tmp_path):
    table = "<table class=sheet><tr><td>1 & 2<td>Trẻ em</table>"
    shows = f"from IPython.display import HTML\nHTML({table!r})"
    result = run_notebook(notebook("good", shows, shows), tmp_path / "out", {})
    assert result.page.read_text(encoding="utf-8").count(table) == 2
