"""What goes in and out of the API about admission reviews: exact figures are decimal strings."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from yipanqi.delivery.api.shapes import Code, Line, PublicId, Strict, Words
from yipanqi.vocab.admission import Grade, Outcome

Reason = Annotated[Words, Field(min_length=1, max_length=2000)]
Text = Annotated[Words, Field(max_length=2000)]
Figure = Annotated[str, Field(max_length=24, pattern=r"^[0-9a-z_.]*$")]
Key = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_-]+$")]
Points = Annotated[Decimal, Field(ge=0, le=1000, max_digits=6, decimal_places=2)]


class FactsIn(Strict):
    """What is scored; null or left out stays unknown, and is never zero."""

    industry_category: Figure | None = None
    annual_output_wan: Figure | None = None
    annual_tax_wan: Figure | None = None
    fixed_investment_wan: Figure | None = None
    land_mu: Figure | None = None

    def figures(self) -> dict[str, str]:
        """Each figure that was sent, as the service takes it."""
        return {key: getattr(self, key) or "" for key in self.model_fields_set}


class OpeningIn(Strict):
    """A project to hand in; without `facts` what its record knows is handed in."""

    project: PublicId
    summary: Text = ""
    facts: FactsIn | None = None


class CountersignIn(Strict):
    """A department's grade and comment."""

    grade: Grade
    comment: Text = ""


class ExpertIn(Strict):
    """An officer to be asked."""

    officer: PublicId


class DeclarationIn(Strict):
    """An expert's interest and promise of secrecy."""

    has_interest: bool
    keeps_secret: bool
    interest: Annotated[Words, Field(max_length=500)] = ""


class MarkIn(Strict):
    """Points for one indicator."""

    scheme: Key
    indicator: Key
    points: Points


class MarksIn(Strict):
    """Points for every indicator experts judge."""

    marks: Annotated[list[MarkIn], Field(min_length=1, max_length=100)]


class VetoIn(Strict):
    """A ground of the sheet, and why it applies."""

    code: Key
    reason: Reason


class BecauseIn(Strict):
    """A reason."""

    because: Reason


class WantedIn(Strict):
    """A condition of the minutes; without a unit the owning unit meets it."""

    text: Annotated[Words, Field(min_length=1, max_length=300)]
    unit: Code = ""
    due: date | None = None


class DecisionIn(Strict):
    """What a body decided."""

    body: Key
    outcome: Outcome
    held_on: date
    minutes_no: Annotated[Line, Field(max_length=60)] = ""
    remark: Text = ""
    conditions: Annotated[list[WantedIn], Field(max_length=50)] = []


class MeetingIn(Strict):
    """When and how a condition was met."""

    on: date
    proof: Reason


class CountersignOut(Schema):
    """A countersign; an empty grade is not given yet."""

    unit: str
    matter: str
    due: date
    grade: str
    comment: str
    answered_at: datetime | None


class VetoOut(Schema):
    """A veto, standing until withdrawn."""

    public_id: str
    code: str
    title: str
    unit: str
    reason: str
    withdrawn_at: datetime | None


class SittingOut(Schema):
    """A body's turn; an empty outcome is not decided yet."""

    body: str
    title: str
    held_on: date | None
    minutes_no: str
    outcome: str
    remark: str


class ConditionOut(Schema):
    """A condition of a conditional pass."""

    public_id: str
    text: str
    unit: str
    due: date
    met_on: date | None


class LineOut(Schema):
    """A line of a score: null points are not scored, and `working` says why."""

    indicator: str
    label: str
    points: Decimal | None
    maximum: Decimal
    working: str


class ScoreOut(Schema):
    """A scheme's score; the total is the sum of the scored lines."""

    scheme: str
    title: str
    total: Decimal
    of: Decimal
    is_complete: bool
    lines: list[LineOut]


class ReviewOut(Schema):
    """A review as its list shows it."""

    public_id: str
    subject: str
    title: str
    investor: str
    project_class: str
    total_investment_fen: int | None
    unit: str
    label: str
    state: str
    opened_on: date
    closed_at: datetime | None


class ReviewWhole(ReviewOut):
    """A review with all its parts."""

    content: str
    summary: str
    facts: dict[str, str]
    sheet: str
    countersigns: list[CountersignOut]
    vetoes: list[VetoOut]
    sittings: list[SittingOut]
    conditions: list[ConditionOut]
    scores: list[ScoreOut]
