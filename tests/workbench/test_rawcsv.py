"""A CSV file that is written back as it was, byte for byte, but for what was changed."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.workbench.rawcsv import read_raw
from tests.servers import PROJECT

FILES = sorted((PROJECT / "scenarios").glob("*/data/*.csv")) + sorted((PROJECT / "tests").glob("**/data/*.csv"))


def rows(raw):
    return [(record, record.cells(len(raw.names))) for record in raw.records]


def test_every_shipped_table_is_written_back_as_it_was():
    assert len(FILES) > 40
    for file in FILES:
        content = Path(file).read_bytes()
        assert read_raw(content).written(rows(read_raw(content))) == content, file


CELL = st.text(st.sampled_from('ab ,;"\n\rđ.1'), max_size=4)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=6), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_file_is_read_as_python_reads_it_and_written_back(records, newline, quoted):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=newline, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL).writerows(
        [["one", "two", "three"], *records]
    )
    content = text.getvalue().encode()
    raw = read_raw(content)
    assert raw.written(rows(raw)) == content
    filled = [[cell.strip() for cell in record] for record in records if any(map(str.strip, record))]
    assert [list(cells) for _, cells in rows(raw)] == filled


@pytest.mark.parametrize(
    ("content", "place", "text", "expected"),
    [
        (b"a,b\r\n1,2\r\n3,4\r\n", (0, 1), "9", b"a,b\r\n1,9\r\n3,4\r\n"),
        (b"\xef\xbb\xbfa;b\n1; 2 \n\n3;4", (1, 0), "x;y", b'\xef\xbb\xbfa;b\n1; 2 \n\n"x;y";4'),
        (b'a,b\n"1","2"\n', (0, 0), "7", b'a,b\n"7","2"\n'),
        (b"a,b\n1\n", (0, 1), "2", b"a,b\n1,2\n"),
        (b"a,b\n1,2,,,\n", (0, 0), "7", b"a,b\n7,2,,,\n"),
    ],
)
def test_a_changed_cell_changes_nothing_else(content, place, text, expected):
    raw = read_raw(content)
    changed = [
        (record, tuple(text if (row, at) == place else cell for at, cell in enumerate(cells)))
        for row, (record, cells) in enumerate(rows(raw))
    ]
    assert raw.written(changed) == expected


def test_new_rows_take_the_line_end_of_the_file():
    raw = read_raw(b"a,b\r\n1,2")
    assert raw.written([*rows(raw), (None, ("3", 'say "x"')), (None, ("", ""))]) == b'a,b\r\n1,2\r\n3,"say ""x"""\r\n'
    assert read_raw(b"a,b").written([(None, ("1", "2"))]) == b"a,b\n1,2\n"
