"""The kernel that notebooks run in: the Python that runs us, whatever other kernels a machine has."""

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class OwnKernel(AsyncKernelManager):
    """A kernel of this interpreter and this environment; kernels that a user has installed are not looked at."""

    @default("kernel_spec_manager")
    def _without_installed_kernels(self) -> KernelSpecManager:
        return KernelSpecManager(kernel_dirs=[], parent=self)
