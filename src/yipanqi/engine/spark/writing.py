"""Tables of a cluster written as one Parquet file, where the embedded engine looks for them."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import ibis.expr.types as ir

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend


def write(table: ir.Table, file: Path, session: "Backend") -> None:
    """Write the rows in their order, each column of the type the table promises.

    Ibis leaves out a cast that its own types make needless, so Spark may hold a narrower decimal.
    """
    # Only who asks for Spark has it.
    from ibis.backends.pyspark.datatypes import PySparkType  # noqa: PLC0415
    from pyspark.sql.functions import col  # noqa: PLC0415

    frame = session.raw_sql(session.compile(table))
    kinds = table.schema().items()
    cast = [col(f"`{name}`").cast(PySparkType.from_ibis(kind)) for name, kind in kinds]
    parts = file.with_name(f"{file.name}.parts")
    frame.select(*cast).coalesce(1).write.parquet(str(parts), compression="zstd")
    (part,) = parts.glob("part-*.parquet")
    part.replace(file)
    shutil.rmtree(parts)
