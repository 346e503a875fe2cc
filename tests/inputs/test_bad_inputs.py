"""Wrong inputs with the sentence that each is refused with: the toy scenario with one thing spoilt."""

from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.unsaved import file_problems
from tests.edits import (
    Edit,
    cell,
    child,
    content,
    encoded,
    semicolons,
    text,
    with_row,
    without,
    without_row,
)
from tests.languages import assert_told_in_both_languages

SAVE_AS = "save it in the spreadsheet as «CSV UTF-8 (comma delimited)»"
HEADER = "area,programme,year,need,source,status,note\n"


def both(*edits: Edit) -> Edit:
    def edit(folder: Path) -> None:
        for one in edits:
            one(folder)

    return edit


def dated(*years: int) -> Edit:
    """The need of near for lessons, stated by year."""
    return both(
        without_row("needs", 2), *(with_row("needs", 2, area="near", programme="lessons", year=y) for y in years)
    )


FILES = {
    "utf-16": (encoded("data/needs.csv", "utf-16"), f"data/needs.csv:\n- the file is UTF-16 text; {SAVE_AS}"),
    "windows-1258": (
        both(text("data/needs.csv", "toy", "đo"), encoded("data/needs.csv", "cp1258")),
        f"data/needs.csv:\n- line 2 is not UTF-8 text, so Vietnamese letters would be lost; {SAVE_AS}",
    ),
    "workbook": (
        content("data/needs.csv", b"PK\x03\x04..."),
        f"data/needs.csv:\n- this is an Excel workbook with a .csv name; open it and {SAVE_AS}",
    ),
    "old workbook": (content("data/needs.csv", b"\xd0\xcf\x11\xe0..."), "this is an Excel workbook with a .csv name"),
    "tabs": (
        content("data/needs.csv", HEADER.replace(",", "\t")),
        f"data/needs.csv:\n- the cells are separated by tabs; {SAVE_AS}",
    ),
    "empty file": (
        content("data/needs.csv", ""),
        "the file is empty; it needs the columns area, programme, year, need, source, status, note",
    ),
    "only commas": (content("data/needs.csv", ",,,\n,,,\n"), "the file is empty; it needs the columns area, programme"),
    "no rows": (content("data/needs.csv", HEADER), "the table has no rows below the header; fill it in"),
    "open quote": (
        text("data/needs.csv", "hill,pools", '"hill,pools'),
        "a cell that begins with a double quote near line 5 does not end; check the quotes",
    ),
    "missing tables": (
        without("data/needs.csv", "data/bands.csv", "data/fund_shares.csv"),
        "1 problem in data:\n- these tables are missing: needs.csv, bands.csv; each is a file of this folder",
    ),
    "missing folder": (
        text("base.yaml", "data: data", "data: daten"),
        "1 problem in base.yaml:\n- line 5: data: there is no folder 'daten' with the tables; did you mean 'data'?",
    ),
    "misnamed optional table": (
        content("data/Projets.csv", "project,name_vi\n"),
        "1 problem in data/Projets.csv:\n- Projets.csv is none of the tables and is not read; did you mean "
        "projects.csv? Rename the file",
    ),
    "misnamed table": (
        both(content("data/need.csv", HEADER), without("data/needs.csv")),
        "1 problem in data/need.csv:\n- need.csv is none of the tables and is not read; did you mean needs.csv?",
    ),
    "a line above the header": (
        text("data/needs.csv", "area,", "sep=,\narea,"),
        "1 problem in data/needs.csv:\n- row 1: the first row must hold the column names (area, programme, year, need, "
        "source, status, note); delete what stands above them",
    ),
    "no header": (
        text("data/needs.csv", HEADER, ""),
        "1 problem in data/needs.csv:\n- row 1: the first row must hold the column names (area, programme, year, need, "
        "source, status, note); put a row with them on top",
    ),
    "lost letters": (
        cell("areas", 3, "name_vi", "Qu?n Ba ?ình"),
        f"row 3: name_vi 'Qu?n Ba ?ình' has lost its Vietnamese letters; take it from the original again and {SAVE_AS}",
    ),
    "unknown column": (
        text("data/needs.csv", "need,source", "neeed,source"),
        "row 1: unknown column 'neeed'; did you mean 'need'?\n- row 1: column 'need' is missing; add it (Units needed",
    ),
    "doubled column": (
        text("data/needs.csv", "source,status,note", "source,status,source"),
        "row 1: column 'source' stands 2 times; keep one of them\n- row 1: column 'note' is missing",
    ),
    "nameless column": (
        text("data/needs.csv", "need,source", "need,,source"),
        "row 1: column 5 has no name; name it or delete it",
    ),
    "unquoted separator": (
        text("data/needs.csv", "near,lessons,all,400,toy,assumed,", "near,lessons,all,400,toy, 2024,assumed,so"),
        "row 2: 8 cells under 7 columns; put a text that holds a separator between double quotes",
    ),
}

