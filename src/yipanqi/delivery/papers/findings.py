"""What papers tell of, whether it comes fresh from the engine or from studies in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yipanqi.engine.spreads import Spread
from yipanqi.rulebook.chains import ChainTables


@dataclass(frozen=True, slots=True)
class Near:
    """A strong city outside: how many of the link it has, how specialised, how far away."""

    city: str
    enterprises: int
    quotient: Decimal
    km: int


@dataclass(frozen=True, slots=True)
class Year:
    """New registrations of a year: None where the registry lacks it, a part where it is partial."""

    year: int
    registered: int | None
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """How likely the city is to grow a link, as a model ranks it; the base rate is that of all."""

    score: Decimal
    rank: int
    among: int
    base_rate: Decimal
    as_of_year: int
    model: str


@dataclass(frozen=True, slots=True)
class LinkFinding:
    """How one link stands in the city; None where nobody counted it. Capital in 万元."""

    code: str
    name: str
    position: str
    local_enterprises: int
    local_traders: int | None
    local_capital_wan: Decimal
    national_enterprises: int
    quotient: Decimal | None
    local_customers: int | None
    strong_cities: int | None
    near: tuple[Near, ...]
    status: str
    action: str
    reason: str
    rule: str
    is_sample: bool
    is_disputed: bool = False
    grade: str = ""
    trend: tuple[Year, ...] = ()
    trend_said: str = ""
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """One feature's part in a score; an unknown value is None and adds nothing."""

    label: str
    value: Decimal | None
    contribution: Decimal


@dataclass(frozen=True, slots=True)
class TargetFinding:
    """One enterprise outside with the working of its score and the clauses that speak for it."""

    registry_id: str
    name: str
    code: str
    place: str
    link: str
    score: Decimal
    working: tuple[Working, ...]
    clauses: tuple[str, ...]
    registered: str
    capital: str
    existence: str
    last_sign_on: date | None
    last_sign_kind: str
    is_here_already: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What findings rest on: the data, the sheets by id with their digests, the code."""

    snapshot: str
    as_of: str | None
    synthetic: bool
    sheets: Mapping[str, str]
    code_version: str


@dataclass(frozen=True, slots=True)
class ChainFindings:
    """A chain in a city: its own rows, its links in the pack's order, the best targets first.

    `all_here` and `all_everywhere` count all enterprises of the city and of the nation.
    """

    city: str
    code: str
    tables: ChainTables
    links: tuple[LinkFinding, ...]
    targets: tuple[TargetFinding, ...]
    grounds: Grounds
    all_here: int | None = None
    all_everywhere: int | None = None
    # How the chain is spread over the nation's cities; None where that is not worked out.
    spread: Spread | None = None

    @property
    def name(self) -> str:
        """The chain's official name."""
        return self.tables.chains[0].name

    @property
    def is_draft(self) -> bool:
        """Whether the chain is not yet written in full."""
        return self.tables.chains[0].status == "draft"

    @property
    def is_sample(self) -> bool:
        """Whether any threshold behind the verdicts is a sample value."""
        return any(link.is_sample for link in self.links)

    def of(self, status: str) -> tuple[LinkFinding, ...]:
        """The links of a status, in the pack's order."""
        return tuple(link for link in self.links if link.status == status)
