"""Whether the house is alive, and whether it is ready to be used."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from yipanqi.domain.ledger import queries as ledger

# A reaction waits seconds; a quarter of an hour means that no worker is running.
_LAG_LIMIT = timedelta(minutes=15)
_DISK_LIMIT_BYTES = 500 * 1024 * 1024


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations, outbox and disk are in order, else 503 with the figures."""
    checks = {"database": _database()}
    if checks["database"]["ok"]:
        checks["migrations"] = _migrations()
    # Before the tables are there, nothing can be asked of them.
    if checks.get("migrations", {}).get("ok"):
        checks["outbox"] = _outbox()
    checks["disk"] = _disk()
    is_ready = all(check["ok"] for check in checks.values())
    body = {"status": "ok" if is_ready else "unready", "checks": checks}
    return JsonResponse(body, status=200 if is_ready else 503)


def _database() -> dict[str, object]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        # The message may hold an address or a user's name: it belongs in the log, not here.
        return {"ok": False}
    return {"ok": True, "vendor": connection.vendor}


def _migrations() -> dict[str, object]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {"ok": not waiting, "waiting": len(waiting)}


def _outbox() -> dict[str, object]:
    lag = ledger.outbox_lag()
    ages = {
        name: None if age is None else round(age.total_seconds())
        for name, age in ledger.job_ages().items()
    }
    return {
        "ok": lag is None or lag < _LAG_LIMIT,
        "lag_seconds": None if lag is None else round(lag.total_seconds()),
        "job_age_seconds": ages,
        "abandoned": ledger.abandoned(),
    }


def _disk() -> dict[str, object]:
    free = shutil.disk_usage(settings.HOME).free
    return {"ok": free > _DISK_LIMIT_BYTES, "free_bytes": free}
