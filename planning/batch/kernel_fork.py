"""Kernels forked from a process that has loaded everything: a notebook starts in a tenth of the time."""

import gc
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from queue import Empty
from threading import BoundedSemaphore
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_core.utils import run_sync
from traitlets import Bool, default

from planning.batch.kernel import OwnKernel, closing_loop
from planning.batch.pool import stand_alone, warm_context

MANY = 20  # notebooks that a kept kernel runs, each of which leaves some 10 MB behind


class _Way(AsyncKernelClient):
    """A client that is ready once a kernel which is known has answered and been heard.

    Jupyter's own waits for a fifth of a second without any message.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        if not (self.parent.has_run and await self._is_heard()):
            await super().wait_for_ready(timeout)

    async def _is_heard(self) -> bool:
        for _ in range(20):
            asked = self.kernel_info()
            with suppress(Empty, TimeoutError):
                await self._recv_reply(asked, timeout=1)
                while not _says_idle(await self.get_iopub_msg(timeout=0.02), asked):
                    pass
                return True
        return False


def _says_idle(message: Mapping[str, Any], asked: str) -> bool:
    """Whether this is the kernel's last word on what it was asked."""
    return message["parent_header"].get("msg_id") == asked and message["content"].get("execution_state") == "idle"


class ForkedKernel(OwnKernel):
    """A kernel that is forked from the warm process instead of started from nothing; it runs until it is ended.

    One that is to be `kept` for several notebooks neither keeps what cells show nor looks for objects that only refer
    to each other: of pictures there are so many that it would take a fifth of its time. `has_run` counts the notebooks.
    """

    kept = Bool(False)
    has_run = 0
    _way: AsyncKernelClient | None = None

    @default("client_factory")
    def _own_way(self) -> type[AsyncKernelClient]:
        return _Way

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        self.provisioner = _Forking(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**options)

    def client(self, **options: Any) -> AsyncKernelClient:
        """The way to the kernel for the notebook that is to run."""
        self._way = super().client(**options)
        return self._way

    @contextmanager
    def visited(self) -> Iterator[None]:
        """For one notebook: what it leaves in the kernel is cleared behind it, unless it failed."""
        try:
            yield
            run_sync(self._clear)()
            self.has_run += 1
        finally:
            if self._way:
                self._way.stop_channels()
                self._way = None

    async def _clear(self) -> None:
        if self._way:
            await self._way.execute("get_ipython().reset()", silent=True, reply=True, timeout=60)

    @property
    def is_dead(self) -> bool:
        """Whether it was started and is no more."""
        return self.has_kernel and self.provisioner.process.poll() is not None

    def end(self) -> None:
        """End the process, whatever it does."""
        if self.has_kernel:
            self.provisioner.process.kill()
            self.provisioner.process.wait()
        closing_loop(lambda: run_sync(self.shutdown_kernel)(now=True))


class Kernels:
    """So many kernels at a time: each runs several notebooks, or one alone where they are not to be kept."""

    def __init__(self, at_once: int, keep: bool) -> None:
        self.keep = keep
        self._room = BoundedSemaphore(at_once)
        self._free: list[ForkedKernel] = []

    @contextmanager
    def one(self) -> Iterator[ForkedKernel]:
        """A kernel for one notebook, as soon as there is room; one in which something fails is ended."""
        with self._room:
            try:
                kernel = self._free.pop()
            except IndexError:
                kernel = self._new()
            if kernel.is_dead:
                kernel.end()
                kernel = self._new()
            goes_on = False
            try:
                yield kernel
                goes_on = kernel.kept and kernel.has_run < MANY
            finally:
                if goes_on:
                    self._free.append(kernel)
                else:
                    kernel.end()

    def _new(self) -> ForkedKernel:
        return ForkedKernel(kernel_name="python3", kept=self.keep)

    def end(self) -> None:
        """End those that wait for another notebook."""
        while self._free:
            self._free.pop().end()


class _Forking(LocalProvisioner):
    """Jupyter's own care of a local process, for one that multiprocessing has forked."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        given = arguments, options.get("env"), options.get("cwd"), self.parent.kept
        process = warm_context().Process(target=_serve, args=given)
        process.daemon = True
        process.start()
        self.process = _Process(process)
        self.pid, self.pgid, self.cwd = process.pid, None, options.get("cwd")
        return self.connection_info


class _Process:
    """A forked process as the provisioner knows processes: by the methods of subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _serve(arguments: list[str], environment: dict[str, str] | None, folder: str | None, kept: bool) -> None:
    """Be a kernel, in the place of a new Python process that would have been given these."""
    from ipykernel.kernelapp import launch_new_instance

    stand_alone()
    os.setsid()
    os.environ.update(environment or {})
    if folder:
        os.chdir(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if kept:
        gc.disable()
        arguments = [*arguments, "--ZMQInteractiveShell.cache_size=0"]
    launch_new_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
