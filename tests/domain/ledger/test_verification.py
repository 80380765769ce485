"""Verification names what was done to which line, on whichever database the ledger stands."""

# ruff: noqa: S608 -- the intruder's statements are put together from constants

import pytest
from tests.domain.ledger import stories
from tests.domain.ledger.stories import forge

from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.findings import Kind
from yipanqi.domain.ledger.models import Entry, entry_digest
from yipanqi.domain.ledger.services import sealing

pytestmark = pytest.mark.django_db(transaction=True)

STREAM = "projects/a"
AT = "WHERE stream = %s AND seq = %s"


@pytest.fixture(autouse=True)
def ledger():
    """Three subjects, five lines each."""
    for name in ("projects/0", STREAM, "projects/z"):
        stories.tell(name, 5)


@pytest.fixture(params=["unsealed", "sealed"])
def both_ways(request):
    """The same attack before and after a seal."""
    if request.param == "sealed":
        sealing.seal()


def first():
    """The first fault, as (kind, stream, seq)."""
    report = queries.verification()
    assert not report.holds
    fault = report.faults[0]
    assert fault.sentence in report.sentence
    return fault.kind, fault.stream, fault.seq


def renumber(seq, to):
    forge(f"UPDATE ledger_entry SET seq = %s {AT}", (to, STREAM, seq))


def cut_tail():
    """Delete the last line and turn the head back, as a careful intruder would."""
    before = Entry.objects.get(stream=STREAM, seq=4)
    last = Entry.objects.get(stream=STREAM, seq=5)
    forge("DELETE FROM ledger_unsealed WHERE entry_id = %s", (last.pk,))
    forge(f"DELETE FROM ledger_entry {AT}", (STREAM, 5))
    head = (4, before.digest, STREAM)
    forge("UPDATE ledger_stream SET seq = %s, digest = %s WHERE name = %s", head)


def forged(place, like, prev):
    """A line at this place, complete with a digest that fits."""
    line = Entry.objects.get(stream=STREAM, seq=like)
    line.pk, line.seq, line.prev, line.body = None, place, prev, '{"note":"伪造","step":9}'
    line.digest = entry_digest("sha256", (STREAM, place), line.content(), prev)
    return line


def test_an_untouched_ledger_holds_and_states_its_unsealed_tail():
    report = queries.verification()

    assert report.holds
    assert (report.lines, report.streams, report.tail.count) == (15, 3, 15)
    assert report.tail.since <= report.tail.until
    assert "末尾 15 行尚未封存" in report.sentence


def test_a_sealed_ledger_has_no_tail_until_more_is_recorded():
    sealing.seal()
    sealed = queries.verification()
    stories.tell(STREAM, 2)
    more = queries.verification()

    assert sealed.holds
    assert "全部已封存" in sealed.sentence
    assert more.holds
    assert (more.seals, more.sealed_lines, more.tail.count) == (1, 15, 2)


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize(
    "column",
    ["body", "actor", "unit", "kind", "recorded_at", "scope_path", "scope_label", "scope_chain"],
)
def test_one_changed_byte_is_named(column):
    changed = f"UPDATE ledger_entry SET {column} = substr({column}, 2) || 'x' {AT}"
    assert forge(changed, (STREAM, 3)) == 1

    assert first() == (Kind.ALTERED, STREAM, 3)


@pytest.mark.usefixtures("both_ways")
def test_a_changed_sheet_is_named():
    forge(f"UPDATE ledger_entry SET sheet = 'changsha/gates/2099-01-01' {AT}", (STREAM, 2))

    assert first() == (Kind.ALTERED, STREAM, 2)


@pytest.mark.usefixtures("both_ways")
def test_a_changed_digest_is_named():
    forge(f"UPDATE ledger_entry SET digest = 'sha256:00' {AT}", (STREAM, 5))

    assert first() == (Kind.ALTERED, STREAM, 5)


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_deleted_line_is_named(seq):
    forge(f"DELETE FROM ledger_entry {AT}", (STREAM, seq))

    assert first() == (Kind.REMOVED, STREAM, seq)


@pytest.mark.usefixtures("both_ways")
def test_a_deleted_line_is_named_even_when_the_rest_was_renumbered():
    forge(f"DELETE FROM ledger_entry {AT}", (STREAM, 2))
    for seq in (3, 4, 5):
        renumber(seq, seq - 1)

    assert first() == (Kind.REMOVED, STREAM, 2)