CELLS = {
    "empty": (cell("needs", 3, "need", ""), "row 3: need is empty; write a number, at least 0"),
    "spaces only": (cell("needs", 3, "area", "  "), "row 3: area is empty; write a code, for instance ba_vi"),
    "formula": (
        cell("needs", 3, "need", "=D2*2"),
        "row 3: need '=D2*2' is a formula or its error; in the spreadsheet paste it as a value",
    ),
    "formula error": (cell("areas", 2, "name_vi", "#REF!"), "row 2: name_vi '#REF!' is a formula or its error"),
    "text for a number": (
        cell("needs", 3, "need", "many"),
        "row 3: need 'many' is not a number; write a number, at least 0",
    ),
    "NaN": (cell("needs", 3, "need", "NaN"), "row 3: need 'NaN' is not a number; write a number, at least 0"),
    "infinity": (
        cell("funds", 2, "ceiling", "inf"),
        "row 2: ceiling 'inf' is not a number; write an amount in million VND",
    ),
    "dash": (cell("baseline", 2, "amount", "-"), "row 2: amount '-' is not a number; write an amount in million VND"),
    "unit beside the number": (cell("funds", 2, "ceiling", "400 tr"), "row 2: ceiling '400 tr' is not a number"),
    "thousand or decimal": (
        cell("funds", 2, "ceiling", "1,234"),
        "row 2: ceiling '1,234' can mean 1,234 or 1.234; write 1234 or 1.2340",
    ),
    "thousand or decimal among semicolons": (
        both(cell("funds", 2, "ceiling", "1.234"), semicolons("funds")),
        "row 2: ceiling '1.234' can mean 1,234 or 1.234; write 1234 or 1.2340",
    ),
    "a point in a column of decimal commas": (
        both(cell("unit_costs", 2, "unit_cost", "1.250"), cell("unit_costs", 3, "unit_cost", "2,5")),
        "row 2: unit_cost '1.250' can mean 1,250 or 1.250; write 1250 or 1.2500",
    ),
    "negative": (cell("needs", 3, "need", "-5"), "row 3: need -5 is not allowed; write a number, at least 0"),
    "zero where it must be above": (
        cell("unit_costs", 2, "unit_cost", "0"),
        "row 2: unit_cost 0 is not allowed; write an amount in million VND, above 0",
    ),
    "above the most": (
        cell("unit_costs", 2, "growth", "0.6"),
        "row 2: growth 0.6 is not allowed; write a share from 0 to 0.5",
    ),
    "percentage": (
        cell("targets", 2, "coverage", "98.6"),
        "row 2: coverage 98.6 looks like a percentage; write it as a share between 0 and 1: 0.986",
    ),
    "percentage of growth": (
        cell("unit_costs", 2, "growth", "5"),
        "row 2: growth 5 looks like a percentage; write it as a share between 0 and 0.5: 0.05",
    ),
    "percent sign": (
        cell("targets", 2, "coverage", "98,6%"),
        "row 2: coverage '98,6%' is a percentage; write it as a share between 0 and 1: 0.986",
    ),
    "broken whole number": (
        cell("areas", 2, "children", "1000.5"),
        "row 2: children 1000.5 is not a whole number; write it without decimals",
    ),
    "latitude and longitude swapped": (
        both(cell("areas", 2, "latitude", "105.85"), cell("areas", 2, "longitude", "21.03")),
        "row 2: latitude 105.85 is not allowed; write a number from -90 to 90",
    ),
    "accents in a code": (
        cell("areas", 3, "area", "Đồi Cao"),
        "row 3: area 'Đồi Cao' is not a code; use lower-case letters without accents, digits and _, beginning with a "
        "letter: 'doi_cao'",
    ),
    "a code that is a number": (cell("areas", 3, "area", "00004"), "row 3: area '00004' is not a code"),
    "all where it may not stand": (
        cell("baseline", 2, "area", "all"),
        "row 2: area may not be 'all' here; write one row for each area",
    ),
    "unknown choice": (
        cell("targets", 2, "strength", "Soft"),
        "row 2: unknown strength 'Soft'; did you mean 'soft'?",
    ),
    "flag": (cell("classes", 2, "remote", "x"), "row 2: unknown remote 'x'; known: yes, no"),
    "year": (cell("funds", 2, "year", "26"), "row 2: year '26' is not a year; write four digits, for instance 2026"),
    "year or all": (
        cell("needs", 2, "year", "every"),
        "row 2: year 'every' is not a year; write four digits, for instance 2026, or all",
    ),
    "doubled key": (
        with_row("needs", 2),
        "row 6: area 'near', programme 'lessons', year 'all' stands already in row 2; keep one of them",
    ),
    "doubled key of numbers": (
        with_row("bands", 2, share=0.2),
        "row 5: programme 'lessons', band 1 stands already in row 2; keep one of them",
    ),
}

