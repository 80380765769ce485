"""The room as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.models.signals import post_migrate


class Room(AppConfig):
    """The ledger: its checks, and what every migration must leave in place."""

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
    # Models load after apps.
    from yipanqi.domain.ledger import guards, procedures  # noqa: PLC0415
    from yipanqi.domain.ledger.services import timetable  # noqa: PLC0415

    # Django rebuilds a SQLite table to alter it, and drops its triggers without a word.
    guards.install(using)
    procedures.install(using)
    if "django_q_schedule" in connections[using].introspection.table_names():
        timetable.keep(timetable.declared())
