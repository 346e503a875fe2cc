"""Caps on indices of inequality: their rows by hand, and that the rows with their extra columns mean the index.

Toy case, lessons only: near has 5 sixths of the children and hill 1 sixth; half of each need is a full column, so mean
coverage is 5/12 for a full column of near and 1/12 for one of hill. Each index is worked out again with NumPy.
"""

import numpy as np
import pytest

from planning.inputs.rules import Rules
from planning.solver.plan import Plan, solve
from tests.cases import with_cell, with_rules
from tests.model.matrix import INF, row, rows_of, under

WEIGHT = np.array([1000, 200]) / 1200
ON_LESSONS = {"programmes": "lessons", "floor": 0.0}
MEAN = {"near": 5 / 12, "hill": 1 / 12}


def lessons(near: float, hill: float, year: int = 2026) -> dict[str, float]:
    """The same coefficient for both bands of an area."""
    return {
        f"served__{area}__lessons__{year}__{band}": round(value, 9)
        for area, value in (("near", near), ("hill", hill))
        for band in (1, 2)
        if value
    }


def hoover(c: np.ndarray) -> float:
    """Largest distance of the Lorenz curve from equality."""
    order = np.argsort(c)
    people = np.cumsum(WEIGHT[order])
    held = np.cumsum((WEIGHT * c)[order]) / (WEIGHT @ c)
    return float(np.max(people - held))


def gini(c: np.ndarray) -> float:
    order = np.argsort(c)
    held = np.append(0, np.cumsum((WEIGHT * c)[order]) / (WEIGHT @ c))
    return float(1 - WEIGHT[order] @ (held[1:] + held[:-1]))


def concentration(c: np.ndarray) -> float:
    """Twice the covariance with the rank by nearness: hill is farthest with 1/12, near has 7/12."""
    return float(2 * (WEIGHT @ (c * np.array([7 / 12, 1 / 12])) - WEIGHT @ c / 2) / (WEIGHT @ c))


def theil(c: np.ndarray) -> float:
    ratio = np.maximum(c / (WEIGHT @ c), 1e-12)
    return float(WEIGHT @ (ratio * np.log(ratio)))


def held_by_the_worst_fifth(c: np.ndarray) -> float:
    worst = int(np.argmin(c))
    first = min(WEIGHT[worst], 0.2)
    return float((first * c[worst] + (0.2 - first) * c[1 - worst]) / (WEIGHT @ c))


INDEX = {
    "concentration": (concentration, {"at_most": 0.02}),
    "hoover": (hoover, {"at_most": 0.03}),
    "gini": (gini, {"at_most": 0.03}),
    "theil": (theil, {"at_most": 0.02}),
    "bottom_share": (held_by_the_worst_fifth, {"bottom": 0.2, "share": 0.16}),
}
# The tangents leave out up to 0.0013 of the index, for coverage between 1/50 of the mean and 8 times it.
SLACK = {"theil": 0.0014}


def by_year(plan: Plan, index) -> list[float]:
    coverage = plan.coverage[plan.coverage["programme"] == "lessons"]
    table = coverage.pivot(index="year", columns="area", values="coverage")[["near", "hill"]]
    return [index(c) for c in table.to_numpy()]


@pytest.fixture(scope="module")
def scarce(toy):
    """Three hundred of the city a year, for lessons alone worth having: near is better served than hill."""
    case = with_cell(toy, "funds", "ceiling", 300.0, fund="city")
    return with_cell(with_cell(case, "funds", "carry_over", 0.0), "programmes", "weight", 0.1, programme="pools")


@pytest.mark.parametrize("name", INDEX)
def test_the_cap_holds_and_is_the_index_itself(scarce, name):
    """Above its cap without the rule, at the cap with it; the table of rules shows the number."""
    index, level = INDEX[name]
    sign = -1 if name == "bottom_share" else 1
    cap = level.get("share", level.get("at_most"))
    free, held = (solve(with_rules(scarce, **rules)) for rules in ({}, {name: [ON_LESSONS | level]}))
    assert all(sign * value > sign * cap + 0.01 for value in by_year(free, index))
    found = by_year(held, index)
    assert found == pytest.approx([cap, cap], abs=SLACK.get(name, 1e-6))
    shown = held.rules[held.rules["rule"] == name]
    assert shown["value"].tolist() == pytest.approx(found, abs=1e-6)


