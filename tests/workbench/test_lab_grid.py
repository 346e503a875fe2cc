"""A planner edits a table in a real JupyterLab."""

import json

import pytest


@pytest.fixture
def grid(lab, page, open_notebook):
    """`grid("toy", "needs")` opens a notebook with the grid of one table; the page."""

    def opened(dataset: str, table: str, language: str = "vi"):
        name = f"{dataset}-{table}-{language}.ipynb"
        call = f'table_grid("scenarios/{dataset}/base.yaml", "{table}", "{language}")'
        cell = {
            "cell_type": "code",
            "execution_count": None,
            "id": "one",
            "metadata": {},
            "outputs": [],
            "source": f"from planning.workbench.grid import table_grid\n{call}",
        }
        spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
        notebook = {"cells": [cell], "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}
        (lab.folder / name).write_text(json.dumps(notebook), encoding="utf-8")
        open_notebook(name)
        page.wait_for_selector(".pg-row [data-column]")
        return page

    return opened


def cell(page, row, column):
    return page.locator(f".pg-row[data-row='{row}'] [data-column='{column}']")


def settled(page, faults):
    """Until the whole check of the last edit has found this many faults."""
    page.wait_for_selector(f".pg[data-whole=true][data-faults='{faults}']")


def paste(page, text):
    """Ctrl+V of this text, as the browser itself would tell the page."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.querySelector(".pg-edit").dispatchEvent(new ClipboardEvent("paste", {clipboardData}));
        }""",
        text,
    )


def test_a_table_is_edited_mended_pasted_undone_and_saved(lab, grid):
    file = lab.folder / "scenarios" / "hanoi-communes-2026" / "data" / "needs.csv"
    before = file.read_bytes().splitlines(keepends=True)
    page = grid("hanoi-communes-2026", "needs")
    assert "Nhu cầu" in page.inner_text(".pg-bar h3")

    cell(page, 0, 3).click()
    page.keyboard.type("1.234,5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".pg-row[data-row='0'] .pg-bad")
    assert "need '1.234,5' có cả dấu chấm và dấu phẩy; hãy ghi 1234.5" in page.inner_text(".pg-faults")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".pg-notice.pg-on")
    assert "Chưa lưu: còn 1 chỗ sai" in page.inner_text(".pg-notice")
    assert file.read_bytes() == b"".join(before)

    page.click(".pg-faults .pg-hard")
    page.keyboard.type("195.25")
    page.keyboard.press("Enter")
    settled(page, 0)

    cell(page, 2, 3).click()
    paste(page, "496\tnguồn A\r\n539\tnguồn B\r\n270\tnguồn C\r\n")
    page.wait_for_function("document.querySelector('.pg-unsaved').textContent.includes('6 ô')")
    page.keyboard.press("Control+z")
    page.wait_for_function("document.querySelector('.pg-unsaved').textContent.includes('1 ô')")
    page.keyboard.press("Control+y")
    page.wait_for_function("document.querySelector('.pg-unsaved').textContent.includes('6 ô')")
    settled(page, 0)
    page.keyboard.press("Control+s")
    page.wait_for_function("document.querySelector('.pg-notice').textContent.includes('Đã lưu needs.csv')")

    now = file.read_bytes().splitlines(keepends=True)
    assert [at for at, (old, new) in enumerate(zip(before, now, strict=True)) if old != new] == [1, 3, 4, 5]
    assert now[1] == before[1].replace(b",332,", b",195.25,")
    assert now[4].decode().split(",")[3:5] == ["539", '"nguồn B"']


def test_codes_are_chosen_from_a_list_and_rows_found_by_name(grid):
    page = grid("hanoi-communes-2026", "projects", "en")
    page.fill(".pg-bar input[type=search]", "ba vi")
    page.wait_for_function("document.querySelector('.pg-shown').textContent.startsWith('1 of')")
    cell(page, 0, 3).click()
    page.keyboard.type("minh ch")
    assert page.inner_text(".pg-list .pg-in").startswith("minh_chau")
    page.keyboard.press("Enter")
    page.fill(".pg-bar input[type=search]", "")
    page.keyboard.press("Tab")
    settled(page, 0)
    page.click(".pg-bar button[data-do=undo]")
    page.wait_for_selector(".pg:not(.pg-dirty)")


def test_the_second_tab_does_not_overwrite_the_first(lab, grid):
    file = lab.folder / "scenarios" / "toy" / "data" / "needs.csv"
    page = grid("toy", "needs", "en")
    cell(page, 0, 3).click()
    page.keyboard.type("350")
    page.keyboard.press("Enter")
    settled(page, 0)
    other = file.read_bytes().replace(b"hill,lessons,all,100", b"hill,lessons,all,110")
    file.write_bytes(other)
    page.keyboard.press("Control+s")
    page.wait_for_selector(".pg-notice button[data-do=compare]")
    page.click(".pg-notice button[data-do=compare]")
    page.wait_for_selector(".pg-compare td")
    assert page.locator(".pg-compare td").all_inner_texts() == [
        *("near · lessons · all", "Need", "400", "400", "350"),
        *("hill · lessons · all", "Need", "100", "110", "100"),
    ]
    assert file.read_bytes() == other
    page.click(".pg-notice button[data-do=carry]")
    page.wait_for_selector(".pg-notice:not(:has(button))")
    page.keyboard.press("Control+s")
    page.wait_for_function("document.querySelector('.pg-notice').textContent.includes('Saved needs.csv')")
    assert file.read_bytes() == other.replace(b"near,lessons,all,400", b"near,lessons,all,350")
