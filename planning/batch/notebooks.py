"""Notebooks run by Papermill: this module alone knows it.

What a run came to is told by exceptions and by the manifest that a notebook's last cell writes, never by Papermill's
own marks: those call every cell completed when a kernel has died.
"""

import logging
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import planning
from planning.batch.manifest import MANIFEST, read_manifest
from planning.batch.parameters import checked
from planning.batch.refusals import NotebookError, refusal
from planning.reports.disk import make_folder, on_disk, write_files

TIME_LIMIT = 600.0
START_LIMIT = 60


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run: the executed notebook, the same as a page without code, what its last cell wrote, its seconds."""

    notebook: Path
    page: Path
    manifest: Mapping[str, Any]
    seconds: float


def project_notebook(name: str) -> Path:
    """The path of one of the project's own notebooks. Raises NotebookError when only the package was installed."""
    path = Path(planning.__file__).parents[1] / "notebooks" / name
    if not path.is_file():
        raise NotebookError(
            f"there is no notebook {name} beside the package; name a notebook file, or use a full checkout"
        )
    return path


def run_notebook(
    notebook: Path | str,
    out_dir: Path | str,
    parameters: Mapping[str, Path | str],
    *,
    time_limit: float = TIME_LIMIT,
    start_limit: int = START_LIMIT,
    progress: bool = False,
) -> RunResult:
    """Run a notebook into `out_dir`: <name>.ipynb, <name>.html and what its cells write, manifest.json among it.

    `parameters` are paths (`scenario`; `out_dir` is added) and plain words (`language`); one that the notebook does not
    declare is refused. Limits in seconds: for the whole notebook, and for the start of its kernel. Cells run in the
    notebook's folder. Nothing of an earlier run is replaced before this one has succeeded, except that manifest.json is
    removed first. Raises NotebookError (the executed part is kept as <name>.failed.ipynb when a cell failed) or
    OutputError.
    """
    begin = time.perf_counter()
    source, folder = Path(notebook).absolute(), Path(out_dir).absolute()
    values = checked(source, {**parameters, "out_dir": folder})
    partial, failed = folder / f"{source.stem}.partial.ipynb", folder / f"{source.stem}.failed.ipynb"
    make_folder(folder)
    with on_disk(folder):
        for stale in (folder / MANIFEST, partial, failed):
            stale.unlink(missing_ok=True)
    final, html = folder / f"{source.stem}.ipynb", f"{source.stem}.html"
    try:
        executed = _execute(source, partial, values, time_limit, start_limit, progress)
        _check_end(executed, folder, source.name)
        _write_page(executed, folder, html, "en" if values.get("language") == "en" else "vi")
        with on_disk(final):
            partial.replace(final)
    except NotebookError as error:
        (folder / MANIFEST).unlink(missing_ok=True)
        if not partial.exists():
            raise
        partial.replace(failed)
        raise NotebookError(f"{error}\nThe notebook as far as it ran: {failed}", error.exit_code) from error
    except BaseException:
        for unfinished in (partial, folder / MANIFEST):
            unfinished.unlink(missing_ok=True)
        raise
    return RunResult(final, folder / html, read_manifest(folder), time.perf_counter() - begin)


def _execute(
    source: Path, partial: Path, values: Mapping[str, str], time_limit: float, start_limit: int, progress: bool
) -> Any:
    """The executed notebook, also written to `partial`; every way to fail becomes a refusal."""
    papermill = _papermill()
    from planning.batch.kernel import OwnKernel, closing_loop

    end = time.monotonic() + time_limit
    try:
        return closing_loop(
            lambda: papermill.execute_notebook(
                _as_format(source),
                _as_format(partial),
                dict(values),
                kernel_name="python3",
                language="python",
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                progress_bar=progress,
                start_timeout=start_limit,
                kernel_manager_class=OwnKernel,
                extra_arguments=["--log-level=40"],
                shutdown_kernel="immediate",
                resources={"metadata": {"path": str(source.parent)}},
                timeout_func=lambda cell: max(end - time.monotonic(), 0.001),
            )
        )
    except (papermill.PapermillExecutionError, OSError, RuntimeError) as error:
        raise refusal(source.name, partial, error, time_limit, start_limit) from error


def _papermill() -> ModuleType:
    """Papermill, without the grammar that its imports would build for three seconds and never use."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import papermill

    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    return papermill


def _as_format(path: Path) -> str:
    """A path as Papermill wants it: it reads every path as a format string."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _check_end(executed: Any, folder: Path, name: str) -> None:
    """The notebook ran to its last cell: nothing ended it early, and the last cell wrote the manifest."""
    outputs = (output for cell in executed.cells for output in cell.get("outputs", ()))
    if any(output.output_type == "error" for output in outputs):
        raise NotebookError(f"{name}: a cell ended the run (exit) before the last cell; take that call out")
    if not (folder / MANIFEST).is_file():
        raise NotebookError(f"{name} wrote no {MANIFEST}; its last cell must write one for the run to count")


def _write_page(executed: Any, folder: Path, html: str, language: Literal["vi", "en"]) -> None:
    from planning.batch.page import page

    write_files(folder, {html: page(executed, language).encode()})
