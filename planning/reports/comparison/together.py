"""Plans that may be compared: of the same areas, programmes and years, each under a name of its own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from planning.errors import InputError, NoPlanError, Problem
from planning.inputs import load_case
from planning.reports.saved import open_run
from planning.solver.certificate import input_hash
from planning.solver.plan import Plan, solve
from planning.vocabulary import Language, Text

FRAMES = ("lines", "coverage", "targets", "rules", "projects", "funds")
_HASH = 6  # digits of the input hash that tell two runs of one scenario apart
_ALONE = "one scenario cannot be compared; name a base and at least one other scenario file or saved run"
_TWICE = "'{name}' stands here twice with the same inputs; name each scenario once"
_AREAS = (
    "its {count} areas are not the {others} of '{base}'; carry one of them to the other map first: planning solve, "
    "then planning crosswalk RESULTS --table scenarios/crosswalk_districts_2024_communes_2026.csv --to {to} --out DIR"
)
_OTHERS = "its {what} are not those of '{base}'; compare scenarios of the same {what}"
_NO_PLAN = Text(
    "Phương án “{name}”; bỏ nó ra để so sánh các phương án còn lại",
    "Scenario '{name}'; leave it out to compare the others",
)


def plan_at(path: Path | str, language: Language = "en") -> Plan:
    """The plan of a scenario file, solved now, or of the folder of a saved run, opened.

    Raises InputError where it is neither, NoPlanError, which names the scenario, where no plan keeps every rule.
    """
    path = Path(path)
    if path.is_dir():
        return open_run(path)
    case = load_case(path)
    try:
        return solve(case, language)
    except NoPlanError as refusal:
        named = _NO_PLAN[language].format(name=case.scenario.name)
        raise NoPlanError([named, *refusal.reasons], language) from None


def together(plans: Sequence[Plan]) -> tuple[Plan, ...]:
    """The plans, the base first, fit to be compared: two runs of one scenario are told apart by their input hash.

    Raises InputError for fewer than two, for the same one twice, and for other areas, programmes or years.
    """
    if len(plans) < 2:
        raise InputError([Problem("compare", _ALONE)])
    base, *others = plans
    if problems := [problem for other in others for problem in _unlike(base, other)]:
        raise InputError(problems)
    names = [plan.case.scenario.name for plan in plans]
    apart = [_named_apart(plan) if names.count(name) > 1 else plan for plan, name in zip(plans, names, strict=True)]
    seen = [plan.case.scenario.name for plan in apart]
    twice = [name for name, new in zip(names, seen, strict=True) if seen.count(new) > 1]
    if twice:
        raise InputError([Problem("compare", _TWICE.format(name=twice[0]))])
    return tuple(apart)


def _unlike(base: Plan, other: Plan) -> list[Problem]:
    one, two, name = base.case, other.case, other.case.scenario.name
    if tuple(one.areas) != tuple(two.areas):
        to = "communes" if len(one.areas) > len(two.areas) else "districts"
        counts = {"count": len(two.areas), "others": len(one.areas)}
        return [Problem(name, _AREAS.format(base=one.scenario.name, to=to, **counts))]
    pairs = {"programmes": (tuple(one.programmes), tuple(two.programmes)), "years": (one.years, two.years)}
    return [
        Problem(name, _OTHERS.format(what=what, base=one.scenario.name))
        for what, (mine, its) in pairs.items()
        if mine != its
    ]


def _named_apart(plan: Plan) -> Plan:
    """The plan under its scenario's name and the beginning of its input hash."""
    name = f"{plan.case.scenario.name}@{input_hash(plan.case)[:_HASH]}"
    case = replace(plan.case, scenario=plan.case.scenario.model_copy(update={"name": name}))
    return replace(plan, case=case, **{frame: getattr(plan, frame).assign(scenario=name) for frame in FRAMES})
