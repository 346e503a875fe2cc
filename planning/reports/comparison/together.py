"""Plans that may be compared: of the same areas, programmes and years, each under a name of its own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from planning.errors import InputError, NoPlanError, Problem, speaking
from planning.inputs import load_case
from planning.inputs.words import number, refuse_other_languages
from planning.reports.saved import open_run
from planning.solver.certificate import input_hash
from planning.solver.plan import Plan, solve
from planning.vocabulary import Language, Text

FRAMES = ("lines", "coverage", "targets", "rules", "projects", "funds")
_HASH = 6  # digits of the input hash that tell two runs of one scenario apart
_ALONE = Text(
    "chỉ có một phương án thì không so sánh được; hãy nêu phương án gốc và ít nhất một tệp phương án hoặc lần chạy đã "
    "lưu khác",
    "one scenario cannot be compared; name a base and at least one other scenario file or saved run",
)
_CROSSWALK = "planning crosswalk RESULTS --table scenarios/crosswalk_districts_2024_communes_2026.csv"
_SHARED = {"programmes": Text("chương trình", "programmes"), "years": Text("năm", "years")}


def plan_at(path: Path | str, language: Language = "en") -> Plan:
    """The plan of a scenario file, solved now, or of the folder of a saved run, opened.

    Raises InputError where it is neither, NoPlanError, which names the scenario, where no plan keeps every rule; both
    speak `language`.
    """
    path = Path(path)
    refuse_other_languages(language)
    with speaking(language):
        if path.is_dir():
            return open_run(path)
        case = load_case(path)
        try:
            return solve(case, language)
        except NoPlanError as refusal:
            raise type(refusal)([_without_plan(case.scenario.name), *refusal.reasons]) from None


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
        raise InputError([Problem("compare", _same_twice(twice[0]))])
    return tuple(apart)


def _unlike(base: Plan, other: Plan) -> list[Problem]:
    one, two, name = base.case, other.case, other.case.scenario.name
    if tuple(one.areas) != tuple(two.areas):
        return [Problem(name, _other_areas(len(two.areas), len(one.areas), one.scenario.name))]
    pairs = {"programmes": (tuple(one.programmes), tuple(two.programmes)), "years": (one.years, two.years)}
    return [
        Problem(name, _others(_SHARED[what], one.scenario.name)) for what, (mine, its) in pairs.items() if mine != its
    ]


def _without_plan(name: str) -> Text:
    return Text(
        f"Phương án “{name}”; bỏ nó ra để so sánh các phương án còn lại",
        f"Scenario '{name}'; leave it out to compare the others",
    )


def _same_twice(name: str) -> Text:
    return Text(
        f"'{name}' được nêu hai lần với cùng số liệu; hãy nêu mỗi phương án một lần",
        f"'{name}' stands here twice with the same inputs; name each scenario once",
    )


def _other_areas(count: int, others: int, base: str) -> Text:
    command = f"{_CROSSWALK} --to {'communes' if others > count else 'districts'} --out DIR"
    return Text(
        f"{number(count, 'vi')} địa bàn ở đây không phải là {number(others, 'vi')} địa bàn của '{base}'; trước hết hãy "
        f"chuyển một trong hai sang bản đồ kia: planning solve, rồi {command}",
        f"its {count} areas are not the {others} of '{base}'; carry one of them to the other map first: planning "
        f"solve, then {command}",
    )


def _others(what: Text, base: str) -> Text:
    return Text(
        f"các {what.vi} ở đây không phải là các {what.vi} của '{base}'; hãy so sánh những phương án có cùng {what.vi}",
        f"its {what.en} are not those of '{base}'; compare scenarios of the same {what.en}",
    )


def _named_apart(plan: Plan) -> Plan:
    """The plan under its scenario's name and the beginning of its input hash."""
    name = f"{plan.case.scenario.name}@{input_hash(plan.case)[:_HASH]}"
    case = replace(plan.case, scenario=plan.case.scenario.model_copy(update={"name": name}))
    return replace(plan, case=case, **{frame: getattr(plan, frame).assign(scenario=name) for frame in FRAMES})
