"""Marks of one person in a table, which no budget needs: identity numbers and telephone numbers.

Looked for in the text of every cell that is not a number, web addresses left out:

- citizen identity numbers: 12 digits that begin with a province code (001 to 096), also written in groups;
- older identity numbers: 9 digits in one piece, unless a unit such as đồng follows or they are part of a longer figure;
- any number of 6 digits or more right after the words CMND, CCCD, căn cước, định danh, hộ chiếu, ID card or passport;
- Vietnamese telephone numbers, mobile or landline, with 0, 84 or +84 in front.

Not looked for: names, dates of birth and addresses on their own, which nothing tells from names of places and agencies;
hotlines of three or four digits. Money is no such number where its thousands are grouped or its unit follows.
"""

import re
from collections.abc import Iterable

from planning.vocabulary import Text

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+", re.IGNORECASE)
_UNIT = (
    r"(?!\s*(?:đồng|đ\b|vnd|vnđ|₫|usd|triệu|nghìn|ngàn|tỷ|tỉ|người|trẻ|lượt|m2|m²|km|%|million|billion|thousand"
    r"|children|people))"
)
_ALONE = r"(?<![\w./,-])"
_END = r"(?![\w/-]|[.,]\d)"
_PROVINCE = r"0(?:0[1-9]|[1-8]\d|9[0-6])"
_DIALLED = r"\(?(?:\+84|84|0)\)?[ .-]?(?:[35789]\d|2\d{1,2})\)?(?:[ .-]?\d){7,8}"
_LABELLED = re.compile(
    r"\b(?:CMND|CMTND|CCCD|căn cước(?: công dân)?|định danh(?: cá nhân)?|hộ chiếu|chứng minh nhân dân|ID card|passport)"
    r"[^\d\n]{0,12}(?=(?:\w{0,2}\d[\d .]{5,}))",
    re.IGNORECASE,
)
_RUN = re.compile(r"\d[\d ._()-]{5}|[/@]|www\.", re.IGNORECASE)  # none is without it; an address may part such a run


def _refusal(kind_vi: str, kind_en: str) -> Text:
    return Text(
        f"ô có vẻ chứa {kind_vi} (không nhắc lại ở đây); bảng chỉ ghi số lượng, không ghi thông tin của cá nhân: hãy "
        "xóa số đó (nếu là số tiền, hãy tách nhóm hàng nghìn hoặc ghi đơn vị ở sau)",
        f"the text holds what looks like {kind_en} (not repeated here); tables hold counts and never one person: take "
        "it out (if it is money, group the thousands or write the unit after it)",
    )


_IDENTITY = _refusal("số giấy tờ tùy thân", "an identity number")
_TELEPHONE = _refusal("số điện thoại", "a telephone number")
_KINDS = (
    (_IDENTITY, _LABELLED),
    (_IDENTITY, re.compile(rf"{_ALONE}{_PROVINCE}([ .]?)\d{{3}}\1\d{{6}}{_END}{_UNIT}")),
    (_IDENTITY, re.compile(rf"{_ALONE}{_PROVINCE}([ .])\d{{3}}\1\d{{3}}\1\d{{3}}{_END}{_UNIT}")),
    (_IDENTITY, re.compile(rf"{_ALONE}\d{{9}}{_END}{_UNIT}")),
    (_TELEPHONE, re.compile(rf"(?<![\w/,-]){_DIALLED}{_END}{_UNIT}")),
)


def marks_of_a_person(texts: Iterable[str]) -> dict[str, Text]:
    """Each text that holds such a number → the sentence that refuses it; the number itself is not repeated."""
    return {text: refusal for text in set(texts) if (refusal := _found(text))}


def _found(text: str) -> Text | None:
    if not _RUN.search(text):
        return None
    shown = _ADDRESS.sub(" ", text).replace("_", " ")
    return next((refusal for refusal, pattern in _KINDS if pattern.search(shown)), None)
