"""Printed tables add up, name everything in the language asked for, and are the same for one plan and for many."""

import dataclasses
import re

import pytest

from planning.model.build import RULES
from planning.model.rule_names import RULE_NAMES
from planning.reports import building, given, headline, promises, proof, sources, tables
from planning.vocabulary import NO, YES

OF_PLANS = [
    tables.by_field,
    tables.by_programme,
    tables.by_area,
    tables.remote_against_rest,
    tables.coverage_by_programme,
    tables.by_fund,
    promises.targets,
    promises.binding_rules,
    promises.rules,
    sources.money_by_status,
    headline.headline_sheet,
    building.chosen,
    building.not_chosen,
    building.capital_and_running,
]
OF_A_CASE = [
    given.input_summary,
    given.classes,
    given.ceilings,
    given.needs,
    given.need_against_ceilings,
    given.conflict_sheet,
    building.capacities,
    building.candidates,
    sources.assumed_figures,
]


def value(text):
    """A printed Vietnamese figure as a number."""
    return float(text.replace(".", "").replace(",", ".").replace("−", "-").replace("+", ""))


@pytest.mark.parametrize("sheet", [tables.by_field, tables.by_programme])
def test_printed_years_and_totals_add_up(sheet, communes):
    made = sheet(communes, "vi")
    money = [column for column, kind in made.kinds.items() if kind == "money"]
    printed = made.printed()[money].map(value)
    assert printed.iloc[:-1].sum().to_numpy() == pytest.approx(printed.iloc[-1].to_numpy())
    assert printed[money[:-1]].sum(axis=1).to_numpy() == pytest.approx(printed[money[-1]].to_numpy())
    assert printed.iloc[-1, -1] == pytest.approx(communes.lines["amount"].sum() / 1000, abs=0.05)


def test_printed_shares_of_children_add_up(communes):
    printed = given.classes(communes.case, "vi").printed()["Tỷ trọng trẻ em"].str.rstrip("%").map(value)
    assert printed.iloc[:-1].sum() == pytest.approx(100)
    assert printed.iloc[-1] == 100


@pytest.mark.parametrize(("language", "words"), [("vi", "không có"), ("en", "none")])
def test_where_no_rules_conflict_the_table_says_so(toy, language, words):
    assert given.conflict_sheet(toy, language).frame.to_numpy().tolist() == [[words]]


def test_programmes_add_up_to_their_field(communes):
    fields = tables.by_field(communes, "vi").frame.set_index("Lĩnh vực")
    programmes = tables.by_programme(communes, "vi").frame
    summed = programmes.groupby("Lĩnh vực")[["2026", "2030", "Tổng cộng"]].sum()
    assert summed.to_numpy() == pytest.approx(fields.loc[summed.index, summed.columns].to_numpy())


def test_printed_areas_add_up(communes):
    printed = tables.by_area(communes, "vi").printed()
    for column in ("Số tiền", "Bình quân năm", "Cơ sở", "Thay đổi", "Trẻ em"):
        figures = printed[column].map(value)
        assert figures.iloc[:-1].sum() == pytest.approx(figures.iloc[-1]), column
    assert len(printed) == 127


def test_the_change_in_percent_is_that_of_the_money_before_rounding(communes):
    """Of money rounded to a tenth of a billion, a fall of three tenths could look like 30.2 %."""
    printed = tables.by_area(communes, "en").frame["Change, %"]
    before = communes.case.baseline.sum(axis=1)
    yearly = communes.lines.groupby("area")["amount"].sum().reindex(communes.case.areas) / 5
    assert printed.to_list() == pytest.approx([*(yearly / before - 1), yearly.sum() / before.sum() - 1])


def test_each_fund_year_balances_as_printed(communes):
    printed = tables.by_fund(communes, "vi").printed().iloc[:-1]
    figures = printed[["Trần", "Chuyển từ năm trước", "Chi", "Chuyển năm sau", "Hủy dự toán"]].map(value)
    ceiling, carried_in, spent, carried_out, lapsed = figures.to_numpy().T
    assert ceiling + carried_in == pytest.approx(spent + carried_out + lapsed)


