"""Connections to DuckDB, always bounded in memory, and to Spark: the one place that makes them."""

import importlib.util
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.backends.pyspark import Backend as Cluster

MEMORY_LIMIT = "1500MB"


class NoSpark(Exception):
    """Spark was asked for where it is not installed; the message says what to do."""


_HAND_MEMORY = "700MB"
_MOST_HANDS = 3


def allowed_memory() -> str:
    """How much a connection may hold before it spills: $YIPANQI_MEMORY, else 1500MB.

    Enough for a province; a nation of tens of millions spills less, and so works less, with more.
    """
    return os.environ.get("YIPANQI_MEMORY") or MEMORY_LIMIT


def hands(spill: Path) -> list[AbstractContextManager[duckdb.DuckDBPyConnection]]:
    """Pipelines of one thread each, to work side by side: rows keep the order they are read in."""
    count = min(os.cpu_count() or 2, _MOST_HANDS)
    return [
        pipeline(spill / str(number), memory=_HAND_MEMORY, threads=1) for number in range(count)
    ]


@contextmanager
def pipeline(
    spill: Path, *, memory: str | None = None, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private in-memory connection for streaming work; what exceeds memory spills into `spill`.

    With several threads the order of rows is kept only where a query asks for it.
    """
    spill.parent.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        config={
            "memory_limit": memory or allowed_memory(),
            "temp_directory": str(spill),
            "preserve_insertion_order": False,
            "autoinstall_known_extensions": False,
            "threads": threads or min(os.cpu_count() or 2, 8),
        }
    )
    # DuckDB would draw a bar of its own on stdout, into the midst of a JSON answer.
    connection.execute("SET enable_progress_bar = false")
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def measures() -> Iterator["Backend"]:
    """An Ibis connection for one study or one request; never shared between threads.

    What exceeds memory spills into a folder of the system's temporary ones, gone afterwards.
    """
    import ibis  # noqa: PLC0415 -- takes a second to load; an import of registrations needs none

    # DuckDB by itself would spill into the folder the command was called from.
    with tempfile.TemporaryDirectory(prefix="yipanqi-") as spill:
        backend = ibis.duckdb.connect(memory_limit=allowed_memory(), temp_directory=spill)
        backend.con.execute("SET enable_progress_bar = false")
        try:
            yield backend
        finally:
            backend.disconnect()


def insist_on_spark() -> None:
    """Nothing where pyspark is installed. Raises NoSpark where it is not."""
    if importlib.util.find_spec("pyspark") is None:
        raise NoSpark("没有安装 pyspark，请先运行 pip install 'yipanqi[spark]'")


@contextmanager
def cluster(master: str) -> Iterator["Cluster"]:
    """An Ibis connection to the Spark cluster at an address such as spark://10.0.0.1:7077.

    The workers read the same folders under the same names, with this package installed. Raises
    NoSpark where pyspark is not installed.
    """
    insist_on_spark()
    import ibis  # noqa: PLC0415 -- as above
    from pyspark.sql import SparkSession  # noqa: PLC0415 -- only who asks for Spark has it

    asked = SparkSession.builder.master(master).appName("yipanqi")
    for name, value in _CLUSTER.items():
        asked = asked.config(name, value)
    session = asked.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    backend = ibis.pyspark.connect(session)
    try:
        yield backend
    finally:
        backend.disconnect()


_CLUSTER = {
    # Else the province 43 would be a number, and no text any more.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Some small tables are built into a query as text: the optimizer need not print them.
    "spark.sql.debug.maxToStringFields": "20",
}
