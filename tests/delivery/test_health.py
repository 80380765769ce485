"""Alive means the process answers; ready means it can be used, and else says what is missing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from tests import cast

from yipanqi.delivery import health
from yipanqi.domain.ledger.models import Lease
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def test_alive_asks_nobody(client):
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}


def test_ready_tells_the_figures(client, city):
    body = client.get("/readyz").json()

    assert body["status"] == "ok"
    assert set(body["checks"]) == {"database", "migrations", "outbox", "disk"}
    assert body["checks"]["database"]["vendor"] == connection.vendor
    assert body["checks"]["migrations"]["waiting"] == 0
    assert body["checks"]["disk"]["free_bytes"] > 0


def test_reactions_that_wait_too_long_make_it_unready(client, city, evidence_home, monkeypatch):
    cast.project()
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(health, "_LAG_LIMIT", timedelta(0))

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["outbox"]["ok"] is False
    assert response.json()["checks"]["outbox"]["lag_seconds"] >= 0


def test_the_age_of_each_job_is_told(client, city):
    Lease.objects.create(name="ledger.seal", done_at=clock.now() - timedelta(minutes=3))

    ages = client.get("/readyz").json()["checks"]["outbox"]["job_age_seconds"]

    assert 179 <= ages["ledger.seal"] <= 190


def test_a_full_disk_makes_it_unready(client, monkeypatch):
    monkeypatch.setattr(health, "_DISK_LIMIT_BYTES", 1 << 62)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["disk"]["ok"] is False


def test_a_migration_that_waits_makes_it_unready(client):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'projects'")
        (waiting,) = cursor.fetchone()
        cursor.execute("DELETE FROM django_migrations WHERE app = 'projects'")
    assert waiting

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == {"ok": False, "waiting": waiting}


def test_a_database_that_does_not_answer_is_told_without_its_address(client, monkeypatch):
    def broken():
        raise DatabaseError("connection to 10.0.0.7 user yipanqi failed")

    monkeypatch.setattr(connection, "cursor", broken)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert "10.0.0.7" not in response.content.decode()


def test_health_is_answered_by_plain_http_while_pages_are_not(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

    # The middleware reads its settings when the client first loads it: here.
    assert client.get("/healthz").status_code == 200
    assert client.get("/account/login/").status_code == 301
