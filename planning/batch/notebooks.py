"""Notebooks run by Papermill: this module alone knows it.

What a run came to is told by exceptions and by the manifest that a notebook's last cell writes, never by Papermill's
own marks: those call every cell completed when a kernel has died.
"""

import logging
import re
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import planning
from planning.batch.manifest import MANIFEST, read_manifest
from planning.batch.parameters import Value, checked
from planning.batch.refusals import NotebookError, refusal
from planning.disk import OutputError, keep_off_inputs, move_in, on_disk, staged, write_down
from planning.errors import PlanningError, speaking
from planning.vocabulary import Language, Text

if TYPE_CHECKING:
    from planning.batch.kernel_fork import ForkedKernel, Kernels

TIME_LIMIT = 600.0
START_LIMIT = 60
_EARLIER = Text(
    "Kết quả của lần chạy trước được giữ nguyên.",
    "The results of the run before this one were left as they are.",
)


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
        text = Text(
            f"không có sổ tay {name} bên cạnh gói phần mềm; hãy nêu một tệp sổ tay, hoặc dùng bản đầy đủ của dự án",
            f"there is no notebook {name} beside the package; name a notebook file, or use a full checkout",
        )
        raise NotebookError(text)
    return path


def run_notebook(
    notebook: Path | str,
    out_dir: Path | str,
    parameters: Mapping[str, Value],
    *,
    time_limit: float = TIME_LIMIT,
    start_limit: int = START_LIMIT,
    progress: bool = False,
    kernels: "Kernels | None" = None,
    shown: Path | None = None,
) -> RunResult:
    """Run a notebook into `out_dir`: <name>.ipynb, <name>.html and what its cells write, manifest.json among it.

    `parameters` are paths (`scenario`; `out_dir` is added), plain words (`language`) and numbers; one that the notebook
    does not declare is refused. Limits in seconds: for the whole notebook, and for the start of its kernel. Cells run
    in the notebook's folder and write into a private place; all files are moved into `out_dir` together when the run
    has succeeded, so a folder always holds the results of one run. `kernels` give one to run in, in place of a new
    Python process; `shown` the name that a folder inside a private place will have. Raises NotebookError (the executed
    part is kept as <name>.failed.ipynb when a cell failed) or OutputError; they speak the `language` of the parameters.
    """
    begin = time.perf_counter()
    source, folder = Path(notebook).absolute(), Path(out_dir).absolute()
    language: Language = "vi" if parameters.get("language") == "vi" else "en"
    with speaking(language):
        keep_off_inputs(folder)
        values = checked(source, {**parameters, "out_dir": folder})
    final = shown or folder
    with speaking(language), staged(folder) as place:
        fresh, failed = place / source.name, folder / f"{source.stem}.failed.ipynb"
        try:
            executed = _execute(
                source, fresh, values | {"out_dir": str(place)}, time_limit, start_limit, progress, kernels
            )
        except NotebookError as error:
            raise _kept(error, place, final, failed) from error
        except OutputError as error:
            raise OutputError(_moved(place, final, error)) from error
        html = _page(executed, "en" if values.get("language") == "en" else "vi")
        for path, text in ((fresh, fresh.read_text(encoding="utf-8")), (fresh.with_suffix(".html"), html)):
            with on_disk(final / path.name):
                write_down(path, _from(place, final, text).encode())
        written = sorted(path for path in place.rglob("*") if path.is_file())
        move_in(place, folder, [str(path.relative_to(place)) for path in written])
        failed.unlink(missing_ok=True)
    executed = final / source.name
    return RunResult(executed, executed.with_suffix(".html"), read_manifest(folder), time.perf_counter() - begin)


def _page(executed: Any, language: Language) -> str:
    from planning.batch.page import page

    return page(executed, language)


def _moved(place: Path, final: Path, error: PlanningError) -> Text:
    """What a refusal says, as `_from` gives it."""
    return Text(_from(place, final, error.told("vi")), _from(place, final, error.told("en")))


def _from(place: Path, final: Path, text: str) -> str:
    """A text in which the private place of a run is its final folder, however the path is written.

    The place is inside that folder, or in a private place beside it.
    """
    inside = place.is_relative_to(final)
    first, *others = place.relative_to(final if inside else final.parent).parts
    pattern = re.escape(first) + "".join(rf"[\\/]+{re.escape(part)}" for part in others)
    *before, last = re.split(pattern, text)
    return "".join([part.rstrip("\\/") if inside else part + final.name for part in before] + [last])


def _kept(error: NotebookError, place: Path, final: Path, failed: Path) -> NotebookError:
    """The error of a failed run, whose notebook is moved to `failed` as far as it ran; earlier results stay."""
    text = _moved(place, final, error)
    fresh = place / f"{failed.name.removesuffix('.failed.ipynb')}.ipynb"
    if fresh.exists():
        with on_disk(failed):
            fresh.replace(failed)
        kept = final / failed.name
        text += Text(f"\nSổ tay, đến chỗ đã chạy được: {kept}", f"\nThe notebook as far as it ran: {kept}")
    if (failed.parent / MANIFEST).exists():
        text += Text("\n", "\n") + _EARLIER
    return NotebookError(text, error.exit_code)


def prepare(language: Language) -> None:
    """Load what `run_notebook` needs, for who has time before the first one."""
    _papermill()
    from planning.batch import kernel, page  # noqa: F401

    page.prepare(language)


def _execute(
    source: Path,
    fresh: Path,
    values: Mapping[str, str | float],
    time_limit: float,
    start_limit: int,
    progress: bool,
    kernels: "Kernels | None",
) -> Any:
    """The executed notebook, also written to `fresh`; every way to fail becomes a refusal."""
    papermill = _papermill()
    from planning.batch.kernel import OwnKernel, closing_loop

    def run(kernel: "ForkedKernel | None") -> Any:
        end = time.monotonic() + time_limit
        with kernel.visited() if kernel else nullcontext():
            return papermill.execute_notebook(
                _as_format(source),
                _as_format(fresh),
                dict(values),
                kernel_name="python3",
                language="python",
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                progress_bar=progress,
                start_timeout=start_limit,
                km=kernel,
                kernel_manager_class=OwnKernel,
                extra_arguments=["--log-level=40"],
                shutdown_kernel="immediate",
                resources={"metadata": {"path": str(source.parent)}},
                timeout_func=lambda cell: max(end - time.monotonic(), 0.001),
            )

    try:
        with kernels.one() if kernels else nullcontext() as kernel:
            executed = closing_loop(lambda: run(kernel))
            _check_end(executed, fresh.parent, source.name)
            return executed
    except (papermill.PapermillExecutionError, OSError, RuntimeError) as error:
        raise refusal(source.name, fresh, error, time_limit, start_limit) from error


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
        text = Text(
            f"{name}: một ô đã kết thúc lần chạy (exit) trước ô cuối; hãy bỏ lệnh đó đi",
            f"{name}: a cell ended the run (exit) before the last cell; take that call out",
        )
        raise NotebookError(text)
    if not (folder / MANIFEST).is_file():
        text = Text(
            f"{name} không ghi {MANIFEST}; ô cuối phải ghi tệp này thì lần chạy mới được tính",
            f"{name} wrote no {MANIFEST}; its last cell must write one for the run to count",
        )
        raise NotebookError(text)
