"""What the commands of questions share: options that hold shares."""

from planning.errors import InputError, Problem
from planning.inputs.words import number
from planning.vocabulary import Text


def shares_of(option: str, text: str) -> tuple[float, ...]:
    """The shares between 0 and 1 that stand in an option, commas between them. Raises InputError."""
    shares = []
    for part in text.split(","):
        try:
            share = float(part)
        except ValueError:
            share = -1.0
        if not 0 < share < 1:
            raise InputError([Problem(option, _no_share(part.strip()))])
        shares.append(share)
    return tuple(sorted(set(shares)))


def one_share(option: str, text: str) -> float:
    """The one share that stands in an option. Raises InputError."""
    shares = shares_of(option, text)
    if len(shares) != 1:
        raise InputError([Problem(option, _several(text, len(shares)))])
    return shares[0]


def _no_share(text: str) -> Text:
    return Text(
        f"{text!r} không phải là tỷ lệ; hãy ghi các số lớn hơn 0 và nhỏ hơn 1, cách nhau bằng dấu phẩy, ví dụ "
        "0.001,0.01",
        f"{text!r} is not a share; write numbers above 0 and below 1 with commas, such as 0.001,0.01",
    )


def _several(text: str, count: int) -> Text:
    return Text(
        f"{text!r} có {number(count, 'vi')} tỷ lệ; hãy ghi một tỷ lệ, ví dụ 0.01",
        f"{text!r} holds {count} shares; give one, such as 0.01",
    )
