"""Plans whose money is enough when some prices rise, and what that safety costs: the price of robustness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from planning import numbers
from planning.errors import InputError, Problem
from planning.inputs.case import Array, Case
from planning.inputs.ranges import Range, rows_of_unit_costs
from planning.insight.finding import Finding
from planning.insight.fixed import Fixed
from planning.insight.uncertainty import assumed
from planning.insight.work import Watch, carry_out, unwatched
from planning.model.build import Model, build
from planning.model.protection import Protection, groups_of_funds
from planning.solver.certificate import input_hash
from planning.solver.hot import Hot
from planning.solver.live import Infeasible
from planning.vocabulary import Language, Text

NAME = "robust"
_NO_RISE = Text(
    "không đơn giá nào có thể cao hơn mức đã ghi; hãy điền low, high và shape trong unit_costs.csv, hoặc giả định mức "
    "tăng bằng --costs, ví dụ --costs 0.1",
    "no unit cost can rise above what is stated; fill in low, high and shape in unit_costs.csv, or assume a rise with "
    "--costs, for instance --costs 0.1",
)
HEADINGS = {
    "gamma": Text("Số chương trình tăng giá cùng lúc", "Programmes that rise at once"),
    "with_plan": Text("Có phương án", "Has a plan"),
    "targets": Text("Mức thiếu chỉ tiêu", "Shortfall of targets"),
    "reach": Text("Mức phục vụ", "Reach"),
    "lost": Text("Mất so với không dự phòng", "Lost against no safety"),
    "kept_back": Text("Tiền không giao chi", "Money not allotted"),
    "chance": Text("Khả năng thiếu tiền", "Chance of running short"),
    "bound": Text("Cận lý thuyết của mỗi dòng", "Bound for each row"),
    "gap": Text("Khoảng cách chứng minh", "Proven gap"),
}
KINDS = {
    "gamma": "count", "targets": "share", "reach": "share", "lost": "share", "kept_back": "money", "chance": "share",
    "bound": "share", "gap": "share", "amount": "money",
}  # fmt: skip


def rise_of(case: Case, found: Mapping[str, Range]) -> Array:
    """(A, P) how far each unit cost may rise, as a share of what is stated."""
    return np.append(found["unit_costs"].high - 1, 0.0)[rows_of_unit_costs(case)]


def robust(
    case: Case,
    found: Mapping[str, Range],
    gammas: Sequence[float],
    draws: int = 1000,
    seed: int = 1,
    *,
    journal: Path | None = None,
    watch: Watch = unwatched,
) -> Finding:
    """The best plan for each Γ: its money is enough whichever Γ programmes of a year are at their highest unit cost.

    Projects are chosen anew for each Γ. Tables: robust (one row per Γ: targets, reach, money not allotted, chance that
    money runs short in draws), programmes (money of each programme). Raises InputError for a Γ below 0, or where no
    unit cost can rise.
    """
    _refuse(case, found, gammas)
    gammas = sorted({0.0, *map(float, gammas)})
    rise, spread = rise_of(case, found), [found["unit_costs"].assumed, draws, seed]
    prices = _prices(case, rise, draws, seed)
    live: list[Hot] = []

    def solve(piece: str) -> dict[str, object] | None:
        model = build(case, protection=Protection(float(piece), rise))
        if live:
            live[0].change(model)
        else:
            live.append(Hot(model))
        return _solved(live[0], model, prices)

    key = f"{NAME} {input_hash(case)} {case.scenario.name} {spread}"
    values = carry_out([f"{gamma:g}" for gamma in gammas], solve, key=key, journal=journal, watch=watch)
    tables = {NAME: _curve(case, values, rise), "programmes": _programmes(case, values)}
    return Finding(NAME, case, tables, _sentences(tables[NAME], found, draws), HEADINGS, KINDS)


def usual_gammas(case: Case) -> list[float]:
    """The numbers of programmes that are asked about where nobody names any: up to five, and no more than there are."""
    return [gamma for gamma in (0.0, 1.0, 2.0, 5.0) if gamma <= len(case.programmes)]


def read_gammas(text: str) -> list[float]:
    """The numbers of a list such as 0,1,2.5. Raises InputError where one is no number."""
    gammas = []
    for word in filter(None, map(str.strip, text.split(","))):
        try:
            gammas.append(float(word))
        except ValueError:
            said = Text(
                f"--gamma '{word}' không phải là số; hãy ghi các số cách nhau bằng dấu phẩy, ví dụ 0,1,2,5",
                f"--gamma '{word}' is not a number; write numbers between commas, for instance 0,1,2,5",
            )
            raise InputError([Problem("options", said)]) from None
    return gammas


def _refuse(case: Case, found: Mapping[str, Range], gammas: Sequence[float]) -> None:
    most = len(case.programmes)
    if wrong := [gamma for gamma in gammas if not 0 <= gamma <= most]:
        text = Text(
            f"--gamma {wrong[0]:g} không hợp lệ; hãy ghi số chương trình từ 0 đến {most}, ví dụ 0,1,2",
            f"--gamma {wrong[0]:g} is not allowed; write numbers of programmes from 0 to {most}, for instance 0,1,2",
        )
        raise InputError([Problem("options", text)])
    if not (rise_of(case, found) > 0).any():
        raise InputError([Problem("options", _NO_RISE)])


def _solved(hot: Hot, model: Model, prices: Array) -> dict[str, object] | None:
    try:
        point = hot.best()
    except Infeasible:
        return None
    x = point.answer.x[: model.columns]
    return {
        "reach": float(model.reach.gain @ x),
        "targets": abs(sum(step.value for step in point.steps if step.name.startswith("targets"))),
        "gap": float(max(step.gap for step in point.steps)),
        "money": model.layout.money(x).sum(axis=(0, 2)).tolist(),
        "chance": float((WorstCase(model, x).short(prices) > 1e-6).any(axis=(1, 2)).mean()),
    }


@dataclass(frozen=True, eq=False)
class WorstCase:
    """What is missing in the groups of funds of column values x of a model when prices rise."""

    model: Model
    x: Array

    @cached_property
    def fixed(self) -> Fixed:
        """The plan in units."""
        return Fixed(self.model, self.x)

    def short(self, rise: Array) -> Array:
        """(D, S, T) million VND missing in each group of funds and year; rise (D, A, P) shares of the unit costs."""
        groups, missing = groups_of_funds(self.model.case), []
        money, layout = self.fixed.cost, self.model.layout
        have = self.fixed.available({"funds": np.ones((1, len(self.model.case.tables["funds"])))})[0]
        for funds, inside in groups:
            planned = (layout.money(self.x) * inside[..., None]).sum(axis=(0, 1)) - have[funds].sum(axis=0)
            missing.append(planned + np.einsum("dap,apt->dt", rise * inside, money))
        return np.stack(missing, axis=1)


def _prices(case: Case, rise: Array, draws: int, seed: int) -> Array:
    """(D, A, P) rises in which each programme stands anywhere between −rise and +rise, apart from the others."""
    position = np.random.default_rng(seed).uniform(-1, 1, (draws, len(case.programmes)))
    return position[:, None, :] * rise


# ---- tables ---------------------------------------------------------------------------------------------------------
def _curve(case: Case, values: Mapping[str, dict | None], rise: Array) -> pd.DataFrame:
    """One row per Γ. The bound exp(−Γ²/2n) is that of Bertsimas and Sim for n prices that rise and fall alike."""
    n = int((rise > 0).any(axis=0).sum())
    whole, first = case.ceiling.sum(), values["0"]
    rows = []
    for piece, value in values.items():
        gamma = float(piece)
        row = {"gamma": gamma, "with_plan": "yes" if value else "no"}
        for name in ("targets", "reach", "gap", "chance"):
            row[name] = value[name] if value else np.nan
        row["lost"] = 1 - value["reach"] / first["reach"] if value and first and first["reach"] else np.nan
        row["kept_back"] = max(whole - sum(value["money"]), 0.0) if value else np.nan
        rows.append(row | {"bound": float(np.exp(-(gamma**2) / (2 * n)))})
    return pd.DataFrame(rows)[["gamma", "with_plan", "targets", "reach", "lost", "kept_back", "chance", "bound", "gap"]]


def _programmes(case: Case, values: Mapping[str, dict | None]) -> pd.DataFrame:
    """Money of each programme over the plan for each Γ that has a plan."""
    parts = [
        pd.DataFrame({"gamma": float(piece), "programme": case.programmes, "amount": value["money"]})
        for piece, value in values.items()
        if value
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["gamma", "programme", "amount"])


# ---- words ----------------------------------------------------------------------------------------------------------
def _sentences(table: pd.DataFrame, found: Mapping[str, Range], draws: int) -> dict[Language, tuple[str, ...]]:
    told: dict[Language, tuple[str, ...]] = {}
    known = table[table["with_plan"] == "yes"]
    for language in ("vi", "en"):
        said = [
            _SAID["curve"][language].format(
                gamma=numbers.number(row["gamma"], language, 0 if row["gamma"] % 1 == 0 else 1),
                lost=numbers.percent(row["lost"], language), chance=numbers.percent(row["chance"], language),
                money=numbers.money(row["kept_back"], language), draws=numbers.number(draws, language),
            )
            for row in (known.iloc[[0, -1]] if len(known) > 1 else known).to_dict("records")
        ]  # fmt: skip
        lost = table.loc[table["with_plan"] == "no", "gamma"]
        if len(lost):
            said.append(_SAID["none"][language].format(gamma=", ".join(f"{gamma:g}" for gamma in lost)))
        told[language] = (*said, _SAID["kept"][language], *assumed({"unit_costs": found["unit_costs"]}, language))
    return told


_SAID = {
    "curve": Text(
        "Phòng khi {gamma} chương trình cùng lên giá cao nhất: mất {lost} mức phục vụ, chưa giao {money}; khả năng "
        "thiếu tiền {chance} ({draws} lần thử).",
        "Safe against {gamma} programmes at their highest price at once: {lost} of reach is lost, {money} is not "
        "allotted; the chance of running short is {chance} ({draws} draws).",
    ),
    "none": Text(
        "Với Γ = {gamma} không có phương án nào giữ được mọi quy định.", "For Γ = {gamma} no plan keeps every rule."
    ),
    "kept": Text(
        "Dự án được chọn lại cho từng mức; giá dự án coi như chắc chắn. Các địa bàn cùng giữ một nguồn bù cho nhau.",
        "Projects are chosen anew for each level; what they cost is taken as certain. Areas that hold a fund stand in "
        "for each other.",
    ),
}
