"""Wrong rules with the sentence that each is refused with, on the line of the scenario that states it."""

from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.rules import Rules
from tests.edits import cell, child, content
from tests.languages import assert_told_in_both_languages

FLOOR = "Least coverage of every area, because areas that receive nothing can satisfy an index; write 0 only on purpose"

# From line 5 on: the lines below `rules:`.
CASES = {
    "unknown programme": (
        "  coverage_floors:\n  - {programmes: lesson, share: 0.5}",
        "line 6: rules.coverage_floors.programmes: unknown 'lesson'; did you mean 'lessons'?",
    ),
    "unknown areas": (
        "  coverage_caps:\n  - {programmes: lessons, areas: remot, share: 0.5}",
        "line 6: rules.coverage_caps.areas: unknown 'remot'; did you mean 'remote'?",
    ),
    "unknown fund of the second entry": (
        "  minimum_use:\n  - {fund: city, share: 0.5}\n  - {fund: citi, share: 0.5}",
        "line 7: rules.minimum_use.fund: unknown 'citi'; did you mean 'city'?",
    ),
    "unknown fund that expires": (
        "  expiry:\n  - {fund: doner, year: 2026}",
        "line 6: rules.expiry.fund: unknown 'doner'; did you mean 'donor'?",
    ),
    "unknown partner": (
        "  matching:\n  - fund: donor\n    partner: town\n    ratio: 1",
        "line 7: rules.matching.partner: unknown 'town'; known: city, local, donor",
    ),
    "unknown programmes that are funded together": (
        "  co_funding:\n  - {fund: city, programmes: capitl, share: 0.5}",
        "line 6: rules.co_funding.programmes: unknown 'capitl'; did you mean 'capital'?",
    ),
    "unknown programme of virement": (
        "  virement:\n  - {programmes: pols, share: 0.5}",
        "line 6: rules.virement.programmes: unknown 'pols'; did you mean 'pools'?",
    ),
    "unknown area of a least grant": (
        "  minimum_grants:\n  - {areas: hil, amount: 10}",
        "line 6: rules.minimum_grants.areas: unknown 'hil'; did you mean 'hill'?",
    ),
    "years and all": (
        "  remote_share:\n    share: {2026: 0.1, 2027: 0.1, all: 0.7}",
        "line 6: rules.remote_share.share is stated for years and for all; state it for each year or for all, "
        "and leave out the other",
    ),
    "a year in quotes": (
        "  remote_share:\n    share: {'2026': 0.1, lessons: 0.2}",
        "line 6: rules.remote_share.share: unknown '2026'; write the year without quotes: 2026",
    ),
    "growth without measure": (
        "  absorption: {growth: 1e+200}",
        "line 5: rules.absorption.growth 1e+200 is not allowed; write a number at most 100",
    ),
    "unknown substitute": (
        "  substitutes:\n  - programmes: [lessons, pool]",
        "line 6: rules.substitutes.programmes: unknown 'pool'; did you mean 'pools'?",
    ),
    "a field among substitutes": (
        "  substitutes:\n  - programmes: [lessons, drowning_prevention]",
        "line 6: rules.substitutes.programmes: unknown 'drowning_prevention'; known: lessons, pools",
    ),
    "one substitute": (
        "  substitutes:\n  - programmes: [lessons]",
        "line 6: rules.substitutes.programmes is empty; fill it in (Codes of the programmes)",
    ),
    "a substitute twice": (
        "  substitutes:\n  - programmes: [lessons, lessons]",
        "line 6: rules.substitutes.programmes names a programme twice; name each once",
    ),
    "unknown complement": (
        "  complements:\n  - {programme: lessons, needs: teachers}",
        "line 6: rules.complements.needs: unknown 'teachers'; known: lessons, pools",
    ),
    "complement of itself": (
        "  complements:\n  - {programme: lessons, needs: lessons}",
        "line 6: rules.complements.needs: 'lessons' cannot depend on itself; name another programme",
    ),
    "fund that matches itself": (
        "  matching:\n  - {fund: city, partner: city, ratio: 1}",
        "line 6: rules.matching.partner: fund 'city' cannot match itself; name the fund that matches it",
    ),
    "unknown programmes of an index": (
        "  gini:\n  - {programmes: lesons, at_most: 0.2, floor: 0}",
        "line 6: rules.gini.programmes: unknown 'lesons'; did you mean 'lessons'?",
    ),
    "unknown field of the remote share": (
        "  remote_share:\n    share: {drowning_prev: 0.3}",
        "line 6: rules.remote_share.share: unknown 'drowning_prev'; did you mean 'drowning_prevention'?",
    ),
    "coverage in a year outside the plan": (
        "  coverage_floors:\n  - {programmes: lessons, share: 0.5, year: 2030}",
        "line 6: rules.coverage_floors.year: 2030 is not one of the plan years 2026, 2027; change it, or the years of",
    ),
    "expiry outside the plan": (
        "  expiry:\n  - {fund: donor, year: 2025}",
        "line 6: rules.expiry.year: 2025 is not one of the plan years 2026, 2027; change it, or the years of the",
    ),
    "no floor beside an index": (
        "  hoover:\n  - at_most: 0.2",
        f"line 6: rules.hoover.floor is missing; add it ({FLOOR})",
    ),
    "no floor beside a bottom share": (
        "  bottom_share:\n  - {bottom: 0.2, share: 0.1}",
        f"line 6: rules.bottom_share.floor is missing; add it ({FLOOR})",
    ),
    "percentage of an index": (
        "  theil:\n  - {at_most: 20, floor: 0}",
        "line 6: rules.theil.at_most 20 looks like a percentage; write it as a share between 0 and 1: 0.2",
    ),
    "percentage of a ratio": (
        "  gaps:\n  - {programmes: lessons, ratio: 90}",
        "line 6: rules.gaps.ratio 90 looks like a percentage; write it as a share between 0 and 1: 0.9",
    ),
    "percentage of the worst covered": (
        "  bottom_share:\n  - {bottom: 20, share: 0.1, floor: 0}",
        "line 6: rules.bottom_share.bottom 20 looks like a percentage; write it as a share between 0 and 1: 0.2",
    ),
    "negative ratio": (
        "  matching:\n  - {fund: donor, partner: city, ratio: -1}",
        "line 6: rules.matching.ratio -1 is not allowed; write a number above 0",
    ),
    "ratio of coverage 0": (
        "  gaps:\n  - {ratio: 0}",
        "line 6: rules.gaps.ratio 0 is not allowed; write a number above 0",
    ),
    "settings instead of a list": (
        "  concentration:\n    at_most: 0.2\n    floor: 0",
        "line 5: rules.concentration with lines below it is not allowed; write off, or one line that begins with `- ` "
        "for each: strength, price, programmes, at_most, floor",
    ),
    "word instead of a list": (
        "  gaps: on",
        "line 5: rules.gaps 'on' is not allowed; write off, or one line that begins with `- ` for each: strength,",
    ),
    "list instead of settings": (
        "  parity:\n  - share: 0.5",
        "line 5: rules.parity as a list is not allowed; write off, or its settings below it: strength, price, share",
    ),
    "unknown strength": (
        "  minimum_grants:\n  - {strength: firm, amount: 10}",
        "line 6: rules.minimum_grants.strength 'firm' is not allowed; write hard, soft or report",
    ),
    "unknown programmes that the state must go on paying": (
        "  additionality: {programmes: helth, share: 1}",
        "line 5: rules.additionality.programmes: unknown 'helth'; did you mean 'health'?",
    ),
    "unknown sense": (
        "  co_funding:\n  - {fund: city, share: 0.5, sense: equal}",
        "line 6: rules.co_funding.sense 'equal' is not allowed; write at_least or at_most",
    ),
    "unknown key in a list": (
        "  losers: {share: 0.1}\n  gini:\n  - {at_most: 0.2, flor: 0, floor: 0}",
        "line 7: unknown key 'rules.gini.flor'; did you mean 'floor'?",
    ),
}


