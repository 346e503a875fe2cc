"""Kernels forked from a process that has loaded everything: a notebook starts in a tenth of the time."""

import os
import signal
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from planning.batch.kernel import OwnKernel
from planning.batch.pool import stand_alone, warm_context


class ForkedKernel(OwnKernel):
    """A kernel that is forked from the warm process instead of started from nothing."""

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        self.provisioner = _Forking(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**options)


class _Forking(LocalProvisioner):
    """Jupyter's own care of a local process, for one that multiprocessing has forked."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        process = warm_context().Process(target=_serve, args=(arguments, options.get("env"), options.get("cwd")))
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


def _serve(arguments: list[str], environment: dict[str, str] | None, folder: str | None) -> None:
    """Be a kernel, in the place of a new Python process that would have been given these."""
    from ipykernel.kernelapp import launch_new_instance

    stand_alone()
    os.setsid()
    os.environ.update(environment or {})
    if folder:
        os.chdir(folder)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    launch_new_instance(argv=[*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])
