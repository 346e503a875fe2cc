"""What the tables of a scenario must be to each other: every check by name, with the tables that it reads.

A check yields findings: table, row (None when no single row is to blame) and text. It runs when all tables that it
reads are sound, so one mistake is not reported a second time by its consequences.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pandas as pd

from planning.errors import Problem
from planning.inputs import complete, investments, plausible
from planning.inputs.rules import RemoteShare
from planning.inputs.scenario import Scenario
from planning.inputs.selectors import programme_names, unknown_names, without_subject
from planning.inputs.words import did_you_mean, listing
from planning.vocabulary import ALL, TABLES, YES, Column, Text

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, Text]
Check = Callable[[Tables, tuple[int, ...]], Iterator[Finding]]

CHECKS: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (complete.needs, ("areas", "programmes", "needs")),
    (complete.years_of_needs, ("programmes", "needs")),
    (complete.unit_costs, ("areas", "programmes", "unit_costs")),
    (complete.bands, ("programmes", "bands")),
    (complete.funds, ("funds",)),
    (complete.fund_shares, ("areas", "fund_shares")),
    (complete.eligibility, ("programmes", "funds", "eligibility")),
    (complete.payable, ("areas", "programmes", "needs", "eligibility")),
    (complete.baseline, ("areas", "programmes", "baseline")),
    (plausible.children, ("areas",)),
    (plausible.needs, ("areas", "programmes", "needs")),
    (plausible.unit_costs, ("unit_costs",)),
    (plausible.ceilings, ("funds",)),
    (plausible.envelope, ("areas", "needs", "unit_costs", "funds")),
    (plausible.targets, ("areas", "programmes", "needs", "targets")),
    (plausible.ranges_of_needs, ("needs",)),
    (plausible.ranges_of_unit_costs, ("unit_costs",)),
    (plausible.ranges_of_ceilings, ("funds",)),
    (investments.capacities, ("areas", "programmes", "capacities")),
    (investments.delivered, ("programmes", "capacities", "unit_costs")),
    (investments.projects, ("programmes", "projects")),
    (investments.project_effects, ("projects", "capacities", "project_effects")),
    (investments.project_money, ("areas", "programmes", "projects", "eligibility")),
    (investments.resources, ("resources", "resource_use")),
    (plausible.calendar, ("calendar",)),
)


def check_tables(tables: Tables, scenario: Scenario, about: str = "") -> list[Problem]:
    """Every problem of the tables (indexed by row number, after changes) among themselves and with the plan years.

    Absent tables could not be read, or are optional; checks that need them are left out, and, where one table is named
    in `about`, those that do not read it.
    """
    findings = list(references(tables))
    doubtful = {table for table, _, _ in findings}
    sound = {name: table for name, table in tables.items() if name not in doubtful}
    for check, reads in CHECKS:
        if sound.keys() >= set(reads) and (not about or about in reads):
            findings += check(sound, scenario.years)
    folder = Path(scenario.data).name
    order = list(TABLES)
    findings.sort(key=lambda finding: (order.index(finding[0]), finding[1] or 0))
    return [Problem(f"{folder}/{TABLES[name].file}", text, row) for name, row, text in findings]


def references(tables: Tables) -> Iterator[Finding]:
    """Codes that stand for a row of another table must be found there."""
    first = {name: frame[TABLES[name].key[0]] for name, frame in tables.items()}
    known = {name: set(codes.unique().tolist()) for name, codes in first.items()}
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.refers_to not in tables:
                continue
            unknown = set(frame[column.name].unique().tolist()) - known[column.refers_to]
            unknown -= {ALL} if column.wildcard else set()
            unknown -= {""} if column.optional else set()
            said = {code: _unknown(column, code, first[column.refers_to]) for code in unknown}
            for row, code in frame[column.name].items() if said else ():
                if code in said:
                    yield name, row, said[code]


def _unknown(column: Column, code: str, known: pd.Series) -> Text:
    return Text(
        f"{column.name} '{code}' chưa có trong {TABLES[column.refers_to].file}; {did_you_mean(code, known, 'vi')}",
        f"unknown {column.name} '{code}'; {did_you_mean(code, known)}",
    )


def _idle_tolerances(scenario: Scenario) -> Iterator[tuple[str, Text]]:
    """Tolerances of goals that the scenario does not have, unless it has only inherited them beside other goals."""
    goals = scenario.objective.goals
    for name in scenario.objective.tolerances:
        path = f"objective.tolerances.{name}"
        if name not in goals and not _inherited_beside(scenario, path, "objective.goals"):
            known = ", ".join(goals)
            text = Text(
                f"{path} không có tác dụng vì {name} không thuộc objective.goals ({known}); hãy thêm {name} vào goals, "
                "hoặc bỏ dòng này",
                f"{path} says nothing because {name} is none of objective.goals ({known}); add {name} to goals, or "
                "take this line out",
            )
            yield path, text


def _inherited_beside(scenario: Scenario, inherited: str, own: str) -> bool:
    """Whether a file of the chain states `own` over a parent that states `inherited`."""
    files = [*scenario.files]
    places = [scenario.origin.get(path) for path in (inherited, own)]
    return all(places) and files.index(places[0][0]) < files.index(places[1][0])  # type: ignore[index]


def check_scenario(scenario: Scenario, tables: Tables) -> list[Problem]:
    """What the scenario's rules and objective say about classes and years must fit the tables and the plan years."""
    problems = [_problem(scenario, path, text) for path, text in _idle_tolerances(scenario)]
    if "classes" in tables:
        known = tables["classes"]["class"]
        for name in scenario.objective.class_weights:
            if name not in set(known):
                text = Text(
                    f"objective.class_weights: không có nhóm địa bàn '{name}'; {did_you_mean(name, known, 'vi')}",
                    f"objective.class_weights: unknown class '{name}'; {did_you_mean(name, known)}",
                )
                problems.append(_problem(scenario, f"objective.class_weights.{name}", text))
    for check in (unknown_names, without_subject):
        problems += [_problem(scenario, path, text) for path, text in check(scenario, tables)]
    rule = scenario.rules.remote_share
    if isinstance(rule, RemoteShare):
        problems += _remote_share(scenario, rule, tables)
    return problems


