"""One file's rows as told turned into rows as kept: one streaming query, nothing dropped.

The view `told` holds the texts of a piece: file, source, line, problem, raw and the twelve facts.
The view `cleaned` holds one row for each of them: refused rows carry their refusal, kept rows
their facts, an id and remarks as bits; `part` is the code of the province, or `refused`, or
`contested` where another row may be of the same enterprise. What is parsed is parsed in the first
step, straight from the column: there DuckDB works on the dictionary of a Parquet file, a hundredth
of the rows.
"""

import duckdb

from yipanqi.engine.registry import capital, credit_sql, places_sql
from yipanqi.engine.registry.faults import COLUMN_OF, Fault, Remark

# How sources write that they know nothing.
_UNKNOWN = (
    "",
    "N/A",
    "n/a",
    "NULL",
    "null",
    "None",
    "nan",
    "-",
    "--",
    "—",
    "无",
    "暂无",
    "未知",
    "/",
)
_BLANKS = " \t\r\n　\ufeff"
_DATE_FORMS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
)  # fmt: skip
_EARLIEST, _LATEST = "1850-01-01", "2100-12-31"
_ALIVE = "存续|在营|开业|在业|正常|迁入|迁出|alive"
_CEASED = "注销|吊销|撤销|歇业|停业|清算|关闭|ceased"

