"""The one stored procedure: PostgreSQL adds a line in one round trip, with its plans kept.

It does what `services.appending` does step by step elsewhere; nothing relies on it being faster.
Only SHA-256 is offered: PostgreSQL has no SM3, and such ledgers take the steps.
"""

from django.db import connections

from yipanqi.domain.ledger import hashing

_SIGNATURE = (
    "s text, placed bytea, told bytea, l_recorded_at text, l_actor text, l_unit text, l_kind text, "
    "l_version integer, l_sheet text, l_sheet_revision integer, l_sheet_digest text, "
    "l_scope_path text, l_scope_label text, l_scope_chain text, l_body text, "
    "OUT new_id bigint, OUT new_seq bigint, OUT old_digest text, OUT new_digest text"
)

# A framed text, as hashing.framed writes one: presence, length in 8 bytes, UTF-8.
_FRAME = "'\\x01'::bytea || int8send(octet_length({0})::bigint) || convert_to({0}, 'UTF8')"

# READ COMMITTED gives each statement its own view: after waiting for the lock, the newest head.
_APPEND = f"""
CREATE OR REPLACE FUNCTION ledger_append({_SIGNATURE}) LANGUAGE plpgsql AS $$
DECLARE place text;
BEGIN
  SELECT seq + 1, digest INTO new_seq, old_digest FROM ledger_stream WHERE name = s FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO ledger_stream (name, seq, digest) VALUES (s, 0, '') ON CONFLICT (name) DO NOTHING;
    SELECT seq + 1, digest INTO new_seq, old_digest FROM ledger_stream WHERE name = s FOR UPDATE;
  END IF;
  place := new_seq::text;
  new_digest := 'sha256:' || encode(sha256(
    placed || {_FRAME.format("place")} || told || {_FRAME.format("old_digest")}), 'hex');
  UPDATE ledger_stream SET seq = new_seq, digest = new_digest WHERE name = s;
  INSERT INTO ledger_entry (stream, seq, recorded_at, actor, unit, kind, version, sheet,
    sheet_revision, sheet_digest, scope_path, scope_label, scope_chain, body, prev, digest)
  VALUES (s, new_seq, l_recorded_at, l_actor, l_unit, l_kind, l_version, l_sheet,
    l_sheet_revision, l_sheet_digest, l_scope_path, l_scope_label, l_scope_chain, l_body,
    old_digest, new_digest)
  RETURNING id INTO new_id;
  INSERT INTO ledger_outbox (entry_id) VALUES (new_id);
  INSERT INTO ledger_unsealed (entry_id) VALUES (new_id);
END $$
"""  # noqa: S608 -- put together from constants alone

CALL = f"SELECT * FROM ledger_append({', '.join(['%s'] * 15)})"  # noqa: S608 -- placeholders only


def install(using: str = "default") -> None:
    """Put the procedure in place where the database is PostgreSQL; safe to run again."""
    connection = connections[using]
    if connection.vendor != "postgresql" or not _tables_stand(using):
        return
    with connection.cursor() as cursor:
        cursor.execute(_APPEND)


def offers(vendor: str, algorithm: str) -> bool:
    """Whether the procedure can add lines on this database with this algorithm."""
    return vendor == "postgresql" and algorithm == hashing.SHA256


def _tables_stand(using: str) -> bool:
    wanted = {"ledger_entry", "ledger_stream", "ledger_outbox", "ledger_unsealed"}
    return wanted <= set(connections[using].introspection.table_names())
