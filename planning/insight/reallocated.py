"""What could be reached if the money were allocated anew once needs, prices and revenues are known."""

from collections.abc import Mapping
from concurrent.futures import Executor
from functools import cached_property
from itertools import batched
from pathlib import Path

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.case import Array
from planning.inputs.ranges import Range, draw, with_factors
from planning.insight.finding import Finding
from planning.insight.fixed import Fixed, Reached
from planning.insight.uncertainty import HIGH, LOW, assumed, draw_all
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import build
from planning.solver.certificate import input_hash
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

NAME = "reallocated"
TOGETHER = 50  # draws evaluated at once: more need memory, fewer take longer
KEPT, SEARCHED = "kept", "searched"
WAYS = {
    KEPT: Text("Giữ dự án, phân bổ lại phần khác", "Projects kept, all else allocated anew"),
    SEARCHED: Text("Chọn lại cả dự án", "Projects chosen anew as well"),
}
HEADINGS = {
    "way": Text("Cách làm", "Way"),
    "draws": Text("Số lần thử", "Draws"),
    "without_plan": Text("Không có phương án", "Without a plan"),
    "reach_fixed": Text("Phương án giữ nguyên", "Plan kept"),
    "reach": Text("Phân bổ lại", "Allocated anew"),
    "low": Text("Thấp (5%)", "Low (5%)"),
    "high": Text("Cao (95%)", "High (95%)"),
    "knowing": Text("Lợi ích của việc biết trước", "Value of knowing"),
    "missed_fixed": Text("Chỉ tiêu lỡ nếu giữ nguyên", "Targets missed, plan kept"),
    "missed": Text("Chỉ tiêu lỡ nếu phân bổ lại", "Targets missed, anew"),
    "planned": Text("Trong phương án", "In the plan"),
    "chosen": Text("Tỷ lệ lần được chọn", "Share of draws that choose it"),
    "draw": Text("Lần thử", "Draw"),
}
KINDS = {
    "draws": "whole", "without_plan": "whole", "reach_fixed": "share", "reach": "share", "low": "share",
    "high": "share", "knowing": "change", "missed_fixed": "number", "missed": "number", "chosen": "share",
}  # fmt: skip


def reallocated(
    plan: Plan,
    found: Mapping[str, Range],
    draws: int = 200,
    searched: int = 20,
    seed: int = 1,
    *,
    together: bool = False,
    journal: Path | None = None,
    watch: Watch = unwatched,
    jobs: int = 1,
    executor: Executor | None = None,
) -> Finding:
    """The best plan of each draw: `draws` times with the plan's projects, and `searched` times with projects free.

    Reach is told against the plan's own child-years, beside what the plan kept in money would reach in the same draw.
    Tables: reallocated (one row per way), projects (how often each is chosen), draws. `jobs` and `executor` say who
    shares the draws, as in `carry_out`. Raises JournalError, WorkerError.
    """
    draws, searched = max(draws, searched), searched if build(plan.case).whole.any() else 0
    anew = Anew(plan, found, seed, together=together)
    pieces = [f"{KEPT} {i}" for i in range(draws)] + [f"{SEARCHED} {i}" for i in range(searched)]
    spread = [one.assumed for one in found.values()]
    key = f"{NAME} {input_hash(plan.case)} {plan.case.scenario.name} {seed} {together} {spread}"
    values = carry_out(pieces, anew.solve, key=key, journal=journal, watch=watch, jobs=jobs, executor=executor)
    table = _draws(plan, found, values, seed, together=together)
    tables = {NAME: _summary(table), "projects": _projects(plan, values), "draws": table}
    return Finding(NAME, plan.case, tables, _sentences(plan, tables[NAME], found), HEADINGS, KINDS)


class Anew:
    """The live models of the two ways, built where and when first needed; each follows the numbers of the draws."""

    def __init__(self, plan: Plan, found: Mapping[str, Range], seed: int, *, together: bool) -> None:
        self.plan, self.found, self.seed, self.together = plan, found, seed, together
        self.hot: dict[str, Hot] = {}

    @cached_property
    def fixed(self) -> Fixed:
        return Fixed(build(self.plan.case), self.plan.x)

    def solve(self, piece: str) -> dict[str, object] | None:
        """Weighted child-years, targets missed and projects of the best plan of one draw; None where there is none."""
        way, number = piece.split()
        factors = draw(self.found, self.seed, int(number), together=self.together)
        model = build(with_factors(self.plan.case, factors), steady=True)
        hot = self._hot(way)
        hot.change(model)
        try:
            point = hot.best()
        except Infeasible:
            return None
        x = point.answer.x[: model.columns]
        cells = self.fixed.cells
        units, need = (of.ravel()[None, cells] for of in (model.layout.units(x), model.case.need))
        reached = Reached(units, need)
        starts = model.case.starts
        begun = np.flatnonzero(x[model.layout.begin["start"] :][: starts.project.size] > 0.5)
        return {
            "reach": float(self.fixed.reach(reached)[0][0]),
            "missed": missed_targets(self.fixed, reached)[0].item(),
            "gap": max(step.gap for step in point.steps),
            "projects": [str(code) for code in model.case.projects["project"].to_numpy()[starts.project[begun]]],
        }

    def _hot(self, way: str) -> Hot:
        if way not in self.hot:
            model = build(self.plan.case, steady=True)
            self.hot[way] = Hot(model)
            if way == KEPT:
                x = np.zeros(model.columns)
                x[model.whole] = self.plan.x[self.fixed.model.whole]
                self.hot[way].keep_projects(x)
        return self.hot[way]