VIETNAMESE = {
    "unknown programme": "dòng 6: rules.coverage_floors.programmes: không có 'lesson'; có phải ý là 'lessons'?",
    "unknown partner": "dòng 7: rules.matching.partner: không có 'town'; tên đã biết: city, local, donor",
    "growth without measure": "dòng 5: rules.absorption.growth 1e+200 không hợp lệ; hãy ghi số không quá 100",
    "one substitute": "dòng 6: rules.substitutes.programmes để trống; hãy điền vào (Mã của các chương trình, từ hai "
    "trở lên)",
    "a substitute twice": "dòng 6: rules.substitutes.programmes ghi một chương trình hai lần; hãy ghi mỗi chương trình "
    "một lần",
    "complement of itself": "dòng 6: rules.complements.needs: 'lessons' không thể phụ thuộc vào chính nó; hãy ghi "
    "chương trình khác",
    "fund that matches itself": "dòng 6: rules.matching.partner: nguồn vốn 'city' không thể tự đối ứng; hãy ghi nguồn "
    "vốn đối ứng khác",
    "coverage in a year outside the plan": "dòng 6: rules.coverage_floors.year: 2030 không thuộc các năm của phương án "
    "(2026, 2027); hãy đổi năm này, hoặc years của phương án",
    "no floor beside an index": "dòng 6: rules.hoover.floor còn thiếu; hãy thêm vào (Mỗi địa bàn đạt ít nhất mức này; "
    "chỉ ghi 0 khi thật sự muốn)",
    "percentage of an index": "dòng 6: rules.theil.at_most 20 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 1: 0.2",
    "negative ratio": "dòng 6: rules.matching.ratio -1 không hợp lệ; hãy ghi số lớn hơn 0",
    "settings instead of a list": "dòng 5: rules.concentration với các dòng bên dưới không hợp lệ; hãy ghi off, hoặc "
    "cho mỗi mục một dòng bắt đầu bằng `- `: strength, price, programmes, at_most, floor",
    "list instead of settings": "dòng 5: rules.parity dạng danh sách không hợp lệ; hãy ghi off, hoặc các thiết lập ở "
    "bên dưới: strength, price, share",
    "unknown strength": "dòng 6: rules.minimum_grants.strength 'firm' không hợp lệ; hãy ghi hard, soft hoặc report",
    "unknown key in a list": "dòng 7: không có mục 'rules.gini.flor'; có phải ý là 'floor'?",
}


