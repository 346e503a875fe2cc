"""Every command: what it prints, what it leaves on the disk, what it ends with."""

import errno
import gc
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from planning import disk
from planning.__main__ import INTERRUPTED
from planning.vocabulary import TABLES
from tests.edits import cell, child, text

TABLES_OUT = ("allocations", "coverage", "funds", "projects", "rules", "targets")
FILES = {f"{name}.{kind}" for name in TABLES_OUT for kind in ("csv", "parquet")} | {"certificate.json"}
COMMANDS = ("check", "explain", "show", "solve", "run", "new", "templates")


@pytest.fixture(autouse=True)
def narrow_screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ---- help, and what is wrong with the command itself ----------------------------------------------------------------
def test_help_names_every_command(planning):
    code, out, _ = planning("--help")
    assert code == 0
    assert all(f"│ {command}" in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_fits_the_screen(planning, command):
    code, out, _ = planning(command, "--help")
    assert code == 0
    assert f"Usage: planning {command}" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_language_can_be_set_for_all_commands(planning, tmp_path, monkeypatch):
    wrong = tmp_path / "bse.yaml"
    monkeypatch.setenv("PLANNING_LANG", "vi")
    assert planning("show", wrong)[2] == "1 lỗi trong bse.yaml:\n- không có tệp này\n"
    assert planning("show", wrong, "--lang", "en")[2] == "1 problem in bse.yaml:\n- there is no such file\n"
    monkeypatch.delenv("PLANNING_LANG")
    assert planning("show", wrong)[2].startswith("1 problem")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["solv", "a.yaml"], "No such command 'solv'"),
        (["solve", "a.yaml"], "Missing option '--out'"),
        (["solve", "a.yaml", "--out", "x", "--modle"], "No such option: --modle"),
        (["check", "a.yaml", "--lang", "fr"], "Invalid value for '--lang'"),
        (["check"], "Missing argument"),
        (["new", "x"], "Missing option '--from'"),
    ],
)
def test_a_command_that_is_not_one(planning, arguments, words):
    code, out, err = planning(*arguments)
    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.parametrize("program", ["import planning", "from planning.__main__ import main; main()"])
