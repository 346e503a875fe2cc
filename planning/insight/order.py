"""A stable order of funding: plans for smaller and larger envelopes in which what is funded stays funded."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from planning.errors import InputError, NoPlanError, Problem
from planning.inputs.case import Array, Case
from planning.inputs.scenario import Change
from planning.inputs.whatif import with_changes
from planning.insight.along import State, carried_over, seeking_reach, state
from planning.insight.finding import Finding
from planning.insight.order_words import HEADINGS, KINDS, sentences, summary
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import Model, build
from planning.solver.certificate import input_hash
from planning.solver.diagnosis import what_must_give
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from planning.solver.plan import Plan, tell
from planning.vocabulary import Text

_LEAST = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """The nested plan of one envelope: its model, what it reaches, its certificate; or why there is none.

    `found` and `certificate` are empty where no nested plan keeps every rule; `why` then names the rules.
    """

    envelope: float
    model: Model
    found: State | None
    certificate: dict
    why: Sequence[Text] = ()


def order(
    plan: Plan, envelopes: tuple[float, ...], *, journal: Path | None = None, watch: Watch = unwatched
) -> Finding:
    """The nested path of plans for these shares of the envelope, anchored at the plan itself (share 1).

    order     envelope, state (found, none, unproven), reached, free (best of a plan chosen anew, projects too), loss,
              missed and missed_free (share of the targets), gap, money, entering (million VND more than the step below)
    lines     place, envelope at which it enters, area, programme, amount, children (child-years), reached: the list,
              first funded first; within an envelope by weighted child-years for the money
    projects  envelope at which it enters, project, area, programme, start, building, running

    Raises InputError where the scenario does not seek reach.
    """
    steps = sorted({*envelopes, 1.0})
    path = nested_path(plan, tuple(steps))
    free = _free(plan, steps, journal, watch)
    table = _steps(path, free)
    lines, projects = _lines(path), _projects(path)
    said = {language: sentences(table, path, language) for language in ("vi", "en")}
    tables = {"order": table, "lines": lines, "projects": projects, "summary": summary(table)}
    return Finding("order", plan.case, tables, said, HEADINGS, KINDS)


def shares(name: str, low: float, high: float, step: float) -> tuple[float, ...]:
    """The shares of the envelope from `low` to `high`; `name` is the scenario's. Raises InputError."""
    if not 0 < low <= high <= 10:
        text = Text(
            f"--from {low:g} --to {high:g} không phải là khoảng ngân sách; hãy ghi tỷ lệ trên 0 đến 10, tăng dần",
            f"--from {low:g} --to {high:g} is no range of envelopes; give shares above 0 and at most 10, rising",
        )
        raise InputError([Problem(name, text)])
    if not 0.001 <= step <= 1 or (high - low) / step > 100:
        text = Text(
            f"--step {step:g} không hợp lệ; hãy ghi từ 0.001 đến 1, tổng cộng nhiều nhất 100 bước",
            f"--step {step:g} is not allowed; give 0.001 to 1, at most 100 steps in all",
        )
        raise InputError([Problem(name, text)])
    count = int(np.floor((high - low) / step + 1e-9))
    return tuple(round(low + place * step, 6) for place in range(count + 1))


def nested_path(plan: Plan, envelopes: tuple[float, ...]) -> list[Nested]:
    """The nested plans in order of their envelopes, which hold 1.

    From the plan downwards every served and start column is at most what the next larger envelope had; upwards it is at
    least what the next smaller had. A path ends at the first envelope that allows no such plan.
    """
    case = seeking_reach(plan.case)
    model = build(case)
    own = model.layout.begin["paid"], model.layout.begin["start"], model.layout.starts
    fixed = np.concatenate([np.arange(own[0]), own[1] + np.arange(own[2])])
    x = carried_over(model, plan.x)
    path = {1.0: Nested(1.0, model, state(model, 1.0, x), dict(plan.certificate))}
    for way in (-1, 1):
        hot, at = Hot(model), x
        for envelope in sorted((e for e in envelopes if way * (e - 1) > 0), key=lambda e: way * e):
            path[envelope] = _next(hot, plan, envelope, fixed, at, way)
            if path[envelope].found is None:
                break
            at = path[envelope].found.x
    return [path[envelope] for envelope in sorted(path)]


