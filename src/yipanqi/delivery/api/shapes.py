"""What goes in and out of the API: money in fen, days as ISO dates, unknown as null."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from yipanqi.vocab.labels import Label
from yipanqi.vocab.money import LARGEST_FEN
from yipanqi.vocab.pages import LAST


def clean(text: str) -> str:
    """The text, when it has no NUL."""
    # SQLite keeps a NUL and PostgreSQL refuses it: neither database may see one.
    if "\x00" in text:
        raise ValueError("不能含有空字符")
    return text


Line = Annotated[str, Field(max_length=200), AfterValidator(clean)]
Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9-]*$")]
Words = Annotated[str, Field(max_length=5000), AfterValidator(clean)]
PublicId = Annotated[str, Field(pattern=r"^[2-9b-z]{12}$")]
Fen = Annotated[int, Field(ge=0, le=LARGEST_FEN, description="金额，单位分")]
PageNumber = Annotated[int, Field(ge=1, le=LAST)]
Mu = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class Strict(Schema):
    """A body that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid")


class EnterpriseOut(Schema):
    """An enterprise of 客商库."""

    public_id: str
    code: str | None
    name: str
    country: str
    city: str
    address: str
    registered_on: date | None
    capital_text: str
    existence: str
    last_sign_on: date | None
    source: str
    source_as_of: date | None


class EnterpriseIn(Strict):
    """An enterprise to register."""

    name: Annotated[Line, Field(min_length=1)]
    source: Annotated[Line, Field(min_length=1)]
    code: Annotated[str, Field(pattern=r"^[0-9A-HJ-NPQRTUWXY]{18}$")] | None = None
    country: Annotated[Line, Field(max_length=40)] = "中国"
    city: Annotated[Line, Field(max_length=40)] = ""
    address: Line = ""
    chain: Code = ""
    link: Code = ""


class LinkOut(Schema):
    """A link of a chain with its verdict, if a study gave one."""

    code: str
    name: str
    position: str
    local_enterprises: int | None = None
    local_capital_wan: Decimal | None = None
    quotient: float | None = None
    status: str | None = None
    action: str | None = None
    reason: str | None = None
    rule: str | None = None


class ArrowOut(Schema):
    """Who supplies whom."""

    supplier: str
    customer: str
    what: str


class ChainOut(Schema):
    """A chain."""

    code: str
    name: str
    alias: str
    status: str
    valid_from: date
    source: str
    basis: str


class ChainWhole(ChainOut):
    """A chain with its links and arrows, and the study its verdicts come from."""

    study: str | None = None
    as_of: date | None = None
    synthetic: bool | None = None
    links: list[LinkOut]
    arrows: list[ArrowOut]


class TargetOut(Schema):
    """A target with the working of its score: contributions sum to it."""

    public_id: str
    registry_id: str
    rank: int
    name: str
    code: str
    province: str
    city: str
    link: str
    kind: str
    size: str
    score: Decimal
    contributions: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    existence: str
    last_sign_on: date | None
    # What kind of sign, in the source's own word; empty: unknown.
    last_sign_kind: str
    # Whether it lives as far as known, officers' looks counted, and the last sign of it: its day
    # and its kind, which is `checked` for an officer's look.
    life: str
    life_on: date | None
    life_kind: str


class ClaimOut(Schema):
    """Where a filing stands."""

    public_id: str
    state: str
    unit: str
    filed_at: datetime
    protected_until: date | None
    ruling: str


class LeadOut(Schema):
    """A lead with its claim."""

    public_id: str
    enterprise: str
    matter: str
    chain: str
    link: str
    estimate_fen: int | None
    label: Label
    claim: ClaimOut | None


class FilingOut(Schema):
    """How a filing ended; holder and day only for those cleared to know."""

    outcome: str
    sentence: str
    lead: str | None
    holder: str
    until: date | None


class FileOut(Schema):
    """A file attached to a record."""

    public_id: str
    kind: str
    name: str
    sha256: str
    size_bytes: int
    media_type: str
    uploaded_at: datetime


class LineOut(Schema):
    """A line of the ledger."""

    id: int
    subject: str
    seq: int
    when: datetime
    actor: str
    kind: str
    sentence: str
    fields: dict[str, Any]
    sheet: str | None
    digest: str


class HeadOut(Schema):
    """Where the ledger stands."""

    lines: int
    last_seal: int | None
    unsealed: int


class VerificationOut(Schema):
    """What a check of the whole ledger found."""

    sound: bool
    sentence: str


class Attached(Strict):
    """What kind of material the file is."""

    kind: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]+$")]
    source: Line = ""
    dated: date | None = None


class Found(Schema):
    """A suggestion for the search box."""

    kind: str
    public_id: str
    title: str
    note: str
