"""The room as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class Room(AppConfig):
    name = "yipanqi.domain.ledger"
    label = "ledger"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks, and the work that follows every migration."""
        from yipanqi.domain.ledger import checks  # noqa: PLC0415 -- models load after apps

        register(checks.guards_stand, Tags.database)
        register(checks.role_is_narrow, Tags.database, deploy=True)
        post_migrate.connect(_restore, sender=self)


def _restore(using: str, **_: Any) -> None:
    # Django rebuilds a SQLite table to alter it and drops its triggers without a word.
    from yipanqi.domain.ledger import guards  # noqa: PLC0415 -- models load after apps

    guards.install(using)
