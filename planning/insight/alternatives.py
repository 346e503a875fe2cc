"""Plans nearly as good as the best one that differ from it, and from each other, as much as they can.

Source: spatially explicit practically optimal results (Lombardi, Pickering, Colombo and Pfenninger, 2020): each plan
found adds to the score of what it funds, and the next avoids what has a high score.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from planning import numbers
from planning.errors import InputError, NoPlanError, Problem
from planning.inputs.case import Array, Case
from planning.insight.finding import Finding
from planning.insight.near import answerable, field_of, money_weight
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import Model, build
from planning.model.rows import Sum
from planning.solver.certificate import input_hash
from planning.solver.hot import Hot, Step
from planning.solver.plan import Plan, tell
from planning.vocabulary import Language, Text

LOOSE, SAME, ROBUST, LEAST = 0.05, 1e-9, 0.9, 1.0
HEADINGS = {
    "plan": Text("Phương án", "Plan"),
    "loss_share": Text("Kém phương án tốt nhất", "Below the best"),
    "moved": Text("Phần ngân sách chuyển đi", "Share of the budget moved"),
    "apart": Text("Khác phương án gần nhất trước nó", "Apart from the nearest before it"),
    "remote_share": Text("Phần tiền cho vùng khó khăn", "Share of remote areas"),
    "reached": Text("Trẻ em-năm có trọng số", "Weighted child-years"),
    "projects_chosen": Text("Số dự án", "Projects"),
    "projects_changed": Text("Dự án khác đi", "Projects changed"),
    "search": Text("Dự án", "Projects were"),
    "present": Text("Phương án tốt nhất", "Best plan"),
    "least": Text("Ít nhất", "Least"),
}
KINDS = {
    "loss_share": "share",
    "moved": "share",
    "apart": "share",
    "remote_share": "share",
    "reached": "count",
    "amount": "money",
}
KINDS |= {"projects_chosen": "count", "projects_changed": "count", "present": "money", "least": "money"}


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """The plans found, the best first, and what they have in common as a finding."""

    plans: tuple[Plan, ...]
    finding: Finding


def alternatives(
    plan: Plan, count: int = 5, within: float = 0.01, *, journal: Path | None = None, watch: Watch = unwatched
) -> Alternatives:
    """`count` other plans whose last goal keeps best − within·|best|, earlier goals as they are, as unlike as can be.

    Tables: alternatives (one row per plan), fields (plan, field, amount), robust (area, programme, present, least: at
    least nine tenths in every plan) and projects (in every plan). Raises InputError for a bad count or leximin.
    """
    if not 1 <= count <= 50:
        text = Text(
            f"không thể tìm {count} phương án; hãy ghi một số nguyên từ 1 đến 50",
            f"{count} plans cannot be sought; give a whole number from 1 to 50",
        )
        raise InputError([Problem("--count", text)])
    model = build(plan.case)
    answerable(model)
    seeker = _Seeker(model, plan, within)
    key = f"alternatives {input_hash(plan.case)} {plan.case.scenario.name} {within!r}"
    plans, kinds = [plan], ["best"]
    for place in range(count):
        watch(place, count)
        piece = str(place + 1)
        x, price, kind = carry_out([piece], lambda _: seeker.next(), key=key, journal=journal)[piece]
        plans.append(seeker.told(np.array(x), np.array(price)))
        kinds.append(kind)
    watch(count, count)
    return Alternatives(tuple(plans), _finding(plans, kinds, within, model))


class _Seeker:
    """Finds one plan after another; `score` (A, P) grows with what the plans found fund."""

    def __init__(self, model: Model, plan: Plan, within: float) -> None:
        self.model, self.within = model, within
        full = model.case.full_cost.sum(axis=2)
        self.most = np.where(full > 0, full, 1.0)
        self.score = np.zeros(self.most.shape)
        self._add(plan.x)
        self.values = [float(goal.gain @ plan.x) for goal in model.goals]
        self.spent = float(model.layout.money(plan.x).sum())
        self.best, self.first = plan, plan.x

    def _add(self, x: Array) -> None:
        self.score += self.model.layout.money(x).sum(axis=2) / self.most

    def next(self) -> tuple[list[float], list[float], str]:
        """Columns and prices of the next plan, and whether projects were searched (search) or had to be kept (kept)."""
        try:
            return *self._one(search=bool(self.model.whole.any())), "search"
        except NoPlanError:
            return *self._one(search=False), "kept"

    def _one(self, *, search: bool) -> tuple[list[float], list[float]]:
        model = self.model
        hot = Hot(model, LOOSE)
        live = hot.live
        live.seconds = min(live.seconds, 30.0)
        *earlier, last = model.goals
        for goal, value in zip(earlier, self.values, strict=False):
            live.hold(goal.gain, value - goal.tolerance * abs(value) - SAME)
        live.hold(last.gain, self.values[-1] - self.within * abs(self.values[-1]))
        every = money_weight(model.layout, np.ones(self.most.shape, bool), live.columns)
        live.hold(every / self.spent, 1.0 - SAME)
        if not search:
            live.settle(self.first)
        years = np.broadcast_to((self.score / self.most)[:, :, None], model.case.shape)
        avoid = _weighted(model, years, live.columns)
        answer = live.maximise(-avoid)
        if live.whole.size:
            live.settle(answer.x)
            answer = live.maximise(-avoid)
        size = np.abs(avoid).sum() or 1.0
        live.hold(-avoid / size, answer.value / size - SAME)
        answer = live.maximise(last.gain)
        return answer.x[: model.columns].tolist(), answer.price.tolist()

    def told(self, x: Array, price: Array) -> Plan:
        """The plan of these column values, which later plans avoid."""
        self._add(x)
        steps = []
        for goal, bound in zip(self.model.goals, self.values, strict=True):
            value = float(goal.gain @ x)
            steps.append(Step(goal.name, value, bound, abs(bound - value) / max(1.0, abs(value)), 0.0))
        plan = tell(self.model, x, price, steps, unique=False, seconds={})
        return replace(plan, certificate={**plan.certificate, "status": "near the best", "within": self.within})


def _weighted(model: Model, weight: Array, columns: int) -> Array:
    """(columns,) Σ weight·money over all cells, weight (A, P, T)."""
    at = np.flatnonzero(weight.ravel())
    entries = model.layout.expand((Sum("money", np.zeros(at.size, int), at, weight.ravel()[at]),))
    return np.bincount(entries.column, entries.value, minlength=columns)


# ---- what they have in common ---------------------------------------------------------------------------------------
def moved_share(one: Array, other: Array) -> float:
    """Σ |m − m'| / 2B: the share of the budget that the second plan puts elsewhere; money (A, P, T)."""
    return float(np.abs(one - other).sum() / (2 * max(one.sum(), 1e-9)))


