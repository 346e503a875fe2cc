"""Break-even: at which price, need, weight or envelope a decision turns round.

The whole model is solved again at each factor, first on a ladder of factors between a quarter and four times, then by
bisection between the two rungs around the present where the decision differs first (the decision of an integer
programme need not turn round only once, so no formula for intervals is used). The present decision is the plan's own,
and it stands for as long as some plan that keeps it is as good as the best.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from planning import numbers
from planning.errors import InputError, NoPlanError, Problem
from planning.inputs.case import Array, Case
from planning.inputs.whatif import with_values
from planning.insight.finding import Finding
from planning.insight.naming import position
from planning.insight.near import answerable, money_weight
from planning.insight.swings import Searcher, fixed
from planning.insight.words import AREA, PROGRAMME, PROJECT
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import Model, build
from planning.solver.certificate import input_hash
from planning.solver.hot import Hot, Point
from planning.solver.plan import Plan
from planning.vocabulary import NO, YES, Language, Text

OF = ("price", "need", "weight", "money")
PRECISION, LEAST = 1e-3, 1e-4
HELD, EQUAL = 0.01, 1e-9  # part of the most money that is held where the decision is yes; values as good as others
RUNGS = tuple(float(4 ** (k / 8)) for k in range(9))
NONE = "none"
HEADINGS = {
    "factor": Text("Hệ số", "Factor"),
    "decision": Text("Quyết định", "Decision"),
    "amount": Text("Số tiền", "Money"),
    "margin": Text("Lợi thế (trẻ em-năm có trọng số)", "Advantage (weighted child-years)"),
    "gap": Text("Khoảng chưa chứng minh", "Gap of the search"),
    "direction": Text("Chiều", "Direction"),
    "last_same": Text("Còn như hiện nay đến", "Same as now until"),
    "first_other": Text("Khác đi từ", "Otherwise from"),
    "becomes": Text("Trở thành", "Becomes"),
}
_WHICH = Text(
    "hãy nêu một dự án (--project MÃ), hoặc một địa bàn và một chương trình (--area MÃ --programme MÃ)",
    "name either a project (--project CODE) or an area and a programme (--area CODE --programme CODE)",
)
KINDS = {"amount": "money", "margin": "count"} | dict.fromkeys(("factor", "last_same", "first_other"), "factor")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is decided: a project, or the money of a programme in an area (positions)."""

    project: int | None = None
    area: int | None = None
    programme: int | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """What one factor gave: the decision (yes, no, none where no plan keeps every rule), money, gap."""

    factor: float
    decision: str
    amount: float
    gap: float


def break_even(
    plan: Plan,
    of: str,
    *,
    project: str | None = None,
    area: str | None = None,
    programme: str | None = None,
    journal: Path | None = None,
    watch: Watch = unwatched,
) -> Finding:
    """The factors of price, need, weight or money nearest to 1, below and above, at which the decision turns round.

    price    cost of building and running the project, or the programme's unit cost in the area
    need     need in the area for the programme, or for those that the project serves
    weight   priority weight of those programmes, everywhere
    money    every ceiling of every fund
    Tables: breakeven (direction, last_same, first_other, becomes: the turn lies between the two factors, a thousandth
    apart) and tries (every factor solved, with the decision). Raises InputError where the question cannot be put.
    """
    subject = _subject(plan.case, of, project, area, programme)
    ladder = _Ladder(plan, subject, of, journal)
    now, rows = ladder.now, []
    for sign, direction in ((1, "up"), (-1, "down")):
        rows.append({"direction": direction} | _turn(ladder, now, sign, watch))
    tries = pd.DataFrame([vars_of(one) for one in sorted(ladder.tried.values(), key=lambda one: one.factor)])
    tables = {"breakeven": pd.DataFrame(rows), "tries": tries, "now": _now(plan, subject, now)}
    sentences = {language: _sentences(plan.case, subject, of, tables, language) for language in ("vi", "en")}
    return Finding("breakeven", plan.case, tables, sentences, HEADINGS, KINDS)


def vars_of(one: Try) -> dict[str, object]:
    """The fields of a try."""
    return {"factor": one.factor, "decision": one.decision, "amount": one.amount, "gap": one.gap}


def _turn(ladder: "_Ladder", now: Try, sign: int, watch: Watch) -> dict[str, object]:
    """The first change of the decision away from 1 in one direction, to a thousandth."""
    same, other = 1.0, None
    for place, rung in enumerate(RUNGS[1:]):
        watch(place, len(RUNGS) - 1)
        factor = rung**sign
        if ladder.at(factor).decision != now.decision:
            other = factor
            break
        same = factor
    if other is None:
        return {"last_same": same, "first_other": np.nan, "becomes": ""}
    while abs(other - same) > PRECISION * min(same, other):
        middle = (same * other) ** 0.5
        if ladder.at(middle).decision == now.decision:
            same = middle
        else:
            other = middle
    return {"last_same": same, "first_other": other, "becomes": ladder.at(other).decision}