@pytest.mark.parametrize("name", INDEX)
def test_a_report_shows_the_index_of_the_free_plan(scarce, name):
    index, level = INDEX[name]
    told = solve(with_rules(scarce, **{name: [ON_LESSONS | level | {"strength": "report"}]}))
    shown = told.rules[told.rules["rule"] == name]
    assert shown["value"].tolist() == pytest.approx(by_year(told, index), abs=1e-6)
    assert set(shown["binding"]) == {"no"}


@pytest.mark.parametrize("name", INDEX)
def test_a_soft_cap_beyond_reach_is_no_end_of_the_plan(scarce, name):
    """Nothing may reach hill: every index is at its worst, and the plan says so."""
    capped = {"coverage_caps": [{"areas": "hill", "programmes": "lessons", "share": 0.01}]}
    floors = {"coverage_floors": [{"areas": "near", "programmes": "lessons", "share": 0.5}]}
    rule = {name: [ON_LESSONS | INDEX[name][1] | {"strength": "soft"}]}
    plan = solve(with_rules(scarce, **capped, **floors, **rule))
    assert plan.rules.loc[plan.rules["rule"] == name, "strength"].unique().tolist() == ["soft"]


@pytest.mark.parametrize("name", INDEX)
def test_the_floor_beside_a_cap(toy, name):
    """Both bands of near are 400 children of 400: a floor of a tenth is a row for each area and year."""
    rule = {name: [INDEX[name][1] | {"programmes": "lessons", "floor": 0.1}]}
    model = under(toy, **rule)
    assert row(model, "index_floors__near__2026__lessons") == (lessons(0.5, 0), 0.1, INF)
    assert row(model, "index_floors__hill__2027__lessons") == (lessons(0, 0.5, 2027), 0.1, INF)


def test_the_floor_is_told_in_its_own_words(toy):
    """The index by the year, and the floor by the area."""
    plan = solve(with_rules(toy, hoover=[{"at_most": 0.2, "programmes": "lessons", "floor": 0.05}]))
    shown = plan.rules.set_index(["rule", "index"])
    floor = shown.loc[("index_floors", "hill 2026 lessons")]
    assert floor["words_en"] == (
        "Hill, 2026: coverage at least 5.0% (Swimming lessons; the floor that goes with a limit on inequality)"
    )
    assert floor["words_vi"] == ("Đồi, năm 2026: bao phủ ít nhất 5,0% (Dạy bơi; mức sàn đi kèm giới hạn bất bình đẳng)")
    assert shown.loc[("hoover", "lessons 2026"), "words_en"] == "2026: Hoover index at most 20.0% (Swimming lessons)"
    covered = plan.coverage.set_index(["programme", "area", "year"])["coverage"]["lessons", "hill", 2026]
    assert floor["value"] == pytest.approx(covered)


def test_two_limits_on_the_same_coverage_keep_both_floors(toy):
    rules = {name: [INDEX[name][1] | {"programmes": "lessons", "floor": 0.1}] for name in ("hoover", "gini")}
    assert rows_of(under(toy, **rules), "index_floors__near__2026") == [
        "index_floors__near__2026__lessons",
        "index_floors__near__2026__lessons__2",
    ]


def test_an_index_alone_is_content_with_nothing(scarce):
    """Why the floor must be stated: with no money worth having, equal coverage of 0 keeps every cap."""
    plan = solve(
        with_rules(scarce, gini=[ON_LESSONS | {"at_most": 0.0}], coverage_caps=[{"areas": "hill", "share": 0.0}])
    )
    assert plan.coverage.loc[plan.coverage["programme"] == "lessons", "reached"].max() == pytest.approx(0, abs=1e-6)


def test_concentration(toy):
    """w·(2r − 1) is 5/36 for near and −5/36 for hill; less a tenth of the mean."""
    assert row(under(toy, concentration=[ON_LESSONS | {"at_most": 0.1}]), "concentration__lessons__2026") == (
        lessons(5 / 72 - MEAN["near"] / 10, -5 / 72 - MEAN["hill"] / 10),
        -INF,
        0.0,
    )