def missed_targets(fixed: Fixed, reached: Reached) -> Array:
    """(D,) number of targets whose coverage is missed."""
    level = fixed.model.case.tables["targets"]["coverage"].to_numpy(float)
    return (fixed.targets(reached) < level - 1e-6).sum(axis=1)


# ---- tables ---------------------------------------------------------------------------------------------------------
def _draws(
    plan: Plan, found: Mapping[str, Range], values: Mapping[str, dict | None], seed: int, *, together: bool
) -> pd.DataFrame:
    """One row per way and draw: reach of the plan kept in money and of the best plan, against the plan's own."""
    fixed = Fixed(build(plan.case), plan.x)
    stated = fixed.with_units_kept({name: np.ones((1, one.low.size)) for name, one in found.items()})
    whole = fixed.reach(stated)[0][0]
    rows = []
    for portion in batched(values.items(), TOGETHER, strict=False):
        names = [piece.split() for piece, _ in portion]
        drawn = draw_all(plan.case, found, [int(number) for _, number in names], seed, together=together)
        kept = fixed.with_money_kept(drawn)
        each = zip(names, portion, fixed.reach(kept)[0] / whole, missed_targets(fixed, kept), strict=True)
        for (way, number), (_, value), reach, missed in each:
            row = {"way": way, "draw": int(number), "reach_fixed": reach}
            row |= {"reach": value["reach"] / whole if value else np.nan, "missed_fixed": missed}
            row |= {"missed": value["missed"] if value else np.nan, "gap": value["gap"] if value else np.nan}
            rows.append(row)
    return pd.DataFrame(rows)


def _summary(table: pd.DataFrame) -> pd.DataFrame:
    """One row per way; the plan kept is averaged over the draws that have a plan, so that both columns compare."""
    rows = []
    for way, part in table.groupby("way", sort=False):
        with_plan = part[part["reach"].notna()]
        low, high = with_plan["reach"].quantile([LOW, HIGH])
        mean = with_plan[["reach_fixed", "reach", "missed_fixed", "missed"]].mean()
        rows.append(
            {
                "way_vi": WAYS[str(way)].vi, "way_en": WAYS[str(way)].en, "draws": len(part),
                "without_plan": len(part) - len(with_plan), "reach_fixed": mean["reach_fixed"], "reach": mean["reach"],
                "low": low, "high": high, "knowing": mean["reach"] - mean["reach_fixed"],
                "missed_fixed": mean["missed_fixed"], "missed": mean["missed"],
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def _projects(plan: Plan, values: Mapping[str, dict | None]) -> pd.DataFrame:
    """Each project with whether the plan has it and the share of the searched draws with a plan that choose it."""
    solved = [value for piece, value in values.items() if piece.startswith(SEARCHED) and value]
    codes = plan.case.projects["project"].astype(str)
    chosen = [sum(code in value["projects"] for value in solved) / len(solved) for code in codes] if solved else np.nan
    has = codes.isin(plan.projects["project"])
    table = pd.DataFrame({"project": codes, "planned": np.where(has, "yes", "no"), "chosen": chosen})
    return table.sort_values(["chosen", "planned"], ascending=False, kind="stable").reset_index(drop=True)


# ---- words ----------------------------------------------------------------------------------------------------------
def _sentences(plan: Plan, table: pd.DataFrame, found: Mapping[str, Range]) -> dict[Language, tuple[str, ...]]:
    told: dict[Language, tuple[str, ...]] = {}
    for language in ("vi", "en"):
        said = [
            _SAID["way"][language].format(
                way=row[f"way_{language}"], knowing=numbers.percent(row["knowing"], language, 2),
                draws=row["draws"], missed=numbers.number(row["missed"], language, 1),
                missed_fixed=numbers.number(row["missed_fixed"], language, 1),
            )
            for row in table.to_dict("records")
        ]  # fmt: skip
        if lost := int(table["without_plan"].sum()):
            said.append(_SAID["lost"][language].format(lost=lost))
        gap = numbers.percent(plan.case.scenario.objective.gap, language, 4)
        told[language] = (*said, _SAID["gap"][language].format(gap=gap), *assumed(found, language))
    return told


_SAID = {
    "way": Text(
        "{way}: biết trước đáng giá {knowing} số trẻ em-năm của phương án, bình quân của {draws} lần thử; số chỉ "
        "tiêu lỡ từ {missed_fixed} còn {missed}.",
        "{way}: knowing in time is worth {knowing} of the plan's child-years, the mean of {draws} draws; targets "
        "missed go from {missed_fixed} to {missed}.",
    ),
    "lost": Text(
        "{lost} lần thử không có phương án nào giữ được mọi quy định; các lần đó không tính vào bình quân.",
        "In {lost} draws no plan keeps every rule; they are left out of the means.",
    ),
    "gap": Text(
        "Phương án giữ số tiền không phải giữ mọi quy định; phân bổ lại thì có, và xét chỉ tiêu trước. Chọn lại dự án "
        "dừng khi cách mức tốt nhất không quá {gap}.",
        "The plan kept in money need not keep every rule in a draw; what is allocated anew does, and serves targets "
        "first. A search for projects may stop within {gap} of the best.",
    ),
}  # fmt: skip
