"""Verification names what was done to a seal, and what the published heads miss."""

# ruff: noqa: S608 -- the intruder's statements are put together from constants

import pytest
from django.db import transaction
from tests.domain.ledger import stories
from tests.domain.ledger.stories import forge

from yipanqi.domain.ledger import heads, keys, queries
from yipanqi.domain.ledger.findings import Kind
from yipanqi.domain.ledger.models import Entry, Seal, SealedRange
from yipanqi.domain.ledger.services import sealing

pytestmark = pytest.mark.django_db(transaction=True)

STREAM = "projects/a"
AT = "WHERE stream = %s AND seq = %s"


@pytest.fixture(autouse=True)
def ledger():
    """Two subjects, five lines each."""
    for name in ("projects/0", STREAM):
        stories.tell(name, 5)


def test_a_seal_taken_away_with_its_lines_is_missed_by_the_published_heads():
    sealing.seal()
    stories.tell(STREAM, 1)
    sealing.seal()
    forge("DELETE FROM ledger_sealedrange WHERE seal_id = 2")
    forge("DELETE FROM ledger_seal WHERE no = 2")
    line = Entry.objects.get(stream=STREAM, seq=6)
    forge(f"DELETE FROM ledger_entry {AT}", (STREAM, 6))
    forge("UPDATE ledger_stream SET seq = 5, digest = %s WHERE name = %s", (line.prev, STREAM))

    report = queries.verification()
    assert report.faults[0].kind == Kind.SEAL
    assert "封存 2 已从数据库中消失" in report.sentence


@pytest.mark.parametrize("column", ["count", "closed_at", "root", "heads_root", "signature"])
def test_a_changed_seal_is_named(column):
    sealing.seal()
    flipped = {"count": "count + 1"}.get(
        column, f"CASE WHEN {column} LIKE '%%0' THEN substr({column}, 1, length({column}) - 1) "
        f"|| '1' ELSE substr({column}, 1, length({column}) - 1) || '0' END"
    )  # fmt: skip
    forge(f"UPDATE ledger_seal SET {column} = {flipped} WHERE no = %s", (1,))

    report = queries.verification()
    assert {fault.kind for fault in report.faults} == {Kind.SEAL}
    assert "封存 1" in report.sentence


def test_a_changed_range_of_a_seal_is_named():
    sealing.seal()
    forge("UPDATE ledger_sealedrange SET last = 4 WHERE stream = %s", (STREAM,))

    assert "封存 1" in queries.verification().sentence


def test_a_seal_made_again_with_another_key_is_missed_by_the_published_heads(vault):
    sealing.seal()
    for path in (vault / "keys").iterdir():
        path.unlink()
    forge("DELETE FROM ledger_sealedrange")
    forge("DELETE FROM ledger_seal")
    published = [path.read_bytes() for path in heads.files()]
    with transaction.atomic():
        stories.forge("INSERT INTO ledger_unsealed (entry_id) SELECT id FROM ledger_entry")
    sealing.seal()
    for path, content in zip(heads.files(), published, strict=True):
        path.write_bytes(content)

    assert "封存被重做" in queries.verification().sentence


def test_a_seal_whose_key_is_not_kept_cannot_be_proven():
    sealing.seal()
    (key,) = keys.publics()
    (heads.files()[0].parents[1] / "keys" / f"{key.id}.pub").unlink()

    assert f"缺少公钥文件 {key.id}.pub" in queries.verification().sentence


def test_a_damaged_heads_file_is_named():
    sealing.seal()
    heads.files()[1].write_text("{不是头\n", "utf-8")

    assert "heads.jsonl 第 1 行读不懂" in queries.verification().sentence


def test_lines_of_both_algorithms_verify_side_by_side(settings):
    sealing.seal()
    settings.LEDGER_DIGEST = "sm3"
    stories.tell(STREAM, 2)
    made = sealing.seal()

    assert made.digest.startswith("sm3:")
    assert queries.verification().holds
    assert SealedRange.objects.filter(seal=Seal.objects.get(no=2)).get().first == 6
