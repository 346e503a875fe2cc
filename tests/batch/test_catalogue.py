"""The catalogue says what the run folders say; marks stay with the run; questions in SQL change nothing."""

import json
import shutil

import pytest

import planning
from planning.batch.catalogue import CATALOGUE, CatalogueError, find_run, runs_of
from planning.batch.marks import delete_run, mark_run
from planning.batch.query import QueryError, query
from planning.batch.run import run_batch
from planning.batch.solving import Order, carry_out
from planning.batch.summary import compared, listing
from planning.batch.tasks import tasks_of
from planning.errors import InputError
from planning.reports.run_folder import RunError, mark_of
from tests.languages import vietnamese

CHILD = "title: {vi: Con, en: Child}\nnote: A test.\nextends: base.yaml\n"


@pytest.fixture(scope="module")
def kept(tmp_path_factory, toy_folder, toy_projects_folder):
    """Three scenarios of two data sets, solved: base, impossible and one with projects."""
    home = tmp_path_factory.mktemp("home")
    toy = shutil.copytree(toy_folder, home / "toy")
    (toy / "impossible.yaml").write_text(CHILD + "rules: {per_child_floor: {amount: 9}}\n")
    out = home / "out"
    out.mkdir()
    for task in tasks_of([toy, toy_projects_folder]):
        carry_out(Order(task, out / task.folder, out / f"{task.id}.watch", 60, "en"))
    return home


@pytest.fixture
def out(kept, tmp_path):
    """A copy of the runs whose scenarios lie where a test may edit them."""
    shutil.copytree(kept, tmp_path / "home")
    for path in (tmp_path / "home" / "out").glob("*/run.json"):
        path.write_text(path.read_text().replace(str(kept), str(tmp_path / "home")))
    return tmp_path / "home" / "out"


def names(frame):
    return sorted(zip(frame["dataset"], frame["scenario"], frame["status"], strict=True))


EVERY = [("toy", "base", "optimal"), ("toy", "impossible", "no plan"), ("toy_projects", "base", "optimal")]


def test_the_catalogue_is_made_from_the_folders_whenever_they_change(out):
    assert names(runs_of(out)) == EVERY
    for file in out.glob(f"{CATALOGUE}*"):
        file.unlink()
    assert names(runs_of(out)) == EVERY
    shutil.rmtree(find_run(out, "impossible"))
    assert names(runs_of(out)) == [EVERY[0], EVERY[2]]
    (next(out.glob("toy.base.*")) / "run.json").write_text("{")
    assert runs_of(out)["status"].tolist() == ["damaged", "optimal"]


def test_a_damaged_index_is_refused_with_what_to_do(out):
    (out / CATALOGUE).write_bytes(b"no database, only text" * 100)
    with pytest.raises(CatalogueError, match=r"catalogue.sqlite cannot be used .*; delete it: it is made") as error:
        runs_of(out)
    assert error.value.exit_code == 1
    assert error.value.told("vi") == (
        f"không dùng được {out / CATALOGUE} (file is not a database); hãy xóa tệp này: nó được lập lại từ các thư mục "
        "lần chạy"
    )


def test_a_folder_without_runs_is_left_as_it_is(tmp_path):
    assert runs_of(tmp_path).empty
    assert listing(tmp_path, "en").empty
    with pytest.raises(QueryError, match="holds no run with a plan yet"):
        query(tmp_path, "SELECT 1")
    with pytest.raises(CatalogueError, match="there is none at all") as none:
        find_run(tmp_path, "base")
    assert vietnamese(none.value) == f"không có lần chạy 'base' trong {tmp_path}; ở đó chưa có lần chạy nào"
    assert not list(tmp_path.iterdir())


def test_runs_are_found_by_what_tells_them_apart(out, tmp_path):
    run = find_run(out, "impossible")
    assert find_run(out, run.name) == find_run(out, run.name.rsplit(".", 1)[1]) == run
    with pytest.raises(CatalogueError, match=r"'base' is the name of 2 runs; say which: toy.base") as several:
        find_run(out, "base")
    assert vietnamese(several.value).startswith("có 2 lần chạy mang tên 'base'; hãy nói rõ lần nào: toy.base.")
    with pytest.raises(CatalogueError, match=r"there is no run 'basis' in .*; there are: toy.base") as unknown:
        find_run(out, "basis")
    assert vietnamese(unknown.value).startswith(f"không có lần chạy 'basis' trong {out}; ở đó có: toy.base.")
    with pytest.raises(CatalogueError, match="there is no folder") as nowhere:
        runs_of(tmp_path / "nowhere")
    assert vietnamese(nowhere.value)


def approved(out):
    run = next(out.glob("toy.base.*"))
    mark_run(run, "submitted", "Sở Tài chính", "ready")
    mark_run(run, "approved", "UBND", "meeting of 3 March")
    return run