_PARSED = """
CREATE OR REPLACE VIEW parsed AS
WITH known AS NOT MATERIALIZED (
    SELECT file, source, line, problem, raw, bare(name) AS name,
           upper(replace(bare(code), ' ', '')) AS code,
           bare(registered) AS registered_text, bare(kind) AS kind, bare(capital) AS capital_text,
           bare(scope) AS scope, bare(province) AS province_text, bare(city) AS city_text,
           bare(address) AS address, bare(status) AS status_text,
           bare(last_sign_on) AS last_sign_text, bare(last_sign_kind) AS last_sign_kind,
           try_strptime(registered, '%Y-%m-%d') AS registered_plain,
           capital_amount(capital) AS amount, capital_before(capital) AS unit_before,
           capital_after(capital) AS unit_after
    FROM told
)
SELECT *, code_number(code) AS number,
    CASE WHEN registered_plain IS NOT NULL THEN registered_plain::DATE
         ELSE civil_day(registered_text) END AS registered,
    CASE WHEN last_sign_text IS NOT NULL THEN civil_day(last_sign_text) END AS last_sign_on,
    CASE WHEN unit_before = '' THEN unit_after ELSE unit_before || unit_after END AS unit
FROM known
"""
_CLEANED = """
CREATE OR REPLACE VIEW cleaned AS
WITH judged AS NOT MATERIALIZED (
    SELECT *, code_kind(code, number) AS code_told, capital_currency(unit) AS currency,
           nullif(capital_wan(amount, unit), 0) AS wan
    FROM parsed
), placed AS NOT MATERIALIZED (
    SELECT judged.*, provinces.code AS province_told, provinces.name AS province_name,
           cities.code AS city_told, cities.name AS city_name
    FROM judged
    LEFT JOIN provinces ON provinces.word = province_text
    LEFT JOIN cities ON cities.word = provinces.code || (
        CASE WHEN provinces.own_city THEN '' ELSE city_text END)
), settled AS NOT MATERIALIZED (
    SELECT *, CASE
            WHEN province_told IS NOT NULL THEN province_told
            WHEN province_text IS NULL THEN province_sought(city_text, address, code_told, code)
        END AS province_code
    FROM placed
), located AS NOT MATERIALIZED (
    SELECT *, CASE
            WHEN city_told IS NOT NULL THEN city_told
            WHEN province_code IS NOT NULL
            THEN city_sought(province_code, city_text, address, code_told, code)
        END AS city_code
    FROM settled
), faulted AS NOT MATERIALIZED (
    SELECT located.*, contested.line AS twin, CASE
            WHEN problem IS NOT NULL THEN 'malformed'
            WHEN name IS NULL OR NOT regexp_matches(name, usable_name()) THEN 'no_name'
            WHEN contains(name, chr(65533)) THEN 'garbled_name'
            WHEN province_text IS NOT NULL AND province_told IS NULL THEN 'shifted'
            WHEN province_code IS NULL THEN 'no_province'
            WHEN code_told IN ('code_check', 'code_form') THEN code_told
            WHEN registered_text IS NOT NULL AND registered IS NULL THEN 'date'
            WHEN registered NOT BETWEEN earliest() AND latest() THEN 'date_range'
        END AS fault
    FROM located
    LEFT JOIN contested ON contested.file = located.file AND contested.line = located.line
)
SELECT enterprise_id(code, name, registered) AS id, code,
    CASE WHEN code_told IN ('uscc', 'legacy') THEN code_told ELSE 'none' END AS code_kind,
    name, registered, kind,
    CASE WHEN currency IS NOT NULL AND wan < implausible_wan() THEN wan END AS capital_wan,
    CASE WHEN wan < implausible_wan() THEN currency END AS capital_currency,
    capital_text, scope, province_code,
    CASE WHEN province_told IS NOT NULL THEN province_name
         ELSE place_name(province_code) END AS province,
    city_code,
    CASE WHEN city_told IS NOT NULL THEN city_name ELSE place_name(city_code) END AS city,
    address,
    CASE WHEN status_text IS NULL THEN 'unknown'
         WHEN regexp_matches(status_text, ceased()) THEN 'ceased'
         WHEN regexp_matches(status_text, alive()) THEN 'alive' ELSE 'unknown' END AS status,
    last_sign_on, last_sign_kind, source, file, line,
    CASE WHEN fault IS NULL THEN @remarks ELSE 0 END AS remarks,
    CASE WHEN fault IS NOT NULL
         THEN {'fault': fault, 'problem': problem, 'value': @value} END AS refusal,
    CASE WHEN fault IS NOT NULL THEN 'refused' WHEN twin IS NOT NULL THEN 'contested'
         ELSE province_code END AS part
FROM faulted
"""


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Prepare a connection for cleaning: macros and the tables of places."""
    # It would turn every short IN (…) of a projection into a join: thirty joins, thrice the work.
    connection.execute("SET disabled_optimizers = 'in_clause'")
    places_sql.settle(connection)
    connection.execute("CREATE OR REPLACE TABLE contested (file SMALLINT, line BIGINT)")
    for statement in (*_macros(), *capital.macros(), *credit_sql.macros()):
        connection.execute(statement)


def heads(
    connection: duckdb.DuckDBPyConnection, told: duckdb.DuckDBPyRelation
) -> duckdb.DuckDBPyRelation:
    """What tells the rows of one enterprise from all others: file, line and a hash."""
    _parse(connection, told)
    return connection.view("parsed").project(
        "file, line, hash(identity_text(code, name, registered)) AS head"
    )


def clean(
    connection: duckdb.DuckDBPyConnection, told: duckdb.DuckDBPyRelation
) -> duckdb.DuckDBPyRelation:
    """The rows of one piece as kept, `contested` naming twins; nothing is read yet."""
    _parse(connection, told)
    connection.execute(_CLEANED.replace("@value", _values()).replace("@remarks", _remarks()))
    return connection.view("cleaned")


def _parse(connection: duckdb.DuckDBPyConnection, told: duckdb.DuckDBPyRelation) -> None:
    told.create_view("told", replace=True)
    connection.execute(_PARSED)


def _macros() -> tuple[str, ...]:
    unknown = ", ".join(f"'{word}'" for word in _UNKNOWN)
    edges = " OR ".join(
        f"starts_with(t, '{blank}') OR ends_with(t, '{blank}')" for blank in _BLANKS
    )
    forms = ", ".join(f"'{form}'" for form in _DATE_FORMS)
    return (
        # Trimming costs a copy of each text; nearly none needs it.
        (
            f"CREATE OR REPLACE MACRO bare(t) AS CASE WHEN {edges} "
            f"THEN CASE WHEN trim(t, '{_BLANKS}') NOT IN ({unknown}) THEN trim(t, '{_BLANKS}') END "
            f"WHEN t NOT IN ({unknown}) THEN t END"
        ),
        (
            "CREATE OR REPLACE MACRO civil_day(t) AS CASE "
            "WHEN regexp_full_match(t, '[0-9]{8}') THEN try_strptime(t, '%Y%m%d')::DATE "
            f"WHEN t IS NOT NULL THEN try_strptime(t, [{forms}])::DATE END"
        ),
        f"CREATE OR REPLACE MACRO earliest() AS DATE '{_EARLIEST}'",
        f"CREATE OR REPLACE MACRO latest() AS DATE '{_LATEST}'",
        f"CREATE OR REPLACE MACRO alive() AS '{_ALIVE}'",
        f"CREATE OR REPLACE MACRO ceased() AS '{_CEASED}'",
        # At least two letters of any script, so not a number, a dash or a single character.
        r"CREATE OR REPLACE MACRO usable_name() AS '\p{L}.*\p{L}'",
        (
            "CREATE OR REPLACE MACRO identity_text(code, name, registered) AS "
            "CASE WHEN code IS NOT NULL THEN code "
            "ELSE name || '|' || coalesce(registered::VARCHAR, '') END"
        ),
        (
            "CREATE OR REPLACE MACRO enterprise_id(code, name, registered) AS "
            "substr(md5(identity_text(code, name, registered)), 1, 20)"
        ),
    )


_TOLD = {
    "name": "name", "code": "code", "registered": "registered_text", "province": "province_text",
}  # fmt: skip


def _values() -> str:
    cases = (f"WHEN fault = '{fault}' THEN {_TOLD[fact]}" for fault, fact in COLUMN_OF.items())
    return f"CASE WHEN fault = '{Fault.MALFORMED}' THEN raw {' '.join(cases)} END"


def _remarks() -> str:
    noted = {
        Remark.NO_CODE: "code IS NULL",
        Remark.NO_DATE: "registered IS NULL",
        Remark.NO_CAPITAL: "capital_text IS NULL OR amount <> '' AND wan IS NULL",
        Remark.CAPITAL_UNREAD: "capital_text IS NOT NULL AND amount = '' "
        "OR wan IS NOT NULL AND currency IS NULL",
        Remark.CAPITAL_IMPLAUSIBLE: "wan IS NOT NULL AND wan >= implausible_wan()",
        Remark.CAPITAL_UNIT_ASSUMED: "wan IS NOT NULL AND unit = ''",
        Remark.PROVINCE_INFERRED: "province_told IS NULL",
        Remark.CITY_INFERRED: "city_told IS NULL AND city_code IS NOT NULL",
        Remark.NO_CITY: "city_code IS NULL",
    }
    # Arithmetic on truth costs a third of as many CASEs; none of the conditions is ever null.
    return " + ".join(
        f"({condition})::SMALLINT * {remark.value}" for remark, condition in noted.items()
    )
