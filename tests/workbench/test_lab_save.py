"""A broken scenario in the text editor of a real JupyterLab."""


def test_a_broken_scenario_is_refused_with_our_sentence(lab, page):
    file = lab.folder / "scenarios" / "toy" / "base.yaml"
    before = file.read_bytes()
    page.goto(lab.link("scenarios/toy/base.yaml"))
    page.wait_for_selector(".jp-FileEditor .cm-line")
    page.click(".jp-FileEditor .cm-content")
    page.keyboard.press("Control+Home")
    page.keyboard.type("yers: 98%\n")
    page.keyboard.press("Control+s")
    dialog = page.wait_for_selector(".jp-Dialog")
    assert "line 1: unknown key 'yers'; did you mean 'years'?" in dialog.inner_text()
    assert file.read_bytes() == before

    page.keyboard.press("Escape")
    page.click(".jp-FileEditor .cm-content")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.type("# a remark\n")
    page.keyboard.press("Control+s")
    page.wait_for_function("!document.querySelector('.jp-mod-dirty')")
    assert file.read_bytes() == b"# a remark\n" + before
