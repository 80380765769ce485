"""One connection for all tests here; they run where YIPANQI_SPARK names a cluster only.

`make test-spark` starts one. Elsewhere they are not collected: starting a JVM takes too long.
"""

import logging
import os
from pathlib import Path

import pytest

MASTER = os.environ.get("YIPANQI_SPARK")
# It tells of its end when nobody listens any more.
logging.getLogger("py4j").setLevel(logging.WARNING)
collect_ignore_glob = [] if MASTER else ["test_*.py"]


@pytest.fixture(scope="session")
def master() -> str:
    assert MASTER
    return MASTER


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up enterprises that speak of all chains, in a home of their own."""
    from tests.spark.ground import made  # noqa: PLC0415 -- only where there is a cluster

    return made(tmp_path_factory.mktemp("registry"))