@pytest.mark.parametrize(("lines", "sentence"), CASES.values(), ids=CASES)
def test_a_wrong_rule_is_refused_on_its_line(folder: Path, lines: str, sentence: str) -> None:
    child(f"rules:\n{lines}")(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "child.yaml")
    assert f"1 problem in child.yaml:\n- {sentence}" in str(refused.value)
    assert_told_in_both_languages(refused.value)


@pytest.mark.parametrize(("name", "sentence"), VIETNAMESE.items(), ids=VIETNAMESE)
def test_a_wrong_rule_is_refused_in_vietnamese(folder: Path, name: str, sentence: str) -> None:
    child(f"rules:\n{CASES[name][0]}")(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "child.yaml")
    assert refused.value.told("vi") == f"1 lỗi trong child.yaml:\n- {sentence}"


def test_additionality_without_a_state_fund(folder: Path) -> None:
    for row in range(2, 6):
        cell("funds", row, "kind", "social")(folder)
    child("rules:\n  additionality: {share: 1}")(folder)
    with pytest.raises(InputError, match=r"line 5: rules\.additionality: no fund is of kind 'state'; set `kind`") as no:
        load_case(folder / "child.yaml")
    assert no.value.problems[0].text.vi == (
        "rules.additionality: không có nguồn vốn nào có kind 'state'; hãy sửa `kind` trong funds.csv, hoặc đặt quy "
        "định là off"
    )


@pytest.mark.parametrize(
    ("remote", "what", "viet"),
    [("yes", "every", "mọi địa bàn đều thuộc nhóm vùng xa"), ("no", "no", "không địa bàn nào thuộc nhóm vùng xa")],
)
def test_a_gap_needs_remote_areas_and_others(folder: Path, remote: str, what: str, viet: str) -> None:
    cell("classes", 2, "remote", remote)(folder)
    cell("classes", 3, "remote", remote)(folder)
    child("rules:\n  remote_share: off\n  gaps:\n  - {ratio: 0.5}")(folder)
    said = rf"line 6: rules\.gaps: {what} area is in a class that counts as remote;"
    with pytest.raises(InputError, match=said) as refused:
        load_case(folder / "child.yaml")
    ends = "hãy sửa `remote` trong classes.csv để có cả hai loại, hoặc đặt quy định là off"
    assert refused.value.problems[0].text.vi == f"rules.gaps: {viet}; {ends}"


@pytest.mark.parametrize("nothing", ["off", "[]"])
def test_a_list_of_rules_can_be_switched_off(folder: Path, nothing: str) -> None:
    """The child's `off` or empty list takes away what the parent states."""
    head = "title: {vi: a, en: b}\nnote: n\nextends:"
    content("parent.yaml", f"{head} base.yaml\nrules:\n  gini:\n  - {{at_most: 0.1, floor: 0}}\n")(folder)
    assert len(load_case(folder / "parent.yaml").scenario.rules.gini) == 1
    content("child.yaml", f"{head} parent.yaml\nrules:\n  gini: {nothing}\n")(folder)
    assert load_case(folder / "child.yaml").scenario.rules.gini == []


def test_every_rule_can_be_switched_off_in_the_same_word() -> None:
    switched_off = Rules(**dict.fromkeys(set(Rules.model_fields) - {"projects"}, "off"))
    assert switched_off == Rules()
