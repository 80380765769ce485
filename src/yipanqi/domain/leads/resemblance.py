"""What is already known of the thing somebody is about to write down (登记查重)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from yipanqi.domain.investors import queries as investors
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import inbox, kinds, rivals
from yipanqi.domain.leads.signals import Signal
from yipanqi.domain.people import queries as people
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook import duplicates
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.duplicates import Finding, Kinship, Level, Subject
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor

_COMPARED = 400


@dataclass(frozen=True, slots=True)
class Heard:
    """What is compared: the enterprise as named, the matter, and what else is known."""

    enterprise_name: str
    matter: str
    estimate_fen: int | None = None
    chain: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """An open signal that may tell of the same thing, how sure that is, and why."""

    signal: Signal
    finding: Finding


@dataclass(frozen=True, slots=True)
class Alike:
    """What is already there: signals and claims in sight, the number of others, the enterprise."""

    signals: Sequence[Near]
    unseen: int
    enterprise: Enterprise | None
    claims: rivals.Candidates

    @property
    def bars(self) -> bool:
        """Whether the officer has to look before another signal is written down."""
        return any(each.finding.level is not Level.FAINT for each in self.signals)

    @property
    def count(self) -> int:
        """How many signals and claims there are, seen and unseen."""
        return len(self.signals) + self.unseen + len(self.claims.seen) + self.claims.unseen


def of(heard: Heard, *, seen_by: Actor, apart_from: Signal | None = None) -> Alike:
    """What is already known of it, surest first; of what is not for these eyes, the number."""
    sheet = rules.claims(on=clock.today())
    found = _signals(heard, sheet, apart_from)
    shown = [each for each in found if _may_know(each.signal, seen_by)]
    firm = investors.same(None, heard.enterprise_name) if heard.enterprise_name.strip() else None
    return Alike(shown, len(found) - len(shown), firm, _claims(heard, firm, sheet, seen_by))


def _may_know(signal: Signal, seen_by: Actor) -> bool:
    is_own = bool(seen_by.id and seen_by.posts) and signal.captured_by_id == seen_by.id
    return is_own or people.reaches(seen_by, inbox.scope(signal))


def _signals(heard: Heard, sheet: ClaimSheet, apart_from: Signal | None) -> list[Near]:
    near = _near(heard)
    if near is None:
        return []
    rows = Signal.objects.filter(near, state__in=kinds.OPEN).select_related("unit", "handler")
    if apart_from is not None:
        rows = rows.exclude(pk=apart_from.pk)
    one = _subject(heard)
    told = [
        Near(row, finding)
        for row in rows.order_by("-id")[:_COMPARED]
        if (finding := _finding(one, _heard(row), sheet)) is not None
    ]
    return sorted(told, key=lambda each: (each.finding.level, -each.finding.likeness))


def _near(heard: Heard) -> Q | None:
    """The block of rows worth comparing: names that begin alike, the same brand or matter."""
    name, matter = names.key(heard.enterprise_name), names.key(heard.matter)
    parts = [Q(matter_key=matter)] if matter else []
    if name:
        parts.append(Q(name_key__startswith=name[:2]))
        if len(brand := names.key(rivals.brand_of(heard.enterprise_name))) > 1:
            parts.append(Q(name_key__contains=brand))
    elif matter:
        parts.append(Q(matter_key__startswith=matter[:2]))
    near = None
    for part in parts:
        near = part if near is None else near | part
    return near


def _finding(one: Subject, other: Subject, sheet: ClaimSheet) -> Finding | None:
    """The level; two signals of one enterprise are shown together even where matters differ."""
    if found := duplicates.finding(one, other, under=sheet):
        return found
    if duplicates.kinship(one, other) is Kinship.SAME:
        return Finding(Level.FAINT, names.likeness(one.name, other.name), ("企业相同",))
    alike = names.likeness(one.investor, other.investor)
    if alike >= sheet.similar_name_share * 100:
        return Finding(Level.FAINT, alike, (f"企业名称相似度 {alike}",))
    return None


def _claims(
    heard: Heard, firm: Enterprise | None, sheet: ClaimSheet, seen_by: Actor
) -> rivals.Candidates:
    if firm is None or not names.key(heard.matter):
        return rivals.Candidates((), 0)
    matter = rivals.Matter(firm, heard.matter, heard.estimate_fen, heard.chain, heard.link)
    return rivals.candidates(matter, under=sheet, seen_by=seen_by)


def _heard(row: Signal) -> Subject:
    told = Heard(row.enterprise_name, row.matter, row.estimate_fen, row.chain, row.link)
    return _subject(told)


def _subject(heard: Heard) -> Subject:
    name = heard.enterprise_name.strip()
    return Subject(
        heard.matter,
        investor=name,
        group=(rivals.brand_of(name) or names.key(name)) if name else "",
        amount_fen=heard.estimate_fen,
        industry=heard.chain,
        signals={"产业链": heard.chain, "环节": heard.link},
    )
