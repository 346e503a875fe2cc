"""Budget planning workbench for child programmes.

    case = planning.load_case("scenarios/hanoi-communes-2026/base.yaml")
    plan = planning.solve(case)

Names are loaded when first used, so that `planning --help` answers at once.
"""

import os
from importlib import import_module

from planning.later import put_off

# Products of vectors this short gain nothing from threads, whose waiting doubles the processor time of every solve.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# The models of scenario files take no plug-ins, and looking for some reads the metadata of every installed package.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
# PuLP loads the second solver of the tests and the readers of other solvers' logs, half of its time to load.
put_off("cylp.cy", "orloge")

_HOMES = {
    "Case": "planning.inputs.case",
    "InputError": "planning.errors",
    "NoPlanError": "planning.errors",
    "Plan": "planning.solver.plan",
    "PlanningError": "planning.errors",
    "load_case": "planning.inputs",
    "load_scenario": "planning.inputs",
    "open_run": "planning.reports.saved",
    "query": "planning.batch.query",
    "run_notebook": "planning.batch.notebooks",
    "save_run": "planning.reports.saved",
    "solve": "planning.solver.plan",
    "write_plan": "planning.reports.files",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'planning' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
