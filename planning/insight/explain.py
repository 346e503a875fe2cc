"""Why is there no plan, and what would let one exist: packages of changes, each proven by solving."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from planning import numbers
from planning.errors import NoPlanError
from planning.inputs.arithmetic import conflicts
from planning.inputs.case import Case
from planning.insight.finding import Finding
from planning.insight.work import Watch, unwatched
from planning.solver.levers import Lever, applied, money_levers, rule_levers
from planning.solver.levers_words import advised_value, both_words, change_words, exact_words, lever_words, who_sets
from planning.solver.loosen import Loosened, Values
from planning.solver.plan import Plan, solve
from planning.solver.unpaid import why_unpaid
from planning.vocabulary import NO, YES, Language, Text

PACKAGES = 3
SEARCH_SECONDS, SEARCH_GAP = 20.0, 2e-3
_LANGUAGES: tuple[Language, ...] = ("vi", "en")
_COLUMNS = ("package", "path", "words_vi", "words_en", "now", "needed", "advised", "change_vi", "change_en", "unit",
            "set_by_vi", "set_by_en", "proven")  # fmt: skip
HEADINGS = {
    "package": Text("Gói", "Package"), "path": Text("Ghi ở", "Where it is written"), "words": Text("Quy định", "Rule"),
    "now": Text("Hiện nay, như trong tệp", "Now, as in the file"), "needed": Text("Cần đúng", "Needed exactly"),
    "advised": Text("Nên ghi vào tệp", "Write in the file"), "change": Text("Thay đổi", "Change"),
    "unit": Text("Đơn vị", "Unit"),
    "set_by": Text("Đặt ở đâu", "Where it is set"), "proven": Text("Đã chứng minh", "Proven"),
    "cures": Text("Một mình đủ", "Enough alone"),
}  # fmt: skip
_SAY = {
    "plan": Text(
        "Có phương án giữ được mọi quy định; không cần thay đổi gì.",
        "There is a plan that keeps every rule; nothing has to change.",
    ),
    "package": Text(
        "Thay đổi ít nhất để có phương án: {changes}.",
        "The least change that lets a plan exist: {changes}.",
    ),
    "more": Text("Cách khác ({number}): {changes}.", "Another way ({number}): {changes}."),
    "money": Text(
        "Nếu giữ nguyên mọi quy định cần thêm tiền: {changes}.",
        "With every rule as it is, more money is needed: {changes}.",
    ),
    "no_money": Text(
        "Giữ nguyên mọi quy định thì thêm tiền bao nhiêu cũng không đủ.",
        "With every rule as it is, no amount of money is enough.",
    ),
    "one": Text(
        "{words}: từ {now} thành {advised} ({change}; {needed}), đặt tại {who}",
        "{words}: from {now} to {advised} ({change}; {needed}), set in {who}",
    ),
    "alone": Text("Một mình đủ: {changes}.", "Enough alone: {changes}."),
    "not_alone": Text("Một mình không đủ dù bỏ hẳn: {names}.", "Not enough alone, however far it moves: {names}."),
    "unproven": Text(
        "Gói {number} chưa được chứng minh là ít nhất.", "Package {number} is not proven to be the least."
    ),
    "gives": Text(
        "Với {package} phương án phục vụ {reach} nhu cầu có trọng số và đạt {met}/{all} chỉ tiêu; dự án được chọn lại, "
        "phương án tốt nhất cao hơn nhiều nhất {gap}.",
        "With {package} the plan reaches {reach} of all weighted need and meets {met} of {all} targets; projects were "
        "chosen anew, and the best plan is at most {gap} better.",
    ),
    "no_gives": Text("Phương án với gói thứ nhất: {why}", "The plan with the first package: {why}"),
}
_FIRST = Text("gói thứ nhất", "the first package")
_MONEY = Text("thêm số tiền đó", "that much more money")


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """Changes that together let a plan exist: exact values, those advised, and whether solving proved them."""

    needed: Values
    advised: Values
    proven: bool


@dataclass(frozen=True, slots=True, eq=False)
class Explained:
    """Arithmetic conflicts, packages of rules, more money, each lever alone, and the plan one would get."""

    conflicts: Sequence[Text]
    packages: Sequence[Package] = ()
    money: Package | None = None
    alone: Mapping[Lever, float | None] = field(default_factory=dict)
    plan: Plan | None = None
    unsolved: Sequence[Text] = ()


def explain(case: Case, watch: Watch = unwatched) -> Finding:
    """Why the case has no plan: tables package (the cheapest changes), packages (others, and more money) and alone.

    The cheapest package is what `Loosened.package` finds; others forbid what the one before moved most; more
    money moves the ceilings of funds and no rule. Each value is exact: with it a plan exists, with a hundredth of its
    change taken back none does. `advised` is rounded towards looser. The plan with the first package is searched anew.
    """
    return told(case, explained(case, watch))


def explained(case: Case, watch: Watch = unwatched) -> Explained:
    """What `explain` tells, as values."""
    reasons = conflicts(case)
    levers = rule_levers(case)
    rules = Loosened(case, levers)
    if not reasons and rules.can({}):
        return Explained(reasons)
    watch(0, 4)
    packages = _packages(rules, levers)
    watch(1, 4)
    single = packages[0].needed if packages and len(packages[0].needed) == 1 else {}
    alone = {lever: single[lever] if lever in single else rules.tightest(lever, {}) for lever in levers}
    watch(2, 4)
    more = money_levers(case)
    funds = Loosened(case, more)
    values = funds.package(more)
    money = _proved(funds, values) if values else None
    watch(3, 4)
    if not packages and not money:
        return Explained([*reasons, *why_unpaid(case)], alone=alone)
    plan, why = _plan_with(case, packages[0] if packages else money)
    watch(4, 4)
    return Explained(reasons, packages, money, alone, plan, why)


def _packages(rules: Loosened, levers: Sequence[Lever]) -> list[Package]:
    """The cheapest package, then others without the rule that the one before moved most."""
    packages: list[Package] = []
    allowed = list(levers)
    while len(packages) < PACKAGES and (values := rules.package(allowed)):
        packages.append(_proved(rules, values))
        most = max(values, key=lambda lever: min(abs(values[lever] - lever.now), 1e9) / lever.size)
        allowed = [lever for lever in allowed if lever.rule != most.rule]
    return packages


def _proved(loosened: Loosened, values: Values) -> Package:
    advised = {lever: advised_value(lever, value) for lever, value in values.items()}
    return Package(values, advised, loosened.proven(values) and loosened.can(advised))


def _plan_with(case: Case, package: Package | None) -> tuple[Plan | None, Sequence[Text]]:
    """The plan that the advised values allow, to a gap that is enough to tell its size, or why there is none."""
    cured = applied(case, package.advised if package else {})
    objective = cured.scenario.objective
    shorter = objective.model_copy(
        update={"seconds": min(objective.seconds, SEARCH_SECONDS), "gap": max(objective.gap, SEARCH_GAP)}
    )
    try:
        return solve(replace(cured, scenario=cured.scenario.model_copy(update={"objective": shorter}))), ()
    except NoPlanError as refusal:
        return None, refusal.reasons


# ---- tables and sentences -------------------------------------------------------------------------------------------
def told(case: Case, found: Explained) -> Finding:
    """The finding in tables and words."""
    every = [*found.packages, *([found.money] if found.money else [])]
    rows = [_rows(case, number, package) for number, package in enumerate(every, start=1)]
    table = pd.DataFrame([row for some in rows for row in some], columns=list(_COLUMNS))
    tables = {"package": table[table["package"] == 1].drop(columns="package").reset_index(drop=True)}
    tables |= {"alone": _alone(case, found.alone), "packages": table}
    sentences = {language: tuple(_sentences(case, found, language)) for language in _LANGUAGES}
    return Finding("explain", case, tables, sentences, HEADINGS, {})


def _rows(case: Case, number: int, package: Package) -> list[dict[str, object]]:
    return [
        {"package": number}
        | _row(case, lever, value, package.advised[lever])
        | {"proven": YES if package.proven else NO}
        for lever, value in package.needed.items()
    ]


def _row(case: Case, lever: Lever, value: float, advised: float) -> dict[str, object]:
    words = {f"words_{language}": lever_words(case, lever, language) for language in _LANGUAGES}
    change = {f"change_{language}": change_words(lever, value, language) for language in _LANGUAGES}
    who = {f"set_by_{language}": who_sets(case, lever, language) for language in _LANGUAGES}
    values = {"now": lever.now, "needed": float(f"{value:.9g}"), "advised": advised}
    return {"path": lever.path, **words, **values, **change, "unit": lever.unit, **who}


def _alone(case: Case, alone: Mapping[Lever, float | None]) -> pd.DataFrame:
    """Each lever by itself: the value with which it alone is enough, or that it cannot be."""
    rows = []
    for lever, value in alone.items():
        words = {f"words_{language}": lever_words(case, lever, language) for language in _LANGUAGES}
        needed = math.nan if value is None else float(f"{value:.9g}")
        cures = NO if value is None else YES
        rows.append(
            {"path": lever.path, **words, "now": lever.now, "needed": needed, "unit": lever.unit, "cures": cures}
        )
    return pd.DataFrame(rows, columns=["path", "words_vi", "words_en", "now", "needed", "unit", "cures"])


def _sentences(case: Case, found: Explained, language: Language) -> list[str]:
    said = [f"{text[0].upper()}{text[1:]}." for text in (conflict[language] for conflict in found.conflicts)]
    if not said and not found.packages and not found.money:
        return [_SAY["plan"][language]]
    for number, package in enumerate(found.packages, start=1):
        say = _SAY["package" if number == 1 else "more"][language]
        said.append(say.format(number=number, changes=changes_words(case, package.needed, language)))
    if found.money:
        said.append(_SAY["money"][language].format(changes=changes_words(case, found.money.needed, language)))
    elif found.packages:
        said.append(_SAY["no_money"][language])
    every = [*found.packages, *([found.money] if found.money else [])]
    said += [_SAY["unproven"][language].format(number=n) for n, one in enumerate(every, start=1) if not one.proven]
    return [*said, *_alone_words(case, found.alone, language), *_plan_words(found, language)]


def changes_words(case: Case, values: Values, language: Language) -> str:
    """The changes of a package in one line: each rule with its present and needed value, and who sets it."""
    return "; ".join(_one_change(case, lever, value, language) for lever, value in values.items())


def _one_change(case: Case, lever: Lever, value: float, language: Language) -> str:
    advise = advised_value(lever, value)
    now, advised = both_words(lever, advise, language)
    return _SAY["one"][language].format(
        words=lever_words(case, lever, language),
        now=now,
        advised=advised,
        change=change_words(lever, advise, language),
        needed=exact_words(value, language),
        who=who_sets(case, lever, language),
    )


def _alone_words(case: Case, alone: Mapping[Lever, float | None], language: Language) -> list[str]:
    enough = {lever: value for lever, value in alone.items() if value is not None}
    short = [lever_words(case, lever, language) for lever, value in alone.items() if value is None]
    said = [_SAY["alone"][language].format(changes=changes_words(case, enough, language))] if enough else []
    return said + ([_SAY["not_alone"][language].format(names="; ".join(short))] if short else [])


def _plan_words(found: Explained, language: Language) -> list[str]:
    if found.plan is None:
        why = "; ".join(reason[language] for reason in found.unsolved)
        return [_SAY["no_gives"][language].format(why=why)] if why else []
    targets = found.plan.targets
    reach = numbers.percent(found.plan.certificate["reach_checked"], language)
    met = int((targets["met"] == YES).sum())
    gap = numbers.percent(found.plan.certificate["gap"], language, 2)
    package = (_FIRST if found.packages else _MONEY)[language]
    return [_SAY["gives"][language].format(package=package, reach=reach, met=met, all=len(targets), gap=gap)]