def test_help_and_import_load_nothing_heavy(program):
    heavy = "{'pandas', 'numpy', 'matplotlib', 'papermill', 'pulp', 'highspy', 'pydantic'}"
    wrapped = f"import sys\ntry:\n    {program}\nexcept SystemExit: pass\nprint(sorted({heavy} & sys.modules.keys()))"
    command = [sys.executable, "-c", wrapped, "--help"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.splitlines()[-1] == "[]"


def test_solving_loads_only_what_a_plan_needs(toy_folder, tmp_path):
    unused = "{'cpsat_logutils', 'cylp.cy.CyClpSimplex', 'duckdb', 'matplotlib', 'papermill', 'scipy', 'openpyxl'}"
    program = (
        f"import sys; from planning.__main__ import app; app(standalone_mode=False); print({unused} & {{*sys.modules}})"
    )
    command = [sys.executable, "-c", program, "solve", str(toy_folder / "base.yaml"), "--out", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert result.stdout.splitlines()[-1] == "set()"


def test_objects_are_searched_again_after_a_plan(planning, toy_folder, tmp_path):
    planning("solve", toy_folder / "base.yaml", "--out", tmp_path)
    assert gc.isenabled()


# ---- what every command does with a scenario that cannot be read ----------------------------------------------------
NOT_THERE = {
    "": "1 problem in toy:\n- this is a folder; give the scenario's .yaml file, for instance base.yaml",
    "bsae.yaml": "1 problem in bsae.yaml:\n- there is no such file; the folder holds base.yaml",
    "nowhere/base.yaml": "1 problem in base.yaml:\n- there is no such file",
    "data/needs.csv": "1 problem in needs.csv:\n- this is a .csv file; give the scenario's .yaml file",
}


@pytest.mark.parametrize("command", ["check", "show", "solve"])
@pytest.mark.parametrize("name", NOT_THERE)
def test_a_scenario_that_is_not_there(planning, folder, tmp_path, command, name):
    options = ["--out", tmp_path / "out"] if command == "solve" else []
    code, out, err = planning(command, folder / name, *options)
    assert (code, out) == (2, "")
    assert err.startswith(NOT_THERE[name])
    assert not (tmp_path / "out").exists()


def test_a_run_of_a_scenario_that_is_not_there(planning, folder, tmp_path):
    failed = tmp_path / "out" / "02_plan.failed.ipynb"
    code, out, err = planning("run", folder, "--out", tmp_path / "out", "--lang", "en")
    assert (code, out) == (2, "")
    assert err.startswith(NOT_THERE[""])
    assert list((tmp_path / "out").iterdir()) == [failed]
    code, out, err = planning("run", folder, "--out", tmp_path / "out", "--lang", "vi")
    assert (code, out) == (2, "")
    assert err.startswith("1 lỗi trong toy:\n- đây là một thư mục")
    assert err.endswith(f"\nSổ tay, đến chỗ đã chạy được: {failed}\n")


# ---- check and show -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Dữ liệu đầy đủ và khớp nhau."), ("en", "The inputs are complete and agree with each other.")],
)
def test_check_of_good_inputs(planning, toy_folder, language, words):
    code, out, err = planning("check", toy_folder / "base.yaml", "--lang", language)
    assert (code, err) == (0, "")
    assert words in out


def test_check_of_bad_inputs_names_all_of_them(planning, folder):
    cell("targets", 2, "coverage", 98)(folder)
    cell("needs", 3, "area", "hil")(folder)
    code, out, err = planning("check", folder / "base.yaml")
    assert (code, out) == (2, "")
    assert "- row 2: coverage 98 looks like a percentage; write it as a share between 0 and 1: 0.98" in err
    assert "- row 3: unknown area 'hil'; did you mean 'hill'?" in err


def test_check_says_what_addition_shows(planning, folder):
    child("rules: {per_child_floor: {amount: 9}}")(folder)
    code, out, err = planning("check", folder / "child.yaml")
    assert code == 3
    assert "The inputs" in out
    assert err.startswith("There is no plan that keeps every rule:\n- the floors of the areas in 2026 add up to")
    code, _, err = planning("check", folder / "child.yaml", "--lang", "vi")
    assert code == 3
    assert err.startswith("Không có phương án nào giữ được mọi quy định:\n- ")
    assert "add up to" not in err


def test_show_keeps_every_path_whole(planning, folder):
    child("rules: {remote_share: {share: 0.25}}")(folder)
    text("base.yaml", "note: ", "note: Quite a long sentence of many words that say why; ")(folder)
    code, out, err = planning("show", folder / "child.yaml")
    assert (code, err) == (0, "")
    assert re.search(r"│ rules\.remote_share\.share +│ 0\.25 +│ child\.yaml +│ 4 ", out)
    assert "│ objective.shortfall_weight  │" in out
    assert max(map(len, out.splitlines())) <= 80


# ---- solve ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "words"), [("vi", "1.100,0 triệu đồng"), ("en", "1,100.0 million VND")])
def test_solve_writes_tables_and_says_the_headline(planning, toy_folder, tmp_path, language, words):
    out_dir = tmp_path / "Kết quả năm 2027 {a}"
    code, out, err = planning("solve", toy_folder / "base.yaml", "--out", out_dir, "--lang", language)
    assert (code, err) == (0, "")
    assert words in out
    assert contents(out_dir).keys() == FILES
    lines = pd.read_csv(out_dir / "allocations.csv")
    assert list(lines.columns) == ["scenario", "area", "programme", "fund", "year", "amount_million_vnd"]


def test_solving_twice_gives_the_same_bytes(planning, toy_folder, tmp_path):
    for name in ("first", "second"):
        assert planning("solve", toy_folder / "base.yaml", "--out", tmp_path / name)[0] == 0
    first, second = contents(tmp_path / "first"), contents(tmp_path / "second")
    differing = {name for name in FILES if first[name] != second[name]}
    assert differing <= {"certificate.json"}, "only seconds may differ"


def test_the_model_is_written_as_solvers_read_it(planning, toy_folder, tmp_path):
    """Read back by HiGHS, the file has the plan's optimum."""
    import highspy

    from planning.inputs import load_case
    from planning.solver.plan import solve

    assert planning("solve", toy_folder / "base.yaml", "--out", tmp_path, "--model")[0] == 0
    assert contents(tmp_path).keys() == FILES | {"model.lp"}
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    assert highs.readModel(str(tmp_path / "model.lp")) == highspy.HighsStatus.kOk
    highs.run()
    reach = solve(load_case(toy_folder / "base.yaml")).certificate["reach_checked"]
    assert highs.getInfo().objective_function_value == pytest.approx(reach, abs=1e-7)


def test_no_plan_says_why_and_writes_nothing(planning, folder, tmp_path):
    child("rules: {targets: {strength: hard}, stability: {decrease: 1, increase: 0.1}}")(folder)
    code, out, err = planning("solve", folder / "child.yaml", "--out", tmp_path / "out")
    assert (code, out) == (3, "")
    assert err.startswith(
        "There is no plan that keeps every rule:\n- Sample plan: Swimming lessons, Remote, 2027: 80.0%, 49.5% is needed"
    )
    assert not (tmp_path / "out").exists()


def test_a_refused_scenario_leaves_the_results_before_it(planning, folder, tmp_path):
    planning("solve", folder / "base.yaml", "--out", tmp_path / "out")
    before = contents(tmp_path / "out")
    text("base.yaml", "years:", "yaers:")(folder)
    code, _, err = planning("solve", folder / "base.yaml", "--out", tmp_path / "out")
    assert code == 2
    assert "unknown key 'yaers'; did you mean 'years'?" in err
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("command", ["solve", "run"])
def test_a_file_where_the_folder_should_be(planning, toy_folder, tmp_path, command):
    (tmp_path / "out").write_text("mine")
    code, out, err = planning(command, toy_folder / "base.yaml", "--out", tmp_path / "out", "--lang", "en")
    assert (code, out) == (1, "")
    assert err == f"cannot write into {tmp_path / 'out'}: a file of that name is in the way; name a folder instead\n"
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("command", ["solve", "run", "explain", "prices", "compare", "pack", "batch"])
def test_results_do_not_go_among_input_tables(planning, folder, command):
    before = contents(folder / "data")
    for language, words in (
        ("vi", "chứa các bảng số liệu đầu vào (needs.csv)"),
        ("en", "holds input tables (needs.csv)"),
    ):
        code, out, err = planning(command, "nowhere.yaml", "--out", folder / "data", "--lang", language)
        assert (code, out) == (1, "")
        assert err.startswith(f"{folder / 'data'} {words}"), "before the scenario is even looked for"
    assert contents(folder / "data") == before


def test_schema_leaves_a_folder_of_its_name_alone(planning, folder):
    before = sorted(folder.rglob("*"))
    code, _, err = planning("schema", "--out", folder, "--lang", "en")
    assert code == 1
    assert "a folder of that name is in the way" in err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "command",
    [
        lambda toy, place: ["solve", toy / "base.yaml", "--out", place / "out"],
        lambda toy, place: ["run", toy / "base.yaml", "--out", place / "out"],
        lambda toy, place: ["templates", place / "out"],
        lambda toy, place: ["new", "child", "--from", toy / "base.yaml", "--note", "why"],
    ],
    ids=["solve", "run", "templates", "new"],
)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "not permitted, or open in another program; close it there or choose another folder. Nothing there was"),
        (
            "vi",
            "không được phép ghi, hoặc tệp đang mở trong chương trình khác; hãy đóng tệp ở đó hoặc chọn thư mục khác. "
            "Ở đó không có gì bị thay đổi.\n",
        ),
    ],
)
def test_a_folder_that_may_not_be_written_to(planning, folder, tmp_path, monkeypatch, command, language, words):
    def refused(**_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(disk.tempfile, "TemporaryDirectory", refused)
    before = contents_below(tmp_path)
    code, out, err = planning(*command(folder, tmp_path), "--lang", language)
    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1
    assert contents_below(tmp_path) == before


def contents_below(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


# ---- a stop with Ctrl-C ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "Đã dừng trước khi xong; không để lại kết quả dở dang.\n"),
        ("en", "Stopped before the end; no half-made result was left.\n"),
    ],
)
def test_a_stop_while_solving(planning, toy_folder, tmp_path, monkeypatch, language, words):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("planning.solver.plan.build", stopped)
    code, out, err = planning("solve", toy_folder / "base.yaml", "--out", tmp_path / "out", "--lang", language)
    assert (code, out, err) == (INTERRUPTED, "", words)
    assert not (tmp_path / "out").exists()