def _finding(plans: list[Plan], kinds: list[str], within: float, model: Model) -> Finding:
    case, layout = plans[0].case, model.layout
    money = [layout.money(plan.x) for plan in plans]
    gain, size = model.goals[-1].gain, model.reach.size
    values = [float(gain @ plan.x) for plan in plans]
    first = set(plans[0].projects["project"])
    rows = [
        {
            "plan": place,
            "loss_share": (values[0] - values[place]) / (abs(values[0]) or 1.0),
            "moved": moved_share(money[0], money[place]),
            "apart": min((moved_share(money[place], some) for some in money[:place]), default=0.0),
            "remote_share": float(money[place][case.remote].sum() / max(money[place].sum(), 1e-9)),
            "reached": float(model.reach.gain @ plan.x) * size,
            "projects_chosen": len(set(plan.projects["project"])),
            "projects_changed": len(first ^ set(plan.projects["project"])),
            "search": kinds[place],
        }
        for place, plan in enumerate(plans)
    ]
    tables = {"alternatives": pd.DataFrame(rows)}
    fields = field_of(case)
    tables["fields"] = pd.DataFrame(
        [
            {"plan": place, "field": field, "amount": float(some[:, fields == field].sum())}
            for place, some in enumerate(money)
            for field in dict.fromkeys(fields.tolist())
        ]
    )
    tables["robust"] = _robust(case, np.array([some.sum(axis=2) for some in money]))
    shared = set.intersection(*(set(plan.projects["project"]) for plan in plans))
    codes = [code for code in case.projects["project"] if code in shared]
    tables["projects"] = pd.DataFrame({"project": pd.Series(codes, dtype=object)})
    sentences = {language: _sentences(tables, money[0], within, language) for language in ("vi", "en")}
    return Finding("alternatives", case, tables, sentences, HEADINGS, KINDS)


def _robust(case: Case, money: Array) -> pd.DataFrame:
    """Cells that keep nine tenths of their money in every plan; money (plans, A, P)."""
    present, least = money[0], money.min(axis=0)
    a, p = np.nonzero((present > LEAST) & (least >= ROBUST * present))
    columns = {"area": case.areas[a], "programme": case.programmes[p], "present": present[a, p], "least": least[a, p]}
    return pd.DataFrame(columns)


_SAY = (
    Text(
        "{count} phương án khác, mỗi phương án kém phương án tốt nhất không quá {within}, chuyển từ {low} đến {high} "
        "ngân sách.",
        "{count} other plans, none more than {within} below the best, move from {low} to {high} of the budget.",
    ),
    Text(
        "Lựa chọn vững: {robust} của số tiền nằm ở các dòng giữ ít nhất 90% trong mọi phương án; {projects} dự án có "
        "trong mọi phương án.",
        "Robust choices: {robust} of the money is in lines that keep at least 90% in every plan; {projects} projects "
        "are in all of them.",
    ),
    Text(
        "Trong {search} phương án các dự án được chọn lại, trong {kept} phương án giữ như cũ. Tìm có chọn lọc: có thể "
        "còn phương án khác xa hơn.",
        "Projects were searched again in {search} plans and kept in {kept}. The search is a sample: plans that differ "
        "more may exist.",
    ),
)


def _sentences(tables: dict, present: Array, within: float, language: Language) -> tuple[str, ...]:
    table = tables["alternatives"].iloc[1:]
    words = {
        "count": len(table),
        "within": numbers.percent(within, language),
        "low": numbers.percent(table["moved"].min(), language),
        "high": numbers.percent(table["moved"].max(), language),
        "robust": numbers.percent(tables["robust"]["present"].sum() / max(present.sum(), 1e-9), language),
        "projects": len(tables["projects"]),
        "search": int((table["search"] == "search").sum()),
        "kept": int((table["search"] == "kept").sum()),
    }
    return tuple(text[language].format(**words) for text in _SAY)
