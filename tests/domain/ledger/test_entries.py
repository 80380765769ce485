"""Lines are recorded in one chain per subject, in the transaction of the change itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.models import Q
from tests.domain.ledger import stories

from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.models import Entry, Outbox, Stream, Unsealed
from yipanqi.domain.ledger.services import entries
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE
from yipanqi.vocab.sheets import SheetRef


@pytest.mark.django_db
def test_each_subject_has_its_own_chain_of_lines():
    first = stories.tell("projects/a", 3)
    stories.tell("projects/b", 2)

    assert [line.seq for line in first] == [1, 2, 3]
    assert [line.prev for line in first] == ["", first[0].digest, first[1].digest]
    assert queries.stream_head("projects/a") == (3, first[-1].digest)
    assert queries.stream_head("projects/b")[0] == 2


@pytest.mark.django_db
def test_verification_passes_over_what_was_recorded():
    stories.tell("projects/a", 3)
    assert queries.verification().holds


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_the_transaction_of_its_change_is_refused():
    with pytest.raises(entries.OutsideTransactionError):
        entries.record(
            stories.StoneMoved(subject="projects/a", step=1), by=HOUSE, scope=stories.SCOPE
        )

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_fails_leaves_no_line_behind():
    with pytest.raises(ZeroDivisionError):
        _change_that_fails()

    assert not Entry.objects.exists()
    assert not Outbox.objects.exists()
    assert not Unsealed.objects.exists()
    assert not Stream.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_a_line_carries_who_where_and_under_which_sheet(settings, algorithm):
    settings.LEDGER_DIGEST = algorithm
    sheet = SheetRef("changsha/gates/2018-01-01", 2, "ab12")
    event = stories.StoneMoved(subject="projects/a", step=7, note="“引号” \\ \x00\n𠮷")
    entries.record(event, by=HOUSE, scope=stories.SCOPE, under=sheet)

    (line,) = queries.timeline("projects/a", only=Q())
    assert (line.actor_id, line.unit_id, line.sheet) == ("0", "", sheet)
    assert line.fields == {"step": 7, "note": "“引号” \\ \x00\n𠮷"}
    assert line.digest.startswith(f"{algorithm}:")
    assert queries.verification().holds


@pytest.mark.django_db
def test_a_reader_sees_a_sentence_with_unknown_fields_dashed():
    event = stories.StoneMoved(subject="projects/a", step=1)
    entries.record(event, by=HOUSE, scope=stories.SCOPE)

    assert queries.timeline("projects/a", only=Q())[0].sentence == "第 1 手：—"


@pytest.mark.django_db
def test_the_row_filter_holds_for_timelines_and_lists():
    stories.tell("projects/a", 2)
    nothing = Q(scope_path="/9/")

    assert queries.timeline("projects/a", only=nothing) == []
    assert queries.entries(queries.Filters(), only=nothing).total == 0
    assert queries.entries(queries.Filters(subject="projects/a"), only=Q()).total == 2
    assert queries.entries(queries.Filters(until=clock.now()), only=Q()).total == 2
    assert queries.entries(queries.Filters(since=clock.now()), only=Q()).total == 0


@pytest.mark.django_db
def test_a_batch_continues_each_stream_in_the_order_given():
    stories.tell("projects/b", 1)
    moves = [("projects/b", 1), ("projects/a", 1), ("projects/b", 2)]
    pairs = [(stories.StoneMoved(subject=name, step=step), stories.SCOPE) for name, step in moves]

    lines = entries.record_many(pairs, by=HOUSE)

    assert [(line.stream, line.seq) for line in lines] == [
        ("projects/b", 2),
        ("projects/a", 1),
        ("projects/b", 3),
    ]
    assert entries.record_many([], by=HOUSE) == []
    assert Unsealed.objects.count() == Outbox.objects.count() == 4
    assert queries.verification().holds


@pytest.mark.django_db
def test_a_batch_of_many_streams_is_linked_and_queued_whole():
    pairs = [
        (stories.StoneMoved(subject=f"investors/{number}", step=1), stories.SCOPE)
        for number in range(1_203)
    ]

    entries.record_many(pairs, by=HOUSE)

    report = queries.verification()
    assert report.holds
    assert (report.lines, report.streams, report.tail.count) == (1_203, 1_203, 1_203)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_writers_of_one_new_subject_wait_for_each_other_and_lose_nothing(settings, algorithm):
    settings.LEDGER_DIGEST = algorithm

    def write(_number):
        try:
            for _ in range(5):
                stories.tell("projects/a", 1)
                stories.tell(f"projects/own-{_number}", 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))

    assert queries.stream_head("projects/a")[0] == 40
    assert queries.verification().holds


@pytest.mark.django_db(transaction=True)
def test_batches_that_meet_on_new_and_old_streams_do_not_deadlock():
    stories.tell("projects/3", 1)

    def write(number):
        names = [f"projects/{each}" for each in range(6)]
        names = names if number % 2 else names[::-1]
        try:
            with transaction.atomic():
                entries.record_many(
                    [(stories.StoneMoved(subject=n, step=number), stories.SCOPE) for n in names],
                    by=HOUSE,
                )
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write, range(6)))

    assert queries.verification().lines == 37
    assert queries.verification().holds


@pytest.mark.django_db
def test_a_fact_that_is_no_plain_value_cannot_stand_in_a_line():
    event = stories.StoneMoved(subject="projects/a", step=1.5)  # type: ignore[arg-type]

    with pytest.raises(TypeError, match="float"):
        entries.record(event, by=HOUSE, scope=stories.SCOPE)


@transaction.atomic
def _change_that_fails():
    stories.tell("projects/a", 2)
    raise ZeroDivisionError