def test_a_stop_while_files_are_moved_in_puts_the_old_ones_back(planning, toy_folder, tmp_path, monkeypatch):
    out_dir = tmp_path / "out"
    planning("solve", toy_folder / "base.yaml", "--out", out_dir)
    (out_dir / "rules.csv").write_text("old")
    before, move, moved = contents(out_dir), Path.replace, []

    def stopped(*arguments):
        moved.append(arguments)
        if len(moved) == 14:
            raise KeyboardInterrupt
        return move(*arguments)

    monkeypatch.setattr(Path, "replace", stopped)
    assert planning("solve", toy_folder / "base.yaml", "--out", out_dir)[0] == INTERRUPTED
    assert contents(out_dir) == before


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_a_stop_in_the_middle_of_a_run(toy_folder, tmp_path):
    command = [sys.executable, "-m", "planning", "run", str(toy_folder / "base.yaml"), "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        end = time.monotonic() + 60
        while not list(tmp_path.glob("out/.writing-*/allocations.csv")) and run.poll() is None:
            assert time.monotonic() < end, "the run never came to its results"
            time.sleep(0.001)
        os.killpg(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out, err) == (INTERRUPTED, "", "Đã dừng trước khi xong; không để lại kết quả dở dang.\n")
    assert not (tmp_path / "out").exists()


# ---- run, new, templates --------------------------------------------------------------------------------------------
def test_run_leaves_a_page_in_the_language(planning, toy_folder, tmp_path):
    code, out, err = planning("run", toy_folder / "base.yaml", "--out", tmp_path, "--lang", "en")
    assert (code, err) == (0, "")
    assert out.split("\n")[:2] == [str(tmp_path / "02_plan.ipynb"), str(tmp_path / "02_plan.html")]
    assert '<html lang="en">' in (tmp_path / "02_plan.html").read_text(encoding="utf-8")
    assert contents(tmp_path).keys() >= FILES | {"manifest.json"}


def test_run_of_a_notebook_that_is_not_there(planning, toy_folder, tmp_path):
    given = ("--out", tmp_path / "out", "--notebook", "no.ipynb", "--lang", "en")
    code, _, err = planning("run", toy_folder / "base.yaml", *given)
    assert code == 2
    assert "there is no such notebook" in err
    assert not (tmp_path / "out").exists()


def test_run_tells_a_notebook_its_parameters(planning, toy_folder, tmp_path):
    source = tmp_path / "told.ipynb"
    cells = (
        ("scenario = ''\nout_dir = ''\nlanguage = ''\namount: float = 1.0", ["parameters"]),
        ("import json, pathlib\n_ = pathlib.Path(out_dir, 'manifest.json').write_text(json.dumps(amount))", []),
    )
    source.write_text(json.dumps({
        "cells": [
            {"cell_type": "code", "execution_count": None, "id": f"cell-{at}", "metadata": {"tags": tags},
             "outputs": [], "source": text}
            for at, (text, tags) in enumerate(cells)
        ],
        "metadata": {}, "nbformat": 4, "nbformat_minor": 5,
    }))  # fmt: skip
    out = tmp_path / "out"
    told = ("run", toy_folder / "base.yaml", "--out", out, "--notebook", source)
    code, _, err = planning(*told, "-p", "amount=2.5")
    assert (code, err) == (0, "")
    assert json.loads((out / "manifest.json").read_text()) == 2.5
    code, _, err = planning(*told, "-p", "amuont=3")
    assert code == 2
    assert err == "1 lỗi trong told.ipynb:\n- không có tham số nào tên là 'amuont'; có phải ý là 'amount'?\n"
    code, _, err = planning(*told, "-p", "amuont=3", "--lang", "en")
    assert code == 2
    assert "no parameter is named 'amuont'; did you mean 'amount'?" in err


def test_new_writes_a_child_that_check_accepts(planning, folder):
    code, out, err = planning("new", "far-first", "--from", folder / "base.yaml", "--note", "Vì sao: 'thử'")
    assert (code, err) == (0, "")
    assert out == f"{folder / 'far-first.yaml'}\n"
    assert planning("check", folder / "far-first.yaml")[0] == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [("base", "the file exists already and is left as it is"), ("Far First", "'Far First' cannot name a scenario")],
)
def test_new_refuses(planning, folder, name, words):
    before = contents_below(folder)
    code, out, err = planning("new", name, "--from", folder / "base.yaml", "--note", "n")
    assert (code, out) == (2, "")
    assert words in err
    assert contents_below(folder) == before


