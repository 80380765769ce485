"""The fixtures operations are drilled with."""

import uuid
from urllib.parse import quote

import pytest
from django.db import connection
from tests.delivery.conftest import _static_root, city, evidence_home, pack

__all__ = ["_static_root", "city", "evidence_home", "pack"]


@pytest.fixture
def spare_database():
    """The address of a second, empty database where the tests run on a server."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name = f"drill_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    there = connection.settings_dict
    login = f"{quote(there['USER'])}:{quote(there['PASSWORD'])}"
    yield f"postgresql://{login}@:{there['PORT']}/{name}?host={there['HOST']}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
