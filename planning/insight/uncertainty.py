"""What becomes of a plan when needs, prices and revenues come out otherwise than stated: a Monte Carlo evaluation."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.case import Array, Case
from planning.inputs.ranges import VALUES, Range, draw
from planning.insight.finding import Finding
from planning.insight.fixed import Fixed, Reached
from planning.model.build import build
from planning.solver.plan import Plan
from planning.vocabulary import ALL, FIELDS, Language, Text

NAME = "uncertainty"
CHUNK = 25
LOW, HIGH = 0.05, 0.95
GROUPS = {"remote": Text("vùng khó khăn", "remote areas"), "rest": Text("nơi khác", "other areas")}
VIEWS = {
    "units": Text("Giữ khối lượng", "Units kept"),
    "money": Text("Giữ số tiền", "Money kept"),
}
HEADINGS = {
    "view": Text("Cách nhìn", "View"),
    "what": Text("Chỉ số", "Figure"),
    "planned": Text("Theo phương án", "Planned"),
    "mean": Text("Trung bình", "Mean"),
    "low": Text("Thấp (5%)", "Low (5%)"),
    "high": Text("Cao (95%)", "High (95%)"),
    "chance": Text("Khả năng không đạt", "Chance of a miss"),
    "miss": Text("Mức thiếu bình quân", "Mean miss"),
}
KINDS = dict.fromkeys(("planned", "mean", "low", "high", "chance", "miss"), "share")
_TINY = 1e-9
_WHAT = {
    "spending": Text("Chi / tiền có: {name}", "Spent / available: {name}"),
    "reach": Text("Trẻ em-năm so với phương án", "Child-years reached, against the plan"),
    "target": Text("Chỉ tiêu: {name}", "Target: {name}"),
    "coverage": Text("Bao phủ: {name}", "Coverage: {name}"),
    "all_funds": Text("mọi nguồn, cả giai đoạn", "all funds, all years"),
}


def uncertainty(
    plan: Plan, found: Mapping[str, Range], draws: int = 1000, seed: int = 1, *, together: bool = False
) -> Finding:
    """The plan in `draws` draws from the ranges, kept in units and kept in money; nothing is allocated anew.

    Tables: summary (both views: spending of each fund against what it has, reach, targets, coverage by field and
    remote or other areas), funds (by fund and year, million VND), draws (what each draw reached and cost).
    """
    fixed = Fixed(build(plan.case), plan.x)
    drawn = draw_all(plan.case, found, range(draws), seed, together=together)
    parts = [
        _evaluate(fixed, {name: rows[at : at + CHUNK] for name, rows in drawn.items()}) for at in range(0, draws, CHUNK)
    ]
    values = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    stated = _evaluate(fixed, {name: np.ones((1, rows.shape[1])) for name, rows in drawn.items()})
    tables = {
        "summary": _summary(plan.case, values, stated),
        "funds": _funds(plan.case, values, stated),
        "draws": _draws(values, stated),
    }
    sentences = _sentences(plan.case, tables, found, draws, seed, together=together)
    return Finding(NAME, plan.case, tables, sentences, HEADINGS, KINDS)


def draw_all(
    case: Case, found: Mapping[str, Range], which: Iterable[int], seed: int, *, together: bool = False
) -> dict[str, Array]:
    """(D, rows) factors of the draws `which` for each table."""
    every = [draw(found, seed, number, together=together) for number in which]
    return {name: np.array([one[name] for one in every]).reshape(len(every), -1) for name in VALUES}


def _evaluate(fixed: Fixed, drawn: Mapping[str, Array]) -> dict[str, Array]:
    """Everything that is told of draws: spent and available (D, F, T), and of each view reach, targets, coverage."""
    values = {"spent": fixed.spending(drawn), "available": fixed.available(drawn)}
    for view, reached in (("units", fixed.with_units_kept(drawn)), ("money", fixed.with_money_kept(drawn))):
        values |= {f"{name}_{view}": value for name, value in _told(fixed, reached).items()}
    return values


def _told(fixed: Fixed, reached: Reached) -> dict[str, Array]:
    done, _ = fixed.reach(reached)
    return {
        "reach": done,
        "target": fixed.targets(reached),
        "coverage": fixed.coverage(reached, field_groups(fixed.model.case)),
    }


def field_groups(case: Case) -> Array:
    """(A, P, 2·fields) cells of each field in remote areas, and of each field in the others."""
    field = case.tables["programmes"]["field"].to_numpy()[:, None] == np.array(list(FIELDS))
    return np.concatenate([where[:, None, None] * field[None] for where in (case.remote, ~case.remote)], axis=2).astype(
        float
    )


# ---- tables ---------------------------------------------------------------------------------------------------------
def _summary(case: Case, values: Mapping[str, Array], stated: Mapping[str, Array]) -> pd.DataFrame:
    rows = [_row("units", _words("spending", name), *some) for name, some in _spending(case, values, stated)]
    names = target_names(case)
    groups = [
        Text(*(f"{field[lang]}, {group[lang]}" for lang in ("vi", "en")))
        for group in GROUPS.values() for field in FIELDS.values()
    ]  # fmt: skip
    rows += [_row(v, _words("reach"), values[f"reach_{v}"] / stated[f"reach_{v}"][0], 1.0, 1.0) for v in VIEWS]
    for kind, some in (("coverage", groups), ("target", names)):
        for view in VIEWS:
            found, planned = values[f"{kind}_{view}"], stated[f"{kind}_{view}"][0]
            least = planned if kind == "coverage" else case.tables["targets"]["coverage"].to_numpy(float)
            shown = np.flatnonzero(~np.isnan(planned))
            rows += [_row(view, _words(kind, some[i]), found[:, i], planned[i], least[i]) for i in shown]
    return pd.DataFrame(rows)


def _spending(case: Case, values: Mapping[str, Array], stated: Mapping[str, Array]) -> list[tuple[Text, tuple]]:
    """Of each fund and of all, over all years: name, spent as a share of what there is, planned, most allowed."""
    labels = {language: case.labels(language)["fund"] for language in ("vi", "en")}
    told = []
    for f, fund in enumerate([*case.funds, None]):
        some = slice(None) if fund is None else slice(f, f + 1)
        spent, have = (values[key][:, some].sum(axis=(1, 2)) for key in ("spent", "available"))
        before = stated["spent"][0, some].sum(), stated["available"][0, some].sum()
        name = _WHAT["all_funds"] if fund is None else Text(labels["vi"][fund], labels["en"][fund])
        if before[1] > 0:
            told.append((name, (-spent / have, -before[0] / before[1], -1.0)))
    return told


def target_names(case: Case) -> list[Text]:
    """What each row of table targets is about: programme, place and year."""
    labels = {language: case.labels(language) for language in ("vi", "en")}

    def name(target: dict, language: Language) -> str:
        known = labels[language]
        place = target["area"] if target["area"] != ALL else target["class"]
        places = [] if place == ALL else [known["areas"][place]]
        return ", ".join([known["programme"][target["programme"]], *places, str(target["year"])])

    return [Text(*(name(row, lang) for lang in ("vi", "en"))) for row in case.tables["targets"].to_dict("records")]


def _words(kind: str, name: Text | None = None) -> Text:
    return Text(*(_WHAT[kind][lang].format(name=name[lang] if name else "") for lang in ("vi", "en")))


def _row(view: str, what: Text, found: Array, planned: float, least: float) -> dict[str, object]:
    """One line of the summary; spending comes with its sign turned, so that more than there is counts as a miss."""
    sign = -1 if planned < 0 else 1
    low, high = np.sort(np.quantile(sign * found, [LOW, HIGH]))
    missed = found < least - _TINY
    return {
        "view_vi": VIEWS[view].vi, "view_en": VIEWS[view].en, "what_vi": what.vi, "what_en": what.en,
        "planned": sign * planned, "mean": float(sign * found.mean()), "low": low, "high": high,
        "chance": float(missed.mean()), "miss": float(np.maximum(least - found, 0).mean()),
    }  # fmt: skip


def _funds(case: Case, values: Mapping[str, Array], stated: Mapping[str, Array]) -> pd.DataFrame:
    """By fund and year, million VND: planned, available, what planned units cost, chance and size of excess."""
    spent, have = values["spent"], values["available"]
    over = np.maximum(spent - have, 0)
    f, t = np.indices(spent.shape[1:]).reshape(2, -1)
    low, high = np.quantile(spent, [LOW, HIGH], axis=0)
    columns = {
        "fund": case.funds[f], "year": np.array(case.years)[t],
        "spent_planned": stated["spent"][0].ravel(), "available_planned": stated["available"][0].ravel(),
        "spent_mean": spent.mean(axis=0).ravel(), "spent_low": low.ravel(), "spent_high": high.ravel(),
        "available_mean": have.mean(axis=0).ravel(), "chance": (over > 1e-6).mean(axis=0).ravel(),
        "over_mean": over.mean(axis=0).ravel(),
    }  # fmt: skip
    return pd.DataFrame(columns)


def _draws(values: Mapping[str, Array], stated: Mapping[str, Array]) -> pd.DataFrame:
    """One row per draw: child-years against the plan's in both views; million VND spent and available, units kept."""
    return pd.DataFrame(
        {
            "draw": np.arange(len(values["spent"])),
            "reach_units": values["reach_units"] / stated["reach_units"],
            "reach_money": values["reach_money"] / stated["reach_money"],
            "spent": values["spent"].sum(axis=(1, 2)),
            "available": values["available"].sum(axis=(1, 2)),
        }
    )