def _next(hot: Hot, plan: Plan, envelope: float, fixed: Array, x: Array, way: int) -> Nested:
    model = build(_with_money(seeking_reach(plan.case), envelope))
    low, high = (np.zeros(fixed.size), x[fixed]) if way < 0 else (x[fixed], np.ones(fixed.size))
    whole = model.whole[fixed]
    low, high = np.where(whole, np.round(low), low), np.where(whole, np.round(high), high)
    hot.change(model)
    hot.bound(fixed, low, high)
    try:
        point = hot.best()
    except Infeasible:
        bounds = np.zeros(model.layout.own), np.ones(model.layout.own)
        bounds[0][fixed], bounds[1][fixed] = low, high
        return Nested(envelope, model, None, {}, what_must_give(model.case, bounds))
    except NoPlanError as refusal:
        return Nested(envelope, model, None, {}, refusal.reasons)
    found = point.answer.x[: model.columns].copy()
    found[fixed] = np.clip(found[fixed], low, high)
    found[: model.layout.served] = _best_bands_first(model, found)
    price = point.answer.price[: model.scale.size] * model.scale / hot.live.scale[: model.scale.size]
    told = tell(model, found, price, point.steps, unique=False, seconds={})
    return Nested(envelope, model, state(model, envelope, found, point.steps[-1].gap), dict(told.certificate))


def _with_money(case: Case, envelope: float) -> Case:
    """The case with every ceiling of its tables times the share, so that the second look sees it too."""
    note = f"envelope times {envelope:g}"
    return with_changes(case, [Change(table="funds", where={}, column="ceiling", multiply=envelope, note=note)])


def _best_bands_first(model: Model, x: Array) -> Array:
    """(served,) the same units in every cell, what lasts counted from its most effective band on in every year.

    Bounds on bands can leave a later band built before an earlier one; which band a unit stands in is only a count.
    """
    layout = model.layout
    a, p, t, s = layout.served_index
    size = (*model.case.shape, model.case.band_share.shape[1])
    width, built = np.zeros(size), np.zeros(size)
    width[a, p, t, s], built[a, p, t, s] = layout.width, layout.width * x[: layout.served]
    most = width.max(axis=2, keepdims=True)
    before = np.cumsum(most, axis=3) - most
    stands = np.clip(built.sum(axis=3).cumsum(axis=2)[..., None] - before, 0, most)
    built = np.diff(stands, axis=2, prepend=0.0)
    alike = (width == most).all(axis=(2, 3))[a, p] & layout.lasting
    return np.where(alike, built[a, p, t, s] / layout.width, x[: layout.served])


def _free(plan: Plan, envelopes: list[float], journal: Path | None, watch: Watch) -> dict[float, dict]:
    """The best plan of each envelope, chosen anew with its projects."""
    case = seeking_reach(plan.case)
    hot = Hot(build(case))

    def one(piece: str) -> dict[str, object]:
        model = build(_with_money(case, float(piece)))
        hot.change(model)
        try:
            point = hot.best()
        except Infeasible:
            return {"state": "none"}
        except NoPlanError:
            return {"state": "unproven"}
        x = point.answer.x[: model.columns]
        best = state(model, float(piece), x, point.steps[-1].gap)
        told = {"reached": best.reached, "missed": best.missed, "gap": best.gap, "earlier": _earlier(model, x)}
        return {"state": "found"} | told

    key = f"order {input_hash(plan.case)} {plan.case.scenario.name}"
    found = carry_out([repr(float(e)) for e in envelopes], one, key=key, journal=journal, watch=watch)
    return {float(piece): value for piece, value in found.items()}


