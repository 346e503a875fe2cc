"""planning explain: what it prints, what it leaves on the disk, what it ends with."""

import pandas as pd

from tests.edits import text

FLOOR = "    share: 0.2\n  per_child_floor:\n    amount: 2.0"


def test_an_impossible_scenario_is_explained(planning, folder, tmp_path):
    text("base.yaml", "    share: 0.2", FLOOR)(folder)
    code, out, _ = planning("explain", folder / "base.yaml", "--out", tmp_path / "out", "--iis")
    assert code == 0
    assert "floor for each child" in out
    assert {"explain.csv", "explain_alone.csv", "explain_packages.csv", "explain.png", "explain.json"} <= {
        path.name for path in (tmp_path / "out").iterdir()
    }
    assert pd.read_csv(tmp_path / "out" / "explain.csv")["path"].tolist() == ["rules.per_child_floor.amount"]


def test_a_scenario_with_a_plan_is_told_so(planning, folder, tmp_path):
    code, out, _ = planning("explain", folder / "base.yaml", "--out", tmp_path / "out", "--lang", "vi")
    assert code == 0
    assert "Có phương án giữ được mọi quy định" in out
    assert not (tmp_path / "out" / "explain.png").exists()


def test_solve_refuses_in_the_language_of_the_command(planning, folder, tmp_path):
    text("base.yaml", "    share: 0.2", FLOOR)(folder)
    code, _, err = planning("solve", folder / "base.yaml", "--out", tmp_path / "out", "--lang", "vi")
    assert code == 3
    assert err.startswith("Không có phương án nào giữ được mọi quy định:")