# ---- words ----------------------------------------------------------------------------------------------------------
def _sentences(
    case: Case, tables: Mapping[str, pd.DataFrame], found: Mapping[str, Range], draws: int, seed: int, *, together: bool
) -> dict[Language, tuple[str, ...]]:
    table = tables["summary"]
    whole = table[table["what_en"] == _words("spending", _WHAT["all_funds"]).en].iloc[0]
    money = table[(table["what_en"] == _WHAT["reach"].en) & (table["view_en"] == VIEWS["money"].en)].iloc[0]
    told: dict[Language, tuple[str, ...]] = {}
    for language in ("vi", "en"):
        share = {key: numbers.percent(value, language) for key, value in (
            ("chance", whole["chance"]), ("miss", whole["miss"]), ("mean", money["mean"]), ("low", money["low"]),
        )}  # fmt: skip
        count = numbers.number(draws, language)
        told[language] = (
            _SAID["units"][language].format(draws=count, **share),
            _SAID["money"][language].format(**share),
            *assumed(found, language),
            _SAID["together" if together else "apart"][language].format(seed=seed),
            _SAID["kept"][language],
        )
    return told


def assumed(found: Mapping[str, Range], language: Language) -> tuple[str, ...]:
    """One sentence for each spread that no table states but the command assumed."""
    return tuple(
        _ASSUMED[name][language].format(spread=numbers.percent(one.assumed, language))
        for name, one in found.items()
        if one.assumed
    )


