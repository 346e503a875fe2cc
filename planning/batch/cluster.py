"""The processes of a Dask cluster in place of this machine's own; the only module that knows Dask."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager

from planning.errors import PlanningError

WAIT = 10


class ClusterError(PlanningError):
    """A cluster cannot be reached or cannot be used."""


@contextmanager
def cluster(address: str) -> Iterator[tuple[Callable[[int], Executor], int]]:
    """What opens an executor on the cluster, and how many pieces to keep under way there. Raises ClusterError.

    Every worker must see the folders of the scenarios and of the results under the same paths, and run one thread.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise ClusterError("--cluster needs the package distributed; install the extra `cluster`") from None
    try:
        client = Client(address, timeout=WAIT)
    except (OSError, ValueError) as error:
        text = f"no cluster answers at {address} ({error or 'no answer'}); start its scheduler, or leave out --cluster"
        raise ClusterError(text) from None
    with client:
        threads = list(client.nthreads().values())
        if not threads:
            raise ClusterError(f"the cluster at {address} has no worker yet; start one: dask worker {address}")
        if max(threads) > 1:
            raise ClusterError(f"a worker at {address} runs {max(threads)} threads; start it with --nthreads 1")
        try:
            yield lambda jobs: client.get_executor(pure=False), 2 * len(threads)
        except (KilledWorker, CancelledError) as error:
            raise ClusterError(f"the cluster at {address} lost the work: {error}; look at its workers' logs") from error


@contextmanager
def shared(address: str | None, jobs: int) -> Iterator[tuple[Executor | None, int]]:
    """The executor of the cluster at an address and its processes; without an address None, and `jobs` as they are.

    Raises ClusterError.
    """
    if address is None:
        yield None, jobs
        return
    with cluster(address) as (opened, under_way), opened(under_way) as executor:
        yield executor, under_way // 2
