"""What goes in and out of the API about claims: duplicates, renewals, contests, transfers."""

from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from yipanqi.delivery.api.shapes import Code, Fen, Line, PublicId, Strict, Words

Reason = Annotated[Words, Field(min_length=1, max_length=2000)]
Years = Annotated[int, Field(ge=1, le=30)]
Part = Annotated[int, Field(ge=1, le=10_000)]


class MatterIn(Strict):
    """A matter about to be filed."""

    matter: Annotated[Line, Field(min_length=1, max_length=120)]
    chain: Code = ""
    link: Code = ""
    estimate_fen: Fen | None = None


class LikelyOut(Schema):
    """A claim that may be on the same matter, with the level and why."""

    lead: str
    unit: str
    matter: str
    level: int
    likeness: int
    reasons: list[str]


class CandidatesOut(Schema):
    """Likely duplicates one may know of; the rest are only counted."""

    seen: list[LikelyOut]
    unseen: int


class RenewalIn(Strict):
    """The progress that renews a claim; its evidence comes as the form's file."""

    words: Reason
    on: date


class RenewalOut(Schema):
    """A renewal."""

    number: int
    progress: str
    progressed_on: date
    until: date


class ContestIn(Strict):
    """The grounds of a contest; the proof comes as the form's file."""

    words: Reason
    proof_kind: Annotated[str, Field(pattern="^(letter|visit|confirmation)$")]


class WordsIn(Strict):
    """Words that a verb needs."""

    words: Reason


class ContestOut(Schema):
    """A contest of a claim: `claim` is the challenger's filing."""

    claim: str
    grounds: str
    raised_at: datetime
    answer_due: date
    answer: str
    answered_at: datetime | None


class PartyIn(Strict):
    """A unit and its part of the ratio."""

    unit: Annotated[Code, Field(min_length=1)]
    part: Part


class TransferIn(Strict):
    """A proposal to hand a lead over; the giver and the receiver are among the parties."""

    lead: PublicId
    receiver: Annotated[Code, Field(min_length=1)]
    reason: Reason
    parties: Annotated[list[PartyIn], Field(min_length=2, max_length=10)]
    years: Years | None = None


class PartyOut(Schema):
    """A party: its share is part ÷ the sum of all parts."""

    unit: str
    part: int
    accepted_at: datetime | None


class TransferOut(Schema):
    """A transfer with its agreement; days are known once every party has accepted."""

    public_id: str
    lead: str
    matter: str
    giver: str
    receiver: str
    reason: str
    years: int
    state: str
    proposed_at: datetime
    closing: str
    since: date | None
    until: date | None
    parties: list[PartyOut]
