"""Credit codes: the examples everybody can look up, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.vocab import credit_codes
from yipanqi.vocab.credit_codes import CodeKind, NotACode

bodies = st.text(credit_codes.ALPHABET, min_size=17, max_size=17)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216"])
def test_a_published_code_is_valid(code: str) -> None:
    assert credit_codes.kind(code) is CodeKind.USCC


def test_the_example_of_the_standard_gets_its_check_character() -> None:
    assert credit_codes.check_character("91350100M000100Y4") == "3"


@given(bodies, st.integers(0, 16))
def test_any_single_wrong_character_is_found(body: str, place: int) -> None:
    code = body + credit_codes.check_character(body)
    other = "0" if code[place] != "0" else "1"
    changed = code[:place] + other + code[place + 1 :]
    assert credit_codes.is_valid(code)
    assert not credit_codes.is_valid(changed)


@pytest.mark.parametrize("code", ["510132000055145", "3201001009351", "企合苏总字第000063号"])
def test_an_older_number_is_kept_and_marked(code: str) -> None:
    assert credit_codes.kind(code) is CodeKind.LEGACY


def test_a_missing_code_is_none() -> None:
    assert credit_codes.kind(None) is CodeKind.NONE


@pytest.mark.parametrize("code", ["91350100M000100Y44", "无", "91350100M000100Y4", "abc"])
def test_anything_else_is_refused_with_the_remedy(code: str) -> None:
    with pytest.raises(NotACode, match="请核对"):
        credit_codes.kind(code)
