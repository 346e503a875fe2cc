"""What a public edition may not show: programmes that count children in hard circumstances, where they are few.

Published of such a programme are the children reached in the last year, by area, by group (remote, rest) and in all.
These are the cells and totals that `masking` works on, each programme by itself.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planning.errors import PlanningError
from planning.inputs.case import Case
from planning.model.services import target_areas
from planning.reports.layout import TOTAL, labels_of
from planning.reports.masking import Relation, masks
from planning.reports.measures import GROUPS
from planning.reports.sheet import Sheet
from planning.rounding import round_nested
from planning.solver.plan import Plan
from planning.vocabulary import YES, Language, Text

HIDDEN = "•"
PROTECTION = "protection"


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Children whom sensitive programmes reach in the last year: whole numbers that add up.

    frame     rows: every area, then remote, rest and total; one column for each programme
    hidden    alike, True where the count may not be shown
    """

    frame: pd.DataFrame
    hidden: pd.DataFrame
    threshold: int
    public: bool

    def shown(self) -> pd.DataFrame:
        """The counts with a mark in the place of those that may not be shown."""
        return self.frame.astype(object).mask(self.hidden, HIDDEN)


def sensitive_programmes(case: Case) -> list[str]:
    """Programmes that count children in special circumstances, abused or at risk.

    Those of table programmes with sensitive = yes; where the cell is empty, those of field protection whose unit is one
    child.
    """
    table = case.tables["programmes"]
    stated = table["sensitive"] if "sensitive" in table else pd.Series("", table.index)
    by_field = (table["field"] == PROTECTION) & (table["children_per_unit"] == 1)
    return table.loc[(stated == YES) | ((stated == "") & by_field), "programme"].tolist()


def counts_of(plan: Plan, public: bool, threshold: int) -> Counts:
    """The counts of a plan, with what a public edition hides; in an internal edition nothing is hidden."""
    case, programmes = plan.case, sensitive_programmes(plan.case)
    last = plan.coverage[plan.coverage["year"] == case.years[-1]]
    per_unit = case.tables["programmes"].set_index("programme")["children_per_unit"]
    areas = pd.Index(case.areas.to_numpy())
    group = pd.Series(np.where(case.remote, *GROUPS), index=areas)
    columns, hidden = {}, {}
    for programme in programmes:
        reached = last[last["programme"] == programme].set_index("area")["reached"] * per_unit[programme]
        exact = reached.reindex(areas, fill_value=0.0).clip(lower=0)
        parts = round_nested(exact, [group, areas], 1.0).astype(int)
        sums = parts.groupby(group).sum().reindex(GROUPS, fill_value=0)
        columns[programme] = pd.concat([parts, sums, pd.Series({TOTAL: parts.sum()})])
        values = columns[programme].to_numpy()
        hidden[programme] = masks(values, _relations(case), threshold) if public else np.zeros(values.size, bool)
    index = [*case.areas, *GROUPS, TOTAL]
    frame = pd.DataFrame(columns, index=index)
    counts = Counts(
        frame, pd.DataFrame(hidden, index=index).reindex(columns=frame.columns).astype(bool), threshold, public
    )
    _money_gives_nothing_away(plan, counts)
    return counts


def _relations(case: Case) -> list[Relation]:
    """Areas add up to their group, groups to the total."""
    areas = len(case.areas)
    of = [np.flatnonzero(case.remote), np.flatnonzero(~case.remote)]
    groups = [(areas + at, tuple(int(part) for part in parts)) for at, parts in enumerate(of)]
    return [*groups, (areas + len(GROUPS), (areas, areas + 1))]


def _money_gives_nothing_away(plan: Plan, counts: Counts) -> None:
    """All money of an area is published: it must not be that of one masked programme alone. Raises PlanningError."""
    paid = plan.lines.groupby("area")["programme"].unique()
    for area, programmes in paid.items():
        hidden = [name for name in programmes if name in counts.hidden and counts.hidden.at[area, name]]
        if len(programmes) == 1 and hidden:
            raise PlanningError(_given_away(area, hidden[0]))


def _given_away(area: object, programme: str) -> Text:
    return Text(
        f"toàn bộ tiền của '{area}' là cho '{programme}', nên làm lộ một số đã che; hãy bỏ --public, hoặc gộp địa bàn "
        "này với một địa bàn khác",
        f"all money of '{area}' is for '{programme}', so that it would give away a masked count; leave --public out, "
        "or put the area together with another one",
    )


def counts_sheet(plan: Plan, counts: Counts, like: Sheet, language: Language) -> Sheet:
    """Children reached by sensitive programmes in each area; `like` lends its footer and unit."""
    labels = labels_of([plan.case], language)
    names = labels["area"] | labels["group"] | {TOTAL: Text("Tổng cộng", "Total")[language]}
    frame = counts.shown().rename(index=names, columns=labels["programme"]).reset_index(names=_AREA[language])
    kinds = dict.fromkeys(frame.columns[1:], "whole")
    title = _TITLE[language].format(year=plan.case.years[-1])
    return replace(like, title=title, frame=frame, kinds=kinds, totals=len(GROUPS) + 1)


_AREA = Text("Địa bàn", "Area")
_TITLE = Text(
    "Trẻ em được phục vụ năm {year} theo địa bàn, các chương trình bảo vệ",
    "Children reached in {year} by area, protective programmes",
)
NOTE = Text(
    "Bản công khai: số trẻ em có hoàn cảnh đặc biệt, bị xâm hại hoặc có nguy cơ từ 1 đến {most} được thay bằng dấu •, "
    "cùng với một số ô khác để không tổng nào làm lộ các ô đó ({hidden} ô).",
    "Public edition: counts of 1 to {most} children in special circumstances, abused or at risk are replaced by •, "
    "together with further cells so that no total gives them away ({hidden} cells).",
)


def note(counts: Counts, language: Language) -> str:
    """What was masked, in words."""
    return NOTE[language].format(most=counts.threshold - 1, hidden=int(counts.hidden.to_numpy().sum()))


def few_in_all(plan: Plan, counts: Counts, programme: str) -> bool:
    """Whether a sensitive programme is needed by so few children in all that their number is hidden."""
    needed = plan.case.need[:, plan.case.programmes.get_loc(programme), -1].sum()
    return counts.public and bool(0 < round(needed) < counts.threshold)


def small_somewhere(plan: Plan, counts: Counts) -> bool:
    """Whether a sensitive programme reaches few children in some area and year: any detail could then tell how few."""
    per_unit = plan.case.tables["programmes"].set_index("programme")["children_per_unit"]
    table = plan.coverage[plan.coverage["programme"].isin(counts.frame.columns)]
    children = (table["reached"] * table["programme"].map(per_unit).astype(float)).round()
    return bool(((children > 0) & (children < counts.threshold)).any())


def hidden_targets(plan: Plan, counts: Counts) -> pd.Series:
    """True for the targets of `Plan.targets` whose scope is so small that a share of it is a count of few children."""
    case = plan.case
    reached = plan.coverage["reached"].to_numpy().reshape(case.shape)
    found = []
    for target, inside in zip(plan.targets.to_dict("records"), target_areas(case, plan.targets), strict=True):
        p, t = case.programmes.get_loc(target["programme"]), case.years.index(target["year"])
        few = any(0 < round(some[inside, p, t].sum()) < counts.threshold for some in (case.need, reached))
        own = counts.hidden.get(target["programme"])
        found.append(
            counts.public and own is not None and (few or (inside.sum() == 1 and bool(own[case.areas[inside][0]])))
        )
    return pd.Series(found, index=plan.targets.index, dtype=bool)
