"""Made-up registrations that look like real ones: uneven by city, gathered by industry.

Rows are drawn in batches, each from a generator of its own that the seed and the batch's number
give, so that a seed always gives the same rows and memory does not grow with their number. Nothing
is taken from a real enterprise; whoever reads the table is told by its metadata and its manifest.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from yipanqi.engine.registry import made_up_codes
from yipanqi.engine.registry import made_up_words as words
from yipanqi.engine.registry.made_up_scopes import Clauses, Places, Terms
from yipanqi.engine.registry.sources import SYNTHETIC_KEY
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region

MOST_ROWS = made_up_codes.MOST
_BATCH_ROWS = 50_000
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in (
        "name", "code", "registered", "kind", "capital", "scope", "province", "city", "address",
    )],
    metadata={SYNTHETIC_KEY: b"yes"},
)  # fmt: skip
# A quarter of the links is missing from any one city.
_MISSING_SHARE = 0.25
_BRANCH_SHARE = 0.05
_FIRST_DAY, _LAST_DAY = date(1992, 1, 1), date(2023, 12, 31)
_NEW_CODES_FROM = date(2015, 10, 1)
_OFFICES = 15
_CAPITALS = 8192


@dataclass(frozen=True)
class Country:
    """Where made-up enterprises stand and what they do there; drawn once from a seed."""

    terms: Terms
    seed: int

    @cached_property
    def cities(self) -> tuple[Region, ...]:
        """Cities that have registrations; none are made up for Hong Kong, Macao and Taiwan."""
        return tuple(one for one in regions.cities() if one.code < "7")

    @cached_property
    def shares(self) -> npt.NDArray[np.float64]:
        """The share of registrations in each city and those before it, up to 1."""
        weights = [words.CITY_WEIGHTS.get(one.code, _ordinary(one)) for one in self.cities]
        upto = np.cumsum(weights)
        return np.asarray(upto / upto[-1])

    @cached_property
    def clauses(self) -> Clauses:
        """What enterprises do, more of it where its chain gathers."""
        draw = Random(f"{self.seed} strengths")  # noqa: S311 -- a table of examples, not a secret
        chains = [chain for chain, links in self.terms.items() for _ in links]
        strengths = [
            [
                words.CLUSTERS.get(chain, {}).get(city.code, 0.6)
                * (0.0 if draw.random() < _MISSING_SHARE else draw.lognormvariate(0, 1.1))
                for chain in chains
            ]
            for city in self.cities
        ]
        return Clauses(self.terms, np.array(strengths))

    @cached_property
    def offices(self) -> npt.NDArray[np.bytes_]:
        """The registering offices of each city (a row), as six digits each."""
        return np.array([_offices(city) for city in self.cities], "S6")

    @cached_property
    def capitals(self) -> pa.Array:
        """Registered capitals as registrations write them."""
        draw = Random(f"{self.seed} capitals")  # noqa: S311 -- a table of examples, not a secret
        return pa.array([_capital(draw) for _ in range(_CAPITALS)])

    @cached_property
    def names(self) -> tuple[pa.Array, pa.Array, pa.Array]:
        """Of each city the short name, the full name and its province's short name."""
        provinces = [regions.by_code()[city.province_code].short_name for city in self.cities]
        return (
            pa.array([city.short_name for city in self.cities]),
            pa.array([city.name for city in self.cities]),
            pa.array(provinces),
        )


def write(rows: int, *, seed: int, terms: Terms, into: Path) -> None:
    """Write one Parquet file of at most MOST_ROWS made-up registrations in the public layout."""
    country = Country(terms, seed)
    with parquet.ParquetWriter(into, _SCHEMA, compression="zstd") as writer:
        for start in range(0, rows, _BATCH_ROWS):
            writer.write_table(_batch(country, start, min(_BATCH_ROWS, rows - start)))