TABLES = {
    "unknown area": (
        cell("needs", 4, "area", "naer"),
        "data/needs.csv:\n- row 4: unknown area 'naer'; did you mean 'near'?",
    ),
    "unknown programme": (
        cell("bands", 4, "programme", "pool"),
        "row 4: unknown programme 'pool'; did you mean 'pools'?",
    ),
    "unknown class": (cell("areas", 2, "class", "urban"), "row 2: unknown class 'urban'; known: city, remote"),
    "unknown fund": (cell("eligibility", 4, "fund", "doner"), "row 4: unknown fund 'doner'; did you mean 'donor'?"),
    "missing need": (
        without_row("needs", 3, 5),
        "1 problem in data/needs.csv:\n- no need is stated for 'hill' and 'lessons', 'hill' and 'pools'; "
        "write a row for each, with 0 where nothing is needed",
    ),
    "missing baseline": (
        without_row("baseline", 2),
        "no amount is stated for 'near' and 'lessons'; write a row for each",
    ),
    "missing unit cost": (without_row("unit_costs", 5), "no unit cost is stated for 'pools' and 'remote'; write a row"),
    "all and a year": (
        with_row("needs", 2, year=2026),
        "row 6: area 'near', programme 'lessons' has a need for 2026 here and for all years in row 2; keep one",
    ),
    "a year left out": (
        dated(2026),
        "row 5: area 'near', programme 'lessons' has no need for 2027; write a row for each plan year, or one",
    ),
    "capital by year": (
        cell("needs", 4, "year", 2026),
        "row 4: programme 'pools' is capital, so its need is what is built over the whole plan; write year all",
    ),
    "no bands": (
        without_row("bands", 4),
        "no band is stated for pools; write one row for each, band 1 with share 1 and effect 1",
    ),
    "bands with a gap": (
        cell("bands", 3, "band", 3),
        "row 2: the bands of 'lessons' are 1, 3; number them 1, 2, … without gaps",
    ),
    "shares of bands": (
        cell("bands", 3, "share", 0.4),
        "row 2: the shares of 'lessons' add up to 0.9; they must add up to 1",
    ),
    "rising effect": (
        cell("bands", 2, "effect", 0.4),
        "row 3: band 2 of 'lessons' has effect 0.5, more than the band before; put the bands in order",
    ),
    "no ceiling": (
        without_row("funds", 3),
        "row 2: fund 'city' has no ceiling for 2027; write a row for each plan year, with 0 for no money",
    ),
    "two kinds": (
        cell("funds", 3, "kind", "social"),
        "row 3: kind 'social' of fund 'city' is 'state' in row 2; write the same in both",
    ),
    "two names": (
        cell("funds", 3, "name_en", "City"),
        "row 3: name_en 'City' of fund 'city' is 'City budget' in row 2",
    ),
    "fund shares": (
        cell("fund_shares", 2, "share", 0.7),
        "row 2: the shares of fund 'local' add up to 0.9; they must add up to 1",
    ),
    "fund share left out": (
        without_row("fund_shares", 3),
        "row 2: fund 'local' has no share for hill; write 0 for an area without",
    ),
    "idle fund": (
        without_row("eligibility", 4),
        "no row says what donor may pay for; write a row for each, with all for no limit",
    ),
    "nothing pays": (
        cell("eligibility", 2, "programme", "lessons"),
        "no fund may pay for 'pools' and 'city'; write a row for a fund that may",
    ),
    "row that allows nothing": (
        cell("eligibility", 4, "cost_type", "recurrent"),
        "row 4: no programme has this field and cost type together; correct one, or write all",
    ),
    "more children than people": (
        cell("areas", 3, "population", 150),
        "row 3: 200 children of 'hill' are more than its 150 people; check both figures",
    ),
    "more need than children": (
        cell("needs", 2, "need", 5210),
        "row 2: need 5,210 of 'lessons' is more than the 1,000 children of 'near'; check the need, or",
    ),
    "unit cost in đồng": (
        cell("unit_costs", 2, "unit_cost", 1000000),
        "row 2: unit_cost 1,000,000 of 'lessons' is 500,000 times the 2 of row 3; write both in million VND",
    ),
    "ceiling in billion": (
        cell("funds", 2, "ceiling", 0.4),
        "row 2: ceiling 0.4 of 'city' in 2026 is far from that of its other years, 400 million VND; write all of them",
    ),
    "every ceiling in thousand đồng": (
        both(*(cell("funds", row, "ceiling", 400_000) for row in range(2, 8))),
        "data/funds.csv:\n- all ceilings add up to 1,200,000 million VND a year, beside 1,300 million VND that one "
        "year of all needs costs; write ceilings in million VND",
    ),
    "every unit cost in đồng": (
        both(*(cell("unit_costs", row, "unit_cost", 100_000_000) for row in range(2, 6))),
        "data/unit_costs.csv:\n- all ceilings add up to 550 million VND a year, beside 50,600,000,000 million VND that "
        "one year of all needs costs; write unit costs and ceilings in million VND",
    ),
    "target after the plan": (
        cell("targets", 2, "year", 2030),
        "row 2: target 'swim' is due in 2030, outside the plan years 2026, 2027; change its year",
    ),
    "target of another class": (
        cell("targets", 2, "area", "near"),
        "row 2: target 'swim' names area 'near', which is of class 'city', not 'remote'; write all for one of them",
    ),
    "target without need": (
        cell("needs", 3, "need", 0),
        "row 2: target 'swim' is about areas that need nothing of 'lessons' in 2027; check class, area and table needs",
    ),
    "target whose need ends before its year": (
        with_row("needs", 3, year=2027, need=0),
        "row 2: target 'swim' is about areas that need nothing of 'lessons' in 2027; check class, area and table needs",
    ),
    "target without need in its year": (
        both(cell("needs", 3, "year", 2026), with_row("needs", 3, year=2027, need=0)),
        "row 2: target 'swim' is about areas that need nothing of 'lessons' in 2027; check class, area and table needs",
    ),
}

