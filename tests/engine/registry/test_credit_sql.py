"""Two ways to one answer: a code checked in SQL and in Python."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.engine.registry import credit_sql
from yipanqi.vocab import credit_codes
from yipanqi.vocab.credit_codes import NotACode

characters = st.text(credit_codes.ALPHABET + "IOSVZe- .企", min_size=0, max_size=19)
bodies = st.text(credit_codes.ALPHABET, min_size=17, max_size=17)
digits = st.text("0123456789", min_size=13, max_size=18)
valid = bodies.map(lambda body: body + credit_codes.check_character(body))
codes = st.one_of(characters, bodies, digits, valid, digits.map(lambda d: d[:17] + "X"))


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    for statement in credit_sql.macros():
        made.execute(statement)
    return made


@given(st.lists(codes, min_size=1, max_size=200))
def test_column_and_code_agree(
    connection: duckdb.DuckDBPyConnection, given_codes: list[str]
) -> None:
    asked = connection.execute(
        "SELECT list(code_kind(code, code_number(code)) ORDER BY place) FROM "
        "(SELECT unnest($codes) AS code, unnest(range(len($codes))) AS place)",
        {"codes": given_codes},
    ).fetchall()[0][0]
    assert asked == [_kind(code) for code in given_codes]


def _kind(code: str) -> str:
    try:
        return credit_codes.kind(code)
    except NotACode as refused:
        return "code_check" if "校验位" in str(refused) else "code_form"
