"""Lines are recorded in one chain per subject, in the transaction of the change itself."""

import pytest
from django.db import transaction
from tests.domain.ledger import stories

from yipanqi.domain.ledger import queries
from yipanqi.domain.ledger.models import Entry, Outbox, Stream, Unsealed
from yipanqi.domain.ledger.services import entries
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
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        stories.tell("projects/a", 2)
        raise ZeroDivisionError

    assert not Entry.objects.exists()
    assert not Outbox.objects.exists()
    assert not Unsealed.objects.exists()
    assert not Stream.objects.exists()
