"""Reading the investors' library: the enterprise is common, what is said with it is not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from yipanqi.domain.investors.models import (
    AccountManager,
    Contact,
    Enterprise,
    Interaction,
    ListMembership,
    Membership,
    Merging,
    PlannedVisit,
    Trait,
)
from yipanqi.domain.people import queries as people
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds
from yipanqi.vocab.relations import Clash, Outcome, Relation


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list of enterprises is narrowed; empty means no matter."""

    text: str = ""
    chain: str = ""
    link: str = ""
    city: str = ""
    roll: str = ""
    # A kind of trait, as about/kind: "function/headquarters".
    trait: str = ""
    existence: str = ""
    # mine: those one answers for; planned: with an open plan; late: with a step overdue.
    dealing: str = ""


def find(public_id: str, *, seen_by: Actor) -> Enterprise | None:
    """One enterprise, or None when there is none for this person.

    The address of a record that was merged into another gives the surviving one.
    """
    rows = _known(seen_by).filter(public_id=public_id).select_related("registered_by_unit")
    found = rows.first()
    return None if found is None else survivor(found)


def survivor(enterprise: Enterprise) -> Enterprise:
    """The record this one was merged into, at the end of the chain; itself where it stands."""
    while (onward := enterprise.merged_into) is not None:
        enterprise = onward
    return enterprise


def listing(filters: Filters, *, seen_by: Actor, page: int = 1) -> Page[Enterprise]:
    """A page of enterprises, newest first."""
    rows = matching(filters, seen_by=seen_by)
    return Page(list(rows[bounds(page)]), rows.count(), page)


def matching(filters: Filters, *, seen_by: Actor) -> QuerySet[Enterprise]:
    """The enterprises of a list, with what it shows of each, newest first."""
    rows = _narrowed(seen(seen_by), filters, seen_by).order_by("-created_at", "-id")
    return rows.select_related("registered_by_unit").prefetch_related("memberships", "listings")


def population(*, seen_by: Actor) -> QuerySet[Enterprise]:
    """Every enterprise this person may see, by id, for an export in full."""
    return seen(seen_by).select_related("registered_by_unit").order_by("id")


def suggestions(text: str, *, seen_by: Actor, most: int = 8) -> list[Enterprise]:
    """Enterprises whose name or pinyin initials match what is being typed."""
    return list(named(seen(seen_by), text)[:most]) if text.strip() else []


def memberships(enterprise: Enterprise) -> list[Membership]:
    """The links an enterprise is placed in."""
    return list(enterprise.memberships.order_by("id"))


def contacts(enterprise: Enterprise, *, seen_by: Actor) -> list[Contact]:
    """Contacts this person may know of; the telephone is to be shown masked."""
    return list(enterprise.contacts.filter(people.visible(seen_by)).order_by("id"))


def contact(public_id: str, *, seen_by: Actor) -> Contact | None:
    """One contact, or None when there is none for this person."""
    found = Contact.objects.filter(people.visible(seen_by), public_id=public_id)
    return found.select_related("enterprise", "unit").first()


def masked(mobile: str) -> str:
    """A telephone number with its middle hidden: 138****5678."""
    return f"{mobile[:3]}****{mobile[-4:]}" if len(mobile) > 7 else "****"  # noqa: PLR2004


def interactions(enterprise: Enterprise, *, seen_by: Actor) -> list[Interaction]:
    """What was said with the enterprise, as far as this person may know, newest first."""
    rows = enterprise.interactions.filter(people.visible(seen_by))
    return list(rows.select_related("unit", "officer"))


def occasions(*, seen_by: Actor) -> QuerySet[Interaction]:
    """Every visit, call, fair or reception this person may know of."""
    return Interaction.objects.filter(people.visible(seen_by))


def last_met(enterprises: Iterable[Enterprise], *, seen_by: Actor) -> dict[int, Interaction]:
    """The newest dealing with each enterprise this person may know of, by the enterprise's key."""
    rows = occasions(seen_by=seen_by).filter(enterprise__in=list(enterprises))
    newest = rows.order_by("held_on", "id").select_related("unit")
    return {row.enterprise_id: row for row in newest}


def same(code: str | None, name: str) -> Enterprise | None:
    """The enterprise already registered under this code, else under this very name."""
    return same_of_each([(code, name)])[0]


def same_of_each(firms: Iterable[tuple[str | None, str]]) -> list[Enterprise | None]:
    """What `same` gives for each code and name, in a few questions for all of them.

    A code or name that was merged into another record gives the surviving one.
    """
    asked = [(code, names.key(name)) for code, name in firms]
    codes = {code for code, _ in asked if code}
    by_code = {row.code: row for row in Enterprise.objects.filter(code__in=codes)}
    if missing := codes - set(by_code):
        given_up = Merging.objects.filter(absorbed_code__in=missing, undone_at=None)
        by_code |= {
            each.absorbed_code: survivor(each.kept) for each in given_up.select_related("kept")
        }
    keyed = Enterprise.objects.filter(name_key__in={key for _, key in asked})
    by_name: dict[str, list[Enterprise]] = {}
    for row in keyed.order_by(F("merged_into").asc(nulls_first=True), "pk"):
        by_name.setdefault(row.name_key, []).append(survivor(row))
    return [by_code.get(code) or _namesake(by_name.get(key, []), code) for code, key in asked]


