"""Places of registrations in SQL: texts turned into GB/T 2260 codes of provinces and cities."""

from collections.abc import Iterable, Mapping

import duckdb

from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what places are looked up by: two tables to join, and macros for the rare rest.

    `provinces` (word, code, name, own_city); `cities` (word, code, name), whose word is the code
    of the province and a spelling, or the code alone for a province that is its own city.
    """
    _table(
        connection,
        "provinces",
        [
            (word, one.code, one.short_name, one.code in regions.OWN_CITIES)
            for one in regions.provinces()
            for word in one.spellings
        ],
    )
    _table(
        connection,
        "cities",
        [(word, one.code, one.short_name, False) for word, one in _city_words().items()],
    )
    _variable(connection, "place_names", _names())
    _variable(connection, "lone_cities", _lone_cities())
    _variable(connection, "province_words", _province_words())
    _variable(connection, "city_words", _codes(_city_words()))
    for statement in _macros():
        connection.execute(statement)


def _macros() -> tuple[str, ...]:
    """Lookups for rows that name no province or no city known: by address, then by code."""
    provinces, cities = _choice(regions.provinces()), _choice(regions.cities())
    return (
        # Variables, not literals: planning a query copies a literal wherever it is used.
        "CREATE OR REPLACE MACRO place_name(code) AS getvariable('place_names')[code]",
        "CREATE OR REPLACE MACRO lone_city(word) AS getvariable('lone_cities')[word]",
        "CREATE OR REPLACE MACRO province_of_word(word) AS getvariable('province_words')[word]",
        "CREATE OR REPLACE MACRO city_of_word(word) AS getvariable('city_words')[word]",
        (
            "CREATE OR REPLACE MACRO address_province(address) AS "
            f"regexp_extract(address, '^(?:中国[(（]?)?({provinces})', 1)"
        ),
        (
            "CREATE OR REPLACE MACRO address_city(address) AS "
            f"regexp_extract(address, '^(?:中国)?(?:{provinces})?({cities})', 1)"
        ),
        # The place where a credit code was issued stands in its characters 3 to 8.
        (
            "CREATE OR REPLACE MACRO known_place(code) AS "
            "CASE WHEN place_name(code) IS NOT NULL THEN code END"
        ),
        (
            "CREATE OR REPLACE MACRO province_sought(city, address, code_told, code) AS coalesce("
            "lone_city(city), province_of_word(address_province(address)), "
            "lone_city(address_city(address)), "
            "CASE WHEN code_told = 'uscc' THEN known_place(substr(code, 3, 2) || '0000') END)"
        ),
        (
            "CREATE OR REPLACE MACRO city_sought(province, city, address, code_told, code) AS "
            "coalesce("
            "city_of_word(province), city_of_word(province || city), "
            "city_of_word(province || address_city(address)), "
            "CASE WHEN code_told = 'uscc' AND substr(code, 3, 2) = substr(province, 1, 2) "
            "AND substr(code, 5, 2) <> '00' THEN coalesce(known_place(substr(code, 3, 6)), "
            "known_place(substr(code, 3, 4) || '00')) END)"
        ),
    )


def _names() -> dict[str, str]:
    return {one.code: one.short_name for one in regions.by_code().values()}


def _city_words() -> dict[str, Region]:
    words: dict[str, Region] = {}
    for one in regions.cities():
        own = one.code in regions.OWN_CITIES
        for word in [""] if own else one.spellings:
            words[one.province_code + word] = one
    return words


def _province_words() -> dict[str, str]:
    return {word: one.code for one in regions.provinces() for word in one.spellings}


def _lone_cities() -> dict[str, str]:
    """The province of each city whose spelling names no other city."""
    return {word: one.province_code for word, one in regions.lone_cities().items()}


def _codes(words: Mapping[str, Region]) -> dict[str, str]:
    return {word: one.code for word, one in words.items()}


def _choice(places: Iterable[Region]) -> str:
    """The spellings as alternatives, longest first, so that 吉林省 is tried before 吉林."""
    words = {word for one in places for word in one.spellings}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _variable(connection: duckdb.DuckDBPyConnection, name: str, entries: Mapping[str, str]) -> None:
    connection.execute(
        f"SET VARIABLE {name} = map($words, $codes)",
        {"words": list(entries), "codes": list(entries.values())},
    )


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, entries: list[tuple[str, str, str, bool]]
) -> None:
    words, codes, names, own = (list(column) for column in zip(*entries, strict=True))
    connection.execute(
        f"CREATE OR REPLACE TABLE {name} AS SELECT unnest($words) AS word, "
        "unnest($codes) AS code, unnest($names) AS name, unnest($own) AS own_city",
        {"words": words, "codes": codes, "names": names, "own": own},
    )
