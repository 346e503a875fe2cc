"""What Jupyter Server is told before it saves a file."""

import base64
import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from planning.workbench.hooks import NotSaved, refuse_broken
from tests.servers import SETTINGS, lab_environment


def save(folder, path, text, **more):
    model = {"type": "file", "format": "text", "content": text, **more}
    refuse_broken(model=model, path=path, contents_manager=SimpleNamespace(root_dir=str(folder.parent)))


def edited(folder, file, old, new):
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("file", ["base.yaml", "data/needs.csv", "data/funds.csv"])
def test_what_is_sound_is_saved(folder, file):
    save(folder, f"toy/{file}", (folder / file).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("base.yaml", "years:", "yers:", "unknown key 'yers'; did you mean 'years'?"),
        ("base.yaml", "title:", "\ttitle:", "the line begins with a tab"),
        ("data/needs.csv", "near,lessons,all,400", "near,lessons,all,4x", "row 2: need '4x' is not a number"),
        ("data/needs.csv", "near,lessons", "nere,lessons", "row 2: unknown area 'nere'; did you mean 'near'?"),
        ("data/needs.csv", "hill,lessons", "near,lessons", "stands already in row 2; keep one of them"),
        ("data/targets.csv", ",0.8,", ",98%,", "98%' is a percentage; write it as a share between 0 and 1: 0.98"),
        ("data/needs.csv", "area,programme", "programme", "column 'area' is missing"),
    ],
)
def test_what_is_broken_is_not(folder, file, old, new, sentence):
    with pytest.raises(NotSaved) as refused:
        save(folder, f"toy/{file}", edited(folder, file, old, new))
    assert sentence in refused.value.log_message
    assert refused.value.status_code == 400


def test_both_languages_are_told_vietnamese_first(folder):
    with pytest.raises(NotSaved) as refused:
        save(folder, "toy/data/needs.csv", edited(folder, "data/needs.csv", "near,lessons", "nere,lessons"))
    assert refused.value.log_message == (
        "1 lỗi trong data/needs.csv:\n- dòng 2: area 'nere' chưa có trong areas.csv; có phải ý là 'near'?\n\n"
        "1 problem in data/needs.csv:\n- row 2: unknown area 'nere'; did you mean 'near'?"
    )


def test_what_is_uploaded_is_looked_at_too(folder):
    broken = base64.b64encode(b"area\nnear\n").decode()
    with pytest.raises(NotSaved, match="is missing"):
        save(folder, "toy/data/needs.csv", broken, format="base64")
    save(folder, "toy/data/needs.csv", broken, format="base64", chunk=1)


@pytest.mark.parametrize("path", ["notes.csv", "needs.csv", "toy/other.yaml.txt", "toy/data/mine.csv", "config.yaml"])
def test_other_files_are_left_alone(folder, path):
    save(folder, path, "anything: [")


def test_a_scenario_elsewhere_is_known_by_what_it_extends(folder):
    (folder.parent / "mine").mkdir()
    own = "title: {vi: a, en: b}\nnote: c\nextends: ../toy/base.yaml\n"
    save(folder, "mine/mine.yaml", own)
    with pytest.raises(NotSaved, match="unknown key 'rool'"):
        save(folder, "mine/mine.yaml", own + "rool: 1\n")


def test_a_file_may_be_mended_while_others_are_broken(folder):
    sound = (folder / "data" / "needs.csv").read_text(encoding="utf-8")
    (folder / "data" / "areas.csv").write_text("area\n", encoding="utf-8")
    save(folder, "toy/data/needs.csv", sound)
    (folder / "child.yaml").write_text("extends: base.yaml\n", encoding="utf-8")
    (folder / "base.yaml").write_text("yers: 1\n", encoding="utf-8")
    save(folder, "toy/child.yaml", "title: {vi: a, en: b}\nnote: c\nextends: base.yaml\n")


def test_the_settings_name_the_hook_and_no_autosave():
    config = json.loads((SETTINGS / "jupyter_server_config.json").read_text(encoding="utf-8"))
    assert config["ServerApp"]["jpserver_extensions"] == {"planning.workbench.hooks": True}
    overrides = json.loads((SETTINGS / "labconfig" / "default_setting_overrides.json").read_text(encoding="utf-8"))
    assert overrides["@jupyterlab/docmanager-extension:plugin"]["autosave"] is False


def test_the_server_starts_without_the_heavy_libraries(tmp_path):
    code = "import sys, planning.workbench.hooks; print('pandas' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], env=lab_environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"
