"""What choosing the projects of one scenario costs if another one comes true: regret, and the choice that limits it."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from planning import numbers
from planning.errors import InputError, Problem
from planning.inputs.case import Array, Case
from planning.inputs.words import listing
from planning.insight.finding import Finding
from planning.insight.words import SHARED
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import Model, build
from planning.solver.certificate import input_hash
from planning.solver.hot import Hot, Point
from planning.solver.live import Infeasible
from planning.vocabulary import Language, Text

NAME = "regret"
SAME = 1e-7
_ONE = Text(
    "câu hỏi này so sánh các phương án; hãy nêu từ hai phương án trở lên",
    "regret compares scenarios; name two or more",
)
HEADINGS = {
    "kept": Text("Dự án theo phương án", "Projects of scenario"),
    "kept_title": Text("Tên phương án", "Its title"),
    "under": Text("Nếu xảy ra", "If this comes true"),
    "under_title": Text("Tên phương án xảy ra", "Title of what comes true"),
    "with_plan": Text("Có phương án", "Has a plan"),
    "goal": Text("Mục tiêu đầu tiên khác nhau", "First goal that differs"),
    "best": Text("Tốt nhất", "Best"),
    "value": Text("Với dự án này", "With these projects"),
    "regret": Text("Mức tiếc", "Regret"),
    "worst": Text("Mức tiếc lớn nhất", "Greatest regret"),
    "regret_targets": Text("Mức tiếc về chỉ tiêu", "Regret in targets"),
    "without_plan": Text("Số phương án không thực hiện được", "Scenarios without a plan"),
}
KINDS = {
    "best": "share", "value": "share", "regret": "fine_share", "regret_targets": "fine_share",
    "worst": "fine_share", "without_plan": "whole",
}  # fmt: skip


def regret(cases: Sequence[Case], *, journal: Path | None = None, watch: Watch = unwatched) -> Finding:
    """The projects of each scenario's best plan are kept under every other scenario, and all else allocated anew there.

    Goals are sought in their order, so regret is told goal by goal: nothing of an earlier goal is given up for a later
    one. Tables: regret (one row per pair and goal), choices (each set of projects with its greatest regret, the least
    first). Raises InputError where the scenarios do not share areas, programmes, years and goals.
    """
    _refuse(cases)
    models = {case.scenario.name: build(case) for case in cases}
    live: dict[str, tuple[Hot, Point]] = {}
    pieces = [f"{kept} under {under}" for under in models for kept in models]

    def solve(piece: str) -> dict[str, object] | None:
        kept, under = piece.split(" under ")
        for name in (kept, under):
            if name not in live:
                hot = Hot(models[name])
                live[name] = hot, hot.best()
        return _carried(live[kept], live[under])

    key = f"{NAME} {' '.join(case.scenario.name + input_hash(case) for case in cases)}"
    values = carry_out(pieces, solve, key=key, journal=journal, watch=watch)
    tables = {NAME: _pairs(values, list(models))}
    tables["choices"] = _choices(tables[NAME], cases)
    return Finding(NAME, cases[0], tables, _sentences(cases, tables), HEADINGS, KINDS)


def _refuse(cases: Sequence[Case]) -> None:
    if len(cases) < 2:
        raise InputError([Problem("options", _ONE)])
    first, problems = cases[0], []
    names = [case.scenario.name for case in cases]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        text = Text(
            f"phương án '{twice}' được nêu hai lần; hãy nêu mỗi phương án một lần",
            f"scenario '{twice}' is named twice; name each once",
        )
        problems.append(Problem(twice, text))
    for case in cases[1:]:
        told = [
            (what, one, other)
            for what, one, other in (
                ("areas", list(first.areas), list(case.areas)),
                ("programmes", list(first.programmes), list(case.programmes)),
                ("years", list(first.years), list(case.years)),
                ("goals", _goals(first), _goals(case)),
            )
            if one != other
        ]
        for what, one, other in told:
            more = [item for item in other if item not in one] or [item for item in one if item not in other] or other
            problems.append(Problem(case.scenario.name, _others(SHARED[what], first.scenario.name, more)))
    if problems:
        raise InputError(problems)


def _others(what: Text, first: str, more: Sequence[object]) -> Text:
    return Text(
        f"{what.vi} không giống của '{first}' ({listing(more, language='vi')}); hãy nêu các phương án có cùng địa bàn, "
        "chương trình, năm và mục tiêu",
        f"its {what.en} are not those of '{first}' ({listing(more)}); name scenarios that share areas, programmes, "
        "years and goals",
    )


def _goals(case: Case) -> list[str]:
    objective = case.scenario.objective
    return ["weighted"] if objective.method == "weighted" else list(objective.goals)


def _carried(kept: tuple[Hot, Point], under: tuple[Hot, Point]) -> dict[str, object] | None:
    """Values of the goals under a scenario with the projects of another, beside the best; None where there is no plan.

    Projects of the first that the second does not know cannot be carried over, so there is no plan either.
    """
    (home, chosen), (hot, best) = kept, under
    stated = {step.name: step.value for step in best.steps}
    if home is hot:
        return {"best": stated, "value": stated}
    wanted, starts = _begun(home.model, chosen.answer.x), _names(hot.model)
    if not wanted <= set(starts):
        return None
    first = hot.model.layout.begin["start"]
    columns = first + np.arange(len(starts))
    hold = np.array([float(start in wanted) for start in starts])
    hot.bound(columns, hold, hold)
    try:
        point = hot.best()
    except Infeasible:
        return None
    return {"best": stated, "value": {step.name: step.value for step in point.steps}}


def _names(model: Model) -> list[tuple[str, int]]:
    """Project and year of each start."""
    starts = model.case.starts
    codes = model.case.projects["project"].to_numpy()[starts.project]
    return list(zip(codes.tolist(), starts.year.tolist(), strict=True))


def _begun(model: Model, x: Array) -> set[tuple[str, int]]:
    names = _names(model)
    first = model.layout.begin["start"]
    return {name for name, share in zip(names, x[first : first + len(names)], strict=True) if share > 0.5}


# ---- tables ---------------------------------------------------------------------------------------------------------
def _pairs(values: dict[str, dict | None], names: list[str]) -> pd.DataFrame:
    """One row per pair and goal; a goal after one that differs is told, but its regret may be of either sign."""
    rows = []
    for piece, value in values.items():
        kept, under = piece.split(" under ")
        row = {"kept": kept, "under": under, "with_plan": "yes" if value else "no"}
        if value is None:
            rows.append(row | {"goal": "", "best": np.nan, "value": np.nan, "regret": np.nan})
            continue
        for goal, best in value["best"].items():
            found = value["value"][goal]
            lost = best - found
            rows.append(
                row | {"goal": goal, "best": best, "value": found, "regret": 0.0 if abs(lost) <= SAME else lost}
            )
    return pd.DataFrame(rows)


def _choices(table: pd.DataFrame, cases: Sequence[Case]) -> pd.DataFrame:
    """Each set of projects: scenarios where it has no plan, greatest regret in targets and in the other goals."""
    rows, titles = [], {case.scenario.name: case.scenario.title.text for case in cases} | {"": Text("", "")}
    for kept, part in table.groupby("kept", sort=False):
        promised = part["goal"].str.startswith("targets")
        later = part[~promised & part["regret"].notna()]
        at = later["regret"].idxmax() if len(later) else None
        under = "" if at is None or part.at[at, "regret"] <= SAME else part.at[at, "under"]
        rows.append(
            {
                "kept": kept,
                **{f"kept_title_{language}": titles[kept][language] for language in ("vi", "en")},
                "without_plan": int((part["with_plan"] == "no").sum()),
                "regret_targets": float(part.loc[promised, "regret"].max()) if promised.any() else 0.0,
                "worst": float(later["regret"].max()) if len(later) else np.nan,
                "under": under,
                **{f"under_title_{language}": titles[under][language] for language in ("vi", "en")},
            }
        )
    return pd.DataFrame(rows).sort_values(["without_plan", "regret_targets", "worst"], kind="stable", ignore_index=True)


# ---- words ----------------------------------------------------------------------------------------------------------
def _sentences(cases: Sequence[Case], tables: dict[str, pd.DataFrame]) -> dict[Language, tuple[str, ...]]:
    first = tables["choices"].iloc[0]
    told: dict[Language, tuple[str, ...]] = {}
    for language in ("vi", "en"):
        titles = {case.scenario.name: case.scenario.title.text[language] for case in cases}
        said = [
            _SAID["least"][language].format(
                name=titles[first["kept"]], worst=numbers.percent(first["worst"], language, 3),
                targets=numbers.percent(first["regret_targets"], language, 3),
            )
        ]  # fmt: skip
        lost = tables[NAME].loc[tables[NAME]["with_plan"] == "no", ["kept", "under"]]
        said += [
            _SAID["lost"][language].format(kept=titles[kept], under=titles[under])
            for kept, under in lost.itertuples(index=False)
        ]
        told[language] = (*said, _SAID["how"][language], _SAID["not"][language])
    return told


_SAID = {
    "least": Text(
        "Ít phải tiếc nhất là chọn dự án của «{name}»: dù phương án nào xảy ra cũng chỉ mất nhiều nhất {worst} của "
        "toàn bộ nhu cầu (có trọng số) và {targets} về chỉ tiêu.",
        "The projects of “{name}” leave the least to regret: whichever scenario comes true, at most {worst} of the "
        "whole need (weighted) and {targets} of the targets are lost.",
    ),
    "lost": Text(
        "Với dự án của «{kept}», nếu «{under}» xảy ra thì không có phương án nào giữ được mọi quy định.",
        "With the projects of “{kept}” no plan keeps every rule if “{under}” comes true.",
    ),
    "how": Text(
        "Chỉ dự án và năm khởi công được giữ; mọi khoản khác phân bổ lại tốt nhất. Chỉ tiêu xét trước mức phục vụ.",
        "Only projects and their years of start are kept; all else is allocated anew for the best. Targets come first.",
    ),
    "not": Text(
        "Chỉ so các bộ dự án của những phương án này; một bộ khác có thể còn ít phải tiếc hơn.",
        "Only the projects of these scenarios are compared; some other set might leave still less to regret.",
    ),
}
