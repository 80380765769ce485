"""Lists of targets as officers work through them: narrowed, and who is known to live told apart."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from yipanqi.domain.industries import partner_lists
from yipanqi.domain.investors import knowledge
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.people import queries as people
from yipanqi.domain.studies.models import Study, Target
from yipanqi.domain.studies.told import Check, Outcome, Response
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page, bounds

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

ALIVE, CEASED, UNKNOWN, ALL = "alive", "ceased", "unknown", "all"
# What may be asked of the dealings with a target.
UNTOUCHED, TOUCHED = "none", "any"
# What may be asked of where it comes from: a list of 500, a tie with Hunan (湘商), its group there,
# a list of a leader's suppliers or purchasers.
RANKED, TIED, GROUP_IN_HUNAN, PARTNER = "ranked", "tied", "group_in_hunan", "partner"
CONTACTS = (UNTOUCHED, TOUCHED, Outcome.REFUSED.value, Outcome.LANDED.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list is narrowed; empty means no matter, for `existence` the standard of the city."""

    link: str = ""
    province: str = ""
    kind: str = ""
    size: str = ""
    contact: str = ""  # of CONTACTS
    tie: str = ""  # ranked | tied | group_in_hunan | partner
    existence: str = ""  # alive | unknown | ceased | all
    order: str = ""  # partner: those on leaders' lists first; empty: by score


@dataclass(frozen=True, slots=True)
class Life:
    """Whether an enterprise lives as far as known, the last sign of it, and the officer's look."""

    state: str
    on: date | None
    check: Check | None
    # What kind of sign, in the source's own word; empty where unknown or where it is the look.
    kind: str = ""

    @property
    def is_look(self) -> bool:
        """Whether the last sign is the officer's own look."""
        return self.check is not None and self.check.checked_on == self.on


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, and how many of each state of life stand behind the other filters."""

    page: Page[Target]
    lives: Mapping[str, int]


def standard(study: Study, *, is_demo: bool) -> str:
    """Which a list shows when nothing is asked: in a live city only those known to live."""
    return ALL if study.synthetic or is_demo else ALIVE


def listing(study: Study, wanted: Wanted, *, seen_by: Actor, page: int = 1) -> Listing:
    """A page of targets, best first; `wanted.existence` empty shows all."""
    rows = _living(_narrowed(study.targets.all(), wanted, seen_by))
    counted = rows.order_by().values_list("life").annotate(Count("id"))
    lives: dict[str, int] = dict(counted)
    shown = rows
    if wanted.existence in (ALIVE, CEASED, UNKNOWN):
        shown = rows.filter(life=wanted.existence)
    total = sum(n for life, n in lives.items() if wanted.existence in ("", ALL, life))
    order = ("rank",) if wanted.link else ("-score", "link", "rank")
    if wanted.order == PARTNER:
        shown = shown.annotate(is_named=_named(seen_by))
        order = ("-is_named", *order)
    found = list(shown.select_related("study").order_by(*order)[bounds(page)])
    return Listing(Page(found, total, page), lives)


@dataclass(frozen=True, slots=True)
class Present:
    """What the targets of a study have to choose from: provinces the most frequent first.

    Of each kind of investment and each size how many there are, whatever else is asked.
    """

    provinces: tuple[str, ...]
    kinds: Mapping[str, int]
    sizes: Mapping[str, int]


def present(study: Study) -> Present:
    """The provinces, kinds of investment and sizes of a study's targets."""
    rows = study.targets.order_by().values_list("province", "kind", "size").annotate(Count("id"))
    provinces, kinds, sizes = Counter[str](), Counter[str](), Counter[str]()
    for province, kind, size, number in rows:
        provinces[province] += number
        kinds[kind] += number
        sizes[size] += number
    ordered = sorted(provinces.items(), key=lambda each: (-each[1], each[0]))
    named = tuple(province for province, _ in ordered if province)
    return Present(named, _told(kinds), _told(sizes))


def _told(counts: Mapping[str, int]) -> Mapping[str, int]:
    return {word: number for word, number in counts.items() if word}


def untold(study: Study) -> frozenset[str]:
    """The registry ids of targets of whom kind and group were not written down yet."""
    return frozenset(study.targets.filter(kind="").order_by().values_list("registry_id", flat=True))


def lives(targets: Iterable[Target]) -> dict[str, Life]:
    """The state of life of each target by registry id, in one question."""
    rows = list(targets)
    looks: dict[str, Check] = {}
    asked = Check.objects.filter(registry_id__in=[row.registry_id for row in rows])
    for look in asked.select_related("unit"):
        looks.setdefault(look.registry_id, look)
    return {row.registry_id: _life(row, looks.get(row.registry_id)) for row in rows}


