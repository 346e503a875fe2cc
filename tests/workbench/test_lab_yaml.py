"""Where `make yaml` was run, JupyterLab underlines and completes scenario files from the schema."""

import importlib.util

import pytest

from tests.servers import PROJECT

SERVER = PROJECT / ".lab" / "node_modules" / "yaml-language-server"
WRONG = """\
# yaml-language-server: $schema=../scenario.schema.json
title: {vi: Thử, en: Trial}
note: A test.
extends: base.yaml
rules:
  remote_share:
    share: many
"""

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("jupyterlab_lsp") is None or not SERVER.exists(),
    reason="`make yaml` was not run here, so there is no language server for scenario files",
)


def test_a_wrong_value_is_underlined_and_a_rule_completed(lab, page):
    (lab.folder / "scenarios" / "toy" / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    page.goto(lab.link("scenarios/toy/wrong.yaml"))
    underlined = page.wait_for_selector(".cm-lintRange-error")
    assert underlined.inner_text() == "many"
    page.click(".cm-content")
    page.keyboard.press("Control+End")
    page.keyboard.type("  per_ch")
    page.keyboard.press("Tab")
    page.wait_for_selector(".cm-line:has-text('per_child_floor'), .jp-Completer-item:has-text('per_child_floor')")
