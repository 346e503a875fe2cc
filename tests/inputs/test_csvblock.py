"""A file that is read by whole columns says what it says read record by record."""

import random

import pytest

from planning.inputs import csvfile
from planning.inputs.csvblock import Cells, read_block
from planning.inputs.tables import read_table
from planning.vocabulary import TABLES

HEAD = "area,programme,year,need,source,status,note\n"
PIECES = ["a", "b c", "12.5", "é", " ", "", ",", ",", ",", '"', '""', '"x,y"', '"two\nlines"', "\n", "\n", "\r\n", "\r"]
ROWS = [["hill", "pools", "all", "2", '"toy, made up"', "assumed", ""] for _ in range(3)]


def both(monkeypatch, text: str) -> list:
    """What is read by columns wherever that can be, and what is read by records."""
    found = []
    for large in (-1, 10**9):
        monkeypatch.setattr(csvfile, "LARGE", large)
        sheet, problems = csvfile.read_sheet(text.encode(), TABLES["needs"], "data/needs.csv")
        cells = sheet and {name: list(column) for name, column in sheet.cells.items()}
        found.append((cells, sheet and list(sheet.rows), sheet and sheet.semicolon, problems))
    return found


@pytest.mark.parametrize("seed", range(20))
def test_whatever_stands_in_a_file_is_read_alike(monkeypatch, seed):
    random_ = random.Random(seed)
    for _ in range(50):
        rows = [list(row) for row in ROWS]
        for _ in range(random_.randrange(4)):
            random_.choice(rows)[random_.randrange(7)] = "".join(random_.choices(PIECES, k=random_.randrange(4)))
        by_columns, by_records = both(monkeypatch, HEAD + "\n".join(map(",".join, rows)))
        assert by_columns == by_records


@pytest.mark.parametrize(
    "text",
    [
        'hill,pools,all,2,"a, b\nc",assumed,\n,,,,,,\n , ,,,,,\nnear,pools,all,3,,assumed,',
        "hill,pools,all,2,\u1ebf,assumed,\r\n near ,pools\u00a0,all,3,e\u0302\u0301,assumed,\r\n",
    ],
)
def test_common_forms_are_read_by_columns(text):
    assert read_block(HEAD + text, ",", 7) is not None


@pytest.mark.parametrize("text", ['a,"b', 'a,b"c', 'a,"b""c"', 'a,"b"c', "a", "a,b,c", 'a, "b"', 'a,","b,c"'])
def test_what_only_a_reader_of_records_can_judge_is_left_to_it(text):
    assert read_block("one,two\n" + text + "\n", ",", 2) is None


def test_a_large_table_is_that_of_its_records(monkeypatch):
    rows = "".join(f'place_{at},pools,all,{at % 7}.{at % 100},"a, {at % 3}",assumed,\n' for at in range(3000))
    content = (HEAD + rows).encode()
    by_columns, problems = read_table(content, TABLES["needs"], "")
    monkeypatch.setattr(csvfile, "LARGE", len(content) + 1)
    by_records, _ = read_table(content, TABLES["needs"], "")
    assert problems == []
    assert by_columns.equals(by_records)
    assert by_columns.index.tolist() == list(range(2, 3002))


def test_cells_are_a_sequence_of_texts():
    cells = Cells.of(["x", "", "x"])
    assert (list(cells), len(cells), cells[2], cells.distinct) == (["x", "", "x"], 3, "x", ["x", ""])