_ASSUMED = {
    "needs": Text("Giả định, không có trong số liệu: nhu cầu ±{spread}.", "Assumed, not in the data: needs ±{spread}."),
    "unit_costs": Text(
        "Giả định, không có trong số liệu: đơn giá ±{spread}.", "Assumed, not in the data: unit costs ±{spread}."
    ),
    "funds": Text(
        "Giả định, không có trong số liệu: nguồn thu thấp hơn trần đến {spread}.",
        "Assumed, not in the data: revenues up to {spread} below the ceilings.",
    ),
}
_SAID = {
    "units": Text(
        "Nếu mua đúng khối lượng đã lập, chi vượt tiền có của cả giai đoạn trong {chance} của {draws} lần thử; mức "
        "vượt bình quân {miss}.",
        "If the planned units are bought, all years together cost more than there is in {chance} of {draws} draws; the "
        "mean excess is {miss}.",
    ),
    "money": Text(
        "Nếu giữ đúng số tiền đã lập, số trẻ em-năm đạt bình quân {mean} phương án; cứ 20 lần có 1 lần dưới {low}.",
        "If the planned money is kept, the plan reaches {mean} of its child-years on average; 1 draw in 20 is "
        "below {low}.",
    ),
    "apart": Text(
        "Mỗi dòng bảng thay đổi độc lập với dòng khác (hạt giống {seed}).",
        "Rows of the tables vary independently of each other (seed {seed}).",
    ),
    "together": Text(
        "Mọi dòng của một bảng cùng lên, cùng xuống (hạt giống {seed}).",
        "All rows of a table rise and fall together (seed {seed}).",
    ),
    "kept": Text(
        "Phương án và dự án giữ nguyên, không phân bổ lại; giá dự án coi như chắc chắn.",
        "The plan and its projects are kept and nothing is allocated anew; what projects cost is taken as certain.",
    ),
}
