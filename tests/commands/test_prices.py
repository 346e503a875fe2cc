"""The commands prices and difference: what they print, what they leave, how they refuse."""

import json
from pathlib import Path

import pandas as pd
import pytest

from planning.inputs import load_case
from planning.insight.difference import difference
from planning.insight.prices import marginal_values
from planning.solver.plan import solve
from tests.edits import child


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_prices(planning, folder, tmp_path, lang):
    out = tmp_path / "out"
    code, printed, _ = planning("prices", folder / "base.yaml", "--out", out, "--lang", lang)
    assert code == 0
    assert left(out) >= {"prices.csv", "prices.parquet", "prices.json", "prices_funds.png", "prices_rules.png"}
    table = pd.read_csv(out / "prices.csv")
    told = marginal_values(solve(load_case(folder / "base.yaml"))).tables["prices"]
    assert table["more"].to_numpy() == pytest.approx(told["more"].to_numpy(), abs=1e-6)
    sentences = json.loads((out / "prices.json").read_text(encoding="utf-8"))["sentences"][lang]
    assert sentences[0].split()[0] in printed


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_difference(planning, folder, tmp_path, lang):
    child("rules:\n  remote_share: {share: 0.6}")(folder)
    first, second, out = folder / "base.yaml", folder / "child.yaml", tmp_path / "out"
    code, _, _ = planning("difference", first, second, "--out", out, "--lang", lang, "--jobs", 1)
    assert code == 0
    assert left(out) == {"difference.csv", "difference.parquet", "difference.json", "difference.png"}
    told = difference(load_case(first), load_case(second)).table
    assert pd.read_csv(out / "difference.csv")["children"].to_numpy() == pytest.approx(told["children"].to_numpy())


def test_a_scenario_compared_with_itself_is_refused(planning, folder, tmp_path):
    out = tmp_path / "out"
    code, _, refused = planning("difference", folder / "base.yaml", folder / "base.yaml", "--out", out)
    assert code == 2
    assert "nothing that a plan depends on differs" in refused
    assert not out.exists()
