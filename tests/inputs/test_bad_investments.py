"""Wrong capacities, projects and resources with the sentence that each is refused with: the toy with projects, spoilt.

Projects stand in rows 2 pool_near, 3 old_near, 4 dream_near, 5 pool_hill, 6 annex_hill, 7 bath_hill, 8 shed_hill.
"""

import shutil
from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs import load_case
from tests.edits import Edit, cell, content, text, with_row, without, without_row
from tests.languages import assert_told_in_both_languages

PROJECT_ROWS, EFFECT_ROWS = range(2, 9), range(2, 12)


@pytest.fixture
def folder(tmp_path: Path, toy_projects_folder: Path) -> Path:
    """A copy of the toy with projects that a test may edit."""
    return Path(shutil.copytree(toy_projects_folder, tmp_path / "toy"))


def both(*edits: Edit) -> Edit:
    def edit(folder: Path) -> None:
        for one in edits:
            one(folder)

    return edit


CASES = {
    "parts of the cost": (
        cell("projects", 5, "second_year", 0.4),
        "data/projects.csv:\n- row 5: project 'pool_hill': first_year, second_year and third_year add up to 0.9; the "
        "parts of the cost must add up to 1",
    ),
    "earliest after latest": (
        cell("projects", 2, "earliest", 2029),
        "data/projects.csv:\n- row 2: project 'pool_near': earliest 2029 is after latest 2028; write the first year in "
        "which it may start under earliest",
    ),
    "built under a recurrent programme": (
        cell("projects", 2, "programme", "clubs"),
        "row 2: project 'pool_near': programme 'clubs' is not capital; name a capital programme of table programmes",
    ),
    "run under a capital programme": (
        cell("projects", 2, "running_programme", "pools"),
        "row 2: project 'pool_near': running_programme 'pools' is not recurrent; name a recurrent programme of table",
    ),
    "requires itself": (
        cell("projects", 6, "requires", "annex_hill"),
        "row 6: project 'annex_hill' requires itself; name another project or leave the cell empty",
    ),
    "excludes itself": (
        cell("projects", 6, "excludes", "annex_hill"),
        "row 6: project 'annex_hill' excludes itself; name another project or leave the cell empty",
    ),
    "requires an unknown project": (
        cell("projects", 6, "requires", "pool_hil"),
        "data/projects.csv:\n- row 6: unknown requires 'pool_hil'; did you mean 'pool_hill'?",
    ),
    "excludes an unknown project": (
        cell("projects", 7, "excludes", "pol_hill"),
        "data/projects.csv:\n- row 7: unknown excludes 'pol_hill'; did you mean 'pool_hill'?",
    ),
    "a circle of two": (
        cell("projects", 5, "requires", "annex_hill"),
        "1 problem in data/projects.csv:\n- row 5: requires goes round in a circle: pool_hill → annex_hill → "
        "pool_hill; empty the cell of the project that can start first",
    ),
    "a circle of three": (
        both(cell("projects", 5, "requires", "bath_hill"), cell("projects", 7, "requires", "annex_hill")),
        "1 problem in data/projects.csv:\n- row 5: requires goes round in a circle: pool_hill → bath_hill → "
        "annex_hill → pool_hill;",
    ),
    "must be built but requires what is never built": (
        cell("projects", 8, "requires", "dream_near"),
        "row 8: project 'shed_hill' is must but requires 'dream_near', which is never built; change one of the two",
    ),
    "two that must be built exclude each other": (
        cell("projects", 8, "excludes", "old_near"),
        "row 8: project 'shed_hill' and 'old_near' exclude each other and both must stand in every plan; change one",
    ),
    "ongoing without one year": (
        cell("projects", 3, "latest", 2026),
        "row 3: project 'old_near' is ongoing but starts between 2025 and 2026; write the year in which it started",
    ),
    "ongoing after the plan": (
        both(cell("projects", 3, "earliest", 2030), cell("projects", 3, "latest", 2030)),
        "row 3: project 'old_near' is ongoing but starts in 2030, after the plan years 2026–2028; change its year or",
    ),
    "must be built after the plan": (
        both(cell("projects", 8, "earliest", 2029), cell("projects", 8, "latest", 2030)),
        "row 8: project 'shed_hill' must be built but cannot start in 2026–2028; change its years or its stage",
    ),
    "unknown stage": (cell("projects", 2, "stage", "planned"), "row 2: unknown stage 'planned'; known: candidate, "),
    "cost 0": (cell("projects", 2, "cost", 0), "row 2: cost 0 is not allowed; write an amount in million VND, above 0"),
    "life 0": (cell("projects", 2, "life", 0), "row 2: life 0 is not allowed; write a whole number, at least 1"),
    "no fund may pay": (
        both(cell("eligibility", 2, "cost_type", "recurrent"), cell("needs", 4, "need", 0)),
        "data/projects.csv:\n- row 2: no fund may pay for 'pools' in class 'city', as project 'pool_near' needs; write "
        "a row in table eligibility",
    ),
    "effect on a programme without capacities": (
        cell("project_effects", 3, "programme", "clubs"),
        "data/project_effects.csv:\n- row 3: project 'pool_near' adds capacity to 'clubs', which is not limited by "
        "capacity; state its existing capacity in table capacities, 0 where nothing exists",
    ),
    "a project without effect": (
        without_row("project_effects", 11),
        "data/project_effects.csv:\n- no effect is stated for shed_hill; write what each adds to a programme",
    ),
    "effect of an unknown project": (
        cell("project_effects", 2, "project", "pool_nera"),
        "data/project_effects.csv:\n- row 2: unknown project 'pool_nera'; did you mean 'pool_near'?",
    ),
    "effect stated twice": (
        with_row("project_effects", 2),
        "row 12: project 'pool_near', programme 'pools' stands already in row 2; keep one of them",
    ),
    "projects without effects": (
        without("data/project_effects.csv"),
        "1 problem in data/projects.csv:\n- the table says nothing without project_effects.csv; fill it in as well, or",
    ),
    "projects whose effects are an empty template": (
        without_row("project_effects", *EFFECT_ROWS),
        "data/projects.csv:\n- the table says nothing without project_effects.csv; fill it in as well, or delete the",
    ),
    "effects without projects": (
        without("data/projects.csv"),
        "1 problem in data/project_effects.csv:\n- the table says nothing without projects.csv;",
    ),
    "capacity missing for an area": (
        without_row("capacities", 3),
        "data/capacities.csv:\n- programme 'lessons' has no capacity stated for hill; write a row for each area, with "
        "0 where nothing exists",
    ),
    "unit cost of what projects deliver": (
        with_row("unit_costs", 2, programme="pools", unit_cost=100),
        "1 problem in data/unit_costs.csv:\n- row 6: 'pools' is capital and stands in capacities.csv, so its projects "
        "alone cost money; delete this row, or the programme's rows in capacities.csv",
    ),
    "resource without a year": (
        without_row("resources", 3),
        "data/resources.csv:\n- resource 'trainers' has no ceiling for 2027; write a row for each plan year",
    ),
    "resource that nothing uses": (
        with_row("resources", 2, resource="buses"),
        "data/resources.csv:\n- resource 'buses' has no ceiling for 2027, 2028; write a row for each plan year\n\n"
        "1 problem in data/resource_use.csv:\n- nothing uses buses; write what a unit of each programme takes of it",
    ),
    "use of an unknown resource": (
        cell("resource_use", 3, "resource", "trainer"),
        "data/resource_use.csv:\n- row 3: unknown resource 'trainer'; did you mean 'trainers'?",
    ),
    "resources without use": (
        without("data/resource_use.csv"),
        "1 problem in data/resources.csv:\n- the table says nothing without resource_use.csv;",
    ),
    "the rule on resources without the table": (
        both(without("data/resources.csv", "data/resource_use.csv"), text("base.yaml", "{}", "{resources: {}}")),
        "1 problem in base.yaml:\n- line 7: rules.resources: there is no sound table resources.csv; write one with "
        "resource_use.csv, or set it to off",
    ),
    "negative limit of projects": (
        text("base.yaml", "{}", "{projects: {per_area: -1}}"),
        "line 7: rules.projects.per_area -1 is not allowed; write a number at least 0",
    ),
}


