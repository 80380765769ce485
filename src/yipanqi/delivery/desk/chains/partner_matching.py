"""Which registered enterprises the names of a list mean: the certain ones, and the near."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from yipanqi.delivery import registry_search
from yipanqi.delivery.desk.chains.partner_reading import Said
from yipanqi.delivery.registry_search import State
from yipanqi.domain.industries.partner_kinds import MatchedBy
from yipanqi.domain.industries.services.partners import Known
from yipanqi.domain.rules import queries as rules
from yipanqi.engine import indices, sessions
from yipanqi.engine.groups.places import PlaceWords
from yipanqi.engine.matching import candidates, lookups, registered
from yipanqi.engine.matching.candidates import Asked, Candidate, Company
from yipanqi.engine.matching.registered import Registered
from yipanqi.engine.search import finding
from yipanqi.engine.search.questions import LONGEST, Question, Unanswerable

# Names whose near ones are looked for; asking the search index takes far longer than the lookup.
MOST_NEAR, _MOST_SEARCHED = 200, 30
_TOP, _WEIGHED = 3, 10
_LEAST = 0.3  # below, a company merely sounds alike
_CERTAIN = Decimal("1.00")


@dataclass(frozen=True, slots=True)
class Near:
    """A registered enterprise a name may mean, and the code it is registered under."""

    known: Known
    code: str | None
    is_same_name: bool


@dataclass(slots=True)
class Matches:
    """By number of row: the certain enterprise, or the near ones, the surest first.

    `unasked` counts the rows whose near ones were not looked for: there were too many.
    """

    snapshot: str = ""
    certain: dict[int, Known] = field(default_factory=dict)
    near: dict[int, list[Near]] = field(default_factory=dict)
    unasked: int = 0

    def chosen(self, number: int, registry_id: str) -> Known | None:
        """The near enterprise of that id offered for the row, or None."""
        offered = (each.known for each in self.near.get(number, ()))
        return next((each for each in offered if each.registry_id == registry_id), None)


def matches(rows: Sequence[Said]) -> Matches:
    """Every row's enterprise by code or very name; where none or several are, those near.

    Without a registry in force nothing is found.
    """
    now = registry_search.condition()
    if now.registry is None:
        return Matches()
    found = Matches(indices.snapshot(now.registry)[:80])
    exact = registered.exactly(now.registry, [(row.code or None, row.name) for row in rows])
    left: dict[str, list[Said]] = {}
    home = rules.pack().region_code
    for row, ones in zip(rows, exact, strict=True):
        if len(ones) == 1:
            how = MatchedBy.CODE if row.code and ones[0].code == row.code else MatchedBy.NAME
            found.certain[row.number] = _known(ones[0], home, how, _CERTAIN)
        elif ones:
            found.near[row.number] = [_namesake(each, home, len(ones)) for each in ones[:_WEIGHED]]
        else:
            left.setdefault(row.name, []).append(row)
    _look_around(now.registry, left, found, home)
    return found


def leader(name: str) -> str:
    """The registry id of the one enterprise of that very name; empty where none or several are."""
    registry = registry_search.condition().registry
    ones = registered.exactly(registry, [(None, name)])[0] if registry else ()
    return ones[0].id if len(ones) == 1 else ""


def _look_around(
    registry: Path, left: Mapping[str, Sequence[Said]], found: Matches, home: str
) -> None:
    near = _near(registry, list(left))
    found.unasked = sum(len(rows) for name, rows in left.items() if name not in near)
    ids = {each.registry_id for ones in near.values() for each in ones if each.registry_id}
    told = registered.with_ids(registry, ids) if ids else {}
    for name, ones in near.items():
        offered = [
            Near(
                _known(one, home, MatchedBy.CHOSEN, Decimal(str(each.confidence))),
                one.code,
                is_same_name=False,
            )
            for each in ones
            if (one := told.get(each.registry_id or "")) and each.confidence >= _LEAST
        ]
        for row in left[name] if offered else ():
            found.near[row.number] = offered


def _near(registry: Path, names: Sequence[str]) -> dict[str, tuple[Candidate, ...]]:
    """The candidates of each name that was looked for."""
    if lookups.is_made(registry):
        with sessions.measures() as session:
            lookup = lookups.opened(registry, session)
            return {name: lookup.candidates(name, _TOP) for name in names[:MOST_NEAR]}
    if registry_search.condition().state is not State.READY:
        return {}
    return {name: tuple(_searched(registry, name)) for name in names[:_MOST_SEARCHED]}


def _searched(registry: Path, name: str) -> Iterable[Candidate]:
    """The candidates that the search index of every page finds, judged as the lookup judges."""
    try:
        hits = finding.find(registry, Question(name[:LONGEST]), most=_WEIGHED).hits
    except Unanswerable:
        return ()
    words = PlaceWords.of(())
    companies = [Company(hit.row.name, hit.row.id, 1, hit.row.city_code) for hit in hits]
    return candidates.judged(Asked.of(name, words), companies, words)[:_TOP]


def _namesake(one: Registered, home: str, number: int) -> Near:
    share = (1 / Decimal(number)).quantize(Decimal("0.01"))
    return Near(_known(one, home, MatchedBy.CHOSEN, share), one.code, is_same_name=True)


def _known(one: Registered, home: str, how: MatchedBy, confidence: Decimal) -> Known:
    return Known(
        registry_id=one.id,
        name=one.name,
        province=one.province or "",
        city=one.city or one.province or "",
        is_here=_is_here(one, home),
        matched_by=how,
        confidence=confidence,
    )


def _is_here(one: Registered, home: str) -> bool | None:
    if one.city_code:
        return one.city_code == home
    # Of another province it is elsewhere, whatever the city.
    return False if one.province_code and one.province_code[:2] != home[:2] else None
