"""Every address of the desk × every role: let in, refused, or told that there is nothing.

`permissions.csv` is the reviewed answer. After a change that is meant, write it anew with
UPDATE_PERMISSIONS=1 and read the difference as one reads a change of the roles sheet.
"""

import csv
import os
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse
from tests import cast
from tests.delivery.desk import matrix_world
from tests.delivery.desk.matrix_rows import ROWS

from yipanqi.delivery.desk import urls
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "permissions.csv"
ROLES = tuple(cast.PEOPLE)
# What a person who only reads may still send: it changes no record.
TAKING = frozenset(
    {
        "language", "comparison-take", "report-city", "report-book", "report-chain",
        "list-export", "export",
    }
)  # fmt: skip


def names(patterns=urls.urlpatterns):
    """Every name the desk's addresses have."""
    for each in patterns:
        yield from names(each.url_patterns) if hasattr(each, "url_patterns") else (each.name,)


def answer(client, name, row, world):
    """ "in", or the status of the refusal; nothing it did stays."""
    with transaction.atomic():
        there = reverse(f"desk:{name}", args=row.parts(world))
        sent = row.told(clock.today().isoformat())
        response = getattr(client, row.method)(there, sent)
        if response.streaming:
            response.getvalue()  # read to its end, or the file stays open
        transaction.set_rollback(True)
    status = response.status_code
    assert status < 500 or status == 503, (name, status)  # 503: no registry is published here
    assert status != 405, name
    return str(status) if status in (403, 404) else "in"


@pytest.fixture
def world(chain, study, evidence_home):
    return matrix_world.made()


def test_every_address_stands_in_the_table():
    assert sorted(names()) == sorted(ROWS)


def test_each_role_gets_through_where_the_table_says(as_, world):
    clients = [as_(role) for role in ROLES]
    found = [
        [name, row.method, *(answer(client, name, row, world) for client in clients)]
        for name, row in sorted(ROWS.items())
    ]

    if os.environ.get("UPDATE_PERMISSIONS"):
        with TABLE.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([["address", "method", *ROLES], *found])
    assert found == list(written())[1:]


def test_who_only_reads_changes_nothing():
    head, *kept = written()
    auditor = head.index("auditor")

    assert {row[0] for row in kept if row[1] == "post" and row[auditor] == "in"} <= TAKING


def test_who_has_no_post_does_nothing_and_sees_no_record_of_a_unit():
    head, *kept = written()
    stranger, clerk = head.index("stranger"), head.index("clerk_b")

    acts = {row[0] for row in kept if row[1] == "post" and row[stranger] == "in"}
    # No registry is published here, and whoever asks is told so.
    assert acts <= TAKING | {"registered-take-in"}
    # What is hidden from another park is hidden from somebody without a post.
    assert [row[0] for row in kept if row[clerk] == "404" and row[stranger] == "in"] == []


def written():
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.reader(file))
