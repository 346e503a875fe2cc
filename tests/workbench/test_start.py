"""The start page without a browser: what it lists, what each step does, and work in the background."""

import asyncio
import shutil
import time
from types import SimpleNamespace

import ipywidgets as widgets
import pytest

from planning.errors import InputError
from planning.workbench.jobs import BusyError, Job, start
from planning.workbench.links import link
from planning.workbench.shelf import results_of, scenarios_of, standing
from planning.workbench.start import StartPage


@pytest.fixture
def project(toy_folder, tmp_path):
    """A project whose scenarios are the toy, one that is wrong and one that cannot be."""
    toy = tmp_path / "scenarios" / "toy"
    shutil.copytree(toy_folder, toy)
    head = "title: {vi: a, en: a}\nnote: a\nextends: base.yaml\n"
    (toy / "wrong.yaml").write_text(head + "rules:\n  remote_share: {share: 35}\n", encoding="utf-8")
    (toy / "never.yaml").write_text(head + "rules:\n  per_child_floor: {amount: 1000}\n", encoding="utf-8")
    return tmp_path


def with_page(project, do, language="en"):
    """The page after `do` has been done on it, its checks at their end."""

    async def session():
        page = StartPage(project, language)
        await page._checking
        await do(page)
        page.close()
        return page

    return asyncio.run(session())


async def nothing(page):
    pass


def test_it_lists_every_scenario_with_its_state(project):
    page = with_page(project, nothing)
    assert [path.stem for path in page._rows] == ["base", "never", "wrong"]
    states = {path.stem: (inputs.value, results.value) for path, (inputs, results) in page._rows.items()}
    assert states["base"] == ("✓ agree", "not run yet")
    assert states["never"] == ("✗ no plan is possible", "not run yet")
    assert states["wrong"] == ("✗ 1 wrong", "not run yet")


def test_a_page_that_shows_late_is_sent_every_row_again(project, monkeypatch):
    sent = []

    async def show_late(page):
        monkeypatch.setattr(widgets.Widget, "send_state", lambda widget, *_: sent.append(widget))
        page._shown._handle_custom_msg({}, [])

    page = with_page(project, show_late)
    assert {widget for row in page._rows.values() for widget in row} < set(sent)
    assert page._shown in page.widget.children


def test_results_are_told_apart_from_results_of_other_inputs(project):
    results, scenario = project / "results", project / "scenarios" / "toy" / "base.yaml"
    from planning.batch.manifest import write_manifest
    from planning.inputs import load_case

    write_manifest(results_of(results, scenario), load_case(scenario))
    assert standing(scenario, results, "en").results.startswith("✓ 2")
    text = scenario.read_text(encoding="utf-8")
    scenario.write_text(text.replace("share: 0.2", "share: 0.3"), encoding="utf-8")
    assert standing(scenario, results, "en").results.endswith("inputs changed since")
    (results_of(results, scenario) / "manifest.json").write_text("[", encoding="utf-8")
    assert standing(scenario, results, "en").results == "not run yet"


def test_a_check_says_everything_that_is_wrong_in_place(project):
    async def check(page):
        page.choose(page.folder / "wrong.yaml")
        page._try(page.check)
        assert "looks like a percentage" in page._said.value
        page.choose(page.folder / "base.yaml")
        page._try(page.check)

    page = with_page(project, check)
    assert "agree with each other" in page._said.value
    assert "The inputs" in page._stage.children[0].value


def test_a_vietnamese_page_refuses_in_vietnamese(project):
    async def act(page):
        page.choose(page.folder / "wrong.yaml")
        for step in (page.check, page.open_form):
            page._try(step)
            assert (
                "1 lỗi trong wrong.yaml:\n- dòng 5: rules.remote_share.share 35 có vẻ là phần trăm" in page._said.value
            )
            assert "problem" not in page._said.value
        page.jobs.append(SimpleNamespace(out=results_of(page.results, page.chosen), state="running", end=lambda: None))
        page._try(page.run)
        assert "Bước này của phương án này đang chạy; chờ xong hoặc bấm Dừng." in page._said.value
        page._try(page.folder.read_bytes)
        assert "Hệ điều hành báo lỗi: [Errno" in page._said.value
        assert "Xin kiểm tra tệp đó rồi thử lại." in page._said.value

    with_page(project, act, "vi")


def test_the_form_of_a_wrong_scenario_is_refused_in_place(project):
    async def open_it(page):
        page.choose(page.folder / "wrong.yaml")
        page._try(page.open_form)

    page = with_page(project, open_it)
    assert "looks like a percentage" in page._said.value
    assert page.form is None


def test_the_form_opens_and_a_saved_scenario_is_chosen(project):
    async def save(page):
        page._try(page.open_form)
        form = page.form
        form.change(("rules", "remote_share", "share"), 0.3)
        await form.settled()
        form.name.value, form.note.value = "mine", "why"
        form.save()
        page._home_again()
        await page._checking

    page = with_page(project, save)
    assert page.chosen.stem == "mine"
    assert [path.stem for path in page._rows] == ["base", "mine", "never", "wrong"]


SHARE = ("rules", "remote_share", "share")


async def changed_form(page):
    """The form of the base scenario with two steps, one of them undone."""
    page._try(page.open_form)
    await page.form.settled()
    for share in (0.3, 0.4):
        page.form.change(SHARE, share)
    page.form.undo()
    await page.form.settled()
    page.form.name.value = "mine"
    return page.form


