"""What a backup holds: every table as JSON lines, the files beside them, and a list of hashes."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from yipanqi.domain.ledger import heads

FORMAT = 1
MANIFEST = "manifest.json"
SECRET = "home/secret_key"  # noqa: S105 -- a name, not a secret
# Rebuilt by migrating, or of no use on another day: sessions, queued jobs, kinds of model.
_LEFT_OUT = {"contenttypes", "sessions", "django_q", "auth"}


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive with its hash; `rows` for a table."""

    name: str
    sha256: str
    size_bytes: int
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in the archive and which release wrote it."""

    format: int
    release: str
    made_at: str
    vendor: str
    migrations: list[str]
    members: list[Member] = field(default_factory=list)

    def text(self) -> str:
        """The manifest as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)


class WholeTimes(DjangoJSONEncoder):
    """Rows as JSON with their times whole: Django's own encoder cuts them to milliseconds."""

    def default(self, o: object) -> object:
        """A time to the microsecond; all else as Django writes it."""
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def read_manifest(text: str) -> Manifest:
    """The manifest of an archive. Raises ValueError or TypeError when it is not one."""
    found: dict[str, Any] = json.loads(text)
    members = [Member(**each) for each in found.pop("members")]
    return Manifest(**found, members=members)


def tables() -> list[type[models.Model]]:
    """Every table to be kept, those referred to before those that refer."""
    kept = [model for model in apps.get_models() if model._meta.app_label not in _LEFT_OUT]
    return _in_order(kept)


def rows(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """All rows of a table, by key: a backup copies everything, whoever asks."""
    return models.QuerySet(model=model).order_by("pk")


def add(batch: Sequence[Any]) -> None:
    """Write rows of one table as they stand, keys included."""
    models.QuerySet(model=type(batch[0])).bulk_create(batch)


def label(model: type[models.Model]) -> str:
    """The table's name: "<room>.<model>"."""
    return str(model._meta.label_lower)


def migrations() -> list[str]:
    """The migrations the database has, by name."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def places() -> dict[str, Path]:
    """The folders beside the database, by their name in the archive."""
    return {
        "evidence": Path(settings.EVIDENCE_DIR),
        "heads": heads.files()[0].parent,
        "keys": Path(settings.LEDGER_KEY_DIR),
    }


def secret() -> Path:
    """The house's own secret, when the house made it: second factors are encrypted with it."""
    return Path(settings.HOME) / "secret_key"


@contextmanager
def snapshot() -> Iterator[None]:
    """One moment of the database for as long as it is read, with writers left in peace."""
    if connection.vendor == "sqlite":
        # The house opens transactions IMMEDIATE, which would lock writers out for the whole copy.
        before = getattr(connection, "transaction_mode", None)
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = before  # type: ignore[attr-defined]
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return digest_of(file)


def digest_of(file: IO[bytes]) -> str:
    """The SHA-256 of what is left to read."""
    found = hashlib.sha256()
    while chunk := file.read(1 << 20):
        found.update(chunk)
    return found.hexdigest()


def _in_order(kept: list[type[models.Model]]) -> list[type[models.Model]]:
    ordered: list[type[models.Model]] = []
    waiting = list(kept)
    while waiting:
        ready = [
            model
            for model in waiting
            if all(other in ordered or other not in kept for other in _referred(model))
        ]
        assert ready, "foreign keys in a circle"
        ordered += ready
        waiting = [model for model in waiting if model not in ready]
    return ordered


def _referred(model: type[models.Model]) -> set[Any]:
    related = {f.related_model for f in model._meta.get_fields() if f.is_relation and f.concrete}
    return related - {model}
