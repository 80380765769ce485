"""What goes in and out of the API about signals (信息库)."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from yipanqi.delivery.api.lead_shapes import Reason
from yipanqi.delivery.api.shapes import Code, Fen, Line, PageNumber, PublicId, Strict, Words
from yipanqi.vocab.labels import Label

Source = Annotated[str, Field(pattern="^(news|visit|fair|referral|hotline|portal|target)$")]
Short = Annotated[Line, Field(max_length=120)]


class SignalFilter(Schema):
    """How the list is narrowed; `state` may also be open or late, `whose` mine or captured."""

    text: Line = ""
    state: Code = ""
    source: Code = ""
    unit: Code = ""
    chain: Code = ""
    whose: Code = ""
    page: PageNumber = 1


class FactsIn(Strict):
    """What was heard."""

    matter: Annotated[Short, Field(min_length=1)]
    source: Source
    enterprise_name: Short = ""
    details: Words = ""
    source_note: Line = ""
    referrer: Annotated[Line, Field(max_length=80)] = ""
    chain: Code = ""
    link: Code = ""
    estimate_fen: Fen | None = None


class SignalIn(FactsIn):
    """A new signal; the same `slip` sent twice is one; `is_checked`: likely ones were looked at."""

    label: Label = Label.INTERNAL
    slip: Annotated[str, Field(max_length=36, pattern="^[0-9A-Za-z-]*$")] = ""
    is_checked: bool = False


class AmendIn(FactsIn):
    """The facts as they should be; `version` is the one that was read."""

    version: Annotated[int, Field(ge=1, le=1_000_000)]


class LikelyIn(Strict):
    """What is about to be written down."""

    matter: Annotated[Short, Field(min_length=1)]
    enterprise_name: Short = ""
    chain: Code = ""
    link: Code = ""
    estimate_fen: Fen | None = None


class NearOut(Schema):
    """An open signal that may tell of the same thing, with the level and why."""

    signal: str
    unit: str
    matter: str
    level: int
    likeness: int
    reasons: list[str]


class AlikeOut(Schema):
    """What is already known, as far as one may know it; the rest is only counted."""

    enterprise: str | None
    signals: list[NearOut]
    unseen: int
    claims: list[str]
    unseen_claims: int


class TermOut(Schema):
    """A term that runs: what is due, its last day, and its light (late, near, good)."""

    step: str
    due: date
    light: str


class SignalOut(Schema):
    """A signal with its running terms."""

    public_id: str
    version: int
    enterprise_name: str
    enterprise: str | None
    matter: str
    details: str
    source: str
    source_note: str
    referrer: str
    chain: str
    link: str
    estimate_fen: Fen | None
    label: Label
    state: str
    unit: str
    captured_unit: str
    captured_at: datetime
    terms: list[TermOut]
    reason: str
    reply: str


class NoteOut(Schema):
    """What happened since, or was added."""

    kind: str
    words: str
    happened_on: date
    unit: str


class ReportIn(Strict):
    """Progress, and the day of it."""

    words: Reason
    on: date


class AssignIn(Strict):
    """Another unit, and why it."""

    unit: Annotated[Code, Field(min_length=1)]
    because: Reason


class VerdictIn(Strict):
    """Whether it is worth following, and why."""

    worth: bool
    because: Reason


class IntoIn(Strict):
    """The signal it goes into."""

    into: PublicId


class LeadIn(Strict):
    """The lead that was filed from it."""

    lead: PublicId


class TakenOut(Schema):
    """The enterprise of the library, and whether it is new there."""

    enterprise: str
    is_new: bool
