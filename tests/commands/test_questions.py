"""The commands of the questions: what they print, write and refuse."""

import pandas as pd
import pytest


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("ranges", ["--within", "0.01"], "Projects, within 1.0%: 4 certain, 3 never, 0 open (of 7)."),
        ("alternatives", ["--count", "1"], "1 other plans, none more than 1.0% below the best"),
        ("breakeven", ["--project", "annex_hill"], "Annex is not in the plan"),
    ],
)
def test_an_answer_is_printed_and_written(planning, toy_projects_folder, tmp_path, name, options, words):
    code, out, err = planning(name, toy_projects_folder / "base.yaml", *options, "--out", tmp_path / "out")
    assert (code, err) == (0, "")
    assert words in " ".join(out.split())
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert files >= {f"{name}.csv", f"{name}.json", f"{name}_vi.png", f"{name}_en.png"}
    assert not [file for file in files if file.endswith(".journal")]


def test_why_not_a_project(planning, toy_projects_folder, tmp_path):
    code, out, err = planning("whynot", "annex_hill", toy_projects_folder / "base.yaml", "--out", tmp_path)
    assert (code, err) == (0, "")
    assert "Building project Annex would cost 21.0 weighted child-years." in " ".join(out.split())
    assert pd.read_csv(tmp_path / "whynot.csv")["loss"][0] == pytest.approx(21.0)


def test_every_alternative_has_its_folder(planning, toy_folder, tmp_path):
    planning("alternatives", toy_folder / "base.yaml", "--count", "2", "--out", tmp_path, "--lang", "vi")
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"plan_0", "plan_1", "plan_2"}
    assert (tmp_path / "plan_2" / "allocations.csv").exists()


def test_more_than_an_area_can_get_is_told_as_an_answer(planning, toy_folder, tmp_path):
    code, out, err = planning("whynot", "near", toy_folder / "base.yaml", "--amount", 10_000_000, "--out", tmp_path)
    assert (code, err) == (0, "")
    assert "cannot get 10,000,000.0 million VND more" in " ".join(out.split())
    assert pd.read_csv(tmp_path / "whynot.csv")["reason"][0] == "rules"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ranges", "SCENARIO", "--within", "1.5"], "'1.5' is not a share; write numbers above 0 and below 1"),
        (["ranges", "SCENARIO", "--within", "nan"], "'nan' is not a share"),
        (["ranges", "SCENARIO", "--by", "area"], "'area' is not one of 'field', 'programme'"),
        (["alternatives", "SCENARIO", "--within", "0.1,0.2"], "holds 2 shares; give one"),
        (["alternatives", "SCENARIO", "--count", "0"], "give a whole number from 1 to 50"),
        (["whynot", "hil", "SCENARIO"], "unknown area or project 'hil'; did you mean 'hill'"),
        (["whynot", "hill", "SCENARIO", "--amount", "-3"], "-3 is not an amount"),
        (["whynot", "hill", "SCENARIO", "--programme", "pool"], "unknown programme 'pool'"),
        (["breakeven", "SCENARIO"], "name either a project"),
        (["breakeven", "SCENARIO", "--of", "colour"], "'colour' is not one of"),
    ],
)
def test_options_that_cannot_be(planning, toy_folder, tmp_path, arguments, words):
    filled = [toy_folder / "base.yaml" if part == "SCENARIO" else part for part in arguments]
    code, _, err = planning(*filled, "--out", tmp_path / "out")
    assert code == 2
    assert words in " ".join(err.replace("│", " ").split())
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("within", "sentence"),
    [
        (
            "1.5",
            "'1.5' không phải là tỷ lệ; hãy ghi các số lớn hơn 0 và nhỏ hơn 1, cách nhau bằng dấu phẩy, "
            "ví dụ 0.001,0.01",
        ),
        ("0.1,0.2", "'0.1,0.2' có 2 tỷ lệ; hãy ghi một tỷ lệ, ví dụ 0.01"),
    ],
)
def test_options_that_cannot_be_in_vietnamese(planning, toy_folder, tmp_path, within, sentence):
    given = ("alternatives", toy_folder / "base.yaml", "--within", within, "--out", tmp_path / "out", "--lang", "vi")
    assert planning(*given) == (2, "", f"1 lỗi trong --within:\n- {sentence}\n")
