"""The ledger's tests: each has keys and heads of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def vault(tmp_path: Path, settings):
    """A data directory for one test: keys and heads."""
    settings.HOME = tmp_path
    settings.LEDGER_KEY_DIR = tmp_path / "keys"
    settings.LEDGER_HEADS_FILE = str(tmp_path / "elsewhere" / "heads.jsonl")
    return tmp_path