class _Ladder:
    """The decision at each factor, searched anew each time on one live model; at 1 it is the plan's own."""

    def __init__(self, plan: Plan, subject: Subject, of: str, journal: Path | None) -> None:
        self.case, self.subject, self.of, self.journal = plan.case, subject, of, journal
        model = build(plan.case)
        answerable(model)
        self.hot = Hot(model)
        gap = max(goal["gap"] for goal in plan.certificate["goals"])
        self.now = Try(1.0, *_decided(model, subject, plan.x), gap)
        self.tried: dict[float, Try] = {1.0: self.now}
        self.key = f"breakeven {input_hash(plan.case)} {plan.case.scenario.name} {of} {subject} {self.now.decision}"

    def at(self, factor: float) -> Try:
        """What the best plan decides at this factor."""
        if factor not in self.tried:
            piece = repr(factor)
            told = carry_out([piece], self._search, key=self.key, journal=self.journal)[piece]
            self.tried[factor] = Try(factor, *told)
        return self.tried[factor]

    def _search(self, piece: str) -> tuple[str, float, float]:
        """Decision, money and gap at the factor that the piece names."""
        case = scaled(self.case, self.subject, self.of, float(piece))
        try:
            model = build(case)
            self.hot.change(model)
            point = self.hot.best()
        except NoPlanError:
            return NONE, np.nan, np.nan
        if _decided(model, self.subject, point.answer.x)[0] != self.now.decision:
            point = self._as_now(model, point) or point
        return *_decided(model, self.subject, point.answer.x), max(step.gap for step in point.steps)

    def _as_now(self, model: Model, best: Point) -> Point | None:
        """A plan as good as the best that decides as at present; None where there is none."""
        live = self.hot.live
        weight, most = money_of(model, self.subject, live.columns)
        weight = weight / (most or 1.0)
        row = live.hold(weight, HELD) if self.now.decision == YES else live.hold(-weight, -LEAST)
        try:
            point = self.hot.best()
        except NoPlanError:
            return None
        finally:
            live.set_rows(np.array([row]), -np.inf, np.inf)
        pairs = zip(point.values, best.values, strict=True)
        return point if all(kept >= value - EQUAL * max(1.0, abs(value)) for kept, value in pairs) else None


def _decided(model: Model, subject: Subject, x: Array) -> tuple[str, float]:
    """Whether the subject is in the plan at x, and with how many million VND."""
    weight, most = money_of(model, subject, x.size)
    amount = float(weight @ x)
    return YES if amount > LEAST * most else NO, amount


def money_of(model: Model, subject: Subject, columns: int) -> tuple[Array, float]:
    """(columns,) million VND over the plan that each column gives the subject, and the most that it could get."""
    case, layout = model.case, model.layout
    if subject.project is not None:
        starts = case.starts
        own = starts.project == subject.project
        weight, money = np.zeros(columns), np.where(own, (starts.building + starts.running).sum(axis=1), 0.0)
        weight[layout.begin["start"] : layout.begin["start"] + own.size] = money
        return weight, float(money.max(initial=0.0))
    mask = np.zeros(case.shape[:2], bool)
    mask[subject.area, subject.programme] = True
    return money_weight(layout, mask, columns), float(case.full_cost[subject.area, subject.programme].sum())


def scaled(case: Case, subject: Subject, of: str, factor: float) -> Case:
    """The case with the price, need, weight or money of the subject times a factor."""
    if of == "money":
        return with_values(case, ceiling=case.ceiling * factor)
    if of == "price" and subject.project is not None:
        table = case.tables["projects"].copy()
        for column in ("cost", "running_cost"):
            table[column] = table[column].astype(float)
            table.loc[subject.project, column] *= factor
        return replace(case, tables={**case.tables, "projects": table})
    area, programmes = _place(case, subject)
    if of == "weight":
        worth = case.worth.copy()
        worth[:, programmes] *= factor
        return with_values(case, worth=worth)
    name = {"price": "unit_cost", "need": "need"}[of]
    values = getattr(case, name).copy()
    values[area, programmes] *= factor
    return with_values(case, **{name: values})


def _place(case: Case, subject: Subject) -> tuple[int, list[int]]:
    """The area of the subject and the programmes that it serves."""
    if subject.project is None:
        return subject.area, [subject.programme]
    effects = case.effects
    served = effects.loc[effects["project"] == subject.project, "programme"].astype(int).unique().tolist()
    return int(case.projects["a"].iloc[subject.project]), served