def _batch(country: Country, start: int, rows: int) -> pa.Table:
    """Rows `start` and following; a branch stands in another city than its company, as a rule."""
    chance = Random(f"{country.seed} {start}")  # noqa: S311 -- examples, not secrets
    draw = np.random.default_rng(chance.getrandbits(128))
    city = np.searchsorted(country.shares, draw.random(rows), side="right")
    form = np.searchsorted(np.cumsum(words.FORM_SHARES)[:-1], draw.random(rows), side="right")
    scope, word = country.clauses.scopes(draw, city)
    name = _names(country, draw, city, word, form)
    head = _heads(draw, form)
    is_branch = pa.array(head >= 0)
    owner = pa.array(np.where(head >= 0, head, np.arange(rows)))
    short, full, province = country.names
    there = pa.array(city)
    branch = pc.binary_join_element_wise(name.take(owner), short.take(there), words.BRANCH, "")
    days = _days(draw, rows)
    kinds = pa.array(words.KINDS).take(pa.array(form))
    capital = country.capitals.take(pa.array(draw.integers(0, _CAPITALS, rows)))
    return pa.Table.from_arrays(
        [
            pc.if_else(is_branch, branch, name),
            _codes(country, draw, city, days, start),
            pa.array(days).cast(pa.string()),
            pc.if_else(is_branch, words.BRANCH_KIND, kinds),
            pc.if_else(is_branch, None, capital),
            scope.take(owner),
            province.take(there),
            short.take(there),
            _addresses(draw, full.take(there)),
        ],
        schema=_SCHEMA,
    )


def _names(
    country: Country, draw: np.random.Generator, city: Places, word: Places, form: Places
) -> pa.Array:
    """City, two or three characters of a brand, what it does, and the form."""
    rows = len(city)
    brands = pa.array(words.BRANDS)
    first, second, third = (brands.take(pa.array(_picked(draw, rows, len(brands)))) for _ in "123")
    return pc.binary_join_element_wise(
        country.names[0].take(pa.array(city)),
        first,
        second,
        pc.if_else(pa.array(draw.random(rows) < 1 / 3), third, None),
        country.clauses.names.take(pa.array(word)),
        pa.array(words.FORMS).take(pa.array(form)),
        "",
        null_handling="skip",
    )


def _heads(draw: np.random.Generator, form: Places) -> Places:
    """For each row the row of the company it is a branch of, else -1; a few have many branches."""
    rows = len(form)
    companies = np.flatnonzero(form < words.COMPANIES)
    chance, owner = draw.random(rows), draw.random(rows)
    is_branch = chance < _BRANCH_SHARE
    is_branch[companies[:1]] = False
    owners = companies[~is_branch[companies]]
    if not len(owners):
        return np.full(rows, -1)
    return np.where(is_branch, owners[(owner**2 * len(owners)).astype(np.int64)], -1)


def _days(draw: np.random.Generator, rows: int) -> npt.NDArray[np.datetime64]:
    # More and more are registered year by year: the density rises with time.
    span = (_LAST_DAY - _FIRST_DAY).days
    days = (span * np.sqrt(draw.random(rows))).astype(np.int64)
    return np.datetime64(_FIRST_DAY, "D") + days


def _codes(
    country: Country,
    draw: np.random.Generator,
    city: Places,
    days: npt.NDArray[np.datetime64],
    start: int,
) -> pa.Array:
    office = country.offices[city, draw.integers(0, _OFFICES, len(city))]
    serials = np.arange(start, start + len(city))
    return made_up_codes.codes(office, serials, days >= np.datetime64(_NEW_CODES_FROM, "D"))


def _addresses(draw: np.random.Generator, city: pa.Array) -> pa.Array:
    rows = len(city)
    numbers = pa.array([f"{number}号" for number in range(1, 1000)])
    parts = (
        pa.array(table).take(pa.array(_picked(draw, rows, len(table))))
        for table in (words.DISTRICTS, words.ROADS, numbers)
    )
    return pc.binary_join_element_wise(city, *parts, "")


def _picked(draw: np.random.Generator, rows: int, among: int) -> Places:
    return (draw.random(rows) * among).astype(np.int64)


def _offices(city: Region) -> list[str]:
    if city.code in regions.OWN_CITIES:
        return [f"{city.code[:2]}01{number:02d}" for number in range(1, _OFFICES + 1)]
    if city.code[4:] != "00":
        return [city.code] * _OFFICES
    return [f"{city.code[:4]}{number % 9 + 1:02d}" for number in range(_OFFICES)]


def _capital(draw: Random) -> str:
    amount = draw.lognormvariate(5, 1.4)
    rounded = max(1, round(amount / 10) * 10 if amount > 50 else round(amount))  # noqa: PLR2004
    if draw.random() < 0.01:  # noqa: PLR2004
        return f"{rounded:,}(万美元)"
    return draw.choice((f"{rounded:,}(万元人民币)", f"{rounded}万人民币", f"{rounded:,}(万元)"))


def _ordinary(city: Region) -> float:
    return 0.4 if city.level is regions.Level.DIRECT else 1.5
