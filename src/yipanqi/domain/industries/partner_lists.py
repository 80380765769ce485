"""What leaders' lists state: who supplies them and buys from them, as far as a reader may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet

from yipanqi.domain.industries import queries
from yipanqi.domain.industries.models import Chain
from yipanqi.domain.industries.partner_kinds import ListState, PartnerKind
from yipanqi.domain.industries.stated import PartnerList, PartnerRow
from yipanqi.domain.people import queries as people
from yipanqi.vocab import names
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page, bounds

# Where a stated enterprise stands: elsewhere, in the city, or not known.
OUTSIDE, HERE, UNMATCHED = "outside", "here", "unmatched"
KINDS: Mapping[str, str] = dict(PartnerKind.choices)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the stated enterprises of a chain are narrowed; empty means no matter."""

    kind: str = ""  # supply | purchase
    link: str = ""
    leader: str = ""
    where: str = ""  # outside | here | unmatched
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """One enterprise with every row that names it, the newest list first."""

    rows: tuple[PartnerRow, ...]

    @property
    def first(self) -> PartnerRow:
        """The row whose name and place are shown."""
        return self.rows[0]


def may_keep(chain: Chain, actor: Actor) -> bool:
    """Whether this person applies and undoes lists of this very chain."""
    return actor.may("chains.partners") and people.reaches(actor, queries.scope(chain))


def lists(chain: str, *, seen_by: Actor) -> list[PartnerList]:
    """The lists of a chain this person may see, those undone and replaced too, newest first."""
    rows = PartnerList.objects.filter(people.visible(seen_by), chain=chain)
    return list(rows.select_related("unit", "applied_by", "undone_by", "replaced_by"))


def find(public_id: str, *, seen_by: Actor) -> PartnerList | None:
    """One list, or None when there is none for this person."""
    rows = PartnerList.objects.filter(people.visible(seen_by), public_id=public_id)
    return rows.select_related("unit", "applied_by", "undone_by").first()


def page_of(found: PartnerList, page: int = 1) -> Page[PartnerRow]:
    """A page of a list's rows in the order of its file."""
    rows = found.rows.order_by("number")
    return Page(list(rows[bounds(page)]), found.row_count, page)


def leader_key(leader: str) -> str:
    """What makes two ways of writing a leader's name the same."""
    return names.key(leader)[:200]


def firm(name: str, registry_id: str = "") -> str:
    """What makes two rows speak of one enterprise: its registry id, else its name."""
    return registry_id or f"?{names.key(name)[:200]}"


def row(found: PartnerList, number: int) -> PartnerRow | None:
    """The row of that number in its file, or None."""
    return found.rows.select_related("of").filter(number=number).first()


def firms(found: PartnerList | None) -> frozenset[str]:
    """The enterprises a list names, as `firm` gives them; none for no list."""
    return frozenset(found.rows.values_list("firm", flat=True)) if found else frozenset()


def in_force(chain: str | OuterRef, *, seen_by: Actor) -> QuerySet[PartnerRow]:
    """Every row of the lists in force of a chain that this person may see."""
    seen = people.visible(seen_by, path="of__unit__path", label="of__label", chain="of__chain")
    rows = PartnerRow.objects.filter(seen, of__chain=chain, of__state=ListState.IN_FORCE)
    return rows.select_related("of")


def stated(chain: str, wanted: Wanted, *, seen_by: Actor, page: int = 1) -> Page[Stated]:
    """A page of the enterprises that the lists in force name, by name."""
    rows = _narrowed(in_force(chain, seen_by=seen_by), wanted)
    firms = rows.order_by("firm").values_list("firm", flat=True).distinct()
    shown = list(firms[bounds(page)])
    by_firm: dict[str, list[PartnerRow]] = {firm: [] for firm in shown}
    for row in rows.filter(firm__in=shown).order_by("-of__as_of", "-of_id", "number"):
        by_firm[row.firm].append(row)
    return Page([Stated(tuple(told)) for told in by_firm.values()], firms.count(), page)


def leaders(chain: str, *, seen_by: Actor) -> list[str]:
    """The leaders whose lists are in force, by name."""
    rows = in_force(chain, seen_by=seen_by).order_by("of__leader")
    return list(rows.values_list("of__leader", flat=True).distinct())


def of_each(
    chain: str, registry_ids: Iterable[str], *, seen_by: Actor
) -> dict[str, list[PartnerRow]]:
    """The rows in force that mean each enterprise, by registry id, the newest list first."""
    told: dict[str, list[PartnerRow]] = {}
    asked = in_force(chain, seen_by=seen_by).filter(registry_id__in=set(registry_ids) - {""})
    for row in asked.order_by("-of__as_of", "-of_id", "number"):
        told.setdefault(row.registry_id, []).append(row)
    return told


def of_link(chain: str, link: str, *, seen_by: Actor, most: int = 10) -> Page[PartnerRow]:
    """The first rows in force that state this link, enterprises elsewhere first, by name."""
    rows = in_force(chain, seen_by=seen_by).filter(link=link)
    first = rows.order_by(F("is_here").asc(nulls_last=True), "name", "id")[:most]
    return Page(list(first), rows.count(), 1, most)


def kept(chain: str, kind: str, leader_key: str, unit_id: int) -> PartnerList | None:
    """The list in force of this leader and kind that the unit keeps, or None."""
    rows = PartnerList.objects.filter(chain=chain, kind=kind, leader_key=leader_key)
    return rows.filter(unit_id=unit_id, state=ListState.IN_FORCE).first()


def _narrowed(rows: QuerySet[PartnerRow], wanted: Wanted) -> QuerySet[PartnerRow]:
    plain = {"of__kind": wanted.kind, "link": wanted.link, "of__leader": wanted.leader}
    rows = rows.filter(**{column: value for column, value in plain.items() if value})
    places = {
        OUTSIDE: Q(is_here=False),
        HERE: Q(is_here=True),
        UNMATCHED: Q(registry_id=""),
    }
    if wanted.where in places:
        rows = rows.filter(places[wanted.where])
    if wanted.text:
        named = Q(name__icontains=wanted.text) | Q(registered_name__icontains=wanted.text)
        rows = rows.filter(named | Q(product__icontains=wanted.text))
    return rows
