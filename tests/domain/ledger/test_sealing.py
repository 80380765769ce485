"""Seals cover what was recorded, once, signed with a key that stays provable."""

import json
import stat
from datetime import timedelta

import pytest
from django.db import transaction
from tests.domain.ledger import stories

from yipanqi.domain.ledger import heads, keys, merkle, queries
from yipanqi.domain.ledger.models import Entry, Lease, Seal, SealedRange, Unsealed
from yipanqi.domain.ledger.services import custody, leases, sealing
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_seal_covers_all_that_waited_and_nothing_twice():
    stories.tell("projects/a", 3)
    stories.tell("projects/b", 1)

    first, again = sealing.seal(), sealing.seal()

    assert again is None
    assert (first.no, first.count, first.prev) == (1, 4, "")
    assert not Unsealed.objects.exists()
    ranges = SealedRange.objects.order_by("stream").values_list("stream", "first", "last")
    assert list(ranges) == [("projects/a", 1, 3), ("projects/b", 1, 1)]


def test_seals_are_chained():
    stories.tell("projects/a", 1)
    first = sealing.seal()
    stories.tell("projects/a", 1)
    second = sealing.seal()

    assert (second.no, second.prev) == (2, first.digest)


def test_the_root_is_over_the_lines_in_order_of_stream_and_number():
    stories.tell("projects/b", 2)
    stories.tell("projects/a", 1)

    made = sealing.seal()

    lines = sorted(Entry.objects.all(), key=lambda line: (line.stream, line.seq))
    assert made.root == merkle.named_root("sha256", [line.digest.encode() for line in lines])


def test_many_lines_are_sealed_in_portions(monkeypatch):
    monkeypatch.setattr(sealing, "MOST", 4)
    stories.tell("projects/a", 6)
    stories.tell("projects/b", 3)

    last = sealing.seal()

    assert last.no == 3
    assert list(Seal.objects.order_by("no").values_list("count", flat=True)) == [4, 4, 1]
    assert queries.verification().holds


def test_a_hole_before_the_waiting_lines_stops_the_sealer():
    stories.tell("projects/a", 3)
    line = Entry.objects.get(seq=2)
    stories.forge("DELETE FROM ledger_unsealed WHERE entry_id = %s", (line.pk,))

    with pytest.raises(sealing.SealRefusedError, match="projects/a"):
        sealing.seal()

    assert not Seal.objects.exists()
    assert Lease.objects.get(pk=sealing.JOB).until is None


def test_one_process_seals_at_a_time():
    stories.tell("projects/a", 1)

    with leases.held(sealing.JOB) as mine:
        assert mine
        assert sealing.seal() is None

    assert sealing.seal().no == 1


def test_a_lease_whose_holder_died_ends_by_itself():
    stories.tell("projects/a", 1)
    assert leases._taken(sealing.JOB, "died", 600)
    assert sealing.seal() is None

    later = clock.now() + timedelta(seconds=601)
    with clock.using(lambda: later):
        assert sealing.seal().no == 1


def test_the_heads_are_published_in_both_files(vault):
    stories.tell("projects/a", 1)

    made = sealing.seal()

    for path in (vault / "heads" / "heads.jsonl", vault / "elsewhere" / "heads.jsonl"):
        (line,) = [json.loads(each) for each in path.read_text("utf-8").splitlines()]
        assert (line["no"], line["digest"]) == (1, made.digest)
        assert line["public_key"] == keys.current().content.hex()


def test_heads_that_could_not_be_written_are_made_up_for_by_the_next_seal(vault):
    stories.tell("projects/a", 1)
    (vault / "elsewhere").write_text("in the way")
    with pytest.raises(OSError, match="elsewhere"):
        sealing.seal()

    (vault / "elsewhere").unlink()
    stories.tell("projects/a", 1)
    sealing.seal()

    assert [[line.no for line in heads.published(path)] for path in heads.files()] == [[1, 2]] * 2
    assert Seal.objects.count() == 2


def test_a_seal_undone_with_its_transaction_is_not_published():
    stories.tell("projects/a", 1)
    with pytest.raises(ZeroDivisionError):
        _seal_undone()

    assert [list(heads.published(path)) for path in heads.files()] == [[], []]


def test_keys_can_be_read_by_their_owner_only(vault):
    key = custody.create(by=HOUSE)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (vault / "keys").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((vault / "keys").stat().st_mode) == 0o700
    assert key == keys.current()


def test_a_second_first_key_is_refused():
    custody.create(by=HOUSE)

    with pytest.raises(keys.KeyExists, match="rotate"):
        custody.create(by=HOUSE)


def test_a_key_that_others_can_read_does_not_sign(vault):
    key = custody.create(by=HOUSE)
    (vault / "keys" / f"{key.id}.key").chmod(0o644)

    with pytest.raises(keys.KeyExposedError, match="chmod 600"):
        sealing.seal()

    assert not Seal.objects.exists()


def test_a_lost_key_is_never_silently_replaced(vault):
    stories.tell("projects/a", 1)
    sealing.seal()
    for path in (vault / "keys").iterdir():
        path.unlink()
    stories.tell("projects/a", 1)

    with pytest.raises(keys.KeyMissingError):
        sealing.seal()

    assert Seal.objects.count() == 1


def test_after_a_rotation_old_seals_stay_provable_and_the_old_private_key_is_gone(vault):
    old = custody.create(by=HOUSE)
    stories.tell("projects/a", 1)
    new = custody.rotate(by=HOUSE)
    stories.tell("projects/a", 1)
    sealing.seal()

    assert [seal.key for seal in Seal.objects.order_by("no")] == [old.id, old.id, new.id]
    assert {key.id for key in keys.publics()} == {old.id, new.id}
    assert not (vault / "keys" / f"{old.id}.key").exists()
    assert queries.verification().holds


def test_the_old_keys_last_seal_vouches_for_the_new_key():
    custody.create(by=HOUSE)
    new = custody.rotate(by=HOUSE)

    line = Entry.objects.get(kind="ledger.key_rotated")
    covering = SealedRange.objects.get(stream=line.stream, first__lte=line.seq, last__gte=line.seq)
    assert json.loads(line.body)["public_key"] == new.content.hex()
    assert covering.seal.key != new.id


def test_keys_do_not_change_while_another_process_seals():
    old = custody.create(by=HOUSE)

    with leases.held(sealing.JOB), pytest.raises(custody.SealingBusy):
        custody.rotate(by=HOUSE)

    assert keys.current() == old


def test_a_rotation_that_cannot_be_sealed_changes_nothing():
    old = custody.create(by=HOUSE)
    stories.tell("projects/a", 3)
    line = Entry.objects.get(stream="projects/a", seq=2)
    stories.forge("DELETE FROM ledger_unsealed WHERE entry_id = %s", (line.pk,))

    with pytest.raises(sealing.SealRefusedError):
        custody.rotate(by=HOUSE)

    assert keys.publics() == [old]
    assert not Entry.objects.filter(kind="ledger.key_rotated").exists()


@transaction.atomic
def _seal_undone():
    assert sealing.seal()
    raise ZeroDivisionError