def test_a_mark_says_who_and_why_and_keeps_what_was_said_before(out):
    run = approved(out)
    mark = mark_of(run)
    assert (mark["mark"], mark["office"], mark["before"]["office"]) == ("approved", "UBND", "Sở Tài chính")
    table = listing(out, "en", scenario="base", mark="approved")
    assert table[["Mark", "Changed since"]].to_numpy().tolist() == [["approved: UBND", ""]]
    assert len(listing(out, "vi", status="no plan")) == 1


def test_runs_are_chosen_by_the_words_that_are_shown(out):
    approved(out)
    for said in ("optimal", "có phương án", "Plan"):
        assert len(listing(out, "en", status=said)) == 2
    for said in ("approved", "đã duyệt"):
        assert len(listing(out, "en", mark=said)) == 1
    assert len(listing(out, "en", mark="")) == 2
    with pytest.raises(
        InputError, match="--status:\n- there is no 'good'; write one of: plan, no plan, bad inputs"
    ) as error:
        listing(out, "en", status="good")
    assert vietnamese(error.value).startswith(
        "1 lỗi trong --status:\n- không có giá trị 'good'; hãy ghi một trong các giá trị: có phương án, không lập được"
    )
    with pytest.raises(InputError, match=r"--mark:\n- there is no 'plan'; write one of: submitted, approved$"):
        listing(out, "en", mark="plan")


def test_an_empty_listing_says_so(planning, out, tmp_path):
    run = find_run(out, "impossible")
    said = {
        (tmp_path,): f"{tmp_path} holds no run yet; name the folder that `planning batch` wrote to.\n",
        (run,): f"{run} is one run and holds no others; name the folder that it is in: {out}\n",
        (out, "--scenario", "basis"): f"{out} holds no run with --scenario 'basis'; leave that out to see every run.\n",
    }
    for arguments, sentence in said.items():
        assert planning("runs", *arguments, "--lang", "en") == (0, sentence, "")
    assert planning("runs", tmp_path, "--lang", "vi")[1] == (
        f"Trong {tmp_path} chưa có lần chạy nào; hãy nêu thư mục mà `planning batch` đã ghi.\n"
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_figures_and_dates_stay_whole_on_a_narrow_screen(planning, out, monkeypatch, language):
    monkeypatch.setenv("COLUMNS", "80")
    run = next(out.glob("toy.base.*"))
    facts = json.loads((run / "run.json").read_text(encoding="utf-8"))
    facts["figures"]["services"] = 44_872_241
    (run / "run.json").write_text(json.dumps(facts | {"scenario": "a-scenario-with-a-long-name-for-remote-communes"}))
    mark_run(run, "submitted", "Sở Tài chính thành phố Hà Nội", "ready")
    printed = planning("runs", out, "--lang", language)[1]
    assert {"vi": "44.872.241", "en": "44,872,241"}[language] in printed
    assert facts["time"][:10] in printed
    assert max(map(len, printed.splitlines())) <= 80


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda out, run: (run / "allocations.csv").write_text("x"), "files of the run have changed"),
        (lambda out, run: (run / "more.txt").touch(), "files of the run have changed"),
        (lambda out, run: (out.parent / "toy" / "base.yaml").unlink(), "the scenario file is gone"),
        (lambda out, run: (out.parent / "toy/data/needs.csv").write_text("x"), "inputs of the scenario have changed"),
        (lambda out, run: (out.parent / "toy" / "base.yaml").write_text("a: ["), "inputs of the scenario have changed"),
    ],
)  # fmt: skip
def test_the_listing_shows_what_changed_after_approval(out, change, words):
    run = approved(out)
    change(out, run)
    assert listing(out, "en", mark="approved")["Changed since"].tolist() == [words]


def test_an_approved_run_is_never_changed_or_deleted(out):
    run = approved(out)
    for change in (lambda: mark_run(run, "submitted", "a", "b"), lambda: delete_run(run)):
        with pytest.raises(
            RunError, match=r"was approved by UBND on .* and stays so|is an approved run, which"
        ) as told:
            change()
        assert vietnamese(told.value)
    assert run.is_dir()


def test_an_approval_is_told_with_its_day(out):
    run = approved(out)
    mark = run / "mark.json"
    mark.write_text(json.dumps(mark_of(run) | {"time": "2026-03-05T09:00:00+00:00"}))
    with pytest.raises(
        RunError, match="was approved by UBND on 2026-03-05 and stays so; plan under changed"
    ) as refusal:
        mark_run(run, "approved", "a", "b")
    assert vietnamese(refusal.value) == (
        f"{run.name} đã được UBND duyệt ngày 05/03/2026 và giữ nguyên như vậy; muốn duyệt điều khác, hãy lập phương án "
        "với số liệu đã sửa"
    )


def test_a_batch_leaves_an_approved_run_as_it_is(job):
    (done,) = run_batch(job("base"))
    mark_run(done.folder, "approved", "UBND", "meeting")
    (done.folder / "report-en" / "small.html").unlink()
    before = sorted(path.stat().st_mtime_ns for path in done.folder.rglob("*"))
    (again,) = run_batch(job("base", afresh=True))
    assert again.kept
    assert sorted(path.stat().st_mtime_ns for path in done.folder.rglob("*")) == before


