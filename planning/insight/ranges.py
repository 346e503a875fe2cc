"""What could be otherwise: least and most for each area and field while the plan stays near the best."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.case import Array
from planning.insight.finding import Finding
from planning.insight.near import Near, field_of, money_weight
from planning.insight.swings import swings
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import build
from planning.solver.certificate import input_hash
from planning.solver.plan import Plan
from planning.vocabulary import ALL, Language, Text

By = Literal["field", "programme"]
WITHIN = (0.001, 0.01, 0.05)
CERTAIN_SHARE, NOTHING = 0.9, 1e-3
PROJECTS_SHOWN = ("project", "area", "chosen", "loss", "loss_share", "kind")
CLASSES: Mapping[str, Text] = {
    "certain": Text("chắc chắn", "certain"),
    "open": Text("còn mở", "open"),
    "never": Text("không bao giờ", "never"),
}
HEADINGS = {
    "within": Text("Trong phạm vi", "Within"),
    "present": Text("Phương án", "Plan"),
    "least": Text("Ít nhất", "Least"),
    "most": Text("Nhiều nhất", "Most"),
    "kind": Text("Loại", "Class"),
    "chosen": Text("Được chọn", "Chosen"),
    "loss": Text("Mất (trẻ em-năm có trọng số)", "Loss (weighted child-years)"),
    "loss_share": Text("Mất so với tốt nhất", "Loss against the best"),
    "unsure": Text("Chưa rõ trong khoảng", "Not known to within"),
    "promises": Text("Mất ở mục tiêu trước", "Loss in earlier goals"),
    "reason": Text("Vì sao không thể", "Why it cannot be"),
}
KINDS = {"within": "share", "present": "money", "least": "money", "most": "money"}
KINDS |= {"loss": "count", "loss_share": "share", "unsure": "count", "promises": "share"}


def ranges(
    plan: Plan,
    within: Sequence[float] = WITHIN,
    by: By = "field",
    *,
    journal: Path | None = None,
    watch: Watch = unwatched,
    jobs: int = 1,
) -> Finding:
    """The ranges of every area × field (or programme), and of every project, for each share that may be given up.

    Tables: ranges (area, field or programme, within, present, least, most, kind) and projects (swings, with kind and
    within). Money in million VND over all plan years, projects as chosen. Raises InputError where the scenario's last
    goal is leximin.
    """
    money = money_ranges(plan, within, by, journal=_beside(journal, "money"), watch=watch, jobs=jobs)
    turned = swings(plan, journal=_beside(journal, "projects"), watch=watch, jobs=jobs)
    table = pd.concat([_classed(plan, turned, share) for share in sorted(within)], ignore_index=True)
    tables = {"ranges": money, "projects": table}
    sentences = {language: _sentences(plan, money, table, by, language) for language in ("vi", "en")}
    return Finding("ranges", plan.case, tables, sentences, HEADINGS, KINDS)


def money_ranges(
    plan: Plan,
    within: Sequence[float],
    by: By,
    *,
    journal: Path | None = None,
    watch: Watch = unwatched,
    jobs: int = 1,
) -> pd.DataFrame:
    """Columns area, field or programme, within, present, least, most (million VND), kind; cells that can cost money.

    The area `all` stands for the money of all areas together.
    """
    case, shares = plan.case, sorted(within)
    groups = groups_of(plan, by)
    full = case.full_cost.sum(axis=2)
    key = f"ranges {case.scenario.name} {input_hash(case)} {by} {shares}"
    areas = [ALL, *case.areas]
    ends = _Ends(plan, by, shares)
    found = carry_out(areas, ends, key=key, journal=journal, watch=watch, jobs=jobs)
    rows = [
        (area, code, share, *ends)
        for area in areas
        for (code, of), cell in zip(groups.items(), found[area], strict=True)
        if full[case.select_areas(area)][:, of].sum() > 0
        for share, ends in zip(shares, cell, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["area", by, "within", "present", "least", "most"])
    most = [
        full[case.select_areas(area)][:, groups[code]].sum()
        for area, code in zip(table["area"], table[by], strict=True)
    ]
    table["kind"] = kind_of(table["present"], table["least"], table["most"], most)
    return table


class _Ends:
    """The least and most of each field or programme of an area; the live model is made where it is first needed."""

    def __init__(self, plan: Plan, by: By, shares: Sequence[float]) -> None:
        self.plan, self.by, self.shares = plan, by, shares

    @cached_property
    def near(self) -> Near:
        return Near(build(self.plan.case), self.plan.x)

    def __call__(self, area: str) -> list:
        mask = self.plan.case.select_areas(area)[:, None]
        return [_of_cell(self.near, mask & of[None, :], self.shares) for of in groups_of(self.plan, self.by).values()]


def groups_of(plan: Plan, by: By) -> dict[str, Array]:
    """Code → (P,) mask of its programmes, fields or programmes in the order of the tables."""
    codes = field_of(plan.case) if by == "field" else plan.case.programmes.to_numpy()
    return {code: codes == code for code in dict.fromkeys(codes.tolist())}


def kind_of(present: Array, least: Array, most: Array, full: Array) -> Array:
    """The class of each cell.

    certain: something is funded now, and at least nine tenths of it in every plan of the range;
    never: even the most is (almost) nothing, a thousandth of what the whole need costs; open otherwise.
    """
    nothing = NOTHING * np.asarray(full)
    never = np.asarray(most) <= nothing
    certain = (np.asarray(present) > nothing) & (np.asarray(least) >= CERTAIN_SHARE * np.asarray(present) - 1e-6)
    return np.where(never, "never", np.where(certain, "certain", "open"))


def project_kind(table: pd.DataFrame, within: float) -> Array:
    """The class of each project: certain or never where turning the decision round costs more than may be given up.

    What a gap leaves open counts against certainty. An earlier goal that would lose anything decides alone.
    """
    reason = table["reason"].to_numpy()
    costly = (table["promises"] > 0) | (table["loss_share"] - _unsure_share(table) > within)
    settled = np.where(reason == "stopped", False, costly | (reason != ""))
    return np.where(settled, np.where(table["chosen"] == "yes", "certain", "never"), "open")


def _unsure_share(table: pd.DataFrame) -> Array:
    loss = table["loss"].to_numpy(float)
    scale = np.divide(table["loss_share"], loss, out=np.zeros(loss.size), where=np.abs(loss) > 0)
    return table["unsure"].to_numpy(float) * scale


def _of_cell(near: Near, mask: Array, shares: Sequence[float]) -> list[list[float]]:
    weight = money_weight(near.hot.model.layout, mask, near.live.columns)
    present = float(weight @ near.x[: weight.size])
    most, least = near.ends(weight, shares), near.ends(-weight, shares)
    return [[present, max(-low.value, 0.0) + 0.0, high.value] for low, high in zip(least, most, strict=True)]


def _classed(plan: Plan, table: pd.DataFrame, share: float) -> pd.DataFrame:
    return table.assign(within=share, kind=project_kind(table, share))


def _beside(journal: Path | None, what: str) -> Path | None:
    return journal and journal.with_name(f"{journal.stem}_{what}{journal.suffix}")


_SAY = {
    "cells": Text(
        "Nếu chấp nhận kém phương án tốt nhất {within}: {certain} trong {all} ô (địa bàn × {unit}) chắc chắn giữ ít "
        "nhất 90% số tiền, {never} ô không bao giờ có tiền, {open} ô còn có thể khác.",
        "Giving up {within} of the best: of {all} cells (area × {unit}), {certain} are certain to keep at least 90% of "
        "their money, {never} are never funded, {open} could be otherwise.",
    ),
    "projects": Text(
        "Dự án, trong phạm vi {within}: {certain} chắc chắn có, {never} không bao giờ có, {open} còn mở (trong {all}).",
        "Projects, within {within}: {certain} certain, {never} never, {open} open (of {all}).",
    ),
    "kept": Text(
        "Khoảng tiền tính khi giữ nguyên các dự án đã chọn; mỗi dự án được xét bằng một lần tìm lại toàn bộ.",
        "Ranges of money keep the projects as chosen; each project was judged by a search over everything again.",
    ),
    "gap": Text(
        "Phương án đang xét cách phương án tốt nhất đã chứng minh nhiều nhất {gap}.",
        "The plan itself is within {gap} of the best that was proven possible.",
    ),
    "earlier": Text(
        "Các mục tiêu đứng trước được giữ đúng mức đã đạt.", "Goals that come earlier are held at what they reached."
    ),
}
_UNITS = {"field": Text("lĩnh vực", "field"), "programme": Text("chương trình", "programme")}


def _sentences(plan: Plan, money: pd.DataFrame, projects: pd.DataFrame, by: By, language: Language) -> tuple[str, ...]:
    said = []
    for share, part in money[money["area"] != ALL].groupby("within"):
        words = {"within": share_words(share, language), "unit": _UNITS[by][language]}
        said.append(_SAY["cells"][language].format(**words, **_count(part)))
    for share, part in projects.groupby("within"):
        said.append(_SAY["projects"][language].format(within=share_words(share, language), **_count(part)))
    gap = numbers.percent(float(plan.certificate["gap"]), language, 4)
    return (*said, *(_SAY[name][language] for name in ("kept", "earlier")), _SAY["gap"][language].format(gap=gap))


def share_words(share: float, language: Language) -> str:
    """A share that is given up, with the digits that it needs."""
    return numbers.percent(share, language, max(1, int(np.ceil(-np.log10(100 * share)))))


def _count(part: pd.DataFrame) -> dict[str, int]:
    counts = part["kind"].value_counts()
    return {"all": len(part)} | {kind: int(counts.get(kind, 0)) for kind in CLASSES}
