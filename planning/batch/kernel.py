"""The kernel that notebooks run in: the Python that runs us, whatever other kernels a machine has."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop
from traitlets import default


def closing_loop[T](run: Callable[[], T]) -> T:
    """What `run` returns; the event loop that Jupyter opens for it, and would leave open, is closed behind it.

    What a stopped run leaves unfinished in the loop is cancelled without a word.
    """

    def inside() -> T:
        try:
            return run()
        finally:
            loop = ensure_event_loop()
            loop.set_exception_handler(lambda loop, context: None)
            left = asyncio.all_tasks(loop)
            for task in left:
                task.cancel()
            loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
            loop.close()

    return copy_context().run(inside)


class OwnKernel(AsyncKernelManager):
    """A kernel of this interpreter and this environment; kernels that a user has installed are not looked at."""

    @default("kernel_spec_manager")
    def _without_installed_kernels(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[], parent=self)