def test_what_cannot_be_marked(out):
    run = next(out.glob("toy.base.*"))
    with pytest.raises(InputError, match="--reason:\n- say it in a few words") as unsaid:
        mark_run(run, "approved", "UBND", " ")
    assert vietnamese(unsaid.value) == ("1 lỗi trong --reason:\n- hãy ghi vài chữ; đánh dấu được lưu cùng lần chạy")
    impossible = find_run(out, "impossible")
    with pytest.raises(RunError, match=r"holds no plan \(no plan\); only a plan can be approved") as no_plan:
        mark_run(impossible, "approved", "UBND", "meeting")
    assert vietnamese(no_plan.value) == (
        f"{impossible.name} không có phương án (không lập được); chỉ lần chạy có phương án mới đánh dấu “đã duyệt” được"
    )
    (run / "funds.csv").write_text("x")
    with pytest.raises(RunError, match=r"was changed after it was saved \(funds.csv is not as it was\)") as damage:
        mark_run(run, "approved", "UBND", "meeting")
    assert vietnamese(damage.value) == (
        f"{run.name} đã bị thay đổi sau khi lưu (funds.csv không còn như cũ); hãy xóa đi rồi chạy lại phương án"
    )


def test_a_run_is_deleted(out):
    delete_run(find_run(out, "impossible"))
    assert names(runs_of(out)) == [EVERY[0], EVERY[2]]
    assert not list(out.glob(".writing-*"))


def test_runs_side_by_side(out):
    runs = [next(out.glob("toy.base.*")), next(out.glob("toy_projects.*"))]
    sheet = compared(runs, "en")
    assert list(sheet.frame) == ["Figure", "Toy", "Toy with projects"]
    assert sheet.frame.loc[sheet.frame["Figure"] == "Targets met", "Toy"].tolist() == ["1/1"]
    with pytest.raises(RunError, match="holds no plan") as refusal:
        compared([find_run(out, "impossible")], "en")
    assert vietnamese(refusal.value).endswith(" không có phương án (không lập được); hãy bỏ nó ra")


def test_questions_over_all_runs(out):
    spent = query(out, "SELECT dataset, round(sum(amount_million_vnd), 3) money FROM allocations GROUP BY 1 ORDER BY 1")
    stated = query(out, "SELECT dataset, round(money, 3) AS money FROM runs WHERE status = 'optimal' ORDER BY 1")
    assert spent.equals(stated)
    assert planning.query(out, "SELECT count(*) AS n FROM runs")["n"].tolist() == [3]
    for view in ("coverage", "targets", "rules", "funds", "projects"):
        assert {"run", "dataset", "scenario"} <= set(query(out, f"SELECT * FROM {view}"))
    assert len(query(out, "SELECT * FROM projects")) == 4


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        (
            "SELECT x FROM allocations",
            r"column \"x\" not found.* There are: allocations \(run, dataset, scenario",
        ),
        ("SELECT * FROM plans", "Table with name plans does not exist"),
        ("SELEC 1", "syntax error"),
        ("", "write one question that begins with SELECT"),
        ("SELECT 1; SELECT 2", "write one question that begins with SELECT"),
        ("DROP VIEW funds", "write one question that begins with SELECT"),
        ("COPY runs TO 'x.csv'", "write one question that begins with SELECT"),
        ("SELECT * FROM read_csv('/etc/passwd')", "(?i)cannot be answered.*passwd"),
        ("SELECT * FROM '/etc/passwd'", "(?i)cannot be answered"),
    ],
)
def test_what_is_no_question(out, sql, sentence):
    with pytest.raises(QueryError, match=sentence) as error:
        query(out, sql)
    assert "\n" not in str(error.value)
    assert "There are: allocations (run" in str(error.value)
    said = error.value.told("vi")
    assert said.startswith(
        ("Không trả lời được câu hỏi: ", "hãy viết một câu hỏi bắt đầu bằng SELECT; ở đây không sửa")
    )
    assert ". Có: allocations (run, dataset, scenario" in said


def test_a_folder_without_plans(tmp_path):
    with pytest.raises(QueryError, match="holds no run with a plan yet; make some with `planning batch`") as refusal:
        query(tmp_path, "SELECT 1")
    assert vietnamese(refusal.value) == f"{tmp_path} chưa có lần chạy nào có phương án; hãy chạy `planning batch` trước"


def test_the_figures_of_the_catalogue_are_those_of_the_plan(out):
    row = runs_of(out).set_index("dataset").loc["toy_projects"]
    money = query(out, "SELECT sum(spent) AS s FROM funds WHERE dataset = 'toy_projects'")["s"].iloc[0]
    assert json.loads(row["figures"])["money"] == pytest.approx(money, abs=1e-3)
