"""What addition shows before any solver: hard rules that no allocation can keep, in budget words.

Every sentence is certain: amounts that must be spent are counted low, money that may be spent is counted high. An empty
list therefore does not promise a plan. Soft and report-only rules are never in conflict.
"""

from collections.abc import Iterator

import numpy as np

from planning import numbers
from planning.inputs.case import Array, Case
from planning.inputs.promises import target_conflicts
from planning.inputs.words import exceeds, money, number, stated
from planning.vocabulary import Language, Text

TOLERANCE = 1e-6  # million VND: one đồng
_AND = Text(" và ", " and ")


def conflicts(case: Case) -> list[Text]:
    """One sentence for each conflict: what adds up to how much, against what, and which lines to look at."""
    floor = area_floors(case)
    return [
        *(list(_floors_above_funds(case, floor)) or _remote_share(case, floor)),
        *_floors_above_needs(case, floor),
        *_floors_above_rise(case),
        *target_conflicts(case),
    ]


def per_child(case: Case) -> Array:
    """(A,) million VND that each area must receive a year for its children; 0 without a hard rule."""
    rule = case.scenario.rules.per_child_floor
    amount = rule.amount if rule != "off" and rule.strength == "hard" else 0.0
    return amount * case.children


def least_of_baseline(case: Case) -> Array:
    """(A,) million VND a year below which no area may fall against the baseline; 0 without a hard rule."""
    rule = case.scenario.rules.stability
    kept = 1 - rule.decrease if rule != "off" and rule.strength == "hard" else 0.0
    return kept * case.baseline.sum(axis=1)


def most_of_baseline(case: Case) -> Array:
    """(A,) million VND a year above which no area may rise against the baseline; infinite without a hard rule."""
    rule = case.scenario.rules.stability
    if rule == "off" or rule.strength != "hard" or rule.increase is None:
        return np.full(len(case.areas), np.inf)
    return (1 + rule.increase) * case.baseline.sum(axis=1)


def area_floors(case: Case) -> Array:
    """(A,) million VND that each area must receive a year, by whichever hard rule asks for more."""
    return np.maximum(per_child(case), least_of_baseline(case))


def full_cost(case: Case) -> Array:
    """(A, T) million VND that an area can spend in a year at most: all its needs and all its projects."""
    return _cell_cost(case).sum(axis=1)


def _cell_cost(case: Case) -> Array:
    """(A, P, T) million VND for all of a need, and all projects, that some fund may pay."""
    return case.full_cost * case.eligible.any(axis=0)[..., None]


def _floor_rules(case: Case, language: Language = "en") -> str:
    """The hard rules that make the floors, with the lines that state them."""
    children, baseline = per_child(case), least_of_baseline(case)
    paths = []
    if (children > baseline).any():
        paths.append("rules.per_child_floor.amount")
    if (baseline > children).any():
        paths.append("rules.stability.decrease")
    return _AND[language].join(stated(case.scenario, path, language) for path in paths)


def _floors_above_funds(case: Case, floor: Array) -> Iterator[Text]:
    """Year by year, the floors against the ceilings and what may come over from the year before.

    An area's own purse is of no use to others, so it is counted against the area's own floor only.
    """
    held = case.purses["area"].to_numpy()
    carried = case.ceiling * case.carry_over
    own = np.zeros((len(case.areas), len(case.years)))
    np.add.at(own, held[held >= 0], (case.ceiling + np.roll(carried, 1, axis=1) * _later(case))[held >= 0])
    left = np.maximum(floor[:, None] - own, 0).sum(axis=0)
    ceiling, most_carried = case.ceiling[held < 0].sum(axis=0), carried[held < 0].sum(axis=0)
    over = 0.0
    for t, year in enumerate(case.years):
        available = ceiling[t] + over
        if left[t] > available + TOLERANCE:
            text, others = f"the floors of the areas in {year} add up to {money(floor.sum())}", "all funds"
            viet, khac = f"tổng mức sàn của các địa bàn năm {year} là {money(floor.sum(), 'vi')}", "mọi nguồn vốn"
            if held.max() >= 0:
                text += f", {money(left[t])} of it beyond what the areas hold themselves"
                viet += f", trong đó {money(left[t], 'vi')} vượt số tiền các địa bàn tự có"
                others, khac = "all other funds", "mọi nguồn vốn khác"
            carry = Text(" kể cả tiền chuyển sang", " with what may be carried over") if over else Text("", "")
            yield Text(
                f"{viet}: {exceeds(left[t], available, 'vi')} {money(available, 'vi')} của {khac}{carry.vi}; "
                f"xem {_floor_rules(case, 'vi')} và bảng funds",
                f"{text}: {exceeds(left[t], available)} the {money(available)} of {others}{carry.en}; "
                f"look at {_floor_rules(case)} and table funds",
            )
            return
        over = min(most_carried[t], available - left[t])


def _later(case: Case) -> Array:
    """(T,) 1 for every year but the first."""
    return (np.arange(len(case.years)) > 0).astype(float)


