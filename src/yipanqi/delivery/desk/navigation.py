"""The main entries of the desk: by what people do, and only those a person can use."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yipanqi.vocab.actors import Actor, Reach
from yipanqi.vocab.labels import Label


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the main navigation."""

    title: str | Promise
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class _Place:
    title: str | Promise
    name: str
    # Any of these verbs opens it; none means whoever works with records.
    verbs: frozenset[str] = frozenset()


_PLACES = (
    _Place(_("今天"), "desk:today"),
    _Place(_("产业"), "desk:chains"),
    _Place(_("客商"), "desk:investors"),
    _Place(_("项目"), "desk:projects"),
    _Place(_("导入"), "desk:imports", frozenset({"imports.make"})),
    _Place(
        _("评审"),
        "desk:reviews",
        frozenset({"reviews.open", "reviews.countersign", "reviews.score", "reviews.decide"}),
    ),
    _Place(_("裁定"), "desk:rulings", frozenset({"leads.rule"})),
    _Place(_("台账"), "desk:ledger", frozenset({"ledger.verify", "audit.export"})),
    _Place(_("人员"), "desk:people", frozenset({"people.manage"})),
)


def entries(actor: Actor, request: HttpRequest) -> list[Entry]:
    """The entries the person can use, in order; the longest address that fits is where they are."""
    known = list(_addressed(actor))
    fitting = [address for _, address in known if request.path.startswith(address)]
    here = max(fitting, key=len, default="")
    return [Entry(title, address, address == here) for title, address in known]


def _addressed(actor: Actor) -> Iterator[tuple[str | Promise, str]]:
    for place in _PLACES:
        if not _is_open(place, actor):
            continue
        try:
            yield place.title, reverse(place.name)
        except NoReverseMatch:
            # A page that a later part of the platform brings is no entry yet.
            continue


def _is_open(place: _Place, actor: Actor) -> bool:
    if place.verbs:
        return any(actor.may(verb) for verb in place.verbs)
    return any(
        post.sees.get(label, Reach.NONE) is not Reach.NONE
        for post in actor.posts
        for label in Label
        if label is not Label.PUBLIC
    )
