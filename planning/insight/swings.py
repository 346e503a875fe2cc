"""What each project means to the plan: what is lost if a chosen one is left out, or another is forced in.

Every figure is a search of its own over all projects and all money: V* − V(left out) for a chosen project (its
replacement value), V* − V(forced in) for another (its regret). Source: "replacement cost" of conservation planning
(Cabeza and Moilanen, 2006), the regret of an integer programme's reduced cost.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from planning.errors import NoPlanError
from planning.inputs.case import Array, Case
from planning.insight.near import answerable
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import Model, build
from planning.solver.certificate import input_hash
from planning.solver.hot import Hot, Point
from planning.solver.live import Infeasible
from planning.solver.plan import Plan
from planning.vocabulary import NO, YES

SAME, SECONDS = 1e-7, 30.0


@dataclass(frozen=True, slots=True)
class Found:
    """What a forced search reached: goal values, relative gap, or why there is no plan (a code of words.REASONS)."""

    values: tuple[float, ...]
    gap: float = 0.0
    reason: str = ""


class Searcher:
    """A model with whole projects in the solver; one project at a time is forced in or left out and all else chosen.

    A search stops at the scenario's gap; what that leaves open is stated with every loss.
    """

    def __init__(self, model: Model) -> None:
        answerable(model)
        self.model, self.hot = model, Hot(model)
        self.hot.live.seconds = min(self.hot.live.seconds, SECONDS)
        self.best = self.hot.best()

    def starts(self, project: int) -> Array:
        """Columns of the starts of a project."""
        return self.model.layout.begin["start"] + np.flatnonzero(self.model.case.starts.project == project)

    @contextmanager
    def forced(self, project: int, *, into: bool) -> Iterator[Point]:
        """The best plan that starts the project, or leaves it out, while the solver still holds it so.

        Raises Infeasible, or NoPlanError where none was proven best.
        """
        columns, live = self.starts(project), self.hot.live
        if into:
            weight = np.zeros(live.columns)
            weight[columns] = 1.0
            row = live.hold(weight, 1.0)
        else:
            self.hot.bound(columns, 0.0, 0.0)
        try:
            yield self.hot.best()
        finally:
            if into:
                live.set_rows(np.array([row]), -np.inf, np.inf)
            else:
                self.hot.bound(columns, 0.0, 1.0)

    def turned(self, project: int, chosen: bool) -> Found:
        """The best plan with the decision on one project turned round."""
        if reason := fixed(self.model.case, project, chosen):
            return Found((), reason=reason)
        try:
            with self.forced(project, into=not chosen) as point:
                return Found(point.values, max(step.gap for step in point.steps))
        except Infeasible:
            return Found((), reason="rules")
        except NoPlanError:
            return Found((), reason="stopped")


def fixed(case: Case, project: int, chosen: bool) -> str:
    """Why the decision on a project cannot be turned round at all; empty where it can."""
    stage = case.projects["stage"].iloc[project]
    if chosen:
        return {"ongoing": "begun", "must": "must"}.get(stage, "")
    if stage == "never":
        return "never"
    return "" if (case.starts.project == project).any() else "window"


class _Turned:
    """What turning round the decision on a project leads to; the live model is made where it is first needed."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.chosen = plan, set(plan.projects["project"])

    @cached_property
    def searcher(self) -> Searcher:
        return Searcher(build(self.plan.case))

    def __call__(self, code: str) -> list:
        place = int(self.plan.case.projects["project"].eq(code).argmax())
        found = self.searcher.turned(place, code in self.chosen)
        return [list(found.values), found.gap, found.reason]


def swings(
    plan: Plan,
    projects: Sequence[int] | None = None,
    *,
    journal: Path | None = None,
    watch: Watch = unwatched,
    jobs: int = 1,
) -> pd.DataFrame:
    """One row per project (all, or these positions in table projects): what turning the decision on it round costs.

    Columns project, area, programme, chosen; loss in the unit of the last goal and loss_share of its best value; unsure
    (what gaps leave open, same unit); promises (what the earlier goals lose, as shares); reason (a code of
    words.REASONS) where there is no such plan, losses being empty then.
    """
    case, model = plan.case, build(plan.case)
    table = case.projects
    picked = range(len(table)) if projects is None else projects
    turned = _Turned(plan)
    if not len(picked):
        return _table(case, [], turned.chosen, [], None, model)
    codes = table["project"].iloc[list(picked)].tolist()
    key = f"swings {case.scenario.name} {input_hash(case)}"
    values = carry_out(codes, turned, key=key, journal=journal, watch=watch, jobs=jobs)
    found = [Found(tuple(values[code][0]), values[code][1], values[code][2]) for code in codes]
    return _table(case, list(picked), turned.chosen, found, turned.searcher.best, model)


def _table(
    case: Case, picked: list[int], chosen: set[str], found: list[Found], best: Point | None, model: Model
) -> pd.DataFrame:
    rows = case.projects.iloc[picked]
    size = model.goals[-1].size
    table = rows[["project", "area", "programme"]].reset_index(drop=True)
    table["chosen"] = [YES if code in chosen else NO for code in table["project"]]
    loss, unsure, promises = ([] for _ in range(3))
    for one in found:
        there = bool(one.values) and best is not None
        value = best.values[-1] if there else np.nan
        loss.append((value - one.values[-1]) * size if there else np.nan)
        gaps = (one.gap + max(step.gap for step in best.steps)) if there else np.nan
        unsure.append(gaps * max(abs(value), 1.0) * size)
        lost = [a - b for a, b in zip(best.values[:-1], one.values[:-1], strict=True)] if there else [np.nan]
        promises.append(sum(part for part in lost if abs(part) > SAME or np.isnan(part)))
    table["loss"], table["unsure"], table["promises"] = (np.array(some, float) for some in (loss, unsure, promises))
    scale = abs(best.values[-1]) * size if best is not None else np.nan
    table.insert(5, "loss_share", table["loss"] / scale if scale else np.nan)
    table["reason"] = pd.Series([one.reason for one in found], index=table.index, dtype=object)
    return table
