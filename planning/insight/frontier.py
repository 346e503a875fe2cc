"""The price of a rule: what is reached at every level of it, exactly with the projects kept, and searched anew."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from planning.errors import InputError, NoPlanError, Problem, UnprovenError
from planning.inputs.levels import Level
from planning.inputs.words import number
from planning.insight.along import Along, State, carried_over, seeking_reach, state
from planning.insight.finding import Finding
from planning.insight.frontier_words import HEADINGS, KINDS, sentences, summary
from planning.insight.sweep import Piece, pieces
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import build
from planning.solver.certificate import input_hash
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from planning.solver.plan import Plan
from planning.vocabulary import YES, Text

POINTS, NARROW, _BACK = 9, 1e-6, 1e-7


def frontier(
    plan: Plan,
    level: Level,
    low: float,
    high: float,
    *,
    points: int = POINTS,
    journal: Path | None = None,
    watch: Watch = unwatched,
) -> Finding:
    """What each level of a rule between `low` and `high` costs in children reached.

    frontier  level, kind (exact: projects as the plan chose them; searched: chosen anew), state (found, none,
              unproven), reached (weighted child-years), children (child-years), missed (share of the targets), gap,
              slope_left and slope_right (weighted child-years for one unit of the level), mark (own, knee, end)
    summary   the marked and the searched levels, in words
    areas     at the scenario's own level, the ends and the knee: area, amount, children, and their change against the
              plan as it is

    Raises InputError where the scenario does not seek reach or could not state the levels.
    """
    case = seeking_reach(plan.case)
    _refuse(case.scenario.name, level, low, high, points)
    x = carried_over(build(case), plan.x)
    along = Along(case, level, x, low, high)
    ends = _kept_between(along, low, high)
    found = pieces(along.spot, *ends, NARROW * (high - low), watch)
    knee = knee_of(found)
    table = _exact(along, found, knee)
    limit = high
    if along.model.whole.any():
        limit = along.furthest(high, parts=True) if ends[1] < high else high
        searched = _searched(along, plan, np.linspace(low, high, points), limit, journal, watch)
        table = pd.concat([table, searched], ignore_index=True)
    table.insert(0, "scenario", case.scenario.name)
    chosen = {"low": ends[0], "knee": knee, "high": ends[1]}
    areas = _areas(along, {name: value for name, value in chosen.items() if value is not None})
    said = {language: sentences(level, table, found, ends, (low, high), limit, language) for language in ("vi", "en")}
    tables = {"frontier": table, "areas": areas, "summary": summary(level, table)}
    return Finding("frontier", plan.case, tables, said, HEADINGS, KINDS)


def knee_of(found: Sequence[Piece]) -> float | None:
    """The level of the break farthest from the line between both ends, both axes from 0 to 1 (Satopää et al., 2011).

    None where the value is the same everywhere or there is no break.
    """
    if len(found) < 2:
        return None
    spots = [piece.left for piece in found] + [found[-1].right]
    level, value = np.array([s.level for s in spots]), np.array([s.value for s in spots])
    span = value.max() - value.min()
    if span <= 1e-7 * max(abs(value).max(), 1.0):
        return None
    across = (level - level[0]) / (level[-1] - level[0])
    above = (value - value[0] - across * (value[-1] - value[0])) / span
    return float(level[int(np.argmax(above))]) if above.max() > 1e-6 else None


def _refuse(name: str, level: Level, low: float, high: float, points: int) -> None:
    if not low < high:
        text = Text(
            f"--from {low:g} không nhỏ hơn --to {high:g}; hãy ghi khoảng tăng dần",
            f"--from {low:g} is not below --to {high:g}; give a range that rises",
        )
        raise InputError([Problem(name, text)])
    if not 2 <= points <= 200:
        text = Text(
            f"--points {points} không hợp lệ; hãy ghi một số từ 2 đến 200",
            f"--points {points} is not allowed; give a number from 2 to 200",
        )
        raise InputError([Problem(name, text)])
    if low < 0 or (level.rule == "envelope" and low <= 0):
        text = Text(
            f"--from {low:g} không hợp lệ cho {level.name}; hãy ghi mức lớn hơn 0",
            f"--from {low:g} is not allowed for {level.name}; levels are above zero",
        )
        raise InputError([Problem(name, text)])


def _kept_between(along: Along, low: float, high: float) -> tuple[float, float]:
    """The part of the range in which the rules can be kept with the projects as they are.

    Raises NoPlanError where there is none.
    """
    own = along.own
    first, last = (_checked(along, along.furthest(end), own) for end in (low, high))
    first, last = max(first, low), min(last, high)
    if first >= last:
        raise NoPlanError([_none_kept(along.level, low, high, only_own=first == last == own)])
    return first, last


def _none_kept(level: Level, low: float, high: float, *, only_own: bool) -> Text:
    only = Text(" ngoài mức của chính phương án", " but the plan's own") if only_own else Text("", "")
    return Text(
        f"không giữ được mức nào của {level.name} từ {number(low, 'vi')} đến {number(high, 'vi')}{only.vi}",
        f"no level of {level.name} between {low:g} and {high:g}{only.en} can be kept",
    )


def _checked(along: Along, value: float, own: float) -> float:
    """The value, moved back towards the own level until a plan is found there. Raises UnprovenError."""
    for back in (0.0, _BACK, 1e-6, 1e-5, *np.geomspace(1e-4, 1, 12)):
        tried = value + back * (own - value)
        try:
            along.spot(tried)
        except Infeasible:
            continue
        return tried
    name = along.level.name
    raise UnprovenError(
        [
            Text(
                f"phương án không giữ được {name} ở chính mức của mình",
                f"the plan does not keep {name} at its own level",
            )
        ]
    )


def _exact(along: Along, found: Sequence[Piece], knee: float | None) -> pd.DataFrame:
    """One row for each break, with the plan's own level among them."""
    levels = [piece.left.level for piece in found] + [found[-1].right.level]
    inside = levels[0] < along.own < levels[-1]
    rows = []
    for value in sorted({*levels, along.own} if inside else levels):
        left = next((piece for piece in reversed(found) if piece.left.level < value <= piece.right.level), None)
        right = next((piece for piece in found if piece.left.level <= value < piece.right.level), None)
        mark = "own" if value == along.own else "knee" if value == knee else "end" if value == levels[-1] else ""
        rows.append(
            _row(along.figures(value), "exact")
            | {"slope_left": left.slope if left else np.nan, "slope_right": right.slope if right else np.nan}
            | {"straight": YES if right is None or right.straight else "no", "mark": mark}
        )
    return pd.DataFrame(rows)


