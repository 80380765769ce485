"""Reading the hooks: everybody sees their own."""

from collections.abc import Iterable

from django.apps import apps
from django.db.models import Count, Max, Q, QuerySet

from yipanqi.domain.ledger import events
from yipanqi.domain.ledger import queries as ledger
from yipanqi.domain.notices.models import Hook, Sending, SendingState
from yipanqi.domain.people import queries as people
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page, bounds

# The columns of a line that say where it stands.
SCOPE = {"path": "scope_path", "label": "scope_label", "chain": "scope_chain"}


def hooks(*, seen_by: Actor) -> list[Hook]:
    """The person's own hooks, newest first, with `waiting`, `given_up` and `last_sent_at`."""
    state = "sendings__state"
    counted = _own(seen_by).annotate(
        waiting=Count("sendings", Q(**{state: SendingState.WAITING})),
        given_up=Count("sendings", Q(**{state: SendingState.GIVEN_UP})),
        last_sent_at=Max("sendings__sent_at"),
    )
    return list(counted.order_by("-created_at", "-id"))


def hook(public_id: str, *, seen_by: Actor) -> Hook | None:
    """One of the person's own hooks, or None."""
    return _own(seen_by).filter(public_id=public_id).first()


def sendings(hook: Hook, *, page: int = 1) -> Page[Sending]:
    """What was sent to the hook, newest first."""
    rows = Sending.objects.filter(hook=hook).order_by("-id")
    return Page(list(rows[bounds(page)]), rows.count(), page)


def sending(public_id: str, *, hook: Hook) -> Sending | None:
    """One sending of the hook, or None."""
    return Sending.objects.filter(hook=hook, public_id=public_id).first()


def asking(kind: str) -> list[Hook]:
    """The hooks in force that ask for the kind of event, by itself or by its room."""
    rows = _in_force().select_related("officer", "officer__unit").order_by("id")
    return [hook for hook in rows if not _names(kind).isdisjoint(hook.kinds)]


def asked(kinds: Iterable[str]) -> set[str]:
    """Those of the kinds that some hook in force asks for."""
    lists = _in_force().values_list("kinds", flat=True)
    named = {name for each in lists for name in each}
    return {kind for kind in kinds if not _names(kind).isdisjoint(named)}


def rooms() -> list[str]:
    """The rooms whose events can be asked for as a whole, in alphabetical order."""
    houses = {config.label for config in apps.get_app_configs()}
    return sorted({room(kind) for kind in events.known()} & houses)


def room(kind: str) -> str:
    """The room of a kind of event: "projects" of "projects.created"."""
    return kind.partition(".")[0]


def line_for(hook: Hook, entry: int) -> ledger.Line | None:
    """The line as the hook's owner sees it today, or None when they may not."""
    reader = people.actor_for(hook.officer, on=clock.today())
    return ledger.one(entry, only=people.visible(reader, **SCOPE))


def _names(kind: str) -> set[str]:
    return {kind, room(kind)}


def _own(actor: Actor) -> QuerySet[Hook]:
    return Hook.objects.filter(officer_id=actor.id).select_related("officer", "officer__unit")


def _in_force() -> QuerySet[Hook]:
    return Hook.objects.filter(ended_at=None, officer__is_active=True)
