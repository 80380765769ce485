"""Attaching files: checked, hashed, stored once, and written into the ledger."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from yipanqi.domain.evidence import events, queries
from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.evidence.services import safety
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label, refuse_state_secrets


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrives: its name, and its bytes in chunks."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a file is attached to: the subject, the kind of material, and who may know."""

    subject: str
    kind: str
    scope: Scope
    source: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """A file whose bytes are already checked and kept, under their hash."""

    name: str
    sha256: str
    size_bytes: int
    media_type: str


def receive(upload: Upload) -> Received:
    """Check and keep the bytes, before any lock is taken. Raises a safety.Refused with the remedy.

    Bytes that no record ends up naming are harmless: the same hash is the same file.
    """
    name = Path(upload.name.replace("\\", "/")).name[:200] or "未命名"
    refuse_state_secrets(name)
    return _kept(upload.chunks, name)


def attach(upload: Upload, *, to: Attachment, by: Actor) -> EvidenceFile:
    """Keep the file and record it. Raises a safety.Refused with the remedy, and keeps nothing."""
    return record(receive(upload), to=to, by=by)


@transaction.atomic
def record(received: Received, *, to: Attachment, by: Actor) -> EvidenceFile:
    """Attach bytes already received to their subject, with the ledger's line."""
    refuse_state_secrets(to.source)
    file = EvidenceFile.objects.create(
        subject=to.subject,
        kind=to.kind,
        name=received.name,
        sha256=received.sha256,
        size_bytes=received.size_bytes,
        media_type=received.media_type,
        source=to.source,
        dated=to.dated,
        uploaded_by_id=by.id or None,
        uploaded_at=clock.now(),
        unit=Unit.objects.get(path=to.scope.unit_path),
        label=to.scope.label,
        chain=to.scope.chain,
    )
    event = events.EvidenceAttached(
        subject=to.subject,
        file=file.public_id,
        material=to.kind,
        sha256=received.sha256,
        size_bytes=received.size_bytes,
        media_type=received.media_type,
    )
    entries.record(event, by=by, scope=to.scope)
    return file


@transaction.atomic
def record_download(file: EvidenceFile, *, by: Actor) -> None:
    """Write down that somebody took the file out."""
    scope = Scope(unit_path=file.unit.path, label=Label(file.label), chain=file.chain)
    event = events.EvidenceDownloaded(subject=file.subject, file=file.public_id, sha256=file.sha256)
    entries.record(event, by=by, scope=scope)


def _kept(chunks: Iterable[bytes], name: str) -> Received:
    home = Path(settings.EVIDENCE_DIR)
    home.mkdir(parents=True, exist_ok=True)
    # Written beside its final place, so that the move is atomic and a crash leaves no half file.
    handle, arriving = tempfile.mkstemp(dir=home, prefix=".arriving-")
    try:
        with os.fdopen(handle, "wb") as file:
            sha256, size_bytes = _written(chunks, file)
        media_type = safety.inspected(Path(arriving), name=name, size_bytes=size_bytes)
        place = queries.kept_at(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        Path(arriving).replace(place)
        place.chmod(0o440)
    finally:
        Path(arriving).unlink(missing_ok=True)
    return Received(name, sha256, size_bytes, media_type)


def _written(chunks: Iterable[bytes], file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        safety.refuse_too_large(size)
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest(), size
