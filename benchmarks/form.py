"""How long a planner waits for a picture after moving a slider of the form: `python benchmarks/form.py [times]`.

A real JupyterLab in a real browser: the share for remote areas of the 126 communes is moved by one step, and the clock
runs from the key until another picture stands on the page, and until the plan is proven. Prints rows of Markdown.
"""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.servers import PROJECT, free_port, lab_environment, stop, wait_for

SHARE, PICTURE, PROVEN = ".rules-remote_share-share .noUi-handle", ".form-picture img", ".form-status:has-text('✓')"
CHANGED = "old => document.querySelector('.form-picture img').src != old"
KERNEL = (
    "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.connectionStatus === 'connected'"
)
PATIENCE = 120_000


def main(times: int) -> None:
    """Serve the project, open the form, move the slider so many times."""
    home = Path(tempfile.mkdtemp())
    port, token = free_port(), secrets.token_hex(16)
    given = {"ServerApp.root_dir": PROJECT, "ServerApp.port": port, "IdentityProvider.token": token,
             "LabApp.expose_app_in_browser": True, "ServerApp.allow_root": True}  # fmt: skip
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", *(f"--{n}={v}" for n, v in given.items())]
    with (home / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, env=lab_environment(home), stdout=log, stderr=log, start_new_session=True)
    try:
        wait_for(server, f"http://127.0.0.1:{port}/api/status?token={token}", home / "lab.log")
        with sync_playwright() as engine:
            browser = engine.chromium.launch(
                executable_path=os.environ.get("PLANNING_CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport={"width": 1360, "height": 860})
            page.set_default_timeout(PATIENCE)
            page.goto(f"http://127.0.0.1:{port}/lab/tree/notebooks/00_start.ipynb?token={token}&reset")
            report(*measured(page, times))
            browser.close()
    finally:
        stop(server)


def measured(page: Page, times: int) -> tuple[list[float], list[float]]:
    """Seconds until another picture, and until the proven plan, for each move."""
    page.wait_for_function(KERNEL)
    page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }")
    page.click(".step-form")
    page.wait_for_selector(PROVEN)
    page.locator(SHARE).scroll_into_view_if_needed()
    drawn, proven = [], []
    for _ in range(times):
        page.wait_for_timeout(500)
        before = page.get_attribute(PICTURE, "src")
        page.focus(SHARE)
        begin = time.perf_counter()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(CHANGED, arg=before)
        drawn.append(time.perf_counter() - begin)
        page.wait_for_selector(PROVEN)
        proven.append(time.perf_counter() - begin)
    return drawn, proven


def report(drawn: list[float], proven: list[float]) -> None:
    """Medians and extremes as rows of a table."""
    print("| slider of the form, 126 communes, in the browser | median s | least | most |")
    print("|---|---|---|---|")
    for words, seconds in (("until another picture", drawn), ("until the plan is proven", proven)):
        print(f"| {words} | {statistics.median(seconds):.2f} | {min(seconds):.2f} | {max(seconds):.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
