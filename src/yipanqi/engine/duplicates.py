"""Likely duplicates of a whole batch: one join with blocking, then the rule on each pair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb
import pyarrow as pa

from yipanqi.rulebook import duplicates
from yipanqi.rulebook.claims import ClaimSheet
from yipanqi.rulebook.duplicates import Finding, Subject
from yipanqi.vocab import names

ENTRIES = pa.schema(
    {
        "place": pa.int64(),
        "likened": pa.string(),
        "code": pa.string(),
        "investor": pa.string(),
        "investor_code": pa.string(),
        "kin": pa.string(),
        "amount_fen": pa.int64(),
        "industry": pa.string(),
    }
)
_FETCHED = 50_000


@dataclass(frozen=True, slots=True)
class Match:
    """A likely duplicate: the new entry `at`, and the other, among those held or earlier new ones.

    `other` counts from 0 in its own list.
    """

    at: int
    other: int
    is_held: bool
    finding: Finding


def matches(
    new: Sequence[Subject],
    held: Sequence[Subject],
    *,
    under: ClaimSheet,
    connection: duckdb.DuckDBPyConnection,
) -> list[Match]:
    """Every likely duplicate of each new entry, surest first; new ones meet earlier new ones too.

    The levels are those of rulebook.duplicates.finding, pair by pair: the join only leaves out
    pairs that cannot have one.
    """
    entries, first = [*held, *new], len(held)
    found = []
    for at, other in pairs(entries, first, under=under, connection=connection):
        if told := duplicates.finding(entries[at], entries[other], under=under):
            is_held = other < first
            found.append(Match(at - first, other if is_held else other - first, is_held, told))
    return sorted(found, key=_surest)


def pairs(
    entries: Sequence[Subject],
    first: int,
    *,
    under: ClaimSheet,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[int, int]]:
    """Places of pairs that may be one matter: each entry from `first` on with any before it.

    Blocks: one project code, one investor (code, name or group), one name, or, where an investor is
    not known, names alike enough, or one industry and near amounts. Names are compared only where
    they share one of their rarest bigrams: no pair at or above the bound is missed (prefix
    filtering, Chaudhuri et al. 2006; Dice d is Jaccard d/(2-d)).
    """
    connection.register("entries", _table(entries))
    # The likeness is rounded to a whole number, so half a point less may still round up.
    dice = under.similar_name_share - Decimal("0.005")
    connection.execute(
        _PAIRS,
        {
            "first": first,
            "dice": float(dice),
            "jaccard": float(dice / (2 - dice)),
            "apart": float(under.amount_deviation_share),
        },
    )
    while rows := connection.fetchmany(_FETCHED):
        yield from rows


def _surest(match: Match) -> tuple[int, int, int, bool, int]:
    finding = match.finding
    return (match.at, finding.level, -finding.likeness, not match.is_held, match.other)


def _table(entries: Sequence[Subject]) -> pa.Table:
    columns = [
        list(range(len(entries))),
        [names.key(duplicates.unphased(each.name)) for each in entries],
        [each.code or None for each in entries],
        [names.key(each.investor) or None for each in entries],
        [each.investor_code or None for each in entries],
        [each.group or None for each in entries],
        [each.amount_fen or None for each in entries],
        [each.industry or None for each in entries],
    ]
    return pa.table(columns, schema=ENTRIES)


_PAIRS = """
WITH sized AS MATERIALIZED (
    SELECT place, list_distinct(
        list_transform(range(1, length(likened)), lambda i: substr(likened, i, 2))
    ) AS grams, len(grams) AS size
    FROM entries
), spread AS (
    SELECT place, size, unnest(grams) AS gram FROM sized
), rarity AS (
    SELECT gram, count(*) AS borne FROM spread GROUP BY gram
), ranked AS MATERIALIZED (
    SELECT place, size, gram, (investor IS NULL AND investor_code IS NULL) AS is_early,
        row_number() OVER (PARTITION BY place ORDER BY borne, gram) AS rank
    FROM spread JOIN rarity USING (gram) JOIN entries USING (place)
), prefix AS MATERIALIZED (
    SELECT place, size, gram, is_early FROM ranked WHERE rank <= size - ceil($jaccard * size) + 1
), near AS (
    SELECT DISTINCT later.place AS place, earlier.place AS other
    FROM prefix AS later JOIN prefix AS earlier USING (gram)
    WHERE later.place >= $first AND earlier.place < later.place
      AND (later.is_early OR earlier.is_early)
      AND earlier.size >= $jaccard * later.size AND later.size >= $jaccard * earlier.size
), alike AS (
    SELECT near.place, near.other
    FROM near JOIN sized AS later ON later.place = near.place JOIN sized AS earlier
      ON earlier.place = near.other
    WHERE 2 * len(list_intersect(later.grams, earlier.grams))
        >= $dice * (later.size + earlier.size)
), found AS (
    SELECT place, other FROM alike
    UNION SELECT x.place, y.place FROM entries x JOIN entries y ON x.likened = y.likened
      WHERE x.place >= $first AND y.place < x.place AND x.likened <> ''
    UNION SELECT x.place, y.place FROM entries x JOIN entries y ON x.code = y.code
      WHERE x.place >= $first AND y.place < x.place
    UNION SELECT x.place, y.place FROM entries x JOIN entries y ON x.investor = y.investor
      WHERE x.place >= $first AND y.place < x.place
    UNION SELECT x.place, y.place FROM entries x JOIN entries y ON x.investor_code = y.investor_code
      WHERE x.place >= $first AND y.place < x.place
    UNION SELECT x.place, y.place FROM entries x JOIN entries y ON x.kin = y.kin
      WHERE x.place >= $first AND y.place < x.place
    UNION SELECT x.place, y.place FROM entries x JOIN entries y ON x.industry = y.industry
      WHERE x.place >= $first AND y.place < x.place
        AND (coalesce(x.investor, x.investor_code) IS NULL
             OR coalesce(y.investor, y.investor_code) IS NULL)
        AND abs(x.amount_fen - y.amount_fen)
            <= 1.000001 * $apart * greatest(x.amount_fen, y.amount_fen)
)
SELECT place, other FROM found ORDER BY place, other
"""
