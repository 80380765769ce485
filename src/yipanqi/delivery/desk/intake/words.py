"""How batches and their rows look: marks for states, and names of files to take away."""

from collections.abc import Mapping

from django.utils.http import content_disposition_header

# The tag's class for each state of a batch and each verdict of a row.
MARKS: Mapping[str, str] = {
    "received": "note",
    "reading": "note",
    "ready": "warn",
    "applying": "note",
    "applied": "ok",
    "undoing": "note",
    "undone": "",
    "failed": "bad",
    "dropped": "",
    "new": "ok",
    "changed": "note",
    "same": "",
    "duplicate": "warn",
    "wrong": "bad",
}


def attachment(name: str) -> str:
    """The header that has a file saved under the name."""
    return str(content_disposition_header(as_attachment=True, filename=name))
