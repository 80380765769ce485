"""Reading the ledger. Every reader passes the one row filter as `only`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q, QuerySet

from yipanqi.domain.ledger import events, verifying
from yipanqi.domain.ledger.models import (
    Entry,
    Errand,
    Lease,
    Outbox,
    Seal,
    Stream,
    Unsealed,
    moment_of,
    moment_text,
)
from yipanqi.domain.ledger.upcasting import UPCASTERS
from yipanqi.domain.ledger.verifying import Report
from yipanqi.vocab import clock, pages
from yipanqi.vocab.sheets import SheetRef


@dataclass(frozen=True, slots=True)
class Line:
    """A line as readers see it: who and where by id, what happened by kind and fields."""

    id: int
    subject: str
    seq: int
    when: datetime
    actor_id: str
    unit_id: str
    kind: str
    fields: Mapping[str, events.Plain]
    sheet: SheetRef | None
    digest: str

    @property
    def template(self) -> str:
        """The sentence with {names} still in it, so that it can be translated."""
        known = events.known().get(self.kind)
        return known.sentence if known else self.kind

    @property
    def sentence(self) -> str:
        """What happened, in Chinese; an unknown field reads “—”."""
        return self.template.format_map(_Shown(self.fields))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which lines are asked for; None or empty asks for any."""

    subject: str = ""
    kind: str = ""
    actor_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Where the ledger stands: the last seal, and how many lines came after it."""

    seal: Seal | None
    lines: int
    unsealed: int


def timeline(subject: str, *, only: Q) -> list[Line]:
    """Everything that happened to the subject, oldest first, as far as the reader may see."""
    return [line(each) for each in Entry.objects.filter(only, stream=subject).order_by("seq")]


def entries(filters: Filters, *, only: Q, page: int = 1) -> pages.Page[Line]:
    """Lines across subjects, newest first, one page of them."""
    found = _matching(filters, only).order_by("-id")
    rows = [line(each) for each in found[pages.bounds(page)]]
    return pages.Page(rows, found.count(), page)


def one(number: int, *, only: Q) -> Line | None:
    """The line of that number, or None when there is none for this reader."""
    entry = Entry.objects.filter(only, pk=number).first()
    return line(entry) if entry else None


def population(filters: Filters, *, only: Q) -> QuerySet[Entry]:
    """Every matching line as stored, for an export that must be complete; iterate it in chunks."""
    return _matching(filters, only).order_by("stream", "seq")


def stored() -> Iterator[dict[str, object]]:
    """Every line with all its columns as stored, stream by stream, for an export in full."""
    for row in Entry.objects.order_by("stream", "seq").values().iterator():
        yield dict(row)


def line(entry: Entry) -> Line:
    """A stored line as readers see it, its body brought up to the newest version."""
    return Line(
        id=entry.pk,
        subject=entry.stream,
        seq=entry.seq,
        when=entry.when,
        actor_id=entry.actor,
        unit_id=entry.unit,
        kind=entry.kind,
        fields=UPCASTERS.latest(entry.kind, entry.version, json.loads(entry.body)),
        sheet=_sheet(entry),
        digest=entry.digest,
    )


def head() -> Head:
    """The last seal and the number of lines, all and unsealed."""
    return Head(Seal.objects.order_by("no").last(), Entry.objects.count(), Unsealed.objects.count())


def stream_head(subject: str) -> tuple[int, str]:
    """The number and digest of the subject's last line; (0, "") before the first."""
    return Stream.objects.filter(name=subject).values_list("seq", "digest").first() or (0, "")


def seals() -> QuerySet[Seal]:
    """Every seal, newest first."""
    return Seal.objects.order_by("-no")


def verification() -> Report:
    """The whole ledger checked against itself, its seals, keys and published heads."""
    return verifying.verify()


def outbox_lag() -> timedelta | None:
    """How long the oldest line has waited for its reactions; None when none waits."""
    moments = [
        Entry.objects.filter(pk__in=Outbox.objects.values("entry")).aggregate(
            at=Min("recorded_at")
        ),
        Entry.objects.filter(
            pk__in=Errand.objects.filter(given_up_at=None).values("entry")
        ).aggregate(at=Min("recorded_at")),
    ]
    waiting = [found["at"] for found in moments if found["at"]]
    return _age(min(waiting)) if waiting else None


def unsealed_age() -> timedelta | None:
    """How long the oldest unsealed line has waited for a seal; None when all are sealed."""
    waiting = Entry.objects.filter(pk__in=Unsealed.objects.values("entry"))
    oldest = waiting.aggregate(at=Min("recorded_at"))["at"]
    return _age(oldest) if oldest else None


def abandoned() -> int:
    """How many reactions were given up after their last attempt."""
    return Errand.objects.exclude(given_up_at=None).count()


def job_ages() -> dict[str, timedelta | None]:
    """Per job, how long ago it was last done; None for one that never was."""
    now = clock.now()
    rows = Lease.objects.values_list("name", "done_at")
    return {name: now - done if done else None for name, done in rows}


class _Shown(dict[str, events.Plain]):
    def __missing__(self, _key: str) -> str:
        return "—"

    def __getitem__(self, key: str) -> events.Plain:
        value = super().__getitem__(key)
        return "—" if value is None else value


def _sheet(entry: Entry) -> SheetRef | None:
    if entry.sheet is None:
        return None
    return SheetRef(entry.sheet, entry.sheet_revision or 0, entry.sheet_digest or "")


def _age(text: str) -> timedelta:
    return clock.now() - moment_of(text)


def _matching(filters: Filters, only: Q) -> QuerySet[Entry]:
    asked = {"stream": filters.subject, "kind": filters.kind, "actor": filters.actor_id}
    found = Entry.objects.filter(only, **{name: value for name, value in asked.items() if value})
    if filters.since:
        found = found.filter(recorded_at__gte=moment_text(filters.since))
    if filters.until:
        found = found.filter(recorded_at__lt=moment_text(filters.until))
    return found
