"""The fixtures every test of a screen shares."""

from pathlib import Path

import pytest
from tests.city import city, evidence_home, pack

__all__ = ["city", "evidence_home", "pack"]


@pytest.fixture(autouse=True, scope="session")
def _static_root():
    """Whitenoise warns of a missing folder, and a warning is an error here."""
    from django.conf import settings  # noqa: PLC0415 -- settled by the root conftest only now

    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
