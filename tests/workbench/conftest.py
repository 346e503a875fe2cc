"""A real JupyterLab in a real browser, started once: `lab` serves a copy of the project, `page` is a fresh window.

The machine's own chromium is used (set PLANNING_CHROMIUM to name another); without one these tests are skipped.
"""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import PATIENCE, PROJECT, free_port, lab_environment, stop, wait_for

READY = """() => {
    const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
    return session?.isReady && session.session?.kernel?.connectionStatus === "connected";
}"""
RAN = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(at => /\\d/.test(at.textContent))"
SCREENS = PROJECT / "results" / "screens"


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: `folder` is what it serves, a copy that a test may change."""

    address: str
    token: str
    folder: Path

    def link(self, path: str) -> str:
        """The address at which Lab opens one file, with nothing else open."""
        return f"{self.address}/lab/tree/{path}?token={self.token}&reset"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of the browser."""
    names = (os.environ.get("PLANNING_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, filter(None, names))), None)
    if found is None:
        pytest.skip("no chromium on this machine: install it, or name one in PLANNING_CHROMIUM")
    return found


@pytest.fixture(scope="module")
def browser(chromium):
    """A browser without a window; it ends with its module, because its event loop would stand in the way of others."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(chromium, tmp_path_factory) -> Iterator[Lab]:
    """A JupyterLab of its own on a copy of scenarios/ and notebooks/, with the settings of `make lab`."""
    home = tmp_path_factory.mktemp("lab")
    folder = home / "project"
    for part in ("scenarios", "notebooks"):
        shutil.copytree(PROJECT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_check*"))
    shutil.copytree(PROJECT / "tests" / "toy", folder / "scenarios" / "toy")
    if (PROJECT / ".lab").exists():
        (folder / ".lab").symlink_to(PROJECT / ".lab")
    port, token = free_port(), secrets.token_hex(16)
    given = {
        "ServerApp.root_dir": folder,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "IdentityProvider.token": token,
        "LabApp.expose_app_in_browser": True,
        "ServerApp.allow_root": True,
    }
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        *(f"--{name}={value}" for name, value in given.items()),
    ]
    with (home / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=lab_environment(home), stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for(server, f"http://127.0.0.1:{port}/api/status?token={token}", home / "lab.log")
        yield Lab(f"http://127.0.0.1:{port}", token, folder)
    finally:
        stop(server)


@pytest.fixture
def page(browser, request):
    """A fresh window; where the test ends it leaves results/screens/<test>.png."""
    window = browser.new_context(viewport={"width": 1360, "height": 860}, locale="vi-VN")
    page = window.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{request.node.name}.png")
    window.close()


@pytest.fixture
def open_notebook(lab, page):
    """`open_notebook("notebooks/x.ipynb")` opens it in Lab, runs all its cells and waits for the end."""

    def opened(path: str) -> None:
        page.goto(lab.link(path))
        page.wait_for_function(READY)
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
        page.wait_for_function(RAN)

    return opened