HEADS = {
    "empty": (
        content("child.yaml", ""),
        "child.yaml:\n- the file is empty; a scenario needs at least a title and a note",
    ),
    "a list": (
        content("child.yaml", "- a\n- b\n"),
        "child.yaml:\n- the file must hold `key: value` lines, for instance `title:`",
    ),
    "utf-16": (
        content("child.yaml", "title: é".encode("utf-16")),
        "child.yaml:\n- the file is not UTF-8 text; open it in",
    ),
    "tab": (
        child("rules:\n\tstability: off"),
        "line 5: the line begins with a tab; indent with spaces, two for each level",
    ),
    "doubled key": (
        child("years: [2026]\nyears: [2027]"),
        "line 5: 'years' stands already in line 4; keep one of them",
    ),
    "unclosed bracket": (child("years: [2026"), "the line cannot be read (expected ',' or ']'"),
    "anchor": (child("years: &y [2026]"), "line 4: '&y' is not used in scenario files; write the value out"),
    "tag": (
        child("years: !!python/tuple [2026]"),
        "line 4: '!!python/tuple' is not used in scenario files",
    ),
    "unknown key": (child("rulez: {}"), "line 4: unknown key 'rulez'; did you mean 'rules'?"),
    "unknown rule": (
        child("rules:\n  remote_shares: off"),
        "line 5: unknown key 'rules.remote_shares'; did you mean 'remote_share'?",
    ),
    "no title": (content("child.yaml", "note: x\nextends: base.yaml\n"), "line 1: title is missing; add it"),
    "empty note": (
        content("child.yaml", "title: {vi: a, en: b}\nnote:\nextends: base.yaml\n"),
        "line 2: note is empty; fill it in (Why this scenario exists: in one language, or in both as vi and en)",
    ),
    "no years": (
        content("child.yaml", "title: {vi: a, en: b}\nnote: x\ndata: data\n"),
        "years is missing; list the fiscal years of the plan, for instance `years: [2026, 2027]`",
    ),
    "years with a gap": (
        child("years: [2026, 2028]"),
        "line 4: years [2026, 2028] do not follow each other; write them in order without gaps or repetition",
    ),
    "one year": (
        child("years: 2026"),
        "line 4: years 2026 is not allowed; write a list, such as [2026, 2027] or lines that begin with `-`",
    ),
    "percentage": (
        child("rules:\n  remote_share:\n    share: 30"),
        "line 6: rules.remote_share.share 30 looks like a percentage; write it as a share between 0 and 1: 0.3",
    ),
    "decimal comma": (
        child("rules:\n  remote_share:\n    share: 0,3"),
        "line 6: rules.remote_share.share '0,3' is not allowed; write 0.3, with a decimal point and without quotes",
    ),
    "percent sign in a scenario": (
        child("rules:\n  remote_share:\n    share: 23%"),
        "line 6: rules.remote_share.share '23%' is a percentage; write it as a share: 0.23",
    ),
    "thousand or decimal in a scenario": (
        child("rules:\n  per_child_floor:\n    amount: '1,234'"),
        "line 6: rules.per_child_floor.amount '1,234' can mean 1,234 or 1.234; write 1234 or 1.2340",
    ),
    "percentage below a limit of its own": (
        child("objective:\n  discount: 3"),
        "line 5: objective.discount 3 looks like a percentage; write it as a share between 0 and 0.5: 0.03",
    ),
    "no percentage": (
        child("rules:\n  remote_share:\n    share: 1.5"),
        "line 6: rules.remote_share.share 1.5 is not allowed; write a number at most 1",
    ),
    "broken whole number of projects": (
        child("rules:\n  projects: {per_area: 1.5}"),
        "line 5: rules.projects.per_area 1.5 is not allowed; write a whole number, for instance 2",
    ),
    "broken year": (
        child("years: [2026.5]"),
        "line 4: years 2026.5 is not allowed; write a whole number, for instance 2026",
    ),
    "tolerance of no goal": (
        child("objective:\n  tolerances: {max_min: 0.1}"),
        "line 5: objective.tolerances.max_min says nothing because max_min is none of objective.goals (targets, reach)",
    ),
    "open quote in a scenario": (
        content("child.yaml", "title:\n  vi: 'Con\n  en: Child\nnote: A test.\nextends: base.yaml\n"),
        "1 problem in child.yaml:\n- line 2: the quote that opens in this line does not end; close it, or take it out",
    ),
    "incomplete rule": (
        child("rules:\n  per_child_floor:\n    strength: soft"),
        "line 5: rules.per_child_floor.amount is missing; add it (Million VND per child and year)",
    ),
    "rule as yes": (
        child("rules:\n  stability: true"),
        "line 5: rules.stability true is not allowed; write off, or its settings below it: strength, price, decrease",
    ),
    "share of some years": (
        child("rules:\n  remote_share:\n    share: {2026: 0.2}"),
        "line 6: rules.remote_share.share is stated for 2026; state it for each of the plan years 2026, 2027",
    ),
    "weight of an unknown class": (
        child("objective:\n  class_weights: {remot: 2}"),
        "line 5: objective.class_weights: unknown class 'remot'; did you mean 'remote'?",
    ),
    "nothing remote": (
        both(cell("areas", 3, "class", "city"), cell("targets", 2, "class", "city"), child("years: [2026, 2027]")),
        "1 problem in base.yaml:\n- line 9: rules.remote_share: no area is in a class that counts as remote",
    ),
    "goal twice": (
        child("objective:\n  goals: [reach, targets, targets]"),
        "line 4: objective.goals names targets twice; name each goal once",
    ),
    "missing parent": (
        content("child.yaml", "title: {vi: a, en: b}\nnote: x\nextends: bsae.yaml\n"),
        "line 3: extends: there is no file 'bsae.yaml'; did you mean 'base.yaml'?",
    ),
    "circle": (
        both(child(""), content("base.yaml", "title: {vi: a, en: b}\nnote: x\nextends: child.yaml\n")),
        "1 problem in base.yaml:\n- line 3: extends goes round in a circle: child.yaml → base.yaml → child.yaml;",
    ),
}

