"""The comparison with peers: the model by hand is the product's own, and the page says what was measured."""

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.country import made, write
from planning.inputs import load_case
from planning.solver.plan import solve

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from peers_page import LINES, OURS, Run, agreed, beside, cell, fastest, picture, slope, table  # noqa: E402


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("country")
    write(place, made(12, 3))
    return place


@pytest.mark.parametrize(("tool", "way"), [("highs", "best"), ("pulp", "usual"), ("pulp", "best"), ("pulp", "cbc")])
def test_a_peer_finds_the_products_own_best_value_and_spends_within_the_ceilings(folder, tmp_path, tool, way):
    command = [sys.executable, ROOT / "benchmarks" / "peer" / "run.py", tool, way, folder, tmp_path / "out.csv"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])
    plan = solve(load_case(folder / "one-goal.yaml"))
    assert told["objective"] == pytest.approx(plan.certificate["goals"][0]["value"], abs=1e-6)
    spent = pd.read_csv(tmp_path / "out.csv").groupby("fund")["amount"].sum()
    ceilings = pd.read_csv(folder / "data" / "funds.csv").groupby("fund")["ceiling"].sum()
    assert (spent <= ceilings[spent.index] * (1 + 1e-6)).all()
    assert spent.sum() == pytest.approx(plan.lines["amount"].sum(), rel=1e-4)


def runs(*seconds: float | None) -> list[Run]:
    sizes = (126, 700, 3321)
    return [
        Run(areas, limit=60.0) if wall is None else Run(areas, wall / 2, wall, 100.0, 0.5, wall, wall / 4)
        for areas, wall in zip(sizes, seconds, strict=True)
    ]


@pytest.fixture
def lines():
    return {OURS: runs(1.0, 2.0, 5.0)} | {name: runs(2.0, 30.0, None) for name in LINES}


def test_two_that_differ_end_the_benchmark():
    same = {"a": Run(30, 1, 1, 1, 0.5), "b": Run(30, 1, 1, 1, 0.5 + 5e-7), "late": Run(30)}
    assert agreed(same) == pytest.approx(5e-7)
    with pytest.raises(SystemExit, match="a and b differ"):
        agreed(same | {"b": Run(30, 1, 1, 1, 0.5 + 2e-6)})


def test_a_target_is_met_missed_or_not_known(lines):
    tuned = ("CVXPY, tuned",)
    assert beside(lines, tuned, 700, "whole", 10).endswith("| 1/15.0 | yes |")
    assert beside(lines, tuned, 700, "whole", 20).endswith("| 1/15.0 | NO |")
    assert beside(lines, tuned, 126, "whole", 1).endswith("| not slower | 1/2.0 | yes |")
    assert beside(lines, tuned, 3321, "whole", 4).endswith("| 1/12.0 or less | yes |")
    assert beside(lines, tuned, 3321, "whole", 20).endswith("| not known |")
    late = lines | {OURS: runs(1.0, 2.0, None)}
    assert beside(late, tuned, 3321, "whole", 4).endswith("| over the limit | NO |")


def test_the_fastest_is_looked_for_among_those_that_ended(lines):
    some = lines | {"linopy": runs(1.5, None, None)}
    assert fastest(some, ("linopy", "Pyomo"), 700, "whole") == (30.0, False)
    assert fastest(some, ("linopy", "Pyomo"), 3321, "whole") == (60.0, True)


def test_growth_is_an_exponent():
    assert "areas^1.00 | yes" in slope("base", [Run(126, 1, 1.26), Run(3321, 1, 33.21)])
    assert "areas^2.00 | NO" in slope("base", [Run(126, 1, 1.26**2), Run(3321, 1, 33.21**2)])
    for runs_known in ([Run(126, 1, 1.0), Run(3321, limit=60.0)], [Run(30, 1, 1.0)]):
        assert slope("base", runs_known).endswith("| not known | NO |")


def test_a_cell_says_what_was_not_measured():
    assert cell(Run(30, limit=60.0), "whole") == "> 60"
    assert cell(Run(30, limit=60.0, begun=False), "inside") == "> 60*"
    assert cell(Run(30, 1.234, 2.0, 99.6), "inside") == "1.23"


def test_table_and_picture_hold_every_line(lines):
    text = "\n".join(table(lines, "whole", "s"))
    assert text.count("\n") == len(lines) + 1
    assert len(picture(lines).axes[0].lines) == 4 * len(lines)
