"""The made-up data sets on which speed is measured."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.country import COMMUNES, made, write
from planning.errors import InputError
from planning.inputs import load_case
from planning.solver.plan import solve

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tables():
    return {
        name[5:-4]: pd.read_csv(BytesIO(data)) for name, data in made(252, 7, held=True).items() if name.endswith("csv")
    }


def test_it_is_of_the_size_asked_for(tables):
    assert len(tables["areas"]) == 252
    assert tables["areas"]["area"].is_unique
    assert tables["areas"]["name_vi"].is_unique
    assert len(tables["programmes"]) == 20
    assert len(tables["needs"]) == len(tables["baseline"]) == 252 * 20
    assert set(tables["bands"].groupby("programme").size()) == {3}
    assert tables["funds"]["fund"].nunique() == 5


def test_classes_and_money_keep_the_proportions_of_the_126(tables):
    areas, known = tables["areas"], pd.read_csv(COMMUNES / "areas.csv")
    count, before = areas["class"].value_counts(), 2 * known["class"].value_counts()
    assert (count - before).abs().max() <= 4
    funds, of_126 = tables["funds"], pd.read_csv(COMMUNES / "funds.csv")
    grown = areas["children"].sum() / known["children"].sum()
    for fund, other in (("state_capital", "city_capital"), ("local_budget", "local_budget")):
        ceilings = funds.loc[funds["fund"] == fund, "ceiling"].to_numpy()
        before = of_126.loc[of_126["fund"] == other, "ceiling"].to_numpy(float)
        np.testing.assert_allclose(ceilings, before * grown, rtol=1e-5)
    first = funds.loc[funds["year"] == 2026, "ceiling"].sum()
    assert tables["baseline"]["amount"].sum() == pytest.approx(first, rel=1e-3)
    assert tables["fund_shares"]["share"].sum() == pytest.approx(1, abs=1e-9)


def test_every_figure_says_that_it_is_assumed(tables):
    for name, table in tables.items():
        assert (table["status"] == "assumed").all(), name
        assert table["source"].str.contains("seed 7").all(), name


def test_the_same_seed_gives_the_same_files_and_another_seed_others():
    assert made(30, 1) == made(30, 1)
    assert made(30, 1)["data/needs.csv"] != made(30, 2)["data/needs.csv"]


@pytest.mark.parametrize("held", [False, True])
def test_every_scenario_has_a_plan_in_which_its_rules_bind(tmp_path, held):
    write(tmp_path, made(30, 1, held=held))
    bind = {
        "base": "remote_share",
        "floors": "per_child_floor",
        "strict": "coverage_floors",
        "one-goal": "remote_share",
    }
    for name, rule in bind.items():
        plan = solve(load_case(tmp_path / f"{name}.yaml"))
        rows = plan.rules[plan.rules["rule"] == rule]
        assert (rows["binding"] == "yes").any(), name


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "base.yaml").write_text("mine")
    with pytest.raises(InputError, match="holds something else"):
        write(tmp_path, made(30, 1))
    assert (tmp_path / "base.yaml").read_text() == "mine"


def test_shares_of_a_data_set_made_before_do_not_stay(tmp_path):
    write(tmp_path, made(30, 1, held=True))
    write(tmp_path, made(30, 1))
    assert not (tmp_path / "data" / "fund_shares.csv").exists()


@pytest.mark.parametrize("areas", ["3", "-1", "100001"])
def test_a_number_of_areas_that_cannot_be_is_refused(tmp_path, areas):
    command = [sys.executable, ROOT / "benchmarks" / "country.py", "--areas", areas, "--out", tmp_path / "new"]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    assert ended.returncode == 2
    assert "write a number from 10 to 100,000" in ended.stderr
    assert not (tmp_path / "new").exists()


def test_real_names_without_their_package_are_refused_in_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "vietnamadminunits.database", None)
    with pytest.raises(InputError, match="needs the package vietnamadminunits: pip install vietnamadminunits"):
        made(3321, 1, real=True)
