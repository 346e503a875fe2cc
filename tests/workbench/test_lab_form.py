"""The start page and the form in a real browser: in JupyterLab, and as a page without code through Voilà."""

import os
import secrets
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from tests.servers import PROJECT, free_port, lab_environment, stop, wait_for
from tests.workbench.conftest import READY

APP = PROJECT / "planning" / "workbench" / "app"
GUIDE = PROJECT / "docs" / "images" / "guide"
SHARE = ".rules-remote_share-share .noUi-handle"
PICTURE = ".form-picture img"
PROVEN = ".form-status:has-text('✓')"


def shoot(page, name: str) -> None:
    """A picture for the guide, in few colours so that it stays small."""
    from PIL import Image

    GUIDE.mkdir(parents=True, exist_ok=True)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(96)
    picture.save(GUIDE / f"{name}.png", optimize=True)


def open_start(lab, page) -> None:
    """The start page in JupyterLab, with its cells run; their code is folded away."""
    page.goto(lab.link("notebooks/00_start.ipynb"))
    page.wait_for_function(READY)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
    page.wait_for_selector(".start-language")


def open_form(page, folder: str) -> None:
    """From the start page to the proven plan of the base scenario of a folder."""
    from playwright.sync_api import TimeoutError as TookTooLongError

    page.wait_for_selector(".start-language")
    page.locator(".start-folder select").select_option(folder)
    page.wait_for_selector(".pick-base")
    page.click(".step-form")
    try:
        page.wait_for_selector(".form-status", state="attached", timeout=30_000)
    except TookTooLongError:  # the list was drawn anew under the click
        page.click(".step-form")
    page.wait_for_selector(PROVEN)
    page.wait_for_selector(PICTURE)


def move_slider(page, steps: int, key: str = "ArrowRight") -> None:
    """Move the share for remote areas by the keyboard, and wait for another picture and then the proven plan."""
    before = page.get_attribute(PICTURE, "src")
    page.locator(SHARE).scroll_into_view_if_needed()
    page.focus(SHARE)
    for _ in range(steps):
        page.keyboard.press(key)
    page.wait_for_function("old => document.querySelector('.form-picture img').src != old", arg=before)
    page.wait_for_selector(PROVEN)


def typing(kind: str) -> str:
    """The box of a setting that numbers are typed into."""
    return f".{kind} .widget-text input"


def enter(page, kind: str, text: str, shown: str) -> None:
    """Type into the box of a setting, and wait until the page shows what it makes of that."""
    page.locator(typing(kind)).scroll_into_view_if_needed()
    page.fill(typing(kind), text)
    page.press(typing(kind), "Enter")
    wait_for_text(page, kind, shown)


def wait_for_text(page, kind: str, shown: str) -> None:
    """Until a text stands in the box of a setting."""
    page.wait_for_function("([box, text]) => document.querySelector(box).value === text", arg=[typing(kind), shown])


def test_from_the_start_page_to_the_page_of_results(lab, page):
    open_start(lab, page)
    open_form(page, "toy")
    move_slider(page, 8)
    assert page.input_value(typing("rules-remote_share-share")) == "24"
    page.fill(".form-name input", "tu-trinh-duyet")
    page.fill(".form-note input", "Thử từ trình duyệt")
    page.click(".form-save")
    page.wait_for_selector(".form-saved:has-text('tu-trinh-duyet.yaml')")
    saved = (lab.folder / "scenarios" / "toy" / "tu-trinh-duyet.yaml").read_text(encoding="utf-8")
    assert "extends: base.yaml" in saved
    assert "remote_share:\n    share: 0.2" in saved
    page.click(".start-back")
    page.click(".step-run")
    page.wait_for_selector(".job-state:has-text('✓')")
    with page.context.expect_page() as opened:
        page.click("a:has-text('02_plan.html')")
    opened.value.wait_for_load_state()
    assert "Phương án phân bổ ngân sách cho trẻ em" in opened.value.inner_text("body")


def test_names_of_settings_are_not_cut_off(lab, page):
    open_start(lab, page)
    open_form(page, "toy")
    labels = page.locator(".form-panel .widget-label")
    cut = "all => all.filter(at => at.scrollWidth > at.clientWidth).map(at => at.textContent)"
    assert labels.evaluate_all(cut) == []


def test_what_is_told_breaks_between_words(lab, page):
    open_start(lab, page)
    page.locator(".start-folder select").select_option("toy")
    page.wait_for_selector(".pick-base")
    page.click(".step-check")
    told = page.wait_for_selector(".start-said pre")
    assert told.evaluate("at => getComputedStyle(at).wordBreak") == "normal"