@pytest.mark.usefixtures("both_ways")
def test_a_deleted_stream_is_named():
    forge("DELETE FROM ledger_entry WHERE stream = %s", (STREAM,))

    assert first() == (Kind.REMOVED, STREAM, 1)


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize("fits", [True, False], ids=["with a digest that fits", "with any digest"])
def test_an_inserted_line_is_named(fits):
    before = Entry.objects.get(stream=STREAM, seq=2)
    line = forged(3, 2, before.digest)
    if not fits:
        line.digest = "sha256:" + "0" * 64
    for seq in (5, 4, 3):
        renumber(seq, seq + 1)
    line.save()

    assert first() == (Kind.INSERTED, STREAM, 3)


@pytest.mark.usefixtures("both_ways")
def test_a_line_added_past_the_head_is_named():
    forged(6, 5, Entry.objects.get(stream=STREAM, seq=5).digest).save()

    assert first() == (Kind.INSERTED, STREAM, 6)


@pytest.mark.usefixtures("both_ways")
def test_a_line_added_with_its_head_but_past_recording_is_named():
    line = forged(6, 5, Entry.objects.get(stream=STREAM, seq=5).digest)
    line.save()
    head = (6, line.digest, STREAM)
    forge("UPDATE ledger_stream SET seq = %s, digest = %s WHERE name = %s", head)

    assert first() == (Kind.INSERTED, STREAM, 6)


@pytest.mark.usefixtures("both_ways")
@pytest.mark.parametrize(("one", "other"), [(2, 3), (1, 5), (2, 4)])
def test_two_swapped_lines_are_named(one, other):
    renumber(one, 99)
    renumber(other, one)
    renumber(99, other)

    fault = queries.verification().faults[0]
    assert (fault.kind, fault.stream, fault.seq) == (Kind.SWAPPED, STREAM, one)
    assert f"第 {one} 行与第 {other} 行被对调" in fault.sentence


@pytest.mark.usefixtures("both_ways")
def test_two_lines_whose_bodies_were_swapped_are_named():
    bodies = dict(Entry.objects.filter(stream=STREAM).values_list("seq", "body"))
    for seq, body in ((2, bodies[4]), (4, bodies[2])):
        forge(f"UPDATE ledger_entry SET body = %s {AT}", (body, STREAM, seq))

    assert first() == (Kind.SWAPPED, STREAM, 2)


@pytest.mark.usefixtures("both_ways")
def test_a_line_rewritten_with_a_fitting_digest_is_named():
    line = forged(3, 3, Entry.objects.get(stream=STREAM, seq=2).digest)
    changed = f"UPDATE ledger_entry SET body = %s, digest = %s {AT}"
    forge(changed, (line.body, line.digest, STREAM, 3))

    assert first() == (Kind.ALTERED, STREAM, 3)


def test_the_last_line_cut_off_after_sealing_is_named():
    sealing.seal()
    cut_tail()

    assert first() == (Kind.REMOVED, STREAM, 5)


def test_a_chain_rewritten_to_its_end_after_sealing_is_named():
    sealing.seal()
    prev = Entry.objects.get(stream=STREAM, seq=3).digest
    for seq in (4, 5):
        line = forged(seq, seq, prev)
        prev = line.digest
        changed = f"UPDATE ledger_entry SET body = %s, prev = %s, digest = %s {AT}"
        forge(changed, (line.body, line.prev, line.digest, STREAM, seq))
    forge("UPDATE ledger_stream SET digest = %s WHERE name = %s", (prev, STREAM))

    fault = queries.verification().faults[0]
    assert (fault.kind, fault.stream) == (Kind.ALTERED, STREAM)
    assert "封存 1" in fault.sentence


def test_a_stream_without_its_head_is_named():
    forge("DELETE FROM ledger_stream WHERE name = %s", (STREAM,))

    assert first() == (Kind.HEAD, STREAM, None)


def test_a_head_with_another_digest_is_named():
    forge("UPDATE ledger_stream SET digest = 'sha256:00' WHERE name = %s", (STREAM,))

    assert first() == (Kind.HEAD, STREAM, 5)
