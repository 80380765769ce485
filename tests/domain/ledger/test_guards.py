"""The database itself refuses to change or remove a line, and says when its guards are gone."""

# ruff: noqa: S608 -- statements are put together from constants

import pytest
from django.core import management
from django.core.checks import Error, Tags, run_checks
from django.db import DatabaseError, connection, transaction
from tests.domain.ledger import stories

from yipanqi.domain.ledger import checks, guards
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.ledger.services import sealing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def ledger():
    """A few sealed lines behind standing guards."""
    guards.install()
    stories.tell("projects/a", 3)
    sealing.seal()


def refused(statement):
    with (
        pytest.raises(DatabaseError, match="台账只增不改"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return True


@pytest.mark.parametrize("table", guards.GUARDED)
def test_nothing_in_the_ledger_can_be_deleted(table):
    assert refused(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET body = '{}'",
        "UPDATE ledger_seal SET closed_at = ''",
        "UPDATE ledger_sealedrange SET last = 1",
    ],
)
def test_nothing_in_the_ledger_can_be_updated(statement):
    assert refused(statement)


def test_nothing_in_the_ledger_can_be_written_over():
    first = Entry.objects.get(seq=1)
    columns = ", ".join(field.column for field in Entry._meta.concrete_fields)
    values = columns.replace("body", "'{}'")
    copied = f"SELECT {values} FROM ledger_entry WHERE id = {first.pk}"
    if connection.vendor == "sqlite":
        over = f"INSERT OR REPLACE INTO ledger_entry ({columns}) {copied}"
    else:
        over = (
            f"INSERT INTO ledger_entry ({columns}) {copied} "
            "ON CONFLICT (id) DO UPDATE SET body = EXCLUDED.body"
        )

    assert refused(over)
    assert Entry.objects.get(seq=1).body == first.body


def test_nothing_in_the_ledger_can_be_truncated():
    if connection.vendor == "postgresql":
        assert refused("TRUNCATE ledger_entry CASCADE")
    else:
        # SQLite has no TRUNCATE; its nearest, a DELETE without WHERE, fires triggers too.
        assert refused("DELETE FROM ledger_entry WHERE 1")


def test_the_system_check_names_a_guard_that_is_gone():
    assert checks.guards_stand(["default"]) == []
    guards.lift()

    errors = [
        each
        for each in run_checks(tags=[Tags.database], databases=["default"])
        if each.id == "ledger.E001"
    ]
    assert isinstance(errors[0], Error)
    assert "ledger_entry_no_update" in errors[0].msg


def test_a_migration_puts_the_guards_back():
    guards.lift()

    management.call_command("migrate", verbosity=0, skip_checks=True)

    assert guards.missing() == []


def test_a_database_that_lets_replacements_through_fails_the_check():
    if connection.vendor != "sqlite":
        assert not guards.replace_passes()
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            found = checks.guards_stand(["default"])
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")

    assert [each.id for each in found] == ["ledger.E002"]


def test_the_application_role_may_only_add_and_read():
    sql = guards.application_role("board_app")
    if connection.vendor != "postgresql":
        assert "REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry" in sql
        return
    with connection.cursor() as cursor:
        cursor.execute(sql)
        try:
            guards.lift()
            cursor.execute("SET ROLE board_app")
            assert not guards.may_rewrite()
            stories.tell("projects/a", 1)
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                Entry.objects.update(body="{}")
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY board_app")
            cursor.execute("DROP ROLE board_app")
    assert guards.may_rewrite()
    assert checks.role_is_narrow(["default"])[0].id == "ledger.W001"


@pytest.mark.parametrize("name", ["app; DROP TABLE x", "角色", ""])
def test_a_role_name_that_is_not_a_name_is_refused(name):
    with pytest.raises(ValueError, match="角色名"):
        guards.application_role(name)
