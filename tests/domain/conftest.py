"""The fixtures every test with a database shares."""

from tests.city import city, evidence_home, pack

__all__ = ["city", "evidence_home", "pack"]