def steps(form):
    return [draft.get(SHARE) for draft in form.drafts], form.at, form.name.value


def test_unsaved_choices_are_there_when_the_form_is_opened_again(project):
    async def go_and_come(page):
        first = await changed_form(page)
        page._home_again()
        page.choose(page.folder / "never.yaml")
        page.choose(page.folder / "base.yaml")
        page._try(page.open_form)
        assert page.form is not first
        assert steps(page.form) == ([0.2, 0.3, 0.4], 1, "mine")
        assert "unsaved choices in base.yaml are still here" in page._said.value
        await page.form.settled()
        assert page.form.reference.case.scenario.name == "base"
        assert page.form.shown.case.scenario.rules.remote_share.share == 0.3
        page.form.undo()
        await page.form.settled()
        assert page.form.shown is page.form.reference

    with_page(project, go_and_come)


def test_a_switch_of_language_keeps_the_form_and_its_choices(project):
    async def switch(page):
        await changed_form(page)
        page._switch_language(None)
        assert page.form.language == "vi"
        assert steps(page.form) == ([0.2, 0.3, 0.4], 1, "mine")
        assert page._home.layout.display == "none"
        assert page._said.value == ""

    with_page(project, switch)


def test_choices_on_files_that_have_changed_since_are_told_and_not_taken_up(project):
    async def change_on_disk(page):
        await changed_form(page)
        page._home_again()
        base = page.folder / "base.yaml"
        base.write_text(base.read_text(encoding="utf-8").replace("share: 0.2", "share: 0.25"), encoding="utf-8")
        page._try(page.open_form)
        assert steps(page.form) == ([0.25], 0, "")
        assert "base.yaml or its tables have changed on the disk" in page._said.value
        assert "share: 0.3" in page._said.value

    with_page(project, change_on_disk)


def test_what_was_saved_is_not_taken_up_again(project):
    async def save(page):
        form = await changed_form(page)
        form.note.value = "why"
        form.save()
        page._home_again()
        page.choose(page.folder / "base.yaml")
        page._try(page.open_form)
        assert steps(page.form) == ([0.2], 0, "")
        assert page._said.value == ""

    with_page(project, save)


@pytest.mark.parametrize(("language", "words"), [("vi", "một phương án khác base"), ("en", "other than base")])
def test_the_base_is_not_compared_with_itself(project, language, words):
    async def compare(page):
        page.language = language
        page._try(page.compare)
        assert page.jobs == []

    page = with_page(project, compare)
    assert words in page._said.value


def test_the_grid_of_a_table_opens(project):
    async def edit(page):
        page._try(page.edit_tables)

    page = with_page(project, edit)
    assert page._said.value == ""
    assert len(page._stage.children) == 2


def test_the_language_changes_every_word(project):
    async def switch(page):
        page._switch_language(None)
        await page._checking

    page = with_page(project, switch)
    assert page._rows[page.chosen][0].value == "✓ khớp"


def test_a_folder_without_scenarios_is_refused(tmp_path):
    with pytest.raises(InputError, match="no folder"):
        StartPage(tmp_path, "en")
    with pytest.raises(InputError, match=r"1 lỗi trong .*\n- Không có thư mục .*; hãy mở sổ tay này từ thư mục dự án"):
        StartPage(tmp_path, "vi")


def test_a_job_runs_beside_the_page_and_leaves_its_pages(project):
    scenario = project / "scenarios" / "toy" / "base.yaml"
    out = project / "results" / "toy" / "base"
    jobs = []
    job = start(jobs, "solve", ["solve", scenario, "--out", out], out, ["*.json"])
    with pytest.raises(BusyError, match="This step of this scenario is running"):
        start(jobs, "again", ["solve", scenario, "--out", out], out)
    assert job.wait(60) == "done"
    assert [page.name for page in job.pages] == ["certificate.json"]
    assert "Headline figures" in job.said()


def test_a_job_that_fails_says_why(project):
    scenario = project / "scenarios" / "toy" / "wrong.yaml"
    job = Job("solve", ["solve", scenario, "--out", project / "out"], project / "out")
    assert job.wait(60) == "failed"
    assert "looks like a percentage" in job.said()


def test_a_job_can_be_stopped_and_leaves_nothing(project):
    scenario, out = project / "scenarios" / "toy" / "base.yaml", project / "results" / "toy" / "base"
    job = Job("run", ["run", scenario, "--out", out], out, ["*.html"])
    assert job.state == "running"
    time.sleep(1)
    job.end()
    assert job.state == "stopped"
    assert job.pages == []
    assert not (out / "manifest.json").exists()


def test_links_stay_inside_the_project(project, monkeypatch):
    page = project / "results" / "kết quả.html"
    monkeypatch.setenv("JUPYTERHUB_SERVICE_PREFIX", "/user/lan/")
    assert 'href="/user/lan/files/results/k%E1%BA%BFt%20qu%E1%BA%A3.html"' in link(page, project, "x")
    with pytest.raises(ValueError, match="subpath"):
        link(project.parent / "x", project, "x")


def test_the_base_comes_first(project):
    assert scenarios_of(project / "scenarios" / "toy")[0].stem == "base"
