"""What a leader's list would bring before anything is saved: its rows, whom they mean, changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from yipanqi.delivery.desk.chains import partner_files, partner_matching, partner_reading
from yipanqi.delivery.desk.chains.partner_matching import Matches, Near
from yipanqi.delivery.desk.chains.partner_reading import Read, Said
from yipanqi.domain.industries import partner_lists
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.partner_kinds import PartnerKind
from yipanqi.domain.industries.services.partners import Known, Partner
from yipanqi.vocab.actors import Actor, home

if TYPE_CHECKING:
    from datetime import date

    from yipanqi.domain.industries.models import Chain

# A page with thousands of rows helps nobody; the counts are of all.
MOST_SHOWN = 200
# By number of row, the registry id the officer chose.
Choices = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Unsure:
    """A row whose enterprise is not certain, those it may mean, and the one chosen."""

    said: Said
    near: Sequence[Near]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Sure:
    """A row and the enterprise it certainly means."""

    said: Said
    known: Known


@dataclass(frozen=True, slots=True)
class Change:
    """How the enterprises differ from the list in force that this one would replace."""

    side: str
    as_of: "date"
    added: int
    kept: int
    gone: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows of a file, and whom they mean."""

    read: Read
    matches: Matches

    @property
    def sure(self) -> list[Sure]:
        """The first rows whose enterprise is certain."""
        certain = self.matches.certain
        rows = [row for row in self.read.rows if row.number in certain][:MOST_SHOWN]
        return [Sure(row, certain[row.number]) for row in rows]

    @property
    def unmatched(self) -> int:
        """How many rows are certain of nobody."""
        return len(self.read.rows) - len(self.matches.certain)

    def unsure(self, choices: Choices) -> list[Unsure]:
        """The first rows to decide on, those with near enterprises before those without."""
        rows = [row for row in self.read.rows if row.number not in self.matches.certain]
        rows.sort(key=lambda row: row.number not in self.matches.near)
        near = self.matches.near
        return [
            Unsure(row, near.get(row.number, ()), choices.get(row.number, ""))
            for row in rows[:MOST_SHOWN]
        ]

    def partners(self, choices: Choices) -> list[Partner]:
        """The rows to keep, each with the certain enterprise or the one chosen among the near."""
        return [
            Partner(
                number=row.number,
                kind=row.kind,
                name=row.name,
                code=row.code,
                product=row.product,
                link=row.link,
                year=row.year,
                note=row.note,
                known=self._known(row.number, choices),
            )
            for row in self.read.rows
        ]

    def changes(self, chain: "Chain", leader: str, *, seen_by: Actor) -> list[Change]:
        """What would change against the lists that the reader's unit keeps of this leader."""
        found = []
        for kind in PartnerKind:
            before = partner_lists.kept(
                chain.code, kind, partner_lists.leader_key(leader), home(seen_by)
            )
            fresh = self._firms(kind)
            if before is not None and fresh:
                old = partner_lists.firms(before)
                kept = len(fresh & old)
                gone, added = len(old) - kept, len(fresh) - kept
                found.append(Change(kind.label, before.as_of, added, kept, gone))
        return found

    def _firms(self, kind: PartnerKind) -> frozenset[str]:
        certain = self.matches.certain
        return frozenset(
            partner_lists.firm(row.name, certain[row.number].registry_id)
            if row.number in certain
            else partner_lists.firm(row.name)
            for row in self.read.rows
            if row.kind == kind
        )

    def _known(self, number: int, choices: Choices) -> Known | None:
        certain = self.matches.certain.get(number)
        return certain or self.matches.chosen(number, choices.get(number, ""))


def preview(path: Path, name: str, chain: "Chain") -> Preview:
    """What the file of that name says, matched to the registry. Raises partner_files.Unreadable."""
    links = {each.code: each.name for each in industries.links(chain)}
    read = partner_reading.read(partner_files.table(path, name), links)
    return Preview(read, partner_matching.matches(read.rows))
