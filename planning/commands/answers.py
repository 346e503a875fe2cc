"""What the commands of questions share: options that hold shares."""

from planning.errors import InputError, Problem


def shares_of(option: str, text: str) -> tuple[float, ...]:
    """The shares between 0 and 1 that stand in an option, commas between them. Raises InputError."""
    shares = []
    for part in text.split(","):
        try:
            share = float(part)
        except ValueError:
            share = -1.0
        if not 0 < share < 1:
            said = f"{part.strip()!r} is not a share; write numbers above 0 and below 1 with commas, such as 0.001,0.01"
            raise InputError([Problem(option, said)])
        shares.append(share)
    return tuple(sorted(set(shares)))


def one_share(option: str, text: str) -> float:
    """The one share that stands in an option. Raises InputError."""
    shares = shares_of(option, text)
    if len(shares) != 1:
        raise InputError([Problem(option, f"{text!r} holds {len(shares)} shares; give one, such as 0.01")])
    return shares[0]