def responses(registry_ids: Iterable[str], *, seen_by: Actor) -> dict[str, list[Response]]:
    """What units told of each enterprise, as far as this person may know, the newest first."""
    told: dict[str, list[Response]] = {}
    asked = _responses(seen_by).filter(registry_id__in=list(registry_ids))
    for row in asked.select_related("unit", "told_by", "project"):
        told.setdefault(row.registry_id, []).append(row)
    return told


def response(public_id: str, *, seen_by: Actor) -> Response | None:
    """One answer, or None when there is none for this person."""
    rows = _responses(seen_by).select_related("unit", "study")
    return rows.filter(public_id=public_id).first()


def checks(registry_id: str) -> list[Check]:
    """Every look at an enterprise, the newest first."""
    rows = Check.objects.filter(registry_id=registry_id)
    return list(rows.select_related("unit", "checked_by"))


def labels() -> QuerySet[Response]:
    """Every answer that stands, oldest first: the labels for training, for the house itself."""
    return Response.objects.filter(withdrawn_at=None).select_related("study").order_by("id")


class _Lived(TypedDict):
    life: str


def _responses(seen_by: Actor) -> QuerySet[Response]:
    return Response.objects.filter(people.visible(seen_by), withdrawn_at=None)


def _life(row: Target, look: Check | None) -> Life:
    if look and (row.last_sign_on is None or look.checked_on >= row.last_sign_on):
        return Life(look.result, look.checked_on, look)
    if row.existence == CEASED:
        return Life(CEASED, row.last_sign_on, look, row.last_sign_kind)
    known = row.existence == ALIVE or row.last_sign_on is not None
    return Life(ALIVE if known else UNKNOWN, row.last_sign_on, look, row.last_sign_kind)


def _living(rows: QuerySet[Target]) -> "QuerySet[WithAnnotations[Target, _Lived]]":
    """The rows with `life`, as `_life` tells it of one."""
    last_sign = Coalesce(OuterRef("last_sign_on"), Value(date.min), output_field=DateField())
    looks = Check.objects.filter(registry_id=OuterRef("registry_id"), checked_on__gte=last_sign)
    looked = rows.annotate(looked=Subquery(looks.values("result")[:1]))
    known = Q(existence=ALIVE) | Q(last_sign_on__isnull=False)
    life = Case(
        When(looked__isnull=False, then=F("looked")),
        When(existence=CEASED, then=Value(CEASED)),
        When(known, then=Value(ALIVE)),
        default=Value(UNKNOWN),
        output_field=CharField(),
    )
    return looked.annotate(life=life)


def _narrowed(rows: QuerySet[Target], wanted: Wanted, seen_by: Actor) -> QuerySet[Target]:
    plain = {"link": wanted.link, "province": wanted.province}
    plain |= {"kind": wanted.kind, "size": wanted.size}
    rows = rows.filter(**{column: value for column, value in plain.items() if value})
    if wanted.contact in CONTACTS:
        rows = rows.filter(_dealt(wanted.contact, seen_by))
    if wanted.tie == GROUP_IN_HUNAN:
        rows = rows.filter(group_in_hunan=True)
    elif wanted.tie == RANKED:
        rows = rows.filter(same_firm(knowledge.ranked(), "enterprise__"))
    elif wanted.tie == TIED:
        rows = rows.filter(same_firm(knowledge.tied(seen_by=seen_by), "enterprise__"))
    elif wanted.tie == PARTNER:
        rows = rows.filter(_named(seen_by))
    return rows


def _named(seen_by: Actor) -> Exists:
    """Whether a list of a leader in force for the study's chain means the target."""
    told = partner_lists.in_force(OuterRef("study__chain"), seen_by=seen_by)
    return Exists(told.filter(registry_id=OuterRef("registry_id")))


def _dealt(contact: str, seen_by: Actor) -> Q:
    told = _responses(seen_by).filter(registry_id=OuterRef("registry_id"))
    if contact in Outcome.values:
        return Q(Exists(told.filter(outcome=contact)))
    met = (
        Q(Exists(told))
        | same_firm(investors.occasions(seen_by=seen_by), "enterprise__")
        | same_firm(leads.population(seen_by=seen_by), "enterprise__")
    )
    return met if contact == TOUCHED else ~met


def same_firm(things: "QuerySet[Model]", firm: str = "") -> Q:
    """Whether one of the things is of the target's enterprise, by the rule of `investors.same`.

    `firm` leads from a thing to its enterprise, such as "enterprise__".
    """
    coded = things.filter(**{f"{firm}code": OuterRef("code")})
    named = things.filter(**{f"{firm}name_key": OuterRef("name_key")})
    uncoded = named.filter(**{f"{firm}code": None})
    return Q(Exists(coded)) | Q(Exists(uncoded)) | (Q(code="") & Q(Exists(named)))
