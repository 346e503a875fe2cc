"""Work shared among processes, of which any may die: the others go on, and what a dead one held is tried once more.

Coded against `concurrent.futures.Executor`, so that the processes may also be those of a cluster.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import active_children, forkserver, get_context, parent_process
from multiprocessing.context import BaseContext
from pathlib import Path

WARM = "planning.batch.warm"
SCENARIOS = "PLANNING_WARM_SCENARIOS"  # in the environment: whose tables the warm process reads


def results[Piece, Value](
    pieces: Sequence[Piece], do: Callable[[Piece], Value], executor: Callable[[int], Executor], jobs: int
) -> Iterator[tuple[Piece, Value | Exception]]:
    """Each piece with what `do` gave or raised, as soon as it is there; `executor` opens one with so many processes.

    When a process dies, the pieces that were under way are done again one by one, each in a process of its own; the
    one that kills that too comes back with its BrokenExecutor.
    """
    left = deque(pieces)
    while left:
        under_way: dict[Future[Value], Piece] = {}
        held: list[Piece] = []
        with _opened(executor, jobs) as pool:
            while (left and not held) or under_way:
                while left and not held and len(under_way) < jobs:
                    piece = left.popleft()
                    try:
                        under_way[pool.submit(do, piece)] = piece
                    except BrokenExecutor:
                        held.append(piece)
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    piece, value = under_way.pop(future), _of(future)
                    if isinstance(value, BrokenExecutor):
                        held.append(piece)
                    else:
                        yield piece, value
        for piece in held:
            with _opened(executor, 1) as alone:
                yield piece, _of(alone.submit(do, piece))


def _of[Value](future: Future[Value]) -> Value | Exception:
    try:
        return future.result()
    except Exception as error:
        return error


@contextmanager
def _opened(executor: Callable[[int], Executor], jobs: int) -> Iterator[Executor]:
    """An executor that is closed at the end; when that comes early, its processes are ended, not waited for."""
    before = set(active_children())
    pool = executor(jobs)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(active_children()) - before:
            process.kill()
        raise
    pool.shutdown()


def processes(jobs: int) -> Executor:
    """Processes of this machine, forked from one that has loaded everything where the system can fork."""
    return ProcessPoolExecutor(jobs, warm_context(), stand_alone)


def warm_context() -> BaseContext:
    """The way that new processes are started: forked from a warm one, or from nothing where there is no fork."""
    if not hasattr(os, "fork"):
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([WARM])
    return context


def warm_up(scenarios: Iterable[Path]) -> None:
    """Start the warm process, which reads the tables of these scenario files, or of the first one in a folder.

    One that was started before goes on as it is.
    """
    os.environ[SCENARIOS] = os.pathsep.join(str(path.absolute()) for path in scenarios)
    if hasattr(os, "fork"):
        warm_context()
        forkserver.ensure_running()


def stand_alone() -> None:
    """A process that leaves Ctrl-C to its parent, and ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: object) -> None:
    parent.join()  # type: ignore[attr-defined]
    os._exit(1)