def _remote_share(scenario: Scenario, rule: RemoteShare, tables: Tables) -> Iterator[Problem]:
    path = "rules.remote_share"
    stated = rule.share if isinstance(rule.share, dict) else {}
    dated = {name for name in stated if isinstance(name, int)}
    if dated and ALL in stated:
        text = Text(
            f"{path}.share được ghi cho từng năm và cho cả all; hãy ghi cho mỗi năm hoặc cho all, bỏ cách kia",
            f"{path}.share is stated for years and for all; state it for each year or for all, and leave out the other",
        )
        yield _problem(scenario, f"{path}.share.{ALL}", text)
    elif dated and dated != set(scenario.years):
        text = Text(
            f"{path}.share được ghi cho {listing(sorted(dated), 10, 'vi')}; hãy ghi cho mỗi năm của phương án "
            f"({listing(scenario.years, 10, 'vi')}), hoặc một mức chung cho mọi năm",
            f"{path}.share is stated for {listing(sorted(dated), 10)}; state it for each of the plan years "
            f"{listing(scenario.years, 10)}, or once for all",
        )
        yield _problem(scenario, f"{path}.share", text)
    for name in stated if "programmes" in tables else ():
        if isinstance(name, str) and name not in (known := programme_names(tables)):
            text = Text(f"{path}.share: không có '{name}'; ", f"{path}.share: unknown '{name}'; ")
            yield _problem(scenario, f"{path}.share.{name}", text + _meant(name, known))
    if {"areas", "classes"} <= tables.keys():
        classes = tables["classes"]
        remote = classes.loc[classes["remote"] == YES, "class"]
        if not tables["areas"]["class"].isin(remote).any():
            text = Text(
                f"{path}: không địa bàn nào thuộc nhóm vùng xa; hãy sửa `remote` trong classes.csv, hoặc đặt quy định "
                "là off",
                f"{path}: no area is in a class that counts as remote; set `remote` in classes.csv, or the rule to off",
            )
            yield _problem(scenario, path, text)


def _meant(name: str, known: list[str]) -> Text:
    if name.isdecimal():
        return Text(f"hãy ghi năm không có dấu nháy: {name}", f"write the year without quotes: {name}")
    return Text(did_you_mean(name, known, "vi"), did_you_mean(name, known))


def _problem(scenario: Scenario, path: str, text: Text) -> Problem:
    """The problem at the path's own line, or at that of the nearest part above it that a file states."""
    while path not in scenario.origin:
        path = path.rpartition(".")[0]
    file, line = scenario.origin[path]
    return Problem(file, text, line)
