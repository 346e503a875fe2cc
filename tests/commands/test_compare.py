"""planning compare: what it prints, writes and refuses."""

import pandas as pd
import pytest

from planning.reports.saved import save_run
from planning.solver.plan import solve


@pytest.fixture
def scenarios(folder):
    """A base, one with more for remote areas, one that no plan keeps."""
    for name, rules in (("more", "{remote_share: {share: 0.4}}"), ("hopeless", "{per_child_floor: {amount: 900}}")):
        text = f"title: {{vi: {name}, en: {name}}}\nnote: n\nextends: base.yaml\nrules: {rules}\n"
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_saved_run_against_a_file(planning, toy, scenarios, tmp_path):
    save_run(solve(toy), tmp_path / "run")
    out = tmp_path / "out"
    code, printed, err = planning("compare", tmp_path / "run", scenarios / "more.yaml", "--out", out, "--jobs", 1)
    assert (code, err) == (0, "")
    said = " ".join(printed.split())
    assert "“more” against “Toy”: child-years reached" in said
    assert "At least 40.0% of the money of 2026 goes to remote areas" in said
    assert "Rule: Share of remote areas:" in said
    files = {path.name for path in out.iterdir()}
    assert {
        "areas.csv",
        "areas.parquet",
        "comparison.json",
        "map.png",
        "gains-more.png",
        "difference-more.png",
    } <= files
    assert not [file for file in files if file.endswith(".journal")]
    assert pd.read_csv(out / "areas.csv")["amount_change"].sum() == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize(
    ("others", "code", "words"),
    [
        ([], 2, "name a base and at least one other scenario file or saved run"),
        (["base.yaml"], 2, "'base' stands here twice with the same inputs"),
        (["nowhere.yaml"], 2, "nowhere.yaml"),
        (["data"], 2, "data"),
        (["hopeless.yaml"], 3, "Scenario 'hopeless'; leave it out to compare the others"),
        (["more.yaml", "--boundaries", "none.geojson"], 1, "boundaries need the package geopandas"),
    ],
)
def test_what_is_refused(planning, monkeypatch, scenarios, tmp_path, others, code, words):
    monkeypatch.setitem(__import__("sys").modules, "geopandas", None)
    given = [scenarios / part if part.endswith(("yaml", "data")) else part for part in others]
    ended, _, err = planning("compare", scenarios / "base.yaml", *given, "--out", tmp_path / "out")
    assert ended == code
    assert words in " ".join(err.split())
    assert not (tmp_path / "out").exists()
