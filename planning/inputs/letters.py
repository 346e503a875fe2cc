"""Texts whose Vietnamese letters were lost when a file was saved or opened in another encoding.

- saved as ANSI, where a question mark takes the place of each letter unknown there: `Qu?n Ba ?ình`;
- UTF-8 that was read as Windows-1252: `Quáº­n Ba Ä\x90Ã¬nh`.

A question mark is one of these only where a word goes on after it; web addresses are left out. A text of the second
kind becomes Vietnamese when its bytes are read as UTF-8, which no Vietnamese text does.
"""

import re
import unicodedata
from collections.abc import Iterable

from planning.inputs.csvfile import SAVE_AS
from planning.vocabulary import Text

_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*", re.IGNORECASE)
_MARK = re.compile(r"\?+(?=([^\W\d_]))")
_BEFORE_A_WORD = {"", " ", "(", "-", '"', "'"}
_NEVER = re.compile("\ufffd|áº|Æ[°¡]|Ä[‘ƒ\x90]")
_PUNCTUATION = "“”‘’–—…»"  # may follow a letter such as Ã
_IN_1252 = frozenset(bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")) - {*_PUNCTUATION}
_VIETNAMESE = re.compile(r"[ -~àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ–—…“”‘’]+", re.IGNORECASE)


def without_letters(name: str, texts: Iterable[str]) -> dict[str, Text]:
    """Each text of a column that has lost its Vietnamese letters → the sentence that refuses it."""
    return {text: _refusal(name, text) for text in set(texts) if _lost(text)}


def _refusal(name: str, text: str) -> Text:
    said = Text(
        f"{name} '{text}' đã mất chữ tiếng Việt; hãy lấy lại từ bản gốc và ",
        f"{name} '{text}' has lost its Vietnamese letters; take it from the original again and ",
    )
    return said + SAVE_AS


def _lost(text: str) -> bool:
    if text.isascii() and "?" not in text:
        return False
    shown = _ADDRESS.sub(" ", text)
    return bool(_NEVER.search(shown)) or _marked(shown) or _misread(shown)


def _marked(text: str) -> bool:
    """Whether question marks stand within a word, or begin one."""
    for found in _MARK.finditer(text):
        before = text[: found.start()][-1:]
        if found[1].islower() or before.isupper() or before in _BEFORE_A_WORD:
            return True
    return False


def _misread(text: str) -> bool:
    """Whether the text is Vietnamese in UTF-8 that was read as Windows-1252.

    The second sign of an à looks like a space and may have become one, so that it alone proves nothing.
    """
    if not any(("\x80" <= sign <= "\xbf" and sign != "»") or sign in _IN_1252 for sign in text):
        return False
    if back := _read_back(text):
        return not back.isascii()
    return not _read_back(f"{text} ".replace("Ã ", "Ã\xa0").rstrip(" ")).replace("à", "").isascii()


def _read_back(text: str) -> str:
    """The Vietnamese text that the bytes were; nothing where they were none."""
    try:
        back = b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return ""
    return back if _VIETNAMESE.fullmatch(unicodedata.normalize("NFC", back)) else ""


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")
