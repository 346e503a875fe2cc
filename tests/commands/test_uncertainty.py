"""The commands uncertainty, robust and regret: what they print and write, and what they refuse."""

import pandas as pd
import pytest

from tests.edits import child


def test_uncertainty_writes_tables_and_pictures(planning, toy_projects_folder, tmp_path):
    more = ("--costs", 0.1, "--needs", 0.05, "--draws", 30, "--reoptimise", 3, "--search", 2, "--out", tmp_path)
    code, out, err = planning("uncertainty", toy_projects_folder / "base.yaml", *more)
    assert (code, err) == (0, "")
    assert "Assumed, not in the data: unit costs ±10.0%." in out
    assert "knowing in time is worth" in out
    written = {path.name for path in tmp_path.iterdir()}
    assert {"uncertainty.csv", "uncertainty_funds.csv", "uncertainty_reach.png", "reallocated_draws.csv"} <= written
    assert not [name for name in written if name.endswith(".journal")]
    assert len(pd.read_csv(tmp_path / "uncertainty_draws.csv")) == 30
    first = pd.read_csv(tmp_path / "uncertainty_draws.csv")
    planning("uncertainty", toy_projects_folder / "base.yaml", *more)
    assert first.equals(pd.read_csv(tmp_path / "uncertainty_draws.csv"))


def test_uncertainty_in_vietnamese(planning, toy_folder, tmp_path):
    code, out, _ = planning(
        "uncertainty", toy_folder / "base.yaml", "--revenues", 0.1, "--draws", 9, "--out", tmp_path, "--lang", "vi"
    )
    assert code == 0
    assert "nguồn thu thấp hơn trần đến 10,0%" in out


def test_robust_writes_a_curve(planning, toy_folder, tmp_path):
    code, out, err = planning("robust", toy_folder / "base.yaml", "--costs", 0.3, "--gamma", "1,2", "--out", tmp_path)
    assert (code, err) == (0, "")
    assert "Safe against 2 programmes at their highest price at once" in out
    assert list(pd.read_csv(tmp_path / "robust.csv")["gamma"]) == [0, 1, 2]
    assert (tmp_path / "robust.png").exists()


def test_robust_asks_about_no_more_programmes_than_there_are(planning, toy_folder, tmp_path):
    code, _, err = planning("robust", toy_folder / "base.yaml", "--costs", 0.1, "--out", tmp_path)
    assert (code, err) == (0, "")
    assert list(pd.read_csv(tmp_path / "robust.csv")["gamma"]) == [0, 1, 2]


def test_regret_compares_scenarios(planning, folder, tmp_path):
    child("changes:\n- {table: funds, multiply: 0.8, note: n}")(folder)
    code, out, err = planning("regret", folder / "base.yaml", folder / "child.yaml", "--out", tmp_path / "out")
    assert (code, err) == (0, "")
    assert "leave the least to regret" in out
    assert len(pd.read_csv(tmp_path / "out" / "regret_choices.csv")) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["uncertainty"], "none of needs.csv, unit_costs.csv, funds.csv states a range"),
        (["uncertainty", "--costs", "10"], "--costs 10 is not allowed; write a share of the stated value"),
        (["uncertainty", "--costs", "0.1", "--draws", "0"], "Invalid value for '--draws'"),
        (["uncertainty", "--costs", "0.1", "--seed", "-1"], "Invalid value for '--seed'"),
        (["robust", "--costs", "0.1", "--gamma", "x"], "--gamma 'x' is not a number"),
        (["robust", "--costs", "0.1", "--gamma", "9"], "--gamma 9 is not allowed"),
        (["regret"], "regret compares scenarios; name two or more"),
    ],
)
def test_what_is_refused(planning, toy_folder, tmp_path, arguments, words):
    name, *options = arguments
    code, _, err = planning(name, toy_folder / "base.yaml", "--out", tmp_path / "out", *options)
    assert code == 2
    assert words in err
    assert not (tmp_path / "out").exists()


def test_a_cluster_without_draws_to_share_or_with_none_there_is_refused_before_any_work(
    planning, toy_projects_folder, tmp_path, monkeypatch
):
    monkeypatch.setattr("planning.batch.cluster.WAIT", 0.2)
    asked = ("uncertainty", toy_projects_folder / "base.yaml", "--needs", "0.1", "--cluster", "tcp://127.0.0.1:9")
    code, _, err = planning(*asked, "--out", tmp_path / "out")
    assert code == 2
    assert "add --reoptimise 200" in err
    code, _, err = planning(*asked, "--reoptimise", "5", "--out", tmp_path / "out")
    assert code == 1
    assert "no cluster answers" in err
    assert not (tmp_path / "out").exists()
