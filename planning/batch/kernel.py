"""The kernel that notebooks run in: the Python that runs us, whatever other kernels a machine has."""

from collections.abc import Callable
from contextvars import copy_context

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from traitlets import default


def closing_loop[T](run: Callable[[], T]) -> T:
    """What `run` returns; the event loop that Jupyter opens for it, and would leave open, is closed behind it."""

    def inside() -> T:
        try:
            return run()
        finally:
            ensure_event_loop().close()

    return copy_context().run(inside)


class OwnKernel(AsyncKernelManager):
    """A kernel of this interpreter and this environment; kernels that a user has installed are not looked at."""

    @default("kernel_spec_manager")
    def _without_installed_kernels(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[], parent=self)
