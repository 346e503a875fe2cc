"""Why not us: what it would cost the others to build one project, or to give one area more, and who would pay.

Force the wish, solve everything again, and read the difference: the loss, the lines that pay, the rules that bind.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from planning import numbers
from planning.errors import InputError, NoPlanError, Problem
from planning.inputs.arithmetic import conflicts
from planning.inputs.case import Array, Case
from planning.insight.finding import Finding
from planning.insight.naming import position
from planning.insight.near import goals_lost, money_weight, nearest
from planning.insight.swings import Searcher, fixed
from planning.insight.words import AREA, AREA_OR_PROJECT, PROGRAMME, PROJECT, REASONS
from planning.model.build import Model, build
from planning.numbers import MILLION, MoneyUnit, money_unit
from planning.rounding import from_units
from planning.solver.diagnosis import what_must_give
from planning.solver.hot import Hot, Point
from planning.solver.live import Infeasible, Live
from planning.solver.plan import Plan, tell
from planning.vocabulary import ALL, NO, YES, Language, Text

BILLION, LEAST, SAME, PRICED, NONE_LOST = 1000.0, 0.05, 1e-7, 1e-4, 1e-3
HEADINGS = {
    "figure": Text("Chỉ số", "Figure"),
    "before": Text("Phương án", "Plan"),
    "after": Text("Khi phải làm", "When forced"),
    "change": Text("Thay đổi", "Change"),
    "amount": Text("Thêm", "More"),
    "loss": Text("Mất (trẻ em-năm có trọng số)", "Loss (weighted child-years)"),
    "unsure": Text("Chưa rõ trong khoảng", "Not known to within"),
    "promises": Text("Mất ở mục tiêu trước", "Loss in earlier goals"),
    "marginal": Text("Mất cho mỗi tỷ đồng thêm", "Loss per billion VND more"),
    "words": Text("Quy định", "Rule"),
    "newly": Text("Mới giữ phương án lại", "Newly holds the plan back"),
    "projects": Text("Dự án", "Projects"),
    "reason": Text("Vì sao không thể", "Why it cannot be"),
    "decision": Text("Quyết định", "Decision"),
}
KINDS = {"before": "money", "after": "money", "change": "money", "amount": "money", "loss": "count"}
KINDS |= {"unsure": "count", "promises": "share", "marginal": "count"}


def why_not_project(plan: Plan, code: str) -> Finding:
    """What building a project that the plan leaves would cost, or leaving out one that it builds.

    Tables: answer (project, loss, unsure, promises, reason), lines (area, programme, before, after, change: those that
    move, payers first), projects (project, decision), rules (words, newly). Raises InputError for an unknown project.
    """
    case = plan.case
    project = position(case, PROJECT, code, case.projects["project"])
    chosen = code in set(plan.projects["project"])
    if reason := fixed(case, project, chosen):
        return _cannot(plan, code, chosen, reason)
    searcher = Searcher(build(case))
    try:
        with searcher.forced(project, into=not chosen) as point:
            other = _told(searcher.model, searcher.hot, point, plan)
    except Infeasible:
        return _cannot(plan, code, chosen, "rules", _why(case, project, chosen))
    except NoPlanError:
        return _cannot(plan, code, chosen, "stopped")
    answer = {"project": code, "decision": "left_out" if chosen else "built"}
    return _compared(plan, other, answer, searcher.best, point)


def why_not_area(
    plan: Plan, area: str, amount: float = BILLION, programme: str | None = None, search: bool = False
) -> Finding:
    """What `amount` million VND more for an area, or one of its programmes, would cost the others over the plan.

    Projects are kept as chosen, or searched again. Tables as in `why_not_project`; answer has area, amount, loss,
    promises and marginal. Raises InputError where the area, the programme or the amount cannot be.
    """
    case, model = plan.case, build(plan.case)
    a = position(case, AREA, area, case.areas)
    mask = np.zeros(case.shape[:2], bool)
    mask[a, :] = True
    if programme is not None:
        mask &= np.arange(case.shape[1]) == position(case, PROGRAMME, programme, case.programmes)
    if not (np.isfinite(amount) and amount > 0):
        text = Text(
            f"{amount:g} không phải là số tiền; hãy ghi số triệu đồng lớn hơn 0, ví dụ 1000",
            f"{amount:g} is not an amount; give million VND above 0, such as 1000",
        )
        raise InputError([Problem("--amount", text)])
    searcher = Searcher(model)
    hot = searcher.hot
    if not search:
        hot.keep_projects(plan.x)
    best = hot.best()
    weight = money_weight(model.layout, mask, hot.live.columns)
    size = np.abs(weight).max() or 1.0
    hot.live.hold(weight / size, (float(weight @ plan.x) + amount) / size)
    try:
        point = hot.best()
    except Infeasible:
        return _too_much(plan, model, weight, area, programme, amount, search)
    other = _told(model, hot, point, plan)
    answer = {"area": area, "programme": programme or ALL, "amount": amount, "decision": "search" if search else "kept"}
    return _compared(plan, other, answer, best, point)


def wish_of(case: Case, code: str) -> str:
    """Whether a code names a project or an area. Raises InputError where it is neither."""
    projects, areas = case.projects["project"].tolist(), case.areas.tolist()
    if code in projects:
        return "project"
    if code not in areas:
        position(case, AREA_OR_PROJECT, code, [*areas, *projects])
    return "area"


# ---- the forced plan beside the present one -------------------------------------------------------------------------
def _told(model: Model, hot: Hot, point: Point, plan: Plan) -> Plan:
    """The forced plan; among the equally good the one that moves least from the present."""
    answer = nearest(model, hot.live, point.answer, model.layout.money(plan.x))
    return tell(model, answer.x[: model.columns], point.answer.price, point.steps, unique=False, seconds={})


def _compared(plan: Plan, other: Plan, answer: dict, best: Point, point: Point) -> Finding:
    """The finding of a wish that can be forced."""
    goal = build(plan.case).goals[-1]
    lost = goals_lost(best, point)
    gaps = sum(max(step.gap for step in some.steps) for some in (best, point))
    answer["loss"] = lost[-1] * goal.size
    answer["unsure"] = gaps * max(1.0, abs(best.values[-1])) * goal.size
    answer["promises"] = sum(part for part in lost[:-1] if abs(part) > SAME)
    if "amount" in answer:
        answer["marginal"] = answer["loss"] * BILLION / answer["amount"]
    answer["reason"] = ""
    tables = {
        "answer": pd.DataFrame([answer]),
        "lines": moved_lines(plan, other),
        "projects": moved_projects(plan, other),
        "rules": holding_rules(plan, other),
    }
    sentences = {language: _sentences(plan.case, tables, language) for language in ("vi", "en")}
    return Finding("whynot", plan.case, tables, sentences, HEADINGS, KINDS)


def moved_lines(plan: Plan, other: Plan) -> pd.DataFrame:
    """Columns area, programme, before, after, change (million VND over the plan), those that pay most first."""
    keys = ["area", "programme"]
    sums = [some.lines.groupby(keys)["amount"].sum() for some in (plan, other)]
    table = pd.concat(sums, axis=1, keys=["before", "after"]).fillna(0.0).reset_index()
    table["change"] = table["after"] - table["before"]
    table = table[table["change"].abs() > LEAST]
    return table.sort_values("change", kind="stable", ignore_index=True)


def moved_projects(plan: Plan, other: Plan) -> pd.DataFrame:
    """Columns project, area, decision: added, dropped, or begun in another year."""
    before, after = (dict(zip(some.projects["project"], some.projects["start"], strict=True)) for some in (plan, other))
    rows = [(code, "added") for code in after if code not in before]
    rows += [(code, "dropped") for code in before if code not in after]
    rows += [(code, "other_year") for code in before if code in after and before[code] != after[code]]
    table = pd.DataFrame(rows, columns=["project", "decision"])
    area = dict(zip(plan.case.projects["project"], plan.case.projects["area"], strict=True))
    table.insert(1, "area", table["project"].map(area).astype(object))
    return table


def holding_rules(plan: Plan, other: Plan, most: int = 12) -> pd.DataFrame:
    """Columns words_vi, words_en, newly: rules that hold the forced plan back, those that are new first."""
    kept = ["rule", "words_vi", "words_en"]
    table = other.rules[kept].copy()
    table["price"] = other.rules["marginal_value"].abs().to_numpy()
    held = plan.rules["marginal_value"].abs().to_numpy() > PRICED
    table["newly"] = np.where(held, NO, YES)
    table = table[table["price"] > PRICED].sort_values(["newly", "price"], ascending=False, kind="stable")
    return table.head(most).drop(columns="price").reset_index(drop=True)


# ---- what cannot be -------------------------------------------------------------------------------------------------
def _why(case: Case, project: int, chosen: bool) -> list[Text]:
    """The rules that forbid it, with the project locked in, or out."""
    table = case.projects.drop(columns=["a", "p", "running_p"]).copy()
    table.loc[project, "stage"] = "never" if chosen else "must"
    locked = replace(case, tables={**case.tables, "projects": table})
    return conflicts(locked) or what_must_give(locked)


def _cannot(plan: Plan, code: str, chosen: bool, reason: str, why: Sequence[Text] = ()) -> Finding:
    answer = {"project": code, "decision": "left_out" if chosen else "built", "loss": np.nan, "reason": reason}
    say = CANNOT["left_out" if chosen else "built"]
    name = {language: plan.case.labels(language)["project"].get(code, code) for language in ("vi", "en")}
    sentences = {
        language: (
            say[language].format(name=name[language], why=REASONS[reason][language]),
            *(text[language] for text in why),
        )
        for language in ("vi", "en")
    }
    return Finding("whynot", plan.case, {"answer": pd.DataFrame([answer])}, sentences, HEADINGS, KINDS)


def _too_much(
    plan: Plan, model: Model, weight: Array, area: str, programme: str | None, amount: float, search: bool
) -> Finding:
    """The finding of an amount that the rules do not allow: how much more they do allow."""
    live = Live(model, model.goals[0])
    if not search:
        live.settle(plan.x)
    room = max(live.maximise(weight).bound - float(weight @ plan.x), 0.0)
    answer = {"area": area, "programme": programme or ALL, "amount": amount, "loss": np.nan, "reason": "rules"}
    answer["decision"] = "search" if search else "kept"
    sentences, unit = {}, money_unit([room])
    for language in ("vi", "en"):
        words = {"name": _place(plan.case, area, programme, language), "amount": numbers.money(amount, language, unit)}
        sentences[language] = (TOO_MUCH[language].format(room=numbers.money(room, language, unit), **words),)
    return Finding("whynot", plan.case, {"answer": pd.DataFrame([answer])}, sentences, HEADINGS, KINDS)


def _place(case: Case, area: str, programme: str | None, language: Language) -> str:
    labels = case.labels(language)
    name = labels["area"][area]
    return name if programme in (None, ALL) else f"{name} ({labels['programme'][programme]})"


# ---- in words -------------------------------------------------------------------------------------------------------
CANNOT = {
    "built": Text("Dự án {name} không thể có trong phương án: {why}.", "Project {name} cannot be in the plan: {why}."),
    "left_out": Text("Dự án {name} không thể bỏ: {why}.", "Project {name} cannot be left out: {why}."),
}
TOO_MUCH = Text(
    "{name} không thể nhận thêm {amount}: các quy định, nhu cầu và nguồn vốn chỉ cho phép thêm nhiều nhất {room}.",
    "{name} cannot get {amount} more: rules, needs and funds allow at most {room} more.",
)
_SAY = {
    "built": Text(
        "Nếu buộc phải làm dự án {name}, phương án tốt nhất mất {loss}{promises}.",
        "Building project {name} would cost {loss}{promises}.",
    ),
    "left_out": Text(
        "Nếu bỏ dự án {name}, phương án tốt nhất mất {loss}{promises}.",
        "Leaving project {name} out would cost {loss}{promises}.",
    ),
    "area": Text(
        "Thêm {amount} cho {name} trong cả giai đoạn làm mất {loss}{promises}: {marginal} cho mỗi tỷ đồng.",
        "{amount} more for {name} over the plan costs {loss}{promises}: {marginal} for each billion VND.",
    ),
    "area_free": Text(
        "Thêm {amount} cho {name} trong cả giai đoạn không làm mất gì{promises}: có phương án tốt ngang như vậy.",
        "{amount} more for {name} over the plan costs nothing{promises}: another plan is just as good.",
    ),
    "promises": Text(" và {share} điểm ở các mục tiêu đứng trước", " and {share} points of the goals that come before"),
    "tiny": Text("ít hơn mức tìm kiếm phân biệt được ({unsure})", "less than the search can tell ({unsure})"),
    "nothing": Text("không gì: có phương án tốt ngang như vậy", "nothing: another plan is just as good"),
    "loss": Text("{loss} trẻ em-năm có trọng số", "{loss} weighted child-years"),
    "payers": Text("Bị bớt nhiều nhất: {names}.", "Who pays most: {names}."),
    "nobody": Text("Không dòng tiền nào giảm.", "No line of money falls."),
    "added": Text("Thay vào đó làm: {names}.", "Built in exchange: {names}."),
    "dropped": Text("Phải bỏ: {names}.", "Dropped for it: {names}."),
    "kept": Text("Các dự án được giữ như đã chọn.", "Projects are kept as chosen."),
    "search": Text("Các dự án được chọn lại.", "Projects were searched again."),
    "rules": Text("Quy định mới giữ phương án lại: {words}.", "A rule that newly holds the plan back: {words}."),
}


def _sentences(case: Case, tables: dict[str, pd.DataFrame], language: Language) -> tuple[str, ...]:
    answer = tables["answer"].to_dict("records")[0]
    of_area = "area" in answer
    words = {"loss": loss_words(answer["loss"], answer["unsure"], language)}
    words["promises"] = ""
    if answer["promises"]:
        words["promises"] = _SAY["promises"][language].format(
            share=numbers.number(100 * answer["promises"], language, 2)
        )
    if of_area:
        words["name"] = _place(case, answer["area"], answer["programme"], language)
        words["amount"] = numbers.money(answer["amount"], language)
        words["marginal"] = _SAY["loss"][language].format(loss=numbers.number(answer["marginal"], language, 1))
    else:
        words["name"] = case.labels(language)["project"].get(answer["project"], answer["project"])
    kind = answer["decision"]
    if of_area:
        kind = "area_free" if abs(answer["loss"]) <= NONE_LOST else "area"
    said = [_SAY[kind][language].format(**words), who_pays_most(case, tables["lines"], language)]
    names = case.labels(language).get("project", {})
    for decision in ("added", "dropped"):
        codes = tables["projects"].query("decision == @decision")["project"]
        codes = [code for code in codes if code != answer.get("project")]
        if codes:
            said.append(_SAY[decision][language].format(names="; ".join(names.get(code, code) for code in codes)))
    said.append(_SAY["kept" if answer["decision"] == "kept" else "search"][language])
    new = tables["rules"][tables["rules"]["newly"] == YES]
    if len(new):
        said.append(_SAY["rules"][language].format(words=new[f"words_{language}"].iloc[0]))
    return tuple(said)


def loss_words(loss: float, unsure: float, language: Language) -> str:
    """A loss of the last goal, or that it is smaller than the gaps of the two searches."""
    if abs(loss) <= NONE_LOST:
        return _SAY["nothing"][language]
    if abs(loss) <= unsure:
        return _SAY["tiny"][language].format(unsure=numbers.number(unsure, language, 1))
    return _SAY["loss"][language].format(loss=numbers.number(loss, language, 1 if abs(loss) < 1000 else 0))


def printed_lines(lines: pd.DataFrame) -> tuple[pd.DataFrame, MoneyUnit]:
    """The lines as they are printed, without those whose change is then nothing, and their unit.

    Before and after are rounded to what the unit of the changes prints; a change is the difference of these.
    """
    unit = money_unit(lines["change"])
    before, after = ((lines[column] / unit.step).round().to_numpy() for column in ("before", "after"))
    units = {"before": before, "after": after, "change": after - before}
    shown = lines.assign(**{column: from_units(values, unit.step) for column, values in units.items()})
    return shown[after != before].sort_values("change", kind="stable", ignore_index=True), unit


def who_pays_most(case: Case, lines: pd.DataFrame, language: Language, most: int = 3) -> str:
    """The lines that fall most, in one unit, as they are printed; where none shows there, in millions."""
    labels = case.labels(language)
    shown, unit = printed_lines(lines)
    if not (shown["change"] < 0).any():
        shown, unit = lines, MILLION
    paid = shown[shown["change"] < 0].head(most).to_dict("records")
    if not paid:
        return _SAY["nobody"][language]
    each = [
        f"{labels['area'][line['area']]}, {labels['programme'][line['programme']]} "
        f"({numbers.money(line['change'], language, unit)})"
        for line in paid
    ]
    return _SAY["payers"][language].format(names="; ".join(each))
