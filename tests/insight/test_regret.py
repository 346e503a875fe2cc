"""Regret: nothing on the diagonal, nothing below it, and each entry is what solving with those projects gives."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.errors import InputError
from planning.inputs.whatif import with_money
from planning.insight.regret import regret
from planning.model.build import build
from planning.reports.findings import finding_sheet
from planning.solver.hot import Hot
from tests import random_cases
from tests.cases import with_rules, with_table
from tests.languages import vietnamese
from tests.project_cases import with_two_pools

QUIET = settings(max_examples=12)


def named(case, name):
    """The case under another name, with searches ended at the best."""
    objective = case.scenario.objective.model_copy(update={"gap": 0.0})
    return replace(case, scenario=case.scenario.model_copy(update={"name": name, "objective": objective}))


def with_ceilings(case, *, factor):
    table = case.tables["funds"]
    return with_table(case, "funds", table.assign(ceiling=table["ceiling"] * factor))


@QUIET
@given(data=st.data())
def test_regret_is_nothing_at_home_and_never_below(toy, data):
    case = with_rules(data.draw(random_cases.cases_with_projects(toy)))
    cases = [named(with_ceilings(case, factor=f), f"money_{f}".replace(".", "_")) for f in (1.0, 0.4, 2.5)]
    table = regret(cases).table
    assert (table.loc[table["kept"] == table["under"], "regret"] == 0).all()
    assert (table["regret"].dropna() >= -1e-6).all()
    assert len(table) == 9


def test_choices_are_told_apart_by_codes_titles_and_small_regret(toy):
    base = with_rules(with_two_pools(toy, near={"running_cost": 60.0}))
    finding = regret([named(with_ceilings(base, factor=f), name) for name, f in (("poor", 0.55), ("rich", 3))])
    sheet = finding_sheet(finding, "", "vi", "choices")
    first = sheet.printed().iloc[0]
    assert first[["Dự án theo phương án", "Tên phương án"]].tolist() == ["rich", "Ví dụ nhỏ"]
    assert re.fullmatch(r"\d+,\d{3}%", first["Mức tiếc lớn nhất"])
    assert re.fullmatch(r"\d+,\d{3}%", first["Mức tiếc về chỉ tiêu"])


def test_an_entry_is_the_loss_of_solving_with_those_projects(toy):
    """Plenty builds a pool that the poor scenario must then also build and run."""
    base = with_rules(with_two_pools(toy, near={"running_cost": 60.0}))
    poor, rich = named(with_ceilings(base, factor=0.55), "poor"), named(with_ceilings(base, factor=3), "rich")
    finding = regret([poor, rich])
    table = finding.table.set_index(["kept", "under"])
    models = {case.scenario.name: build(case) for case in (poor, rich)}
    points = {name: Hot(model, gap=1e-9).best() for name, model in models.items()}
    for kept, under in (("rich", "poor"), ("poor", "rich")):
        hot = Hot(models[under], gap=1e-9)
        hot.keep_projects(points[kept].answer.x)
        lost = points[under].values[-1] - hot.best().values[-1]
        assert table.loc[(kept, under), "regret"] == pytest.approx(lost, abs=1e-6)
        assert lost > 1e-3
    first = finding.tables["choices"].iloc[0]
    assert first["worst"] == min(finding.tables["choices"]["worst"])
    assert first["kept"] in {"poor", "rich"}
    assert finding.sentences["en"][0].startswith("The projects of")


def test_projects_that_cannot_be_paid_are_said(toy):
    base = with_rules(with_two_pools(toy))
    rich, broke = named(base, "rich"), named(with_money_in_tables(base, 0.05), "broke")
    finding = regret([rich, broke])
    table = finding.table.set_index(["kept", "under"])
    assert table.loc[("rich", "broke"), "with_plan"] == "no"
    assert np.isnan(table.loc[("rich", "broke"), "regret"])
    assert finding.tables["choices"].iloc[0]["kept"] == "broke"
    assert any("no plan keeps every rule if" in sentence for sentence in finding.sentences["en"])


def with_money_in_tables(case, factor):
    assert with_money(case, factor).ceiling == pytest.approx(with_ceilings(case, factor=factor).ceiling)
    return with_ceilings(case, factor=factor)


def test_a_project_that_the_other_scenario_does_not_know(toy):
    base = named(with_rules(with_two_pools(toy)), "base")
    projects = base.tables["projects"]
    other = named(with_table(base, "projects", projects.assign(earliest=2027)), "later")
    table = regret([base, other]).table.set_index(["kept", "under"])
    assert table.loc[("base", "later"), "with_plan"] == "no"
    assert table.loc[("later", "base"), "with_plan"] == "yes"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda case: [case], "name two or more"),
        (lambda case: [case, case], "scenario 'base' is named twice"),
        (
            lambda case: [case, named(with_rules(case, {"goals": ("reach",)}), "other")],
            "its goals are not those of 'base' (targets)",
        ),
        (
            lambda case: [case, named(with_table(case, "areas", case.tables["areas"].iloc[:1]), "other")],
            "its areas are not those of 'base' (hill)",
        ),
    ],
)
def test_scenarios_that_cannot_be_compared(toy, change, words):
    with pytest.raises(InputError) as refused:
        regret(change(toy))
    assert words in str(refused.value)
    vietnamese(refused.value)


def test_scenarios_that_cannot_be_compared_in_vietnamese(toy):
    """What the others have that the first has not is listed, five of them at most."""
    years = toy.scenario.model_copy(update={"name": "later", "years": (2027, *range(2030, 2037))})
    with pytest.raises(InputError) as refused:
        regret([toy, toy, replace(toy, scenario=years)])
    assert vietnamese(refused.value) == (
        "1 lỗi trong base:\n"
        "- phương án 'base' được nêu hai lần; hãy nêu mỗi phương án một lần\n"
        "\n"
        "1 lỗi trong later:\n"
        "- các năm không giống của 'base' (2030, 2031, 2032, 2033, 2034 và 2 mục nữa); hãy nêu các phương án có cùng "
        "địa bàn, chương trình, năm và mục tiêu"
    )
