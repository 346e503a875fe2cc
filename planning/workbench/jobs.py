"""Long work that the page starts and does not wait for: one command of `planning` in a process of its own each."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from planning.errors import PlanningError
from planning.workbench.form_words import both

State = Literal["running", "done", "failed", "stopped"]
_GRACE = 10.0
_TOLD = 4000  # characters of a refusal that a page can bear


class BusyError(PlanningError):
    """The same work is under way already."""


class Job:
    """One command under way or at its end: its state, what it said, and the pages it leaves.

    `arguments` are those of the command line; results go to `out`, of which `pages` are shown. It goes on when the page
    is closed; `stop` ends it as Ctrl-C does, so that no half-made result is left.
    """

    def __init__(self, title: str, arguments: Sequence[str | Path], out: Path, pages: Sequence[str] = ()) -> None:
        self.title, self.arguments = title, tuple(map(str, arguments))
        self.out, self._pages = out, tuple(pages)
        self._output, self._text = tempfile.TemporaryFile(), ""  # noqa: SIM115 - closed when the command has ended
        self._begun, self._ended, self._asked_to_stop = time.time(), 0.0, False
        group = {"creationflags": 0x200} if os.name == "nt" else {"start_new_session": True}
        command = [sys.executable, "-m", "planning", *self.arguments]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self._output, stderr=subprocess.STDOUT, **group
        )

    @property
    def state(self) -> State:
        code = self._process.poll()
        if code is None:
            return "running"
        if not self._ended:
            self._ended = time.time()
            self._output.seek(0)
            self._text = self._output.read().decode("utf-8", "replace").strip()[-_TOLD:]
            self._output.close()
        return "stopped" if self._asked_to_stop and code else "done" if code == 0 else "failed"

    @property
    def seconds(self) -> int:
        """Since it began, to its end where it has one."""
        return round((self._ended or time.time()) - self._begun)

    @property
    def pages(self) -> list[Path]:
        """The pages that this run has left, those of earlier runs not counted."""
        found = (path for pattern in self._pages for path in sorted(self.out.glob(pattern)))
        return [path for path in found if path.stat().st_mtime >= self._begun - 1]

    def said(self) -> str:
        """What the command printed, a refusal last; nothing while it runs."""
        return "" if self.state == "running" else self._text

    def stop(self) -> None:
        """Ask it to end as Ctrl-C does."""
        if self.state == "running":
            self._asked_to_stop = True
            if os.name == "nt":
                self._process.send_signal(signal.CTRL_BREAK_EVENT)
            else:
                os.killpg(self._process.pid, signal.SIGINT)

    def wait(self, seconds: float) -> State:
        """The state after at most so many seconds."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return self.state
        return self.state

    def end(self) -> None:
        """Stop it, and kill it where it does not stop."""
        self.stop()
        if self.wait(_GRACE) == "running":
            if os.name == "nt":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


def start(jobs: list[Job], title: str, arguments: Sequence[str | Path], out: Path, pages: Sequence[str] = ()) -> Job:
    """A job more at the head of the list. Raises BusyError where one is writing to the same folder."""
    if any(job.out == out and job.state == "running" for job in jobs):
        raise BusyError(both("busy"))
    out.parent.mkdir(parents=True, exist_ok=True)
    job = Job(title, arguments, out, pages)
    jobs.insert(0, job)
    return job
