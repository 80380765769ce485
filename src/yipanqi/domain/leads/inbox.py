"""Reading signals (信息库), each for the eyes that may see it: lists, terms, what waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from yipanqi.domain.leads import kinds
from yipanqi.domain.leads.signals import Signal, SignalNote
from yipanqi.domain.people import queries as people
from yipanqi.domain.people.models import Unit
from yipanqi.domain.rules import calendars
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.triage import Light, Step, TriageSheet
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds


@dataclass(frozen=True, slots=True)
class Filters:
    """How a list of signals is narrowed; empty means no matter."""

    text: str = ""
    # A state, "open" for all that still wait, "late" for those past a term.
    state: str = ""
    source: str = ""
    unit: str = ""
    chain: str = ""
    # mine: those one handles; captured: those one wrote down.
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a signal: what is due, its last day, and the light it shows."""

    step: Step
    due: date
    light: Light

    @property
    def is_late(self) -> bool:
        """Whether the last day has passed."""
        return self.light is Light.LATE


@dataclass(frozen=True, slots=True)
class Row:
    """A signal with its open terms, the one due soonest first."""

    signal: Signal
    terms: tuple[Term, ...]

    @property
    def light(self) -> Light:
        """The gravest light of its terms."""
        order = (Light.LATE, Light.NEAR, Light.GOOD)
        lit = {term.light for term in self.terms}
        return next((light for light in order if light in lit), Light.NONE)


def find(public_id: str, *, seen_by: Actor) -> Signal | None:
    """One signal, or None when there is none for this person."""
    return _seen(seen_by).filter(public_id=public_id).first()


def row(signal: Signal) -> Row:
    """The signal with its open terms."""
    return rows([signal])[0]


def rows(signals: Iterable[Signal]) -> list[Row]:
    """Each signal with its open terms, in the order given; the sheet is read once."""
    sheet, today = sheet_in_force(), clock.today()
    return [Row(each, _terms(each, sheet, today)) for each in signals]


def listing(filters: Filters, *, seen_by: Actor, page: int = 1) -> Page[Signal]:
    """A page of signals: those that wait by their term, then the closed ones newest first."""
    found = _narrowed(_seen(seen_by), filters, seen_by)
    ordered = found.order_by(F("due_on").asc(nulls_last=True), "-captured_at", "-id")
    return Page(list(ordered[bounds(page)]), found.count(), page)


def population(*, seen_by: Actor) -> QuerySet[Signal]:
    """Every signal this person may see, by id, for an export in full."""
    return _seen(seen_by).order_by("id")


def suggestions(text: str, *, seen_by: Actor, most: int = 8) -> list[Signal]:
    """Signals whose enterprise, initials or matter match what is being typed, newest first."""
    if not names.key(text):
        return []
    return list(_narrowed(_seen(seen_by), Filters(text), seen_by)[:most])


def late_count(*, seen_by: Actor) -> int:
    """How many signals in this person's sight are past a term."""
    return _seen(seen_by).filter(_late()).count()


def waiting(*, seen_by: Actor) -> list[Row]:
    """Signals of the person's own unit that are late or nearly so, the latest first."""
    if seen_by.unit_id is None:
        return []
    own = _seen(seen_by).filter(unit_id=seen_by.unit_id)
    owed = own.filter(Q(state__in=kinds.OPEN) | Q(reply_due__isnull=False, replied_at=None))
    told = [each for each in rows(owed) if each.light in (Light.LATE, Light.NEAR)]
    return sorted(told, key=lambda each: (each.terms[0].due, each.signal.pk))


def notes(signal: Signal) -> list[SignalNote]:
    """What happened since and what was added, newest first; for who may see the signal."""
    return list(signal.notes.select_related("unit", "officer"))


def merged(signal: Signal, *, seen_by: Actor) -> list[Signal]:
    """The signals that went into this one, as far as this person may see them."""
    return list(_seen(seen_by).filter(merged_into=signal).order_by("id"))


def into(signal: Signal, *, seen_by: Actor) -> Sequence[Signal]:
    """Open signals in sight that this one could go into: same label, names alike first."""
    others = _seen(seen_by).filter(state__in=kinds.OPEN, label=signal.label).exclude(pk=signal.pk)
    key = signal.name_key[:2] or signal.matter_key[:2]
    near = others.filter(Q(name_key__startswith=key) | Q(matter_key__startswith=key))
    return list(near.order_by("-captured_at", "-id")[:_OFFERED])


def takers() -> list[Unit]:
    """The units a signal may be given to; that a unit exists is no secret."""
    return list(Unit.objects.exclude(kind__in=("leading_group", "office")).order_by("path"))


def subject(signal: Signal) -> str:
    """The signal's stream in the ledger."""
    return f"leads/{signal.public_id}"


def scope(signal: Signal) -> Scope:
    """Where a signal stands for the row filter."""
    return Scope(signal.unit.path, Label(signal.label), signal.chain)


def sheet_in_force() -> TriageSheet | None:
    """The sheet of terms; None where the city has none yet, and nothing is due then."""
    try:
        return rules.signals(on=clock.today())
    except NotInForce:
        return None


def _terms(signal: Signal, sheet: TriageSheet | None, today: date) -> tuple[Term, ...]:
    if sheet is None:
        return ()
    open_terms = [(signal.step, signal.due_on), (Step.REPLY, signal.reply_open)]
    told = [
        Term(step, due, sheet.light(due, on=today, calendar=calendars.is_workday))
        for step, due in open_terms
        if step is not None and due is not None
    ]
    return tuple(sorted(told, key=lambda term: (term.due, term.step)))


def _seen(seen_by: Actor) -> QuerySet[Signal]:
    open_to = people.visible(seen_by)
    # Who wrote it down keeps sight of it, wherever it was passed on to. An empty condition lets
    # every row pass, but vanishes from an OR.
    if open_to and seen_by.id and seen_by.posts:
        open_to |= Q(captured_by_id=seen_by.id)
    return Signal.objects.filter(open_to).select_related(
        "unit", "captured_unit", "captured_by", "handler", "enterprise", "merged_into", "lead"
    )


def _late() -> Q:
    today = clock.today()
    owed = Q(state__in=kinds.OPEN, due_on__lt=today)
    return owed | Q(reply_due__lt=today, replied_at=None)


def _narrowed(found: QuerySet[Signal], filters: Filters, seen_by: Actor) -> QuerySet[Signal]:
    if text := names.key(filters.text):
        found = found.filter(
            Q(name_key__contains=text) | Q(matter_key__contains=text) | Q(initials__startswith=text)
        )
    if filters.state == "open":
        found = found.filter(state__in=kinds.OPEN)
    elif filters.state == "late":
        found = found.filter(_late())
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.source:
        found = found.filter(source=filters.source)
    if filters.unit:
        found = found.filter(unit__code=filters.unit)
    if filters.chain:
        found = found.filter(chain=filters.chain)
    if filters.whose == "mine":
        found = found.filter(handler_id=seen_by.id)
    if filters.whose == "captured":
        found = found.filter(captured_by_id=seen_by.id)
    return found


_OFFERED = 20