def _floors_above_needs(case: Case, floor: Array) -> Iterator[Text]:
    """Floors that an area could not even spend, in one year or over the plan, in which capital is built once."""
    cells = _cell_cost(case)
    in_year = full_cost(case)
    own = cells - case.project_cost
    once = (np.where(case.lasting, own.max(axis=2), own.sum(axis=2)) + case.project_cost.sum(axis=2)).sum(axis=1)
    spans = [(Text(f"năm {year}", f"{year}"), floor, in_year[:, t]) for t, year in enumerate(case.years)]
    whole = f"{case.years[0]}–{case.years[-1]}"
    spans.append((Text(f"giai đoạn {whole}", whole), floor * len(case.years), once))
    for when, least, cost in spans:
        areas = np.flatnonzero(least > cost + TOLERANCE)
        if areas.size:
            a = areas[np.argmax((least - cost)[areas])]
            more = _more(areas)
            yield Text(
                f"địa bàn '{case.areas[a]}' phải nhận {money(least[a], 'vi')} trong {when.vi}, "
                f"{exceeds(least[a], cost[a], 'vi')} {money(cost[a], 'vi')} là chi phí cho mọi nhu cầu ở đó{more.vi}; "
                f"xem {_floor_rules(case, 'vi')} và các bảng needs, unit_costs",
                f"area '{case.areas[a]}' must receive {money(least[a])} in {when.en}, {exceeds(least[a], cost[a])} the "
                f"{money(cost[a])} that all its needs cost{more.en}; look at {_floor_rules(case)}, and at tables "
                "needs and unit_costs",
            )
            return


def _more(areas: Array) -> Text:
    more = areas.size - 1
    same = Text(f"; {number(more, 'vi')} địa bàn khác cũng vậy", f"; the same holds for {number(more)} more areas")
    return same if more > 0 else Text("", "")


def _floors_above_rise(case: Case) -> Iterator[Text]:
    """A floor for each child above the largest rise that stability allows."""
    least, most = per_child(case), most_of_baseline(case)
    areas = np.flatnonzero(least > most + TOLERANCE)
    if not areas.size:
        return
    a = areas[np.argmax((least - most)[areas])]
    paths = ("rules.per_child_floor.amount", "rules.stability.increase")
    viet, rules = (_AND[lang].join(stated(case.scenario, path, lang) for path in paths) for lang in ("vi", "en"))
    more = _more(areas)
    yield Text(
        f"địa bàn '{case.areas[a]}' phải nhận {money(least[a], 'vi')} mỗi năm cho trẻ em, "
        f"{exceeds(least[a], most[a], 'vi')} {money(most[a], 'vi')} là mức cao nhất mà cơ sở được tăng đến{more.vi}; "
        f"xem {viet}",
        f"area '{case.areas[a]}' must receive {money(least[a])} a year for its children, {exceeds(least[a], most[a])} "
        f"the {money(most[a])} to which its baseline may rise{more.en}; look at {rules}",
    )


def _remote_share(case: Case, floor: Array) -> Iterator[Text]:
    """Money that must go to other areas asks for a share of money in remote ones that they cannot take.

    (1 − σ) · R ≥ σ · N, where N is what the other areas must receive and R, the remote money, is at most what remote
    areas need and the funds leave.
    """
    rule = case.scenario.rules.remote_share
    if (
        rule == "off"
        or rule.strength != "hard"
        or (isinstance(rule.share, dict) and not set(case.years) <= set(rule.share))
    ):
        return
    others = floor[~case.remote].sum()
    usable = np.minimum(full_cost(case), most_of_baseline(case)[:, None])[case.remote].sum(axis=0)
    funds = case.ceiling + np.roll(case.ceiling * case.carry_over, 1, axis=1) * _later(case)
    for t, year in enumerate(case.years):
        share = rule.share[year] if isinstance(rule.share, dict) else rule.share
        room, what = min(
            (usable[t], Text("nhu cầu ở đó dùng hết được", "their needs can take")),
            (funds[:, t].sum() - others, Text("các nguồn vốn khi đó còn lại", "the funds then leave")),
            key=lambda pair: pair[0],
        )
        if share * others > (1 - share) * room + TOLERANCE:
            rules, reached = "rules.remote_share.share", room / (others + room)
            yield Text(
                f"địa bàn không thuộc vùng khó khăn phải nhận {money(others, 'vi')} năm {year}, còn vùng khó khăn nhận "
                f"được nhiều nhất {money(room, 'vi')} mà {what.vi}: tỷ lệ "
                f"{numbers.number(reached, 'vi', 3)}, thấp hơn mức yêu cầu {numbers.number(share, 'vi', 3)}; "
                f"xem {stated(case.scenario, rules, 'vi')} và {_floor_rules(case, 'vi')}",
                f"areas that are not remote must receive {money(others)} in {year}, and remote areas can receive at "
                f"most the {money(room)} that {what.en}: a share of {reached:.3f}, less than the "
                f"{share:.4g} asked for; look at {stated(case.scenario, rules)} and {_floor_rules(case)}",
            )
            return