def _row(found: State, kind: str) -> dict[str, object]:
    values = {"reached": found.reached, "children": found.children, "missed": found.missed, "gap": found.gap}
    return {"level": found.level, "kind": kind, "state": "found", **values}


def _searched(
    along: Along, plan: Plan, levels: np.ndarray, limit: float, journal: Path | None, watch: Watch
) -> pd.DataFrame:
    """One row for each level of the grid, projects searched anew; none beyond `limit`, which no projects can pass."""
    hot = Hot(along.model)

    def one(piece: str) -> dict[str, object]:
        value = float(piece)
        nothing = {"level": value, "kind": "searched", "state": "none"}
        if value > limit:
            return nothing
        model = along.model_at(value)
        hot.change(model)
        try:
            answer = hot.best()
        except Infeasible:
            return nothing
        except NoPlanError:
            return nothing | {"state": "unproven"}
        return _row(state(model, value, answer.answer.x[: model.columns], answer.steps[-1].gap), "searched")

    key = f"frontier {input_hash(plan.case)} {plan.case.scenario.name} {along.level.name} {limit!r}"
    names = [repr(float(value)) for value in levels]
    return pd.DataFrame(carry_out(names, one, key=key, journal=journal, watch=watch).values())


def _areas(along: Along, levels: dict[str, float]) -> pd.DataFrame:
    """Money and child-years of each area at the plan's own level and at others, and their change."""
    own = _by_area(along, along.x)
    parts = [own.assign(at="own", level=along.own)]
    parts += [_by_area(along, along.state_at(value).x).assign(at=name, level=value) for name, value in levels.items()]
    table = pd.concat(parts, ignore_index=True)
    for column in ("amount", "children"):
        table[f"{column}_change"] = table[column] - np.tile(own[column], len(parts))
    return table[["at", "level", "area", "amount", "amount_change", "children", "children_change"]]


def _by_area(along: Along, x: np.ndarray) -> pd.DataFrame:
    case, layout = along.case, along.model.layout
    per_unit = case.tables["programmes"]["children_per_unit"].to_numpy(float)
    amount = layout.money(x).sum(axis=(1, 2))
    children = np.einsum("p,apt->a", per_unit, layout.units(x))
    return pd.DataFrame({"area": case.areas, "amount": amount, "children": children})