def test_templates_are_written_once(planning, tmp_path):
    code, _, err = planning("templates", tmp_path / "data")
    assert (code, err) == (0, "")
    assert contents(tmp_path / "data").keys() == {*(table.file for table in TABLES.values()), "columns.md"}
    code, _, err = planning("templates", tmp_path / "data")
    assert code == 2
    assert "choose an empty folder" in err


# ---- the language of refusals ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "{toy}"), "1 lỗi trong toy:\n- "),
        (("new", "Far First", "--from", "{toy}/base.yaml", "--note", "n"), "1 lỗi trong Far First.yaml:\n- "),
        (("crosswalk", "{toy}", "--table", "x.csv", "--to", "communes", "--out", "{toy}"),
         "1 lỗi trong {toy}/allocations.csv:\n- không có tệp này; hãy kiểm tra đường dẫn\n"),
        (("templates", "{toy}/data"), "1 lỗi trong {toy}/data:\n- "),
        (("schema", "--out", "{toy}/base.yaml/x.json"),
         "không ghi được vào {toy}/base.yaml: đã có một tệp mang tên đó; hãy nêu một thư mục\n"),
        (("export", "{toy}/data", "{toy}/base.yaml/x.xlsx"), "không ghi được vào {toy}/base.yaml: "),
    ],
)  # fmt: skip
def test_every_command_refuses_in_the_language_that_is_asked_for(planning, folder, arguments, words):
    given = [part.format(toy=folder) for part in arguments]
    code, out, err = planning(*given, "--lang", "vi")
    assert code != 0
    assert out == ""
    assert err.startswith(words.format(toy=folder))
    assert planning(*given, "--lang", "en")[2] != err
