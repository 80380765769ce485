"""The fixtures operations are drilled with."""

from tests.delivery.conftest import _static_root, city, evidence_home, pack

__all__ = ["_static_root", "city", "evidence_home", "pack"]
