"""Database guards: triggers that refuse to change or remove a line, a seal or what it covers."""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Append-only tables. Streams, queues, errands and leases are working state and stay mutable.
GUARDED = ("ledger_entry", "ledger_seal", "ledger_sealedrange")
REFUSAL = "台账只增不改：不得修改或删除"

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()
"""
_VERBS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def install(using: str = "default") -> None:
    """Put every guard in place where its table exists; safe to run again."""
    connection = connections[using]
    lift(using)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table, verb in _wanted(connection):
            shape = _POSTGRES if connection.vendor == "postgresql" else _SQLITE
            cursor.execute(shape.format(table=table, verb=verb, refusal=REFUSAL))


def lift(using: str = "default") -> None:
    """Take the guards away, as only the owner of the tables can before emptying them."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table, verb in _wanted(connection):
            of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{of_table}")


def missing(using: str = "default") -> list[str]:
    """The names of guards that should stand but do not, or stand disabled."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return [
        f"{table}_no_{verb}"
        for table, verb in _wanted(connection)
        if f"{table}_no_{verb}" not in standing
    ]


def replace_passes(using: str = "default") -> bool:
    """Whether INSERT OR REPLACE would slip past the guards (SQLite without recursive triggers)."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        return not cursor.fetchone()[0]


def may_rewrite(using: str = "default") -> bool:
    """Whether the role at work could change lines but for the triggers (PostgreSQL's owner can)."""
    connection = connections[using]
    if connection.vendor != "postgresql" or not _wanted(connection):
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(current_user, 'ledger_entry', 'UPDATE, DELETE, TRUNCATE')"
        )
        return bool(cursor.fetchone()[0])


def application_role(role: str) -> str:
    """The SQL, for the owner on PostgreSQL, that makes a role which may only add to the ledger."""
    if not role.isidentifier() or not role.isascii():
        raise ValueError(f"角色名“{role}”只能用字母、数字和下划线")
    guarded = ", ".join(GUARDED)
    return f"""-- 以表的属主身份执行；口令另行设置：ALTER ROLE {role} PASSWORD '…';
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
REVOKE UPDATE, DELETE, TRUNCATE ON {guarded} FROM {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""  # noqa: S608 -- the role is an identifier, checked above


def _wanted(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    there = set(connection.introspection.table_names())
    verbs = _VERBS.get(connection.vendor, ())
    return [(table, verb) for table in GUARDED if table in there for verb in verbs]
