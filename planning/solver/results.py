"""A solution read back as tables: what is paid, reached, promised and kept."""

from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.case import Array, Case
from planning.model.build import RULES, Block, Model
from planning.model.services import target_areas
from planning.vocabulary import ALL, AREA_GROUPS, NO, YES, Language, Text

LEAST = 1e-7
NOTHING = 1e-6  # of what a rule is about: one đồng, or a millionth of the need
_DIRECTION = {">=": Text("ít nhất", "at least"), "<=": Text("nhiều nhất", "at most")}


def lines_table(model: Model, x: Array) -> pd.DataFrame:
    """Columns scenario, area, programme, fund, year, amount (million VND): every amount above one tenth of a đồng.

    What a purse pays for a funding class is split over the class's cells pro rata to their cost.
    """
    case, layout = model.case, model.layout
    areas, programmes, years = case.shape
    spent = layout.money(x)
    k, h, t = layout.payment
    cells = np.arange(areas * programmes * years)
    group = layout.class_of_cell[cells // years] * years + cells % years
    order = np.argsort(group, kind="stable")
    start = np.searchsorted(group[order], np.arange(group.max() + 2))
    total = np.bincount(group, spent.ravel())
    paid = layout.payment_size * x[layout.begin["paid"] : layout.begin["carried"]]
    used = np.flatnonzero(paid > LEAST)
    which = k[used] * years + t[used]
    count = start[which + 1] - start[which]
    entry = np.repeat(used, count)
    cell = order[np.repeat(start[which + 1] - np.cumsum(count), count) + np.arange(entry.size)]
    amount = paid[entry] * spent.ravel()[cell] / total[group[cell]]
    kept = amount > LEAST
    cell, entry, amount = cell[kept], entry[kept], amount[kept]
    fund = case.purses["fund"].to_numpy()[h[entry]]
    ranked = np.lexsort((cell % years, fund, cell // years))
    cell, fund, amount = cell[ranked], fund[ranked], amount[ranked]
    columns = {
        "scenario": case.scenario.name,
        "area": case.areas[cell // years // programmes],
        "programme": case.programmes[cell // years % programmes],
        "fund": case.funds[fund],
        "year": np.array(case.years)[cell % years],
        "amount": amount,
    }
    return pd.DataFrame(columns)


def coverage_table(model: Model, x: Array) -> pd.DataFrame:
    """One row per area, programme and year: need, reached, coverage, children_reached, amount (million VND).

    For capital programmes `reached` is what stands in the year: everything built so far. Of those that projects deliver
    it may be less where all of them would exceed the need and no goal counts the programme.
    """
    case, layout = model.case, model.layout
    reached = layout.units(x)
    per_unit = case.tables["programmes"]["children_per_unit"].to_numpy(float)
    a, p, t = np.indices(case.shape).reshape(3, -1)
    need, units = case.need.ravel(), reached.ravel()
    columns = {
        "scenario": case.scenario.name,
        "area": case.areas[a],
        "programme": case.programmes[p],
        "year": np.array(case.years)[t],
        "need": need,
        "reached": units,
        "coverage": np.divide(units, need, out=np.full(need.size, np.nan), where=need > 0),
        "children_reached": units * per_unit[p],
        "amount": layout.money(x).ravel(),
    }
    return pd.DataFrame(columns)


def target_table(case: Case, coverage: pd.DataFrame) -> pd.DataFrame:
    """Each target of table targets with level, value, shortfall (shares of the need), met and who answers for it."""
    wanted, rule = case.tables["targets"], case.scenario.rules.targets
    if rule == "off":
        wanted = wanted.assign(strength="report")
    elif rule.strength != "as_stated":
        wanted = wanted.assign(strength=rule.strength)
    reached = coverage["reached"].to_numpy().reshape(case.shape)
    p, t = case.programmes.get_indexer(wanted["programme"]), wanted["year"].to_numpy(int) - case.years[0]
    value = [
        reached[inside, p[row], t[row]].sum() / case.need[inside, p[row], t[row]].sum()
        for row, inside in enumerate(target_areas(case, wanted))
    ]
    kept = ["target", "document_vi", "document_en", "programme", "class", "area", "year"]
    table = wanted[kept].assign(level=wanted["coverage"], value=value)
    table["shortfall"] = (table["level"] - table["value"]).clip(lower=0)
    table["met"] = np.where(table["shortfall"] <= 1e-6, YES, NO)
    table = table.join(wanted[["strength", "agency_vi", "agency_en", "status"]])
    table.insert(0, "scenario", case.scenario.name)
    return table.reset_index(drop=True)


def rule_table(model: Model, x: Array, price: Array) -> pd.DataFrame:
    """One row for each row of each rule: words in both languages, strength, level, value, binding, marginal value.

    `binding` says that the row stands at its level. `marginal_value` is the change of the goal *reach* (weighted
    child-years) for one unit more of the level, projects and met targets as they are; 0 where the row is slack.
    """
    parts = [_rule_rows(model, block, x, price) for block in model.blocks if not block.rows.link]
    return pd.DataFrame({name: [*chain.from_iterable(part[name] for part in parts)] for name in parts[0]})


def _rule_rows(model: Model, block: Block, x: Array, price: Array) -> dict[str, Iterable[Any]]:
    """The columns of the rows of one block.

    A row whose base is nothing, as where a year has no money or no coverage to share out, has no value and holds
    nothing back, unless it caps an amount at a stated nothing.
    """
    rows = block.rows
    measure, base = block.evaluate(model.layout, x)
    some = base > NOTHING
    value = np.divide(measure, base, out=np.full(len(rows), np.nan), where=some)
    slack = (measure - rows.level * base) * (1 if rows.sense == ">=" else -1)
    tight = np.abs(slack) <= 1e-6 * np.maximum(np.abs(rows.level * base), 1.0)
    tight &= some | (isinstance(rows.base, np.ndarray) and rows.sense == "<=")
    words = rule_words(model.case, block)
    named = [name for name in rows.index if rows.rule != "targets" or name not in ("class", "programme")]
    parts = zip(*(rows.index[name].tolist() for name in named), strict=True)
    return {
        "scenario": repeat(model.case.scenario.name, len(rows)),
        "rule": repeat(rows.rule, len(rows)),
        "index": [" ".join(str(part) for part in row if part not in ("", ALL)) for row in parts],
        "words_vi": words["vi"],
        "words_en": words["en"],
        "strength": repeat(rows.strength, len(rows)),
        "sense": repeat(rows.sense, len(rows)),
        "level": rows.level,
        "value": value,
        "unit": repeat(RULES[rows.rule].unit, len(rows)),
        "binding": np.where(tight, YES, NO).tolist(),
        "marginal_value": _marginal(model, block, x, price, base),
    }


def _marginal(model: Model, block: Block, x: Array, price: Array, base: Array) -> Array:
    if block.start is None:
        return np.zeros(len(block.rows))
    here = slice(block.start, block.start + len(block.rows))
    missed = np.zeros(len(block.rows))
    if block.short is not None:
        first = model.layout.columns + block.short
        missed = x[first : first + len(block.rows)]
    return price[here] / model.scale[here] * base * (1 - missed) * model.goals[-1].size


def rule_words(case: Case, block: Block) -> dict[Language, list[str]]:
    """The words of each row of a block in both languages, with names instead of codes and the level as it is read."""
    index = {name: block.rows.index[name].tolist() for name in block.rows.index}
    return {language: _in_words(case, block, index, language) for language in ("vi", "en")}


def _in_words(case: Case, block: Block, index: Mapping[str, list], language: Language) -> list[str]:
    rows, kind = block.rows, RULES[block.rows.rule]
    levels = rows.level.tolist()
    written = {level: level_words(level, kind.unit, language) for level in set(levels)}
    names = _names(index, case.labels(language), language)
    names["level"] = [written[level] for level in levels]
    names["direction"] = [_DIRECTION[rows.sense][language]] * len(levels)
    parts: list[Iterable[str]] = []
    for text, name, *_ in Formatter().parse(kind.words[language]):
        parts.append(repeat(text, len(levels)))
        if name:
            parts.append(map(str, names[name]))
    return [*map("".join, zip(*parts, strict=True))]


def level_words(level: float, unit: str, language: Language) -> str:
    """The level of a rule as it is read, by the unit of its rule."""
    match unit:
        case "share":
            return numbers.percent(level, language)
        case "money":
            return numbers.money(level, language)
        case "number":
            return numbers.number(level, language, 0 if level == round(level) else 2)
        case _:
            return numbers.money(level, language, numbers.PER_CHILD)


def _names(
    index: Mapping[str, list], labels: Mapping[str, Mapping[str, str]], language: Language
) -> dict[str, list[object]]:
    """The columns of the index of rows with the names that people read."""
    names = {
        column: [labels[column].get(code, code) for code in codes] if column in labels else codes
        for column, codes in index.items()
    }
    if "fund" in index and "area" in index:
        names["area"] = [f" ({name})" if code else "" for code, name in zip(index["area"], names["area"], strict=True)]
    if "target" in index:
        places = zip(*(some[column] for column in ("area", "class") for some in (index, names)), strict=True)
        names["place"] = [
            area if code != ALL else kind if of_class != ALL else AREA_GROUPS[ALL][language]
            for code, area, of_class, kind in places
        ]
    return names


def project_table(model: Model, x: Array) -> pd.DataFrame:
    """Each start that the plan chooses: project, area, programme, start, share (1 for a whole project) and its money.

    building and running are what it costs within the plan, unfinished and tail what it costs after the last plan year;
    million VND at the prices of each year.
    """
    case, starts = model.case, model.case.starts
    first = model.layout.begin["start"]
    share = x[first : first + starts.project.size]
    chosen = np.flatnonzero(share > 1e-6)
    rows = case.projects.iloc[starts.project[chosen]]
    columns = {
        "scenario": case.scenario.name,
        "project": rows["project"].to_numpy(),
        "area": rows["area"].to_numpy(),
        "programme": rows["programme"].to_numpy(),
        "start": starts.year[chosen],
        "share": share[chosen],
        "building": starts.building[chosen].sum(axis=1) * share[chosen],
        "running": starts.running[chosen].sum(axis=1) * share[chosen],
        "unfinished": starts.unfinished[chosen] * share[chosen],
        "tail": starts.tail[chosen] * share[chosen],
    }
    return pd.DataFrame(columns)


def fund_table(model: Model, x: Array) -> pd.DataFrame:
    """Per fund and year, million VND: ceiling, carried_in, spent, carried_out, lapsed = ceiling + in − spent − out."""
    case, layout = model.case, model.layout
    shape = case.ceiling.shape
    _, h, t = layout.payment
    paid = layout.payment_size * x[layout.begin["paid"] : layout.begin["carried"]]
    spent = np.bincount(h * shape[1] + t, paid, minlength=case.ceiling.size).reshape(shape)
    out = np.zeros(case.ceiling.size)
    out[layout.carrying] = layout.carrying_size * x[layout.begin["carried"] : layout.begin["start"]]
    out = out.reshape(shape)
    carried_in = np.pad(out, ((0, 0), (1, 0)))[:, :-1]
    parts = {"ceiling": case.ceiling, "carried_in": carried_in, "spent": spent, "carried_out": out}
    parts["lapsed"] = np.maximum(case.ceiling + carried_in - spent - out, 0)
    f, year = np.indices((len(case.funds), shape[1])).reshape(2, -1)
    table = pd.DataFrame({"scenario": case.scenario.name, "fund": case.funds[f], "year": np.array(case.years)[year]})
    of_fund = case.purses["fund"].to_numpy()
    for name, values in parts.items():
        by_fund = np.zeros((len(case.funds), shape[1]))
        np.add.at(by_fund, of_fund, values)
        table[name] = by_fund.ravel()
    return table
