"""Other units' claims that may be on the same matter (查重), and who may be shown them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q

from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.models import Claim, ClaimState, Lead
from yipanqi.rulebook import duplicates
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.duplicates import Finding, Level, Subject
from yipanqi.vocab import names
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Matter:
    """What is about to be entered, as duplicates are told by."""

    enterprise: Enterprise
    name: str
    estimate_fen: int | None = None
    chain: str = ""
    link: str = ""

    @property
    def subject(self) -> Subject:
        """The matter as duplicates are told by."""
        place = {"产业链": self.chain, "环节": self.link}
        return _subject(self.enterprise, self.name, self.estimate_fen, place)


@dataclass(frozen=True, slots=True)
class Rival:
    """A claim that may be on the same matter, how sure that is, and why."""

    claim: Claim
    finding: Finding

    @property
    def bars(self) -> bool:
        """Whether a new filing has to wait for a ruling; a faint likeness is only shown."""
        return self.finding.level is not Level.FAINT


@dataclass(frozen=True, slots=True)
class Candidates:
    """Likely duplicates this person may know of, and how many there are besides."""

    seen: tuple[Rival, ...]
    unseen: int


def of(matter: Matter, *, under: ClaimSheet) -> list[Rival]:
    """Held claims likely on the same matter, surest first.

    For the house's own use: what comes back is not to be shown without `queries.may_know`.
    """
    return _alike(matter, (ClaimState.HELD,), under)


def candidates(matter: Matter, *, under: ClaimSheet, seen_by: Actor) -> Candidates:
    """Open claims likely on the same matter: those to be shown, and the number of the rest."""
    found = _alike(matter, (ClaimState.HELD, ClaimState.PENDING), under)
    seen = tuple(each for each in found if queries.may_know(each.claim, seen_by=seen_by))
    return Candidates(seen, len(found) - len(seen))


def subject(lead: Lead) -> Subject:
    """A lead as duplicates are told by."""
    place = {"产业链": lead.chain, "环节": lead.link}
    return _subject(lead.enterprise, lead.matter, lead.estimate_fen, place)


def _alike(matter: Matter, states: tuple[ClaimState, ...], under: ClaimSheet) -> list[Rival]:
    one = matter.subject
    rows = Claim.objects.filter(_near(matter.enterprise), state__in=states).select_related(
        "lead", "lead__unit", "lead__enterprise", "unit", "enterprise", "proof"
    )
    claims = list(rows.order_by("id"))
    others = [_kin(subject(each.lead), one, under) for each in claims]
    found = duplicates.findings(one, others, under=under)
    return [Rival(claims[at], finding) for at, finding in found]


def _near(enterprise: Enterprise) -> Q:
    # A firm, those of its brand, and those whose name begins alike: a block that keeps the
    # comparison to a handful of rows.
    near = Q(enterprise=enterprise) | Q(enterprise__name_key__startswith=enterprise.name_key[:2])
    brand = names.key(brand_of(enterprise.name))
    return near | Q(enterprise__name_key__contains=brand) if len(brand) > 1 else near


def _kin(other: Subject, one: Subject, under: ClaimSheet) -> Subject:
    """The other as of the same group where the firms' names are near: one may be misspelt."""
    likeness = names.likeness(other.investor, one.investor)
    if other.group == one.group or likeness < under.near_name_share * 100:
        return other
    return replace(other, group=one.group)


def _subject(
    enterprise: Enterprise, name: str, estimate_fen: int | None, place: Mapping[str, str]
) -> Subject:
    return Subject(
        name,
        investor=enterprise.name,
        investor_code=enterprise.code or "",
        group=brand_of(enterprise.name) or enterprise.name_key,
        amount_fen=estimate_fen,
        industry=place["产业链"],
        signals=place,
    )


@lru_cache(maxsize=4096)
def brand_of(name: str) -> str:
    """The brand in a firm's name, as groups are told by; "" where the name has none."""
    from yipanqi.engine.groups import parsing  # noqa: PLC0415 -- brings Ibis, a second to load

    return parsing.parsed(name).brand