def test_figures_by_hand(plan):
    printed = tables.by_area(plan, "en").printed().set_index("Area")
    assert printed.loc["Hill", ["Children", "Money", "Baseline", "Coverage"]].tolist() == [
        "200",
        "320.0",
        "90.0",
        "63.3%",
    ]
    assert printed.loc["Hill", "Thousand VND per child and year"] == "800"
    assert tables.by_area(plan, "en").heading == "Allocation by area, all years (million VND)"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("sheet", OF_PLANS, ids=lambda function: function.__name__)
def test_one_plan_or_two(sheet, language, plan, other):
    one, two = sheet(plan, language), sheet([plan, other], language)
    assert len(two.printed()) >= len(one.printed())
    assert f"base {plan.certificate['input_hash']}" in two.footer
    assert "remote_first" in two.footer
    assert "nan" not in two.printed().to_string().lower()
    assert not re.search(r"\b(None|NaN|inf)\b", one._repr_html_())


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("sheet", OF_A_CASE, ids=lambda function: function.__name__)
def test_inputs_are_shown_before_a_plan(sheet, language, communes):
    printed = sheet(communes.case, language).printed()
    assert "nan" not in printed.to_string().lower()


def test_the_rules_that_cost_most_come_first(communes):
    sheet = promises.binding_rules(communes, "en", shown=10)
    worth = sheet.frame["Marginal value"].abs()
    assert worth.is_monotonic_decreasing
    assert len(sheet.frame) == 10


def test_the_certificate_is_told_in_words(plan):
    printed = proof.certificate_sheet(plan, "vi").printed()
    assert printed.iloc[0].tolist() == ["Đã chứng minh không có phương án nào tốt hơn", "có"]
    assert plan.certificate["input_hash"] in printed.to_string()


def test_the_headline_says_why_the_scenario_exists(plan, other):
    assert headline.headline_sheet(plan, "vi").footer.startswith("Ví dụ nhỏ: Two areas, two programmes,")
    assert headline.headline_sheet([plan, other], "vi").footer.count("\n") == 2


def test_scenarios_of_one_title_keep_apart(plan, other):
    printed = headline.headline_sheet([plan, other], "en").printed()
    assert list(printed.columns) == ["Figure", "Toy (base)", "Toy (remote_first)"]


def test_a_sheet_escapes_what_it_shows(plan):
    sheet = tables.by_area(plan, "en")
    sheet.frame.loc[0, "Area"] = "<b>&"
    assert "&lt;b&gt;&amp;" in sheet._repr_html_()


def test_every_rule_has_a_name_in_both_languages():
    assert set(RULE_NAMES) == set(RULES)
    assert all(text.vi and text.en for text in RULE_NAMES.values())


def test_targets_show_priority_and_agency(communes):
    printed = promises.targets(communes, "en").printed()
    assert set(printed["Priority"]) == {"1", "2"}
    assert (printed["Responsible agency"] != "").all()


def test_each_rule_is_told_by_one_of_its_rows(communes):
    printed = promises.rules(communes, "vi").printed().set_index("Quy định")
    assert printed.loc["Vốn đối ứng", "Ví dụ một dòng"].startswith(
        "Vốn đầu tư công thành phố đối ứng Quỹ Bảo trợ trẻ em"
    )
    assert printed["Số dòng"].map(value).sum() == len(communes.rules)


# ---- projects -------------------------------------------------------------------------------------------------------
def test_projects_by_hand(built):
    printed = building.chosen(built, "en").printed().set_index("Project")
    assert list(printed.index) == ["Old pool", "Near pool", "Hill pool", "Shed", "Total"]
    assert printed.loc["Hill pool", ["Start", "Opening", "2026", "2027", "2028"]].tolist() == [
        "2026", "2027", "60.0", "60.0", "0.0"
    ]  # fmt: skip
    assert printed.loc["Near pool", "Running cost, first year"] == "11.0"  # 10 a year at prices of 2026, growth 10 %
    assert printed.loc["Near pool", "Running cost after the plan"] == "152.2"  # 10 · (1.1³ + … + 1.1¹⁰)
    assert printed.loc["Hill pool", "Running cost after the plan"] == "108.0"  # 18 of its 20 years at 6
    assert printed.loc["Total", "Building, all years"] == "270.0"


