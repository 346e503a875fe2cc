"""From files to a case: what it holds, and how fast."""

import hashlib
import pickle
import time
from pathlib import Path

import numpy as np
import pytest

from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.case import Case
from tests.edits import cell, child, without


def test_the_arrays_of_the_toy_by_hand(toy: Case) -> None:
    assert toy.shape == (2, 2, 2)
    assert list(toy.remote) == [False, True]
    assert list(toy.children) == [1000, 200]
    assert list(toy.capital) == [False, True]
    assert toy.need[:, :, 1].tolist() == [[400, 4], [100, 2]]
    assert toy.unit_cost[:, :, 0].tolist() == [[1, 100], [2, 150]]
    assert toy.band_share.tolist() == [[0.5, 0.5], [1, 0]]
    assert toy.band_effect.tolist() == [[1, 0.5], [1, 0]]
    assert toy.ceiling[:, 0].tolist() == [400, 80, 20, 50]
    assert toy.carry_over[:, 0].tolist() == [0.5, 0, 0, 1]
    assert toy.eligible.sum(axis=(1, 2)).tolist() == [4, 2, 1]
    assert toy.baseline.tolist() == [[160, 100], [60, 30]]


def test_needs_by_year(folder: Path) -> None:
    cell("needs", 2, "year", 2026)(folder)
    path = folder / "data" / "needs.csv"
    path.write_text(path.read_text(encoding="utf-8") + "near,lessons,2027,300,toy,assumed,\n", encoding="utf-8")
    assert load_case(folder / "base.yaml").need[0, 0].tolist() == [400, 300]


def test_hashes_of_every_file(folder: Path) -> None:
    child("")(folder)
    case = load_case(folder / "child.yaml")
    assert list(case.hashes)[:3] == ["base.yaml", "child.yaml", "data/classes.csv"]
    assert len(case.hashes) == 2 + 11
    for name, digest in case.hashes.items():
        assert digest == hashlib.sha256((folder / name).read_bytes()).hexdigest()


def test_hashes_leave_out_an_absent_table(folder: Path) -> None:
    without("data/fund_shares.csv")(folder)
    case = load_case(folder / "base.yaml")
    assert "data/fund_shares.csv" not in case.hashes
    assert case.ceiling[:, 0].tolist() == [400, 100, 50]


def test_a_case_and_its_refusal_travel_to_other_processes(folder: Path) -> None:
    case = pickle.loads(pickle.dumps(load_case(folder / "base.yaml")))
    np.testing.assert_array_equal(case.need, load_case(folder / "base.yaml").need)
    without("data/needs.csv")(folder)
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


def test_a_case_of_126_areas_loads_at_once() -> None:
    """About 0.1 s where nothing else runs; the limit leaves room for a busy machine."""
    path = Path(__file__).parents[2] / "scenarios" / "hanoi-communes-2026" / "base.yaml"
    assert load_case(path).shape[:2] == (126, 19)
    begin = time.process_time()
    load_case(path)
    assert time.process_time() - begin < 0.5
