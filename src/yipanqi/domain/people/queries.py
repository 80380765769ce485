"""Reading units, officers and posts, and the one row filter every other room borrows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from yipanqi.domain.people import row_filter
from yipanqi.domain.people.models import Officer, Post, Token, Unit
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.roles import READING, NoSuchRole, Role, RoleSheet
from yipanqi.vocab import actors
from yipanqi.vocab.actors import HOUSE, Actor, Reach
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds

visible = row_filter.visible
reaches = row_filter.reaches


@dataclass(frozen=True, slots=True)
class Filters:
    """How the list of officers is narrowed; empty means no matter."""

    text: str = ""
    unit: str = ""
    role: str = ""


def actor_for(officer: Officer, *, on: date) -> Actor:
    """The officer at work on that day, with the posts in force as the roles sheet describes them.

    Somebody no longer active has no posts, and so sees and may do nothing.
    """
    held = _in_force(officer, on) if officer.is_active else []
    sheet = _roles(on) if held else None
    posts = tuple(
        _post(row, role) for row in held if sheet and (role := _role(sheet, row.role)) is not None
    )
    return Actor(
        id=officer.pk,
        name=officer.name,
        unit_id=officer.unit_id,
        unit_path=officer.unit.path if officer.unit else "",
        posts=posts,
    )


def officer(public_id: str, *, seen_by: Actor) -> Officer | None:
    """One officer with unit and posts, or None when there is none for this person."""
    return _seen(seen_by).filter(public_id=public_id).first()


def by_id(pk: int) -> Officer | None:
    """The officer of that number with their unit: for the door, not for showing to people."""
    return Officer.objects.select_related("unit").filter(pk=pk).first()


def known_as(username: str) -> Officer | None:
    """The officer of that log-in name: for the command line, not for showing to people."""
    return Officer.objects.select_related("unit").filter(username=username).first()


def has_manager(*, on: date) -> bool:
    """Whether anybody can manage people on that day; the first is made on the command line."""
    sheet = _roles(on)
    managing = [role.code for role in sheet.roles if "people.manage" in role.may] if sheet else []
    rows = Post.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)
    return rows.filter(role__in=managing, officer__is_active=True).exists()


def listing(filters: Filters, *, seen_by: Actor, page: int = 1) -> Page[Officer]:
    """A page of officers by unit and name, those who left last."""
    rows = _narrowed(_seen(seen_by), filters)
    ordered = rows.order_by("-is_active", "unit__path", "name", "id")
    return Page(list(ordered[bounds(page)]), rows.count(), page)


def officers(unit: Unit | None = None, *, seen_by: Actor) -> list[Officer]:
    """Active officers, of one unit or of all, whom this person may name in a record."""
    rows = _seen(seen_by).filter(is_active=True)
    if unit is not None:
        rows = rows.filter(unit=unit)
    return list(rows.order_by("unit__path", "name", "id"))


def colleagues(*, seen_by: Actor) -> list[Officer]:
    """Active officers of the person's own unit, by name."""
    if seen_by.unit_id is None:
        return []
    rows = Officer.objects.filter(unit_id=seen_by.unit_id, is_active=True)
    return list(rows.order_by("name", "id"))


def units(*, seen_by: Actor) -> list[Unit]:
    """The units whose records this person may come across, in the order of the tree."""
    if _sees_beyond_the_tree(seen_by):
        return list(Unit.objects.all())
    tops = {post.unit_path for post in seen_by.posts} | {seen_by.unit_path} - {""}
    return list(Unit.objects.filter(_under(tops)))


def unit(code: str) -> Unit | None:
    """The unit of that code, if any. That a unit exists is no secret."""
    return Unit.objects.filter(code=code).first()


def names(ids: Iterable[int]) -> dict[int, str]:
    """The names of officers by id, the house's own among them; ids of nobody are left out."""
    wanted = set(ids)
    found = dict(Officer.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return found | ({HOUSE.id: HOUSE.name} if HOUSE.id in wanted else {})


def unit_names(codes: Iterable[str]) -> dict[str, str]:
    """The short names of units by code; codes of none are left out."""
    return dict(Unit.objects.filter(code__in=set(codes)).values_list("code", "short_name"))


def post(pk: int, *, of: Officer) -> Post | None:
    """One appointment of the officer."""
    return Post.objects.select_related("unit").filter(officer=of, pk=pk).first()


def tokens(actor: Actor) -> list[Token]:
    """The person's own keys to the API, newest first, revoked ones included."""
    return list(Token.objects.filter(officer_id=actor.id).order_by("-created_at", "-id"))


def _in_force(officer: Officer, on: date) -> list[Post]:
    rows = Post.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), officer=officer, since__lte=on
    )
    return list(rows.select_related("unit").order_by("since", "id"))


def _roles(on: date) -> RoleSheet | None:
    # Before a pack is loaded no role is defined, and so nobody may do anything.
    try:
        return rules.roles(on=on)
    except NotInForce:
        return None


def _role(sheet: RoleSheet, code: str) -> Role | None:
    # A role that a later sheet no longer knows opens nothing.
    try:
        return sheet.find(code)
    except NoSuchRole:
        return None


def _post(row: Post, role: Role) -> actors.Post:
    return actors.Post(
        role=role.code,
        unit_id=row.unit_id,
        unit_path=row.unit.path,
        sees=role.sees,
        # Whatever a sheet says, a read-only post changes nothing.
        may=role.may & READING if role.read_only else role.may,
        chains=frozenset({row.unit.chain} - {""}),
        read_only=role.read_only,
    )


def _seen(seen_by: Actor) -> QuerySet[Officer]:
    rows = Officer.objects.select_related("unit").prefetch_related(
        Prefetch("posts", Post.objects.select_related("unit").order_by("since", "id"))
    )
    if seen_by.may("people.manage"):
        return rows
    # One sees the colleagues whose internal records one sees, and the units above one's own.
    lines = [*_line(seen_by.unit_path), *(each.unit_path for each in seen_by.posts)]
    internal = [(post.unit_path, post.sees.get(Label.INTERNAL)) for post in seen_by.posts]
    if any(reach is Reach.ALL for _, reach in internal):
        return rows
    below = {path for path, reach in internal if reach is Reach.SUBTREE}
    return rows.filter(Q(unit__path__in=lines) | _under(below, "unit__path"))


def _line(path: str) -> list[str]:
    """The path and those above it: "/1/4/" gives "/1/4/" and "/1/"."""
    parts = path.strip("/").split("/") if path.strip("/") else []
    return ["/" + "/".join(parts[:depth]) + "/" for depth in range(len(parts), 0, -1)]


def _under(tops: Iterable[str], column: str = "path") -> Q:
    condition = row_filter.NOTHING
    for top in sorted(tops):
        condition |= Q(**{f"{column}__startswith": top})
    return condition


def _sees_beyond_the_tree(actor: Actor) -> bool:
    wide = {Reach.ALL, Reach.CHAIN}
    unspoken = (label for label in Label if label is not Label.PUBLIC)
    far = {post.sees.get(label, Reach.NONE) for label in unspoken for post in actor.posts}
    return bool(far & wide) or actor.may("people.manage")


def _narrowed(rows: QuerySet[Officer], filters: Filters) -> QuerySet[Officer]:
    if text := filters.text.strip():
        rows = rows.filter(Q(name__icontains=text) | Q(username__icontains=text))
    if filters.unit:
        rows = rows.filter(unit__code=filters.unit)
    if filters.role:
        rows = rows.filter(posts__role=filters.role).distinct()
    return rows
