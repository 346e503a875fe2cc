"""The shipped Hanoi tables are what the facts give, add up to the city, and say where each figure comes from."""

import importlib
import sys
from pathlib import Path

import pandas as pd
import pytest

SCENARIOS = Path(__file__).parents[2] / "scenarios"
DISTRICTS, COMMUNES = "hanoi-districts-2024", "hanoi-communes-2026"
FOLDERS = (DISTRICTS, COMMUNES)
TABLES = (
    "areas", "baseline", "bands", "calendar", "capacities", "classes", "eligibility", "fund_shares", "funds", "needs",
    "programmes", "project_effects", "projects", "resource_use", "resources", "targets", "unit_costs",
)  # fmt: skip
BY_PROJECTS = {"children_houses", "new_preschools", "play_areas", "pools"}
CROSSWALK = "crosswalk_districts_2024_communes_2026.csv"


@pytest.fixture(scope="module")
def derive():
    """The script as its folder runs it; the modules that it is made of can be imported beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCENARIOS)
        yield importlib.import_module("derive_hanoi")
    for name in [name for name in sys.modules if name.split(".")[0] in {"derive", "derive_hanoi"}]:
        del sys.modules[name]


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
    assert (tmp_path / CROSSWALK).read_bytes() == (SCENARIOS / CROSSWALK).read_bytes()


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
    known = derive.figures(world(derive, DISTRICTS))
    assert (
        derive.places(world(derive, DISTRICTS), known)["lower_units"].sum() == 579 == known.at["lower_units", "value"]
    )


def test_communes_hold_the_526_units_they_were_made_from(derive):
    known = derive.figures(world(derive, COMMUNES))
    assert derive.places(world(derive, COMMUNES), known)["lower_units"].sum() == 526 == known.at["lower_units", "value"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_needs_add_up_to_the_city_total_they_come_from(derive, folder):
    known = derive.figures(world(derive, folder))
    stated = derive.programme_facts(world(derive, folder), known).set_index("programme")["total"]
    needs = table(folder, "needs")
    assert needs.groupby("programme")["need"].sum().to_dict() == stated.to_dict()
    assert ((needs["need"] > 0) == (needs["programme"] != "facility_running")).all()
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
    assert len(table(folder, "unit_costs")) == len(classes) * (len(programmes) - len(BY_PROJECTS))


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_baseline_names_every_programme_of_every_area(folder):
    baseline = table(folder, "baseline")
    assert len(baseline) == len(table(folder, "areas")) * len(table(folder, "programmes"))
    nothing = set(baseline.loc[baseline["amount"] == 0, "programme"])
    assert nothing == BY_PROJECTS | {"facility_running"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_targets_of_documents_come_first(folder):
    targets = table(folder, "targets")
    first = (targets["strength"] == "hard") | (targets["document_en"] != "Proposed by planners")
    assert targets["priority"].tolist() == [1 if yes else 2 for yes in first]


# ---- capacities and projects ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_area_has_capacities(folder):
    capacities, areas = table(folder, "capacities"), table(folder, "areas")
    assert set(capacities["programme"]) == BY_PROJECTS | {"swimming_lessons"}
    for _, rows in capacities.groupby("programme"):
        assert sorted(rows["area"]) == sorted(areas["area"])
    existing = capacities.groupby("programme")["existing"].sum()
    assert existing["swimming_lessons"] == round(224_692 / 5 + 30 * 240 * 90 / 15) == 88_138
    assert existing.drop("swimming_lessons").eq(0).all()
    cells = capacities.merge(table(folder, "needs"), on=["area", "programme"])
    assert (cells["existing"] < cells["need"]).all()


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_projects_deliver_has_no_price_of_its_own(folder):
    programmes = table(folder, "programmes").set_index("programme")
    assert (programmes.loc[sorted(BY_PROJECTS), "cost_type"] == "capital").all()
    assert programmes.at["facility_running", "cost_type"] == "recurrent"
    assert programmes.at["facility_running", "weight"] == 0
    assert not BY_PROJECTS & set(table(folder, "unit_costs")["programme"])


@pytest.mark.parametrize(
    ("folder", "counts"),
    [
        (DISTRICTS, {"new_preschools": 10, "pools": 8, "children_houses": 6, "play_areas": 6}),
        (COMMUNES, {"new_preschools": 20, "pools": 15, "children_houses": 12, "play_areas": 13}),
    ],
)
def test_there_are_as_many_projects_as_the_readme_says(folder, counts):
    projects = table(folder, "projects")
    assert projects["programme"].value_counts().to_dict() == counts
    for programme, rows in projects.groupby("programme"):
        line = f"| {len(rows)} | {rows['cost'].sum() / 1000:,.0f} | {rows['running_cost'].sum() / 1000:.1f} |"
        assert line in (SCENARIOS / folder / "data" / "README.md").read_text(encoding="utf-8"), programme


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_project_is_paid_for_and_open_within_the_plan(derive, folder):
    years, projects = world(derive, folder).years, table(folder, "projects")
    parts = projects[["first_year", "second_year", "third_year"]]
    assert parts.sum(axis=1).to_numpy() == pytest.approx(1, abs=1e-12)
    assert (projects["earliest"] <= projects["latest"]).all()
    assert (projects["latest"] + projects["delay"] <= years[-1]).all()
    assert (projects["latest"] + (parts > 0).sum(axis=1) - 1 <= years[-1]).all()
    begun = projects["stage"] == "ongoing"
    assert (projects.loc[begun, "earliest"] == projects.loc[begun, "latest"]).all()
    assert projects.loc[begun, "earliest"].isin([years[0] - 1, years[0]]).all()
    assert (projects.loc[~begun, "earliest"] >= years[0]).all()


@pytest.mark.parametrize("folder", FOLDERS)
def test_codes_of_projects_refer_to_rows_that_exist(folder):
    projects, programmes = table(folder, "projects"), table(folder, "programmes").set_index("programme")
    assert projects["project"].is_unique
    assert set(projects["area"]) <= set(table(folder, "areas")["area"])
    assert (programmes["cost_type"].reindex(projects["programme"]) == "capital").all()
    assert (programmes["cost_type"].reindex(projects["running_programme"]) == "recurrent").all()
    area = projects.set_index("project")["area"]
    for column in ("requires", "excludes"):
        linked = projects[projects[column] != ""]
        assert len(linked) == 1
        assert area[linked[column]].tolist() == linked["area"].tolist()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_project_gives_what_its_programme_counts(folder):
    effects, projects = table(folder, "project_effects"), table(folder, "projects")
    assert set(effects["project"]) == set(projects["project"])
    assert set(effects["programme"]) == BY_PROJECTS | {"swimming_lessons"}
    own = projects.merge(effects, on=["project", "programme"])
    assert len(own) == len(projects)
    lessons = effects[effects["programme"] == "swimming_lessons"]
    assert sorted(lessons["project"]) == sorted(projects.loc[projects["programme"] == "pools", "project"])
    assert (lessons["capacity"] == 1500).all()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_stage_occurs_and_no_name_passes_for_a_real_project(folder):
    projects = table(folder, "projects")
    assert set(projects["stage"]) == {"candidate", "ongoing", "must", "never"}
    assert projects["name_en"].str.match("Proposed |Assumed ongoing ").all()
    assert projects["name_vi"].str.contains("đề xuất|giả định").all()
    assert projects["name_vi"].is_unique
    assert projects["name_en"].is_unique
    assert (projects["status"] == "assumed").all()


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_proposed_pools_put_the_swimming_target_within_reach(folder):
    key = ["area", "programme"]
    cells = table(folder, "needs").merge(table(folder, "capacities")[[*key, "existing"]], on=key)
    cells = cells[cells["programme"] == "swimming_lessons"].merge(table(folder, "areas")[["area", "class"]], on="area")
    effects = table(folder, "project_effects").merge(table(folder, "projects")[["project", "area"]], on="project")
    added = effects[effects["programme"] == "swimming_lessons"].groupby("area")["capacity"].sum()
    cells["most"] = (cells["existing"] + cells["area"].map(added).fillna(0)).clip(upper=cells["need"])
    by_class = cells.groupby("class")[["existing", "most", "need"]].sum()
    for rows in (cells[["existing", "most", "need"]].sum(), by_class.loc["far"], by_class.loc["mountain"]):
        assert rows["existing"] < 0.6 * rows["need"] < rows["most"]


def test_the_crosswalk_covers_both_maps():
    crosswalk = pd.read_csv(SCENARIOS / CROSSWALK)
    for column, folder in (("district", DISTRICTS), ("commune", COMMUNES)):
        shares = crosswalk.groupby(column)[f"share_of_{column}"].sum()
        assert sorted(shares.index) == sorted(table(folder, "areas")["area"])
        assert shares.to_numpy() == pytest.approx(1, abs=1e-9)
    assert (crosswalk[["share_of_district", "share_of_commune"]] > 0).all(axis=None)
    assert not crosswalk.duplicated(["district", "commune"]).any()
    assert (crosswalk["status"] == "derived").all()


def test_whole_numbers_keep_the_total(derive):
    figures = importlib.import_module("derive.figures")
    shared = figures.whole(10, pd.Series([1.0, 1.0, 1.0]))
    assert shared.tolist() == [4, 3, 3]
    assert figures.at_least_one(5, pd.Series([97.0, 1.0, 1.0])).tolist() == [3, 1, 1]