def _earlier(model: Model, x: Array) -> list[float]:
    """The values of the goals before the last one, such as what targets of each priority miss."""
    return [float(goal.gain @ x) for goal in model.goals[:-1]]


def _steps(path: list[Nested], free: dict[float, dict]) -> pd.DataFrame:
    """The table of steps; the best known plan of an envelope is never below the nested one, which is a plan too."""
    steps = {step.envelope: step for step in path}
    rows, before = [], 0.0
    for envelope, best in free.items():
        step, row = steps.get(envelope), {"envelope": envelope, "state": "none"}
        freely = best.get("reached", np.nan)
        if step is not None and step.found is not None:
            found = step.found
            pairs = zip(_earlier(step.model, found.x), best.get("earlier", []), strict=False)
            if all(nested >= freest - _LEAST for nested, freest in pairs):
                freely = np.fmax(freely, found.reached)
            money = float(step.model.layout.money(found.x).sum())
            row |= {"state": "found", "reached": found.reached, "free": freely, "loss": freely - found.reached}
            row |= {"missed": found.missed, "missed_free": best.get("missed", np.nan)}
            row |= {"gap": np.fmax(found.gap, best.get("gap", np.nan)), "amount": money, "entering": money - before}
            before = money
        else:
            row |= {"free": freely, "missed_free": best.get("missed", np.nan), "gap": best.get("gap", np.nan)}
        rows.append(row)
    columns = ["envelope", "state", "reached", "free", "loss", "missed", "missed_free", "gap", "amount", "entering"]
    return pd.DataFrame(rows).reindex(columns=columns)


def _lines(path: list[Nested]) -> pd.DataFrame:
    """What enters at each envelope, area × programme, the most reached for the money first."""
    parts, before = [], None
    for step in (step for step in path if step.found):
        case, layout, x = step.model.case, step.model.layout, step.found.x
        per_unit = case.tables["programmes"]["children_per_unit"].to_numpy(float)
        gain = np.bincount(layout.cell, layout.gain * x[: layout.served], minlength=case.need.size)
        now = np.stack(
            [
                layout.money(x).sum(axis=2).ravel(),
                (layout.units(x).sum(axis=2) * per_unit).ravel(),
                gain.reshape(case.shape).sum(axis=2).ravel(),
            ]
        )
        more = now if before is None else now - before
        some = np.flatnonzero((more[0] > _LEAST) | (more[2] > _LEAST))
        a, p = np.divmod(some, len(case.programmes))
        columns = {"envelope": step.envelope, "area": case.areas[a], "programme": case.programmes[p]}
        part = pd.DataFrame(columns | dict(zip(("amount", "children", "reached"), more[:, some], strict=True)))
        worth = part["reached"] / np.maximum(part["amount"], _LEAST)
        parts.append(part.iloc[np.argsort(-worth, kind="stable")])
        before = now
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "place", np.arange(1, len(table) + 1))
    return table


def _projects(path: list[Nested]) -> pd.DataFrame:
    """The starts that enter at each envelope."""
    parts, before = [], None
    for step in (step for step in path if step.found):
        case, layout = step.model.case, step.model.layout
        begun = step.found.x[layout.begin["start"] : layout.begin["start"] + layout.starts]
        more = begun if before is None else begun - before
        some = np.flatnonzero(more > _LEAST)
        starts, rows = case.starts, case.projects.iloc[case.starts.project[some]]
        columns = {
            "envelope": step.envelope,
            "project": rows["project"].to_numpy(),
            "area": rows["area"].to_numpy(),
            "programme": rows["programme"].to_numpy(),
            "start": starts.year[some],
            "building": starts.building[some].sum(axis=1) * more[some],
            "running": starts.running[some].sum(axis=1) * more[some],
        }
        parts.append(pd.DataFrame(columns))
        before = begun
    return pd.concat(parts, ignore_index=True)
