"""Long work in pieces: shown as it goes, and stopped without losing what was computed."""

import hashlib
import json
import os
import pickle
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, ProcessPoolExecutor, as_completed, wait
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from planning.disk import on_disk, write_down
from planning.errors import PlanningError
from planning.vocabulary import Text

Watch = Callable[[int, int], None]
_PORTIONS, _LARGEST = 4, 500  # of an executor's work: portions for each process, pieces of one portion


class JournalError(PlanningError):
    """What an earlier run left behind cannot be read, or belongs to other inputs."""


class WorkerError(PlanningError):
    """A process that shared the work was ended before its time; what was computed is in the journal."""


_ENDED = Text(
    "một tiến trình đang làm việc bị ngắt từ bên ngoài, có thể vì thiếu bộ nhớ; hãy chạy lại với --jobs 1",
    "a working process was ended from outside, perhaps for want of memory; run again with --jobs 1",
)


def unwatched(done: int, total: int) -> None:
    """Nobody looks on."""


def carry_out[Value](
    pieces: Sequence[str],
    do: Callable[[str], Value],
    *,
    key: str,
    journal: Path | None = None,
    watch: Watch = unwatched,
    jobs: int = 1,
    executor: Executor | None = None,
) -> dict[str, Value]:
    """What `do` gives for each piece, in their order.

    With a journal each value (plain JSON) is written down as soon as it is there; a later call with the same key goes
    on where the last one stopped. `key` names all that the values depend on. With `jobs` above one, so many processes
    share the pieces; `do` is then sent to each of them once and must be picklable. An `executor`, such as that of a
    cluster with `jobs` processes, takes the place of this machine's own processes: `do` goes there compressed with each
    portion of the pieces, and a process keeps it from one portion to the next. Raises JournalError where the journal
    is that of other work, and WorkerError where a process was ended.
    """
    kept = _read(journal, key) if journal else {}
    missing = [piece for piece in pieces if piece not in kept]
    done = len(pieces) - len(missing)
    watch(done, len(pieces))
    found = _shared(missing, do, jobs, executor) if executor else _values(missing, do, min(jobs, len(missing)))
    for portion in found:
        kept |= portion
        if journal:
            _write(journal, key, portion)
        done += len(portion)
        watch(done, len(pieces))
    return {piece: kept[piece] for piece in pieces}


def _values[Value](pieces: Sequence[str], do: Callable[[str], Value], jobs: int) -> Iterator[dict[str, Value]]:
    """Each piece with its value as soon as it is there."""
    if jobs < 2:
        for piece in pieces:
            yield {piece: do(piece)}
        return
    pool = ProcessPoolExecutor(jobs, get_context("forkserver"), _begin, (do,))
    try:
        futures = {pool.submit(_one, piece): piece for piece in pieces}
        for future in as_completed(futures):
            yield {futures[future]: future.result()}
    except BrokenExecutor as error:
        raise WorkerError(_ENDED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _shared[Value](
    pieces: Sequence[str], do: Callable[[str], Value], jobs: int, executor: Executor
) -> Iterator[dict[str, Value]]:
    """Portions of the pieces with their values from an executor that knows nothing of `do`, which is sent along; no
    more is under way than keeps every process busy."""
    sent = zlib.compress(pickle.dumps(do), 1)
    size = min(max(-(-len(pieces) // (_PORTIONS * jobs)), 1), _LARGEST)
    left = deque(pieces[i : i + size] for i in range(0, len(pieces), size))
    under_way = set()
    try:
        while left or under_way:
            while left and len(under_way) < 2 * jobs:
                under_way.add(executor.submit(_many, sent, left.popleft()))
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BrokenExecutor as error:
        raise WorkerError(_ENDED) from error
    finally:
        for future in under_way:
            future.cancel()


_here: dict[str, Callable] = {}


def _begin(do: Callable) -> None:
    _here["do"] = do


def _one(piece: str) -> object:
    return _here["do"](piece)


def _many(sent: bytes, pieces: Sequence[str]) -> dict[str, object]:
    """A portion in a process that may have met `sent` before: live models in it are then used again."""
    name = hashlib.sha256(sent).hexdigest()
    if name not in _here:
        _here.clear()
        _here[name] = pickle.loads(zlib.decompress(sent))
    return {piece: _here[name](piece) for piece in pieces}


def _read(journal: Path, key: str) -> dict[str, Any]:
    """The values kept so far; a line that was cut off in the middle is taken out of the file."""
    if not journal.exists():
        return {}
    data = journal.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    kept = {}
    for line in whole.splitlines():
        try:
            entry = json.loads(line)
            found, piece, value = entry["key"], entry["piece"], entry["value"]
        except (ValueError, KeyError, TypeError):
            raise JournalError(_no_journal(journal)) from None
        if found != key:
            raise JournalError(_other_work(journal))
        kept[piece] = value
    if len(whole) < len(data):
        with on_disk(journal):
            write_down(journal, whole)
    return kept


def _no_journal(path: Path) -> Text:
    return Text(
        f"{path} không phải là tệp tiến độ của công việc này; hãy xóa tệp hoặc nêu thư mục khác",
        f"{path} is not a journal of this work; delete it or name another folder",
    )


def _other_work(journal: Path) -> Text:
    return Text(
        f"{journal} do công việc khác để lại: số liệu hoặc tùy chọn đã đổi từ đó; hãy xóa tệp để làm lại từ đầu, hoặc "
        "nêu thư mục khác",
        f"{journal} was left by other work: the inputs or the options have changed since; delete it to begin anew, or "
        "name another folder",
    )


def _write(journal: Path, key: str, portion: Mapping[str, object]) -> None:
    entries = ({"key": key, "piece": piece, "value": value} for piece, value in portion.items())
    lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
    with on_disk(journal):
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("ab") as file:
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())
