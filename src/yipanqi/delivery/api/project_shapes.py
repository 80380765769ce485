"""What goes in and out of the API about projects, their money and their tables."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import AfterValidator, Field

from yipanqi.delivery.api.shapes import Code, Fen, Line, Mu, PublicId, Strict, Words, clean
from yipanqi.vocab.labels import Label
from yipanqi.vocab.money import LARGEST_FEN

Chosen = Annotated[str, Field(max_length=20, pattern=r"^[a-z_]*$")]
Text = Annotated[str, Field(max_length=300), AfterValidator(clean)]
Rate = Annotated[Decimal, Field(gt=0, le=1000, max_digits=14, decimal_places=6)]
PhaseNumber = Annotated[str, Field(max_length=5, pattern=r"^([0-9]{1,2}(\.[0-9]{1,2})?)?$")]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


class ProjectOut(Schema):
    """A project. `version` must be sent back with an edit."""

    public_id: str
    version: int
    code: str | None
    name: str
    enterprise: str
    unit: str
    park: str | None
    chain: str
    link: str
    label: Label
    stage: str
    official: str
    stage_since: date
    total_investment_fen: int | None
    fixed_investment_fen: int | None
    paid_in_fen: int | None
    verified_in_fen: int | None
    opening_in_fen: int | None
    needs_land: bool | None
    land_secured_mu: Decimal | None
    agreement_signed_on: date | None
    registered_on: date | None
    construction_permit_on: date | None
    started_on: date | None
    completed_on: date | None
    production_on: date | None
    city_code: str | None
    province_code: str
    nation_code: str
    statistical_name: str
    second_chain: str
    relocated_from: str
    products: str
    site_address: str
    sourcing_note: str
    origin: str
    secrecy_note: str
    industry_code: str
    second_industry_code: str
    capital_source: str
    planning_kind: str
    approval_kind: str
    nature: str
    headquarters: str
    headquarters_mode: str
    investor_kind: str
    sourcing: str
    assigned_by: str
    is_sent_to_province: bool | None
    is_fdi: bool | None
    is_enclave: bool | None
    is_relocated: bool | None
    is_research_centre: bool | None
    is_advanced_manufacturing: bool | None
    is_strategic: bool | None
    is_key_industry: bool | None
    is_high_energy: bool | None
    is_existing_firm: bool | None
    statistical_total_fen: int | None
    filed_total_fen: int | None
    expected_output_fen: int | None
    expected_tax_fen: int | None
    expected_jobs: int | None
    first_invested_year: int | None
    site_area_mu: Decimal | None
    plant_area_sqm: Decimal | None
    longitude: Decimal | None
    latitude: Decimal | None
    planned_start_on: date | None
    planned_finish_on: date | None
    first_contact_on: date | None
    updated_at: datetime


class ProjectIn(Strict):
    """A project to open from a held lead."""

    lead: PublicId
    name: Annotated[Line, Field(min_length=1, max_length=80)]
    content: Words = ""
    total_investment_fen: Fen | None = None
    park: Code = ""


class ProjectChange(Strict):
    """What to change; fields left out stay as they are, null clears a field (not the label)."""

    version: Annotated[int, Field(ge=1, le=2_000_000_000)]
    name: Annotated[Line, Field(min_length=1, max_length=80)] | None = None
    content: Words | None = None
    label: Label | None = None
    team_note: Line | None = None
    project_class: Code | None = None
    investment_form: Code | None = None
    site_kind: Annotated[str, Field(max_length=20, pattern=r"^[a-z_]*$")] | None = None
    total_investment_fen: Fen | None = None
    fixed_investment_fen: Fen | None = None
    needs_land: bool | None = None
    land_secured_mu: Mu | None = None
    agreement_signed_on: date | None = None
    registered_on: date | None = None
    filing_code: Annotated[Line, Field(max_length=40)] | None = None
    construction_permit_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    production_on: date | None = None
    city_code: Annotated[Line, Field(max_length=40)] | None = None
    province_code: Annotated[Text, Field(max_length=40)] | None = None
    nation_code: Annotated[Text, Field(max_length=40)] | None = None
    statistical_name: Annotated[Text, Field(max_length=120)] | None = None
    second_chain: Annotated[Text, Field(max_length=60)] | None = None
    relocated_from: Annotated[Text, Field(max_length=60)] | None = None
    products: Annotated[Text, Field(max_length=300)] | None = None
    site_address: Annotated[Text, Field(max_length=200)] | None = None
    sourcing_note: Annotated[Text, Field(max_length=200)] | None = None
    origin: Annotated[Text, Field(max_length=60)] | None = None
    secrecy_note: Annotated[Text, Field(max_length=200)] | None = None
    industry_code: Annotated[str, Field(pattern=r"^[A-T]?[0-9]{0,4}$")] | None = None
    second_industry_code: Annotated[str, Field(pattern=r"^[A-T]?[0-9]{0,4}$")] | None = None
    capital_source: Chosen | None = None
    planning_kind: Chosen | None = None
    approval_kind: Chosen | None = None
    nature: Chosen | None = None
    headquarters: Chosen | None = None
    headquarters_mode: Chosen | None = None
    investor_kind: Chosen | None = None
    sourcing: Chosen | None = None
    assigned_by: Chosen | None = None
    is_sent_to_province: bool | None = None
    is_fdi: bool | None = None
    is_enclave: bool | None = None
    is_relocated: bool | None = None
    is_research_centre: bool | None = None
    is_advanced_manufacturing: bool | None = None
    is_strategic: bool | None = None
    is_key_industry: bool | None = None
    is_high_energy: bool | None = None
    is_existing_firm: bool | None = None
    statistical_total_fen: Fen | None = None
    filed_total_fen: Fen | None = None
    expected_output_fen: Fen | None = None
    expected_tax_fen: Fen | None = None
    expected_jobs: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    first_invested_year: Annotated[int, Field(ge=1949, le=9999)] | None = None
    site_area_mu: Mu | None = None
    plant_area_sqm: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] | None = None
    longitude: Annotated[Decimal, Field(ge=73, le=136, max_digits=9, decimal_places=6)] | None = (
        None
    )
    latitude: Annotated[Decimal, Field(ge=3, le=54, max_digits=9, decimal_places=6)] | None = None
    planned_start_on: date | None = None
    planned_finish_on: date | None = None
    first_contact_on: date | None = None


class StepOut(Schema):
    """A stage open after the present one, and what is missing for it."""

    code: str
    title: str
    official: str
    missing: list[dict[str, str]]


class VoucherOut(Schema):
    """Money in place: `amount_minor` as paid, in the smallest unit, `amount_fen` as it counts."""

    public_id: str
    kind: str
    state: str
    paid_on: date | None
    component: str
    origin: str
    phase: str
    currency: str
    amount_minor: int
    rate: Decimal | None
    rate_on: date | None
    amount_fen: int
    evidence: str | None
    note: str
    recorded_at: datetime
    judged_at: datetime | None
    because: str


class VoucherIn(Strict):
    """A voucher; `amount` in the currency's smallest unit, `rate` in yuan for one unit."""

    kind: Chosen
    paid_on: date
    amount: Annotated[int, Field(ge=1, le=LARGEST_FEN)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CNY"
    rate: Rate | None = None
    rate_on: date | None = None
    component: Chosen = ""
    origin: Chosen = ""
    phase: PhaseNumber = ""
    note: Line = ""


class Because(Strict):
    """Why."""

    because: Line


class ComponentShape(Strict):
    """One component; `foreign_minor` in the smallest unit of the foreign currency."""

    kind: Chosen
    domestic_fen: Fen | None = None
    foreign_minor: Fen | None = None


class YearShape(Strict):
    """One year of the plan."""

    year: Annotated[int, Field(ge=1, le=9999)]
    amount_fen: Fen
    content: Line = ""


class PhaseShape(Strict):
    """One phase by its own number."""

    number: PhaseNumber
    title: Annotated[Line, Field(max_length=80)] = ""
    amount_fen: Fen | None = None
    planned_start_on: date | None = None
    planned_finish_on: date | None = None
    content: Line = ""


class NeedShape(Strict):
    """One element, in its own unit."""

    kind: Chosen
    amount: Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=2)]
    needed_on: date | None = None
    note: Line = ""


class CountedOut(Schema):
    """Fixed investment by a definition: null while a component it counts is unknown (`missing`)."""

    definition: str
    label: str
    amount_fen: int | None
    missing: list[str]


class TablesOut(Schema):
    """What a project has several of, and fixed investment by each definition (null: not known)."""

    version: int
    currency: str
    rate: Decimal | None
    rate_on: date | None
    components: list[ComponentShape]
    years: list[YearShape]
    phases: list[PhaseShape]
    needs: list[NeedShape]
    fixed_investment: list[CountedOut]


class TablesIn(Strict):
    """Tables to write anew, each as a whole; one that is left out stays as it is."""

    version: Version
    currency: Annotated[str, Field(pattern=r"^([A-Z]{3})?$")] = ""
    rate: Rate | None = None
    rate_on: date | None = None
    components: Annotated[list[ComponentShape], Field(max_length=5)] | None = None
    years: Annotated[list[YearShape], Field(max_length=60)] | None = None
    phases: Annotated[list[PhaseShape], Field(max_length=60)] | None = None
    needs: Annotated[list[NeedShape], Field(max_length=8)] | None = None
