"""A line of the ledger as other systems get it: the same fields by interface and by webhook."""

from typing import Any

from yipanqi.domain.ledger.queries import Line


def told(line: Line) -> dict[str, Any]:
    """The line's fields by their outward names; `when` is an aware moment."""
    return {
        "id": line.id,
        "subject": line.subject,
        "seq": line.seq,
        "when": line.when,
        "actor": line.actor_id,
        "kind": line.kind,
        "sentence": line.sentence,
        "fields": dict(line.fields),
        "sheet": line.sheet.id if line.sheet else None,
        "digest": line.digest,
    }
