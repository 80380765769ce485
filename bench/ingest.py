"""How long an import takes against DuckDB alone: reading, parsing the date, sorting by province.

Usage: python bench/ingest.py [FILE.parquet ...] [--rounds 3]
Both run in processes of their own, in turn, so that each has its own peak of memory. Without files
the registrations named by $YIPANQI_REGISTRY are read, else 200,000 made-up ones.
"""

import argparse
import glob
import json
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from yipanqi.engine.registry import generating, importing
from yipanqi.engine.registry.generating import Recipe
from yipanqi.engine.registry.importing import Request

_DATE = "coalesce(try_strptime(registered, '%Y-%m-%d')::DATE, NULL) AS registered"


def alone(files: list[str], place: Path) -> None:
    """What DuckDB does without us: read, parse the date, write back sorted by province."""
    connection = duckdb.connect(config={"temp_directory": str(place / "spill")})
    connection.execute("SET enable_progress_bar = false")
    rows = connection.read_parquet(files).project(f"* REPLACE ({_DATE})")
    rows.order("province").to_parquet(str(place / "sorted.parquet"))


def ours(files: list[str], place: Path) -> None:
    """The whole import."""
    importing.into_folder(Request(tuple(map(Path, files))), place / "registry")


def measured(work: Callable[[list[str], Path], None], files: list[str]) -> dict[str, float]:
    """Seconds of wall and processor, and peak memory in GB, of one run in a fresh process."""
    receiving, sending = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(work, files, sending))
    process.start()
    # Else a run that fails would be waited for without end: this process holds the pipe open.
    sending.close()
    told: dict[str, float] = receiving.recv()
    process.join()
    return told


def _run(
    work: Callable[[list[str], Path], None],
    files: list[str],
    sending: "multiprocessing.connection.Connection",
) -> None:
    with tempfile.TemporaryDirectory(prefix="ingest-") as place:
        start = time.perf_counter()
        work(files, Path(place))
        wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    sending.send(
        {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak_gb": used.ru_maxrss / 1e6}
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    pattern = os.environ.get("YIPANQI_REGISTRY", "")
    files = options.files or glob.glob(pattern)  # noqa: PTH207 -- Path.glob takes no absolute one
    if files:
        compare(files, options.rounds)
        return
    with generating.made(Recipe(200_000, 7)) as request:
        compare([str(path) for path in request.paths], options.rounds)


def compare(files: list[str], rounds: int) -> None:
    """Run both in turn and print the ratios of the medians."""
    theirs, mine = [], []
    for number in range(1, rounds + 1):
        theirs.append(measured(alone, files))
        mine.append(measured(ours, files))
        print(number, "duckdb", _shown(theirs[-1]), "import", _shown(mine[-1]), flush=True)
    ratios = {
        kind: statistics.median(one[kind] for one in mine)
        / statistics.median(one[kind] for one in theirs)
        for kind in ("wall", "cpu")
    }
    peak = max(one["peak_gb"] for one in mine)
    told = {"wall_ratio": ratios["wall"], "cpu_ratio": ratios["cpu"], "peak_gb": peak}
    print(json.dumps({name: round(value, 2) for name, value in told.items()}))


def _shown(one: dict[str, float]) -> str:
    return f"{one['wall']:.1f}s wall, {one['cpu']:.1f}s cpu, {one['peak_gb']:.2f} GB;"


if __name__ == "__main__":
    main()
