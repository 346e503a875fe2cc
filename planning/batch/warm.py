"""Imported once by the process that all others of a batch are forked from: what they need is loaded here already.

Nothing here may start a thread. `matplotlib_inline` is left out: loaded before a kernel is there, it shows no pictures.
"""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from planning.batch.pool import SCENARIOS
from planning.errors import PlanningError
from planning.inputs import load_scenario
from planning.inputs.tables import scan_tables
from planning.reports.code import code_version
from planning.reports.style import picture

NEEDED = (
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.zmqshell",
    "matplotlib.backends.backend_agg",
    "pandas.core.methods.to_dict",
    "pandas.core.arrays.arrow.extension_types",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.string",
    "planning.batch.kernel_fork",
    "planning.batch.manifest",
    "planning.batch.refusals",
    "planning.batch.solving",
    "planning.reports.areamap",
    "planning.reports.building",
    "planning.reports.charts",
    "planning.reports.promises",
    "planning.reports.proof",
    "planning.reports.sources",
    "planning.reports.tables",
    "planning.reports.timeline",
    "psutil",
    "pyarrow.dataset",
    "pyarrow.pandas_compat",
    "pyarrow.parquet",
    "rich.progress",
    "ruamel.yaml",
    "sqlite3",
    "tornado.platform.asyncio",
    "typer",
    "zmq.utils.garbage",
)

# The debugger of kernels takes half a second to load; nobody debugs in a batch.
sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
for name in NEEDED:
    import_module(name)
code_version()
for named in filter(None, os.environ.get(SCENARIOS, "").split(os.pathsep)):
    with suppress(OSError, PlanningError):  # what is wrong with a scenario, its own run will tell
        first = min(Path(named).glob("*.yaml"), default=Path(named))
        scan_tables(Path(load_scenario(first).data))
# The first picture finds the fonts.
picture("Warm", "", 1, 1).png()
gc.freeze()
