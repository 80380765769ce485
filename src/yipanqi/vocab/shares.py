"""Shares of one whole: exact fractions that sum to 1, and whole numbers split by them."""

from collections.abc import Sequence
from fractions import Fraction


class NotWhole(ValueError):
    """The parts do not make one whole; the message says by how much."""


def fractions(parts: Sequence[int]) -> tuple[Fraction, ...]:
    """The parts of a ratio such as 5:5 or 4:4:2 as exact shares; they sum to 1.

    Raises NotWhole where a part is not positive: a party with no share is no party.
    """
    if not parts or any(part <= 0 for part in parts):
        raise NotWhole("每一方的份额都应大于零，如 5:5 或 4:4:2")
    whole = sum(parts)
    return tuple(Fraction(part, whole) for part in parts)


def split(total: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """The total split by the shares into whole numbers that sum to it, to the cent or the count.

    By largest remainder: each gets the floor of its exact part, and what is left goes one by one to
    the largest remainders, the earlier share first among equals. A negative total is split as its
    mirror image, so that taking back undoes giving. Raises NotWhole unless the shares sum to 1.
    """
    if any(share < 0 for share in shares) or sum(shares) != 1:
        raise NotWhole(f"份额之和应为 1，现在是 {sum(shares)}")
    if total < 0:
        return tuple(-part for part in split(-total, shares))
    exact = [total * share for share in shares]
    parts = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda at: parts[at] - exact[at])
    for at in by_remainder[: total - sum(parts)]:
        parts[at] += 1
    return tuple(parts)
