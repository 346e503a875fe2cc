"""The shipped Hanoi tables are what the facts give, add up to the city, and say where each figure comes from."""

import importlib.util
import sys
from pathlib import Path

import pandas as pd
import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DISTRICTS, COMMUNES = "hanoi-districts-2024", "hanoi-communes-2026"
FOLDERS = (DISTRICTS, COMMUNES)
TABLES = (
    "areas", "baseline", "bands", "classes", "eligibility", "fund_shares", "funds", "needs", "programmes", "targets",
    "unit_costs",
)  # fmt: skip


@pytest.fixture(scope="module")
def derive():
    spec = importlib.util.spec_from_file_location("derive_hanoi", SCENARIOS / "derive_hanoi.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def table(folder: str, name: str) -> pd.DataFrame:
    return pd.read_csv(SCENARIOS / folder / "data" / f"{name}.csv", keep_default_na=False)


def world(derive, folder: str):
    return next(world for world in derive.WORLDS if world.folder == folder)


def test_making_the_tables_again_gives_the_same_bytes(derive, tmp_path):
    derive.write(tmp_path)
    for folder in FOLDERS:
        for name in TABLES:
            file = Path(folder) / "data" / f"{name}.csv"
            assert (tmp_path / file).read_bytes() == (SCENARIOS / file).read_bytes(), file


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_table_is_missing_or_left_over(folder):
    assert sorted(file.stem for file in (SCENARIOS / folder / "data").glob("*.csv")) == sorted(TABLES)


@pytest.mark.parametrize("file", sorted(SCENARIOS.rglob("*.csv")), ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_files_are_plain_csv(file):
    data = file.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    data.decode("utf-8")


@pytest.mark.parametrize(("folder", "units", "people"), [(DISTRICTS, 30, 7_739_700), (COMMUNES, 126, 8_811_473)])
def test_areas_are_the_whole_city(folder, units, people):
    areas = table(folder, "areas")
    assert len(areas) == areas["area"].nunique() == units
    assert areas["population"].sum() == people
    assert areas["children"].sum() == 1_930_000
    assert areas["area_km2"].sum() == pytest.approx(3359.8, rel=0.002)
    assert areas["area"].str.fullmatch(r"[a-z][a-z0-9_]*").all()


def test_districts_hold_579_lower_units(derive):
    known = derive.figures(derive.DISTRICTS)
    assert derive.places(derive.DISTRICTS, known)["lower_units"].sum() == 579 == known.at["lower_units", "value"]


def test_communes_hold_the_526_units_they_were_made_from(derive):
    known = derive.figures(derive.COMMUNES)
    assert derive.places(derive.COMMUNES, known)["lower_units"].sum() == 526 == known.at["lower_units", "value"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_needs_add_up_to_the_city_total_they_come_from(derive, folder):
    known = derive.figures(world(derive, folder))
    stated = derive.programme_facts(world(derive, folder), known).set_index("programme")["total"]
    needs = table(folder, "needs")
    assert needs.groupby("programme")["need"].sum().to_dict() == stated.to_dict()
    assert (needs["need"] > 0).all()
    assert len(needs) == len(table(folder, "areas")) * len(table(folder, "programmes"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_need_is_more_than_the_children(folder):
    needs = table(folder, "needs").merge(table(folder, "areas")[["area", "children"]])
    assert (needs["need"] <= needs["children"]).all()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_source_and_status(folder, name):
    rows = table(folder, name)
    assert rows["status"].isin(["sourced", "derived", "assumed"]).all()
    assert (rows["source"].str.strip() != "").all()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_row_that_rests_on_an_assumption_says_so(folder):
    for name in TABLES:
        rows = table(folder, name)
        assert (rows.loc[rows["source"].str.contains(r"\bA\d\d\b"), "status"] == "assumed").all(), name


@pytest.mark.parametrize("folder", FOLDERS)
def test_parts_add_up_to_one(folder):
    assert table(folder, "fund_shares").groupby("fund")["share"].sum().to_numpy() == pytest.approx(1, abs=1e-9)
    assert table(folder, "bands").groupby("programme")["share"].sum().to_numpy() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_baseline_is_nine_tenths_of_the_first_ceilings(folder):
    funds = table(folder, "funds")
    first = funds.loc[funds["year"] == funds["year"].min(), "ceiling"].sum()
    assert table(folder, "baseline")["amount"].sum() == pytest.approx(0.9 * first, rel=1e-4)


@pytest.mark.parametrize("folder", FOLDERS)
def test_all_seven_fields_and_both_cost_types_are_there(folder):
    programmes = table(folder, "programmes")
    assert programmes["field"].nunique() == 7
    assert set(programmes["cost_type"]) == {"recurrent", "capital"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_codes_refer_to_rows_that_exist(folder):
    classes, programmes = set(table(folder, "classes")["class"]), set(table(folder, "programmes")["programme"])
    assert set(table(folder, "areas")["class"]) == classes
    assert set(table(folder, "targets")["programme"]) <= programmes
    assert len(table(folder, "unit_costs")) == len(classes) * len(programmes)


def test_whole_numbers_keep_the_total(derive):
    shared = derive.whole(10, pd.Series([1.0, 1.0, 1.0]))
    assert shared.tolist() == [4, 3, 3]
    assert derive.at_least_one(5, pd.Series([97.0, 1.0, 1.0])).tolist() == [3, 1, 1]
