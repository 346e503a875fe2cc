"""The pages of the workbook as a public edition may show them.

Pages that say what an area does in a programme, a field or a year are left whole only where no count of a sensitive
programme is small in any area and year; else they keep their rows and heads alone.
"""

from collections.abc import Callable
from dataclasses import replace

from planning.reports.brief.public import HIDDEN, Counts, small_somewhere
from planning.reports.brief.shortfalls import coverage_sheet, masked_targets
from planning.reports.brief.trust import masked_assumptions
from planning.reports.sheet import Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan

# Pages that say what an area does in a programme or a field, from whose money a count could be worked out.
_IN_DETAIL = ("area_programme", "coverage_areas", "lines", "rule_rows", "form")


def mask_of(plan: Plan, counts: Counts) -> Callable[[str, Sheet], Sheet]:
    """What is done to each page of the plan's workbook, by its key, before it is written."""

    few = small_somewhere(plan, counts)

    def mask(key: str, sheet: Sheet) -> Sheet:
        if few and key.startswith(_IN_DETAIL):
            return _without_figures(sheet)
        if key == "coverage":
            return coverage_sheet(plan, counts, sheet.language)
        if key == "targets":
            return masked_targets(sheet, plan, counts)
        return masked_assumptions(sheet, plan, counts) if key == "assumed" else sheet

    return mask


def _without_figures(sheet: Sheet) -> Sheet:
    """The sheet with its rows and heads alone."""
    figures = [column for column in sheet.frame.columns if sheet.kinds.get(column, "text") != "text"]
    figures += [column for column in sheet.frame.columns if column == heading("value", sheet.language)]
    return replace(sheet, frame=sheet.frame.astype(object).assign(**dict.fromkeys(figures, HIDDEN)))
