"""The pictures of a report drawn once for nobody, before kernels are forked: each then finds its texts set already."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from planning.inputs import load_case
from planning.inputs.case import Case
from planning.model.build import build
from planning.reports import areamap, charts, timeline
from planning.solve.plan import Plan
from planning.solve.results import coverage_table, fund_table, lines_table, project_table
from planning.vocabulary import Language

_PICTURES = (
    charts.allocation_by_field,
    charts.remote_share,
    charts.coverage_by_programme,
    charts.money_by_fund,
    timeline.project_timeline,
    timeline.capital_and_running,
    areamap.money_per_child,
)


def rehearse(scenario: Path, language: Language) -> None:
    """Draw what the report of a scenario draws, of no plan, whatever is odd about it. Raises InputError."""
    with warnings.catch_warnings(action="ignore"):
        plan = _stand_in(load_case(scenario))
        for draw in _PICTURES:
            draw(plan, language).png()


def _stand_in(case: Case) -> Plan:
    """A half of everything, and each project at its first start: drawn as a plan is, though it keeps no rule."""
    model = build(case)
    x = np.full(model.columns, 0.5)
    first = model.layout.begin["start"]
    x[first : first + case.starts.project.size] = 0.0
    x[first + np.unique(case.starts.project, return_index=True)[1]] = 1.0
    tables = {"lines": lines_table, "coverage": coverage_table, "projects": project_table, "funds": fund_table}
    made = {name: table(model, x) for name, table in tables.items()}
    return Plan(case=case, targets=pd.DataFrame(), rules=pd.DataFrame(), certificate={}, x=x, **made)