CHANGES = {
    "two edits": (
        "{table: funds, set: 1, add: 2, note: n}",
        "a change needs exactly one of set, multiply and add; this one has set and add",
    ),
    "no edit": (
        "{table: funds, note: n}",
        "a change needs exactly one of set, multiply and add; this one has none of them",
    ),
    "no note": ("{table: funds, set: 1}", "note is missing; add it (Why)"),
    "unknown table": ("{table: fund, set: 1, note: n}", "unknown table 'fund'; did you mean 'funds'?"),
    "unknown column": (
        "{table: funds, column: ceilng, set: 1, note: n}",
        "table funds has no column 'ceilng'; did you mean 'ceiling'?",
    ),
    "unknown value": (
        "{table: funds, where: {fund: citi}, set: 1, note: n}",
        "no row of funds.csv has fund 'citi'; did you mean 'city'?",
    ),
    "values that never meet": (
        "{table: funds, where: {fund: city, kind: social}, set: 1, note: n}",
        "no row of funds.csv has fund 'city' and kind 'social' together; check `where`",
    ),
    "key": (
        "{table: funds, column: year, set: 2028, note: n}",
        "year tells the rows of funds apart and cannot be changed; edit funds.csv instead",
    ),
    "text multiplied": (
        "{table: areas, column: class, multiply: 2, note: n}",
        "class is text; change it with `set:` and the new value between quotes",
    ),
    "quoted number": ("{table: funds, set: '1', note: n}", "ceiling is a number; write `set:` without quotes"),
    "below the least": (
        "{table: funds, add: -60, note: n}",
        "row 6 of funds.csv (and 1 more) would then be wrong: ceiling -10 is not allowed",
    ),
    "percentage": (
        "{table: targets, set: 80, note: n}",
        "row 2 of targets.csv would then be wrong: coverage 80 looks like a percentage",
    ),
    "no default column": ("{table: areas, set: 1, note: n}", "say which column of areas changes, for instance"),
}