@pytest.mark.parametrize(("language", "half", "point"), [("vi", "22,5", ","), ("en", "22.5", ".")])
def test_numbers_are_read_as_they_are_typed(lab, page, language, half, point):
    open_start(lab, page)
    if language == "en":
        page.click(".start-language")
        page.wait_for_selector(".step-form:has-text('Form')")
    open_form(page, "toy")
    share, price = "rules-remote_share-share", "rules-remote_share-price"
    enter(page, share, "22,5", half)
    page.wait_for_selector(f"{SHARE}[aria-valuenow='22.5']")
    enter(page, share, "23.5 %", half.replace("22", "23"))
    page.wait_for_selector(f"{SHARE}[aria-valuenow='23.5']")
    enter(page, share, "22.5", half)
    page.wait_for_selector(f"{SHARE}[aria-valuenow='22.5']")
    enter(page, price, "1,5", f"1{point}5")
    enter(page, share, "1.234", half)
    assert f"1{point}2340" in page.inner_text(f".{share} .number-refused")
    page.locator(".form-panel button:has-text('↶')").click()
    wait_for_text(page, price, "1")
    assert page.input_value(typing(share)) == half
    page.focus(SHARE)
    page.keyboard.press("ArrowRight")
    wait_for_text(page, share, "23")


@pytest.fixture
def app(chromium, tmp_path):
    """The page of `make app` on a copy of the toy: its address, and its token."""
    import shutil

    folder = tmp_path / "project"
    shutil.copytree(PROJECT / "tests" / "toy", folder / "scenarios" / "toy")
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks")
    port, token = free_port(), secrets.token_hex(16)
    given = {"ServerApp.root_dir": folder, "ServerApp.port": port, "ServerApp.port_retries": 0,
             "IdentityProvider.token": token, "ServerApp.allow_root": True}  # fmt: skip
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", *(f"--{n}={v}" for n, v in given.items())]
    environment = lab_environment(tmp_path) | {"JUPYTER_CONFIG_PATH": str(APP)}
    log = tmp_path / "app.log"
    with log.open("wb") as said:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
    try:
        wait_for(server, f"http://127.0.0.1:{port}/api/status?token={token}", log)
        yield f"http://127.0.0.1:{port}/voila/render/notebooks/00_start.ipynb", token
    finally:
        stop(server)


def test_the_page_without_code_serves_the_same(app, page):
    address, token = app
    page.goto(address)
    assert "/login" in page.url, "without the token there is only the door"
    page.goto(f"{address}?token={token}&lang=en")
    open_form(page, "toy")
    assert page.locator(".jp-CodeCell .jp-InputArea-editor").count() == 0
    move_slider(page, 4)
    files = Path(address).name
    answer = page.request.get(address.replace(f"render/notebooks/{files}", "files/scenarios/toy/base.yaml"))
    assert answer.status == 403, "Voilà itself gives out no file"


@pytest.mark.skipif(not os.environ.get("PLANNING_GUIDE"), reason="set PLANNING_GUIDE=1 to take the guide's pictures")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pictures_of_the_guide(lab, page, language):
    open_start(lab, page)
    page.evaluate("() => { window.jupyterapp.commands.execute('application:toggle-left-area') }")
    if language == "en":
        page.click(".start-language")
    page.set_viewport_size({"width": 1360, "height": 1000})
    page.wait_for_selector(".step-form:has-text('Form')" if language == "en" else ".step-form:has-text('Biểu')")
    page.wait_for_function("() => !document.body.innerText.match(/đang kiểm tra …|checking …/)")
    to_the_top(page)
    shoot(page, f"start-{language}")
    page.click(".step-form")
    page.wait_for_selector(PROVEN)
    move_slider(page, 30)
    page.wait_for_timeout(500)
    to_the_top(page)
    shoot(page, f"form-{language}")
    move_slider_too_far(page)
    to_the_top(page)
    shoot(page, f"no-plan-{language}")


def to_the_top(page) -> None:
    """The page as a planner would see it: from its title on."""
    page.evaluate("() => document.querySelector('.start-language').scrollIntoView({block: 'start'})")


def move_slider_too_far(page) -> None:
    """A share that no plan can keep, and its explanation."""
    page.locator(SHARE).scroll_into_view_if_needed()
    page.focus(SHARE)
    page.keyboard.press("End")
    page.wait_for_selector(".board-greyed")
    page.wait_for_selector(".form-answer li")
