"""The processes of a Dask cluster in place of this machine's own; the only module that knows Dask."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager

from planning.errors import PlanningError
from planning.vocabulary import Text

WAIT = 10
_NO_PACKAGE = Text(
    "--cluster cần gói distributed; hãy cài gói mở rộng `cluster`",
    "--cluster needs the package distributed; install the extra `cluster`",
)


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
        raise ClusterError(_NO_PACKAGE) from None
    try:
        client = Client(address, timeout=WAIT)
    except (OSError, ValueError) as error:
        raise ClusterError(_no_answer(address, error)) from None
    with client:
        threads = list(client.nthreads().values())
        if not threads:
            raise ClusterError(_no_worker(address))
        if max(threads) > 1:
            raise ClusterError(_threads(address, max(threads)))
        try:
            yield lambda jobs: client.get_executor(pure=False), 2 * len(threads)
        except (KilledWorker, CancelledError) as error:
            raise ClusterError(_lost(address, error)) from error


def _no_answer(address: str, error: Exception) -> Text:
    return Text(
        f"không có cụm máy nào trả lời ở {address} ({str(error) or 'không trả lời'}); hãy khởi động bộ điều phối của "
        "cụm, hoặc bỏ --cluster",
        f"no cluster answers at {address} ({str(error) or 'no answer'}); start its scheduler, or leave out --cluster",
    )


def _no_worker(address: str) -> Text:
    return Text(
        f"cụm máy ở {address} chưa có tiến trình làm việc nào; hãy khởi động một tiến trình: dask worker {address}",
        f"the cluster at {address} has no worker yet; start one: dask worker {address}",
    )


def _threads(address: str, threads: int) -> Text:
    return Text(
        f"một tiến trình làm việc ở {address} chạy {threads} luồng; hãy khởi động nó với --nthreads 1",
        f"a worker at {address} runs {threads} threads; start it with --nthreads 1",
    )


def _lost(address: str, error: Exception) -> Text:
    return Text(
        f"cụm máy ở {address} đã làm mất công việc: {error}; hãy xem nhật ký của các tiến trình làm việc",
        f"the cluster at {address} lost the work: {error}; look at its workers' logs",
    )


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
