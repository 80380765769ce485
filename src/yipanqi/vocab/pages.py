"""One page of a longer list, with the count of the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")
SIZE = 50
# Beyond this an offset is a scan, and a number from an address could be any size.
LAST = 100_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of page `number` (from 1), `total` rows in all."""

    rows: Sequence[Row]
    total: int
    number: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def following(self) -> int | None:
        """The next page's number, or None on the last."""
        return self.number + 1 if self.number < self.pages else None

    @property
    def preceding(self) -> int | None:
        """The number of the page before, or None on the first."""
        return self.number - 1 if self.number > 1 else None


def bounds(number: int, size: int = SIZE) -> slice:
    """The slice of page `number`, kept within reason."""
    first = (min(max(number, 1), LAST) - 1) * size
    return slice(first, first + size)