@pytest.mark.parametrize(("edit", "sentence"), CASES.values(), ids=CASES)
def test_a_wrong_investment_is_refused_with_its_sentence(folder: Path, edit: Edit, sentence: str) -> None:
    edit(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    assert sentence in str(refused.value)
    if "known: candidate" not in sentence:  # one of the stages that it lists is called must
        assert_told_in_both_languages(refused.value)


VIETNAMESE = {
    "parts of the cost": "1 lỗi trong data/projects.csv:\n"
    "- dòng 5: dự án 'pool_hill': first_year, second_year và third_year cộng lại là 0,9; hãy sửa để ba phần "
    "vốn cộng lại bằng 1",
    "run under a capital programme": "1 lỗi trong data/projects.csv:\n"
    "- dòng 2: dự án 'pool_near': running_programme 'pools' không có loại chi recurrent; hãy ghi một chương "
    "trình recurrent của bảng programmes",
    "must be built but requires what is never built": "1 lỗi trong data/projects.csv:\n"
    "- dòng 8: dự án 'shed_hill' thuộc loại bắt buộc nhưng cần có trước 'dream_near' là dự án không làm; hãy "
    "sửa stage của một trong hai, hoặc để trống requires",
    "ongoing after the plan": "1 lỗi trong data/projects.csv:\n"
    "- dòng 3: dự án 'old_near' là dự án chuyển tiếp nhưng ghi khởi công năm 2030, sau các năm của phương án "
    "(2026–2028); hãy sửa năm hoặc stage",
    "unknown stage": "1 lỗi trong data/projects.csv:\n"
    "- dòng 2: stage không nhận giá trị 'planned'; tên đã biết: candidate, ongoing, must, never",
    "capacity missing for an area": "1 lỗi trong data/capacities.csv:\n"
    "- chương trình 'lessons' chưa ghi năng lực hiện có cho hill; hãy thêm mỗi địa bàn một dòng, ghi 0 nếu "
    "chưa có gì",
    "resources without use": "1 lỗi trong data/resources.csv:\n"
    "- bảng này không có tác dụng nếu thiếu resource_use.csv; hãy điền cả bảng đó, hoặc xóa các dòng ở đây",
}


@pytest.mark.parametrize("name", VIETNAMESE)
def test_a_wrong_investment_is_refused_in_vietnamese(folder: Path, name: str) -> None:
    CASES[name][0](folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    assert refused.value.told("vi") == VIETNAMESE[name]


def test_empty_templates_of_optional_tables_are_no_obstacle(folder: Path) -> None:
    """A planner who fills in only what every folder needs leaves the rest as it was written for him."""
    for name in ("projects", "project_effects", "capacities", "resources", "resource_use"):
        file = folder / "data" / f"{name}.csv"
        content(f"data/{name}.csv", file.read_text(encoding="utf-8").splitlines()[0] + "\n")(folder)
    with_row("unit_costs", 2, programme="pools", unit_cost=100)(folder)
    with_row("unit_costs", 3, programme="pools", unit_cost=150)(folder)
    case = load_case(folder / "base.yaml")
    assert case.projects.empty
    assert not case.limited.any()
    assert not {"data/projects.csv", "data/capacities.csv", "data/resources.csv"} & set(case.hashes)