def _subject(case: Case, of: str, project: str | None, area: str | None, programme: str | None) -> Subject:
    """The subject that the codes name. Raises InputError."""
    where = f"{case.scenario.name}.yaml"
    if of not in OF:
        names = ", ".join(OF)
        text = Text(
            f"'{of}' không thay đổi được; hãy ghi một trong {names}", f"'{of}' cannot be varied; write one of {names}"
        )
        raise InputError([Problem("--of", text)])
    if (project is None) == (area is None) or (area is None) != (programme is None):
        raise InputError([Problem(where, _WHICH)])
    if project is None:
        a, p = position(case, AREA, area, case.areas), position(case, PROGRAMME, programme, case.programmes)
        if not case.full_cost[a, p].any():
            text = Text(
                f"chương trình '{programme}' không có nhu cầu ở địa bàn '{area}' nên không có gì để quyết định ở đó; "
                "hãy nêu nơi khác",
                f"programme '{programme}' has no need in area '{area}', so nothing is decided there; name another",
            )
            raise InputError([Problem(where, text)])
        return Subject(area=a, programme=p)
    j = position(case, PROJECT, project, case.projects["project"])
    stage = case.projects["stage"].iloc[j]
    if stage != "candidate" or fixed(case, j, chosen=False):
        text = Text(
            f"dự án '{project}' không còn để quyết định (stage {stage}, hoặc không có năm khởi công nào trong giai "
            "đoạn); hãy nêu dự án khác",
            f"project '{project}' is not open to decision (stage {stage}, or no start within the plan); name another",
        )
        raise InputError([Problem(where, text)])
    return Subject(project=j)


def _now(plan: Plan, subject: Subject, now: Try) -> pd.DataFrame:
    """The present decision and, for a project, its margin: what turning it round would cost."""
    row = {"decision": now.decision, "amount": now.amount, "margin": np.nan, "gap": now.gap}
    if subject.project is not None and now.decision != NONE:
        searcher = Searcher(build(plan.case))
        found = searcher.turned(subject.project, chosen=now.decision == YES)
        if found.values:
            row["margin"] = (searcher.best.values[-1] - found.values[-1]) * searcher.model.goals[-1].size
    return pd.DataFrame([row])


# ---- in words -------------------------------------------------------------------------------------------------------
_OF = {
    "price": Text("đơn giá", "the price"),
    "need": Text("nhu cầu", "the need"),
    "weight": Text("trọng số ưu tiên", "the priority weight"),
    "money": Text("mọi trần ngân sách", "every ceiling"),
}
_IS = {
    YES: Text("có trong phương án", "is in the plan"),
    NO: Text("không có trong phương án", "is not in the plan"),
    NONE: Text("không còn phương án nào giữ mọi quy định", "no plan keeps every rule any more"),
}
_SAY = {
    "now": Text("Hiện nay {name} {now}.", "At present {name} {now}."),
    "turn": Text(
        "Khi {of} bằng {factor} lần hiện nay (chính xác đến 0,1%): {name} {becomes}.",
        "Once {of} is {factor} times the present (to 0.1%), {name} {becomes}.",
    ),
    "end": Text(
        "Khi {of} bằng {factor} lần hiện nay, {becomes}; quyết định không đổi trước đó.",
        "Once {of} is {factor} times the present, {becomes}; the decision does not change before that.",
    ),
    "up": Text(
        "Quyết định không đổi ở mọi mức đã thử, từ 1 đến 4 lần {of} hiện nay.",
        "The decision is the same at every level tried from 1 to 4 times {of}.",
    ),
    "down": Text(
        "Quyết định không đổi ở mọi mức đã thử, từ 0,25 đến 1 lần {of} hiện nay.",
        "The decision is the same at every level tried from 0.25 to 1 times {of}.",
    ),
    "margin": Text(
        "Đảo quyết định hiện nay làm mất {margin} trẻ em-năm có trọng số.",
        "Turning the present decision round would cost {margin} weighted child-years.",
    ),
    "search": Text(
        "Mỗi mức được tìm lại toàn bộ, kể cả dự án; khoảng cách tìm kiếm lớn nhất {gap}. Giữa hai mức của thang thử, "
        "quyết định có thể đổi rồi đổi lại mà không thấy.",
        "Every level was searched again, projects too; the largest gap of a search is {gap}. Between two rungs of the "
        "ladder a decision could turn and turn back unseen.",
    ),
}


def _name(case: Case, subject: Subject, language: Language) -> str:
    labels = case.labels(language)
    if subject.project is not None:
        return labels["project"][case.projects["project"].iloc[subject.project]]
    return f"{labels['programme'][case.programmes[subject.programme]]}, {labels['area'][case.areas[subject.area]]}"


def _sentences(case: Case, subject: Subject, of: str, tables: dict, language: Language) -> tuple[str, ...]:
    words = {"name": _name(case, subject, language), "of": _OF[of][language]}
    now = tables["now"].iloc[0]
    said = [_SAY["now"][language].format(now=_IS[now["decision"]][language], **words)]
    for row in tables["breakeven"].to_dict("records"):
        if not row["becomes"]:
            said.append(_SAY[row["direction"]][language].format(**words))
            continue
        factor = numbers.number(row["first_other"], language, 3)
        kind = "end" if row["becomes"] == NONE else "turn"
        said.append(_SAY[kind][language].format(factor=factor, becomes=_IS[row["becomes"]][language], **words))
    if not np.isnan(now["margin"]):
        margin = numbers.number(now["margin"], language, 1)
        said.append(_SAY["margin"][language].format(margin=margin))
    gap = numbers.percent(float(tables["tries"]["gap"].max()), language, 4)
    return (*said, _SAY["search"][language].format(gap=gap))
