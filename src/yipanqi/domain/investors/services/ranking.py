"""Noting an enterprise's place on a list of 500, one by one or from an operator's whole list."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from yipanqi.domain.investors import events, kinds, queries
from yipanqi.domain.investors.models import Enterprise, ListMembership
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import refuse_state_secrets

# Fortune's first list of the world's largest companies came out in 1955; none is older.
FIRST_YEAR = 1955
LOWEST_RANK = 500


@dataclass(frozen=True, slots=True)
class Rank:
    """A place on a list; `rank` None where the list is known but the place is not."""

    roll: str
    year: int
    source: str
    rank: int | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """What came of a whole list: how many were new, changed, as before; who is not registered."""

    new: int
    changed: int
    same: int
    strangers: tuple[str, ...]


@transaction.atomic
def rank(enterprise: Enterprise, place: Rank, *, by: Actor) -> ListMembership:
    """The enterprise's place for that year, noted or corrected. Raises Incomplete."""
    require(by, "investors.register", doing="登记榜单名次")
    check(place)
    return _noted(enterprise, place, by)[0]


@transaction.atomic
def rank_many(
    rows: Iterable[tuple[str | None, str, Rank]], *, by: Actor, is_trial: bool = False
) -> Ranked:
    """Note every registered enterprise of a list of (code, name, place); others are only named.

    A trial counts and changes nothing. Raises Incomplete for a place that cannot be.
    """
    require(by, "investors.register", doing="登记榜单名次")
    listed = list(rows)
    for _, _, place in listed:
        check(place)
    found = queries.same_of_each((code, name) for code, name, _ in listed)
    counts = {"new": 0, "changed": 0, "same": 0}
    strangers = []
    for (_, name, place), enterprise in zip(listed, found, strict=True):
        if enterprise is None:
            strangers.append(name)
        else:
            counts[_noted(enterprise, place, by)[1]] += 1
    if is_trial:
        transaction.set_rollback(True)
    return Ranked(**counts, strangers=tuple(strangers))


@transaction.atomic
def unrank(listing: ListMembership, *, because: str, by: Actor) -> None:
    """Take back a place that was noted in error. Raises Incomplete."""
    require(by, "investors.register", doing="撤回榜单名次")
    if not because.strip():
        raise Incomplete("请写明撤回原因，如“同名企业”")
    refuse_state_secrets(because)
    event = events.Unranked(
        subject=f"investors/{listing.enterprise.public_id}",
        roll=kinds.ROLLS[listing.roll],
        year=listing.year,
        because=because.strip()[:200],
    )
    entries.record(event, by=by, scope=queries.common_scope(listing.enterprise))
    listing.delete()


def check(place: Rank) -> None:
    """Nothing for a place that can be. Raises Incomplete, which names the field and remedy."""
    refuse_state_secrets(place.source)
    if place.roll not in kinds.ROLLS:
        raise Incomplete(f"榜单未选；可选：{'、'.join(kinds.ROLLS.values())}")
    this_year = clock.today().year
    if not FIRST_YEAR <= place.year <= this_year:
        raise Incomplete(f"年份应在 {FIRST_YEAR} 与 {this_year} 之间，现在是 {place.year}")
    if place.rank is not None and not 1 <= place.rank <= LOWEST_RANK:
        raise Incomplete(f"名次应在 1 与 {LOWEST_RANK} 之间，现在是 {place.rank}；不知道可不填")
    if not place.source.strip():
        raise Incomplete("来源未填；请写明榜单的发布单位和日期")


def _noted(enterprise: Enterprise, place: Rank, by: Actor) -> tuple[ListMembership, str]:
    source = place.source.strip()[:200]
    listing, is_new = ListMembership.objects.get_or_create(
        enterprise=enterprise,
        roll=place.roll,
        year=place.year,
        defaults={
            "rank": place.rank,
            "source": source,
            "unit_id": by.unit_id,
            "created_at": clock.now(),
        },
    )
    if not is_new and (listing.rank, listing.source) == (place.rank, source):
        return listing, "same"
    if not is_new:
        listing.rank, listing.source = place.rank, source
        listing.save(update_fields=["rank", "source"])
    event = events.Ranked(
        subject=f"investors/{enterprise.public_id}",
        roll=kinds.ROLLS[place.roll],
        year=place.year,
        rank=place.rank,
        source=source,
    )
    entries.record(event, by=by, scope=queries.common_scope(enterprise))
    return listing, "new" if is_new else "changed"
