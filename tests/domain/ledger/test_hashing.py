"""Digests follow the published standards, and the bytes of a line never change meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yipanqi.domain.ledger import hashing
from yipanqi.domain.ledger.models import entry_digest

parts = st.lists(st.one_of(st.none(), st.text(), st.integers()), max_size=5)

# A line as it was stored when the format was fixed: were these to change, old ledgers would not
# verify any more.
GOLDEN = (
    ("projects/k3x", 2),
    (
        "2018-01-01T00:00:00.000000Z", "7", "4", "projects.stage_advanced", 1,
        "changsha/gates/2018-01-01", 1, "ab12", "/1/4/", "internal", "gongcheng-jixie",
        '{"after":"signed","before":"talking"}',
    ),
    "sha256:00",
)  # fmt: skip


def test_sm3_gives_the_digest_of_the_standards_own_example():
    # GB/T 32905-2016, A.1.
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashing.raw("sm3", b"abc").hex() == expected


def test_an_unknown_algorithm_is_an_error():
    with pytest.raises(hashing.UnknownAlgorithmError, match="md5"):
        hashing.raw("md5", b"abc")


@given(parts, parts)
def test_different_parts_never_give_the_same_bytes(left, right):
    # An integer and its own digits are one text by design: columns have fixed types.
    as_text = [[None if part is None else str(part) for part in side] for side in (left, right)]
    same = hashing.framed("t", left) == hashing.framed("t", right)
    assert same == (as_text[0] == as_text[1])


@pytest.mark.parametrize(
    ("algorithm", "digest"),
    [
        ("sha256", "4e718c82aab3f68cd96992154e668f33195013084eb6264e49999bc08b66eff3"),
        ("sm3", "b723fb3bf072219753fa45b08043921adc39b7fe397fd8e8f3145ab56bf748f4"),
    ],
)
def test_the_golden_line_keeps_its_digest(algorithm, digest):
    place, content, prev = GOLDEN
    assert entry_digest(algorithm, place, content, prev) == f"{algorithm}:{digest}"