SCENARIOS_IN_VIETNAMESE = {
    "empty": "tệp trống; một phương án cần ít nhất title và note",
    "tab": "dòng 5: đầu dòng có dấu tab; hãy thụt dòng bằng dấu cách, mỗi cấp hai dấu",
    "doubled key": "dòng 5: 'years' đã có ở dòng 4; hãy giữ một trong hai",
    "unclosed bracket": "dòng 5: không đọc được dòng này; hãy kiểm tra thụt dòng, dấu hai chấm, dấu nháy và dấu ngoặc",
    "anchor": "dòng 4: '&y' không được dùng trong tệp phương án; hãy ghi hẳn giá trị ra",
    "unknown key": "dòng 4: không có mục 'rulez'; có phải ý là 'rules'?",
    "no title": "dòng 1: title còn thiếu; hãy thêm vào",
    "empty note": "dòng 2: note để trống; hãy điền vào (Vì sao có phương án này: bằng một thứ tiếng, hoặc bằng cả hai "
    "dưới vi và en)",
    "no years": "years còn thiếu; hãy liệt kê các năm ngân sách của phương án, ví dụ `years: [2026, 2027]`",
    "years with a gap": "dòng 4: các năm [2026, 2028] của years không nối tiếp nhau; hãy ghi theo thứ tự, không sót và "
    "không lặp năm nào",
    "one year": "dòng 4: years 2026 không hợp lệ; hãy ghi một danh sách, như [2026, 2027] hoặc các dòng bắt đầu bằng "
    "`-`",
    "percentage": "dòng 6: rules.remote_share.share 30 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 1: 0.3",
    "decimal comma": "dòng 6: rules.remote_share.share '0,3' không hợp lệ; hãy ghi 0.3, với dấu chấm thập phân và "
    "không có dấu nháy",
    "percent sign in a scenario": "dòng 6: rules.remote_share.share '23%' là phần trăm; hãy ghi thành tỷ lệ: 0.23",
    "percentage below a limit of its own": "dòng 5: objective.discount 3 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 "
    "đến 0.5: 0.03",
    "broken whole number of projects": "dòng 5: rules.projects.per_area 1.5 không hợp lệ; hãy ghi một số nguyên, ví dụ "
    "2",
    "tolerance of no goal": "dòng 5: objective.tolerances.max_min không có tác dụng vì max_min không thuộc "
    "objective.goals (targets, reach); hãy thêm max_min vào goals, hoặc bỏ dòng này",
    "open quote in a scenario": "dòng 2: dấu nháy mở ở dòng này không được đóng lại; hãy thêm dấu nháy đóng hoặc bỏ "
    "dấu nháy mở",
    "incomplete rule": "dòng 5: rules.per_child_floor.amount còn thiếu; hãy thêm vào (Triệu đồng mỗi trẻ em mỗi năm)",
    "goal twice": "dòng 4: objective.goals ghi targets hai lần; hãy ghi mỗi mục tiêu một lần, quan trọng nhất trước",
    "missing parent": "dòng 3: extends: không có tệp 'bsae.yaml'; có phải ý là 'base.yaml'?",
}
CHANGES_IN_VIETNAMESE = {
    "two edits": "một thay đổi cần đúng một trong ba mục set, multiply và add; ở đây: set và add",
    "no edit": "một thay đổi cần đúng một trong ba mục set, multiply và add; ở đây: chưa có mục nào",
    "no note": "note còn thiếu; hãy thêm vào (Vì sao)",
    "unknown table": "không có bảng 'fund'; có phải ý là 'funds'?",
    "unknown column": "bảng funds không có cột 'ceilng'; có phải ý là 'ceiling'?",
    "unknown value": "không dòng nào của funds.csv có fund 'citi'; có phải ý là 'city'?",
    "values that never meet": "không dòng nào của funds.csv có cùng lúc fund 'city' và kind 'social'; hãy kiểm tra "
    "`where`",
    "key": "year dùng để phân biệt các dòng của bảng funds nên không đổi được; hãy sửa funds.csv",
    "text multiplied": "cột class là chữ; hãy đổi bằng `set:` với giá trị mới trong dấu nháy",
    "quoted number": "cột ceiling là số; hãy ghi `set:` không có dấu nháy, ví dụ 1234.5, thay cho '1'",
    "below the least": "dòng 6 của funds.csv (và 1 dòng nữa) khi đó sẽ sai: ceiling -10 không hợp lệ; hãy ghi số tiền "
    "bằng triệu đồng, từ 0 trở lên",
    "percentage": "dòng 2 của targets.csv khi đó sẽ sai: coverage 80 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến "
    "1: 0.8",
    "no default column": "hãy ghi rõ cột được đổi của bảng areas, ví dụ `column: distance_km`",
}