def test_hoover(toy):
    """Each area's distance from the mean, weighed and halved; less a tenth of the mean."""
    model = under(toy, hoover=[ON_LESSONS | {"at_most": 0.1}])
    assert row(model, "hoover__lessons__2026") == (
        {"hoover_0__0": round(5 / 12, 9), "hoover_0__2": round(1 / 12, 9)}
        | lessons(-MEAN["near"] / 10, -MEAN["hill"] / 10),
        -INF,
        0.0,
    )
    above = row(model, "link_hoover__near__2026__lessons")
    below = row(model, "link_hoover__near__2026__lessons__2")
    assert above == ({"hoover_0__0": 1.0} | lessons(MEAN["near"] - 0.5, MEAN["hill"]), 0.0, INF)
    assert below == ({"hoover_0__0": 1.0} | lessons(0.5 - MEAN["near"], -MEAN["hill"]), 0.0, INF)


def test_gini(toy):
    """5/36 of the distance between the two areas, less a tenth of the mean."""
    model = under(toy, gini=[ON_LESSONS | {"at_most": 0.1}])
    assert row(model, "gini__lessons__2027") == (
        {"gini_0__1": round(5 / 36, 9)} | lessons(-MEAN["near"] / 10, -MEAN["hill"] / 10, 2027),
        -INF,
        0.0,
    )
    assert row(model, "link_gini__near__hill__2026") == ({"gini_0__0": 1.0} | lessons(-0.5, 0.5), 0.0, INF)
    assert row(model, "link_gini__near__hill__2026__2") == ({"gini_0__0": 1.0} | lessons(0.5, -0.5), 0.0, INF)


def test_theil(toy):
    """A full column stands for 4 of q + μ, which is above each tangent: at r = 0.02, (1 + ln r)·c − r·μ + μ."""
    model = under(toy, theil=[ON_LESSONS | {"at_most": 0.1}])
    assert row(model, "theil__lessons__2026") == (
        {"theil_0__0": round(4 * 5 / 6, 9), "theil_0__2": round(4 / 6, 9)}
        | lessons(-1.1 * MEAN["near"], -1.1 * MEAN["hill"]),
        -INF,
        0.0,
    )
    slope = 1 + np.log(0.02)
    assert row(model, "link_theil__near__2026__lessons") == (
        {"theil_0__0": 4.0} | lessons(-slope / 2 - 0.98 * MEAN["near"], -0.98 * MEAN["hill"]),
        0.0,
        INF,
    )
    assert len(rows_of(model, "link_theil__hill__2026__lessons")) == 59  # and the first, which has no number


def test_bottom_share(toy):
    """A fifth of the level, less what areas are below it, against a tenth of the mean."""
    model = under(toy, bottom_share=[ON_LESSONS | {"bottom": 0.2, "share": 0.1}])
    assert row(model, "bottom_share__lessons__2026") == (
        {
            "bottom_level_0__0": 0.2,
            "bottom_below_0__0": -round(5 / 6, 9),
            "bottom_below_0__2": -round(1 / 6, 9),
        }
        | lessons(-MEAN["near"] / 10, -MEAN["hill"] / 10),
        0.0,
        INF,
    )
    assert row(model, "link_bottom_share__hill__2026__lessons") == (
        {"bottom_below_0__2": 1.0, "bottom_level_0__0": -1.0} | lessons(0, 0.5),
        0.0,
        INF,
    )


def test_coverage_is_of_the_need_of_the_year(toy_projects):
    """Clubs in hill are for 40, 50 and 60 children: full coverage is 1 in each year, and no column is beyond it."""
    model = under(toy_projects, hoover=[{"programmes": "clubs", "at_most": 0.1, "floor": 0.2}])
    for year in (2026, 2027, 2028):
        assert row(model, f"index_floors__hill__{year}__clubs") == ({f"served__hill__clubs__{year}__1": 1.0}, 0.2, INF)


def test_an_area_without_need_has_no_weight(toy):
    case = with_cell(toy, "needs", "need", 0.0, area="hill", programme="lessons")
    model = under(case, gini=[{"programmes": "lessons", "at_most": 0.0, "floor": 0.1}])
    assert rows_of(model, "link_gini") == []
    assert rows_of(model, "index_floors") == [f"index_floors__near__{year}__lessons" for year in (2026, 2027)]


def test_every_index_has_a_floor_by_its_own_choice():
    for name in INDEX:
        [entry] = [field for key, field in Rules.model_fields.items() if key == name]
        model = entry.annotation.__args__[0]
        assert model.model_fields["floor"].is_required()
