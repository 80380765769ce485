"""Which sheet a decision was taken under, as the ledger cites it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetRef:
    """A sheet's id ("changsha/gates/2018-01-01"), its revision from 1, its text's digest."""

    id: str
    revision: int
    digest: str