def _namesake(found: Iterable[Enterprise], code: str | None) -> Enterprise | None:
    """The first of the same name, unless both have codes: then they are two."""
    return next((each for each in found if not (code and each.code)), None)


def common_scope(enterprise: Enterprise) -> Scope:
    """Where an enterprise stands for the row filter: known to the whole city."""
    return Scope(enterprise.registered_by_unit.path, Label.PUBLIC)


def seen(seen_by: Actor) -> QuerySet[Enterprise]:
    """The enterprises this person may see; records merged into another are none of their own."""
    return _known(seen_by).filter(merged_into=None)


def named(rows: QuerySet[Enterprise], text: str) -> QuerySet[Enterprise]:
    """Those of the rows whose name, pinyin initials or code match."""
    key = names.key(text)
    return rows.filter(
        Q(name_key__contains=key) | Q(initials__startswith=key) | Q(code=text.strip().upper())
    )


def _known(seen_by: Actor) -> QuerySet[Enterprise]:
    # Enterprises are the city's common knowledge; a person without any post sees nothing.
    return Enterprise.objects.all() if seen_by.posts else Enterprise.objects.none()


def _narrowed(rows: QuerySet[Enterprise], filters: Filters, seen_by: Actor) -> QuerySet[Enterprise]:
    if filters.text.strip():
        rows = named(rows, filters.text)
    if filters.city:
        rows = rows.filter(city=filters.city)
    if filters.link:
        rows = rows.filter(memberships__link=filters.link)
    elif filters.chain:
        rows = rows.filter(
            pk__in=Membership.objects.filter(chain=filters.chain).values("enterprise")
        )
    if filters.existence:
        rows = rows.filter(existence=filters.existence)
    if filters.roll:
        ranked = ListMembership.objects.filter(roll=filters.roll)
        rows = rows.filter(pk__in=ranked.values("enterprise"))
    if filters.trait:
        about, _slash, kind = filters.trait.partition("/")
        noted = Trait.objects.filter(
            people.visible(seen_by), about=about, kind=kind, withdrawn_on=None
        )
        rows = rows.filter(pk__in=noted.values("enterprise"))
    return _dealt_with(rows, filters.dealing, seen_by)


def _dealt_with(rows: QuerySet[Enterprise], dealing: str, seen_by: Actor) -> QuerySet[Enterprise]:
    """Only what the person may see narrows: a hidden plan must not show by its enterprise."""
    seen = people.visible(seen_by)
    kept: Mapping[str, QuerySet[Any]] = {
        "mine": AccountManager.objects.filter(seen, officer_id=seen_by.id, until=None),
        "planned": PlannedVisit.objects.filter(seen, state="planned"),
        "late": Interaction.objects.filter(
            seen, step_result="", next_step_on__lt=clock.today()
        ).exclude(next_step=""),
    }
    chosen = kept.get(dealing)
    return rows if chosen is None else rows.filter(pk__in=chosen.values("enterprise"))


# What merging two records of an enterprise moves; `yipanqi.roof.merging` lists every room's.
OF_ENTERPRISES = (
    Relation(
        "investors.Enterprise",
        "merged_into",
        "早先并入的档案",
        None,
        stays_because="an older merging leads on through the record it was merged into",
    ),
    Relation("investors.Merging", "kept", "合并记录", None, stays_because="it tells what was done"),
    Relation(
        "investors.Merging", "absorbed", "合并记录", None, stays_because="it tells what was done"
    ),
    Relation(
        "investors.FieldSource",
        "enterprise",
        "字段来源",
        None,
        stays_because="it tells of the record's own value; a value taken brings its source along",
    ),
    Relation(
        "investors.ListMembership",
        "enterprise",
        "榜单名次",
        None,
        {"one_rank_a_year": Clash(Outcome.STAYS)},
    ),
    Relation("investors.Trait", "enterprise", "企业特征"),
    Relation(
        "investors.Membership",
        "enterprise",
        "所属环节",
        None,
        {"one_membership": Clash(Outcome.STAYS)},
    ),
    Relation("investors.Contact", "enterprise", "联系人"),
    Relation("investors.Interaction", "enterprise", "往来记录"),
    Relation("investors.PlannedVisit", "enterprise", "接洽计划"),
    Relation(
        "investors.AccountManager",
        "enterprise",
        "客户经理",
        clashes={"one_account_manager": Clash(Outcome.ENDS, ends="until")},
    ),
)
