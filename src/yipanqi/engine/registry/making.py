"""Made-up registrations that look like real ones: uneven by city, gathered by industry.

Every row is drawn from one seeded generator, so that a seed always gives the same rows. Nothing is
taken from a real enterprise; whoever reads the table is told by its metadata and its manifest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random

import pyarrow as pa
from pyarrow import parquet

from yipanqi.engine.registry import made_up_words as words
from yipanqi.engine.registry.sources import SYNTHETIC_KEY
from yipanqi.vocab import credit_codes, regions
from yipanqi.vocab.regions import Region

# Terms by link by chain.
Terms = Mapping[str, Mapping[str, Sequence[str]]]

_BATCH_ROWS = 50_000
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in (
        "name", "code", "registered", "kind", "capital", "scope", "province", "city", "address",
    )],
    metadata={SYNTHETIC_KEY: b"yes"},
)  # fmt: skip
# A quarter speaks of some link of a chain; the rest is trade, building, services.
_CHAIN_SHARE = 0.25
# And a quarter of the links is missing from any one city.
_MISSING_SHARE = 0.25
_DEALER_SHARE = 0.2
_NEGATED_SHARE = 0.03
_FIRST_DAY, _LAST_DAY = date(1992, 1, 1), date(2023, 12, 31)
_NEW_CODES_FROM = date(2015, 10, 1)
_SAMPLE_CODE_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


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
    def weights(self) -> list[float]:
        """How many registrations each city draws, against an ordinary one."""
        return [words.CITY_WEIGHTS.get(one.code, _ordinary(one)) for one in self.cities]

    @cached_property
    def links(self) -> list[tuple[str, str]]:
        """Every chain and link there are terms for."""
        return [(chain, link) for chain, links in self.terms.items() for link in links]

    @cached_property
    def strengths(self) -> dict[str, list[float]]:
        """For each city, how strong each link is there: many are weak, some are missing."""
        draw = Random(f"{self.seed} strengths")  # noqa: S311 -- a table of examples, not a secret
        return {
            city.code: [
                words.CLUSTERS.get(chain, {}).get(city.code, 0.6)
                * (0.0 if draw.random() < _MISSING_SHARE else draw.lognormvariate(0, 1.1))
                for chain, _ in self.links
            ]
            for city in self.cities
        }


def write(rows: int, *, seed: int, terms: Terms, into: Path) -> None:
    """Write one Parquet file of made-up registrations in the public layout."""
    country = Country(terms, seed)
    draw = Random(seed)  # noqa: S311 -- a table of examples, not a secret
    with parquet.ParquetWriter(into, _SCHEMA, compression="zstd") as writer:
        for start in range(0, rows, _BATCH_ROWS):
            batch = list(_rows(country, draw, min(_BATCH_ROWS, rows - start)))
            columns = [pa.array(column, pa.string()) for column in zip(*batch, strict=True)]
            writer.write_table(pa.Table.from_arrays(columns, schema=_SCHEMA))


def _rows(country: Country, draw: Random, count: int) -> Iterator[tuple[str | None, ...]]:
    for city in draw.choices(country.cities, country.weights, k=count):
        form = draw.choices(words.FORMS, words.FORM_SHARES)[0]
        word, scope = _business(country, draw, city)
        registered = _day(draw)
        yield (
            _name(draw, city, word, form),
            _code(draw, city, registered),
            registered.isoformat(),
            words.KIND_OF[form],
            None if "分公司" in form else _capital(draw),
            scope,
            regions.by_code()[city.province_code].short_name,
            city.short_name,
            _address(draw, city),
        )


def _business(country: Country, draw: Random, city: Region) -> tuple[str, str]:
    """The word of the name and the scope of one enterprise."""
    trade, ordinary = draw.choice(words.TRADES)
    clauses = draw.sample(ordinary, draw.randint(1, len(ordinary)))
    if draw.random() < _CHAIN_SHARE and any(country.strengths[city.code]):
        trade = draw.choice(words.CHAIN_WORDS)
        clauses = [*_chain_clauses(country, draw, city), *clauses[:1]]
    elif draw.random() < _NEGATED_SHARE:
        chain, link = draw.choice(country.links)
        clauses.append(draw.choice(words.NOT_DOING).format(draw.choice(country.terms[chain][link])))
    tail = draw.choice(words.BOILERPLATE)
    return trade, "；".join(clauses) + (tail or "。")


def _chain_clauses(country: Country, draw: Random, city: Region) -> list[str]:
    chain, link = draw.choices(country.links, country.strengths[city.code])[0]
    patterns = words.DEALING if draw.random() < _DEALER_SHARE else words.MAKING
    terms = country.terms[chain][link]
    chosen = draw.sample(list(terms), min(len(terms), draw.randint(1, 3)))
    return [draw.choice(patterns).format(term) for term in chosen]


def _name(draw: Random, city: Region, word: str, form: str) -> str:
    brand = "".join(draw.choices(words.BRANDS, k=draw.choice((2, 2, 3))))
    return f"{city.short_name}{brand}{word}{form}"


def _day(draw: Random) -> date:
    # More and more are registered year by year: the density rises with time.
    span = (_LAST_DAY - _FIRST_DAY).days
    return _FIRST_DAY + timedelta(days=int(span * draw.random() ** 0.5))


def _code(draw: Random, city: Region, registered: date) -> str:
    office = city.code if city.code[4:] != "00" else f"{city.code[:4]}{draw.randint(1, 9):02d}"
    if city.code in regions.OWN_CITIES:
        office = f"{city.code[:2]}01{draw.randint(1, 15):02d}"
    if registered >= _NEW_CODES_FROM:
        body = "MA" + "".join(draw.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=6))
    else:
        body = f"{draw.randrange(10**8):08d}"
    first = f"91{office}{body}{_organisation_check(body)}"
    return first + credit_codes.check_character(first)


def _organisation_check(body: str) -> str:
    """The ninth character of an organisation code. Source: GB 11714-1997."""
    total = sum(
        weight * int(one, 36) for weight, one in zip(_SAMPLE_CODE_WEIGHTS, body, strict=True)
    )
    return "0123456789X0"[11 - total % 11] if total % 11 else "0"


def _capital(draw: Random) -> str:
    amount = draw.lognormvariate(5, 1.4)
    rounded = max(1, round(amount / 10) * 10 if amount > 50 else round(amount))  # noqa: PLR2004
    if draw.random() < 0.01:  # noqa: PLR2004
        return f"{rounded:,}(万美元)"
    return draw.choice((f"{rounded:,}(万元人民币)", f"{rounded}万人民币", f"{rounded:,}(万元)"))


def _address(draw: Random, city: Region) -> str:
    district, road = draw.choice(words.DISTRICTS), draw.choice(words.ROADS)
    return f"{city.name}{district}{road}{draw.randint(1, 999)}号"


def _ordinary(city: Region) -> float:
    return 0.4 if city.level is regions.Level.DIRECT else 1.5
