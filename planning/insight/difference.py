"""Why the result changed between two scenarios: what each change does, adding up to the whole difference.

Up to six groups of changes are told by Shapley's value: the effect of a group, averaged over every order in which the
groups could have been made (Shapley, 1953). More groups, or mixtures that have no plan, are told in one stated order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import factorial
from pathlib import Path

import pandas as pd

from planning.errors import InputError, NoPlanError, Problem
from planning.inputs.case import Case
from planning.insight.difference_words import HEADINGS, KINDS, MEASURES, group_words, sentences
from planning.insight.finding import Finding
from planning.insight.words import SHARED
from planning.insight.work import Watch, carry_out, unwatched
from planning.solver.certificate import input_hash
from planning.solver.plan import Plan, solve
from planning.vocabulary import NO, TABLES, Text

MOST = 6
_NO_ORDER = Text(
    "dù theo thứ tự đã nêu hay thứ tự ngược lại, vẫn có bước thay đổi không có lời giải; hãy so sánh ít thay đổi hơn",
    "neither the stated order of the changes nor its reverse has a plan at every step; compare fewer changes",
)
Group = tuple[str, str]  # rules, objective or table, and which
Effects = dict[str, dict[str, float]]


def difference(
    first: Case, second: Case, *, journal: Path | None = None, watch: Watch = unwatched, jobs: int = 1
) -> Finding:
    """What leads from the plan of the first case to that of the second, change by change.

    Table `difference`, one row per group of changes (a rule, a part of the objective, a table) and a first and last
    row for the two plans: child-years reached, weighted share of need reached (each by its own weights), targets
    missed, share of money for remote areas, money (million VND). Effects add up exactly. Raises InputError where the
    scenarios do not share areas, programmes and years or do not differ, NoPlanError where one has no plan or no order
    of the changes leads from one to the other.
    """
    groups = changed(first, second)
    mixtures = _Mixtures(first, second, groups)
    key = f"difference {input_hash(first)} {first.scenario.name} {input_hash(second)} {second.scenario.name}"
    every = [frozenset(some) for n in range(len(groups) + 1) for some in combinations(range(len(groups)), n)]
    orders = _chains(len(groups))
    wanted = every if len(groups) <= MOST else orders[0]
    options = {"key": key, "journal": journal, "watch": watch, "jobs": jobs}
    values = carry_out([_name(some) for some in wanted], mixtures, **options)
    whole = all(value is not None for value in values.values())
    chain: list[frozenset[int]] = []
    if len(groups) > MOST or not whole:
        chain, more = _possible(orders, mixtures, values, options)
        values |= more
    effects = _in_order(chain, values) if chain else _shapley(len(groups), values)
    table = _table(first, second, groups, effects, values)
    words = {language: sentences(first, second, table, bool(chain), language) for language in ("vi", "en")}
    return Finding("difference", second, {"difference": table}, words, HEADINGS, KINDS)


def changed(first: Case, second: Case) -> list[Group]:
    """The groups of changes from one case to another. Raises InputError where they cannot be compared."""
    name = second.scenario.name
    for what, one, other in (
        ("years", first.years, second.years),
        ("areas", tuple(first.areas), tuple(second.areas)),
        ("programmes", tuple(first.programmes), tuple(second.programmes)),
    ):
        if one != other:
            text = Text(
                f"{SHARED[what].vi} không giống của '{first.scenario.name}'; hãy so sánh phương án trong cùng thư mục",
                f"its {what} are not those of '{first.scenario.name}'; compare scenarios of one folder",
            )
            raise InputError([Problem(name, text)])
    groups: list[Group] = []
    for kind in ("objective", "rules"):
        one, other = (getattr(case.scenario, kind).model_dump() for case in (first, second))
        groups += [(kind, part) for part in one if one[part] != other[part] and part != "seconds"]
    for table in TABLES:
        one, other = (_figures(case, table) for case in (first, second))
        if (one is None) != (other is None) or (one is not None and not one.equals(other)):
            groups.append(("table", table))
    if not groups:
        text = Text(
            f"mọi thứ mà kết quả phụ thuộc vào đều giống của '{first.scenario.name}'",
            f"nothing that a plan depends on differs from '{first.scenario.name}'",
        )
        raise InputError([Problem(name, text)])
    return groups


def _figures(case: Case, table: str) -> pd.DataFrame | None:
    """A table without what no plan depends on."""
    if table not in case.tables:
        return None
    frame = case.tables[table].reset_index(drop=True)
    return frame.drop(columns=[column for column in ("source", "status", "note") if column in frame])


@dataclass(frozen=True, slots=True)
class _Mixtures:
    """The figures of the plan of the first case with some groups of changes made; None where there is no plan."""

    first: Case
    second: Case
    groups: Sequence[Group]

    def __call__(self, name: str) -> dict[str, float] | None:
        try:
            return _measured(solve(self.case({int(part) for part in name.split()})))
        except NoPlanError:
            return None

    def case(self, some: set[int]) -> Case:
        """The first case with these groups as in the second."""
        of = {kind: [part for i, (k, part) in enumerate(self.groups) if k == kind and i in some] for kind in KINDS_OF}
        parts = {
            kind: getattr(self.first.scenario, kind).model_copy(
                update={part: getattr(getattr(self.second.scenario, kind), part) for part in of[kind]}
            )
            for kind in ("objective", "rules")
        }
        tables = {name: frame for name, frame in self.first.tables.items() if name not in of["table"]}
        tables |= {name: self.second.tables[name] for name in of["table"] if name in self.second.tables}
        return replace(self.first, scenario=self.first.scenario.model_copy(update=parts), tables=tables)


KINDS_OF = ("objective", "rules", "table")


def _measured(plan: Plan) -> dict[str, float]:
    remote = plan.case.areas[plan.case.remote]
    money = float(plan.lines["amount"].sum())
    for_remote = float(plan.lines.loc[plan.lines["area"].isin(remote), "amount"].sum())
    return {
        "children": float(plan.coverage["children_reached"].sum()),
        "reach": float(plan.certificate["reach_checked"]),
        "missed": float((plan.targets["met"] == NO).sum()),
        "remote_share": for_remote / money if money else 0.0,
        "money": money,
    }


# ---- effects --------------------------------------------------------------------------------------------------------
def _name(some: frozenset[int]) -> str:
    return " ".join(str(i) for i in sorted(some))


def _chains(count: int) -> list[list[frozenset[int]]]:
    """The stated order and its reverse, as the sets of changes made so far."""
    return [
        [frozenset(order[:n]) for n in range(count + 1)] for order in (list(range(count)), list(range(count))[::-1])
    ]


def _possible(orders: list, mixtures: _Mixtures, values: Effects, options: Mapping) -> tuple[list, Effects]:
    """The first order in which every step has a plan, and the figures of its steps. Raises NoPlanError."""
    for chain in orders:
        known = {_name(some): values[_name(some)] for some in chain if _name(some) in values}
        missing = [_name(some) for some in chain if _name(some) not in known]
        known |= carry_out(missing, mixtures, **options) if missing else {}
        if all(value is not None for value in known.values()):
            return chain, known
        for end, case in ((chain[0], mixtures.first), (chain[-1], mixtures.second)):
            if known[_name(end)] is None:
                raise NoPlanError([_without_plan(case.scenario.name)])
    raise NoPlanError([_NO_ORDER])


def _without_plan(name: str) -> Text:
    return Text(
        f"'{name}' không có lời giải; hãy chạy planning explain cho phương án đó trước",
        f"'{name}' has no plan; run planning explain on it first",
    )


def _shapley(count: int, values: Effects) -> list[dict[str, float]]:
    """Σ_S |S|!·(n − |S| − 1)!/n! · (v(S ∪ i) − v(S)) for each group i and measure."""
    effects = []
    for i in range(count):
        others = [j for j in range(count) if j != i]
        effect = dict.fromkeys(MEASURES, 0.0)
        for n in range(count):
            weight = factorial(n) * factorial(count - n - 1) / factorial(count)
            for some in combinations(others, n):
                before, after = values[_name(frozenset(some))], values[_name(frozenset(some) | {i})]
                effect = {name: effect[name] + weight * (after[name] - before[name]) for name in MEASURES}
        effects.append(effect)
    return effects


def _in_order(chain: list[frozenset[int]], values: Effects) -> list[dict[str, float]]:
    """The effect of each group when the groups are made one after another."""
    effects: dict[int, dict[str, float]] = {}
    for before, after in pairwise(chain):
        (i,) = after - before
        old, new = values[_name(before)], values[_name(after)]
        effects[i] = {name: new[name] - old[name] for name in MEASURES}
    return [effects[i] for i in range(len(effects))]


def _table(
    first: Case, second: Case, groups: Sequence[Group], effects: list[dict[str, float]], values: Effects
) -> pd.DataFrame:
    ends = values[""], values[_name(frozenset(range(len(groups))))]
    rows = [{"kind": "plan", "part": case.scenario.name} | end for case, end in zip((first, second), ends, strict=True)]
    changes = [{"kind": k, "part": part} | effect for (k, part), effect in zip(groups, effects, strict=True)]
    table = pd.DataFrame([rows[0], *changes, rows[1]])
    words = {
        f"words_{language}": [group_words(first, second, row, language) for row in table[["kind", "part"]].to_numpy()]
        for language in ("vi", "en")
    }
    return table.assign(**words)[["kind", "part", *words, *MEASURES]]