def test_printed_projects_add_up(communes):
    printed = building.chosen(communes, "vi").printed()
    money = [*map(str, communes.case.years), "Vốn cả giai đoạn", "Vận hành sau giai đoạn"]
    figures = printed[money].map(value)
    assert figures.iloc[:-1].sum().to_numpy() == pytest.approx(figures.iloc[-1].to_numpy())
    assert figures.iloc[:, :5].sum(axis=1).to_numpy() == pytest.approx(figures["Vốn cả giai đoạn"].to_numpy())


def test_building_and_running_agree_with_the_table_of_projects(communes, built):
    for plan in (communes, built):
        chosen = building.chosen(plan, "en").printed().iloc[-1]
        yearly = building.capital_and_running(plan, "en").printed().set_index("Year")
        for year in map(str, plan.case.years):
            assert yearly.loc[year, "Building"] == chosen[year]
        tail = yearly[yearly.index.str.contains("–")]["Running cost"].str.replace(",", "").astype(float).sum()
        assert tail == pytest.approx(float(chosen["Running cost after the plan"].replace(",", "")))


def test_a_project_is_chosen_or_not(built):
    chosen, left = (sheet(built, "en").printed()["Project"] for sheet in (building.chosen, building.not_chosen))
    assert sorted([*chosen, *left]) == sorted([*built.case.tables["projects"]["name_en"], "Total", "Total"])


def test_running_goes_on_after_the_plan(built):
    printed = building.capital_and_running(built, "en").printed().set_index("Year")
    assert printed.loc["2026"].tolist() == ["190.0", "5.0"]
    assert printed.loc["2044–2048"].tolist() == ["0.0", "18.0"]  # the hill pool serves until 2046
    after = printed.loc["2029–2033":].iloc[:-1]["Running cost"].map(float).sum()
    assert after == pytest.approx(152.2 + 108.0, abs=0.11)


def test_room_for_need(built):
    printed = building.capacities(built.case, "en").printed().set_index("Programme")
    assert printed.loc["Swimming lessons"].tolist()[1:] == ["500", "100", "440", "100.0%"]


def test_a_plan_without_projects_has_empty_tables(plan):
    for sheet in (building.chosen, building.not_chosen, building.capital_and_running):
        assert sheet(plan, "vi").printed().empty
    assert headline.headline(plan)["projects"] == headline.headline(plan)["tail"] == 0


def test_what_projects_deliver_has_no_unit_cost(communes):
    printed = given.needs(communes.case, "en").printed().set_index("Programme")
    assert printed.loc["School swimming pools", "Unit cost"] == "by projects"
    assert printed.loc["School swimming pools"].iloc[-1] == "–"


@pytest.mark.parametrize(
    ("binding", "marginal_value", "words"),
    [
        ((NO, YES, YES), (9.0, 0.0, 5.0), "c"),
        ((NO, YES, YES), (0.0, 0.0, 0.0), "b"),
        ((NO, NO, NO), (9.0, 0.0, 0.0), "a"),
    ],
)
def test_a_rule_is_told_by_the_row_that_costs_most_or_stands_first_at_its_level(plan, binding, marginal_value, words):
    table = plan.rules.iloc[[0, 0, 0]].assign(binding=binding, marginal_value=marginal_value, words_en=["a", "b", "c"])
    row = promises.rules(dataclasses.replace(plan, rules=table), "en").frame.iloc[0]
    at_level, costly = (
        binding.count(YES),
        sum(level == YES and worth > 0 for level, worth in zip(binding, marginal_value, strict=True)),
    )
    assert row.iloc[2:].tolist() == [words, 3, at_level, costly]


def test_assumed_figures_count_their_other_sources(plan):
    table = plan.case.tables["unit_costs"].assign(status="assumed", source="first")
    table.loc[table.index[1], "source"] = "second"
    alike = table["programme"] == table["programme"].iloc[1]
    case = dataclasses.replace(plan.case, tables={**plan.case.tables, "unit_costs": table})
    shown = sources.assumed_figures(case, "en").frame
    shown = shown[shown.iloc[:, 0] == shown.iloc[0, 0]]
    assert alike.sum() > 1
    assert shown.iloc[0, -1] == "first (+1)"
    assert set(shown.iloc[1:, -1]) <= {"first"}
    assert shown.iloc[:, 2].sum() == len(table)
