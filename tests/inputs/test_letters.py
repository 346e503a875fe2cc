"""Vietnamese letters that were lost are refused, and Vietnamese is never taken for such a text."""

import csv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planning.inputs.letters import without_letters
from tests.scenarios.shipped import SCENARIOS

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
NAMES = ["Quận Ba Đình", "Hà Nội", "Đông Anh", "Thạch Thất", "Mỹ Đức", "Chương Mỹ", "QUẬN BA ĐÌNH", "Xã Ô Diên"]
LOST = [
    "Qu?n Ba ?ình",
    "?ông Anh",
    "QU?N BA ?ÌNH",
    "M? ??c",
    "S? Y t? Hoàn Ki?m, xem https://example.org/?a=1",
    "Quáº­n",
    "Ä\x90Ã¬nh",
    "HÃ Ná»™i",
    "HoÃ\xa0ng Mai",
    "TrÃ\xa0",
    "Ba \ufffd\ufffdình",
]
SOUND = [
    "Vì sao?",
    "Vì sao? Ở đâu ?",
    "Chưa rõ (?)",
    "Vì sao?Ở đâu?",
    "100 ? 200",
    "https://example.org/?a=b",
    "example.org@x?y",
    "XÃ",
    "XÃ”",
    "“XÃ”",
    "XÃ…",
    "XÃ – PHƯỜNG",
    "«phá»",
    "Hà Tây, Tây Hồ",
    "",
]


def lost(text: str) -> bool:
    return bool(without_letters("name_vi", [text]))


@pytest.mark.parametrize("text", LOST)
def test_a_text_without_its_letters_is_refused(text: str) -> None:
    refusal = without_letters("name_vi", [text])[text]
    assert refusal.vi.startswith(f"name_vi '{text}' đã mất chữ tiếng Việt; hãy lấy lại từ bản gốc và lưu lại")
    assert refusal.en.startswith(f"name_vi '{text}' has lost its Vietnamese letters; take it from the original again")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_was_read_in_another_encoding_is_refused(name: str) -> None:
    as_it_shows = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in name.encode())
    assert lost(as_it_shows)
    saved = name.encode("cp1252", "replace").decode("cp1252")
    assert lost(saved) == ("?" in saved)


@pytest.mark.parametrize("text", SOUND)
def test_what_is_as_it_was_written_is_let_through(text: str) -> None:
    assert not lost(text)


@given(
    st.lists(st.text(LETTERS + LETTERS.upper() + "0", min_size=1), min_size=1), st.sampled_from(["", "?", " ?", "."])
)
@example(["XÃ"], "")
def test_vietnamese_words_are_let_through(words: list[str], end: str) -> None:
    assert not lost(" ".join(words) + end)


def test_every_shipped_text_is_let_through() -> None:
    files = sorted(SCENARIOS.glob("*/data/*.csv"))
    assert files
    for file in files:
        with file.open(encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                texts = [text for name, text in row.items() if name.endswith("_vi")]
                assert without_letters("", texts) == {}, file