# Cases of FILES, CELLS and TABLES with the whole refusal in Vietnamese.
TABLES_IN_VIETNAMESE = {
    "windows-1258": "1 lỗi trong data/needs.csv:\n"
    "- dòng 2 không theo bảng mã UTF-8 nên chữ tiếng Việt sẽ bị mất; hãy lưu lại từ bảng tính bằng «Lưu "
    "thành → CSV UTF-8»",
    "missing tables": "1 lỗi trong data:\n"
    "- thiếu các bảng: needs.csv, bands.csv; hãy thêm đủ, mỗi bảng là một tệp trong thư mục này, dù ngắn đến "
    "đâu",
    "missing folder": "1 lỗi trong base.yaml:\n"
    "- dòng 5: data: không có thư mục 'daten' chứa các bảng; có phải ý là 'data'?",
    "misnamed optional table": "1 lỗi trong data/Projets.csv:\n"
    "- Projets.csv không phải là tên của bảng nào nên không được đọc; có phải ý là projects.csv? Hãy đổi tên tệp",
    "a line above the header": "1 lỗi trong data/needs.csv:\n"
    "- dòng 1: dòng đầu tiên phải ghi tên các cột (area, programme, year, need, source, status, note); hãy xóa những "
    "gì ở phía trên dòng tên cột",
    "lost letters": "1 lỗi trong data/areas.csv:\n"
    "- dòng 3: name_vi 'Qu?n Ba ?ình' đã mất chữ tiếng Việt; hãy lấy lại từ bản gốc và lưu lại từ bảng tính bằng «Lưu "
    "thành → CSV UTF-8»",
    "unknown column": "2 lỗi trong data/needs.csv:\n"
    "- dòng 1: bảng này không có cột 'neeed'; có phải ý là 'need'?\n"
    "- dòng 1: thiếu cột 'need'; hãy thêm cột này (Số đơn vị cần có)",
    "unquoted separator": "1 lỗi trong data/needs.csv:\n"
    "- dòng 2: có 8 ô dưới 7 cột; hãy đặt đoạn chữ có dấu phân cách vào giữa hai dấu nháy kép",
    "empty": "1 lỗi trong data/needs.csv:\n- dòng 3: ô need để trống; hãy ghi số, từ 0 trở lên",
    "text for a number": "1 lỗi trong data/needs.csv:\n"
    "- dòng 3: need 'many' không phải là số; hãy ghi số, từ 0 trở lên",
    "thousand or decimal": "1 lỗi trong data/funds.csv:\n"
    "- dòng 2: ceiling '1,234' có thể là 1.234 (số nguyên) hoặc 1,234 (số thập phân); hãy ghi 1234 hoặc "
    "1.2340",
    "percent sign": "1 lỗi trong data/targets.csv:\n"
    "- dòng 2: coverage '98,6%' là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 1: 0.986",
    "percentage": "1 lỗi trong data/targets.csv:\n"
    "- dòng 2: coverage 98,6 có vẻ là phần trăm; hãy ghi thành tỷ lệ từ 0 đến 1: 0.986",
    "accents in a code": "1 lỗi trong data/areas.csv:\n"
    "- dòng 3: area 'Đồi Cao' không phải là mã; hãy dùng chữ thường không dấu, chữ số và _, bắt đầu bằng một "
    "chữ cái: 'doi_cao'",
    "flag": "1 lỗi trong data/classes.csv:\n- dòng 2: remote không nhận giá trị 'x'; tên đã biết: yes, no",
    "doubled key": "1 lỗi trong data/needs.csv:\n"
    "- dòng 6: area 'near', programme 'lessons', year 'all' đã có ở dòng 2; hãy giữ lại một dòng",
    "unknown area": "1 lỗi trong data/needs.csv:\n- dòng 4: area 'naer' chưa có trong areas.csv; có phải ý là 'near'?",
    "missing baseline": "1 lỗi trong data/baseline.csv:\n"
    "- chưa ghi số tiền cơ sở cho 'near' và 'lessons'; hãy thêm mỗi cặp một dòng, ghi 0 nếu không có tiền",
    "shares of bands": "1 lỗi trong data/bands.csv:\n"
    "- dòng 2: các phần (share) của 'lessons' cộng lại là 0,9; hãy sửa để tổng bằng 1",
    "fund shares": "1 lỗi trong data/fund_shares.csv:\n"
    "- dòng 2: các phần (share) của nguồn vốn 'local' cộng lại là 0,9; hãy sửa để tổng bằng 1",
    "more need than children": "1 lỗi trong data/needs.csv:\n"
    "- dòng 2: nhu cầu 5.210 của 'lessons' nhiều hơn 1.000 trẻ em của 'near'; hãy kiểm tra need, hoặc "
    "children_per_unit của chương trình",
    "ceiling in billion": "1 lỗi trong data/funds.csv:\n"
    "- dòng 2: trần 0,4 của 'city' năm 2026 chênh quá xa so với các năm khác (400 triệu đồng); hãy ghi tất "
    "cả bằng triệu đồng",
    "every unit cost in đồng": "1 lỗi trong data/unit_costs.csv:\n"
    "- tổng trần các nguồn vốn là 550 triệu đồng một năm, còn mọi nhu cầu của một năm cần 50.600.000.000 "
    "triệu đồng; hãy ghi đơn giá và trần bằng triệu đồng",
    "target after the plan": "1 lỗi trong data/targets.csv:\n"
    "- dòng 2: chỉ tiêu 'swim' phải đạt năm 2030, ngoài các năm của phương án (2026, 2027); hãy sửa năm của "
    "chỉ tiêu, hoặc các năm của phương án",
}


