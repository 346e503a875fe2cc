"""Long work loses nothing when it is stopped, and is the same however many processes share it."""

import json
import os
import signal
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest

from planning.insight.work import JournalError, WorkerError, carry_out
from tests.languages import vietnamese

PIECES = ["a", "b", "c", "d"]


class Counted:
    """Doubles a letter and counts how often it was asked."""

    def __init__(self, stop_at: str = "") -> None:
        self.asked: list[str] = []
        self.stop_at = stop_at

    def __call__(self, piece: str) -> str:
        if piece == self.stop_at:
            raise KeyboardInterrupt
        self.asked.append(piece)
        return piece * 2


def own_process(piece: str) -> list:
    return [piece, os.getpid()]


def killed(piece: str) -> str:
    if piece == "c":
        os.kill(os.getpid(), signal.SIGKILL)
    return piece


def test_values_stand_in_the_order_of_the_pieces():
    assert carry_out(PIECES, Counted(), key="k") == {"a": "aa", "b": "bb", "c": "cc", "d": "dd"}


def test_a_stopped_run_goes_on_where_it_was(tmp_path):
    journal = tmp_path / "deep" / "work.journal"
    with pytest.raises(KeyboardInterrupt):
        carry_out(PIECES, Counted(stop_at="c"), key="k", journal=journal)
    rest = Counted()
    assert list(carry_out(PIECES, rest, key="k", journal=journal).values()) == ["aa", "bb", "cc", "dd"]
    assert rest.asked == ["c", "d"]


def test_a_line_cut_off_by_a_kill_is_done_again(tmp_path):
    journal = tmp_path / "work.journal"
    carry_out(PIECES[:2], Counted(), key="k", journal=journal)
    with journal.open("ab") as file:
        file.write(b'{"key": "k", "piece": "c", "val')
    rest = Counted()
    carry_out(PIECES, rest, key="k", journal=journal)
    assert rest.asked == ["c", "d"]
    assert [json.loads(line)["piece"] for line in journal.read_text(encoding="utf-8").splitlines()] == PIECES


def test_a_journal_of_other_work_is_refused(tmp_path):
    journal = tmp_path / "work.journal"
    carry_out(PIECES, Counted(), key="k", journal=journal)
    with pytest.raises(JournalError, match="was left by other work") as other:
        carry_out(PIECES, Counted(), key="other", journal=journal)
    assert vietnamese(other.value) == (
        f"{journal} do công việc khác để lại: số liệu hoặc tùy chọn đã đổi từ đó; hãy xóa tệp để làm lại từ đầu, hoặc "
        "nêu thư mục khác"
    )
    journal.write_text("no journal\n", encoding="utf-8")
    with pytest.raises(JournalError, match="is not a journal of this work") as none:
        carry_out(PIECES, Counted(), key="k", journal=journal)
    assert vietnamese(none.value)


def test_whoever_watches_sees_every_piece():
    seen = []
    carry_out(PIECES, Counted(), key="k", watch=lambda done, total: seen.append((done, total)))
    assert seen == [(n, 4) for n in range(5)]


def test_processes_share_the_pieces(tmp_path):
    journal = tmp_path / "work.journal"
    found = carry_out(PIECES, own_process, key="k", journal=journal, jobs=2)
    assert list(found) == PIECES
    assert all(value[0] == piece and value[1] != os.getpid() for piece, value in found.items())
    assert len(journal.read_text(encoding="utf-8").splitlines()) == 4


def test_a_killed_process_keeps_what_the_others_did(tmp_path):
    journal = tmp_path / "work.journal"
    with pytest.raises(WorkerError, match="ended from outside") as ended:
        carry_out(["c", "a"], killed, key="k", journal=journal, jobs=2)
    assert vietnamese(ended.value) == (
        "một tiến trình đang làm việc bị ngắt từ bên ngoài, có thể vì thiếu bộ nhớ; hãy chạy lại với --jobs 1"
    )
    assert set(carry_out(["a", "b"], Counted(), key="k", journal=journal)) == {"a", "b"}


class Remembering:
    """Says in which process it is, and how many pieces this very object has met there."""

    def __init__(self) -> None:
        self.met = 0

    def __call__(self, piece: str) -> list:
        self.met += 1
        return [piece, os.getpid(), self.met]


def test_an_executor_takes_the_place_of_own_processes(tmp_path):
    pieces, seen = [str(i) for i in range(40)], []
    journal = tmp_path / "work.journal"
    with ProcessPoolExecutor(2, get_context("forkserver")) as executor:
        watch = seen.append
        options = {"journal": journal, "watch": lambda done, total: watch(done), "jobs": 2, "executor": executor}
        found = carry_out(pieces, Remembering(), key="k", **options)
    assert list(found) == pieces
    assert [piece for piece, _, _ in found.values()] == pieces
    assert seen == list(range(0, 41, 5))
    assert len(journal.read_text(encoding="utf-8").splitlines()) == 40
    by_process: dict[int, list[int]] = {}
    for _, process, met in found.values():
        by_process.setdefault(process, []).append(met)
    assert os.getpid() not in by_process
    assert all(sorted(met) == list(range(1, len(met) + 1)) for met in by_process.values())


def test_other_work_in_the_same_process_is_not_mistaken():
    with ThreadPoolExecutor(1) as executor:
        for _ in range(2):
            found = carry_out(["a"], Counted(), key="k", executor=executor)
            assert found == {"a": "aa"}
        assert carry_out(["a"], own_process, key="k", executor=executor) == {"a": ["a", os.getpid()]}


def test_no_more_is_under_way_than_keeps_every_process_busy():
    class Counting(ThreadPoolExecutor):
        most = 0

        def submit(self, *arguments, **options):
            type(self).most = max(self.most, self._work_queue.qsize() + 1)
            return super().submit(*arguments, **options)

    with Counting(1) as executor:
        carry_out([str(i) for i in range(5000)], Counted(), key="k", jobs=1, executor=executor)
    assert Counting.most <= 2


def test_an_executor_that_breaks_is_told_and_its_journal_kept(tmp_path):
    journal = tmp_path / "work.journal"
    with ProcessPoolExecutor(1, get_context("forkserver")) as executor, pytest.raises(WorkerError, match="ended from"):
        carry_out(["a", "b", "c", "d"], killed, key="k", journal=journal, jobs=1, executor=executor)
    assert set(carry_out(["a", "b"], Counted(), key="k", journal=journal)) == {"a", "b"}