def refusal(folder: Path, edit: Edit) -> str:
    """What is refused, in English; it can be told in Vietnamese too."""
    edit(folder)
    file = "child.yaml" if (folder / "child.yaml").exists() else "base.yaml"
    with pytest.raises(InputError) as refused:
        load_case(folder / file)
    assert_told_in_both_languages(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        pytest.param(*case, id=f"{group}: {name}")
        for group, cases in {"files": FILES, "cells": CELLS, "tables": TABLES, "heads": HEADS}.items()
        for name, case in cases.items()
    ],
)
def test_a_wrong_input_is_refused_with_its_sentence(folder: Path, edit: Edit, sentence: str) -> None:
    assert sentence in refusal(folder, edit)


@pytest.mark.parametrize(("change", "sentence"), CHANGES.values(), ids=CHANGES)
def test_a_wrong_change_is_refused_with_its_line(folder: Path, change: str, sentence: str) -> None:
    harmless = "{table: needs, multiply: 1, note: n}"
    said = refusal(folder, child(f"changes:\n- {harmless}\n- {change}"))
    assert said.startswith("1 problem in child.yaml:\n- line 6: change 2: " + sentence)


@pytest.mark.parametrize(("name", "sentence"), SCENARIOS_IN_VIETNAMESE.items(), ids=SCENARIOS_IN_VIETNAMESE)
def test_a_wrong_scenario_is_refused_in_vietnamese(folder: Path, name: str, sentence: str) -> None:
    HEADS[name][0](folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "child.yaml")
    assert refused.value.told("vi") == f"1 lỗi trong child.yaml:\n- {sentence}"


@pytest.mark.parametrize(("name", "sentence"), CHANGES_IN_VIETNAMESE.items(), ids=CHANGES_IN_VIETNAMESE)
def test_a_wrong_change_is_refused_in_vietnamese(folder: Path, name: str, sentence: str) -> None:
    harmless = "{table: needs, multiply: 1, note: n}"
    child(f"changes:\n- {harmless}\n- {CHANGES[name][0]}")(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "child.yaml")
    assert refused.value.told("vi") == f"1 lỗi trong child.yaml:\n- dòng 6: thay đổi 2: {sentence}"


@pytest.mark.parametrize(("name", "said"), TABLES_IN_VIETNAMESE.items(), ids=TABLES_IN_VIETNAMESE)
def test_a_wrong_table_is_refused_in_vietnamese(folder: Path, name: str, said: str) -> None:
    (FILES | CELLS | TABLES)[name][0](folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    assert refused.value.told("vi") == said


def test_every_problem_is_told_at_once(folder: Path) -> None:
    edit = both(
        cell("needs", 4, "area", "naer"),
        cell("targets", 2, "coverage", "98.6"),
        cell("bands", 3, "share", "0.4"),
        child("changes:\n- {table: funds, where: {fund: citi}, set: 1, note: n}"),
    )
    said = refusal(folder, edit)
    assert "1 problem in child.yaml:\n- line 5: change 1: no row of funds.csv" in said
    assert "1 problem in data/needs.csv:\n- row 4: unknown area 'naer'" in said
    assert "1 problem in data/targets.csv:\n- row 2: coverage 98.6" in said
    assert "1 problem in data/bands.csv:\n- row 2: the shares of 'lessons' add up to 0.9" in said


def test_many_problems_of_one_kind_are_counted(folder: Path) -> None:
    rows = "".join(f"near,lessons,all,x{i},toy,assumed,\n" for i in range(40))
    said = refusal(folder, content("data/needs.csv", HEADER + rows))
    assert said.startswith("40 problems in data/needs.csv:\n- row 2: need 'x0' is not a number")
    assert said.endswith("\n- and 35 more like it")


def test_a_target_with_need_in_its_own_year_alone(folder):
    both(cell("needs", 3, "year", 2027), with_row("needs", 3, year=2026, need=0))(folder)
    assert load_case(folder / "base.yaml").need[1, 0].tolist() == [0, 100]


def test_a_folder_that_is_not_there_is_told_before_saving(folder: Path) -> None:
    path = folder / "base.yaml"
    path.write_bytes(path.read_bytes().replace(b"data: data", b"data: daten"))
    [problem] = file_problems(path, path.read_bytes())
    assert problem.told("vi").startswith("dòng 5: data: không có thư mục 'daten' chứa các bảng")


def test_other_files_may_lie_beside_the_tables(folder: Path) -> None:
    for name in ("needs (1).csv", "ghi_chu.csv", "areas_old.csv"):
        content(f"data/{name}", "x\n")(folder)
    assert load_case(folder / "base.yaml").shape == (2, 2, 2)


def test_a_title_above_a_header_of_semicolons(folder: Path) -> None:
    both(semicolons("needs"), text("data/needs.csv", "area;", "Nhu cầu năm 2026\narea;"))(folder)
    assert refusal(folder, both()).endswith("source, status, note); delete what stands above them")


def test_a_tolerance_that_a_child_inherits_beside_other_goals(folder: Path) -> None:
    text("base.yaml", "rules:", "objective:\n  tolerances: {targets: 0.1}\nrules:")(folder)
    child("objective:\n  goals: [reach]")(folder)
    assert load_case(folder / "child.yaml").scenario.objective.goals == ("reach",)
